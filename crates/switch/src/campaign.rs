//! Outbound campaigns: an agent is reserved and asked, the customer is called and put through to him.
//!
//! The other side of mapping.md sections 2.2, 3.4 and 3.5 (rows of previews and callbacks). The dialer's books are in
//! `dialer`.

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::{CallDirection, ControlFailureCode as Code};

use crate::agents::{AcdState, Agent, Pending, Rest};
use crate::call::{Leg, Party, Place, Task};
use crate::config::OutsideLine;
use crate::data::CallData;
use crate::dialer::{Course, Offer, Record, RecordStatus, Response};
use crate::phone::is_number;
use crate::refusal::Refusal;
use crate::switch::Switch;
use crate::timers::Timer;

/// The variable with which an agent answers.
const RESPONSE: &str = "BAResponse";
/// How long the dialer lets a customer's phone ring.
const CUSTOMER_RINGS: Duration = Duration::from_secs(30);

impl Switch {
    /// Offers a customer's call to an agent: he is reserved, and decides.
    ///
    /// # Errors
    /// 256 unknown agent, 22 the agent is not available, 14 no number of an outsider, 33 the customer is with somebody
    /// else, 31 too many calls.
    pub(crate) fn offer(&mut self, offer: &Offer, now: Duration) -> Result<u32, Refusal> {
        let (device, group) = self.may_be_offered(offer)?;
        let caller = outside(&self.config.dialer, now);
        let id = self.new_call(offer.mode.reservation(), caller, &offer.number, &first_data(offer), now)?;
        if let Some(call) = self.calls.get_mut(id) {
            call.skill_group = Some(group);
        }
        self.dialer.offered(id, offer, &device);
        if let Some(agent) = self.agents.get_mut(&offer.agent) {
            agent.call_group = Some(group);
        }
        self.enter(&offer.agent, AcdState::Reserved, now);
        self.ring_inside(id, &device, Task::Campaign { group }, now);
        Ok(id)
    }

    fn may_be_offered(&mut self, offer: &Offer) -> Result<(String, u32), Refusal> {
        let agent =
            self.agents.get(&offer.agent).ok_or(Refusal::control(Code::INVALID_AGENT_ID_SPECIFIED))?;
        if !is_number(&offer.number) || !self.leads_outside(&offer.number) {
            return Err(Refusal::control(Code::INVALID_DESTINATION));
        }
        let device = agent.extension.clone().unwrap_or_default();
        let group = agent.config.skill_groups.first().copied();
        let free = agent.state == AcdState::Available && self.calls.legs(&device).next().is_none();
        let group = group.filter(|_| free).ok_or(Refusal::control(Code::INVALID_OBJECT_STATE))?;
        if !self.dialer.may_offer(&offer.number) {
            return Err(Refusal::control(Code::RESOURCE_BUSY));
        }
        Ok((device, group))
    }

    /// The data of a call changed: perhaps that is an answer to the dialer.
    pub(crate) fn responded(&mut self, id: u32, data: &CallData, now: Duration) {
        let Some(response) = data.named.get(RESPONSE) else { return };
        match self.dialer.respond(id, response) {
            Response::Dial => self.dial_customer(id, now),
            Response::Release(status) => self.release_reservation(id, status, now),
            Response::Noted => {}
        }
    }

    fn dial_customer(&mut self, id: u32, now: Duration) {
        let Some(call) = self.dialer.calls.get(&id) else { return };
        let number = call.offer.number.clone();
        let (after, answers) = match self.config.outside_line(&number) {
            OutsideLine::Answers(after) => (after, true),
            OutsideLine::Rings => (CUSTOMER_RINGS, false),
            OutsideLine::Busy | OutsideLine::Unknown => (Duration::ZERO, false),
        };
        self.dialer.set_course(id, Course::Dialing { until: now + after, answers });
        self.dialer.set_status(id, RecordStatus::Dialing);
        self.story("dialer", format!("{number} is called for call {id}"));
        self.timers.set(now + after, Timer::Dialed { call: id });
    }

    /// The customer answers, or does not.
    pub(crate) fn dialed(&mut self, id: u32, now: Duration) {
        match self.dialer.calls.get(&id).map(|call| call.course) {
            Some(Course::Dialing { until, answers }) if until <= now => {
                if !(answers && self.connect_customer(id, now)) {
                    self.release_reservation(id, RecordStatus::Kept, now);
                }
            }
            Some(Course::Offered | Course::Dialing { .. } | Course::Customer) | None => {}
        }
    }

    /// The customer is put through to the agent; the reservation has done its duty.
    fn connect_customer(&mut self, id: u32, now: Duration) -> bool {
        let (Some(it), Some(call)) = (self.dialer.calls.get(&id), self.calls.get(id)) else { return false };
        let (offer, device, group) = (it.offer.clone(), it.device.clone(), call.skill_group);
        let mut data = CallData::of(call);
        data.named.insert("BAStatus".into(), status(&offer, ""));
        data.named.remove(RESPONSE);
        let caller = outside(&offer.number, now);
        let Ok(customer) = self.new_call(offer.mode.customer(), caller, &device, &data, now) else {
            return false;
        };
        if let Some(call) = self.calls.get_mut(customer) {
            call.skill_group = group;
        }
        self.dialer.connected(id, customer);
        self.ring_inside(customer, &device, Task::Campaign { group: group.unwrap_or_default() }, now);
        self.establish(customer, &device, now);
        self.end_call(id, now);
        self.follow_freed(now);
        true
    }

    fn release_reservation(&mut self, id: u32, status: RecordStatus, now: Duration) {
        self.dialer.set_status(id, status);
        self.end_call(id, now);
        self.follow_freed(now);
    }

    /// Who is reserved for a customer may ask for a state of afterwards: nothing shows of that before
    /// (mapping.md section 1.1), and what was forced on him stands. False if he is not reserved so.
    pub(crate) fn note_for_afterwards(&mut self, id: &str, rest: Rest) -> bool {
        let reserved = self.dialer.reserves(id);
        let free = |agent: &&mut Agent| reserved && !agent.pending.is_some_and(Pending::is_forced);
        if let Some(agent) = self.agents.get_mut(id).filter(free) {
            agent.pending = match rest {
                Rest::Available => None,
                Rest::NotReady { .. } => Some(Pending::Rest { rest, forced: false }),
            };
        }
        reserved
    }

    /// Direction of AGENT_STATE_EVENT.
    pub(crate) fn direction(&self, agent: &Agent) -> Option<CallDirection> {
        let reserved = agent.state == AcdState::Reserved && self.dialer.reserves(&agent.config.id);
        reserved.then_some(CallDirection::OUTBOUND_PREVIEW)
    }

    /// The agent is reserved for a customer.
    pub fn is_offered(&self, agent: &str) -> bool {
        self.dialer.reserves(agent)
    }

    /// The record of the customer on this call.
    pub fn customer_of(&self, call: u32) -> Option<&Record> {
        let it = self.dialer.calls.get(&call).filter(|it| it.course == Course::Customer)?;
        self.dialer.records().get(&it.offer.number)
    }

    /// The dialer's books by the customer's number.
    pub fn campaign_records(&self) -> &BTreeMap<String, Record> {
        self.dialer.records()
    }
}

/// BAStatus, with what stands behind it.
fn status(offer: &Offer, behind: &str) -> String {
    let blended = if offer.blended { "BLENDED_" } else { "" };
    format!("{blended}{}{behind}", offer.mode.status())
}

/// The variables of a reservation (rest-api.md section 6.1).
fn first_data(offer: &Offer) -> CallData {
    let named = [
        ("BACampaign", offer.campaign.clone()),
        ("BACustomerNumber", offer.number.clone()),
        ("BAStatus", status(offer, "_RESERVATION")),
    ];
    let named = named.into_iter().filter(|(_, value)| !value.is_empty());
    CallData { named: named.map(|(name, value)| (name.to_owned(), value)).collect(), ..CallData::default() }
}

fn outside(number: &str, now: Duration) -> Party {
    Party {
        device: number.into(),
        place: Place::Outside,
        caller: true,
        task: Task::Other,
        leg: Leg::Connected,
        since: now,
    }
}
