//! The server's end of a session.
//!
//! It owns the rules: who may open, heartbeats, the idle timer, the masks that an event has to pass, how a session
//! ends. It never knows agents or calls: requests go to the owner, whose answers and events come back through
//! [`Server::send`]. One [`Server`] lives as long as one accepted connection.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Counters, ProtocolError, check, filter};
use crate::frame::{Frame, Framer};
use crate::hidden::Hidden;
use crate::{
    AgentStateMask, CallEventMask, CloseConf, CloseReq, ConfigMask, EncodeError, FailureConf, FailureEvent,
    HeartbeatConf, Message, NULL_ID, OpenConf, OpenReq, ServiceMask, Sketch, StatusCode, Version,
};

/// How long a connection may stay without a session: what a client is advised to wait for OPEN_CONF (ged188.md
/// section 4.1).
pub const OPEN_TIMEOUT: Duration = Duration::from_secs(30);

/// Bytes that may wait while the owner decides about OPEN_REQ: four of the largest messages.
const DECIDING_BYTES_MAX: usize = 4 * crate::frame::MESSAGE_BYTES_MAX;

/// What this server lets in.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerConfig {
    /// The versions spoken; any other is refused with status 1.
    pub versions: RangeInclusive<Version>,
    /// The peripherals that exist.
    pub peripherals: BTreeSet<u32>,
    /// Whether this side takes sessions at all.
    pub accept: Accept,
    /// The password wanted, `None` for any.
    pub client_password: Option<String>,
    /// The services that can be had. Others are left out of ServicesGranted, and SUPERVISOR is refused.
    pub services: ServiceMask,
}

/// As derived, but for the password.
impl fmt::Debug for ServerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerConfig")
            .field("versions", &self.versions)
            .field("peripherals", &self.peripherals)
            .field("accept", &self.accept)
            .field("client_password", &self.client_password.as_ref().map(Hidden))
            .field("services", &self.services)
            .finish()
    }
}

/// The role of this side at the moment of OPEN_REQ (ged188.md section 11.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accept {
    /// It serves clients.
    #[default]
    Active,
    /// It answers OPEN_REQ with status 15, CTI_SERVER_OFFLINE.
    Standby,
    /// It answers OPEN_REQ with status 92, SERVER_NOT_MASTER.
    NotMaster,
}

/// Whose session it is and what it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientInfo {
    /// The name of the client.
    pub client_id: String,
    /// The name that it shows to others.
    pub signature: String,
    /// The version of the session.
    pub version: Version,
    /// The services granted.
    pub services: ServiceMask,
    /// The call events wanted.
    pub call_mask: CallEventMask,
    /// The agent states wanted.
    pub agent_mask: AgentStateMask,
    /// The configuration kinds wanted.
    pub config_mask: ConfigMask,
    /// The peripheral, [`NULL_ID`] for all.
    pub peripheral_id: u32,
}

/// What the owner of the connection has to do or to know.
#[derive(Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "an output lives for one step; boxing would cost an allocation each"
)]
pub enum ServerOutput {
    /// Bytes for the client.
    Send(Vec<u8>),
    /// A valid OPEN_REQ: answer it with [`Server::accept`] or [`Server::refuse`]. Nothing that the client sent after
    /// it is looked at before.
    OpenRequested(OpenReq),
    /// OPEN_REQ was refused with this status; the client may ask again or close.
    Refused(StatusCode),
    /// The session is open.
    Opened(ClientInfo),
    /// A request, or an event of the client's that has no answer.
    Request(Message),
    /// Close the connection once what was sent is out.
    Close {
        /// Why.
        cause: CloseCause,
    },
}

/// As derived, but for the bytes.
impl fmt::Debug for ServerOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(bytes) => f.debug_tuple("Send").field(&Sketch(bytes)).finish(),
            Self::OpenRequested(request) => f.debug_tuple("OpenRequested").field(request).finish(),
            Self::Refused(status) => f.debug_tuple("Refused").field(status).finish(),
            Self::Opened(client) => f.debug_tuple("Opened").field(client).finish(),
            Self::Request(message) => f.debug_tuple("Request").field(message).finish(),
            Self::Close { cause } => f.debug_struct("Close").field("cause", cause).finish(),
        }
    }
}

/// Why a session, or a connection without one, ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseCause {
    /// The client said CLOSE_REQ with this status.
    ClientClosed(StatusCode),
    /// The owner ended it with this status.
    Ended(StatusCode),
    /// Nothing came for the client's IdleTimeout.
    IdleTimeout,
    /// No session was opened for [`OPEN_TIMEOUT`].
    NeverOpened,
    /// The client broke the protocol.
    Broken(ProtocolError),
}

/// What a deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerTimer {
    /// A session must be open by then.
    Open,
    /// Something must come by then.
    Idle,
}

/// ```text
/// Waiting ──valid OPEN_REQ──▶ Deciding ──accept──▶ Open ──CLOSE_REQ, idle, end──▶ Over
///    ▲  │ other: refused         │ refuse                                          ▲
///    └──┴────────────────────────┘            garbage leads there from anywhere ───┘
/// ```
#[derive(Clone, Debug)]
enum State {
    Waiting { until: Duration },
    Deciding { request: Box<OpenReq>, version: Version, until: Duration },
    Open { client: Box<ClientInfo>, idle: Option<Idle> },
    Over,
}

#[derive(Clone, Copy, Debug)]
struct Idle {
    timeout: Duration,
    until: Duration,
}

/// The server's end of one session.
#[derive(Clone, Debug)]
pub struct Server {
    config: ServerConfig,
    state: State,
    framer: Framer,
    answers_heartbeats: bool,
    counters: Counters,
    out: VecDeque<ServerOutput>,
}

impl Server {
    /// A server for a connection accepted at `now`.
    #[must_use]
    pub fn new(config: ServerConfig, now: Duration) -> Self {
        Self {
            config,
            state: State::Waiting { until: now + OPEN_TIMEOUT },
            framer: Framer::default(),
            answers_heartbeats: true,
            counters: Counters::default(),
            out: VecDeque::new(),
        }
    }

    /// Bytes from the client. After the end they are ignored.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Duration) {
        if matches!(self.state, State::Over) {
            return;
        }
        self.framer.push(bytes);
        self.work(now);
    }

    /// Ends what waited too long; harmless at any other time.
    pub fn handle_timeout(&mut self, now: Duration) {
        match self.poll_timeout() {
            Some((until, ServerTimer::Open)) if until <= now => self.end(CloseCause::NeverOpened),
            Some((until, ServerTimer::Idle)) if until <= now => self.end(CloseCause::IdleTimeout),
            Some(_) | None => {}
        }
    }

    /// When to call [`Server::handle_timeout`], and what for.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<(Duration, ServerTimer)> {
        match &self.state {
            State::Waiting { until } | State::Deciding { until, .. } => Some((*until, ServerTimer::Open)),
            State::Open { idle, .. } => idle.map(|idle| (idle.until, ServerTimer::Idle)),
            State::Over => None,
        }
    }

    /// What there is to do; drain it after every change.
    pub fn poll_output(&mut self) -> Option<ServerOutput> {
        self.out.pop_front()
    }

    /// Answers the OPEN_REQ of [`ServerOutput::OpenRequested`]. InvokeID and ServicesGranted are filled in; the rest
    /// is the owner's knowledge. Does nothing when no OPEN_REQ waits.
    ///
    /// # Errors
    /// See [`EncodeError`]; then the session is not open and the OPEN_REQ still waits.
    pub fn accept(&mut self, mut conf: OpenConf, now: Duration) -> Result<(), EncodeError> {
        let State::Deciding { request, version, .. } = &self.state else {
            return Ok(());
        };
        let client = client_info(request, *version, self.config.services);
        conf.invoke_id = request.invoke_id;
        conf.services_granted = client.services;
        let bytes = Message::from(conf).encode(client.version)?;
        let idle = idle(request.idle_timeout, now);
        self.out.push_back(ServerOutput::Send(bytes));
        self.out.push_back(ServerOutput::Opened(client.clone()));
        self.state = State::Open { client: Box::new(client), idle };
        self.work(now);
        Ok(())
    }

    /// Refuses the OPEN_REQ of [`ServerOutput::OpenRequested`]. Does nothing when no OPEN_REQ waits.
    pub fn refuse(&mut self, status: StatusCode, now: Duration) {
        let State::Deciding { request, until, .. } = &self.state else {
            return;
        };
        let (invoke_id, until) = (request.invoke_id, *until);
        self.state = State::Waiting { until };
        self.on_refused(invoke_id, status);
        self.work(now);
    }

    /// Sends an answer, or an event if the session asked for it, and says whether it was sent.
    ///
    /// # Errors
    /// See [`EncodeError`]; [`EncodeError::NotOpen`] when there is no session.
    pub fn send(&mut self, message: &Message) -> Result<bool, EncodeError> {
        let State::Open { client, .. } = &self.state else {
            return Err(EncodeError::NotOpen);
        };
        let wanted = filter::wants(client, message);
        if wanted {
            let bytes = message.encode(client.version)?;
            self.out.push_back(ServerOutput::Send(bytes));
        }
        Ok(wanted)
    }

    /// Tells the client by FAILURE_EVENT that the session is over (15 the side goes out of service, 11 the same
    /// client has come again) and ends it.
    pub fn fail(&mut self, status: StatusCode) {
        self.end_with(FailureEvent { status }, status);
    }

    /// Tells the client by CLOSE_REQ that the session is over and ends it. The answer is not waited for.
    pub fn close(&mut self, status: StatusCode) {
        self.end_with(CloseReq { invoke_id: 0, status }, status);
    }

    /// A fault: with `false` HEARTBEAT_REQ gets no answer.
    pub fn set_answering_heartbeats(&mut self, answering: bool) {
        self.answers_heartbeats = answering;
    }

    /// Whose session it is, if it is open.
    #[must_use]
    pub fn client(&self) -> Option<&ClientInfo> {
        match &self.state {
            State::Open { client, .. } => Some(client),
            State::Waiting { .. } | State::Deciding { .. } | State::Over => None,
        }
    }

    /// What was received so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Takes messages out until one has to wait for the owner.
    fn work(&mut self, now: Duration) {
        while !matches!(self.state, State::Over | State::Deciding { .. }) {
            match self.framer.next_frame() {
                Ok(Some(frame)) => self.on_frame(&frame, now),
                Ok(None) => return,
                Err(error) => self.end(CloseCause::Broken(error.into())),
            }
        }
        let bytes = self.framer.waiting();
        if matches!(self.state, State::Deciding { .. }) && bytes > DECIDING_BYTES_MAX {
            self.end(CloseCause::Broken(ProtocolError::Flood { bytes }));
        }
    }

    fn on_frame(&mut self, frame: &Frame, now: Duration) {
        let version = self.client().map_or(Version::MIN, |client| client.version);
        match self.counters.decode(frame.kind, &frame.body, version) {
            Ok(message) => self.on_message(message, now),
            Err(error) => self.end(CloseCause::Broken(error)),
        }
    }

    fn on_message(&mut self, message: Message, now: Duration) {
        match &mut self.state {
            State::Waiting { until } => {
                let until = *until;
                self.on_waiting(message, until);
            }
            State::Open { idle, .. } => {
                if let Some(idle) = idle {
                    idle.until = now + idle.timeout;
                }
                self.on_open(message);
            }
            State::Deciding { .. } | State::Over => {}
        }
    }

    fn on_waiting(&mut self, message: Message, until: Duration) {
        match message {
            Message::OpenReq(request) => match self.check(&request) {
                Ok(version) => {
                    self.out.push_back(ServerOutput::OpenRequested(request.clone()));
                    self.state = State::Deciding { request: Box::new(request), version, until };
                }
                Err(status) => self.on_refused(request.invoke_id, status),
            },
            other => {
                if let Some(invoke_id) = other.invoke_id() {
                    self.say(FailureConf {
                        invoke_id,
                        status: StatusCode::SESSION_NOT_OPEN,
                        ..FailureConf::default()
                    });
                }
            }
        }
    }

    fn on_open(&mut self, message: Message) {
        match message {
            Message::HeartbeatReq(request) if self.answers_heartbeats => {
                self.say(HeartbeatConf { invoke_id: request.invoke_id });
            }
            Message::HeartbeatReq(_) | Message::HeartbeatConf(_) | Message::CloseConf(_) => {}
            Message::OpenReq(request) => self.say(FailureConf {
                invoke_id: request.invoke_id,
                status: StatusCode::SESSION_ALREADY_OPEN,
                ..FailureConf::default()
            }),
            Message::CloseReq(request) => {
                self.say(CloseConf { invoke_id: request.invoke_id });
                self.end(CloseCause::ClientClosed(request.status));
            }
            request => self.out.push_back(ServerOutput::Request(request)),
        }
    }

    /// The version of the session to be, or the status to refuse with.
    fn check(&self, request: &OpenReq) -> Result<Version, StatusCode> {
        match self.config.accept {
            Accept::Active => {}
            Accept::Standby => return Err(StatusCode::CTI_SERVER_OFFLINE),
            Accept::NotMaster => return Err(StatusCode::SERVER_NOT_MASTER),
        }
        let version =
            Version::new(request.version_number).filter(|version| self.config.versions.contains(version));
        let version = version.ok_or(StatusCode::INVALID_VERSION)?;
        check::fields(request)?;
        self.check_rights(request)?;
        Ok(version)
    }

    fn check_rights(&self, request: &OpenReq) -> Result<(), StatusCode> {
        let peripheral = request.peripheral_id;
        let supervisor_refused =
            request.services_requested.without(self.config.services).contains(ServiceMask::SUPERVISOR);
        if peripheral != NULL_ID && !self.config.peripherals.contains(&peripheral) {
            Err(StatusCode::INVALID_PERIPHERAL_ID)
        } else if !check::password(request, self.config.client_password.as_deref()) {
            Err(StatusCode::INVALID_PASSWORD)
        } else if supervisor_refused {
            Err(StatusCode::FUNCTION_NOT_AVAILABLE)
        } else {
            Ok(())
        }
    }

    fn on_refused(&mut self, invoke_id: u32, status: StatusCode) {
        self.say(FailureConf { invoke_id, status, ..FailureConf::default() });
        self.out.push_back(ServerOutput::Refused(status));
    }

    /// Sends one of the few messages that look the same in every version and cannot be too long.
    fn say(&mut self, message: impl Into<Message>) {
        if let Ok(bytes) = message.into().encode(Version::MIN) {
            self.out.push_back(ServerOutput::Send(bytes));
        }
    }

    fn end_with(&mut self, last_word: impl Into<Message>, status: StatusCode) {
        match self.state {
            State::Open { .. } => self.say(last_word),
            State::Waiting { .. } | State::Deciding { .. } => {}
            State::Over => return,
        }
        self.end(CloseCause::Ended(status));
    }

    fn end(&mut self, cause: CloseCause) {
        self.state = State::Over;
        self.out.push_back(ServerOutput::Close { cause });
    }
}

fn client_info(request: &OpenReq, version: Version, services: ServiceMask) -> ClientInfo {
    ClientInfo {
        client_id: request.client_id.clone(),
        signature: request.client_signature.clone(),
        version,
        services: request.services_requested & services,
        call_mask: request.call_msg_mask,
        agent_mask: request.agent_state_mask,
        config_mask: request.config_msg_mask,
        peripheral_id: request.peripheral_id,
    }
}

/// `u32::MAX` seconds switch the idle timer off.
fn idle(timeout_s: u32, now: Duration) -> Option<Idle> {
    let timeout = Duration::from_secs(u64::from(timeout_s));
    (timeout_s != u32::MAX).then(|| Idle { timeout, until: now + timeout })
}
