//! The switch's truth in the words of REST, so that it can be held against what a desktop shows
//! (mapping.md sections 2.2 and 3.2).

use switch::{CallTruth, PartyTruth};

/// What the switch knows about one agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// User state.
    pub state: String,
    /// Reason code of the state; 0 if it has none.
    pub reason: u16,
    /// The phone; the usual one of an agent who is signed out.
    pub extension: String,
    /// Calls at the agent's phone, the oldest first.
    pub legs: Vec<LegTruth>,
}

/// One call at an agent's phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegTruth {
    /// The call.
    pub call: u32,
    /// Participant state of the agent's leg.
    pub state: String,
    /// Everybody on the call: address and participant state, in the order of the addresses.
    pub parties: Vec<(String, String)>,
}

impl Truth {
    /// `usual` is the phone of an agent who is signed out. `None` if there is no such agent.
    pub fn of(switch: &switch::Truth, agent: &str, usual: &str) -> Option<Self> {
        let agent = switch.agents.iter().find(|known| known.id == agent)?;
        let extension = if agent.extension.is_empty() { usual } else { &agent.extension };
        let legs = switch.calls.iter().filter_map(|call| leg_at(call, extension)).collect();
        let state = user(agent.state).into();
        Some(Self { state, reason: agent.reason, extension: extension.into(), legs })
    }
}

fn leg_at(call: &CallTruth, extension: &str) -> Option<LegTruth> {
    let party = call.parties.iter().find(|party| party.device == extension)?;
    Some(LegTruth { call: call.id, state: participant(call, party).into(), parties: parties(call) })
}

fn parties(call: &CallTruth) -> Vec<(String, String)> {
    let party = |party: &PartyTruth| (party.device.clone(), participant(call, party).to_owned());
    let mut parties: Vec<_> = call.parties.iter().map(party).collect();
    parties.sort();
    parties
}

/// User state of an AgentState by its name in the CTI documents; the others have the same name.
pub fn user(agent_state: &str) -> &str {
    match agent_state {
        "AVAILABLE" => "READY",
        "WORK_NOT_READY" => "WORK",
        same => same,
    }
}

/// Participant state of a connection by its name in the CTI documents; ALERTING has the same name.
pub fn participant(call: &CallTruth, party: &PartyTruth) -> &'static str {
    match party.state {
        "INITIATE" => "INITIATING",
        "CONNECT" if party.caller && call.stage != "UP" => "INITIATED",
        "CONNECT" => "ACTIVE",
        "HOLD" => "HELD",
        "FAIL" => "FAILED",
        same => same,
    }
}
