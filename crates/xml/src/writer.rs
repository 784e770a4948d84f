//! From calls to compact XML.

use std::fmt::{self, Display, Write};
use std::ops::Range;

use crate::escape::{push_escaped, push_escaped_attribute};

/// Writes one document, or a run of elements, into a string.
///
/// Names come from the program, never from input; values may be anything.
///
/// ```
/// let mut w = xml::Writer::new();
/// w.open("User").attr("version", 1).leaf("state", "READY").leaf("extension", "").empty("Dialogs").close();
/// assert_eq!(
///     w.finish(),
///     r#"<User version="1"><state>READY</state><extension></extension><Dialogs/></User>"#
/// );
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: String,
    /// Where the names of the open elements stand in `out`.
    open: Vec<Range<usize>>,
    /// The last start tag still lacks its `>`.
    in_tag: bool,
}

impl Writer {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str) -> &mut Self {
        self.end_tag();
        self.out.push('<');
        let from = self.out.len();
        self.out.push_str(name);
        self.open.push(from..self.out.len());
        self.in_tag = true;
        self
    }

    /// Adds an attribute to the element just opened; without one, nothing.
    pub fn attr(&mut self, name: &str, value: impl Display) -> &mut Self {
        debug_assert!(self.in_tag, "attribute {name} outside a start tag");
        if self.in_tag {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.push(value, push_escaped_attribute);
            self.out.push('"');
        }
        self
    }

    /// Adds character data, escaped. Even empty text makes `<x></x>` out of what would become `<x/>`.
    pub fn text(&mut self, text: impl Display) -> &mut Self {
        self.end_tag();
        self.push(text, push_escaped);
        self
    }

    /// Adds what is XML already, unchanged.
    pub fn raw(&mut self, xml: &str) -> &mut Self {
        self.end_tag();
        self.out.push_str(xml);
        self
    }

    /// A whole element with text; `<name></name>` if the text is empty.
    pub fn leaf(&mut self, name: &str, text: impl Display) -> &mut Self {
        self.open(name).text(text).close()
    }

    /// `<name/>`.
    pub fn empty(&mut self, name: &str) -> &mut Self {
        self.open(name).close()
    }

    /// Ends the innermost open element: `<x/>` if nothing was written into it. Without one, nothing.
    pub fn close(&mut self) -> &mut Self {
        debug_assert!(!self.open.is_empty(), "close without open");
        let Some(name) = self.open.pop() else { return self };
        if self.in_tag {
            self.out.push_str("/>");
            self.in_tag = false;
        } else {
            self.out.push_str("</");
            self.out.extend_from_within(name);
            self.out.push('>');
        }
        self
    }

    /// The text, every open element closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.out.push('>');
            self.in_tag = false;
        }
    }

    fn push(&mut self, value: impl Display, escape: fn(&mut String, &str)) {
        let written = write!(Escaping { out: &mut self.out, escape }, "{value}");
        debug_assert!(written.is_ok(), "a Display implementation failed");
    }
}

/// Escapes what is formatted through it.
struct Escaping<'a> {
    out: &'a mut String,
    escape: fn(&mut String, &str),
}

impl Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        (self.escape)(self.out, text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_elements_and_empty_text_differ() {
        let mut w = Writer::new();
        w.open("Dialogs").close();
        assert_eq!(w.finish(), "<Dialogs/>");
        let mut w = Writer::new();
        w.leaf("pendingState", "");
        assert_eq!(w.finish(), "<pendingState></pendingState>");
    }

    #[test]
    fn values_are_escaped_and_raw_text_is_not() {
        let mut w = Writer::new();
        w.open("a").attr("q", "\"<").text("R&D").raw("<b/>").leaf("n", -1);
        assert_eq!(w.finish(), r#"<a q="&quot;&lt;">R&amp;D<b/><n>-1</n></a>"#);
    }
}
