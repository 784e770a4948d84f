//! Desktops that are left, opened again and opened elsewhere, and the forced logouts that come of it, as the CTI servers
//! received them (failover.md DESK-1 to DESK-7).

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Outcome, Run, SIGN_IN_WITHIN, ensure, millis};
use crate::rows::driver::{ForcedLogout, Trouble};
use crate::rows::step::{Request, Server};
use crate::world::Leave;

impl Run<'_> {
    // Deeds ---------------------------------------------------------------------------------------------------

    pub(super) fn ask_to_sign_in(&mut self, agent: &str) -> Outcome {
        let extension = self.driver.truth(agent)?.extension;
        let body = format!("<User><state>LOGIN</state><extension>{extension}</extension></User>");
        let request = Request { method: "PUT", path: &format!("/finesse/api/User/{agent}"), body: &body };
        let reply = self.driver.ask(agent, request)?;
        ensure(reply.status == 202, || format!("sign-in of {agent} was answered {}", reply.status))
    }

    pub(super) fn sign_in_at(&mut self, agent: &'static str, server: Server) -> Outcome {
        self.driver.open_desktop_at(agent, server)?;
        self.ask_to_sign_in(agent)?;
        self.until(SIGN_IN_WITHIN, &format!("{agent} is signed in at the {server:?}"), |run| {
            let held = run.driver.truth(agent)?;
            Ok(held.state != "LOGOUT" && run.answered(agent)?.agrees_with(&held).is_ok())
        })?;
        self.histories.entry(agent).or_default();
        Ok(())
    }

    pub(super) fn leave(&mut self, agent: &'static str, how: Leave) -> Outcome {
        self.left.insert(agent, self.driver.now());
        self.driver.leave(agent, how)
    }

    // Counting ------------------------------------------------------------------------------------------------

    pub(super) fn logouts_by(&mut self, agent: &str, server: Server) -> Result<usize, Trouble> {
        Ok(self.logouts_of(agent)?.iter().filter(|logout| logout.by == Some(server)).count())
    }

    /// Since the mark.
    fn logouts_of(&mut self, agent: &str) -> Result<Vec<ForcedLogout>, Trouble> {
        let all = self.driver.forced_logouts()?.into_iter().skip(self.mark.logouts);
        Ok(all.filter(|logout| logout.agent == agent).collect())
    }

    fn first_logout(&mut self, agent: &str) -> Result<ForcedLogout, Trouble> {
        let first = self.logouts_of(agent)?.into_iter().next();
        first.ok_or_else(|| Trouble(format!("{agent} was not logged out by force")))
    }

    // Expectations --------------------------------------------------------------------------------------------

    pub(super) fn switch_holds(&mut self, agent: &str, state: &str, reason: u16) -> Outcome {
        let held = self.driver.truth(agent)?;
        self.evidence.add(&format!("switch_{agent}"), format!("{} {}", held.state, held.reason));
        ensure(held.state == state && held.reason == reason, || {
            format!("the switch holds {agent} in {} {}, expected {state} {reason}", held.state, held.reason)
        })
    }

    /// None by anybody else either.
    pub(super) fn logouts(&mut self, agent: &str, expected: [usize; 2]) -> Outcome {
        let all = self.logouts_of(agent)?.len();
        let by = [self.logouts_by(agent, Server::Primary)?, self.logouts_by(agent, Server::Secondary)?];
        for (server, count) in ["primary", "secondary"].into_iter().zip(by) {
            self.evidence.add(&format!("logouts_255_{agent}_by_{server}"), count);
        }
        ensure(by == expected && all == by.iter().sum::<usize>(), || {
            format!("{agent} was logged out by force {by:?} times of {all}, expected {expected:?}")
        })
    }

    pub(super) fn not_logged_out(&mut self, agent: &str) -> Outcome {
        let done = self.logouts_of(agent)?.iter().filter(|logout| logout.done).count();
        self.evidence.add(&format!("logouts_255_{agent}_carried_out"), done);
        ensure(done == 0, || format!("{done} forced logouts of {agent} were carried out"))
    }

    pub(super) fn logout_after(&mut self, agent: &str, expected: RangeInclusive<Duration>) -> Outcome {
        let left = self.left.get(agent).copied().ok_or_else(|| Trouble(format!("{agent} has not left")))?;
        let after = self.first_logout(agent)?.at.saturating_sub(whole_millis(left));
        self.evidence.add(&format!("logout_255_{agent}_after_ms"), millis(after));
        ensure(expected.contains(&after), || {
            format!("{agent} was logged out by force after {after:?}, expected after {expected:?}")
        })
    }

    pub(super) fn logout_within(&mut self, agent: &str, limit: Duration) -> Outcome {
        let after = self.first_logout(agent)?.at.saturating_sub(whole_millis(self.mark.at));
        self.evidence.add(&format!("logout_255_{agent}_after_ms"), millis(after));
        ensure(after <= limit, || {
            format!("{agent} was logged out by force after {after:?}, expected within {limit:?}")
        })
    }
}

/// The CTI servers tell times in whole milliseconds.
fn whole_millis(time: Duration) -> Duration {
    Duration::from_millis(millis(time))
}
