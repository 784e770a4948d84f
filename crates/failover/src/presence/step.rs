//! What each piece of news means in each state of a desktop: a block for each kind of news, every state spelled out.

use std::time::Duration;

use super::desktop::News;
use super::{Agent, Cause, Denial, Machine, Next, Outcome, Output, State};

impl Machine {
    /// One desktop takes one piece of news.
    pub(super) fn news(&mut self, agent: &Agent, news: News, now: Duration) {
        let Some(state) = self.state(agent).copied() else { return };
        match news {
            News::Here => self.on_here(agent, state),
            News::Silent => self.on_silent(agent, state, now),
            News::Gone => self.on_gone(agent, state, now),
            News::Expired => self.on_expired(agent, state, now),
            News::SignedIn => self.on_signed_in(agent, state, now),
            News::CallStarted => self.on_call_started(agent, state),
            News::CallEnded => self.on_call_ended(agent, state),
            News::Granted { write_by } => self.on_granted(agent, state, write_by, now),
            News::Denied(denial) => self.on_denied(agent, state, denial, now),
            News::Outcome(outcome) => self.on_outcome(agent, state, outcome, now),
            News::Superseded => self.on_superseded(agent, state),
            News::Due => self.on_due(agent, state, now),
            News::Blind => self.on_blind(agent, state),
            News::Sees => self.on_sees(agent, state, now),
        }
    }

    /// A desktop that comes back ends whatever waits for it, but for an order that is on its way.
    fn on_here(&mut self, agent: &Agent, state: State) {
        match state {
            State::Online => {}
            State::Ordered { .. } => self.push(Output::Present(agent.clone())),
            State::Grace { .. } | State::Postponed | State::Asking { .. } | State::Retrying { .. } => {
                self.counters.returns += 1;
                self.online(agent, state);
            }
            State::Quiet { .. } | State::Held | State::Awaited { .. } => self.online(agent, state),
        }
    }

    fn online(&mut self, agent: &Agent, state: State) {
        self.withdraw(state);
        self.push(Output::Present(agent.clone()));
        self.enter(agent, State::Online, Cause::Here, Next::Nothing);
    }

    fn on_silent(&mut self, agent: &Agent, state: State, now: Duration) {
        match state {
            State::Online => self.quiet(agent, Cause::Silent, now),
            State::Quiet { .. } | State::Held | State::Awaited { .. } | State::Ordered { .. } => {}
            State::Grace { .. } | State::Postponed | State::Asking { .. } | State::Retrying { .. } => {
                self.counters.unexpected += 1;
            }
        }
    }

    fn quiet(&mut self, agent: &Agent, cause: Cause, now: Duration) {
        if !self.watching() {
            self.push(Output::Gone(agent.clone()));
            return self.enter(agent, State::Held, cause, Next::Wait);
        }
        let until = now.saturating_add(self.settings.detection);
        self.enter(agent, State::Quiet { until }, cause, Next::GoneAfter(self.settings.detection));
    }

    fn on_gone(&mut self, agent: &Agent, state: State, now: Duration) {
        match state {
            State::Online | State::Quiet { .. } => self.gone(agent, Cause::Gone, now),
            State::Ordered { .. } => self.push(Output::Gone(agent.clone())),
            State::Held
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Asking { .. }
            | State::Retrying { .. } => {}
        }
    }

    fn on_expired(&mut self, agent: &Agent, state: State, now: Duration) {
        match state {
            State::Online | State::Quiet { .. } => self.expired(agent, state, now),
            State::Held
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Asking { .. }
            | State::Ordered { .. }
            | State::Retrying { .. } => self.on_gone(agent, state, now),
        }
    }

    /// The silence may have begun during an outage of ours, which must not shorten the time to come back.
    fn expired(&mut self, agent: &Agent, state: State, now: Duration) {
        let owed = self.desktops.get(agent).and_then(|desktop| desktop.owed);
        let Some(until) = owed.filter(|until| self.watching() && now < *until) else {
            return self.on_gone(agent, state, now);
        };
        self.push(Output::Gone(agent.clone()));
        self.enter(agent, State::Awaited { until }, Cause::Gone, Next::GraceAfter(until.saturating_sub(now)));
    }

    fn gone(&mut self, agent: &Agent, cause: Cause, now: Duration) {
        if let Some(desktop) = self.desktops.get_mut(agent) {
            desktop.sessions.clear();
        }
        self.push(Output::Gone(agent.clone()));
        if !self.watching() {
            return self.enter(agent, State::Held, cause, Next::Wait);
        }
        self.counters.graces += 1;
        let until = now.saturating_add(self.settings.grace);
        self.enter(agent, State::Grace { until }, cause, Next::LogoutAfter(self.settings.grace));
    }

    /// An order must not hit the session that begins (DESK-5r1); its desktop is given time to show itself.
    fn on_signed_in(&mut self, agent: &Agent, state: State, now: Duration) {
        match state {
            State::Online | State::Held => {}
            State::Ordered { order, until, .. } => {
                if let Some(desktop) = self.desktops.get_mut(agent) {
                    desktop.state = State::Ordered { order, until, signed_in: true };
                }
            }
            State::Quiet { .. }
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Asking { .. }
            | State::Retrying { .. } => {
                self.withdraw(state);
                let (state, next) = self.comeback(now);
                self.enter(agent, state, Cause::SignedIn, next);
            }
        }
    }

    fn on_call_started(&mut self, agent: &Agent, state: State) {
        match state {
            State::Asking { .. } => {
                self.withdraw(state);
                self.postpone(agent, Cause::CallStarted);
            }
            State::Online
            | State::Quiet { .. }
            | State::Held
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Ordered { .. }
            | State::Retrying { .. } => {}
        }
    }

    fn on_call_ended(&mut self, agent: &Agent, state: State) {
        match state {
            State::Postponed => self.ask(agent, Cause::CallEnded),
            State::Online
            | State::Quiet { .. }
            | State::Held
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Asking { .. }
            | State::Ordered { .. }
            | State::Retrying { .. } => {}
        }
    }

    fn on_granted(&mut self, agent: &Agent, state: State, write_by: Option<Duration>, now: Duration) {
        let State::Asking { order } = state else { return self.counters.unexpected += 1 };
        self.counters.forced_logouts += 1;
        self.push(Output::ForceLogout { agent: agent.clone(), order, write_by });
        let until = now.saturating_add(self.settings.answer);
        let ordered = State::Ordered { order, until, signed_in: false };
        self.enter(agent, ordered, Cause::Granted, Next::Send);
    }

    fn on_denied(&mut self, agent: &Agent, state: State, denial: Denial, now: Duration) {
        let State::Asking { .. } = state else { return self.counters.unexpected += 1 };
        match denial {
            Denial::Elsewhere => {
                self.counters.denied += 1;
                self.forget(agent, Cause::Denied(denial));
            }
            Denial::TooLate => self.retry(agent, Cause::Denied(denial), now),
        }
    }

    /// After an outcome that is not known the order is never repeated as it was: the node has been out of service,
    /// and the desktop gets its time to come back before a new one.
    fn on_outcome(&mut self, agent: &Agent, state: State, outcome: Outcome, now: Duration) {
        let State::Ordered { signed_in, .. } = state else { return self.counters.unexpected += 1 };
        self.counters.accepted += u64::from(outcome == Outcome::Accepted);
        self.counters.refused += u64::from(outcome == Outcome::Refused);
        let cause = Cause::Outcome(outcome);
        let Some(desktop) = self.desktops.get(agent) else { return };
        if desktop.heard() {
            return self.enter(agent, State::Online, cause, Next::Nothing);
        }
        if !desktop.sessions.is_empty() {
            return self.quiet(agent, cause, now);
        }
        match outcome {
            Outcome::Accepted | Outcome::Refused if !signed_in => self.forget(agent, cause),
            // The agent may have come and gone, or signed in, while the order was on its way: a whole grace again.
            Outcome::Accepted | Outcome::Refused | Outcome::NotWritten => self.gone(agent, cause, now),
            Outcome::Unknown => {
                let (state, next) = self.comeback(now);
                self.enter(agent, state, cause, next);
            }
        }
    }

    fn on_superseded(&mut self, agent: &Agent, state: State) {
        match state {
            State::Online | State::Quiet { .. } | State::Ordered { .. } => {}
            State::Held
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Asking { .. }
            | State::Retrying { .. } => {
                self.withdraw(state);
                self.forget(agent, Cause::Superseded);
            }
        }
    }

    fn on_due(&mut self, agent: &Agent, state: State, now: Duration) {
        match state {
            State::Quiet { .. } | State::Awaited { .. } => self.gone(agent, Cause::Due, now),
            State::Grace { .. } | State::Retrying { .. } if self.on_call.contains(agent) => {
                self.postpone(agent, Cause::Due);
            }
            State::Grace { .. } | State::Retrying { .. } => self.ask(agent, Cause::Due),
            State::Ordered { order, .. } => {
                self.push(Output::Withdraw(order));
                self.on_outcome(agent, state, Outcome::Unknown, now);
            }
            State::Online | State::Held | State::Postponed | State::Asking { .. } => {}
        }
    }

    fn on_blind(&mut self, agent: &Agent, state: State) {
        match state {
            State::Online | State::Held | State::Ordered { .. } => {}
            State::Quiet { .. }
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Asking { .. }
            | State::Retrying { .. } => {
                self.withdraw(state);
                self.push(Output::Gone(agent.clone()));
                self.enter(agent, State::Held, Cause::Blind, Next::Wait);
            }
        }
    }

    fn on_sees(&mut self, agent: &Agent, state: State, now: Duration) {
        match state {
            State::Held => {
                let (state, next) = self.comeback(now);
                self.enter(agent, state, Cause::Sees, next);
            }
            State::Online => self.owe(agent, now),
            State::Quiet { .. }
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Asking { .. }
            | State::Ordered { .. }
            | State::Retrying { .. } => {}
        }
    }

    fn owe(&mut self, agent: &Agent, now: Duration) {
        let until = now.saturating_add(self.settings.comeback);
        if let Some(desktop) = self.desktops.get_mut(agent) {
            desktop.owed = Some(until);
        }
    }

    /// The state of a desktop that is given time to come back.
    pub(super) fn comeback(&self, now: Duration) -> (State, Next) {
        if !self.watching() {
            return (State::Held, Next::Wait);
        }
        let until = now.saturating_add(self.settings.comeback);
        (State::Awaited { until }, Next::GraceAfter(self.settings.comeback))
    }

    fn ask(&mut self, agent: &Agent, cause: Cause) {
        let order = self.next_order();
        self.push(Output::Ask(agent.clone(), order));
        self.enter(agent, State::Asking { order }, cause, Next::Ask);
    }

    fn postpone(&mut self, agent: &Agent, cause: Cause) {
        self.counters.postponed += 1;
        self.enter(agent, State::Postponed, cause, Next::LogoutAfterCall);
    }

    fn retry(&mut self, agent: &Agent, cause: Cause, now: Duration) {
        if !self.watching() {
            return self.enter(agent, State::Held, cause, Next::Wait);
        }
        let until = now.saturating_add(self.settings.retry);
        self.enter(agent, State::Retrying { until }, cause, Next::LogoutAfter(self.settings.retry));
    }

    /// An order that is asked for and no longer wanted.
    fn withdraw(&mut self, state: State) {
        if let State::Asking { order } = state {
            self.push(Output::Withdraw(order));
        }
    }
}
