//! Requests in iq stanzas, and their answers.

use xml::{Element, Writer};

use crate::jid::{FullJid, Names};
use crate::ns;
use crate::pubsub::{Command, Node, own_nodes};

use super::errors::StanzaError;

/// Where the answer to an iq goes. Clients take it only if it comes from exactly the address they wrote to, or from
/// their own if they wrote none (notifications.md section 4.4 rule 3): the bare one, as slixmpp does not take the full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReplyTo {
    id: Option<String>,
    /// None before the session has an address.
    from: Option<String>,
    to: Option<String>,
}

impl ReplyTo {
    pub(crate) fn new(iq: &Element, own: Option<&FullJid>) -> Self {
        let from = iq.attr("to").or(own.map(FullJid::bare));
        let to = own.map(FullJid::full);
        Self {
            id: iq.attr("id").map(str::to_owned),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        }
    }

    /// A result with `payload`, which is XML already.
    pub(crate) fn result(&self, payload: &str) -> String {
        let mut w = self.open("iq", "result");
        if !payload.is_empty() {
            w.raw(payload);
        }
        w.finish()
    }

    pub(crate) fn error(&self, error: StanzaError) -> String {
        self.stanza_error("iq", error)
    }

    /// The answer to a `<message/>` or any other stanza that cannot be served.
    pub(crate) fn stanza_error(&self, stanza: &str, error: StanzaError) -> String {
        let mut w = self.open(stanza, "error");
        error.write(&mut w);
        w.finish()
    }

    fn open(&self, stanza: &str, kind: &str) -> Writer {
        let mut w = Writer::new();
        w.open(stanza).attr("type", kind);
        for (name, value) in [("id", &self.id), ("from", &self.from), ("to", &self.to)] {
            if let Some(value) = value {
                w.attr(name, value);
            }
        }
        w.attr("xmlns", ns::CLIENT);
        w
    }
}

/// What an iq of a bound session asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// An answer to something we never asked; nothing to do.
    Answer,
    /// A ping: an empty result, soon.
    Alive,
    /// The roster.
    Roster,
    /// This is the result.
    Result(String),
    /// This is why not.
    Refused(StanzaError),
    /// For publish-subscribe.
    PubSub(Command),
}

impl Request {
    /// Reads an iq of `by`.
    pub(crate) fn parse(iq: &Element, by: &FullJid, names: &Names) -> Self {
        let set = match iq.attr("type") {
            Some("get") => false,
            Some("set") => true,
            Some("result" | "error") => return Self::Answer,
            _ => return Self::Refused(StanzaError::BadRequest),
        };
        let Some(payload) = iq.children().next() else { return Self::Refused(StanzaError::BadRequest) };
        let to = iq.attr("to").unwrap_or(&names.domain);
        let served = if to.eq_ignore_ascii_case(&names.pubsub) {
            to_pubsub(payload, set, by, names)
        } else if to.eq_ignore_ascii_case(&names.domain) || by.own_resource(to) == Some(None) {
            to_server(payload, set, names)
        } else {
            Err(StanzaError::ServiceUnavailable)
        };
        served.unwrap_or_else(Self::Refused)
    }
}

/// The resource that a bind request asks for, `Some(None)` if it asks for any; `None` if `iq` is no bind request.
pub(crate) fn bind_request(iq: &Element) -> Option<Option<String>> {
    let bind = iq.child_in("bind", ns::BIND).filter(|_| iq.attr("type") == Some("set"))?;
    Some(bind.child_text("resource").filter(|resource| !resource.is_empty()))
}

/// The payload that tells a client its address.
pub(crate) fn bound(jid: &FullJid) -> String {
    let mut w = Writer::new();
    w.open("bind").attr("xmlns", ns::BIND).leaf("jid", jid.full());
    w.finish()
}

/// The question whether a client is there (XEP-0199 section 4.1).
pub(crate) fn server_ping(names: &Names, to: &FullJid) -> String {
    let mut w = Writer::new();
    w.open("iq").attr("type", "get").attr("id", "ping").attr("from", &names.domain).attr("to", to.full());
    w.attr("xmlns", ns::CLIENT).open("ping").attr("xmlns", ns::PING);
    w.finish()
}

fn to_server(payload: &Element, set: bool, names: &Names) -> Result<Request, StanzaError> {
    match (payload.name.as_str(), payload.namespace.as_str(), set) {
        ("ping", ns::PING, false) => Ok(Request::Alive),
        ("session", ns::SESSION, true) => Ok(Request::Result(String::new())),
        ("query", ns::ROSTER, false) => Ok(Request::Roster),
        ("query", ns::ROSTER | ns::DISCO_INFO | ns::DISCO_ITEMS, true) => Err(StanzaError::NotAllowed),
        ("query", ns::DISCO_INFO, false) => {
            no_node(payload)?;
            let features = [ns::DISCO_INFO, ns::DISCO_ITEMS, ns::PING, ns::ROSTER];
            Ok(Request::Result(disco_info(None, "server", "im", &features)))
        }
        ("query", ns::DISCO_ITEMS, false) => {
            no_node(payload)?;
            Ok(Request::Result(disco_items(None, &names.pubsub, [None])))
        }
        _ => Err(StanzaError::ServiceUnavailable),
    }
}

fn to_pubsub(payload: &Element, set: bool, by: &FullJid, names: &Names) -> Result<Request, StanzaError> {
    match (payload.name.as_str(), payload.namespace.as_str(), set) {
        ("pubsub", ns::PUBSUB, set) => Command::parse(payload, set).map(Request::PubSub),
        // Nodes have one owner: the web application.
        ("pubsub", ns::PUBSUB_OWNER, _) => Err(StanzaError::Forbidden),
        ("ping", ns::PING, false) => Ok(Request::Alive),
        ("query", ns::DISCO_INFO, false) => {
            let kind = if known_node(payload)?.is_some() { "leaf" } else { "service" };
            let features =
                [ns::DISCO_INFO, ns::DISCO_ITEMS, ns::PUBSUB, ns::PUBSUB_SUBSCRIBE, ns::PUBSUB_SUBSCRIPTIONS];
            Ok(Request::Result(disco_info(payload.attr("node"), "pubsub", kind, &features)))
        }
        ("query", ns::DISCO_ITEMS, false) => match known_node(payload)? {
            // Nothing that was published is kept.
            Some(_) => Ok(Request::Result(disco_items(payload.attr("node"), &names.pubsub, []))),
            None => {
                let own = own_nodes(by.user());
                let items = own.iter().map(|node| Some(node.as_str()));
                Ok(Request::Result(disco_items(None, &names.pubsub, items)))
            }
        },
        _ => Err(StanzaError::FeatureNotImplemented),
    }
}

/// The node asked for is named again (XEP-0030 section 3.2).
fn disco_query(namespace: &str, node: Option<&str>) -> Writer {
    let mut w = Writer::new();
    w.open("query").attr("xmlns", namespace);
    if let Some(node) = node {
        w.attr("node", node);
    }
    w
}

fn disco_info(node: Option<&str>, category: &str, kind: &str, features: &[&str]) -> String {
    let mut w = disco_query(ns::DISCO_INFO, node);
    w.open("identity").attr("category", category).attr("type", kind).attr("name", "Holdfast").close();
    for feature in features {
        w.open("feature").attr("var", feature).close();
    }
    w.finish()
}

/// What is below `node`: these nodes of `jid`, where none is `jid` itself.
fn disco_items<'a>(
    node: Option<&str>,
    jid: &str,
    nodes: impl IntoIterator<Item = Option<&'a str>>,
) -> String {
    let mut w = disco_query(ns::DISCO_ITEMS, node);
    for node in nodes {
        w.open("item").attr("jid", jid);
        if let Some(node) = node {
            w.attr("node", node);
        }
        w.close();
    }
    w.finish()
}

/// The node that a question is about, which must exist.
fn known_node(query: &Element) -> Result<Option<Node>, StanzaError> {
    query.attr("node").map(|node| Node::parse(node).ok_or(StanzaError::ItemNotFound)).transpose()
}

/// The server itself has no nodes.
fn no_node(query: &Element) -> Result<(), StanzaError> {
    query.attr("node").map_or(Ok(()), |_| Err(StanzaError::ItemNotFound))
}
