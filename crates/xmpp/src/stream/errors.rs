//! The errors of XMPP: those that end a stream, and those that answer one stanza.

use xml::Writer;

use crate::ns;
use crate::output::Denial;

/// A condition that ends a stream (RFC 6120 section 4.9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StreamError {
    /// XML that is no stream (RFC 7395: no `<open/>` where one is due).
    #[error("bad-format")]
    BadFormat,
    /// A newer session took the resource (notifications.md section 9).
    #[error("conflict")]
    Conflict,
    /// Not signed in and bound in time.
    #[error("connection-timeout")]
    ConnectionTimeout,
    /// The stream is not of the namespace of streams.
    #[error("invalid-namespace")]
    InvalidNamespace,
    /// A stanza before the sign-in, or the user may no longer be here.
    #[error("not-authorized")]
    NotAuthorized,
    /// Not XML, or of a kind that XMPP does not have.
    #[error("not-well-formed")]
    NotWellFormed,
    /// Too many attempts, a step out of order, or more than may come before the sign-in.
    #[error("policy-violation")]
    PolicyViolation,
    /// The client's queue, or the whole service, is full.
    #[error("resource-constraint")]
    ResourceConstraint,
    /// Planned stop.
    #[error("system-shutdown")]
    SystemShutdown,
    /// A top-level element that is no stanza.
    #[error("unsupported-stanza-type")]
    UnsupportedStanzaType,
    /// A stream from before XMPP 1.0.
    #[error("unsupported-version")]
    UnsupportedVersion,
}

impl StreamError {
    /// `<stream:error>`, with the literal prefix that clients look for (notifications.md section 4.4 rule 2).
    pub(crate) fn to_xml(self) -> String {
        let mut w = Writer::new();
        w.open("stream:error").open(&self.to_string()).attr("xmlns", ns::STREAM_ERRORS);
        w.finish()
    }
}

/// A condition that answers one stanza (RFC 6120 section 8.3.3, XEP-0060).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StanzaError {
    BadRequest,
    /// XEP-0060: no node was named.
    NodeMissing,
    /// XEP-0060: the JID is missing or somebody else's.
    InvalidJid,
    FeatureNotImplemented,
    Forbidden,
    ItemNotFound,
    NotAllowed,
    NotAuthorized,
    /// XEP-0060: there is no such subscription.
    NotSubscribed,
    ResourceConstraint,
    ServiceUnavailable,
    /// XEP-0060: a feature that is not here, by its name.
    Unsupported(&'static str),
}

impl From<Denial> for StanzaError {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::Forbidden => Self::Forbidden,
            Denial::NoSuchNode => Self::ItemNotFound,
        }
    }
}

impl StanzaError {
    /// Writes `<error/>` into an open stanza.
    pub(crate) fn write(self, w: &mut Writer) {
        let (kind, condition, detail) = self.parts();
        w.open("error").attr("type", kind);
        w.open(condition).attr("xmlns", ns::STANZA_ERRORS).close();
        if let Some(detail) = detail {
            w.open(detail).attr("xmlns", ns::PUBSUB_ERRORS);
            if let Self::Unsupported(feature) = self {
                w.attr("feature", feature);
            }
            w.close();
        }
        w.close();
    }

    /// What the client should do, the condition, and a closer one of XEP-0060.
    fn parts(self) -> (&'static str, &'static str, Option<&'static str>) {
        match self {
            Self::BadRequest => ("modify", "bad-request", None),
            Self::NodeMissing => ("modify", "bad-request", Some("nodeid-required")),
            Self::InvalidJid => ("modify", "bad-request", Some("invalid-jid")),
            Self::FeatureNotImplemented => ("cancel", "feature-not-implemented", None),
            Self::Forbidden => ("auth", "forbidden", None),
            Self::ItemNotFound => ("cancel", "item-not-found", None),
            Self::NotAllowed => ("cancel", "not-allowed", None),
            Self::NotAuthorized => ("auth", "not-authorized", None),
            Self::NotSubscribed => ("cancel", "unexpected-request", Some("not-subscribed")),
            Self::Unsupported(_) => ("cancel", "feature-not-implemented", Some("unsupported")),
            Self::ResourceConstraint => ("wait", "resource-constraint", None),
            Self::ServiceUnavailable => ("cancel", "service-unavailable", None),
        }
    }
}
