//! From bytes to a tree, within limits.

use rxml::{Event, Options, Parse, Parser, WithOptions};

use crate::element::{Attribute, Element, Node};
use crate::plain;

/// How much a document may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document.
    pub bytes: usize,
    /// Elements within each other, the root included.
    pub depth: usize,
    /// Elements in all.
    pub elements: usize,
    /// Attributes in all.
    pub attributes: usize,
    /// Bytes of one name, one attribute value, or one run of text.
    pub value: usize,
}

impl Default for Limits {
    /// 1 MiB is what the product's XMPP server takes at most (notifications.md section 12) and what REST bodies
    /// are held to; the deepest document of either API has 9 levels, a pubsub payload on top of it makes 14.
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 32, elements: 20_000, attributes: 20_000, value: 1 << 20 }
    }
}

/// Why bytes did not become an element.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// More bytes than allowed.
    #[error("document of {bytes} bytes, at most {max} are read")]
    TooLarge {
        /// What was offered.
        bytes: usize,
        /// [`Limits::bytes`].
        max: usize,
    },
    /// Elements nested too deep.
    #[error("elements nested deeper than {max}")]
    TooDeep {
        /// [`Limits::depth`].
        max: usize,
    },
    /// Too many elements.
    #[error("more than {max} elements")]
    TooManyElements {
        /// [`Limits::elements`].
        max: usize,
    },
    /// Too many attributes.
    #[error("more than {max} attributes")]
    TooManyAttributes {
        /// [`Limits::attributes`].
        max: usize,
    },
    /// A run of text is too long.
    #[error("text longer than {max} bytes")]
    TooLong {
        /// [`Limits::value`].
        max: usize,
    },
    /// The bytes are not UTF-8.
    #[error("not UTF-8 from byte {at} on")]
    NotUtf8 {
        /// The first byte that does not belong.
        at: usize,
    },
    /// Not well-formed, or a construct that is never accepted: a document type, a processing instruction, a
    /// comment, an undeclared prefix or entity.
    #[error("malformed: {0}")]
    Malformed(String),
}

impl XmlError {
    /// Whether a limit was reached, rather than the document being wrong.
    pub fn is_limit(&self) -> bool {
        match self {
            Self::TooLarge { .. }
            | Self::TooDeep { .. }
            | Self::TooManyElements { .. }
            | Self::TooManyAttributes { .. }
            | Self::TooLong { .. } => true,
            Self::NotUtf8 { .. } | Self::Malformed(_) => false,
        }
    }
}

pub(crate) fn document(bytes: &[u8], limits: &Limits) -> Result<Element, XmlError> {
    if bytes.len() > limits.bytes {
        return Err(XmlError::TooLarge { bytes: bytes.len(), max: limits.bytes });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| XmlError::NotUtf8 { at: e.valid_up_to() })?;
    plain::document(text, limits).map_or_else(|| by_parser(text, limits), Ok)
}

/// The judge of everything that is not plain.
pub(crate) fn by_parser(text: &str, limits: &Limits) -> Result<Element, XmlError> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text).trim_ascii().as_bytes();
    // The parser sets its whole buffer aside at once, and no token is longer than the document.
    let token = Limits { value: limits.value.min(rest.len().max(1)), ..*limits };
    let mut parser = Parser::with_options(options(&token));
    let mut builder = Builder::new(*limits);
    while let Some(event) = parser.parse(&mut rest, true).map_err(malformed)? {
        builder.take(event)?;
    }
    builder.root.ok_or_else(|| XmlError::Malformed("no element".to_owned()))
}

pub(crate) fn options(limits: &Limits) -> Options {
    Options { max_token_length: limits.value, ..Options::default() }
}

fn malformed(error: rxml::error::EndOrError) -> XmlError {
    XmlError::Malformed(match error {
        rxml::error::EndOrError::NeedMoreData => "ends too early".to_owned(),
        rxml::error::EndOrError::Error(error) => error.to_string(),
    })
}

/// The elements that are open, outermost first, and what is left of the limits.
#[derive(Debug)]
pub(crate) struct Builder {
    limits: Limits,
    open: Vec<Element>,
    pub(crate) root: Option<Element>,
    elements: usize,
    attributes: usize,
}

impl Builder {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, open: Vec::new(), root: None, elements: 0, attributes: 0 }
    }

    /// Whether no element has begun or is unfinished.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.open.is_empty()
    }

    pub(crate) fn take(&mut self, event: Event) -> Result<(), XmlError> {
        match event {
            Event::XmlDeclaration(..) => Ok(()),
            Event::StartElement(_, name, attributes) => self.start(name, attributes),
            Event::Text(_, text) => self.text(text),
            Event::EndElement(_) => {
                self.end();
                Ok(())
            }
        }
    }

    fn start(&mut self, (namespace, name): rxml::QName, attributes: rxml::AttrMap) -> Result<(), XmlError> {
        self.elements += 1;
        self.attributes += attributes.len();
        self.check()?;
        self.open.push(Element {
            name: name.as_str().to_owned(),
            namespace: namespace.as_str().to_owned(),
            attributes: attributes.into_iter().map(attribute).collect(),
            nodes: Vec::new(),
        });
        Ok(())
    }

    fn check(&self) -> Result<(), XmlError> {
        let Limits { depth, elements, attributes, .. } = self.limits;
        if self.open.len() >= depth {
            return Err(XmlError::TooDeep { max: depth });
        }
        if self.elements > elements {
            return Err(XmlError::TooManyElements { max: elements });
        }
        if self.attributes > attributes {
            return Err(XmlError::TooManyAttributes { max: attributes });
        }
        Ok(())
    }

    /// Joins what the parser hands out in pieces.
    fn text(&mut self, piece: String) -> Result<(), XmlError> {
        let Some(parent) = self.open.last_mut() else { return Ok(()) };
        let Some(Node::Text(text)) = parent.nodes.last_mut() else {
            parent.nodes.push(Node::Text(piece));
            return Ok(());
        };
        if text.len() + piece.len() > self.limits.value {
            return Err(XmlError::TooLong { max: self.limits.value });
        }
        text.push_str(&piece);
        Ok(())
    }

    pub(crate) fn end(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.nodes.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }
}

fn attribute(((namespace, name), value): ((rxml::Namespace<'static>, rxml::NcName), String)) -> Attribute {
    Attribute { name: name.as_str().to_owned(), namespace: namespace.as_str().to_owned(), value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Element, XmlError> {
        document(text.as_bytes(), &Limits::default())
    }

    fn within(text: &str, limits: Limits) -> Result<Element, XmlError> {
        document(text.as_bytes(), &limits)
    }

    #[test]
    fn what_clients_put_around_a_document_is_tolerated() {
        for text in
            ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>\n", " \r\n<a/>", "\u{feff}<a></a>", "<a />"]
        {
            assert_eq!(parse(text).unwrap().name, "a", "{text}");
        }
    }

    #[test]
    fn dangerous_or_broken_documents_are_malformed() {
        for text in [
            "",
            "   ",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a x='1' x='2'/>",
            "<a>&undeclared;</a>",
            "<a>&#0;</a>",
            "<p:a/>",
            "<a><!-- c --></a>",
            "<a><?php x?></a>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "{\"a\":1}",
        ] {
            assert!(matches!(parse(text), Err(XmlError::Malformed(_))), "{text}: {:?}", parse(text));
        }
        assert_eq!(document(b"<a>\xff</a>", &Limits::default()), Err(XmlError::NotUtf8 { at: 3 }));
    }

    #[test]
    fn each_limit_is_kept() {
        let all = Limits::default();
        assert!(within("<a><b/></a>", Limits { depth: 2, ..all }).is_ok());
        let deep = within("<a><b><c/></b></a>", Limits { depth: 2, ..all });
        assert_eq!(deep, Err(XmlError::TooDeep { max: 2 }));
        let wide = within("<a><b/><b/></a>", Limits { elements: 2, ..all });
        assert_eq!(wide, Err(XmlError::TooManyElements { max: 2 }));
        let attributes = within("<a b='' c=''/>", Limits { attributes: 1, ..all });
        assert_eq!(attributes, Err(XmlError::TooManyAttributes { max: 1 }));
        let long = within("<a>0123456789</a>", Limits { value: 4, ..all });
        assert_eq!(long, Err(XmlError::TooLong { max: 4 }));
        let large = within("<abc/>", Limits { bytes: 5, ..all });
        assert_eq!(large, Err(XmlError::TooLarge { bytes: 6, max: 5 }));
        assert!(deep.unwrap_err().is_limit() && large.unwrap_err().is_limit());
    }
}
