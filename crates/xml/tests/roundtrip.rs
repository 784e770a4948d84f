//! What is written can be read again; what cannot be read is an error and never a panic.

use proptest::collection::vec;
use proptest::prelude::*;
use xml::{Attribute, Element, Limits, Node, Writer};

fn write(w: &mut Writer, element: &Element) {
    w.open(&element.name);
    for attribute in &element.attributes {
        w.attr(&attribute.name, &attribute.value);
    }
    for node in &element.nodes {
        match node {
            Node::Element(child) => write(w, child),
            Node::Text(text) => {
                w.text(text);
            }
        }
    }
    w.close();
}

/// Text that XML 1.0 can carry; the writer replaces the rest.
fn text() -> impl Strategy<Value = String> {
    "[\\t\\n\\r -~\u{a0}-\u{d7ff}\u{1f600}-\u{1f6ff}]{1,20}"
}

fn attributes() -> impl Strategy<Value = Vec<Attribute>> {
    proptest::collection::btree_map("[a-wyz][a-z0-9._-]{0,6}", text(), 0..3).prop_map(|map| {
        map.into_iter().map(|(name, value)| Attribute { name, namespace: String::new(), value }).collect()
    })
}

fn element() -> impl Strategy<Value = Element> {
    let leaf = ("[A-Za-z_][A-Za-z0-9]{0,8}", attributes(), proptest::option::of(text())).prop_map(
        |(name, attributes, text)| Element {
            name,
            attributes,
            nodes: text.map(Node::Text).into_iter().collect(),
            ..Element::default()
        },
    );
    leaf.prop_recursive(4, 24, 4, |inner| {
        ("[A-Za-z_][A-Za-z0-9]{0,8}", attributes(), vec(inner, 0..4)).prop_map(
            |(name, attributes, children)| {
                let nodes = children.into_iter().map(Node::Element).collect();
                Element { name, attributes, nodes, ..Element::default() }
            },
        )
    })
}

fn sorted(mut element: Element) -> Element {
    element.attributes.sort_by(|a, b| a.name.cmp(&b.name));
    element.nodes = element
        .nodes
        .into_iter()
        .map(|node| match node {
            Node::Element(child) => Node::Element(sorted(child)),
            Node::Text(text) => Node::Text(text),
        })
        .collect();
    element
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_is_read_back(element in element()) {
        let mut w = Writer::new();
        write(&mut w, &element);
        let text = w.finish();
        let read = Element::parse(text.as_bytes(), &Limits::default()).expect(&text);
        prop_assert_eq!(sorted(read), sorted(element));
    }

    #[test]
    fn any_string_survives_as_text_and_as_value(text in any::<String>()) {
        let mut w = Writer::new();
        w.open("a").attr("v", &text).text(&text);
        let written = w.finish();
        let read = Element::parse(written.as_bytes(), &Limits::default()).expect(&written);
        let carried: String = text
            .chars()
            .map(|c| match c {
                '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'.. => c,
                _ => '\u{fffd}',
            })
            .collect();
        prop_assert_eq!(read.attr("v"), Some(carried.as_str()));
        prop_assert_eq!(read.text(), carried);
    }

    #[test]
    fn any_bytes_end_in_a_value(bytes in vec(any::<u8>(), 0..200)) {
        let strict = Element::parse(&bytes, &Limits::default());
        let lenient = Element::parse_lenient(&bytes, &Limits::default());
        prop_assert!(strict.is_err() || lenient.is_ok());
    }

    #[test]
    fn any_damage_to_a_document_ends_in_a_value(at in 0usize..90, with in any::<u8>(), cut in 0usize..90) {
        let mut bytes = b"<?xml version='1.0'?><a xmlns:x='urn:x' b='c&#10;'><x:d>&amp;<![CDATA[e]]></x:d></a>".to_vec();
        if let Some(byte) = bytes.get_mut(at) {
            *byte = with;
        }
        bytes.truncate(cut);
        let strict = Element::parse(&bytes, &Limits::default());
        let lenient = Element::parse_lenient(&bytes, &Limits::default());
        prop_assert!(strict.is_err() || strict == lenient);
    }
}
