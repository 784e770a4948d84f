//! One session: a stream and what carries it.

use std::time::Duration;

use crate::bosh::{Condition, Reply, Silence, Window};
use crate::outgoing::{Outgoing, Overflow};
use crate::output::{EndCause, Timer};
use crate::sids::Sid;
use crate::stream::Stream;
use crate::wire::{self, Wire};

/// A stream and what carries it.
pub(super) struct Session {
    pub(super) carrier: Carrier,
    /// To be bound by then.
    pub(super) setup_until: Duration,
    pub(super) stream: Stream,
    /// Bytes that came before the sign-in.
    pub(super) unauthenticated: usize,
}

/// What carries a stream.
pub(super) enum Carrier {
    Bosh(Bosh),
    Wire(Wire),
}

/// Requests of one session.
pub(super) struct Bosh {
    pub(super) sid: Sid,
    /// The client is from before BOSH 1.6.
    pub(super) legacy: bool,
    pub(super) window: Window,
}

/// What time asks of a carrier.
pub(super) enum Due {
    Replies(Vec<Reply>),
    Ping,
    End(EndCause),
}

impl Carrier {
    pub(super) fn send(&mut self, stanza: Outgoing) -> Result<(), Overflow> {
        match self {
            Self::Bosh(bosh) => bosh.window.send(stanza),
            Self::Wire(wire) => wire.send(stanza),
        }
    }

    pub(super) fn send_first(&mut self, stanza: Outgoing) -> Result<(), Overflow> {
        match self {
            Self::Bosh(bosh) => bosh.window.send(stanza),
            Self::Wire(wire) => wire.send_first(stanza),
        }
    }

    pub(super) fn backlog(&self) -> usize {
        match self {
            Self::Bosh(bosh) => bosh.window.backlog(),
            Self::Wire(wire) => wire.backlog(),
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Duration) -> Due {
        match self {
            Self::Bosh(bosh) => match bosh.window.handle_timeout(now) {
                Ok(replies) => Due::Replies(replies),
                Err(Silence::Inactive) => Due::End(EndCause::Inactive),
                Err(Silence::Gap) => Due::End(EndCause::Bosh(Condition::ItemNotFound)),
            },
            Self::Wire(wire) => match wire.liveness.handle_timeout(now) {
                wire::Due::Nothing => Due::Replies(Vec::new()),
                wire::Due::Ping => Due::Ping,
                wire::Due::Dead => Due::End(EndCause::Silent),
            },
        }
    }

    pub(super) fn deadline(&self) -> Option<(Duration, Timer)> {
        match self {
            Self::Bosh(bosh) => bosh.window.deadline(),
            Self::Wire(wire) => Some((wire.deadline(), Timer::Ping)),
        }
    }

    pub(super) fn bosh(&mut self) -> Option<&mut Bosh> {
        match self {
            Self::Bosh(bosh) => Some(bosh),
            Self::Wire(_) => None,
        }
    }

    pub(super) fn wire(&mut self) -> Option<&mut Wire> {
        match self {
            Self::Bosh(_) => None,
            Self::Wire(wire) => Some(wire),
        }
    }
}

impl Session {
    pub(super) fn deadline(&self) -> Option<(Duration, Timer)> {
        let setup = self.setup_due().map(|at| (at, Timer::Setup));
        [self.carrier.deadline(), setup].into_iter().flatten().min()
    }

    pub(super) fn setup_due(&self) -> Option<Duration> {
        self.stream.jid().is_none().then_some(self.setup_until)
    }
}
