//! What comes out of a [`Service`](crate::Service).

use std::fmt;

use crate::bosh::Condition;
use crate::stream::StreamError;

/// One thing to do, or to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Answer an HTTP request; `Content-Type: text/xml; charset=UTF-8`.
    Reply {
        /// The id given to [`Service::bosh`](crate::Service::bosh); each gets at most one reply.
        id: u64,
        /// 200, except for clients older than BOSH 1.6, and 503 while the service is stopped.
        status: u16,
        /// The `<body/>`; nothing if the service is stopped.
        body: String,
    },
    /// Write these to a lasting connection, in order, and tell [`Service::written`](crate::Service::written). To a
    /// WebSocket each is a text message. There is never more than one on the way besides the last of a connection.
    Write {
        /// The driver's name of the connection.
        connection: u64,
        /// At least one.
        texts: Vec<String>,
    },
    /// Send a ping frame (RFC 6455 section 5.5.2) to a WebSocket.
    Ping {
        /// The driver's name of the connection.
        connection: u64,
    },
    /// Turn a connection into a TLS one after everything before this is written; what comes decrypted goes to
    /// [`Service::received`](crate::Service::received) as before.
    StartTls {
        /// The driver's name of the connection.
        connection: u64,
    },
    /// Close a connection after everything before this is written, or could not be in good time. A WebSocket is closed
    /// with a close frame.
    HangUp {
        /// The driver's name of the connection, which is forgotten here.
        connection: u64,
    },
    /// Check a password and tell [`Service::authenticated`](crate::Service::authenticated).
    Check {
        /// Name of the check, never used twice.
        check: u64,
        /// The user as typed: an agent id or a login name.
        user: String,
        /// The password, or the access token of a single sign-on agent.
        password: Password,
    },
    /// A user wants the events of a node whose rights are not known here: tell
    /// [`Service::admitted`](crate::Service::admitted) at once. That is every node but the user's own and SystemInfo:
    /// those of other users, of teams and of queues (notifications.md section 6.2). When the right is lost later, tell
    /// [`Service::revoke`](crate::Service::revoke).
    Admit {
        /// Name of the question, never used twice.
        question: u64,
        /// The agent id, in lower case.
        user: String,
        /// The node.
        node: String,
    },
    /// A session is bound to its resource and gets events from here on.
    SessionBound {
        /// The agent id, in lower case.
        user: String,
        /// The resource.
        resource: String,
        /// Number of the session; grows with each.
        session: u64,
    },
    /// Presence of a resource, as the forced logout needs it (notifications.md section 8). When a newer session takes
    /// over a resource, there is no `unavailable` for the old one: the new one stands for both (section 9). Nor is there
    /// one when [`Service::stop`](crate::Service::stop) ends all sessions, as no desktop has left.
    Presence {
        /// The agent id, in lower case.
        user: String,
        /// The resource.
        resource: String,
        /// Available, or gone.
        available: bool,
        /// Number of the session that tells.
        session: u64,
    },
    /// A session that was bound is over.
    SessionEnded {
        /// The agent id, in lower case.
        user: String,
        /// The resource.
        resource: String,
        /// Number of the session.
        session: u64,
        /// Why.
        cause: EndCause,
    },
}

/// A password on its way to the check: never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the check only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text, for the check only.
    pub fn into_exposed(self) -> String {
        self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// The outcome of [`Output::Check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthOutcome {
    /// The password is right.
    Accepted {
        /// The agent id, which becomes the user part of the JID, whatever name was typed.
        user: String,
    },
    /// Unknown user or wrong password.
    Refused,
    /// Nobody could tell; the client sees the same as for [`AuthOutcome::Refused`] (notifications.md section 3).
    Unavailable,
}

/// Why a user does not get the events of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// It is not for him.
    Forbidden,
    /// There is none.
    NoSuchNode,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndCause {
    /// The client closed it.
    #[error("closed by the client")]
    Closed,
    /// No request came for too long.
    #[error("no request for too long")]
    Inactive,
    /// The connection was closed without a word.
    #[error("the connection broke")]
    Disconnected,
    /// No ping was answered.
    #[error("no answer to pings")]
    Silent,
    /// It was not bound in time.
    #[error("not signed in and bound in time")]
    Late,
    /// A newer session took the resource.
    #[error("the resource was taken by a newer session")]
    Conflict,
    /// The client did not fetch its events.
    #[error("too many events waited for the client")]
    Overflow,
    /// A request broke the rules of BOSH.
    #[error("BOSH: {0}")]
    Bosh(Condition),
    /// A stanza broke the rules of the stream.
    #[error("XMPP: {0}")]
    Stream(StreamError),
    /// [`Service::disconnect_user`](crate::Service::disconnect_user).
    #[error("the user was disconnected")]
    Removed,
    /// [`Service::refuse_session`](crate::Service::refuse_session).
    #[error("there is no room for one more desktop")]
    Refused,
    /// [`Service::stop`](crate::Service::stop): says nothing about the desktop.
    #[error("the notification service was stopped")]
    Stopped,
    /// [`Service::shut_down`](crate::Service::shut_down).
    #[error("planned stop")]
    Shutdown,
}

/// What [`Service::poll_timeout`](crate::Service::poll_timeout) waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// A held request is to be answered.
    Wait,
    /// A request that came too early still lacks the one before it.
    Gap,
    /// A session is without a request.
    Inactivity,
    /// A connection is silent.
    Ping,
    /// A session is not bound yet.
    Setup,
    /// The last words of a session can be forgotten.
    LastWords,
    /// The subscriptions of a user who is away can be forgotten.
    Lease,
}

/// What happened so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Request bodies received.
    pub requests: u64,
    /// Requests answered from the store because they were sent again.
    pub repeated: u64,
    /// Request bodies that are no XML, no `<body/>`, or too large.
    pub malformed: u64,
    /// Bytes received over lasting connections.
    pub received_bytes: u64,
    /// Pings sent to silent connections.
    pub pings: u64,
    /// Requests for sessions that do not exist.
    pub unknown_sessions: u64,
    /// Sessions opened.
    pub opened: u64,
    /// Sessions refused because there are too many, or because the service is stopped.
    pub refused: u64,
    /// Sign-ins that were not accepted.
    pub sign_ins_failed: u64,
    /// Sign-ins that were refused unchecked because their account had failed too often.
    pub sign_ins_throttled: u64,
    /// Users whose subscriptions were dropped because they were away for too long.
    pub leases_ended: u64,
    /// Events queued, one for each receiver.
    pub events: u64,
    /// Sessions ended because their queue was full.
    pub overflows: u64,
    /// Sessions ended because they broke a limit: bytes before the sign-in, size, depth or number in a stanza, requests
    /// at a time, attempts to sign in.
    pub violations: u64,
    /// Sessions ended because they were not bound in time, or gave way to newer ones.
    pub late: u64,
    /// Sessions ended because nothing was heard of them for too long.
    pub silent: u64,
    /// Resources and subscriptions refused because their user has too many.
    pub constrained: u64,
}
