use std::time::Duration;

use super::{Banner, Server, Ticket};

/// One thing that happened. News of any but the newest request or transport is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The transport (BOSH, WebSocket) is up: the session is bound and presence is sent.
    TransportUp(Ticket),
    /// The transport could not be had.
    TransportFailed {
        /// Which request.
        ticket: Ticket,
        /// The server asked for patience.
        retry_after: Option<Duration>,
    },
    /// A transport that was up is gone, or the server does not answer its pings (CLIENT-6b).
    TransportLost(Ticket),
    /// The server closed the transport because the same agent signed in elsewhere (notifications.md section 9).
    Conflict(Ticket),
    /// A SystemInfo event arrived over the transport (CLIENT-6a).
    Event(Ticket, Status),
    /// The presence of `finesse` became available, or unavailable (CLIENT-6c).
    Finesse(Ticket, bool),
    /// An ordinary request was answered with 503 and SERVER_OUT_OF_SERVICE by that server (CTI-10). A 503 that says
    /// no such thing is the shell's to repeat after its `Retry-After`.
    Refused(Server),
    /// A poll has been answered, or given up.
    Polled(Ticket, Answer),
    /// The agent is signed in on the other server.
    SignedIn(Ticket),
    /// The sign-in was refused or went unanswered.
    SignInFailed {
        /// Which request.
        ticket: Ticket,
        /// The server asked for patience.
        retry_after: Option<Duration>,
    },
    /// The server did not accept the agent's sign-in, over the transport that is being opened or in the request (401): a
    /// wrong password. The same again would be refused again, and may lock the account.
    SignInRefused(Ticket),
    /// All data have been read again.
    Refreshed(Ticket),
    /// Not all data could be read.
    RefreshFailed {
        /// Which request.
        ticket: Ticket,
        /// The server asked for patience.
        retry_after: Option<Duration>,
    },
    /// Whether the agent has calls: who is on a call waits for nobody.
    OnCall(bool),
    /// The agent was signed out by people: by hand, or by a supervisor. Which LOGOUT says so, every shell decides alike.
    /// An event does only while the desktop is current ([`super::Machine::is_current`]): otherwise it may be older than the
    /// sign-in, and the reading that follows counts. A reading does as well, but for the first 10 s after the sign-in of
    /// a move: it has not had its effect yet, which is a [`Input::RefreshFailed`] with a second of patience.
    SignedOut,
}

/// The `status` of SystemInfo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// IN_SERVICE.
    InService,
    /// OUT_OF_SERVICE, and any status that is not IN_SERVICE.
    OutOfService,
}

/// What a poll brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// SystemInfo says IN_SERVICE.
    InService,
    /// SystemInfo says anything else, or the server answers without SystemInfo: its application is stopped
    /// (CLIENT-18b).
    OutOfService,
    /// Nobody answered.
    Silent,
}

/// One thing to do, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// Open the transport to that server; it keeps this name (CLIENT-9).
    Connect {
        /// Name of the transport.
        ticket: Ticket,
        /// Where to.
        server: Server,
    },
    /// Close the transport with unavailable presence, or give up opening it. No news of it is wanted any more.
    Disconnect(Ticket),
    /// Read SystemInfo of that server, without credentials (CLIENT-7, CLIENT-11).
    Poll {
        /// Name of the poll.
        ticket: Ticket,
        /// Whom.
        server: Server,
    },
    /// Sign the agent in on that server, with the extension in use, and subscribe (CLIENT-4, CLIENT-X3).
    SignIn {
        /// Name of the request.
        ticket: Ticket,
        /// Where.
        server: Server,
    },
    /// Read all data again from that server (CLIENT-10).
    Refresh {
        /// Name of the request.
        ticket: Ticket,
        /// From where.
        server: Server,
    },
    /// Show this to the agent in place of what was shown before (CLIENT-1, CLIENT-5).
    Show(Banner),
}

/// What the next deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// A pause ends: the next try, sign-in or reading is due.
    Pause,
    /// The server has had time enough to answer.
    Patience,
    /// The next regular poll.
    Poll,
}

/// What has been counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Outages: times that the agent was told of a lost connection.
    pub outages: u64,
    /// Transports asked for.
    pub connects: u64,
    /// Polls sent.
    pub polls: u64,
    /// Times that the agent was signed in on the other server.
    pub moves: u64,
    /// Outages that ended on the server that they began with.
    pub returns: u64,
    /// News of old requests and transports, dropped.
    pub void: u64,
}
