//! A stream as one endless document (RFC 6120 section 4).

use xml::{Element, Limits, Piece, StreamParser};

use crate::ns;
use crate::outgoing::Outgoing;
use crate::stream::StreamError;

use super::{Incoming, header, unreadable};

pub(super) const CLOSING: &str = "</stream:stream>";

/// The reading side.
pub(super) struct Tcp {
    parser: StreamParser,
    limits: Limits,
}

impl Tcp {
    pub(super) fn new(limits: Limits) -> Self {
        Self { parser: StreamParser::new(limits), limits }
    }

    /// A new document begins.
    pub(super) fn restart(&mut self) {
        self.parser = StreamParser::new(self.limits);
    }

    pub(super) fn next(&mut self, bytes: &mut &[u8]) -> Result<Option<Incoming>, StreamError> {
        match self.parser.next(bytes).map_err(|error| unreadable(&error))? {
            Some(Piece::Start(root)) => opened(&root),
            Some(Piece::Child(stanza)) => Ok(Some(Incoming::Stanza(stanza))),
            Some(Piece::End) => Ok(Some(Incoming::Closed)),
            None => Ok(None),
        }
    }
}

/// Everything at once.
pub(super) fn framed(stanzas: &[Outgoing]) -> Vec<String> {
    let mut out = String::with_capacity(stanzas.iter().map(Outgoing::size).sum());
    for stanza in stanzas {
        stanza.push_to(&mut out);
    }
    vec![out]
}

fn opened(root: &Element) -> Result<Option<Incoming>, StreamError> {
    match (root.name.as_str(), root.namespace.as_str()) {
        ("stream", ns::STREAM) => header::opened(root),
        ("stream", _) => Err(StreamError::InvalidNamespace),
        _ => Err(StreamError::BadFormat),
    }
}
