//! Emits the enumerations and masks.

use super::model::{Enum, EnumValue, Spec};
use std::fmt::Write as _;

pub(crate) fn render(spec: &Spec) -> String {
    let mut out = String::from(
        "//! The enumerations and masks of the protocol: newtypes that keep numbers and bits they do not know.\n\n\
         use crate::number::{enumeration, mask};\n",
    );
    for e in &spec.enums {
        one(&mut out, e);
    }
    out
}

fn one(out: &mut String, e: &Enum) {
    let (mac, note) = (if e.is_mask { "mask" } else { "enumeration" }, &e.note);
    let _ = writeln!(
        out,
        "\n{mac}! {{\n    /// {}.{}{note}",
        e.published,
        if note.is_empty() { "" } else { " " }
    );
    let _ = writeln!(out, "    {}: {} {{", e.rust, e.int);
    for value in &e.values {
        let number = if e.is_mask { format!("{:#x}", value.value) } else { value.value.to_string() };
        let _ = writeln!(out, "        /// {}\n        {} = {number},", doc(value), value.name);
    }
    out.push_str("    }\n}\n");
}

fn doc(value: &EnumValue) -> String {
    let mut doc = value.name.replace('_', " ").to_lowercase();
    doc.replace_range(..1, &doc[..1].to_uppercase());
    if !value.note.is_empty() {
        let _ = write!(doc, ": {}", value.note);
    }
    if value.since > 0 {
        let _ = write!(doc, ", from version {}", value.since);
    }
    doc + "."
}
