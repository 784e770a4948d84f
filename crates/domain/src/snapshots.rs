//! SNAPSHOT_CALL_CONF to a call (mapping.md section 3.2). What a snapshot does not carry is taken from what was
//! known before, where the state of the leg is still the same; else it is unknown.

use ged188::{
    DeviceIdType, LocalConnectionState, NULL_ID, SnapshotCallConf, SnapshotCallConfCallDevicesItem,
};

use crate::actions::Situation;
use crate::call_data::told;
use crate::call_types;
use crate::calls::{Call, CallRef, Ending, Leg, Party};
use crate::domain::Domain;
use crate::ids::CallId;
use crate::view::LegState;

/// One device of a snapshot.
struct Seen {
    party: Party,
    state: LocalConnectionState,
}

impl Domain {
    /// The call as the snapshot shows it, with what `known` still tells of it. Not yet in any collection.
    pub(crate) fn call_from_snapshot(
        &self,
        id: CallId,
        conf: &SnapshotCallConf,
        known: Option<&Call>,
    ) -> Call {
        let mut call = Call::new(id);
        call.data.apply(&told!(conf));
        call.call_type = conf.call_type.0;
        call.consults_by = consulted_about(conf);
        call.consults = call.consults_by.as_ref().map(|connection| connection.id);
        if let Some(known) = known {
            call.calling.clone_from(&known.calling);
            call.called.clone_from(&known.called);
            call.touched = known.touched;
            call.began = known.began;
            call.left_unseen = known.left_unseen;
            call.controller.clone_from(&known.controller);
        }
        call.recall_callback(known);
        let seen: Vec<Seen> = conf.call_devices.iter().filter_map(|item| self.seen(id, item)).collect();
        let caller = calling_device(&seen, conf, known);
        let answered =
            seen.iter().enumerate().any(|(at, seen)| Some(at) != caller && is_connected(seen.state));
        for (at, device) in seen.into_iter().enumerate() {
            let calling = Some(at) == caller;
            let state = accepted(leg_state(device.state, calling, answered), &call);
            // A device has one leg, even if a snapshot names it twice.
            if state != LegState::Dropped && call.find(&device.party).is_none() {
                call.legs.push(remembered(device.party, calling, state, known));
            }
        }
        if let Some(known) = known {
            call.continue_from(known);
        }
        call
    }

    fn seen(&self, id: CallId, item: &SnapshotCallConfCallDevicesItem) -> Option<Seen> {
        let connection = CallRef {
            id,
            device_type: item.call_connection_device_id_type.unwrap_or_default(),
            device: item.call_connection_device_id.clone(),
        };
        let kind = item.call_device_type.unwrap_or(DeviceIdType::NONE);
        let party = self.party(&item.call_device_id, kind, connection);
        let state = item.call_device_connection_state.unwrap_or(LocalConnectionState::NONE);
        (!party.address.is_empty()).then_some(Seen { party, state })
    }
}

/// The call that this one consults about, as the COC* fields name it.
fn consulted_about(conf: &SnapshotCallConf) -> Option<CallRef> {
    let id = conf.coc_connection_call_id.filter(|id| *id != NULL_ID && *id != 0)?;
    let device_type = conf.coc_call_connection_device_id_type.unwrap_or_default();
    Some(CallRef { id: CallId(id), device_type, device: conf.coc_call_connection_device_id.clone() })
}

impl Call {
    /// The legs and variables in the order in which they are shown already, so that a snapshot in another order is
    /// no change; who is not in the snapshot any more has left.
    fn continue_from(&mut self, known: &Call) {
        let mut fresh = std::mem::take(&mut self.legs);
        let told_caller = fresh.iter().any(|leg| leg.calling);
        for leg in &known.legs {
            let found = fresh.iter().position(|seen| seen.party.address == leg.party.address);
            self.legs.push(found.map_or_else(|| gone(leg, told_caller), |at| fresh.remove(at)));
        }
        self.legs.append(&mut fresh);
        // What was transferred or joined meanwhile is no consultation any more, though version 13 does not say so.
        let merged = matches!(self.call_type, call_types::TRANSFER | call_types::CONFERENCE);
        self.consults = self.consults.or(known.consults.filter(|_| !merged));
        self.associated = known.associated;
        self.secondary = known.secondary;
        self.data.order_like(&known.data);
    }
}

/// A leg that the snapshot does not have. Nobody knows when it left, unless it had left before. A call has one caller:
/// if the snapshot names him, this is not he.
fn gone(known: &Leg, told_caller: bool) -> Leg {
    let mut leg = known.clone();
    leg.calling &= !told_caller;
    leg.certain &= !leg.lives();
    leg.set(LegState::Dropped, None);
    leg.listed = false;
    leg.ending = Ending::No;
    leg
}

/// A leg in this state: its times are those known before if the state is the same, else unknown.
pub(crate) fn remembered(party: Party, calling: bool, state: LegState, known: Option<&Call>) -> Leg {
    let before = known.and_then(|call| call.find(&party).and_then(|at| call.legs.get(at)));
    let before = before.filter(|leg| leg.lives());
    Leg {
        calling,
        state,
        cause: match (state, before) {
            (LegState::Failed, Some(leg)) if leg.state == LegState::Failed => leg.cause,
            (LegState::Failed, _) => "OTHER",
            _ => "",
        },
        started: before.and_then(|leg| leg.started),
        since: before.filter(|leg| leg.state == state).and_then(|leg| leg.since),
        listed: false,
        certain: before.is_some_and(|leg| leg.certain),
        ending: Ending::No,
        situation: Situation::default(),
        party: with_connection(party),
    }
}

fn with_connection(mut party: Party) -> Party {
    if party.connection.device.is_empty() {
        party.connection.device.clone_from(&party.address);
    }
    party
}

/// mapping.md section 3.2.
pub(crate) fn leg_state(state: LocalConnectionState, calling: bool, answered: bool) -> LegState {
    match state {
        LocalConnectionState::NULL => LegState::Dropped,
        LocalConnectionState::INITIATE => LegState::Initiating,
        LocalConnectionState::ALERTING if calling => LegState::Initiated,
        LocalConnectionState::ALERTING => LegState::Alerting,
        LocalConnectionState::CONNECT if calling && !answered => LegState::Initiated,
        LocalConnectionState::HOLD => LegState::Held,
        LocalConnectionState::FAIL => LegState::Failed,
        // CONNECT, QUEUED, and 0xFFFF, which is ACTIVE in a snapshot.
        _ => LegState::Active,
    }
}

/// Who has accepted a reservation rings no more.
pub(crate) fn accepted(state: LegState, call: &Call) -> LegState {
    if state == LegState::Alerting && call.is_accepted() { LegState::Accepted } else { state }
}

fn is_connected(state: LocalConnectionState) -> bool {
    matches!(leg_state(state, false, true), LegState::Active | LegState::Held)
}

/// Who placed the call: the device that is the ANI; else the one known before; else, by the type of the call, an agent's
/// device or one that is not; else the first. Nobody, if the caller has left: in a transferred call that is whoever is
/// the ANI and not there.
fn calling_device(seen: &[Seen], conf: &SnapshotCallConf, known: Option<&Call>) -> Option<usize> {
    let placed_by_agent = call_types::is_placed_by_agent(conf.call_type.0);
    let before = |seen: &Seen| {
        let leg = known.and_then(|call| call.find(&seen.party).and_then(|at| call.legs.get(at)));
        leg.filter(|leg| leg.lives()).map(|leg| leg.calling)
    };
    let was_caller = |seen: &Seen| before(seen) == Some(true);
    let was_called = |seen: &Seen| before(seen) == Some(false);
    // Who placed the call may have left it and be called back: it rings at him while somebody is on the line.
    let is_called_back = |device: &Seen| {
        device.state == LocalConnectionState::ALERTING && seen.iter().any(|other| is_connected(other.state))
    };
    let was_known = known.is_some_and(|call| call.legs.iter().any(|leg| leg.calling));
    let is_transferred = conf.call_type.0 == call_types::TRANSFER && !conf.ani.is_empty();
    let caller_left = is_transferred || (was_known && !seen.iter().any(was_caller));
    let was_dialed = |seen: &Seen| [&conf.dialed_number, &conf.dnis].contains(&&seen.party.address);
    let at = |is: &dyn Fn(&Seen) -> bool| seen.iter().position(is);
    let is_ani = |seen: &Seen| !conf.ani.is_empty() && seen.party.address == conf.ani;
    at(&|seen| is_ani(seen) && !is_called_back(seen) && !was_called(seen))
        .or_else(|| at(&|seen| was_caller(seen) && !is_called_back(seen)))
        .or_else(|| {
            let by_type = at(&|seen| seen.party.agent_device == placed_by_agent && !was_dialed(seen));
            by_type.or((seen.len() > 1).then_some(0)).filter(|_| !caller_left)
        })
}
