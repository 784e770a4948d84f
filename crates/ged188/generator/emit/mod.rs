//! Emits the messages: one struct with its decoder and encoder for each, by section.

mod debug;
mod decode;
mod encode;
mod structs;

use super::model::{Floating, Kind, List, Member, Message, Section, Single, Spec};
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
        structs::structs(&mut body, m);
        codec(&mut body, m);
    }
    format!("//! {}.\n\n{}{body}", section.title, imports(spec, &body))
}

fn imports(spec: &Spec, body: &str) -> String {
    let mut out = String::new();
    for (sign, import) in [
        ("tags::", "use super::tags;\n"),
        ("NamedVariable>", "use super::{NamedArray, NamedVariable};\n"),
        ("Hidden(", "use crate::hidden::Hidden;\n"),
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

fn codec(out: &mut String, m: &Message) {
    let _ = writeln!(out, "\nimpl Body for {} {{", m.rust);
    decode::decoder(out, m);
    encode::encoder(out, m);
    if has_fixed(m, "InvokeID") {
        out.push_str(INVOKE_ID);
    }
    if has_fixed(m, "MonitorID") {
        out.push_str(MONITOR_ID);
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

fn has_fixed(m: &Message, name: &str) -> bool {
    m.fixed.iter().any(|f| f.name == name)
}

fn from_version(since: u8) -> String {
    if since > 13 { format!(", from version {since}") } else { String::new() }
}

fn line(out: &mut String, depth: usize, statement: &str) {
    let _ = writeln!(out, "{}{statement}", "    ".repeat(depth));
}
