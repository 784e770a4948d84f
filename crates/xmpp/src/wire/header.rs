//! The beginning of a stream, in both directions.

use xml::{Element, Writer};

use crate::ns;
use crate::sids::Sid;
use crate::stream::StreamError;

use super::Incoming;

/// What a new stream is told about itself.
pub(crate) struct Answer<'a> {
    pub(crate) domain: &'a str,
    /// Nobody can guess it, and no two streams have the same (RFC 6120 section 4.7.3).
    pub(crate) id: Sid,
    /// Who the client says it is.
    pub(crate) to: Option<&'a str>,
}

impl Answer<'_> {
    /// The start tag of a stream over TCP, open for what follows.
    pub(super) fn as_stream(&self) -> String {
        let mut tag = self.tag("stream:stream", ns::CLIENT, Some(ns::STREAM));
        tag.truncate(tag.len() - "/>".len());
        format!("<?xml version='1.0' encoding='UTF-8'?>{tag}>")
    }

    /// `<open/>` of RFC 7395.
    pub(super) fn as_open(&self) -> String {
        self.tag("open", ns::FRAMING, None)
    }

    /// An empty element. The namespace comes first: clients look for `<open ` (notifications.md section 5).
    fn tag(&self, name: &str, namespace: &str, stream: Option<&str>) -> String {
        let mut w = Writer::new();
        w.open(name).attr("xmlns", namespace);
        if let Some(stream) = stream {
            w.attr("xmlns:stream", stream);
        }
        w.attr("from", self.domain).attr("id", self.id);
        if let Some(to) = self.to {
            w.attr("to", to);
        }
        w.attr("version", "1.0").attr("xml:lang", "en");
        w.finish()
    }
}

/// Reads the client's opening. Any `to` will do: clients know a server by more names than it knows itself.
///
/// # Errors
/// `unsupported-version` for what came before RFC 3920.
pub(super) fn opened(element: &Element) -> Result<Option<Incoming>, StreamError> {
    let major = element.attr("version").and_then(|version| version.split('.').next()?.parse::<u16>().ok());
    match major {
        Some(1..) => Ok(Some(Incoming::Opened { from: element.attr("from").map(str::to_owned) })),
        Some(0) | None => Err(StreamError::UnsupportedVersion),
    }
}
