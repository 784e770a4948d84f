//! Campaign calls (rest-api.md sections 6.1 and 6.5): the reservation in which an agent decides, the customer's call, and
//! what he says of it. All of it is read from the call's own data, so it shows the same after a loss.
//!
//! ```text
//! reservation ALERTING ──BAResponse Accept──▶ ACCEPTED ──▶ gone, and the customer's call is there
//!                 ╰──Reject, Reject-Close──▶ gone
//! ```

use crate::actions::Part;
use crate::call_types;
use crate::calls::Call;
use crate::domain::Domain;
use crate::ids::{AgentId, WallMs};
use crate::recovery::Before;
use crate::view::{CallbackView, LegState, UserState};

/// The variable that carries what an agent says to the dialer.
pub(crate) const RESPONSE: &str = "BAResponse";
/// BAResponse of an accepted reservation (mapping.md section 3.5).
pub(crate) const ACCEPT: &str = "Accept";
/// BAResponse that takes a callback back.
pub(crate) const CANCEL: &str = "Callback Cancel";
/// What stands before the time of a callback.
pub(crate) const CALLBACK: &str = "Callback ";
/// What stands before the number of a callback.
pub(crate) const NUMBER: &str = "P#";

/// What a call is to a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Campaign {
    /// Nothing, or nothing that an agent decides over.
    None,
    /// An agent is asked whether he takes a customer.
    Reservation,
    /// The customer's.
    Customer,
}

impl Call {
    pub(crate) fn campaign(&self) -> Campaign {
        call_types::campaign(self.call_type, self.data.named("BAStatus"))
    }

    /// A reservation whose agent has said yes.
    pub(crate) fn is_accepted(&self) -> bool {
        self.campaign() == Campaign::Reservation && self.data.named(RESPONSE) == ACCEPT
    }

    /// What a leg of no supervisor's session is for.
    pub(crate) fn part_in_campaign(&self) -> Part {
        match self.campaign() {
            Campaign::None => Part::Talks,
            Campaign::Reservation => Part::Decides,
            Campaign::Customer => Part::Serves,
        }
    }

    /// The agent's yes shows as soon as the call carries it.
    pub(crate) fn show_acceptance(&mut self, now: WallMs) {
        if self.is_accepted() {
            for leg in self.legs.iter_mut().filter(|leg| leg.state == LegState::Alerting) {
                leg.set(LegState::Accepted, Some(now));
            }
        }
    }

    /// What was promised to the customer. A consultation about his call carries his data, but no promise.
    pub(crate) fn promised(&self) -> Option<CallbackView> {
        self.callback.clone().filter(|_| self.campaign() == Campaign::Customer)
    }

    /// A message carries this BAResponse: perhaps it is about a callback.
    pub(crate) fn hear_response(&mut self, response: &str) {
        if response == CANCEL {
            self.callback = None;
        } else if let Some(time) = response.strip_prefix(CALLBACK).and_then(callback_time) {
            self.callback.get_or_insert_default().time = time;
        } else if let Some(number) = response.strip_prefix(NUMBER) {
            number.clone_into(&mut self.callback.get_or_insert_default().number);
        }
    }

    /// A snapshot carries the last response only. If it is the one known before, so is the callback; else what it tells is
    /// all that is certain.
    pub(crate) fn recall_callback(&mut self, known: Option<&Self>) {
        let response = self.data.named(RESPONSE).to_owned();
        match known.filter(|known| known.data.named(RESPONSE) == response) {
            Some(known) => self.callback.clone_from(&known.callback),
            None => self.hear_response(&response),
        }
    }
}

impl Domain {
    /// The agent has a living leg in a reservation.
    pub(crate) fn decides(&self, agent: &AgentId) -> bool {
        self.works_on(agent).any(|(call, _)| call.campaign() == Campaign::Reservation)
    }

    /// A reservation may become known after the state that it caused (mapping.md section 2.2, rows of state 8).
    pub(crate) fn recognize_reservation(&mut self, agent: &AgentId) {
        if self.state(agent) == UserState::Reserved && self.decides(agent) {
            self.change_agent(agent, |agent| agent.status.state = UserState::ReservedOutboundPreview);
        }
    }

    /// The same for everybody, when all is read: who was in that state before is in it since then.
    pub(crate) fn recognize_reservations(&mut self, before: &Before) {
        let agents: Vec<AgentId> = self.agents.keys().cloned().collect();
        for id in agents {
            self.recognize_reservation(&id);
            let known = before.statuses.get(&id);
            self.change_agent_quietly(&id, |agent| {
                let status = &mut agent.status;
                let preview = status.state == UserState::ReservedOutboundPreview;
                if let Some(known) = known.filter(|known| preview && known.state == status.state) {
                    status.since = status.since.or(known.since);
                }
            });
        }
    }
}

/// `mmddyyyy hh:mm` as `YYYY-MM-DDThh:mm`; nothing for what is no time.
fn callback_time(text: &str) -> Option<String> {
    let (date, time) = text.split_once(' ')?;
    let digits = |from, to| date.get(from..to).filter(|part: &&str| part.bytes().all(|b| b.is_ascii_digit()));
    let (month, day, year) = (digits(0, 2)?, digits(2, 4)?, digits(4, 8)?);
    let whole = date.len() == 8 && time.len() == 5 && time.is_ascii();
    whole.then(|| format!("{year}-{month}-{day}T{time}"))
}

/// `YYYY-MM-DDThh:mm` as `mmddyyyy hh:mm`; what is of another form comes out as it is, and CTI refuses it.
pub(crate) fn wire_time(time: &str) -> String {
    let part = |from, to| time.get(from..to).unwrap_or_default();
    format!("{}{}{} {}", part(5, 7), part(8, 10), part(0, 4), part(11, 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_callback_goes_there_and_back() {
        assert_eq!(wire_time("2026-12-31T09:30"), "12312026 09:30");
        assert_eq!(callback_time("12312026 09:30").as_deref(), Some("2026-12-31T09:30"));
        for bad in
            ["", "Cancel", "12312026", "1231202 09:30", "12312026 9:30", "ab312026 09:30", "十二月 09:30"]
        {
            assert_eq!(callback_time(bad), None, "{bad}");
        }
    }
}
