//! What can be read off a state without knowing what comes next.

use std::time::Duration;

use super::{Check, Move, Other, Round, Seek, Stage, State, Step};
use crate::client::{Ticket, Timer};

impl State {
    /// The state without its data.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Connected { .. } => Stage::Connected,
            Self::Retrying { step: Step::Pause { .. }, .. } => Stage::RetryPause,
            Self::Retrying { step: Step::Busy { .. }, .. } => Stage::RetryConnect,
            Self::Seeking(seek) => seek.stage(),
            Self::Refreshing { step: Step::Pause { .. }, .. } => Stage::RefreshPause,
            Self::Refreshing { step: Step::Busy { .. }, .. } => Stage::Refresh,
            Self::Moving { step: Move::Pause { .. }, .. } => Stage::MovePause,
            Self::Moving { step: Move::Connecting { .. }, .. } => Stage::MoveConnect,
            Self::Moving { step: Move::SigningIn { .. }, .. } => Stage::MoveSignIn,
            Self::Ended(_) => Stage::Ended,
        }
    }

    /// The transport that is up.
    pub fn link(&self) -> Option<Ticket> {
        match self {
            Self::Connected { link } | Self::Refreshing { link, .. } => Some(link.ticket),
            Self::Seeking(seek) => seek.link.map(|link| link.ticket),
            Self::Moving { step: Move::SigningIn { link, .. }, .. } => Some(*link),
            Self::Moving { step: Move::Pause { .. } | Move::Connecting { .. }, .. }
            | Self::Retrying { .. }
            | Self::Ended(_) => None,
        }
    }

    /// The transport that is being opened; never while another is up.
    pub fn connecting(&self) -> Option<Ticket> {
        match self {
            Self::Retrying { step: Step::Busy { ticket, .. }, .. }
            | Self::Seeking(Seek { current: Check::Connecting { ticket, .. }, .. })
            | Self::Moving { step: Move::Connecting { ticket, .. }, .. } => Some(*ticket),
            Self::Connected { .. }
            | Self::Retrying { step: Step::Pause { .. }, .. }
            | Self::Seeking(Seek { current: Check::Polling { .. } | Check::Down { .. }, .. })
            | Self::Refreshing { .. }
            | Self::Moving { step: Move::Pause { .. } | Move::SigningIn { .. }, .. }
            | Self::Ended(_) => None,
        }
    }

    /// The polls under way: of the current server, and of the other one.
    pub fn polls(&self) -> (Option<Ticket>, Option<Ticket>) {
        let Self::Seeking(seek) = self else { return (None, None) };
        let current = match seek.current {
            Check::Polling { ticket, .. } => Some(ticket),
            Check::Connecting { .. } | Check::Down { .. } => None,
        };
        let other = match seek.other {
            Other::Polling { ticket, .. } => Some(ticket),
            Other::Unknown | Other::Available | Other::Down | Other::Failed | Other::Refused => None,
        };
        (current, other)
    }

    /// The sign-in on the other server, or the reading, that is under way.
    pub fn request(&self) -> Option<Ticket> {
        match self {
            Self::Refreshing { step: Step::Busy { ticket, .. }, .. }
            | Self::Moving { step: Move::SigningIn { ticket, .. }, .. } => Some(*ticket),
            Self::Refreshing { step: Step::Pause { .. }, .. }
            | Self::Moving { step: Move::Pause { .. } | Move::Connecting { .. }, .. }
            | Self::Connected { .. }
            | Self::Retrying { .. }
            | Self::Seeking(_)
            | Self::Ended(_) => None,
        }
    }

    /// The next deadline, and what it is for.
    pub(in crate::client) fn deadline(&self) -> Option<(Duration, Timer)> {
        match self {
            Self::Connected { .. } | Self::Ended(_) => None,
            Self::Retrying { step, .. } | Self::Refreshing { step, .. } => Some(step.deadline()),
            Self::Seeking(seek) => seek.deadline(),
            Self::Moving { step: Move::Pause { until }, outage, .. } => {
                let pause = (*until, Timer::Pause);
                Some(outage.next_poll.map_or(pause, |poll| pause.min((poll, Timer::Poll))))
            }
            Self::Moving { step: Move::Connecting { until, .. } | Move::SigningIn { until, .. }, .. } => {
                Some((*until, Timer::Patience))
            }
        }
    }
}

impl Step {
    fn deadline(&self) -> (Duration, Timer) {
        match self {
            Self::Pause { until } => (*until, Timer::Pause),
            Self::Busy { until, .. } => (*until, Timer::Patience),
        }
    }
}

impl Seek {
    fn stage(&self) -> Stage {
        match (self.current, self.round) {
            (Check::Polling { .. }, Round::First | Round::Regular) => Stage::Poll,
            (Check::Polling { .. }, Round::Again { .. }) => Stage::PollAgain,
            (Check::Connecting { .. }, _) => Stage::Connect,
            (Check::Down { .. }, _) => Stage::Wait,
        }
    }

    fn deadline(&self) -> Option<(Duration, Timer)> {
        let current = match self.current {
            Check::Polling { until, .. } | Check::Connecting { until, .. } => Some((until, Timer::Patience)),
            Check::Down { retry_at, .. } => retry_at.map(|at| (at, Timer::Pause)),
        };
        let other = match self.other {
            Other::Polling { until, .. } => Some((until, Timer::Patience)),
            Other::Unknown | Other::Available | Other::Down | Other::Failed | Other::Refused => None,
        };
        let poll = self.outage.next_poll.map(|at| (at, Timer::Poll));
        [current, other, poll].into_iter().flatten().min()
    }
}
