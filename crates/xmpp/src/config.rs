//! What can be set, and the bounds on everything a client can make us keep.

use std::time::Duration;

use xml::Limits;

/// Settings of a [`Service`](crate::Service).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceConfig {
    /// The XMPP domain: the host name by which clients know this node (notifications.md section 1).
    pub domain: String,
    /// A session without a request for this long has ended.
    pub inactivity: Duration,
    /// The longest time a request is held; a client that asks for more gets this.
    pub wait_max: Duration,
    /// The longest inactivity a client can ask for with `pause`.
    pub pause_max: Duration,
    /// A session must be bound to a resource within this time.
    pub setup: Duration,
    /// Bytes that a client may send before it is signed in.
    pub unauthenticated_bytes_max: usize,
    /// A lasting connection that is silent for this long is asked whether it is there, and again after the same time.
    pub ping_interval: Duration,
    /// Pings without any answer, after the last of which the peer has one more interval.
    pub pings_max: u32,
    /// Sessions on this node, bound or not.
    pub sessions_max: usize,
    /// Resources of one user at a time.
    pub resources_max: usize,
    /// Bytes of one request body.
    pub body_max: usize,
    /// Stanzas that wait for one client's next request.
    pub queue_stanzas_max: usize,
    /// Bytes that wait for one client's next request.
    pub queue_bytes_max: usize,
    /// Elements of one request body or stanza.
    pub elements_max: usize,
    /// Attributes of one request body or stanza.
    pub attributes_max: usize,
    /// Explicit subscriptions of one user.
    pub subscriptions_max: usize,
    /// How long the subscriptions of a user are kept who has no session any more.
    pub subscriptions_lease: Duration,
    /// Failed sign-ins within one session.
    pub sign_ins_max: u8,
    /// Failed sign-ins of one account in a minute, whoever tried; further ones are refused unchecked.
    pub failures_max: u32,
}

impl ServiceConfig {
    /// The defaults for `domain`.
    pub fn new(domain: impl Into<String>) -> Self {
        Self {
            domain: domain.into(),
            // The product's likely value (notifications.md section 4.2).
            inactivity: Duration::from_secs(60),
            // Strophe's own default, the longest that a known client asks for (section 4.1).
            wait_max: Duration::from_secs(60),
            // Openfire's default (section 4.2).
            pause_max: Duration::from_secs(300),
            // A sign-in takes seconds, and as long as both AWDB hosts time out at worst.
            setup: Duration::from_secs(60),
            // Three attempts with the longest token that SASL is given, and what goes around them.
            unauthenticated_bytes_max: 128 << 10,
            // A dead desktop is noticed within 60 s, three pings of 20 s (section 8), and the last has time for an
            // answer.
            ping_interval: Duration::from_secs(15),
            pings_max: 3,
            // 2000 agents for each pair (section 12), three sessions each while they reload and move.
            sessions_max: 6000,
            // One desktop and a handful of monitors and gadgets.
            resources_max: 16,
            // The parser buffer of the product (section 12).
            body_max: 1 << 20,
            // A client that has not come back for this much reads everything again anyway.
            queue_stanzas_max: 256,
            queue_bytes_max: 1 << 20,
            // A desktop that subscribes to 256 nodes in one body sends a thousand elements, each with a few attributes.
            elements_max: 2048,
            attributes_max: 8192,
            // All own nodes and all queues, of which AGENT_STATE_EVENT names up to 99, for each of two resources.
            subscriptions_max: 256,
            // Longer than any outage through which documents let an agent work on, the 30 minutes of cached credentials,
            // and than a break; shorter than a shift, so that of those who left nothing stays.
            subscriptions_lease: Duration::from_secs(3600),
            // RFC 6120 section 6.4.5 recommends between 2 and 5 attempts.
            sign_ins_max: 3,
            // A client with an old password tries every 5 s (section 10): two of them must not lock their agent out.
            failures_max: 30,
        }
    }

    /// What a body or stanza may hold.
    pub(crate) fn limits(&self) -> Limits {
        let Self { body_max: bytes, elements_max: elements, attributes_max: attributes, .. } = *self;
        Limits { bytes, elements, attributes, ..Limits::default() }
    }
}
