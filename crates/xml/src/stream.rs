//! A document that never ends: an XMPP stream, read element by element as its bytes arrive.

use rxml::error::EndOrError;
use rxml::{Event, Parse, Parser, WithOptions};

use crate::element::Element;
use crate::parse::{Builder, Limits, XmlError, options};

/// A name, an attribute value, or a piece of text of more bytes is no part of a stream: the parser keeps this much for
/// each connection. Text comes in any number of pieces.
const TOKEN_MAX: usize = 8 * 1024;

/// A whole piece of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The start tag of the root.
    Start(Element),
    /// A child of the root, whole.
    Child(Element),
    /// The end tag of the root; nothing follows.
    End,
}

/// Reads one stream. The limits hold for each child of the root anew.
pub struct StreamParser {
    parser: Parser,
    builder: Builder,
    limits: Limits,
    /// Bytes read since the last piece.
    bytes: usize,
    started: bool,
}

impl StreamParser {
    /// At the beginning of a stream.
    pub fn new(limits: Limits) -> Self {
        let token = Limits { value: limits.value.min(TOKEN_MAX), ..limits };
        Self {
            parser: Parser::with_options(options(&token)),
            builder: Builder::new(limits),
            limits,
            bytes: 0,
            started: false,
        }
    }

    /// Reads up to the end of the next piece and takes what it read off `bytes`; `None` if they do not suffice. White
    /// space between pieces is passed over and costs nothing, however much comes over the years.
    ///
    /// # Errors
    /// [`XmlError`]; the stream is of no use from then on.
    pub fn next(&mut self, bytes: &mut &[u8]) -> Result<Option<Piece>, XmlError> {
        loop {
            if self.bytes == 0 {
                *bytes = bytes.trim_ascii_start();
            }
            match bytes.first() {
                None if self.bytes == 0 => return Ok(None),
                Some(first) if self.bytes == 0 && *first != b'<' => return Err(stray()),
                Some(_) | None => {}
            }
            let Some(event) = self.event(bytes)? else { return Ok(None) };
            if let Some(piece) = self.take(event)? {
                self.bytes = 0;
                self.parser.release_temporaries();
                return Ok(Some(piece));
            }
        }
    }

    fn event(&mut self, bytes: &mut &[u8]) -> Result<Option<Event>, XmlError> {
        let before = bytes.len();
        let event = self.parser.parse(bytes, false);
        self.bytes += before - bytes.len();
        if self.bytes > self.limits.bytes {
            return Err(XmlError::TooLarge { bytes: self.bytes, max: self.limits.bytes });
        }
        match event {
            Ok(event) => Ok(event),
            Err(EndOrError::NeedMoreData) => Ok(None),
            Err(EndOrError::Error(error)) => Err(XmlError::Malformed(error.to_string())),
        }
    }

    fn take(&mut self, event: Event) -> Result<Option<Piece>, XmlError> {
        match event {
            Event::EndElement(_) if self.builder.is_at_rest() => Ok(Some(Piece::End)),
            Event::Text(_, text) if self.builder.is_at_rest() => between(&text).map(|()| None),
            event @ (Event::XmlDeclaration(..)
            | Event::StartElement(..)
            | Event::EndElement(_)
            | Event::Text(..)) => {
                let begins = matches!(event, Event::StartElement(..));
                self.builder.take(event)?;
                Ok(self.whole(begins))
            }
        }
    }

    /// The piece that the last event completed. The start tag of the root is complete in itself.
    fn whole(&mut self, begins: bool) -> Option<Piece> {
        if begins && !self.started {
            self.started = true;
            self.builder.end();
        }
        let whole = self.builder.root.take()?;
        self.builder = Builder::new(self.limits);
        Some(if begins { Piece::Start(whole) } else { Piece::Child(whole) })
    }
}

fn between(text: &str) -> Result<(), XmlError> {
    if text.trim_ascii().is_empty() {
        return Ok(());
    }
    Err(stray())
}

fn stray() -> XmlError {
    XmlError::Malformed("text between elements".to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STREAM: &str = "<?xml version='1.0'?> <s:stream to='x' xmlns='jabber:client' xmlns:s='urn:s'>\n \
                          <iq id='1'><a>R&amp;D</a></iq> <presence/>\n</s:stream>";

    fn read(parser: &mut StreamParser, mut bytes: &[u8]) -> Result<Vec<Piece>, XmlError> {
        let mut pieces = Vec::new();
        while let Some(piece) = parser.next(&mut bytes)? {
            let over = piece == Piece::End;
            pieces.push(piece);
            if over {
                break;
            }
        }
        Ok(pieces)
    }

    fn names(pieces: &[Piece]) -> Vec<String> {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Start(e) => format!("start {} {}", e.namespace, e.name),
                Piece::Child(e) => format!("{} {} {}", e.namespace, e.name, e.children().count()),
                Piece::End => "end".to_owned(),
            })
            .collect()
    }

    const NAMES: [&str; 4] = ["start urn:s stream", "jabber:client iq 1", "jabber:client presence 0", "end"];

    #[test]
    fn a_stream_is_read_whole_or_byte_by_byte() {
        let mut parser = StreamParser::new(Limits::default());
        assert_eq!(names(&read(&mut parser, STREAM.as_bytes()).unwrap()), NAMES);
        let mut parser = StreamParser::new(Limits::default());
        let bytes = STREAM.as_bytes().chunks(1);
        let pieces: Vec<Piece> = bytes.flat_map(|byte| read(&mut parser, byte).unwrap()).collect();
        assert_eq!(names(&pieces), NAMES);
    }

    #[test]
    fn limits_hold_for_each_child_and_white_space_is_free() {
        let limits = Limits { bytes: 40, depth: 2, elements: 2, attributes: 2, value: 40 };
        let mut parser = StreamParser::new(limits);
        read(&mut parser, b"<s>").unwrap();
        for _ in 0..100 {
            assert_eq!(read(&mut parser, b"  <a><b/></a>\n").unwrap().len(), 1);
        }
        assert_eq!(read(&mut parser, b"<a><b><c/>"), Err(XmlError::TooDeep { max: 2 }));
        let mut parser = StreamParser::new(limits);
        read(&mut parser, b"<s><a>").unwrap();
        assert!(read(&mut parser, &[b'x'; 40]).unwrap_err().is_limit());
    }

    #[test]
    fn a_long_text_arrives_in_pieces_and_is_one() {
        let mut parser = StreamParser::new(Limits::default());
        let long = "x".repeat(100_000);
        let pieces = read(&mut parser, format!("<s><a>{long}</a>").as_bytes()).unwrap();
        assert!(matches!(&pieces[1], Piece::Child(a) if a.text() == long));
    }

    #[test]
    fn what_a_stream_may_not_hold_is_malformed() {
        for text in [
            "<s>text<a/>",
            "<s><a></b>",
            "<s><!-- c -->",
            "<!DOCTYPE s><s>",
            "<s><?x y?>",
            "<s/><t/>",
            "GET / HTTP/1.1",
            "\u{feff}<s>",
            "<s>\u{0}",
        ] {
            let mut parser = StreamParser::new(Limits::default());
            let mut bytes = text.as_bytes();
            let error = loop {
                match parser.next(&mut bytes) {
                    Ok(Some(_)) => {}
                    Ok(None) => break None,
                    Err(error) => break Some(error),
                }
            };
            assert!(matches!(error, Some(XmlError::Malformed(_))), "{text}: {error:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_end_in_a_value(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0usize..130) {
            let mut stream = STREAM.as_bytes().to_vec();
            stream.splice(at..at, bytes);
            let mut parser = StreamParser::new(Limits::default());
            for chunk in stream.chunks(7) {
                if read(&mut parser, chunk).is_err() {
                    break;
                }
            }
        }
    }
}
