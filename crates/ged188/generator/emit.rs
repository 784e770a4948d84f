//! Emits the messages: one struct with its decoder and encoder for each, by section.

use super::model::{Fixed, Floating, Kind, List, Member, Message, Section, Single, Spec};
use super::names;
use std::fmt::Write as _;

/// `messages/mod.rs`: the modules and the enum of all messages.
pub(crate) fn root(spec: &Spec) -> String {
    let mut out = String::from(
        "//! Every message of the protocol with a published layout, by section of ged188.md.\n\n",
    );
    let modules: Vec<String> = spec.sections().into_iter().map(|s| s.module).collect();
    for module in &modules {
        let _ = writeln!(out, "mod {module};");
    }
    out.push_str("mod names;\nmod tags;\n\n");
    for module in &modules {
        let _ = writeln!(out, "pub use {module}::*;");
    }
    out.push_str("pub use names::kind_name;\n\n");
    out.push_str(ECC);
    out.push_str("crate::message::messages! {\n");
    for m in &spec.messages {
        let _ = writeln!(
            out,
            "    /// {} ({}).\n    {} = {} {:?} since {};",
            m.name, m.number, m.rust, m.number, m.name, m.since
        );
    }
    out + "}\n"
}

const ECC: &str = "\
/// One ECC variable that is a scalar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedVariable {
    /// The name, at most 32 bytes.
    pub name: String,
    /// The value, at most 210 bytes.
    pub value: String,
}

/// One element of an ECC variable that is an array.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedArray {
    /// The position in the array, from 0.
    pub index: u8,
    /// The name, at most 32 bytes.
    pub name: String,
    /// The value, at most 210 bytes.
    pub value: String,
}

";

/// `messages/names.rs`: the names of all numbers, with a layout or without.
pub(crate) fn kind_names(spec: &Spec) -> String {
    let mut out = String::from(
        "//! The published names of all message numbers.\n\n\
         /// The published name of a message number, with a layout or without.\n#[must_use]\n\
         pub fn kind_name(kind: u32) -> Option<&'static str> {\n    Some(match kind {\n",
    );
    for (number, name) in &spec.kinds {
        let _ = writeln!(out, "        {number} => {name:?},");
    }
    out + "        _ => return None,\n    })\n}\n"
}

/// `messages/tags.rs`: the tags in use.
pub(crate) fn tags(spec: &Spec) -> String {
    let mut used = Vec::new();
    spec.messages.iter().flat_map(|m| &m.floating).for_each(|f| match f {
        Floating::Single(single) => used.push(single.tag),
        Floating::CallVariables => {}
        Floating::List(list) => list_tags(list, &mut used),
    });
    let mut out = String::from(
        "//! The tags of the floating fields in use, with the sizes of section 7 of ged188.md.\n\nuse crate::writer::Tag;\n\n",
    );
    for tag in spec.tags.iter().filter(|tag| used.contains(&tag.id)) {
        let grows = tag.grows.map(|(since, max)| format!(".grows({since}, {max})")).unwrap_or_default();
        let _ = writeln!(
            out,
            "pub(crate) const {}: Tag = Tag::new({}, {:?}, {}){grows};",
            tag.konst, tag.id, tag.name, tag.max
        );
    }
    out
}

fn list_tags(list: &List, used: &mut Vec<u64>) {
    used.extend(list.floating_counter.iter().map(|c| c.tag));
    for member in &list.members {
        match member {
            Member::Single(single) => used.push(single.tag),
            Member::Nested(nested) => list_tags(nested, used),
        }
    }
}

/// One file of messages.
pub(crate) fn section(spec: &Spec, section: &Section) -> String {
    let mut body = String::new();
    for m in spec.messages.iter().filter(|m| m.section == section.title) {
        structs(&mut body, m);
        codec(&mut body, m);
    }
    format!("//! {}.\n\n{}{body}", section.title, imports(spec, &body))
}

fn imports(spec: &Spec, body: &str) -> String {
    let mut out = String::new();
    for (sign, import) in [
        ("tags::", "use super::tags;\n"),
        ("NamedVariable>", "use super::{NamedArray, NamedVariable};\n"),
        ("", "use crate::message::Body;\n"),
        ("current(", "use crate::reader::current;\n"),
        ("Group::default", "use crate::reader::Group;\n"),
        ("", "use crate::reader::Reader;\n"),
    ] {
        if body.contains(sign) {
            out.push_str(import);
        }
    }
    out + &value_imports(spec, body) + "use crate::writer::Writer;\nuse crate::{DecodeError, EncodeError};\n"
}

fn value_imports(spec: &Spec, body: &str) -> String {
    let is_used = |name: &str| body.contains(&format!(": {name},")) || body.contains(&format!("<{name}>"));
    let mut used: Vec<&str> =
        spec.enums.iter().map(|e| e.rust.as_str()).filter(|name| is_used(name)).collect();
    used.sort_unstable();
    if used.is_empty() { String::new() } else { format!("use crate::values::{{{}}};\n", used.join(", ")) }
}

fn structs(out: &mut String, m: &Message) {
    for floating in &m.floating {
        if let Floating::List(list) = floating {
            item_struct(out, m, list);
        }
    }
    let _ = writeln!(out, "\n/// {} ({}), {}{}.", m.name, m.number, m.direction, from_version(m.since));
    wrap(out, &m.note);
    let _ = writeln!(out, "#[derive(Clone, Debug, Default, PartialEq)]\npub struct {} {{", m.rust);
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
    let _ = writeln!(out, "#[derive(Clone, Debug, Default, PartialEq)]\npub struct {} {{", list.item);
    for member in &list.members {
        match member {
            Member::Single(single) => single_member(out, single),
            Member::Nested(nested) => list_member(out, nested),
        }
    }
    out.push_str("}\n");
}

/// The ECC lists, whose elements are not structs of members.
fn plain_item(list: &List) -> Option<&Single> {
    match list.members.as_slice() {
        [Member::Single(single)] if matches!(single.kind, Kind::NamedVariable | Kind::NamedArray) => {
            Some(single)
        }
        _ => None,
    }
}

fn item_type(list: &List) -> String {
    plain_item(list).map_or_else(|| list.item.clone(), |single| single.name.clone())
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

const INVOKE_ID: &str = "
    fn invoke_id(&self) -> Option<u32> {
        Some(self.invoke_id)
    }

    fn invoke_id_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.invoke_id)
    }
";

const MONITOR_ID: &str = "
    fn monitor_id(&self) -> Option<u32> {
        Some(self.monitor_id)
    }
";

fn has_fixed(m: &Message, name: &str) -> bool {
    m.fixed.iter().any(|f| f.name == name)
}

fn codec(out: &mut String, m: &Message) {
    let _ = writeln!(out, "\nimpl Body for {} {{", m.rust);
    decoder(out, m);
    encoder(out, m);
    if has_fixed(m, "InvokeID") {
        out.push_str(INVOKE_ID);
    }
    if has_fixed(m, "MonitorID") {
        out.push_str(MONITOR_ID);
    }
    out.push_str("}\n");
}

fn decoder(out: &mut String, m: &Message) {
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

fn encoder(out: &mut String, m: &Message) {
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

fn line(out: &mut String, depth: usize, statement: &str) {
    let _ = writeln!(out, "{}{statement}", "    ".repeat(depth));
}

fn from_version(since: u8) -> String {
    if since > 13 { format!(", from version {since}") } else { String::new() }
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
