//! Debug: derived, except where a password would be printed with the rest.

use super::super::model::{Floating, List, Member, Message};
use std::fmt::Write as _;

/// A field of a struct, and whether its value is secret.
pub(super) struct Field<'a> {
    name: &'a str,
    secret: bool,
}

/// The fields of a message in the order of its struct.
pub(super) fn fields(m: &Message) -> Vec<Field<'_>> {
    let fixed = m.fixed.iter().filter(|f| f.counts.is_none()).map(|f| open(&f.rust));
    let floating = m.floating.iter().map(|f| match f {
        Floating::Single(single) => Field { name: &single.rust, secret: single.secret },
        Floating::CallVariables => open("call_variables"),
        Floating::List(list) => open(&list.rust),
    });
    fixed.chain(floating).collect()
}

/// The fields of an element of a list.
pub(super) fn item_fields(list: &List) -> Vec<Field<'_>> {
    let members = list.members.iter().map(|member| match member {
        Member::Single(single) => Field { name: &single.rust, secret: single.secret },
        Member::Nested(nested) => open(&nested.rust),
    });
    members.collect()
}

fn open(name: &str) -> Field<'_> {
    Field { name, secret: false }
}

/// What the struct derives.
pub(super) fn derives(fields: &[Field<'_>]) -> &'static str {
    if hides(fields) { "Clone, Default, PartialEq" } else { "Clone, Debug, Default, PartialEq" }
}

/// What the struct cannot derive.
pub(super) fn debug(out: &mut String, rust: &str, fields: &[Field<'_>]) {
    if !hides(fields) {
        return;
    }
    let _ = writeln!(
        out,
        "\nimpl std::fmt::Debug for {rust} {{\n    \
         fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        \
         f.debug_struct({rust:?})"
    );
    for Field { name, secret } in fields {
        let value = if *secret { format!("Hidden(&self.{name})") } else { format!("self.{name}") };
        let _ = writeln!(out, "            .field({name:?}, &{value})");
    }
    out.push_str("            .finish()\n    }\n}\n");
}

fn hides(fields: &[Field<'_>]) -> bool {
    fields.iter().any(|field| field.secret)
}
