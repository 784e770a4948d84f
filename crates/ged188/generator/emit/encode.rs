//! The encoder of a message.

use super::super::model::{Fixed, Floating, Kind, List, Member, Message, Single};
use super::super::names;
use super::{line, plain_item};
use std::fmt::Write as _;

pub(super) fn encoder(out: &mut String, m: &Message) {
    let w = if m.fixed.is_empty() && m.floating.is_empty() { "_w" } else { "w" };
    let _ = writeln!(out, "\n    fn encode(&self, {w}: &mut Writer) -> Result<(), EncodeError> {{");
    for f in &m.fixed {
        fixed_write(out, m, f);
    }
    if m.name == "OPEN_REQ" {
        out.push_str("        w.framed_by(self.version_number);\n");
    }
    for floating in &m.floating {
        match floating {
            Floating::Single(s) => since_guard(out, 2, s.since, &single_write(s, "self", false)),
            Floating::CallVariables => out.push_str("        w.call_variables(&self.call_variables)?;\n"),
            Floating::List(list) => list_write(out, list),
        }
    }
    out.push_str("        Ok(())\n    }\n");
}

fn fixed_write(out: &mut String, m: &Message, f: &Fixed) {
    let statement = match (&f.counts, f.ty.starts_with('[')) {
        (Some(counter), _) => {
            let list = m.floating.iter().find_map(|x| match x {
                Floating::List(list) if list.counter == *counter => Some(list),
                _ => None,
            });
            let list = list.expect("a counter counts a list");
            format!("w.count::<{}>(self.{}.len(), {});", f.ty, list.rust, list.since)
        }
        (None, true) => format!("w.fixed_bytes(&self.{});", f.rust),
        (None, false) => format!("w.fixed(self.{});", f.rust),
    };
    since_guard(out, 2, f.since, &statement);
}

fn list_write(out: &mut String, list: &List) {
    let (mut body, depth) = (String::new(), if list.since > 13 { 3 } else { 2 });
    if let Some(counter) = &list.floating_counter {
        line(&mut body, depth, &counter_write(counter, "self", &list.rust));
    }
    line(&mut body, depth, &format!("for item in &self.{} {{", list.rust));
    match plain_item(list) {
        Some(s) => line(&mut body, depth + 1, &plain_write(s)),
        None => item_writes(&mut body, depth + 1, list),
    }
    line(&mut body, depth, "}");
    if list.since > 13 {
        let _ = writeln!(out, "        if w.has({}) {{\n{body}        }}", list.since);
    } else {
        out.push_str(&body);
    }
}

fn item_writes(out: &mut String, depth: usize, list: &List) {
    for (at, member) in list.members.iter().enumerate() {
        match member {
            Member::Single(s) => {
                since_guard(out, depth, inner_since(s.since, list.since), &single_write(s, "item", at == 0))
            }
            Member::Nested(nested) => nested_write(out, depth, nested, list.since),
        }
    }
}

fn nested_write(out: &mut String, depth: usize, nested: &List, outer: u8) {
    let guarded = inner_since(nested.since, outer) > 13;
    let inside = if guarded { depth + 1 } else { depth };
    if guarded {
        line(out, depth, &format!("if w.has({}) {{", nested.since));
    }
    if let Some(counter) = &nested.floating_counter {
        line(out, inside, &counter_write(counter, "item", &nested.rust));
    }
    line(out, inside, &format!("for item in &item.{} {{", nested.rust));
    item_writes(out, inside + 1, nested);
    line(out, inside, "}");
    if guarded {
        line(out, depth, "}");
    }
}

/// What the list already guarantees needs no second look at the version.
fn inner_since(since: u8, outer: u8) -> u8 {
    if since > outer { since } else { 0 }
}

fn counter_write(counter: &Single, of: &str, list: &str) -> String {
    let Kind::Number(ty) = &counter.kind else { panic!("{} is no number", counter.name) };
    format!("w.floating_count::<{ty}>(&tags::{}, {of}.{list}.len());", konst(counter))
}

fn plain_write(s: &Single) -> String {
    let write = if s.kind == Kind::NamedArray { "named_array" } else { "named_variable" };
    format!("w.{write}(&tags::{}, item)?;", konst(s))
}

fn single_write(s: &Single, of: &str, first: bool) -> String {
    let (tag, rust) = (konst(s), &s.rust);
    match (&s.kind, first, s.required) {
        (Kind::Number(_), true, _) => format!("w.first_number(&tags::{tag}, {of}.{rust})?;"),
        (Kind::Number(_), false, _) => format!("w.number(&tags::{tag}, {of}.{rust});"),
        (Kind::Text, false, false) => format!("w.text(&tags::{tag}, &{of}.{rust})?;"),
        (Kind::Text, _, _) => format!("w.required_text(&tags::{tag}, &{of}.{rust})?;"),
        (Kind::Opaque, false, false) => format!("w.opaque(&tags::{tag}, &{of}.{rust})?;"),
        (Kind::Opaque, _, _) => format!("w.required_opaque(&tags::{tag}, &{of}.{rust})?;"),
        (Kind::NamedVariable | Kind::NamedArray, _, _) => panic!("{} stands alone only in lists", s.name),
    }
}

fn konst(s: &Single) -> String {
    names::snake(&s.name).to_uppercase()
}

fn since_guard(out: &mut String, depth: usize, since: u8, statement: &str) {
    if since > 13 {
        line(out, depth, &format!("if w.has({since}) {{"));
        line(out, depth + 1, statement);
        line(out, depth, "}");
    } else {
        line(out, depth, statement);
    }
}
