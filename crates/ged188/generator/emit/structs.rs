//! The struct of a message and those of the elements of its lists.

use super::super::model::{Floating, Kind, List, Member, Message, Single};
use super::{debug, from_version, item_type, plain_item};
use std::fmt::Write as _;

pub(super) fn structs(out: &mut String, m: &Message) {
    for floating in &m.floating {
        if let Floating::List(list) = floating {
            item_struct(out, m, list);
        }
    }
    let _ = writeln!(out, "\n/// {} ({}), {}{}.", m.name, m.number, m.direction, from_version(m.since));
    wrap(out, &m.note);
    let fields = debug::fields(m);
    let _ = writeln!(out, "#[derive({})]\npub struct {} {{", debug::derives(&fields), m.rust);
    for f in m.fixed.iter().filter(|f| f.counts.is_none()) {
        let _ = writeln!(
            out,
            "    /// {} {}{}.\n    pub {}: {},",
            f.name,
            f.published,
            from_version(f.since),
            f.rust,
            f.ty
        );
    }
    for f in &m.floating {
        floating_member(out, f);
    }
    out.push_str("}\n");
    debug::debug(out, &m.rust, &fields);
}

fn floating_member(out: &mut String, f: &Floating) {
    match f {
        Floating::Single(single) => single_member(out, single),
        Floating::CallVariables => {
            out.push_str("    /// CallVariable1 to CallVariable10, at most 40 bytes each.\n    pub call_variables: [String; 10],\n");
        }
        Floating::List(list) => list_member(out, list),
    }
}

fn single_member(out: &mut String, s: &Single) {
    let required = if s.required { ", required" } else { "" };
    let _ = writeln!(
        out,
        "    /// {} {}, tag {}{required}{}.\n    pub {}: {},",
        s.name,
        s.published,
        s.tag,
        from_version(s.since),
        s.rust,
        member_type(&s.kind)
    );
}

fn list_member(out: &mut String, list: &List) {
    let _ = writeln!(
        out,
        "    /// Counted by {}{}.\n    pub {}: Vec<{}>,",
        list.counter,
        from_version(list.since),
        list.rust,
        item_type(list)
    );
}

fn item_struct(out: &mut String, m: &Message, list: &List) {
    if plain_item(list).is_some() {
        return;
    }
    for member in &list.members {
        if let Member::Nested(nested) = member {
            item_struct(out, m, nested);
        }
    }
    let _ = writeln!(out, "\n/// One element of the list that {} counts in {}.", list.counter, m.name);
    let fields = debug::item_fields(list);
    let _ = writeln!(out, "#[derive({})]\npub struct {} {{", debug::derives(&fields), list.item);
    for member in &list.members {
        match member {
            Member::Single(single) => single_member(out, single),
            Member::Nested(nested) => list_member(out, nested),
        }
    }
    out.push_str("}\n");
    debug::debug(out, &list.item, &fields);
}

fn member_type(kind: &Kind) -> String {
    match kind {
        Kind::Number(ty) => format!("Option<{ty}>"),
        Kind::Text => "String".into(),
        Kind::Opaque => "Vec<u8>".into(),
        Kind::NamedVariable => "NamedVariable".into(),
        Kind::NamedArray => "NamedArray".into(),
    }
}

/// The note as doc comment lines.
fn wrap(out: &mut String, note: &str) {
    if note.is_empty() {
        return;
    }
    out.push_str("///\n///");
    let mut width = 3;
    for word in note.split_whitespace() {
        let word = word.replace('[', "\\[").replace(']', "\\]");
        if width + word.len() > 105 {
            out.push_str("\n///");
            width = 3;
        }
        let _ = write!(out, " {word}");
        width += word.len() + 1;
    }
    out.push('\n');
}
