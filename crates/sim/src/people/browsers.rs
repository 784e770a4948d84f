use std::time::Duration;

use super::{Deed, People};
use crate::world::{Glitch, Leave, World};

/// What somebody does with the browser of a desktop, or what befalls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Browse {
    /// Whose.
    pub desktop: usize,
    /// What.
    pub what: Use,
}

/// One way to use a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Opens the desktop, and signs in.
    Open,
    /// Leaves for good.
    Close(Leave),
    /// Leaves, and is back after this time.
    Refresh(Leave, Duration),
    /// Loses the connection for a while.
    Glitch(Glitch),
    /// Leaves, and signs in at that node after this time.
    Move(usize, Leave, Duration),
}

/// Times beside which something falls due: the grace, the detection, and both.
const EDGES_S: [u64; 7] = [0, 1, 10, 60, 90, 120, 180];
/// As far beside them as news need to and fro.
const BESIDE: Duration = Duration::from_millis(1_500);

impl People<'_> {
    /// Somebody uses his browser in a way of its own, or comes back.
    pub fn browse(&mut self) -> Deed {
        let desktop = self.desktop();
        let what = match self.chance.below(10) {
            _ if !self.world.is_wanted(desktop) => Use::Open,
            0 => Use::Close(self.leave()),
            1..4 => Use::Refresh(self.leave(), self.while_away()),
            4..6 => Use::Glitch(self.glitch()),
            _ => return Deed::Browse(self.relocate(desktop)),
        };
        Deed::Browse(Browse { desktop, what })
    }

    /// Somebody goes to another node, or to the same one again.
    pub fn relocate(&mut self, desktop: usize) -> Browse {
        let node = self.chance.below(self.world.nodes());
        Browse { desktop, what: Use::Move(node, self.leave(), self.while_away()) }
    }

    /// Some way to leave a page.
    pub fn leave(&mut self) -> Leave {
        match self.chance.below(6) {
            0..2 => Leave::Goodbye,
            2 => Leave::Hurry,
            3 => Leave::Crash,
            4 => Leave::Silence,
            _ => Leave::Late(self.while_away()),
        }
    }

    /// A time that often ends beside a deadline.
    pub fn while_away(&mut self) -> Duration {
        let edge = Duration::from_secs(self.chance.pick(&EDGES_S).copied().unwrap_or(0));
        let beside = self.chance.time_below(BESIDE * 2);
        (edge + beside).saturating_sub(BESIDE)
    }

    fn glitch(&mut self) -> Glitch {
        let (told, resumes) = (self.chance.one_in(2), self.chance.one_in(2));
        Glitch { time: self.while_away(), told, resumes }
    }
}

impl World {
    /// Somebody uses a browser.
    pub fn browse(&mut self, Browse { desktop, what }: Browse) {
        match what {
            Use::Open => {
                self.sign_in_when_open(desktop);
                self.open_desktop(desktop);
            }
            Use::Close(how) => self.close_desktop(desktop, how),
            Use::Refresh(how, away) => self.refresh_desktop(desktop, how, away),
            Use::Glitch(glitch) => self.glitch(desktop, glitch),
            Use::Move(node, how, away) => {
                self.sign_in_when_open(desktop);
                self.relocate_desktop(desktop, node, how, away);
            }
        }
    }
}
