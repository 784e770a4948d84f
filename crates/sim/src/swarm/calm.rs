//! What must be so when nothing is broken any more, each within its time; the times and where they come from are in
//! `world::calm`.

use std::time::Duration;

use super::storm::Storm;
use crate::people::Click;
use crate::people::Deed;

/// A sign-in and its effect.
const SIGNED_IN: Duration = Duration::from_secs(1);

impl Storm {
    /// All faults end. Nodes serve and know each other, both have the same settings, every desktop is at work, what it
    /// shows is what REST answers and what the switch says, and whoever knows his password is let in. Then those who were
    /// signed out meanwhile sign in again.
    pub(super) fn calm_down(&mut self) {
        self.world.end_faults();
        self.world.await_service();
        self.world.check();
        self.hear();
        self.world.await_even(|world| self.clerk.complains(world));
        self.world.await_desktops();
        self.world.check();
        self.world.await_entrance();
        self.sign_in_again();
    }

    /// Nothing is doubtful any more, whoever is gone is logged out, and once all have hung up no dialog is left.
    pub(super) fn go_home(&mut self) {
        self.world.await_certainty();
        self.world.await_logouts();
        self.world.await_silence();
        self.world.check();
    }

    fn sign_in_again(&mut self) {
        for desktop in 0..self.world.desktops() {
            let signed_out = |desktop: &crate::desktop::Desktop| {
                desktop.is_fresh() && desktop.shown().user.as_ref().is_none_or(|user| user.state == "LOGOUT")
            };
            if self.world.is_wanted(desktop) && self.world.desktop(desktop).is_some_and(signed_out) {
                let click = Click::sign_in(&self.world, desktop);
                self.world.do_deed(Deed::Click(click));
            }
        }
        self.world.run_for(SIGNED_IN);
    }
}
