//! The switch's truth in the words of REST, so that it can be held against what a desktop shows
//! (mapping.md sections 2.2 and 3.2).

use sim::rows::{LegTruth, Truth};
use sim::switch::{self, CallTruth, PartyTruth};

/// What the switch knows about an agent; `usual` is the phone of one who is signed out. `None` if there is no such
/// agent.
pub(crate) fn of(switch: &switch::Truth, agent: &str, usual: &str) -> Option<Truth> {
    let agent = switch.agents.iter().find(|known| known.id == agent)?;
    let extension = if agent.extension.is_empty() { usual } else { &agent.extension };
    let legs = switch.calls.iter().filter_map(|call| leg_at(call, extension)).collect();
    Some(Truth { state: user(agent.state).into(), extension: extension.into(), legs })
}

fn leg_at(call: &CallTruth, extension: &str) -> Option<LegTruth> {
    let party = call.parties.iter().find(|party| party.device == extension)?;
    Some(LegTruth {
        call: call.id,
        state: participant(call, party).into(),
        variables: call.variables.clone(),
    })
}

/// User state of an AgentState by its name in the CTI documents; the others have the same name.
pub(crate) fn user(agent_state: &str) -> &str {
    match agent_state {
        "AVAILABLE" => "READY",
        "WORK_NOT_READY" => "WORK",
        same => same,
    }
}

/// Participant state of a connection by its name in the CTI documents; ALERTING has the same name.
pub(crate) fn participant(call: &CallTruth, party: &PartyTruth) -> &'static str {
    match party.state {
        "INITIATE" => "INITIATING",
        "CONNECT" if party.caller && call.stage != "UP" => "INITIATED",
        "CONNECT" => "ACTIVE",
        "HOLD" => "HELD",
        "FAIL" => "FAILED",
        same => same,
    }
}
