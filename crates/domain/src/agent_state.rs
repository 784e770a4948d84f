//! AGENT_STATE_EVENT to User (mapping.md section 2). The state of skill groups never counts.

use ged188::{AgentState, AgentStateEvent, CallDirection};

use crate::agents::{Status, reason_category};
use crate::domain::Domain;
use crate::ids::{AgentId, Now, WallMs};
use crate::view::{PendingState, UserState};

/// The voice media routing domain.
pub(crate) const VOICE: i32 = 1;
/// Durations are whole seconds, and their rounding and the way of the message take time.
pub(crate) const TOLERANCE_MS: i64 = 2_000;

/// What a message tells of an agent's state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) state: AgentState,
    /// EventReasonCode, where the message has one.
    pub(crate) reason: Option<u16>,
    pub(crate) extension: String,
    pub(crate) instrument: String,
    /// Seconds in the state.
    pub(crate) duration: Option<u32>,
    pub(crate) next: Option<AgentState>,
    pub(crate) direction: Option<CallDirection>,
    /// The message is sent when the state changes, so without a duration the change is now.
    pub(crate) is_news: bool,
}

impl From<&AgentStateEvent> for Report {
    fn from(event: &AgentStateEvent) -> Self {
        Self {
            state: event.agent_state,
            reason: Some(event.event_reason_code),
            extension: event.agent_extension.clone(),
            instrument: event.agent_instrument.clone(),
            duration: event.duration,
            next: event.next_agent_state,
            direction: event.direction,
            is_news: true,
        }
    }
}

impl Domain {
    /// One AGENT_STATE_EVENT.
    pub(crate) fn agent_state_event(&mut self, event: &AgentStateEvent, now: Now) {
        if event.mrd_id != VOICE {
            self.counters.other_media += 1;
            return;
        }
        let Some(id) = self.agent_named(event) else {
            self.counters.unnamed_agents += 1;
            return;
        };
        self.agent_reported(&id, &Report::from(event), now);
    }

    /// AgentID, or else the agent signed in at AgentExtension.
    fn agent_named(&mut self, event: &AgentStateEvent) -> Option<AgentId> {
        if event.agent_id.is_empty() {
            return self.devices.get(&event.agent_extension).cloned();
        }
        let id = AgentId::new(&event.agent_id);
        self.admit(&id).then_some(id)
    }

    /// Applies a report to the agent, live or while reading.
    pub(crate) fn agent_reported(&mut self, id: &AgentId, report: &Report, now: Now) {
        let campaign = self.campaign_hint(id, report);
        let Some(before) = self.status_before(id) else { return };
        match meaning(report.state, campaign, before.state) {
            Meaning::State(state) => {
                let live = self.phase.is_live();
                let status = next_status(&before, report, state, now.wall, live);
                self.set_status(id, status, now);
                self.told(id, report);
                self.judge_mobile_sign_in(id, report, now);
            }
            Meaning::Wait => {}
            Meaning::Odd => self.counters.odd_agent_states += 1,
        }
    }

    /// Whether the agent is reserved for a campaign call (mapping.md section 2.2, rows of state 8).
    fn campaign_hint(&self, id: &AgentId, report: &Report) -> Campaign {
        let mut types = self.works_on(id).map(|(call, _)| call.call_type);
        let dialer = matches!(
            report.direction,
            Some(CallDirection::OUTBOUND_RESERVE | CallDirection::OUTBOUND_PREDICTIVE)
        );
        if report.direction == Some(CallDirection::OUTBOUND_PREVIEW) || self.decides(id) {
            Campaign::Preview
        } else if dialer || types.any(|kind| matches!(kind, 18 | 29)) {
            Campaign::Dialer
        } else {
            Campaign::None
        }
    }

    /// The one place where a status is replaced: devices, collections, wrap-up and reading follow from it.
    pub(crate) fn set_status(&mut self, id: &AgentId, status: Status, now: Now) {
        let Some(agent) = self.agents.get(id) else { return };
        let before = agent.status.clone();
        let moved = before.extension != status.extension || before.instrument != status.instrument;
        if moved || before.state.signed_in() != status.state.signed_in() {
            self.move_device(id, &before, &status);
        }
        let (state, signed_in) = (status.state, status.state.signed_in());
        let mobile = self.mobile_as(id, before.state, state);
        self.change_agent(id, |agent| (agent.status, agent.mobile) = (status, mobile));
        if state == UserState::Logout {
            self.change_agent_quietly(id, |agent| agent.desk_asked = false);
            self.empty_collection(id);
        } else {
            self.wrap_up_by_state(id, state, now);
        }
        if on_calls(before.state) && !on_calls(state) {
            self.left_calls(id, now);
        }
        if signed_in && (!before.state.signed_in() || moved) {
            self.signed_in(id, now);
        }
        self.own_loss_told(id, &before, now);
    }

    /// Keeps the way from a device to its agent.
    fn move_device(&mut self, id: &AgentId, before: &Status, after: &Status) {
        for device in [&before.extension, &before.instrument] {
            self.devices.release(device, id);
        }
        let devices = [&after.extension, &after.instrument].into_iter().filter(|device| !device.is_empty());
        for device in devices.filter(|_| after.state.signed_in()) {
            self.devices.claim(device, id);
        }
    }

    /// An agent came: his settings and the calls already on his phone (mapping.md section 1.2, steps 5 and 6).
    fn signed_in(&mut self, id: &AgentId, now: Now) {
        if self.phase.is_live() {
            self.ask_desk_settings(id, now);
            self.read_device(id);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Campaign {
    None,
    Dialer,
    Preview,
}

enum Meaning {
    State(UserState),
    /// LOGIN: the next event tells the state.
    Wait,
    /// Means nothing for a voice agent; counted.
    Odd,
}

/// mapping.md section 2.2.
fn meaning(state: AgentState, campaign: Campaign, known: UserState) -> Meaning {
    Meaning::State(match state {
        AgentState::LOGIN => return Meaning::Wait,
        AgentState::LOGOUT => UserState::Logout,
        AgentState::NOT_READY => UserState::NotReady,
        AgentState::AVAILABLE => UserState::Ready,
        AgentState::TALKING => UserState::Talking,
        AgentState::WORK_NOT_READY => UserState::Work,
        AgentState::WORK_READY => UserState::WorkReady,
        AgentState::BUSY_OTHER => known,
        AgentState::RESERVED => match campaign {
            Campaign::None => UserState::Reserved,
            Campaign::Dialer => UserState::ReservedOutbound,
            Campaign::Preview => UserState::ReservedOutboundPreview,
        },
        AgentState::UNKNOWN => UserState::Unknown,
        AgentState::HOLD => UserState::Hold,
        _ => return Meaning::Odd,
    })
}

/// The status after a report. What the report leaves out is kept only where state and duration prove that nothing
/// has changed (`live`: every change is seen, so the same state is the same state).
pub(crate) fn next_status(
    before: &Status,
    report: &Report,
    state: UserState,
    wall: WallMs,
    live: bool,
) -> Status {
    let told = report.duration.map(|seconds| WallMs(wall.0 - i64::from(seconds) * 1_000));
    let same_reason =
        reason_category(state).is_none() || report.reason.is_none() || report.reason == before.reason;
    let same = before.state == state && same_reason && agrees(before.since, told);
    let changed_at = told.or(report.is_news.then_some(wall));
    let mut status = Status {
        state,
        extension: told_or_kept(&report.extension, &before.extension),
        instrument: told_or_kept(&report.instrument, &before.instrument),
        since: if same { before.since } else { changed_at },
        pending: if live { before.pending } else { None },
        reason: report.reason.or(if same { before.reason } else { None }),
        before_call: before_call(before, state),
    };
    if status.instrument.is_empty() || (report.instrument.is_empty() && status.extension != before.extension)
    {
        status.instrument.clone_from(&status.extension);
    }
    if state == UserState::Logout {
        status.extension.clear();
    }
    status.pending = pending(&status, before.state, report.next);
    status
}

fn agrees(known: Option<WallMs>, told: Option<WallMs>) -> bool {
    match (known, told) {
        (_, None) => true,
        (Some(known), Some(told)) => (known.0 - told.0).abs() <= TOLERANCE_MS,
        (None, Some(_)) => false,
    }
}

fn told_or_kept(told: &str, kept: &str) -> String {
    if told.is_empty() { kept.to_owned() } else { told.to_owned() }
}

/// TALKING and HOLD are one stretch: moving between them keeps what waits for its end.
pub(crate) fn on_calls(state: UserState) -> bool {
    matches!(state, UserState::Talking | UserState::Hold)
}

fn before_call(before: &Status, state: UserState) -> Option<UserState> {
    match (on_calls(before.state), on_calls(state)) {
        (true, true) => before.before_call,
        (_, false) => None,
        (false, true) => match before.state {
            UserState::Reserved | UserState::ReservedOutbound | UserState::ReservedOutboundPreview => {
                Some(UserState::Ready)
            }
            UserState::Unknown => before.before_call,
            other => Some(other),
        },
    }
}

/// mapping.md section 2.3: cleared at the next change of state other than TALKING to HOLD and back; NextAgentState
/// is ignored when it equals the state held before the call.
fn pending(status: &Status, before: UserState, next: Option<AgentState>) -> Option<PendingState> {
    let kept = before == status.state || (on_calls(before) && on_calls(status.state));
    if !on_calls(status.state) {
        return status.pending.filter(|_| kept);
    }
    let next = next.and_then(|next| match next {
        AgentState::LOGOUT => Some((PendingState::Logout, UserState::Logout)),
        AgentState::NOT_READY => Some((PendingState::NotReady, UserState::NotReady)),
        AgentState::AVAILABLE => Some((PendingState::Ready, UserState::Ready)),
        _ => None,
    });
    match next {
        Some((pending, state)) if status.before_call != Some(state) => Some(pending),
        // What was shown of his own request stays, and another one is not what follows.
        Some((pending, _)) => status.pending.filter(|shown| kept && *shown == pending),
        None => status.pending.filter(|_| kept),
    }
}
