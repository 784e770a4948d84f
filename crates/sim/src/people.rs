//! What people do, by chance: agents at their desktops and at their phones, callers, colleagues at phones without a
//! desktop, and what becomes of browsers. Mostly what makes sense now, sometimes what does not.
//!
//! Decides what is done; whoever asks does it. Looks at the world as people do: at what desktops show.

mod browsers;
mod clicks;
mod follow_up;
mod hands;
mod mistakes;
mod numbers;
mod outbound;
mod supervisors;

use switch::Command;

use crate::rng::Rng;
use crate::world::World;
pub use browsers::{Browse, Use};
pub use clicks::Click;
pub use mistakes::{Failure, Mistake};

/// People, with the chance that moves them.
pub struct People<'a> {
    world: &'a World,
    chance: &'a mut Rng,
}

/// One thing that somebody does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A request of a desktop.
    Click(Click),
    /// A hand on a phone, or a caller.
    Hand(Command),
    /// A browser.
    Browse(Browse),
}

impl<'a> People<'a> {
    /// People of a world.
    pub fn new(world: &'a World, chance: &'a mut Rng) -> Self {
        Self { world, chance }
    }

    fn desktop(&mut self) -> usize {
        self.chance.below(self.world.desktops())
    }

    fn id(&self, desktop: usize) -> String {
        self.world.desktop(desktop).map(|desktop| desktop.person().id.clone()).unwrap_or_default()
    }

    fn extension(&self, desktop: usize) -> String {
        self.world.desktop(desktop).map(|desktop| desktop.person().extension.clone()).unwrap_or_default()
    }

    fn pick(&mut self, choices: &[String]) -> Option<String> {
        self.chance.pick(choices).cloned()
    }
}

impl World {
    /// Somebody does something. What does not fit at a phone is left undone.
    pub fn do_deed(&mut self, deed: Deed) -> Option<node::HttpId> {
        match deed {
            Deed::Click(Click { desktop, method, path, body, .. }) => {
                self.press(desktop, method, &path, &body)
            }
            Deed::Hand(command) => {
                let _ = self.command(command);
                None
            }
            Deed::Browse(browse) => {
                self.browse(browse);
                None
            }
        }
    }
}
