//! The quick way to read the plain form, in which clients and servers of our kind write nearly everything: elements and
//! attributes without prefixes, double quotes, text and the five entities.
//!
//! Whatever is not of that form, for better or worse, the parser reads and judges. So nothing is accepted that the parser
//! would not accept, and what is read never differs from what it would have read.

use crate::element::{Attribute, Element, Node};
use crate::parse::Limits;

/// Namespaces of XML itself, which nobody may declare, begin like this.
const RESERVED: &str = "http://www.w3.org/";
/// Attributes of one element: a client of ours writes eight at most. Each is compared with those before it.
const ATTRIBUTES_MAX: usize = 16;

/// The document, if it is plain and well within the limits.
pub(crate) fn document(text: &str, limits: &Limits) -> Option<Element> {
    // No element is shorter than four bytes, no attribute shorter than five.
    let most = limits.bytes.min(limits.value).min(limits.elements.saturating_mul(4));
    if text.len() > most.min(limits.attributes.saturating_mul(5)) || !text.bytes().all(is_plain) {
        return None;
    }
    let mut rest = Rest { text: text.trim_ascii(), depth_max: limits.depth };
    rest.take("<")?;
    let root = rest.element("", 1)?;
    rest.text.is_empty().then_some(root)
}

/// Neither a control character nor the first byte of one, or of one that no document may have (U+FFFE, U+FFFF).
fn is_plain(byte: u8) -> bool {
    byte == b'\n' || !(byte < b' ' || matches!(byte, 0x7F | 0xC2 | 0xEF))
}

/// What is not read yet.
struct Rest<'a> {
    text: &'a str,
    depth_max: usize,
}

impl<'a> Rest<'a> {
    fn take(&mut self, expected: &str) -> Option<()> {
        self.text = self.text.strip_prefix(expected)?;
        Some(())
    }

    fn until(&mut self, end: char) -> Option<&'a str> {
        let (text, rest) = self.text.split_at_checked(self.text.find(end)?)?;
        self.text = rest;
        Some(text)
    }

    fn name(&mut self) -> Option<&'a str> {
        let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let length = self.text.bytes().take_while(in_name).count();
        let (name, rest) = self.text.split_at_checked(length)?;
        self.text = rest;
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_').then_some(name)
    }

    /// An element whose `<` has been read.
    fn element(&mut self, around: &str, depth: usize) -> Option<Element> {
        let name = self.name()?;
        let mut element = Element {
            name: name.into(),
            namespace: around.into(),
            attributes: Vec::new(),
            nodes: Vec::new(),
        };
        let mut declared = false;
        while self.take(" ").is_some() {
            declared |= self.attribute(&mut element, declared)?;
        }
        if self.take("/>").is_some() {
            return Some(element);
        }
        self.take(">")?;
        self.content(&mut element, depth)?;
        self.take(name)?;
        self.take(">")?;
        Some(element)
    }

    /// True if it declares a namespace, as one of them may.
    fn attribute(&mut self, element: &mut Element, declared: bool) -> Option<bool> {
        let name = self.name()?;
        self.take("=\"")?;
        let raw = self.until('"')?;
        self.take("\"")?;
        let value = unescaped(raw).filter(|_| !raw.contains(['<', '\n']))?;
        let declares = name == "xmlns";
        if element.attributes.len() >= ATTRIBUTES_MAX {
            return None;
        }
        if element.attr(name).is_some() || (declares && (declared || value.starts_with(RESERVED))) {
            return None;
        }
        if declares {
            element.namespace = value;
        } else {
            // By name, as the parser hands them out.
            let at = element.attributes.partition_point(|before| before.name.as_str() < name);
            let attribute = Attribute { name: name.into(), namespace: String::new(), value };
            element.attributes.insert(at, attribute);
        }
        Some(declares)
    }

    /// Up to and with the `</` that ends the element.
    fn content(&mut self, element: &mut Element, depth: usize) -> Option<()> {
        loop {
            let raw = self.until('<')?;
            if !raw.is_empty() {
                element.nodes.push(Node::Text(unescaped(raw).filter(|_| !raw.contains("]]>"))?));
            }
            self.take("<")?;
            if self.take("/").is_some() {
                return Some(());
            }
            if depth >= self.depth_max {
                return None;
            }
            element.nodes.push(Node::Element(self.element(&element.namespace, depth + 1)?));
        }
    }
}

fn unescaped(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, entity)) =
        rest.bytes().position(|byte| byte == b'&').and_then(|at| rest.split_at_checked(at))
    {
        let (character, after) = character(entity)?;
        text.push_str(before);
        text.push(character);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// What the entity at the beginning stands for, and what follows it.
fn character(text: &str) -> Option<(char, &str)> {
    const ENTITIES: [(&str, char); 5] =
        [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&apos;", '\'')];
    ENTITIES.iter().find_map(|(entity, character)| Some((*character, text.strip_prefix(entity)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::by_parser;

    const EVENT: &str = "<body xmlns=\"http://jabber.org/protocol/httpbind\"><message xmlns=\"jabber:client\" \
        to=\"1001@n\"><event xmlns=\"e\"><notification>&lt;Update&gt;&lt;a&gt;1 &amp;amp; 2&lt;/a&gt;&lt;/Update&gt;\
        </notification><empty/> tail</event></message></body>";

    fn quick(text: &str) -> Option<Element> {
        document(text, &Limits::default())
    }

    fn parsed(text: &str) -> Option<Element> {
        by_parser(text, &Limits::default()).ok()
    }

    #[test]
    fn what_is_plain_reads_as_the_parser_reads_it() {
        for text in [
            EVENT,
            " <a/>\n",
            "<b d=\"1 &quot;2&quot;\" c=\"\">\n x &apos; <b>> \u{e9}\u{65e5}</b></b>",
            "<a></a>",
        ] {
            assert_eq!(quick(text), parsed(text), "{text}");
            assert!(quick(text).is_some(), "{text}");
        }
    }

    /// Every document with one character left out, put in or changed.
    #[test]
    fn what_the_parser_refuses_is_never_read() {
        let changes = [
            "",
            "<",
            ">",
            "\"",
            "&",
            "/",
            " ",
            "=",
            ";",
            ":",
            "\t",
            "\r",
            "]]>",
            "<!---->",
            "x",
            "-",
            " to=\"\"",
            " xmlns=\"\"",
        ];
        for (at, _) in EVENT.char_indices() {
            let (before, after) = EVENT.split_at(at);
            for change in changes {
                for text in [format!("{before}{change}{after}"), format!("{before}{change}{}", &after[1..])] {
                    if let Some(element) = quick(&text) {
                        assert_eq!(Some(element), parsed(&text), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_character_is_read_as_the_parser_reads_it() {
        let ends = (0xD700..=0xE010).chain(0xFDC0..=0x1_0010);
        for character in (0..0x3100).chain(ends).filter_map(char::from_u32) {
            let text = format!("<a b=\"{character}\">{character}</a>");
            if let Some(element) = quick(&text) {
                assert_eq!(Some(element), parsed(&text), "{character:?}");
            }
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_parser() {
        for text in
            ["<p:a xmlns:p=\"u\"/>", "<a b='1'/>", "<a><!-- --></a>", "<a><![CDATA[]]></a>", "<a>&#65;</a>"]
        {
            assert_eq!(quick(text), None, "{text}");
        }
    }
}
