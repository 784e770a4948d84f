//! The end of a call and wrap-up (mapping.md section 3.7).
//!
//! ```text
//! own leg cleared ──agent in WORK──────▶ WRAP_UP ──agent leaves WORK──▶ released, DELETE
//!       │  ╲──agent still on calls──▶ undecided ──next state──▶ WRAP_UP or leaving
//!       │   ╲──the call goes on──▶ left ──next state, or 5 s──▶ WRAP_UP or DELETE
//!       ╰──any other state──▶ leaving ──END_CALL, or 5 s after the release──▶ DELETE
//! ```
//!
//! A session of a supervisor is followed by no wrap-up.

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::{Message, ReleaseCallReq};

use crate::agent_state::on_calls;
use crate::calls::{Call, CallRef, Ending, Leg};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now, WallMs};
use crate::requests::Chore;
use crate::view::{LegState, UserState};

/// How long a dialog stays after RELEASE_CALL_CONF where END_CALL does not come (mapping.md section 3.7).
const LEAVE_AFTER: Duration = Duration::from_secs(5);

/// What an agent's state says about the end of one of his calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// TALKING or HOLD, and this is his only call: the next state decides.
    OnThisCall,
    /// WORK or WORK_READY.
    WrappingUp,
    /// There will be no wrap-up for this call.
    Elsewhere,
}

/// The standing of each agent of a call.
pub(crate) type Standings = BTreeMap<AgentId, Standing>;

impl Domain {
    /// Where the agents of these calls stand if they leave all of them.
    pub(crate) fn standings(&self, ids: &[CallId]) -> Standings {
        let legs = ids.iter().filter_map(|id| self.calls.get(id)).flat_map(|call| &call.legs);
        legs.filter_map(|leg| leg.party.agent.clone())
            .map(|agent| (agent.clone(), self.standing(&agent, ids)))
            .collect()
    }

    fn standing(&self, agent: &AgentId, left: &[CallId]) -> Standing {
        let Some(agent) = self.agents.get(agent) else { return Standing::Elsewhere };
        if left.iter().filter_map(|id| self.calls.get(id)).all(Call::is_session) {
            return Standing::Elsewhere;
        }
        let state = agent.status.state;
        if matches!(state, UserState::Work | UserState::WorkReady) {
            return Standing::WrappingUp;
        }
        let another = self.works_on(&agent.id).any(|(call, _)| !left.contains(&call.id));
        if on_calls(state) && !another { Standing::OnThisCall } else { Standing::Elsewhere }
    }

    /// The agent's state changed: it decides over legs that were cleared, and ends wrap-up.
    pub(crate) fn wrap_up_by_state(&mut self, agent: &AgentId, state: UserState, now: Now) {
        let calls: Vec<CallId> =
            self.agents.get(agent).into_iter().flat_map(|agent| agent.calls.clone()).collect();
        for id in calls {
            let call = self.calls.get(&id).filter(|call| !call.is_session());
            let Some(leg) = call.and_then(|call| call.leg_of(agent)) else { continue };
            if let Some(step) = step(leg, state) {
                self.change_call(id, |call| {
                    if let Some(leg) = call.leg_of_mut(agent) {
                        step.take(leg, now.wall);
                    }
                });
                self.settle_call(id, now);
            }
        }
    }

    /// After anything that may have ended a leg: releases the data of a dead call and starts the clocks.
    pub(crate) fn settle_call(&mut self, id: CallId, now: Now) {
        self.release_if_dead(id, now);
        let Some(call) = self.calls.get_mut(&id) else { return };
        // While the answer to a release is awaited, or may still be asked for, there is no clock.
        if call.over || (call.is_dead() && call.released) {
            return;
        }
        self.start_clocks(id, now);
    }

    fn release_if_dead(&mut self, id: CallId, now: Now) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if call.released || call.over || !call.is_dead() || !has_no_reader_but_leaving(call) {
            return;
        }
        let Some(connection) = own_connection(call) else { return };
        if !self.phase.is_live() {
            return;
        }
        call.released = true;
        let request = Message::ReleaseCallReq(ReleaseCallReq {
            peripheral_id: self.config.peripheral_id,
            connection_call_id: connection.id.0,
            connection_device_id_type: connection.device_type,
            connection_device_id: connection.device,
            ..ReleaseCallReq::default()
        });
        self.send_chore(Chore::Release(id), request, now);
    }

    /// RELEASE_CALL_CONF, or its failure, or no answer in time.
    pub(crate) fn call_released(&mut self, id: CallId, now: Now) {
        self.start_clocks(id, now);
        let done = self.calls.get_mut(&id).is_some_and(|call| {
            let unread = call.readers().is_empty();
            call.is_dead() && unread
        });
        if done {
            self.calls.remove(&id);
            self.reads.call_gone(id);
            self.rebuilds.forget(id);
        }
    }

    fn start_clocks(&mut self, id: CallId, now: Now) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let at = now.mono + LEAVE_AFTER;
        for leg in call.legs.iter_mut().filter(|leg| leg.listed) {
            leg.ending = match leg.ending {
                Ending::Leaving(None) => Ending::Leaving(Some(at)),
                Ending::Left(None) => Ending::Left(Some(at)),
                Ending::No | Ending::Undecided | Ending::Leaving(Some(_)) | Ending::Left(Some(_)) => continue,
            };
            self.departures.insert((at, id));
        }
    }

    /// Dialogs whose time is over leave the collections.
    pub(crate) fn depart(&mut self, now: Now) {
        while let Some((at, id)) = self.departures.first().copied().filter(|(at, _)| *at <= now.mono) {
            self.departures.remove(&(at, id));
            self.change_call(id, |call| {
                for leg in &mut call.legs {
                    if leg.ending.is_due(now.mono) {
                        leg.listed = false;
                    }
                }
                call.over |= call.released && call.is_dead();
            });
            self.settle_call(id, now);
        }
    }
}

impl Ending {
    /// The leg is to leave the collection by now.
    fn is_due(self, now: Duration) -> bool {
        match self {
            Self::Left(Some(until)) | Self::Leaving(Some(until)) => until <= now,
            Self::No | Self::Undecided | Self::Left(None) | Self::Leaving(None) => false,
        }
    }
}

/// Clears a leg: dropped, or in wrap-up, or dropped until the agent's state decides. No END_CALL comes for him if the
/// call goes on without him.
pub(crate) fn clear(leg: &mut Leg, standings: &Standings, goes_on: bool, now: WallMs) {
    leg.certain = true;
    if !leg.lives() {
        return;
    }
    let talked = matches!(leg.state, LegState::Active | LegState::Held);
    let rang = leg.state == LegState::Alerting;
    let standing = leg.party.agent.as_ref().and_then(|agent| standings.get(agent)).copied();
    match standing {
        Some(Standing::WrappingUp) if talked => return leg.set(LegState::WrapUp, Some(now)),
        Some(Standing::OnThisCall) if !rang && goes_on => leg.ending = Ending::Left(None),
        Some(Standing::OnThisCall) if !rang => leg.ending = Ending::Undecided,
        Some(_) | None if goes_on => leg.listed = false,
        Some(_) | None => leg.ending = Ending::Leaving(None),
    }
    leg.set(LegState::Dropped, Some(now));
}

enum Step {
    WrapUp,
    Leave,
    LeaveAtOnce,
    EndWrapUp,
}

/// What the agent's new state means for a leg of his; `None`: nothing.
fn step(leg: &Leg, state: UserState) -> Option<Step> {
    let working = matches!(state, UserState::Work | UserState::WorkReady);
    match (leg.state, leg.ending) {
        (LegState::WrapUp, _) => (!working).then_some(Step::EndWrapUp),
        (LegState::Dropped, Ending::Undecided | Ending::Left(_) | Ending::Leaving(_)) if working => {
            Some(Step::WrapUp)
        }
        (LegState::Dropped, Ending::Left(_)) if !on_calls(state) => Some(Step::LeaveAtOnce),
        (LegState::Dropped, Ending::Undecided) if !on_calls(state) => Some(Step::Leave),
        _ => None,
    }
}

impl Step {
    fn take(self, leg: &mut Leg, now: WallMs) {
        match self {
            Self::WrapUp => {
                leg.ending = Ending::No;
                leg.set(LegState::WrapUp, Some(now));
            }
            Self::Leave => leg.ending = Ending::Leaving(None),
            Self::LeaveAtOnce => leg.listed = false,
            Self::EndWrapUp => {
                leg.set(LegState::Dropped, Some(now));
                leg.listed = false;
            }
        }
    }
}

/// Nobody wraps up, and nobody's wrap-up is still open.
fn has_no_reader_but_leaving(call: &Call) -> bool {
    call.legs.iter().filter(|leg| leg.listed).all(|leg| matches!(leg.ending, Ending::Leaving(_)))
}

/// The connection of an agent: his, by which the data is released.
fn own_connection(call: &Call) -> Option<CallRef> {
    let leg = call.legs.iter().find(|leg| leg.party.agent.is_some())?;
    Some(leg.party.connection.clone())
}
