//! What a client can ask of the publish-subscribe service.

use xml::Element;

use super::Node;
use crate::jid::FullJid;
use crate::ns;
use crate::stream::StanzaError;

/// A request, read from the `<pubsub/>` of an iq.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Subscribe `jid` to `node`.
    Subscribe { node: String, jid: String },
    /// Take it back. A `subid` says nothing that node and JID do not.
    Unsubscribe { node: String, jid: String },
    /// List the user's subscriptions, all or those to one node.
    List { node: Option<String> },
}

impl Command {
    /// Reads the `<pubsub/>` of an iq of type `set` or `get`.
    ///
    /// # Errors
    /// `bad-request` if something is missing, `forbidden` for what only the publisher does, and
    /// `feature-not-implemented` for the rest, with the name that XEP-0060 has for it.
    pub(crate) fn parse(pubsub: &Element, set: bool) -> Result<Self, StanzaError> {
        let verb = pubsub.children().find(|e| e.namespace == ns::PUBSUB).ok_or(StanzaError::BadRequest)?;
        let attr = |name| verb.attr(name).map(str::to_owned);
        let node = || attr("node").ok_or(StanzaError::NodeMissing);
        let jid = || attr("jid").ok_or(StanzaError::InvalidJid);
        match (verb.name.as_str(), set) {
            ("subscribe", true) => Ok(Self::Subscribe { node: node()?, jid: jid()? }),
            ("unsubscribe", true) => Ok(Self::Unsubscribe { node: node()?, jid: jid()? }),
            ("subscriptions", false) => Ok(Self::List { node: attr("node") }),
            ("subscribe" | "unsubscribe", false) | ("subscriptions", true) => Err(StanzaError::BadRequest),
            ("publish" | "retract" | "create" | "configure", _) => Err(StanzaError::Forbidden),
            ("items", _) => Err(StanzaError::Unsupported("retrieve-items")),
            ("affiliations", _) => Err(StanzaError::Unsupported("retrieve-affiliations")),
            ("options", _) => Err(StanzaError::Unsupported("subscription-options")),
            ("default", _) => Err(StanzaError::Unsupported("retrieve-default-sub")),
            _ => Err(StanzaError::FeatureNotImplemented),
        }
    }

    /// Whether it makes sense, whatever rights `by` has.
    ///
    /// # Errors
    /// `invalid-jid` for somebody else's, `item-not-found` for a node that is not in the tree.
    pub(crate) fn check(&self, by: &FullJid) -> Result<(), StanzaError> {
        let (node, jid) = match self {
            Self::Subscribe { node, jid } | Self::Unsubscribe { node, jid } => (node, jid),
            Self::List { node: None } => return Ok(()),
            Self::List { node: Some(node) } => return known(node).map(drop),
        };
        by.own_resource(jid).ok_or(StanzaError::InvalidJid)?;
        known(node).map(drop)
    }

    /// The node for which the driver must be asked before `by` gets what it wants. To take a subscription back needs no
    /// right.
    pub(crate) fn question(&self, by: &FullJid) -> Option<&str> {
        match self {
            Self::Subscribe { node, .. }
                if self.check(by).is_ok() && !known(node).ok()?.is_open_to(by.user()) =>
            {
                Some(node)
            }
            Self::Subscribe { .. } | Self::Unsubscribe { .. } | Self::List { .. } => None,
        }
    }
}

fn known(node: &str) -> Result<Node, StanzaError> {
    Node::parse(node).ok_or(StanzaError::ItemNotFound)
}
