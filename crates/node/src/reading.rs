//! What the reader's items mean in CTI messages, and where their answers go.

use domain::{AgentId, CallRef, Domain, Now};
use ged188::{
    ControlFailureCode, DeviceIdType, Message, QueryAgentStateReq, SnapshotCallReq, SnapshotDeviceReq,
    StatusCode,
};

use crate::recovery::{Item, ReadId, Reader};

/// The voice media routing domain.
const VOICE: i32 = 1;

/// The request for an item.
pub(crate) fn request(item: &Item, peripheral_id: u32) -> Message {
    match item {
        Item::Agent(agent) => Message::QueryAgentStateReq(QueryAgentStateReq {
            peripheral_id,
            mrd_id: VOICE,
            agent_id: agent.to_string(),
            ..Default::default()
        }),
        Item::Device(_, instrument) => Message::SnapshotDeviceReq(SnapshotDeviceReq {
            peripheral_id,
            snapshot_device_type: DeviceIdType::AGENT_DEVICE,
            agent_instrument: instrument.clone(),
            ..Default::default()
        }),
        Item::Call(call) => Message::SnapshotCallReq(SnapshotCallReq {
            peripheral_id,
            connection_call_id: call.id.0,
            connection_device_id_type: call.device_type,
            connection_device_id: call.device.clone(),
            ..Default::default()
        }),
        Item::Look(look) => look.request(peripheral_id),
    }
}

/// All that must be read after a loss: agents whom nothing has told of, and the devices of those signed in.
pub(crate) fn everything(reader: &mut Reader, domain: &Domain) {
    for (agent, instrument) in domain.devices_to_read() {
        reader.add(Item::Device(agent, instrument));
    }
    for agent in domain.agents_to_query() {
        reader.add(Item::Agent(agent));
    }
}

/// What will have to be read in any case.
pub(crate) fn expected(reader: &mut Reader, domain: &Domain) {
    domain.agents_expected().into_iter().for_each(|agent| reader.add(Item::Agent(agent)));
}

/// An answer to one of the reader's requests.
pub(crate) fn answered(reader: &mut Reader, domain: &mut Domain, id: ReadId, answer: &Message, now: Now) {
    if overloaded(answer) {
        return reader.overloaded(id);
    }
    let Some(item) = reader.answered(id) else { return };
    match item {
        Item::Agent(agent) => agent_answered(reader, domain, &agent, answer, now),
        Item::Device(agent, _) => device_answered(reader, domain, &agent, answer, now),
        Item::Call(call) => call_answered(domain, &call, answer, now),
        Item::Look(look) => domain.looked(&look, Some(answer), now),
    }
}

fn agent_answered(reader: &mut Reader, domain: &mut Domain, agent: &AgentId, answer: &Message, now: Now) {
    let state = match answer {
        Message::QueryAgentStateConf(conf) => Ok(conf),
        other => Err(failure(other)),
    };
    if let Some(instrument) = domain.apply_agent_state(agent, state, now) {
        reader.add_first(Item::Device(agent.clone(), instrument));
    }
}

fn device_answered(reader: &mut Reader, domain: &mut Domain, agent: &AgentId, answer: &Message, now: Now) {
    let calls = match answer {
        Message::SnapshotDeviceConf(conf) => Ok(conf),
        other => Err(failure(other)),
    };
    for call in domain.apply_device(agent, calls, now) {
        reader.add_first(Item::Call(call));
    }
}

fn call_answered(domain: &mut Domain, call: &CallRef, answer: &Message, now: Now) {
    let snapshot = match answer {
        Message::SnapshotCallConf(conf) => Ok(conf),
        other => Err(failure(other)),
    };
    domain.apply_call(call, snapshot, now);
}

/// In service, what did not answer twice leaves its object as it is. True if there was any.
pub(crate) fn abandon(domain: &mut Domain, items: &[Item], now: Now) -> bool {
    for item in items {
        match item {
            Item::Agent(agent) => drop(domain.apply_agent_state(agent, Err(StatusCode::TIMEOUT), now)),
            Item::Device(agent, _) => drop(domain.apply_device(agent, Err(StatusCode::TIMEOUT), now)),
            Item::Call(call) => domain.apply_call(call, Err(StatusCode::TIMEOUT), now),
            Item::Look(look) => domain.looked(look, None, now),
        }
    }
    !items.is_empty()
}

/// "Too many outstanding requests": the window was too wide.
fn overloaded(answer: &Message) -> bool {
    matches!(answer, Message::ControlFailureConf(conf)
        if conf.failure_code == ControlFailureCode::OUTSTANDING_REQUEST_LIMIT_EXCEEDED)
}

/// The status of a refusal; a refusal by the peripheral has no status of its own.
fn failure(answer: &Message) -> StatusCode {
    match answer {
        Message::FailureConf(conf) => conf.status,
        _ => StatusCode::UNSPECIFIED_FAILURE,
    }
}

/// For people: what did not answer.
pub(crate) fn names(items: &[Item]) -> String {
    let names: Vec<String> = items
        .iter()
        .take(5)
        .map(|item| match item {
            Item::Agent(agent) => format!("agent {agent}"),
            Item::Device(agent, instrument) => format!("device {instrument} of agent {agent}"),
            Item::Call(call) => format!("call {}", call.id.0),
            Item::Look(look) => format!("call {} once more", look.call().0),
        })
        .collect();
    match items.len().saturating_sub(names.len()) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
