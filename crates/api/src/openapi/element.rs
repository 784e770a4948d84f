//! Elements of XML documents, and how JSON Schema tells of them.

use serde_json::{Map, Value, json};

/// One element, or an attribute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) of: Of,
    /// Not always there.
    pub(super) optional: bool,
}

/// What is in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Text,
    /// A number, or in an answer nothing.
    Number,
    Truth,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An attribute of the element around it.
    Attribute,
    Parts(&'static [Element]),
    /// It may be there several times, each with these parts.
    Many(&'static [Element]),
    /// It may be there several times, each with a text.
    ManyTexts,
}

pub(super) const fn text(name: &'static str) -> Element {
    Element { name, of: Of::Text, optional: false }
}

pub(super) const fn number(name: &'static str) -> Element {
    Element { name, of: Of::Number, optional: false }
}

pub(super) const fn truth(name: &'static str) -> Element {
    Element { name, of: Of::Truth, optional: false }
}

pub(super) const fn word(name: &'static str, words: &'static [&'static str]) -> Element {
    Element { name, of: Of::Word(words), optional: false }
}

pub(super) const fn attribute(name: &'static str) -> Element {
    Element { name, of: Of::Attribute, optional: false }
}

pub(super) const fn part(name: &'static str, parts: &'static [Element]) -> Element {
    Element { name, of: Of::Parts(parts), optional: false }
}

pub(super) const fn many(name: &'static str, parts: &'static [Element]) -> Element {
    Element { name, of: Of::Many(parts), optional: true }
}

pub(super) const fn texts(name: &'static str) -> Element {
    Element { name, of: Of::ManyTexts, optional: true }
}

impl Element {
    pub(super) const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    pub(super) fn schema(&self) -> Value {
        match self.of {
            Of::Text => json!({ "type": "string" }),
            Of::Number => json!({ "type": "integer", "format": "int32" }),
            Of::Truth => json!({ "type": "boolean" }),
            Of::Word(words) => json!({ "type": "string", "enum": words }),
            Of::Attribute => json!({ "type": "string", "xml": { "attribute": true } }),
            Of::Parts(parts) => object(self.name, parts),
            Of::Many(parts) => json!({ "type": "array", "items": object(self.name, parts) }),
            Of::ManyTexts => json!({
                "type": "array", "items": { "type": "string", "xml": { "name": self.name } },
            }),
        }
    }
}

fn object(name: &str, parts: &[Element]) -> Value {
    let properties: Map<String, Value> =
        parts.iter().map(|part| (part.name.to_owned(), part.schema())).collect();
    let required: Vec<_> = parts.iter().filter(|part| !part.optional).map(|part| part.name).collect();
    let mut schema = json!({ "type": "object", "xml": { "name": name }, "properties": properties });
    if let (Some(members), false) = (schema.as_object_mut(), required.is_empty()) {
        members.insert("required".into(), json!(required));
    }
    schema
}
