//! The tree that the parser builds: owned, immutable in practice, with the lookups that REST and XMPP need.

use crate::lenient::escape_bare_ampersands;
use crate::parse::{self, Limits, XmlError};

/// An XML element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// The local name.
    pub name: String,
    /// The namespace URI; empty if none.
    pub namespace: String,
    /// The attributes, without namespace declarations.
    pub attributes: Vec<Attribute>,
    /// The content in document order.
    pub nodes: Vec<Node>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The local name.
    pub name: String,
    /// The namespace URI; empty for an attribute without a prefix.
    pub namespace: String,
    /// The value, entities resolved.
    pub value: String,
}

/// One piece of an element's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A child element.
    Element(Element),
    /// Character data, entities resolved.
    Text(String),
}

impl Element {
    /// Parses one document in UTF-8; a byte order mark and white space around it are ignored.
    ///
    /// # Errors
    /// [`XmlError`] if the bytes are not a document, or reach a limit.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, XmlError> {
        parse::document(bytes, limits)
    }

    /// As [`Element::parse`], but a `&` that begins no known entity or numeric reference stands for itself, as in
    /// the bodies of the 10.5 library (rest-api.md section 1.4).
    ///
    /// # Errors
    /// [`XmlError`] if the bytes are not a document even so, or reach a limit.
    pub fn parse_lenient(bytes: &[u8], limits: &Limits) -> Result<Self, XmlError> {
        parse::document(&escape_bare_ampersands(bytes), limits)
    }

    /// Whether this is the element `name` in `namespace`.
    pub fn is(&self, name: &str, namespace: &str) -> bool {
        self.name == name && self.namespace == namespace
    }

    /// The value of the attribute `name` without a namespace.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attr_in(name, "")
    }

    /// The value of the attribute `name` in `namespace`.
    pub fn attr_in(&self, name: &str, namespace: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name && a.namespace == namespace).map(|a| a.value.as_str())
    }

    /// The child elements in document order.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.nodes.iter().filter_map(Node::as_element)
    }

    /// The child elements in document order, for good.
    pub fn into_children(self) -> impl DoubleEndedIterator<Item = Element> {
        self.nodes.into_iter().filter_map(Node::into_element)
    }

    /// The first child element with this local name, whatever its namespace.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|e| e.name == name)
    }

    /// The last child element with this local name: in a REST body the last of several counts
    /// (rest-api.md section 1.4).
    pub fn last_child(&self, name: &str) -> Option<&Element> {
        self.children().rev().find(|e| e.name == name)
    }

    /// The first child element `name` in `namespace`.
    pub fn child_in(&self, name: &str, namespace: &str) -> Option<&Element> {
        self.children().find(|e| e.is(name, namespace))
    }

    /// The element's own character data, children left out, exactly as written.
    pub fn text(&self) -> String {
        self.nodes.iter().filter_map(Node::as_text).collect()
    }

    /// The character data of the last child `name`, without surrounding white space; `None` if there is no such
    /// child, an empty string if it is empty.
    pub fn child_text(&self, name: &str) -> Option<String> {
        self.last_child(name).map(|child| child.text().trim().to_owned())
    }
}

impl Node {
    fn as_element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }

    fn into_element(self) -> Option<Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Node::Element(_) => None,
            Node::Text(text) => Some(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Element {
        Element::parse(text.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn the_last_of_a_duplicated_element_is_at_hand() {
        let user = parse("<User><state>READY</state><state> LOGOUT\n</state></User>");
        assert_eq!(user.child("state").unwrap().text(), "READY");
        assert_eq!(user.child_text("state").unwrap(), "LOGOUT");
        assert_eq!(user.child_text("extension"), None);
        assert_eq!(parse("<User><extension/></User>").child_text("extension").unwrap(), "");
    }

    #[test]
    fn namespaces_and_prefixed_attributes_are_kept_apart() {
        let body =
            parse("<body xmlns='urn:b' xmlns:x='urn:x' x:restart='true' restart='no'><a/><x:a/></body>");
        assert!(body.is("body", "urn:b"));
        assert_eq!(body.attr("restart"), Some("no"));
        assert_eq!(body.attr_in("restart", "urn:x"), Some("true"));
        assert_eq!(body.child_in("a", "urn:x").unwrap().namespace, "urn:x");
        assert_eq!(body.children().count(), 2);
    }

    #[test]
    fn text_spans_entities_and_cdata_but_not_children() {
        assert_eq!(parse("<a>R&amp;D <b>no</b><![CDATA[<x>]]>&#33;</a>").text(), "R&D <x>!");
    }

    #[test]
    fn a_bare_ampersand_stands_for_itself_only_when_asked() {
        let body = b"<v a='1&2'>R&D &amp; T&lt; &bogus; &#65; &</v>";
        assert!(Element::parse(body, &Limits::default()).is_err());
        let v = Element::parse_lenient(body, &Limits::default()).unwrap();
        assert_eq!(v.text(), "R&D & T< &bogus; A &");
        assert_eq!(v.attr("a"), Some("1&2"));
    }
}
