//! Serving clients: requests to the switch, answers in the wanted order, events to whoever wants them.

use std::time::Duration;

use failover::cti::Side;
use ged188::{
    AgentState, ControlFailureConf, DeviceIdType, FailureConf, FailureEvent, ForcedFlag, Message, PgStatus,
    ServiceMask, SystemEvent, SystemEventId,
};

use crate::command::OnClientLoss;
use crate::desk::LOST_DESKTOP;
use crate::journal::{ForcedLogout, RequestSeen, millis};
use crate::pair::{ConnId, CtiPair};
use crate::refusal::Refusal;
use crate::side::letter;
use crate::switch::Event;

impl CtiPair {
    /// A request of an open session: carried out, answered once, and told to everybody.
    pub(crate) fn serve(&mut self, conn: ConnId, request: &Message, now: Duration) {
        let mut answer = self.answer(conn, request, now);
        self.note_request(conn, request, answer.is_ok(), now);
        if answer.is_ok() {
            self.note_holder(conn, request);
        }
        for message in answer.iter_mut().flatten() {
            self.conferences.distort_answer(request, message, &self.switch);
        }
        if self.answers.after_events {
            self.settle(now);
        }
        for message in reply(request, answer) {
            self.give_answer(conn, message, now);
        }
        self.settle(now);
        self.after_answer(conn, request);
    }

    /// What the server tells a client whose session has just opened (ged188.md section 4.1).
    pub(crate) fn welcome(&mut self, conn: ConnId, now: Duration) {
        let event = if self.switch.online() {
            SystemEventId::PERIPHERAL_ONLINE
        } else {
            SystemEventId::PERIPHERAL_OFFLINE
        };
        let system = self.system_event(event, now);
        let teams = self.switch.team_lists(now);
        let Some(client) = self.clients.get(&conn) else { return };
        if client.feed.services.contains(ServiceMask::ALL_EVENTS) {
            for message in std::iter::once(system).chain(teams) {
                self.send_event(conn, message);
            }
        }
    }

    /// Sends what the switch told to every client that wants it.
    pub(crate) fn publish(&mut self) {
        while let Some(event) = self.switch.poll_event() {
            if let Message::AgentStateEvent(state) = &event.message
                && state.agent_state == AgentState::LOGOUT
            {
                self.forget_held(&state.agent_id);
            }
            for event in self.conferences.tell(event, &self.switch) {
                self.publish_one(&event);
            }
        }
    }

    fn publish_one(&mut self, event: &Event) {
        let switch = &self.switch;
        let open = self.clients.values_mut().filter(|client| client.is_open());
        let copies: Vec<(ConnId, Vec<Message>)> =
            open.map(|client| (client.conn, client.feed.copies(event, switch))).collect();
        for (conn, messages) in copies {
            for message in messages {
                self.send_event(conn, message);
            }
        }
    }

    /// SYSTEM_EVENT to every all-events client.
    pub(crate) fn tell_system(&mut self, event: SystemEventId, now: Duration) {
        let message = self.system_event(event, now);
        let open = self.clients.values().filter(|client| client.is_open());
        let all: Vec<ConnId> = open
            .filter(|client| client.feed.services.contains(ServiceMask::ALL_EVENTS))
            .map(|client| client.conn)
            .collect();
        for conn in all {
            self.send_event(conn, message.clone());
        }
    }

    /// PGStatus of OPEN_CONF and SYSTEM_EVENT.
    pub(crate) fn pg_status(&self) -> PgStatus {
        let peripheral = if self.switch.online() { 0 } else { PgStatus::PERIPHERAL_OFFLINE.0 };
        let central = if self.central_online { 0 } else { PgStatus::CENTRAL_CONTROLLER_DOWN.0 };
        PgStatus(peripheral | central)
    }

    /// ICMCentralControllerTime.
    pub(crate) fn central_time(&self, now: Duration) -> u32 {
        let wall = self.wall_ms.saturating_add_unsigned(millis(now));
        u32::try_from(wall / 1000).unwrap_or(0)
    }

    /// A client is gone, in whatever way.
    pub(crate) fn lose_client(&mut self, conn: ConnId, why: &str, now: Duration) {
        let Some(client) = self.clients.remove(&conn) else { return };
        self.answers.forget(conn);
        if !client.is_open() {
            return;
        }
        let (side, id) = (client.side, client.id().to_owned());
        self.tell_story("client", format!("client {id} of CTI server {} is gone: {why}", letter(side)), now);
        match self.side(side) {
            Some(server) if server.serving() => self.load_client(&id, now),
            Some(server) if server.hung => self.lost_unseen.push((side, id)),
            Some(_) | None => {}
        }
    }

    /// A side that hung goes on where it stopped.
    pub(crate) fn catch_up(&mut self, side: Side, now: Duration) {
        // What was missed goes out to everybody before anybody's requests cause more.
        let mut backlogs = Vec::new();
        for conn in self.connections(side) {
            let Some(client) = self.clients.get_mut(&conn) else { continue };
            let Some((messages, backlog)) = client.take_missed() else {
                self.close(conn, "it was not read for too long".to_owned());
                continue;
            };
            for message in messages {
                self.send(conn, message);
            }
            backlogs.push((conn, backlog));
        }
        for (conn, backlog) in backlogs {
            self.receive(conn, &backlog, now);
        }
        let (lost, rest) = std::mem::take(&mut self.lost_unseen).into_iter().partition(|(at, _)| *at == side);
        self.lost_unseen = rest;
        let lost: Vec<(Side, String)> = lost;
        for (_, id) in lost {
            self.load_client(&id, now);
        }
    }

    /// Sends answers that were held back and are due.
    pub(crate) fn release_answers(&mut self, now: Duration) {
        while let Some((conn, answer)) = self.answers.pop(now) {
            self.send(conn, answer);
        }
    }

    fn give_answer(&mut self, conn: ConnId, mut message: Message, now: Duration) {
        if let Some(client) = self.clients.get(&conn) {
            client.feed.limit(&mut message);
        }
        if self.answers.delay.is_zero() {
            self.send(conn, message);
        } else {
            self.answers.hold(conn, message, now);
        }
    }

    fn send_event(&mut self, conn: ConnId, message: Message) {
        let Some(side) = self.clients.get(&conn).map(|client| client.side) else { return };
        let sent = self.send(conn, message);
        self.count(side, |counters| counters.events += u64::from(sent));
    }

    fn system_event(&self, event: SystemEventId, now: Duration) -> Message {
        Message::SystemEvent(SystemEvent {
            pg_status: self.pg_status(),
            icm_central_controller_time: self.central_time(now),
            system_event_id: event,
            system_event_arg1: self.switch.config().peripheral_id,
            event_device_type: DeviceIdType::NONE,
            ..SystemEvent::default()
        })
    }

    /// What a living CTI server does to the agents of a client that is gone (ged188.md section 11.1).
    fn load_client(&mut self, id: &str, now: Duration) {
        let elsewhere = self.clients.values().any(|client| client.is_open() && client.id() == id);
        if elsewhere || self.on_client_loss == OnClientLoss::Keep {
            return;
        }
        let agents = self.holders.remove(id).unwrap_or_default();
        let says = format!("{} agents of client {id}: {:?}", agents.len(), self.on_client_loss);
        self.tell_story("client", says, now);
        for agent in agents {
            self.switch.load_agent(&agent, now);
        }
    }

    fn note_request(&mut self, conn: ConnId, request: &Message, granted: bool, now: Duration) {
        let Some(client) = self.clients.get(&conn) else { return };
        let side = client.side;
        let name = request.name();
        let forced_logout = forced_logout(request, client.id());
        self.count(side, |counters| {
            *counters.requests.entry(name).or_default() += 1;
            counters.requests_refused += u64::from(!granted);
        });
        let invoke_id = request.invoke_id();
        let (at_ms, side) = (millis(now), letter(side));
        self.requests.add(RequestSeen { at_ms, side, conn: conn.0, name, invoke_id, granted, forced_logout });
    }

    /// Remembers whose agent it is: whoever signs in or controls.
    fn note_holder(&mut self, conn: ConnId, request: &Message) {
        let Some(client) = self.clients.get(&conn) else { return };
        let agent = match request {
            Message::SetAgentStateReq(r) => self.switch.find_agent(&r.agent_id, "", &r.agent_instrument, 0),
            Message::MakeCallReq(r) => self.switch.find_agent("", "", &r.agent_instrument, 0),
            Message::AnswerCallReq(r) => self.switch.find_agent("", "", &r.agent_instrument, 0),
            // Other requests of a client that controls an agent come with one of these.
            _ => None,
        };
        let Some(agent) = agent.filter(|agent| agent.signed_in()).map(|agent| agent.config.id.clone()) else {
            return;
        };
        let id = client.id().to_owned();
        self.make_room_for_holder(&id);
        self.holders.entry(id).or_default().insert(agent);
    }

    fn make_room_for_holder(&mut self, id: &str) {
        if self.holders.len() < HOLDERS_MAX || self.holders.contains_key(id) {
            return;
        }
        let connected = |held: &String| self.clients.values().any(|client| client.id() == held);
        let idle = self.holders.keys().find(|held| !connected(held)).cloned();
        if let Some(idle) = idle.or_else(|| self.holders.keys().next().cloned()) {
            self.holders.remove(&idle);
        }
    }

    fn forget_held(&mut self, agent: &str) {
        for agents in self.holders.values_mut() {
            agents.remove(agent);
        }
    }
}

fn forced_logout(request: &Message, client: &str) -> Option<ForcedLogout> {
    let Message::SetAgentStateReq(request) = request else { return None };
    let lost = request.agent_state == AgentState::LOGOUT
        && request.forced_flag == ForcedFlag::TRUE
        && request.event_reason_code == LOST_DESKTOP;
    lost.then(|| ForcedLogout { agent: request.agent_id.clone(), client: client.into() })
}

/// ClientIDs whose agents are remembered: sixteen clients are the protocol's limit (ged188.md section 2.4), each
/// of which may have come back under a few names.
const HOLDERS_MAX: usize = 64;

/// The messages that answer a request: one, but for the configuration download.
fn reply(request: &Message, answer: Result<Vec<Message>, Refusal>) -> Vec<Message> {
    let invoke_id = request.invoke_id().unwrap_or_else(|| raw_invoke_id(request));
    let mut messages = match answer {
        Ok(messages) => messages,
        // Configuration requests have no InvokeID and no negative answer of their own.
        Err(Refusal::Failure(status)) if !has_invoke_id(request) => {
            vec![Message::FailureEvent(FailureEvent { status })]
        }
        Err(Refusal::Failure(status)) => {
            vec![Message::FailureConf(FailureConf { status, ..FailureConf::default() })]
        }
        Err(Refusal::Control(failure_code, peripheral_error_code)) => {
            vec![Message::ControlFailureConf(ControlFailureConf {
                failure_code,
                peripheral_error_code,
                ..ControlFailureConf::default()
            })]
        }
    };
    for message in &mut messages {
        message.set_invoke_id(invoke_id);
    }
    messages
}

fn has_invoke_id(request: &Message) -> bool {
    request.invoke_id().is_some() || matches!(request, Message::Unknown(_))
}

/// Requests of unknown layout begin with their InvokeID like all others.
fn raw_invoke_id(request: &Message) -> u32 {
    match request {
        Message::Unknown(unknown) => {
            unknown.body.first_chunk::<4>().map_or(0, |bytes| u32::from_be_bytes(*bytes))
        }
        _ => 0,
    }
}
