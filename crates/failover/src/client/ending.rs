//! The end: a desktop that was replaced, or whose agent was signed out, tries nothing more.

use super::{BannerKind, End, Machine, Output, Reason, State};

impl Machine {
    pub(super) fn end(&mut self, end: End) {
        if matches!(self.state, State::Ended(_)) {
            self.counters.void += 1;
            return;
        }
        if let Some(ticket) = self.state.link().or(self.state.connecting()) {
            self.put(Output::Disconnect(ticket));
        }
        self.state = State::Ended(end);
        let reason = match end {
            End::Conflict => Reason::Conflict,
            End::SignedOut => Reason::SignedOut,
        };
        self.show(BannerKind::Ended, self.server, reason, None);
    }
}
