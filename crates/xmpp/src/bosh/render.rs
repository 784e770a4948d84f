//! Writing response bodies.

use std::time::Duration;

use xml::Writer;

use super::window::POLLING;
use super::{Condition, Opening};
use crate::ns;
use crate::outgoing::Outgoing;
use crate::sids::Sid;

/// What a new session is told, in the product's own attributes (notifications.md section 4.3 (1)).
pub(crate) struct Session<'a> {
    pub(crate) opening: &'a Opening,
    pub(crate) domain: &'a str,
    pub(crate) sid: Sid,
    pub(crate) wait: Duration,
    pub(crate) hold: usize,
    pub(crate) requests: u64,
    pub(crate) inactivity: Duration,
    pub(crate) pause_max: Duration,
}

/// The answer to session creation.
pub(crate) fn opened(session: &Session<'_>, features: &str) -> String {
    let mut w = Writer::new();
    w.open("body").attr("xmlns", ns::HTTP_BIND).attr("xmlns:stream", ns::STREAM);
    w.attr("from", session.domain).attr("authid", session.sid).attr("sid", session.sid).attr("secure", true);
    w.attr("requests", session.requests).attr("inactivity", session.inactivity.as_secs());
    w.attr("polling", POLLING.as_secs()).attr("wait", session.wait.as_secs());
    if let Some(ver) = session.opening.ver.as_deref().filter(|_| !session.opening.is_legacy()) {
        w.attr("hold", session.hold).attr("ack", session.opening.rid);
        w.attr("maxpause", session.pause_max.as_secs()).attr("ver", ver);
    }
    w.raw(features);
    w.finish()
}

/// An ordinary answer; empty if `stanzas` is.
pub(crate) fn content<'a>(stanzas: impl Iterator<Item = &'a Outgoing> + Clone) -> String {
    fill(None, stanzas)
}

/// The last answer of a session.
pub(crate) fn terminated<'a>(
    condition: Option<Condition>,
    stanzas: impl Iterator<Item = &'a Outgoing> + Clone,
) -> String {
    fill(Some(condition), stanzas)
}

fn fill<'a>(
    terminate: Option<Option<Condition>>,
    stanzas: impl Iterator<Item = &'a Outgoing> + Clone,
) -> String {
    let size: usize = stanzas.clone().map(Outgoing::size).sum();
    let mut out = String::with_capacity(size + 160);
    out.push_str(&start_tag(terminate, stanzas.clone().any(Outgoing::is_stream_level)));
    if size == 0 {
        out.push_str("/>");
        return out;
    }
    out.push('>');
    for stanza in stanzas {
        stanza.push_to(&mut out);
    }
    out.push_str("</body>");
    out
}

/// The start tag of a body, still open for `>` or `/>`.
fn start_tag(terminate: Option<Option<Condition>>, with_stream: bool) -> String {
    let mut tag = format!("<body xmlns=\"{}\"", ns::HTTP_BIND);
    if with_stream {
        tag.push_str(&format!(" xmlns:stream=\"{}\"", ns::STREAM));
    }
    match terminate {
        None => {}
        Some(None) => tag.push_str(" type=\"terminate\""),
        Some(Some(condition)) => tag.push_str(&format!(" type=\"terminate\" condition=\"{condition}\"")),
    }
    tag
}
