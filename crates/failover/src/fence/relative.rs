//! The machine as the exhaustive walk compares it.

use super::epoch::{Epoch, Rank};
use super::{Link, Machine, Message};
use crate::relative::{Kind, Relative};

impl Rank {
    /// Of which orders of this node are.
    pub(crate) fn orders(self) -> Kind {
        match self {
            Self::Primary => Kind::OrderOfPrimary,
            Self::Secondary => Kind::OrderOfSecondary,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Primary => Self::Secondary,
            Self::Secondary => Self::Primary,
        }
    }
}

impl Machine {
    /// Of one agent. `clocks`: wall clocks are right, so that no epoch is made from what was seen.
    pub(crate) fn relative(&self, clocks: bool, list: &mut Relative) {
        let (ours, theirs) = (self.settings.rank.orders(), self.settings.rank.other().orders());
        self.relative_link(list);
        list.plain(if clocks { 0 } else { self.seen });
        list.count(self.sessions.len());
        for session in self.sessions.values() {
            epoch(session.epoch, clocks, list);
            list.flag(session.live);
        }
        list.count(self.waiting.len());
        self.waiting.iter().for_each(|(order, _)| list.name(ours, order.0));
        list.count(self.asked.len());
        for (order, asked) in &self.asked {
            list.name(ours, order.0);
            list.until(asked.at.saturating_add(self.settings.answer));
        }
        for orders in [&self.granted, &self.unfenced] {
            list.count(orders.len());
            orders.keys().for_each(|order| list.name(ours, order.0));
        }
        list.count(self.holds.len());
        for hold in self.holds.values() {
            list.name(theirs, hold.order.0);
            list.until(hold.until);
            list.count(hold.tickets.len());
            hold.tickets.iter().for_each(|ticket| list.name(Kind::Ticket, ticket.0));
        }
    }

    /// Nobody is asked about, ordered or kept waiting.
    pub(crate) fn is_idle(&self) -> bool {
        let orders = self.waiting.is_empty() && self.asked.is_empty();
        orders && self.granted.is_empty() && self.unfenced.is_empty() && self.holds.is_empty()
    }

    fn relative_link(&self, list: &mut Relative) {
        match self.link {
            Link::Off => list.plain(0),
            Link::Down => list.plain(1),
            Link::Syncing { link, until, read } => {
                list.plain(2);
                list.name(Kind::Link, link.0);
                list.until(until);
                list.count(read);
            }
            Link::Up { link } => {
                list.plain(3);
                list.name(Kind::Link, link.0);
            }
        }
    }
}

impl Message {
    /// Said by the node of this rank.
    pub(crate) fn relative(&self, by: Rank, clocks: bool, list: &mut Relative) {
        match self {
            Self::Sessions { page, last } => {
                list.plain(0);
                list.flag(*last);
                list.count(page.len());
                page.iter().for_each(|(_, of)| epoch(*of, clocks, list));
            }
            Self::Began(_, of) => {
                list.plain(1);
                epoch(*of, clocks, list);
            }
            Self::Ask { order, epoch: of, .. } => {
                list.plain(2);
                list.name(by.orders(), order.0);
                epoch(*of, clocks, list);
            }
            Self::Grant(order) => answer(3, by.other(), order.0, list),
            Self::Refuse(order) => answer(4, by.other(), order.0, list),
            Self::Report(order) => answer(5, by, order.0, list),
        }
    }
}

fn answer(what: u64, of: Rank, order: u64, list: &mut Relative) {
    list.plain(what);
    list.name(of.orders(), order);
}

/// Numbers count only by their order while each is newer than all before; the oldest of all stays apart.
fn epoch(epoch: Epoch, clocks: bool, list: &mut Relative) {
    list.flag(epoch.rank == Rank::Primary);
    if clocks && epoch.number > 0 {
        list.name(Kind::Epoch, epoch.number);
    } else {
        list.plain(epoch.number);
    }
}
