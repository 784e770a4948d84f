//! A stream as messages of one element each (RFC 7395). The frames of RFC 6455 are the driver's.

use xml::{Element, Limits};

use crate::ns;
use crate::outgoing::Outgoing;
use crate::stream::StreamError;

use super::{Incoming, header, unreadable};

pub(super) const CLOSING: &str = "<close xmlns=\"urn:ietf:params:xml:ns:xmpp-framing\"/>";

/// The reading side: before `<open/>` there is nothing else (section 3.3.2).
pub(super) struct WebSocket {
    limits: Limits,
    is_open: bool,
}

impl WebSocket {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, is_open: false }
    }

    /// A new `<open/>` is due.
    pub(super) fn restart(&mut self) {
        self.is_open = false;
    }

    /// `bytes` are one message and are taken whole. One without anything in it only shows that the peer is alive.
    pub(super) fn next(&mut self, bytes: &mut &[u8]) -> Result<Option<Incoming>, StreamError> {
        let message = std::mem::take(bytes);
        if message.trim_ascii().is_empty() {
            return Ok(None);
        }
        let element = Element::parse(message, &self.limits).map_err(|error| unreadable(&error))?;
        match (element.name.as_str(), element.namespace.as_str(), self.is_open) {
            ("close", ns::FRAMING, _) => Ok(Some(Incoming::Closed)),
            ("open", ns::FRAMING, false) => {
                self.is_open = true;
                header::opened(&element)
            }
            ("open", ns::FRAMING, true) => Err(StreamError::BadFormat),
            ("open", _, false) => Err(StreamError::InvalidNamespace),
            (_, _, false) => Err(StreamError::BadFormat),
            (_, _, true) => Ok(Some(Incoming::Stanza(element))),
        }
    }
}

/// A message for each.
pub(super) fn framed(stanzas: &[Outgoing]) -> Vec<String> {
    stanzas.iter().map(alone).collect()
}

/// A message is a document of its own, so what has the prefix `stream` declares it (section 3.3.3).
fn alone(stanza: &Outgoing) -> String {
    let mut text = String::with_capacity(stanza.size() + 64);
    stanza.push_to(&mut text);
    if stanza.is_stream_level()
        && let Some(at) = text.find(['>', '/'])
    {
        text.insert_str(at, &format!(" xmlns:stream=\"{}\"", ns::STREAM));
    }
    text
}
