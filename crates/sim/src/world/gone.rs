//! Whoever is gone for good is logged out in time, once all is calm (failover.md DESK-4c, DESK-7r2).

use std::time::Duration;

use switch::{Command, Hand};

use super::World;

/// After the end of a call an order is asked for, given leave and written at once; CTI has its time beside.
const AFTER_CALL: Duration = Duration::from_secs(15);
/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_secs(5);

impl World {
    /// Lets time pass until everybody who is gone has been logged out, or reports who was not in time. Nobody keeps a
    /// call whose agent is gone.
    pub fn await_logouts(&mut self) {
        let mut free = self.now;
        while self.broken().is_none() {
            if self.hang_up_gone() {
                free = self.now + AFTER_CALL;
            }
            let waiting = self.waited_for();
            if let Some((agent, due)) = waiting.iter().find(|(_, due)| self.now >= free.max(*due)) {
                let says = format!("(liveness) {agent} is gone and was not logged out by {due:?}");
                return self.watch.report(self.now, says);
            }
            if waiting.is_empty() {
                return;
            }
            self.run_for(LOOK_EVERY);
        }
    }

    /// Who is gone and signed in, and until when he should be logged out.
    fn waited_for(&self) -> Vec<(String, Duration)> {
        let due = self.watch.logouts_due().into_iter();
        due.filter(|(agent, _)| self.pair.switch().agent(agent).is_some_and(switch::Agent::signed_in))
            .collect()
    }

    /// True if somebody who is gone was on a call.
    fn hang_up_gone(&mut self) -> bool {
        let phone = |agent: &str| self.pair.switch().agent(agent)?.extension.clone();
        let phones: Vec<String> =
            self.waited_for().into_iter().filter_map(|(agent, _)| phone(&agent)).collect();
        let calls = |phone: &String| {
            let of_phone = self.pair.switch().calls().of_device(phone).filter(|call| call.live());
            of_phone.map(|call| Hand { device: phone.clone(), call: Some(call.id) }).collect::<Vec<_>>()
        };
        let hands: Vec<Hand> = phones.iter().flat_map(calls).collect();
        let any = !hands.is_empty();
        for hand in hands {
            // A phone that rings for a queue only passes the call on.
            let _ = self.command(Command::HangUp(hand));
        }
        any
    }
}
