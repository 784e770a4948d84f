//! What people do at phones.

use switch::{Command, Hand, PhoneState};

use super::{Outcome, Run};
use crate::rows::driver::Trouble;
use crate::rows::step::Phone;

impl Run<'_> {
    pub(super) fn phone(&mut self, phone: Phone) -> Outcome {
        let command = match phone {
            Phone::CallIn { from, to } => {
                Command::CallIn { from: from.into(), to: self.number(to)?, variables: Default::default() }
            }
            Phone::Route { from, to } => {
                Command::CallIn { from: from.into(), to: to.into(), variables: Default::default() }
            }
            Phone::Answer(who) => Command::Answer(self.hand(who)?),
            Phone::Hold(who) => Command::Hold(self.hand(who)?),
            Phone::Retrieve(who) => Command::Retrieve(self.hand(who)?),
            Phone::HangUp(who) => Command::HangUp(self.hand(who)?),
            Phone::Consult { by, to } => {
                Command::Consult { device: self.number(by)?, to: self.number(to)?, call: None }
            }
            Phone::SignOut(who) => Command::AgentState { agent: who.into(), to: PhoneState::Logout(0) },
            Phone::WrapUp(who) => Command::AgentState { agent: who.into(), to: PhoneState::Work },
            Phone::Join(who) => Command::CompleteConference(switch::Phone { device: self.number(who)? }),
        };
        self.driver.command(command)
    }

    /// The newest call at a phone of ours; the only one of an outside number.
    fn hand(&mut self, who: &str) -> Result<Hand, Trouble> {
        if is_outside(who) {
            return Ok(Hand { device: who.into(), call: None });
        }
        let truth = self.driver.truth(who)?;
        let leg = truth.legs.last().ok_or_else(|| Trouble(format!("{who} has no call")))?;
        Ok(Hand { device: truth.extension, call: Some(leg.call) })
    }

    fn number(&mut self, who: &str) -> Result<String, Trouble> {
        if is_outside(who) { Ok(who.into()) } else { Ok(self.driver.truth(who)?.extension) }
    }
}

fn is_outside(who: &str) -> bool {
    who.starts_with('0')
}
