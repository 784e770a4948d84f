//! The decoder of a message.

use super::super::model::{Fixed, Floating, Kind, List, Member, Message};
use super::plain_item;
use std::fmt::Write as _;

pub(super) fn decoder(out: &mut String, m: &Message) {
    out.push_str("    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {\n");
    out.push_str(before_decode(&m.name));
    fixed_literal(out, m);
    out.push_str(after_fixed_decode(&m.name));
    for list in lists(m) {
        group_lets(out, list);
    }
    if m.floating.is_empty() {
        out.push_str("        while r.field()?.is_some() {\n            r.skip_unknown();\n        }\n        Ok(m)\n    }\n");
        return;
    }
    out.push_str("        while let Some(f) = r.field()? {\n            match f.tag {\n");
    for floating in &m.floating {
        decode_arms(out, floating);
    }
    out.push_str("                _ => r.skip_unknown(),\n            }\n        }\n        Ok(m)\n    }\n");
}

fn fixed_literal(out: &mut String, m: &Message) {
    let members = m.fixed.iter().filter(|f| f.counts.is_none()).count() + m.floating.len();
    let in_order = m.fixed.iter().all(|f| f.counts.is_none());
    let mutable = if m.floating.is_empty() { "" } else { "mut " };
    if !in_order {
        // A counter is read at its place and not kept.
        for f in &m.fixed {
            let _ = match f.counts {
                Some(_) => writeln!(out, "        {};", counter_read(f)),
                None => writeln!(out, "        let {} = {};", f.rust, fixed_read(f)),
            };
        }
    }
    let kept: Vec<&Fixed> = m.fixed.iter().filter(|f| f.counts.is_none()).collect();
    if kept.is_empty() && members > 0 {
        out.push_str("        let mut m = Self::default();\n");
        return;
    }
    let _ = write!(out, "        let {mutable}m = Self {{");
    for f in &kept {
        let _ = match in_order {
            true => write!(out, "\n            {}: {},", f.rust, fixed_read(f)),
            false => write!(out, "\n            {},", f.rust),
        };
    }
    if members > kept.len() {
        out.push_str("\n            ..Self::default()");
    }
    out.push_str(if members == 0 { "};\n" } else { "\n        };\n" });
}

fn counter_read(f: &Fixed) -> String {
    format!("r.fixed::<{}>()?", f.ty)
}

fn fixed_read(f: &Fixed) -> String {
    match (f.ty.starts_with('['), f.since) {
        (true, _) => "r.fixed_bytes()?".into(),
        (false, 0) => "r.fixed()?".into(),
        (false, since) => format!("r.fixed_since({since})?"),
    }
}

fn lists(m: &Message) -> impl Iterator<Item = &List> {
    m.floating.iter().filter_map(|f| match f {
        Floating::List(list) if plain_item(list).is_none() => Some(list),
        _ => None,
    })
}

fn group_lets(out: &mut String, list: &List) {
    let _ = writeln!(out, "        let mut {}_group = Group::default();", list.rust);
    for member in &list.members {
        if let Member::Nested(nested) = member {
            group_lets(out, nested);
        }
    }
}

fn decode_arms(out: &mut String, floating: &Floating) {
    match floating {
        Floating::Single(s) => {
            let _ = writeln!(out, "                {} => m.{} = {},", s.tag, s.rust, field_read(&s.kind));
        }
        Floating::CallVariables => {
            out.push_str("                13..=22 => f.call_variable(&mut m.call_variables),\n")
        }
        Floating::List(list) => match plain_item(list) {
            Some(s) => {
                let _ = writeln!(
                    out,
                    "                {} => m.{}.push({}),",
                    s.tag,
                    list.rust,
                    field_read(&s.kind)
                );
                list_counter_arm(out, list);
            }
            None => list_arms(out, list),
        },
    }
}

fn list_arms(out: &mut String, list: &List) {
    list_counter_arm(out, list);
    for (at, member) in list.members.iter().enumerate() {
        let element = format!("{0}_group.element(&mut m.{0}, {at})", list.rust);
        match member {
            Member::Single(s) => {
                let _ = writeln!(
                    out,
                    "                {} => {element}.{} = {},",
                    s.tag,
                    s.rust,
                    field_read(&s.kind)
                );
            }
            Member::Nested(nested) => nested_arms(out, list, at, nested),
        }
    }
}

fn nested_arms(out: &mut String, list: &List, at: usize, nested: &List) {
    if let Some(counter) = &nested.floating_counter {
        let _ = writeln!(
            out,
            "                {} => drop({}_group.element(&mut m.{}, {at})),",
            counter.tag, list.rust, list.rust
        );
    }
    for (inner, member) in nested.members.iter().enumerate() {
        let Member::Single(s) = member else { panic!("lists nest once only") };
        let element =
            format!("{0}_group.element(&mut current(&mut m.{1}).{0}, {inner})", nested.rust, list.rust);
        let _ = writeln!(out, "                {} => {element}.{} = {},", s.tag, s.rust, field_read(&s.kind));
    }
}

/// A floating counter is known, but the elements that came are what counts.
fn list_counter_arm(out: &mut String, list: &List) {
    if let Some(counter) = &list.floating_counter {
        let _ = writeln!(out, "                {} => {{}}", counter.tag);
    }
}

fn field_read(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number(_) => "Some(f.number()?)",
        Kind::Text => "f.text()",
        Kind::Opaque => "f.opaque()",
        Kind::NamedVariable => "f.named_variable()",
        Kind::NamedArray => "f.named_array()?",
    }
}

/// What a message reads before its fixed part in its own way.
fn before_decode(name: &str) -> &'static str {
    match name {
        "FAILURE_CONF" => {
            "        if let Some(m) = crate::quirks::long_failure_conf(r)? {\n            return Ok(m);\n        }\n"
        }
        _ => "",
    }
}

/// What a message reads after its fixed part in its own way.
fn after_fixed_decode(name: &str) -> &'static str {
    match name {
        "OPEN_REQ" => "        r.framed_by(m.version_number);\n",
        "QUERY_DEVICE_INFO_REQ" => "        crate::quirks::skip_wide_reserved(r)?;\n",
        _ => "",
    }
}
