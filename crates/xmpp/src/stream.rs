//! One XMPP stream, whatever carries it: from the first features to stanzas of a bound resource. It answers what it
//! can answer alone, and asks the service for the rest.

mod errors;
mod iq;
mod presence;
mod roster;
mod sasl;

use std::sync::Arc;

use xml::{Element, Writer};

pub(crate) use errors::StanzaError;
pub use errors::StreamError;
pub(crate) use iq::{ReplyTo, server_ping};
pub(crate) use presence::finesse_presence;

use crate::jid::{FullJid, Names};
use crate::ns;
use crate::output::{AuthOutcome, Password};
use crate::pubsub::Command;
use iq::Request;
use presence::Presence;

/// What a stream wants done, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Send this stanza to the client.
    Send(String),
    /// As [`Effect::Send`], before what waits already, if the transport can.
    SendFirst(String),
    /// The client begins a new stream, where streams have a beginning.
    Restart,
    /// Check a password.
    Check { user: String, password: Password },
    /// Give the user this resource, or any, and tell [`Stream::bind`].
    Bind { user: String, resource: Option<String>, reply: ReplyTo },
    /// The resource told its presence.
    Presence { available: bool },
    /// Send the web application's presence, and from now on each change.
    Watch,
    /// Perform a publish-subscribe command.
    PubSub { command: Command, reply: ReplyTo },
    /// End the session.
    End(StreamError),
}

/// ```text
///   Anonymous ──auth──▶ Checking ──accepted──▶ Authenticated ──bind──▶ Bound
///       ▲                  │
///       └────refused───────┘   too often: end
/// ```
#[derive(Clone, Debug)]
enum State {
    Anonymous { failures: u8 },
    Checking { failures: u8 },
    Authenticated { user: String },
    Bound(Bound),
}

#[derive(Clone, Debug)]
struct Bound {
    jid: Arc<FullJid>,
    /// The desktop has shown presence, so that its loss counts.
    available: bool,
    /// It asked for the web application's presence.
    watches: bool,
    /// It asked for the roster, and is told when that changes (RFC 6121 section 2.1.6).
    has_roster: bool,
}

/// The machine.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    state: State,
    sign_ins_max: u8,
}

/// The kinds of top-level elements.
enum Stanza {
    Auth,
    Iq,
    Presence,
    Message,
    Other,
}

impl Stream {
    pub(crate) fn new(sign_ins_max: u8) -> Self {
        Self { state: State::Anonymous { failures: 0 }, sign_ins_max }
    }

    /// The features to offer now, `starttls` among them if the transport can.
    pub(crate) fn features(&self, starttls: bool) -> String {
        let mut w = Writer::new();
        w.open("stream:features");
        if starttls {
            w.open("starttls").attr("xmlns", ns::TLS).close();
        }
        match self.state {
            State::Anonymous { .. } | State::Checking { .. } => {
                w.open("mechanisms").attr("xmlns", ns::SASL).leaf("mechanism", "PLAIN").close();
            }
            State::Authenticated { .. } | State::Bound(_) => {}
        }
        w.open("bind").attr("xmlns", ns::BIND).close();
        w.open("session").attr("xmlns", ns::SESSION).close();
        w.finish()
    }

    /// One stanza from the client.
    pub(crate) fn handle(&mut self, stanza: &Element, names: &Names) -> Vec<Effect> {
        match (&mut self.state, Stanza::kind(stanza)) {
            (State::Anonymous { failures }, Stanza::Auth) => match sasl::parse(stanza, names) {
                Ok(sasl::Credentials { user, password }) => {
                    self.state = State::Checking { failures: *failures };
                    vec![Effect::Check { user, password }]
                }
                Err(failure) => self.sign_in_failed(failure),
            },
            (State::Checking { .. } | State::Authenticated { .. } | State::Bound(_), Stanza::Auth) => {
                vec![Effect::End(StreamError::PolicyViolation)]
            }
            (State::Authenticated { user }, Stanza::Iq) => before_bind(stanza, user),
            (State::Anonymous { .. } | State::Checking { .. }, Stanza::Iq) => refuse(stanza, None),
            (State::Bound(bound), Stanza::Iq) => bound.iq(stanza, names),
            (State::Bound(bound), Stanza::Presence) => bound.presence(stanza, names),
            (State::Bound(bound), Stanza::Message) => bound.message(stanza),
            (
                State::Anonymous { .. } | State::Checking { .. } | State::Authenticated { .. },
                Stanza::Presence | Stanza::Message,
            ) => vec![Effect::End(StreamError::NotAuthorized)],
            (
                State::Anonymous { .. }
                | State::Checking { .. }
                | State::Authenticated { .. }
                | State::Bound(_),
                Stanza::Other,
            ) => vec![Effect::End(StreamError::UnsupportedStanzaType)],
        }
    }

    /// The outcome of [`Effect::Check`].
    pub(crate) fn authenticated(&mut self, outcome: AuthOutcome) -> Vec<Effect> {
        match (&self.state, outcome) {
            (State::Checking { .. }, AuthOutcome::Accepted { user }) => {
                self.state = State::Authenticated { user };
                vec![Effect::Send(sasl::success()), Effect::Restart]
            }
            (State::Checking { .. }, AuthOutcome::Refused | AuthOutcome::Unavailable) => {
                self.sign_in_failed(sasl::Failure::NotAuthorized)
            }
            (State::Anonymous { .. } | State::Authenticated { .. } | State::Bound(_), _) => Vec::new(),
        }
    }

    /// There is no [`Effect::Check`] for this account now.
    pub(crate) fn throttled(&mut self) -> Vec<Effect> {
        self.sign_in_failed(sasl::Failure::Temporary)
    }

    /// The resource of [`Effect::Bind`] is `jid`. `available` if an older session of it had shown presence.
    pub(crate) fn bind(&mut self, jid: Arc<FullJid>, reply: &ReplyTo, available: bool) -> Effect {
        let result = reply.result(&iq::bound(&jid));
        self.state = State::Bound(Bound { jid, available, watches: false, has_roster: false });
        Effect::Send(result)
    }

    /// Whether nobody has signed in yet.
    pub(crate) fn is_anonymous(&self) -> bool {
        match self.state {
            State::Anonymous { .. } | State::Checking { .. } => true,
            State::Authenticated { .. } | State::Bound(_) => false,
        }
    }

    /// The address, once there is one.
    pub(crate) fn jid(&self) -> Option<&Arc<FullJid>> {
        self.bound().map(|bound| &bound.jid)
    }

    /// Whether the resource has shown presence and not taken it back.
    pub(crate) fn is_available(&self) -> bool {
        self.bound().is_some_and(|bound| bound.available)
    }

    /// Whether the client wants to know of the web application's presence.
    pub(crate) fn watches(&self) -> bool {
        self.bound().is_some_and(|bound| bound.watches)
    }

    fn bound(&self) -> Option<&Bound> {
        match &self.state {
            State::Bound(bound) => Some(bound),
            State::Anonymous { .. } | State::Checking { .. } | State::Authenticated { .. } => None,
        }
    }

    fn sign_in_failed(&mut self, failure: sasl::Failure) -> Vec<Effect> {
        let failures = match self.state {
            State::Anonymous { failures } | State::Checking { failures } => failures.saturating_add(1),
            State::Authenticated { .. } | State::Bound(_) => return Vec::new(),
        };
        self.state = State::Anonymous { failures };
        let mut effects = vec![Effect::Send(sasl::failure(failure))];
        if failures >= self.sign_ins_max {
            effects.push(Effect::End(StreamError::PolicyViolation));
        }
        effects
    }
}

impl Stanza {
    fn kind(stanza: &Element) -> Self {
        match (stanza.name.as_str(), stanza.namespace.as_str()) {
            ("auth", ns::SASL) => Self::Auth,
            // Clients leave out the namespace of stanzas, which then is that of the body.
            ("iq", ns::CLIENT | ns::HTTP_BIND | "") => Self::Iq,
            ("presence", ns::CLIENT | ns::HTTP_BIND | "") => Self::Presence,
            ("message", ns::CLIENT | ns::HTTP_BIND | "") => Self::Message,
            _ => Self::Other,
        }
    }
}

/// The only iq that has a meaning before there is an address is the one that asks for it.
fn before_bind(iq: &Element, user: &str) -> Vec<Effect> {
    match iq::bind_request(iq) {
        Some(resource) => {
            vec![Effect::Bind { user: user.to_owned(), resource, reply: ReplyTo::new(iq, None) }]
        }
        None => refuse(iq, None),
    }
}

/// In-band registration among others (notifications.md section 3).
fn refuse(iq: &Element, jid: Option<&FullJid>) -> Vec<Effect> {
    match iq.attr("type") {
        Some("result" | "error") => Vec::new(),
        _ => vec![Effect::Send(ReplyTo::new(iq, jid).error(StanzaError::NotAuthorized))],
    }
}

impl Bound {
    fn iq(&mut self, iq: &Element, names: &Names) -> Vec<Effect> {
        let reply = ReplyTo::new(iq, Some(&self.jid));
        if iq::bind_request(iq).is_some() {
            return vec![Effect::Send(reply.error(StanzaError::NotAllowed))];
        }
        match Request::parse(iq, &self.jid, names) {
            Request::Answer => Vec::new(),
            Request::Alive => vec![Effect::SendFirst(reply.result(""))],
            Request::Roster => {
                self.has_roster = true;
                vec![Effect::Send(reply.result(&roster::query(names, self.watches)))]
            }
            Request::Result(payload) => vec![Effect::Send(reply.result(&payload))],
            Request::Refused(error) => vec![Effect::Send(reply.error(error))],
            Request::PubSub(command) => vec![Effect::PubSub { command, reply }],
        }
    }

    /// Presence of the desktop, or a question for the web application's (notifications.md section 4.3 (7), (8)).
    fn presence(&mut self, stanza: &Element, names: &Names) -> Vec<Effect> {
        match Presence::parse(stanza, names) {
            Presence::Own { available } => {
                self.available = available;
                vec![Effect::Presence { available }]
            }
            Presence::Subscribe => {
                let told = self.watch(true, presence::subscribed(names, &self.jid), names);
                told.chain([Effect::Watch]).collect()
            }
            Presence::Probe => vec![Effect::Watch],
            Presence::Unsubscribe => {
                self.watch(false, presence::unsubscribed(names, &self.jid), names).collect()
            }
            Presence::Ignored => Vec::new(),
        }
    }

    /// The client is told by the presence `word` and, if it knows the roster, by a push (RFC 6121 section 3.1.6).
    fn watch(&mut self, watches: bool, word: String, names: &Names) -> impl Iterator<Item = Effect> + use<> {
        self.watches = watches;
        let push = self.has_roster.then(|| roster::push(names, &self.jid, watches));
        [Some(word), push].into_iter().flatten().map(Effect::Send)
    }

    /// There is nobody to talk to.
    fn message(&self, stanza: &Element) -> Vec<Effect> {
        match stanza.attr("type") {
            Some("error") => Vec::new(),
            _ => {
                let reply = ReplyTo::new(stanza, Some(&self.jid));
                vec![Effect::Send(reply.stanza_error("message", StanzaError::ServiceUnavailable))]
            }
        }
    }
}
