//! What a client can ask of the publish-subscribe service.

use xml::Element;

use super::Node;
use crate::ns;
use crate::stream::StanzaError;

/// A request, read from the `<pubsub/>` of an iq.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Subscribe `jid` to `node`.
    Subscribe { node: String, jid: String },
    /// Take it back.
    Unsubscribe { node: String, jid: String },
    /// List the user's subscriptions.
    List,
}

impl Command {
    /// # Errors
    /// `bad-request` if something is missing, `forbidden` for what only the publisher does, and
    /// `feature-not-implemented` for the rest, with the name that XEP-0060 has for it.
    pub(crate) fn parse(pubsub: &Element) -> Result<Self, StanzaError> {
        let verb = pubsub.children().find(|e| e.namespace == ns::PUBSUB).ok_or(StanzaError::BadRequest)?;
        let attr = |name| verb.attr(name).map(str::to_owned);
        let node = || attr("node").ok_or(StanzaError::NodeMissing);
        let jid = || attr("jid").ok_or(StanzaError::InvalidJid);
        match verb.name.as_str() {
            "subscribe" => Ok(Self::Subscribe { node: node()?, jid: jid()? }),
            "unsubscribe" => Ok(Self::Unsubscribe { node: node()?, jid: jid()? }),
            "subscriptions" => Ok(Self::List),
            "publish" | "retract" | "create" | "configure" => Err(StanzaError::Forbidden),
            "items" => Err(StanzaError::Unsupported("retrieve-items")),
            "affiliations" => Err(StanzaError::Unsupported("retrieve-affiliations")),
            "options" => Err(StanzaError::Unsupported("subscription-options")),
            "default" => Err(StanzaError::Unsupported("retrieve-default-sub")),
            _ => Err(StanzaError::FeatureNotImplemented),
        }
    }

    /// The node for which the driver must be asked before `user` gets what he wants.
    pub(crate) fn question(&self, user: &str) -> Option<&str> {
        match self {
            Self::Subscribe { node, .. } if !Node::parse(node)?.is_open_to(user) => Some(node),
            Self::Subscribe { .. } | Self::Unsubscribe { .. } | Self::List => None,
        }
    }
}
