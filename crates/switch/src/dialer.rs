//! The campaign dialer's books: whom it offers to whom, and what became of each customer.
//!
//! Knows numbers, records and the words of BAResponse. Decides nothing about calls; `campaign` carries out what follows.
//!
//! ```text
//!             ┌────────────────── Reject, busy, no answer ──────────────────┐
//!             ▼                                                             │
//!  (new) ──▶ Kept ──offer──▶ Offered ──Accept──▶ Dialing ──answered──▶ Talking ──over──▶ Closed
//!                               └──Reject-Close──▶ Closed                   └─ Callback ─▶ Scheduled ──offer──▶ ...
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::CallType;
use serde::{Deserialize, Serialize};

/// Customers in the books: more than a laboratory calls in a day.
const RECORDS_MAX: usize = 1_000;

/// A customer's call that is offered to an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// AgentID of somebody who is available.
    pub agent: String,
    /// The customer's number.
    pub number: String,
    /// Why the agent gets it.
    #[serde(default)]
    pub mode: OfferMode,
    /// The agent takes incoming calls, too.
    #[serde(default)]
    pub blended: bool,
    /// BACampaign.
    #[serde(default)]
    pub campaign: String,
}

/// The kinds of reservation in which an agent decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferMode {
    /// Preview.
    #[default]
    Preview,
    /// Direct preview.
    DirectPreview,
    /// A callback that somebody of the campaign has promised.
    Callback,
    /// A callback that this agent has promised.
    PersonalCallback,
}

impl OfferMode {
    /// CallType of the reservation.
    pub(crate) fn reservation(self) -> CallType {
        match self {
            Self::Preview => CallType::RESERVATION_PREVIEW,
            Self::DirectPreview => CallType::RESERVATION_PREVIEW_DIRECT,
            Self::Callback => CallType::RESERVATION_CALLBACK,
            Self::PersonalCallback => CallType::RESERVATION_PERSONAL_CALLBACK,
        }
    }

    /// CallType of the customer's call.
    pub(crate) fn customer(self) -> CallType {
        match self {
            Self::Preview => CallType::CUSTOMER_PREVIEW,
            Self::DirectPreview => CallType::CUSTOMER_PREVIEW_DIRECT,
            Self::Callback => CallType::CUSTOMER_CALLBACK,
            Self::PersonalCallback => CallType::CUSTOMER_PERSONAL,
        }
    }

    /// BAStatus of the customer's call; that of the reservation has `_RESERVATION` behind it.
    pub(crate) fn status(self) -> &'static str {
        match self {
            Self::Preview => "PREVIEW_OUTBOUND",
            Self::DirectPreview => "DIRECT_PREVIEW_OUTBOUND",
            Self::Callback => "CALLBACK_OUTBOUND",
            Self::PersonalCallback => "PERSONAL_CALLBACK_OUTBOUND",
        }
    }
}

/// CallType as sessions before version 19 know it: BAStatus tells the rest.
pub(crate) fn before_19(kind: CallType) -> CallType {
    match kind.0 {
        27..=31 => CallType::RESERVATION,
        32..=37 => CallType::AUTO_OUT,
        _ => kind,
    }
}

/// One customer in the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// BACampaign.
    pub campaign: String,
    /// What the dialer does about the customer.
    pub status: RecordStatus,
    /// How often the call was offered.
    pub offers: u32,
    /// When the customer wants to be called, as `YYYY-MM-DDThh:mm`.
    pub callback_time: Option<String>,
    /// At which number, if at another one.
    pub callback_number: Option<String>,
    /// Who or what answered, in the words of the agent.
    pub classification: Option<String>,
}

/// What the dialer does about a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordStatus {
    /// To be offered again.
    Kept,
    /// An agent decides.
    Offered,
    /// It dials.
    Dialing,
    /// The customer speaks with an agent.
    Talking,
    /// A callback is promised.
    Scheduled,
    /// Done with.
    Closed,
}

/// How far a call of the dialer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// The agent decides.
    Offered,
    /// The customer's phone is called until then.
    Dialing { until: Duration, answers: bool },
    /// The customer's own call, perhaps over.
    Customer,
}

/// A call of the dialer.
#[derive(Clone, Debug)]
pub(crate) struct DialerCall {
    pub(crate) offer: Offer,
    pub(crate) device: String,
    pub(crate) course: Course,
}

/// What an answer of the agent leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Response {
    Dial,
    Release(RecordStatus),
    Noted,
}

/// The books.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dialer {
    records: BTreeMap<String, Record>,
    pub(crate) calls: BTreeMap<u32, DialerCall>,
}

impl Dialer {
    pub(crate) fn records(&self) -> &BTreeMap<String, Record> {
        &self.records
    }

    /// Whether this customer can be offered now: nobody else has him, and the books have room.
    pub(crate) fn may_offer(&mut self, number: &str) -> bool {
        if let Some(record) = self.records.get(number) {
            return record.is_idle();
        }
        if self.records.len() >= RECORDS_MAX {
            self.records.retain(|_, record| record.status != RecordStatus::Closed);
        }
        self.records.len() < RECORDS_MAX
    }

    pub(crate) fn offered(&mut self, call: u32, offer: &Offer, device: &str) {
        let record = self.records.entry(offer.number.clone()).or_insert_with(|| Record::new(offer));
        record.offers += 1;
        record.status = RecordStatus::Offered;
        record.campaign.clone_from(&offer.campaign);
        let (offer, device) = (offer.clone(), device.to_owned());
        self.calls.insert(call, DialerCall { offer, device, course: Course::Offered });
    }

    /// The agent is reserved for a customer: he may ask for a state of afterwards.
    pub(crate) fn reserves(&self, agent: &str) -> bool {
        self.calls.values().any(|call| call.offer.agent == agent && call.course != Course::Customer)
    }

    /// What the agent says of the call (BAResponse).
    pub(crate) fn respond(&mut self, call: u32, response: &str) -> Response {
        match self.calls.get(&call).map(|call| call.course) {
            Some(Course::Offered) => decided(response),
            Some(Course::Customer) => {
                self.note(call, response);
                Response::Noted
            }
            Some(Course::Dialing { .. }) | None => Response::Noted,
        }
    }

    fn note(&mut self, call: u32, response: &str) {
        let Some(record) = self.record_of(call) else { return };
        if response == "Callback Cancel" {
            (record.callback_time, record.callback_number) = (None, None);
        } else if let Some(time) = response.strip_prefix("Callback ") {
            record.callback_time = callback_time(time).or(record.callback_time.take());
        } else if let Some(number) = response.strip_prefix("P#") {
            record.callback_number = Some(number.to_owned());
        } else {
            record.classification = Some(response.to_owned());
        }
    }

    pub(crate) fn set_course(&mut self, call: u32, course: Course) {
        if let Some(call) = self.calls.get_mut(&call) {
            call.course = course;
        }
    }

    pub(crate) fn set_status(&mut self, call: u32, status: RecordStatus) {
        if let Some(record) = self.record_of(call) {
            record.status = status;
        }
    }

    /// The customer's call takes the place of the reservation.
    pub(crate) fn connected(&mut self, reservation: u32, call: u32) {
        self.set_status(reservation, RecordStatus::Talking);
        if let Some(it) = self.calls.remove(&reservation) {
            self.calls.insert(call, DialerCall { course: Course::Customer, ..it });
        }
    }

    /// Everybody has left the call. What is said of a customer's call counts until its data are gone.
    pub(crate) fn over(&mut self, call: u32) {
        match self.calls.get(&call).map(|call| call.course) {
            Some(Course::Offered | Course::Dialing { .. }) => {
                if let Some(record) = self.record_of(call).filter(|record| !record.is_idle()) {
                    record.status = RecordStatus::Kept;
                }
                self.calls.remove(&call);
            }
            Some(Course::Customer) => self.settle(call),
            None => {}
        }
    }

    /// A customer's call became part of another one: there the customer is from now on.
    pub(crate) fn merged(&mut self, survivor: u32, gone: u32) {
        if let Some(it) = self.calls.remove(&gone) {
            self.calls.entry(survivor).or_insert(it);
        }
    }

    /// The data of the call are gone.
    pub(crate) fn forget(&mut self, call: u32) {
        self.over(call);
        self.calls.remove(&call);
    }

    fn settle(&mut self, call: u32) {
        let number = self.calls.get(&call).map(|it| it.offer.number.clone());
        let same = |(_, it): &(&u32, &DialerCall)| Some(&it.offer.number) == number.as_ref();
        let newest = self.calls.iter().rev().find(same).map(|(id, _)| *id);
        if let Some(record) = self.record_of(call).filter(|_| newest == Some(call)) {
            let promised = record.callback_time.is_some() || record.callback_number.is_some();
            record.status = if promised { RecordStatus::Scheduled } else { RecordStatus::Closed };
        }
    }

    fn record_of(&mut self, call: u32) -> Option<&mut Record> {
        self.records.get_mut(&self.calls.get(&call)?.offer.number)
    }
}

impl Record {
    fn new(offer: &Offer) -> Self {
        Self {
            campaign: offer.campaign.clone(),
            status: RecordStatus::Kept,
            offers: 0,
            callback_time: None,
            callback_number: None,
            classification: None,
        }
    }

    /// Nobody has the customer now.
    fn is_idle(&self) -> bool {
        match self.status {
            RecordStatus::Kept | RecordStatus::Scheduled | RecordStatus::Closed => true,
            RecordStatus::Offered | RecordStatus::Dialing | RecordStatus::Talking => false,
        }
    }
}

/// The three answers to an offer (mapping.md section 3.5); anything else waits for one.
fn decided(response: &str) -> Response {
    match response {
        "Accept" => Response::Dial,
        "Reject" => Response::Release(RecordStatus::Kept),
        "Reject-Close" => Response::Release(RecordStatus::Closed),
        _ => Response::Noted,
    }
}

/// `mmddyyyy hh:mm` as `YYYY-MM-DDThh:mm`.
fn callback_time(text: &str) -> Option<String> {
    let (date, time) = text.split_once(' ')?;
    let part =
        |from: usize, to: usize| date.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let whole = date.len() == 8 && time.len() == 5;
    let (month, day, year) = (part(0, 2)?, part(2, 4)?, part(4, 8)?);
    whole.then(|| format!("{year}-{month}-{day}T{time}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_callback_is_turned_around() {
        assert_eq!(callback_time("12312026 09:30").as_deref(), Some("2026-12-31T09:30"));
        for bad in ["", "12312026", "1231202 09:30", "12312026 9:30", "ab312026 09:30", "二二二 09:30"] {
            assert_eq!(callback_time(bad), None, "{bad}");
        }
    }

    #[test]
    fn older_sessions_know_reservations_and_customers_only() {
        assert_eq!(before_19(CallType::RESERVATION_PERSONAL_CALLBACK), CallType::RESERVATION);
        assert_eq!(before_19(CallType::CUSTOMER_PREVIEW_DIRECT), CallType::AUTO_OUT);
        assert_eq!(before_19(CallType::CONFERENCE), CallType::CONFERENCE);
    }

    #[test]
    fn the_books_are_bounded_and_forget_whom_nobody_wants() {
        let mut dialer = Dialer::default();
        let offer = |number: u32| Offer {
            agent: "1001".into(),
            number: number.to_string(),
            mode: OfferMode::Preview,
            blended: false,
            campaign: String::new(),
        };
        for number in 0..1_000 {
            assert!(dialer.may_offer(&number.to_string()));
            dialer.offered(number, &offer(number), "1001");
        }
        assert!(!dialer.may_offer("2000"));
        assert_eq!(dialer.respond(7, "Reject-Close"), Response::Release(RecordStatus::Closed));
        dialer.set_status(7, RecordStatus::Closed);
        dialer.over(7);
        assert!(dialer.may_offer("2000") && !dialer.records().contains_key("7"));
    }
}
