//! Namespaces.

pub(crate) const HTTP_BIND: &str = "http://jabber.org/protocol/httpbind";
pub(crate) const XBOSH: &str = "urn:xmpp:xbosh";
pub(crate) const STREAM: &str = "http://etherx.jabber.org/streams";
pub(crate) const FRAMING: &str = "urn:ietf:params:xml:ns:xmpp-framing";
pub(crate) const TLS: &str = "urn:ietf:params:xml:ns:xmpp-tls";
pub(crate) const STREAM_ERRORS: &str = "urn:ietf:params:xml:ns:xmpp-streams";
pub(crate) const CLIENT: &str = "jabber:client";
pub(crate) const STANZA_ERRORS: &str = "urn:ietf:params:xml:ns:xmpp-stanzas";
pub(crate) const SASL: &str = "urn:ietf:params:xml:ns:xmpp-sasl";
pub(crate) const BIND: &str = "urn:ietf:params:xml:ns:xmpp-bind";
pub(crate) const SESSION: &str = "urn:ietf:params:xml:ns:xmpp-session";
pub(crate) const ROSTER: &str = "jabber:iq:roster";
pub(crate) const PING: &str = "urn:xmpp:ping";
pub(crate) const DISCO_INFO: &str = "http://jabber.org/protocol/disco#info";
pub(crate) const DISCO_ITEMS: &str = "http://jabber.org/protocol/disco#items";
pub(crate) const PUBSUB: &str = "http://jabber.org/protocol/pubsub";
/// XEP-0060: nodes can be subscribed to.
pub(crate) const PUBSUB_SUBSCRIBE: &str = "http://jabber.org/protocol/pubsub#subscribe";
/// XEP-0060: one's subscriptions can be listed.
pub(crate) const PUBSUB_SUBSCRIPTIONS: &str = "http://jabber.org/protocol/pubsub#retrieve-subscriptions";
pub(crate) const PUBSUB_OWNER: &str = "http://jabber.org/protocol/pubsub#owner";
pub(crate) const PUBSUB_EVENT: &str = "http://jabber.org/protocol/pubsub#event";
pub(crate) const PUBSUB_ERRORS: &str = "http://jabber.org/protocol/pubsub#errors";
