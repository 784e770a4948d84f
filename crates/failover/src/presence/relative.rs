//! The machine as the exhaustive walk compares it.

use super::desktop::State;
use super::machine::Desktop;
use super::{Agent, Machine};
use crate::relative::{Kind, Relative};

impl Machine {
    /// Of one agent. `orders`: of which kind the orders of this node are.
    pub(crate) fn relative(&self, agent: &Agent, orders: Kind, list: &mut Relative) {
        list.plain(self.watch as u64);
        list.flag(self.on_call.contains(agent));
        let Some(desktop) = self.desktops.get(agent) else { return list.plain(0) };
        desktop.relative(orders, list);
    }
}

impl Desktop {
    fn relative(&self, orders: Kind, list: &mut Relative) {
        list.plain(1 + self.state.stage() as u64);
        if let Some((until, _)) = self.state.deadline() {
            list.until(until);
        }
        match self.state {
            State::Asking { order } => list.name(orders, order.0),
            State::Ordered { order, signed_in, .. } => {
                list.name(orders, order.0);
                list.flag(signed_in);
            }
            State::Online
            | State::Quiet { .. }
            | State::Held
            | State::Awaited { .. }
            | State::Grace { .. }
            | State::Postponed
            | State::Retrying { .. } => {}
        }
        list.count(self.sessions.len());
        for (session, heard) in &self.sessions {
            list.name(Kind::Session, session.0);
            list.flag(*heard);
        }
        list.flag(self.owed.is_some());
        list.until(self.owed.unwrap_or_default());
    }
}
