//! Driving the sessions: bytes in, OPEN_REQ decided, requests passed on, bytes out, the end of a connection.

use std::time::Duration;

use ged188::session::server::{Accept, ClientInfo, CloseCause, ServerOutput};
use ged188::{
    AgentState, Message, MultilineAgentControl, OpenConf, OpenConfPeripheralsItem, OpenReq, PeripheralType,
    StatusCode,
};

use failover::cti::Side;

use crate::client::{Client, is_heartbeat_conf};
use crate::pair::{ConnId, CtiPair};
use crate::side::{Role, letter};

impl CtiPair {
    /// A connection that a side accepts.
    pub(crate) fn admit(&mut self, side: Side, conn: ConnId, now: Duration) {
        let active = self.side(side).is_some_and(|server| server.role == Role::Active);
        let accept = if active { Accept::Active } else { Accept::Standby };
        let peripheral = self.switch.config().peripheral_id;
        let client = Client::new(conn, side, &self.versions, peripheral, accept, now);
        self.clients.insert(conn, client);
    }

    /// Bytes of a client.
    pub(crate) fn receive(&mut self, conn: ConnId, bytes: &[u8], now: Duration) {
        let Some(client) = self.clients.get_mut(&conn) else { return };
        let Some(server) = self.sides.get_mut(&client.side) else { return };
        if server.hung {
            client.leave_unread(bytes);
            return;
        }
        let seen = client.tally(bytes);
        server.counters.opens += seen.opens;
        server.counters.heartbeats += seen.heartbeats;
        client.session.set_answering_heartbeats(!server.mute);
        client.session.handle_bytes(bytes, now);
        self.unsent.insert(conn);
        self.drain_sessions(now);
    }

    /// Sends a message, if the session wants it, and says whether it did. A hung side keeps it.
    pub(crate) fn send(&mut self, conn: ConnId, message: Message) -> bool {
        let Some(client) = self.clients.get_mut(&conn) else { return false };
        let side = client.side;
        if self.sides.get(&side).is_some_and(|server| server.hung) {
            client.miss(message);
            return false;
        }
        self.unsent.insert(conn);
        let sent = client.session.send(&message);
        self.count(side, |counters| counters.unsendable += u64::from(sent.is_err()));
        sent.unwrap_or(false)
    }

    /// Ends a session with FAILURE_EVENT.
    pub(crate) fn dismiss(&mut self, conn: ConnId, status: StatusCode, why: String) {
        if let Some(client) = self.clients.get_mut(&conn) {
            client.session.fail(status);
        }
        while let Some(output) = self.poll_session(conn) {
            if let ServerOutput::Send(bytes) = output {
                self.pass_on(conn, bytes);
            }
        }
        self.close(conn, why);
    }

    /// Brings what sessions have to say into the outputs.
    pub(crate) fn drain_sessions(&mut self, now: Duration) {
        while let Some(conn) = self.unsent.pop_first() {
            self.drain_session(conn, now);
        }
    }

    /// Idle time-outs.
    pub(crate) fn time_sessions(&mut self, now: Duration) {
        let late = |client: &&mut Client| client.poll_timeout().is_some_and(|at| at <= now);
        let sides = &self.sides;
        let awake = |client: &&mut Client| sides.get(&client.side).is_some_and(|server| !server.hung);
        let due: Vec<ConnId> =
            self.clients.values_mut().filter(late).filter(awake).map(|client| client.conn).collect();
        for conn in due {
            if let Some(client) = self.clients.get_mut(&conn) {
                client.session.handle_timeout(now);
            }
            self.unsent.insert(conn);
        }
    }

    /// Does what a session wants, until it wants nothing more.
    fn drain_session(&mut self, conn: ConnId, now: Duration) {
        while let Some(output) = self.poll_session(conn) {
            match output {
                ServerOutput::Send(bytes) => self.pass_on(conn, bytes),
                ServerOutput::OpenRequested(request) => self.decide(conn, &request, now),
                ServerOutput::Refused(status) => self.note_refused(conn, status, now),
                ServerOutput::Opened(info) => self.note_opened(conn, info, now),
                ServerOutput::Request(request) => self.serve(conn, &request, now),
                ServerOutput::Close { cause } => self.end_session(conn, &cause, now),
            }
        }
    }

    fn poll_session(&mut self, conn: ConnId) -> Option<ServerOutput> {
        self.clients.get_mut(&conn)?.session.poll_output()
    }

    fn pass_on(&mut self, conn: ConnId, bytes: Vec<u8>) {
        if is_heartbeat_conf(&bytes)
            && let Some(side) = self.clients.get(&conn).map(|client| client.side)
        {
            self.count(side, |counters| counters.heartbeats_answered += 1);
        }
        self.send_bytes(conn, bytes);
    }

    /// Answers a valid OPEN_REQ.
    fn decide(&mut self, conn: ConnId, request: &OpenReq, now: Duration) {
        let Some(side) = self.clients.get(&conn).map(|client| client.side) else { return };
        let refusal = self.side(side).and_then(|server| match (server.refuse, server.role) {
            (Some(status), _) => Some(StatusCode(status)),
            (None, Role::Standby | Role::Down) => Some(StatusCode::CTI_SERVER_OFFLINE),
            (None, Role::Active) => None,
        });
        let conf = self.open_conf(request, now);
        let Some(client) = self.clients.get_mut(&conn) else { return };
        match refusal {
            Some(status) => client.session.refuse(status, now),
            None => {
                client.feed.own_device = own_device(request);
                if client.session.accept(conf, now).is_err() {
                    client.session.refuse(StatusCode::UNSPECIFIED_FAILURE, now);
                }
            }
        }
    }

    fn open_conf(&self, request: &OpenReq, now: Duration) -> OpenConf {
        let agent =
            self.switch.find_agent(&request.agent_id, &request.agent_extension, &request.agent_instrument, 0);
        let agent = agent.filter(|_| !own_device(request).is_empty());
        let extension = agent.and_then(|agent| agent.extension.clone()).unwrap_or_default();
        OpenConf {
            pg_status: self.pg_status(),
            icm_central_controller_time: self.central_time(now),
            peripheral_online: self.switch.online(),
            peripheral_type: PeripheralType::ENTERPRISE_AGENT,
            agent_state: agent.map_or(AgentState::LOGIN, |agent| agent.state.code()),
            agent_extension: extension.clone(),
            agent_id: agent.map(|agent| agent.config.id.clone()).unwrap_or_default(),
            agent_instrument: extension,
            peripherals: vec![OpenConfPeripheralsItem {
                flt_peripheral_id: Some(self.switch.config().peripheral_id),
                multiline_agent_control: Some(MultilineAgentControl::SINGLE_LINE),
            }],
            ..OpenConf::default()
        }
    }

    fn note_refused(&mut self, conn: ConnId, status: StatusCode, now: Duration) {
        let Some(side) = self.clients.get(&conn).map(|client| client.side) else { return };
        self.count(side, |counters| counters.opens_refused += 1);
        self.tell_story("client", format!("CTI server {} refuses a session: {status}", letter(side)), now);
    }

    fn note_opened(&mut self, conn: ConnId, info: ClientInfo, now: Duration) {
        let Some(client) = self.clients.get_mut(&conn) else { return };
        let (side, id, version) = (client.side, info.client_id.clone(), info.version);
        client.opened(info);
        self.tell_story(
            "client",
            format!("client {id} opens a session with CTI server {}, version {version}", letter(side)),
            now,
        );
        self.replace_older(conn, side, &id);
        self.welcome(conn, now);
    }

    /// The same client again: its older session of this side ends (ged188.md section 4.1).
    fn replace_older(&mut self, conn: ConnId, side: Side, id: &str) {
        let older = |client: &&Client| client.conn != conn && client.side == side && client.id() == id;
        let own = self.clients.get(&conn).map(|client| client.feed.own_device.clone()).unwrap_or_default();
        let same = |client: &&Client| client.feed.own_device == own;
        let older: Vec<ConnId> =
            self.clients.values().filter(older).filter(same).map(|client| client.conn).collect();
        for conn in older {
            self.dismiss(conn, StatusCode::NEW_SESSION_OPENED, format!("client {id} opened a newer session"));
        }
    }

    fn end_session(&mut self, conn: ConnId, cause: &CloseCause, now: Duration) {
        let Some(side) = self.clients.get(&conn).map(|client| client.side) else { return };
        let why = match cause {
            CloseCause::ClientClosed(status) => format!("it closed the session ({status})"),
            CloseCause::Ended(status) => format!("the session was ended ({status})"),
            CloseCause::IdleTimeout => "nothing came for its idle time-out".to_owned(),
            CloseCause::NeverOpened => "it opened no session".to_owned(),
            CloseCause::Broken(error) => {
                self.count(side, |counters| counters.protocol_errors += 1);
                format!("it broke the protocol: {error}")
            }
        };
        self.lose_client(conn, &why, now);
        self.close(conn, why);
    }
}

/// The phone of a session for one agent.
fn own_device(request: &OpenReq) -> String {
    let names = [&request.agent_instrument, &request.agent_extension];
    names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default()
}
