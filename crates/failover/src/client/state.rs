mod reading;

use std::time::Duration;

use super::{Reason, Ticket};

/// Where a desktop stands. Whatever exists only in a state is inside of it.
///
/// ```text
///              ┌─────────────────── all read ◀────────────────────┐
///              ▼                                                  │
///          Connected ──6b──▶ Retrying ─┐                      Refreshing
///              │             ▲ 3 tries │ up, or 3 failed         ▲  ▲
///              │6a, 6c    6b │         ▼                         │  │
///              └───────────▶ Seeking ◀─┘ ──current available─────┘  │
///                            │     ▲                                │
///       other available, and │     │ failed                         │
///     current down once more ▼     │                                │
///                           Moving ┘ ──signed in on the other───────┘
///
///   Refreshing leaves as Connected does, and to Seeking when it fails again and again;  any ──conflict, signed out──▶ Ended
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The page shows the truth and its buttons work.
    Connected {
        /// The transport in use.
        link: Link,
    },
    /// The transport was lost, and is tried three times before anything else is done (CLIENT-17).
    Retrying {
        /// Of which outage.
        outage: Outage,
        /// Which of the tries, from 1.
        attempt: u8,
        /// How far it is.
        step: Step,
    },
    /// Both servers are watched (CLIENT-7 to CLIENT-15).
    Seeking(Seek),
    /// The current server is available; everything is read again (CLIENT-10).
    Refreshing {
        /// Of which outage.
        outage: Outage,
        /// The transport in use.
        link: Link,
        /// The agent has just been signed in on this server.
        moved: bool,
        /// Which reading of all data, from 1.
        attempt: u8,
        /// How far it is.
        step: Step,
    },
    /// The agent is being signed in on the other server (CLIENT-4, CLIENT-14).
    Moving {
        /// Of which outage.
        outage: Outage,
        /// Why the current one is left.
        left: Reason,
        /// How far it is.
        step: Move,
    },
    /// Nothing more is done.
    Ended(End),
}

/// A transport that is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Its name.
    pub ticket: Ticket,
    /// The `finesse` user is available, or nothing was said of it yet.
    pub finesse: bool,
}

/// From the first trigger until the page shows the truth again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outage {
    /// The newest trigger.
    pub why: Reason,
    /// When the next regular poll is due, once the servers are being watched. A transport that comes and goes does
    /// not put it off.
    pub next_poll: Option<Duration>,
    /// The current server gives no transport before this time (`Retry-After`).
    pub patience: Duration,
    /// The other server takes no sign-in before this time (`Retry-After`).
    pub hold: Duration,
    /// The other server did not accept the sign-in, and is not asked for one before this time.
    pub refused: Duration,
    /// The current server could not be read several times in a row: it may be left although it says that it is in
    /// service.
    pub unread: bool,
}

/// Something that is asked for after a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Not yet.
    Pause {
        /// Until when.
        until: Duration,
    },
    /// Asked for.
    Busy {
        /// By this request.
        ticket: Ticket,
        /// When it has failed without an answer.
        until: Duration,
    },
}

/// Watching both servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seek {
    /// Of which outage.
    pub outage: Outage,
    /// The transport to the current server, if it is up: it is kept (CLIENT-X2).
    pub link: Option<Link>,
    /// What the polls of now are.
    pub round: Round,
    /// What is known of the current server.
    pub current: Check,
    /// What is known of the other server.
    pub other: Other,
}

/// What a poll is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// The poll at once after a trigger: only a silent server may be left.
    First,
    /// A regular one: a server that is out of service may be left.
    Regular,
    /// The current server is checked once more, since the other one is available (CLIENT-13).
    Again {
        /// After a regular poll.
        regular: bool,
    },
}

impl Outage {
    pub(super) fn new(why: Reason) -> Self {
        let (patience, hold, refused) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        Self { why, next_poll: None, patience, hold, refused, unread: false }
    }

    /// The current server is available, or was: all begins anew, but for what its data were like.
    pub(super) fn renewed(self, why: Reason) -> Self {
        Self { unread: self.unread, ..Self::new(why) }
    }
}

impl Round {
    /// Whether a regular poll stands behind it.
    pub fn is_regular(self) -> bool {
        match self {
            Self::First => false,
            Self::Regular => true,
            Self::Again { regular } => regular,
        }
    }
}

/// How far the check of the current server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// SystemInfo is being read.
    Polling {
        /// By this poll.
        ticket: Ticket,
        /// When it counts as silent.
        until: Duration,
    },
    /// It is in service, and asked for a transport (CLIENT-8, CLIENT-9).
    Connecting {
        /// By this name.
        ticket: Ticket,
        /// When it has failed without an answer.
        until: Duration,
    },
    /// It is not available.
    Down {
        /// Why.
        why: Reason,
        /// When it may be asked for a transport again (`Retry-After`).
        retry_at: Option<Duration>,
    },
}

/// What is known of the other server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Other {
    /// Nothing.
    Unknown,
    /// SystemInfo is being read.
    Polling {
        /// By this poll.
        ticket: Ticket,
        /// When it counts as silent.
        until: Duration,
    },
    /// It says that it is in service.
    Available,
    /// It is silent or out of service.
    Down,
    /// It said that it is in service, and took no sign-in.
    Failed,
    /// It is in service, and has not accepted the sign-in a while ago.
    Refused,
}

/// How far a move is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    /// The agent's place in line, or `Retry-After`.
    Pause {
        /// Until when.
        until: Duration,
    },
    /// The other server is asked for a transport.
    Connecting {
        /// By this name.
        ticket: Ticket,
        /// When it has failed without an answer.
        until: Duration,
    },
    /// The other server is asked to sign the agent in.
    SigningIn {
        /// The transport to it.
        link: Ticket,
        /// By this request.
        ticket: Ticket,
        /// When it has failed without an answer.
        until: Duration,
    },
}

/// Why nothing more is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// The same agent signed in elsewhere: two desktops must not throw each other out for ever.
    Conflict,
    /// The agent was signed out by people.
    SignedOut,
}

/// A state without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// [`State::Connected`].
    Connected,
    /// [`State::Retrying`], in a pause.
    RetryPause,
    /// [`State::Retrying`], connecting.
    RetryConnect,
    /// [`State::Seeking`], the current server is being polled.
    Poll,
    /// [`State::Seeking`], the current server is being polled once more.
    PollAgain,
    /// [`State::Seeking`], the current server is asked for a transport.
    Connect,
    /// [`State::Seeking`], the current server is down.
    Wait,
    /// [`State::Refreshing`], in a pause.
    RefreshPause,
    /// [`State::Refreshing`], reading.
    Refresh,
    /// [`State::Moving`], in a pause.
    MovePause,
    /// [`State::Moving`], connecting.
    MoveConnect,
    /// [`State::Moving`], signing in.
    MoveSignIn,
    /// [`State::Ended`].
    Ended,
}
