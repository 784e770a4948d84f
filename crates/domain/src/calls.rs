//! One call: its parties, data and public form (mapping.md sections 3.3 and 3.6).

use std::collections::BTreeSet;
use std::time::Duration;

use ged188::ConnectionDeviceIdType;

use crate::actions::{self, Situation};
use crate::call_data::CallData;
use crate::call_types;
use crate::ids::{AgentId, CallId, WallMs};
use crate::rebuild::Doubt;
use crate::view::{CallbackView, DialogView, LegState, LegView};

/// Legs of one call, gone ones included. Snapshots and events name 16 parties at most; four generations of them.
const LEGS_MAX: usize = 64;

/// Names a connection to CTI: what a SNAPSHOT_CALL_REQ needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallRef {
    /// ConnectionCallID.
    pub id: CallId,
    /// ConnectionDeviceIDType.
    pub device_type: ConnectionDeviceIdType,
    /// ConnectionDeviceID.
    pub device: String,
}

/// A party as an event or a snapshot names it, with what we know of the device.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    /// What is shown: the extension of an agent's device, else the number.
    pub(crate) address: String,
    pub(crate) agent_device: bool,
    /// The agent signed in there.
    pub(crate) agent: Option<AgentId>,
    pub(crate) connection: CallRef,
}

/// How far a leg of an agent is with leaving his collection after it was cleared (mapping.md section 3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It lives, or it is in wrap-up.
    No,
    /// Cleared; the next agent state tells whether there is wrap-up.
    Undecided,
    /// He left a call that goes on: out of the collection when his next state tells of no wrap-up, at the latest at
    /// this time.
    Left(Option<Duration>),
    /// No wrap-up: out of the collection at END_CALL, or at this time once it is known.
    Leaving(Option<Duration>),
}

/// One party of a call.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub(crate) party: Party,
    /// The device that placed the call.
    pub(crate) calling: bool,
    pub(crate) state: LegState,
    pub(crate) cause: &'static str,
    pub(crate) started: Option<WallMs>,
    pub(crate) since: Option<WallMs>,
    /// The dialog is in the collection of the agent.
    pub(crate) listed: bool,
    /// The last word on it is an event of this session, or reads that agreed.
    pub(crate) certain: bool,
    pub(crate) ending: Ending,
    /// What decides over its actions beside its state; kept by `surroundings`.
    pub(crate) situation: Situation,
}

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) id: CallId,
    pub(crate) call_type: u16,
    /// CallingDeviceID.
    pub(crate) calling: String,
    /// CalledDeviceID.
    pub(crate) called: String,
    pub(crate) data: CallData,
    pub(crate) legs: Vec<Leg>,
    /// It was made to consult somebody about this call.
    pub(crate) consults: Option<CallId>,
    /// The connection to that call of the device that made it, if a snapshot named it.
    pub(crate) consults_by: Option<CallRef>,
    /// The other of a call and its consultation, while they belong together; kept by `surroundings`.
    pub(crate) associated: Option<CallId>,
    /// Who may add parties, if it is a conference and an event told.
    pub(crate) controller: Option<String>,
    /// What was promised to a campaign's customer.
    pub(crate) callback: Option<CallbackView>,
    /// The call that was merged into this one last.
    pub(crate) secondary: Option<CallId>,
    /// An agent began it while we looked.
    pub(crate) began: bool,
    /// CALL_CLEARED or END_CALL came, or the data was released: with its last reader the record goes.
    pub(crate) over: bool,
    /// RELEASE_CALL_REQ was sent.
    pub(crate) released: bool,
    /// When the last event of the call came, on the domain's count of events.
    pub(crate) touched: u64,
    /// Parties that were told to have left and that nobody had told to be there.
    pub(crate) left_unseen: u8,
    /// Why it is being rebuilt, if it is.
    pub(crate) doubt: Option<Doubt>,
}

impl Call {
    pub(crate) fn new(id: CallId) -> Self {
        Self {
            id,
            call_type: call_types::UNTOLD,
            calling: String::new(),
            called: String::new(),
            data: CallData::default(),
            legs: Vec::new(),
            consults: None,
            consults_by: None,
            associated: None,
            controller: None,
            callback: None,
            secondary: None,
            began: false,
            over: false,
            released: false,
            touched: 0,
            left_unseen: 0,
            doubt: None,
        }
    }

    /// The public form. `wrap_up`: whether the reader of it may give wrap-up reasons on this call.
    pub(crate) fn view(&self, wrap_up: bool) -> DialogView {
        let dnis = first_of([&self.data.dnis, &self.called]);
        let outgoing = self.legs.iter().any(|leg| leg.calling && leg.listed);
        DialogView {
            id: self.id,
            from: first_of([&self.calling, &self.data.ani]),
            to: first_of([&self.data.dialed, &self.called]),
            associated: self.associated,
            secondary: self.secondary,
            call_type: call_types::name(self.call_type, self.data.named("BAStatus"), outgoing),
            dialed_number: first_of([&self.data.dialed, &dnis]),
            dnis,
            variables: self.data.view(),
            wrap_up_reason: wrap_up.then(|| self.data.wrap_up.clone()),
            callback: self.promised(),
            legs: self.legs.iter().map(Leg::view).collect(),
            state: self.state(),
            rebuilding: self.doubt.is_some() && self.is_on_a_desk(),
        }
    }

    /// mapping.md section 3.3, first match.
    pub(crate) fn state(&self) -> LegState {
        let count = |wanted: &[LegState]| self.legs.iter().filter(|leg| wanted.contains(&leg.state)).count();
        let connected = count(&[LegState::Active, LegState::Held]);
        if count(&[LegState::Accepted]) > 0 {
            LegState::Accepted
        } else if count(&[LegState::Failed]) > 0 && connected == 0 {
            LegState::Failed
        } else if self.is_dead() {
            LegState::Dropped
        } else if count(&[LegState::Alerting]) > 0 && connected <= 1 {
            LegState::Alerting
        } else if connected > 0 {
            LegState::Active
        } else if count(&[LegState::Initiated]) > 0 {
            LegState::Initiated
        } else {
            LegState::Initiating
        }
    }

    pub(crate) fn is_conference(&self) -> bool {
        self.call_type == call_types::CONFERENCE
    }

    /// An agent has the dialog and a living leg.
    pub(crate) fn is_on_a_desk(&self) -> bool {
        self.living().any(|leg| leg.listed)
    }

    /// Every leg is cleared.
    pub(crate) fn is_dead(&self) -> bool {
        !self.legs.is_empty() && !self.legs.iter().any(|leg| leg.lives())
    }

    /// The record is of no use any more.
    pub(crate) fn is_finished(&self) -> bool {
        self.over && !self.legs.iter().any(|leg| leg.listed)
    }

    /// The agents who have the dialog in their collection.
    pub(crate) fn readers(&self) -> Vec<AgentId> {
        self.legs.iter().filter(|leg| leg.listed).filter_map(|leg| leg.party.agent.clone()).collect()
    }

    pub(crate) fn leg_of(&self, agent: &AgentId) -> Option<&Leg> {
        let mut legs = self.legs.iter().filter(|leg| leg.party.agent.as_ref() == Some(agent));
        legs.clone().find(|leg| leg.listed).or_else(|| legs.next())
    }

    pub(crate) fn leg_of_mut(&mut self, agent: &AgentId) -> Option<&mut Leg> {
        self.legs.iter_mut().find(|leg| leg.party.agent.as_ref() == Some(agent))
    }

    /// The leg that the party names: by address, else by connection.
    pub(crate) fn find(&self, party: &Party) -> Option<usize> {
        let by = |same: &dyn Fn(&Party) -> bool| self.legs.iter().position(|leg| same(&leg.party));
        by(&|known| known.address == party.address && !party.address.is_empty()).or_else(|| {
            by(&|known| {
                known.connection.device == party.connection.device && !party.connection.device.is_empty()
            })
        })
    }

    /// The leg that the party names, added if it is new. `None` if there is no room.
    pub(crate) fn join(&mut self, party: Party, calling: bool, now: WallMs) -> Option<&mut Leg> {
        match self.find(&party) {
            Some(at) => {
                let leg = self.legs.get_mut(at)?;
                leg.adopt(party);
                // Who placed the call and has left may be called back.
                leg.calling = if leg.lives() { leg.calling } else { calling };
                Some(leg)
            }
            None => self.add(Leg::new(party, calling, now)),
        }
    }

    /// `None` if there is no room, not even that of one who has left.
    pub(crate) fn add(&mut self, leg: Leg) -> Option<&mut Leg> {
        if self.legs.len() >= LEGS_MAX {
            let left = self.legs.iter().position(|leg| !(leg.lives() || leg.listed))?;
            self.legs.remove(left);
        }
        self.legs.push(leg);
        self.legs.last_mut()
    }

    /// Puts a leg back that is on its way out or in wrap-up, which no snapshot shows, unless it lives again.
    pub(crate) fn restore(&mut self, leg: Leg) {
        let place = self.find(&leg.party);
        match place.and_then(|at| self.legs.get_mut(at)) {
            Some(shown) if shown.lives() => {}
            Some(shown) => *shown = leg,
            None => drop(self.add(leg)),
        }
    }

    /// A device has one leg. Legs that were read under different names may turn out to be the same device's: what has
    /// left gives way to what lives.
    pub(crate) fn one_leg_a_device(&mut self) {
        let mut seen: BTreeSet<String> = self.living().map(|leg| leg.party.address.clone()).collect();
        self.legs.retain(|leg| leg.lives() || seen.insert(leg.party.address.clone()));
    }

    pub(crate) fn living(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| leg.lives())
    }

    /// Somebody is on the line, so the caller is not waiting any more.
    pub(crate) fn answered(&mut self) {
        if let Some(caller) = self.calling_leg().filter(|leg| leg.state == LegState::Initiated) {
            caller.set(LegState::Active, None);
        }
    }

    /// The caller speaks again, but it still rings at the other end.
    pub(crate) fn rings_on(&mut self, now: WallMs) {
        if self.living().any(|leg| leg.state == LegState::Alerting) {
            self.rings(now);
        }
    }

    /// It rings: a caller who was connected to a queue only waits again, unless somebody else is on the line.
    pub(crate) fn rings(&mut self, now: WallMs) {
        let waits = self
            .legs
            .iter()
            .filter(|leg| leg.lives() && !leg.calling)
            .all(|leg| leg.state == LegState::Alerting);
        if let Some(caller) = self.calling_leg().filter(|leg| waits && leg.state == LegState::Active) {
            caller.enter(LegState::Initiated, now);
        }
    }

    /// The caller, if need be as one who has left.
    pub(crate) fn calling_leg(&mut self) -> Option<&mut Leg> {
        let living = self.legs.iter().position(|leg| leg.calling && leg.lives());
        let at = living.or_else(|| self.legs.iter().position(|leg| leg.calling))?;
        self.legs.get_mut(at)
    }
}

impl Party {
    /// The other names the same device, perhaps by its connection.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let named = !other.address.is_empty() && self.address == other.address;
        let device = &other.connection.device;
        named || (!device.is_empty() && self.connection.device == *device)
    }
}

impl Leg {
    pub(crate) fn new(party: Party, calling: bool, now: WallMs) -> Self {
        Self {
            party,
            calling,
            state: LegState::Initiating,
            cause: "",
            started: Some(now),
            since: Some(now),
            listed: false,
            certain: false,
            ending: Ending::No,
            situation: Situation::default(),
        }
    }

    /// Takes the state on; its time is that of the event, unless the event repeats what is known.
    pub(crate) fn enter(&mut self, state: LegState, now: WallMs) {
        if !self.lives() {
            self.started = Some(now);
        }
        self.set(state, Some(now));
        self.listed = self.party.agent.is_some();
        self.certain = true;
        self.ending = Ending::No;
    }

    /// Sets the state without touching the agent's collection.
    pub(crate) fn set(&mut self, state: LegState, since: Option<WallMs>) {
        if self.state != state {
            self.state = state;
            self.since = since;
        }
        if state != LegState::Failed {
            self.cause = "";
        }
    }

    pub(crate) fn lives(&self) -> bool {
        match self.state {
            LegState::Initiating
            | LegState::Initiated
            | LegState::Alerting
            | LegState::Active
            | LegState::Held
            | LegState::Failed
            | LegState::Accepted => true,
            LegState::WrapUp | LegState::Dropped => false,
        }
    }

    /// A later message may know more of the device. Who had a leg that is gone need not be who has it now.
    fn adopt(&mut self, party: Party) {
        if !party.connection.device.is_empty() {
            self.party.connection = party.connection;
        }
        if party.agent.is_some() || !(self.lives() || self.listed) {
            self.party.agent = party.agent;
            self.party.address = party.address;
        }
        self.party.agent_device |= party.agent_device;
    }

    fn view(&self) -> LegView {
        LegView {
            address: self.party.address.clone(),
            agent_device: self.party.agent_device,
            agent: self.party.agent.clone(),
            state: self.state,
            cause: self.cause,
            started: self.started,
            since: self.since,
            actions: actions::allowed(self.state, self.situation),
        }
    }
}

fn first_of(candidates: [&String; 2]) -> String {
    candidates.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
}
