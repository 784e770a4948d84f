//! The truth as plain values: for the lab page, and for whoever checks a desktop against it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::agents::Agent;
use crate::call::{Call, Party, Place};
use crate::command::{OnClientLoss, WrongNews};
use crate::dialer::Record;
use crate::journal::millis;
use crate::mobile::Mobile;
use crate::side::{Role, SideCounters};
use crate::switch::Switch;

/// Everything that is true at the other side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// When this was true, in milliseconds since the start of the pair's clock.
    pub at_ms: u64,
    /// All agents by AgentID.
    pub agents: Vec<AgentTruth>,
    /// All calls that somebody is on, by ConnectionCallID.
    pub calls: Vec<CallTruth>,
    /// Calls that wait, by SkillGroupNumber.
    pub waiting: BTreeMap<u32, Vec<u32>>,
    /// The campaign dialer's books, by the customer's number.
    pub campaign: BTreeMap<String, Record>,
    /// Whether the CTI servers have the switch.
    pub peripheral_online: bool,
    /// Whether the central controller is there.
    pub central_controller_online: bool,
    /// Both CTI server sides.
    pub sides: Vec<SideTruth>,
    /// CTI sessions.
    pub clients: Vec<ClientTruth>,
    /// How late answers to requests come, in milliseconds.
    pub answer_delay_ms: u64,
    /// Whether answers come after the events that the requests cause.
    pub answers_after_events: bool,
    /// What a living CTI server does to the agents of a client that is gone.
    pub on_client_loss: OnClientLoss,
    /// How CTI clients are told wrong news of conferences.
    pub wrong_conferences: Option<WrongNews>,
    /// Messages about conferences that were told wrong since the start.
    pub wrong_conferences_told: u64,
    /// Callers in a minute; 0 while the autopilot is off.
    pub autopilot_calls_per_minute: u32,
    /// Of 100 calls that the autopilot's phones answer, how many they ask a colleague about or give away.
    pub autopilot_joined_percent: u8,
}

/// One agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgentTruth {
    /// AgentID.
    pub id: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// TeamID.
    pub team: Option<u32>,
    /// ACD state, such as `NOT_READY`.
    pub state: &'static str,
    /// AgentState on the wire.
    pub state_code: u16,
    /// EventReasonCode.
    pub reason: u16,
    /// Since when, in milliseconds since the start of the pair's clock.
    pub since_ms: u64,
    /// The phone; empty while signed out.
    pub extension: String,
    /// NextAgentState: what was asked for and happens after the call.
    pub pending_code: Option<u16>,
    /// How the agent's calls reach a phone outside.
    pub mobile: Option<Mobile>,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallTruth {
    /// ConnectionCallID.
    pub id: u32,
    /// CallType on the wire.
    pub call_type: u16,
    /// Caller's number.
    pub from: String,
    /// Dialed number.
    pub to: String,
    /// Extension of the controller, while the call is a conference and the controller is on it.
    pub controller: Option<String>,
    /// ConnectionCallID of the call that this one is a consultation about.
    pub consult_about: Option<u32>,
    /// ConnectionCallID of the call to which a supervisor listens by this one.
    pub listens_to: Option<u32>,
    /// Where the call stands, such as `RINGING`.
    pub stage: &'static str,
    /// Whether CTI clients know of it.
    pub told: bool,
    /// Everybody on it, in the order of joining.
    pub parties: Vec<PartyTruth>,
    /// CallVariable1 to CallVariable10.
    pub variables: Vec<String>,
    /// Expanded call context; array elements as `name[index]`.
    pub ecc: BTreeMap<String, String>,
    /// CallWrapupData.
    pub wrap_up_data: String,
    /// SkillGroupNumber that it was routed to.
    pub skill_group: Option<u32>,
    /// When it began, in milliseconds since the start of the pair's clock.
    pub since_ms: u64,
}

/// One connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyTruth {
    /// Extension or outside number.
    pub device: String,
    /// Whether it is a phone of the switch.
    pub inside: bool,
    /// Whether this party placed the call.
    pub caller: bool,
    /// Connection state, such as `ALERTING`.
    pub state: &'static str,
    /// LocalConnectionState on the wire.
    pub state_code: u16,
    /// Since when, in milliseconds since the start of the pair's clock.
    pub since_ms: u64,
}

/// One CTI server side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideTruth {
    /// `A` or `B`.
    pub side: &'static str,
    /// Active, standby or down.
    pub role: Role,
    /// Accepts bytes and answers nothing.
    pub hung: bool,
    /// Answers no heartbeats.
    pub mute: bool,
    /// Status with which OPEN_REQ is refused.
    pub refuses: Option<u32>,
    /// Sends its clients bytes without end.
    pub streams: bool,
    /// What was counted.
    pub counters: SideCounters,
}

/// One CTI session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClientTruth {
    /// The connection.
    pub conn: u64,
    /// `A` or `B`.
    pub side: &'static str,
    /// ClientID; empty before OPEN_REQ.
    pub client_id: String,
    /// ClientSignature.
    pub signature: String,
    /// Version of the session; `None` before OPEN_CONF.
    pub version: Option<u32>,
    /// Agents whom this client signed in or controlled.
    pub agents: Vec<String>,
}

impl Switch {
    pub(crate) fn agents_truth(&self) -> Vec<AgentTruth> {
        self.agents().map(agent_truth).collect()
    }
    pub(crate) fn calls_truth(&self) -> Vec<CallTruth> {
        self.calls().iter().filter(|call| call.live()).map(|call| self.call_truth(call)).collect()
    }
    pub(crate) fn waiting_truth(&self) -> BTreeMap<u32, Vec<u32>> {
        let groups = self.config().skill_groups.iter().map(|group| group.number);
        groups.map(|group| (group, self.waiting(group).collect())).collect()
    }

    fn call_truth(&self, call: &Call) -> CallTruth {
        CallTruth {
            id: call.id,
            call_type: call.kind.0,
            from: call.from.clone(),
            to: call.to.clone(),
            controller: call.controller.clone(),
            consult_about: self.consulted_about(call).map(|consult| consult.about),
            listens_to: call.monitor.as_ref().map(|monitor| monitor.about),
            stage: call.stage_name(),
            told: call.told,
            parties: call.parties.iter().map(party_truth).collect(),
            variables: call.variables.to_vec(),
            ecc: call.ecc(),
            wrap_up_data: call.wrap_up_data.clone(),
            skill_group: call.skill_group,
            since_ms: millis(call.since),
        }
    }
}

fn agent_truth(agent: &Agent) -> AgentTruth {
    AgentTruth {
        id: agent.config.id.clone(),
        first_name: agent.config.first_name.clone(),
        last_name: agent.config.last_name.clone(),
        team: agent.config.team,
        state: agent.state.name(),
        state_code: agent.state.code().0,
        reason: agent.state.reason(),
        since_ms: millis(agent.since),
        extension: agent.extension.clone().unwrap_or_default(),
        pending_code: agent.next_state().map(|next| next.0),
        mobile: agent.mobile.clone(),
    }
}

fn party_truth(party: &Party) -> PartyTruth {
    PartyTruth {
        device: party.device.clone(),
        inside: party.place == Place::Inside,
        caller: party.caller,
        state: party.leg.name(),
        state_code: party.leg.state().0,
        since_ms: millis(party.since),
    }
}
