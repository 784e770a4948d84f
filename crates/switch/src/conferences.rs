//! Wrong news of conferences: what CTI clients are told differs from what is true (failover.md CTI-16 to CTI-18).
//!
//! Changes messages on their way to clients. Never touches a call: phones and the truth are as they were.

use std::collections::BTreeMap;

use ged188::{
    CallConferencedEvent, CallConferencedEventPartiesItem, ConferenceCallConf, Message, SnapshotCallConf,
    SnapshotCallReq, SnapshotDeviceConf,
};

use crate::call::Call;
use crate::command::WrongNews;
use crate::switch::{Event, Switch};

/// A number that is no device of anybody: too short to be dialed from outside, and no extension.
const NOBODY: &str = "000";

/// How news are wrong, and what was last told of each conference.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conferences {
    pub(crate) wrong: Option<WrongNews>,
    /// ConnectionCallID → the last CALL_CONFERENCED_EVENT; forgotten with the call.
    told: BTreeMap<u32, Event>,
    /// Messages that were changed, or sent once more, before clients got them.
    pub(crate) wrong_told: u64,
}

impl Conferences {
    /// What clients are told instead of an event.
    pub(crate) fn tell(&mut self, event: Event, switch: &Switch) -> Vec<Event> {
        self.note(&event);
        let before = self.wrong.map(|_| event.message.clone());
        let told = self.told_instead(event, switch);
        let changed = told.first().map(|event| &event.message) != before.as_ref() && before.is_some();
        let wrong = usize::from(changed) + told.len().saturating_sub(1);
        self.wrong_told = self.wrong_told.saturating_add(u64::try_from(wrong).unwrap_or(u64::MAX));
        told
    }

    fn told_instead(&self, event: Event, switch: &Switch) -> Vec<Event> {
        match self.wrong {
            None | Some(WrongNews::CallMissing) => vec![event],
            Some(WrongNews::PartyMissing) => vec![changed(event, |conferenced| {
                conferenced.parties.pop();
            })],
            Some(WrongNews::Inconsistent) => vec![changed(event, name_a_stranger)],
            Some(WrongNews::Repeated) => self.repeated(event, switch),
        }
    }

    /// Changes an answer to what clients are told instead.
    pub(crate) fn distort_answer(&mut self, request: &Message, answer: &mut Message, switch: &Switch) {
        let Some(wrong) = self.wrong else { return };
        let before = answer.clone();
        distort(wrong, request, answer, switch);
        self.wrong_told = self.wrong_told.saturating_add(u64::from(*answer != before));
    }

    fn note(&mut self, event: &Event) {
        match (&event.message, event.call) {
            (Message::CallConferencedEvent(_), Some(call)) => drop(self.told.insert(call, event.clone())),
            (Message::EndCallEvent(_), Some(call)) => drop(self.told.remove(&call)),
            (_, Some(_) | None) => {}
        }
    }

    /// A leave is told twice, and then the conference once more as it was told last.
    fn repeated(&self, event: Event, switch: &Switch) -> Vec<Event> {
        let left = matches!(event.message, Message::CallConnectionClearedEvent(_));
        let call = event.call.filter(|call| left && is_conference(switch, *call));
        let again = call.map(|call| [Some(event.clone()), self.told.get(&call).cloned()]);
        std::iter::once(event).chain(again.into_iter().flatten().flatten()).collect()
    }
}

fn distort(wrong: WrongNews, request: &Message, answer: &mut Message, switch: &Switch) {
    match (wrong, request, answer) {
        (WrongNews::PartyMissing, _, Message::ConferenceCallConf(conf)) => forget_last(conf),
        (WrongNews::PartyMissing, Message::SnapshotCallReq(request), Message::SnapshotCallConf(conf))
            if is_conference(switch, request.connection_call_id) =>
        {
            conf.call_devices.pop();
        }
        (WrongNews::CallMissing, _, Message::SnapshotDeviceConf(conf)) => {
            forget_conferences(conf, switch);
        }
        (WrongNews::Inconsistent, Message::SnapshotCallReq(request), Message::SnapshotCallConf(conf))
            if is_conference(switch, request.connection_call_id) =>
        {
            forget_asker(request, conf);
        }
        (
            WrongNews::PartyMissing | WrongNews::CallMissing | WrongNews::Inconsistent | WrongNews::Repeated,
            _,
            _,
        ) => {}
    }
}

fn is_conference(switch: &Switch, call: u32) -> bool {
    switch.calls().get(call).is_some_and(Call::is_conference)
}

fn changed(mut event: Event, change: impl FnOnce(&mut CallConferencedEvent)) -> Event {
    if let Message::CallConferencedEvent(conferenced) = &mut event.message {
        change(conferenced);
    }
    event
}

fn name_a_stranger(conferenced: &mut CallConferencedEvent) {
    if let Some(last) = conferenced.parties.pop() {
        let stranger = NOBODY.to_owned();
        conferenced
            .parties
            .push(CallConferencedEventPartiesItem { connected_party_device_id: stranger, ..last });
    }
}

fn forget_last(conf: &mut ConferenceCallConf) {
    conf.parties.pop();
}

fn forget_conferences(conf: &mut SnapshotDeviceConf, switch: &Switch) {
    conf.calls.retain(|item| !item.call_connection_call_id.is_some_and(|call| is_conference(switch, call)));
}

fn forget_asker(request: &SnapshotCallReq, conf: &mut SnapshotCallConf) {
    conf.call_devices.retain(|item| item.call_device_id != request.connection_device_id);
}
