//! The client's end of a session.
//!
//! It owns what is said: OPEN_REQ and its answer, InvokeIDs, the words that end a session. It never dials, has no
//! clock and never gives up by itself: deadlines and missed heartbeats belong to whoever owns the connection. One
//! [`Client`] lives as long as one connection.

use std::collections::VecDeque;
use std::fmt;
use std::ops::RangeInclusive;

use super::{Counters, ProtocolError};
use crate::frame::{Frame, Framer};
use crate::hidden::Hidden;
use crate::{
    AgentStateMask, CallEventMask, CloseConf, CloseReq, ConfigMask, EncodeError, HeartbeatConf, HeartbeatReq,
    Message, OpenConf, OpenReq, ServiceMask, Sketch, StatusCode, Version,
};

/// What OPEN_REQ asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientConfig {
    /// The name of this client; two with the same name end each other's session.
    pub client_id: String,
    /// The password, possibly empty.
    pub password: String,
    /// The name that other clients see.
    pub signature: String,
    /// The services wanted. The server may grant fewer.
    pub services: ServiceMask,
    /// The call events wanted.
    pub call_mask: CallEventMask,
    /// The agent states wanted.
    pub agent_mask: AgentStateMask,
    /// The configuration kinds wanted.
    pub config_mask: ConfigMask,
    /// The peripheral, [`NULL_ID`](crate::NULL_ID) for all.
    pub peripheral_id: u32,
    /// Seconds without input after which the server ends the session, at least 20; `u32::MAX` for never.
    pub idle_timeout_s: u32,
    /// The versions that may be tried.
    pub versions: RangeInclusive<Version>,
}

/// As derived, but for the password.
impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("client_id", &self.client_id)
            .field("password", &Hidden(&self.password))
            .field("signature", &self.signature)
            .field("services", &self.services)
            .field("call_mask", &self.call_mask)
            .field("agent_mask", &self.agent_mask)
            .field("config_mask", &self.config_mask)
            .field("peripheral_id", &self.peripheral_id)
            .field("idle_timeout_s", &self.idle_timeout_s)
            .field("versions", &self.versions)
            .finish()
    }
}

/// What the owner of the connection has to do or to know.
#[derive(Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "an output lives for one step; boxing would cost an allocation each"
)]
pub enum ClientOutput {
    /// Bytes for the server.
    Send(Vec<u8>),
    /// The session is open.
    Opened(OpenConf),
    /// OPEN_REQ was refused; the session is over.
    Refused(StatusCode),
    /// The server does not speak this version; the session is over. A new connection may try `try_next`, and the
    /// owner keeps what worked for the connections after it.
    VersionRefused {
        /// The next lower version, `None` below the configured range.
        try_next: Option<Version>,
    },
    /// A HEARTBEAT_REQ with this InvokeID was answered.
    HeartbeatConfirmed(u32),
    /// The server ended the session, or confirmed that it is closed.
    Closing(StatusCode),
    /// An event or an answer.
    Message(Message),
    /// The server broke the protocol; the session is over.
    Broken(ProtocolError),
}

/// As derived, but for the bytes.
impl fmt::Debug for ClientOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(bytes) => f.debug_tuple("Send").field(&Sketch(bytes)).finish(),
            Self::Opened(conf) => f.debug_tuple("Opened").field(conf).finish(),
            Self::Refused(status) => f.debug_tuple("Refused").field(status).finish(),
            Self::VersionRefused { try_next } => {
                f.debug_struct("VersionRefused").field("try_next", try_next).finish()
            }
            Self::HeartbeatConfirmed(invoke_id) => {
                f.debug_tuple("HeartbeatConfirmed").field(invoke_id).finish()
            }
            Self::Closing(status) => f.debug_tuple("Closing").field(status).finish(),
            Self::Message(message) => f.debug_tuple("Message").field(message).finish(),
            Self::Broken(error) => f.debug_tuple("Broken").field(error).finish(),
        }
    }
}

/// ```text
/// New ──connected──▶ Opening ──OPEN_CONF──▶ Open ──close──▶ Closing
///                       │ refused             │ ended          │ CLOSE_CONF
///                       ▼                     ▼                ▼
///                      Over ◀───────────────────────────────────        garbage leads there from anywhere
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Opening,
    Open,
    Closing,
    Over,
}

/// The client's end of one session.
#[derive(Clone, Debug)]
pub struct Client {
    config: ClientConfig,
    version: Version,
    state: State,
    framer: Framer,
    last_invoke_id: u32,
    counters: Counters,
    out: VecDeque<ClientOutput>,
}

impl Client {
    /// A client for one connection, which will ask for `version`.
    #[must_use]
    pub fn new(config: ClientConfig, version: Version) -> Self {
        Self {
            config,
            version,
            state: State::New,
            framer: Framer::default(),
            last_invoke_id: 0,
            counters: Counters::default(),
            out: VecDeque::new(),
        }
    }

    /// The connection stands: asks for the session. Does nothing when that was said before.
    pub fn connected(&mut self) {
        if self.state != State::New {
            return;
        }
        let request = self.open_req();
        match Message::from(request).encode(self.version) {
            Ok(bytes) => {
                self.state = State::Opening;
                self.out.push_back(ClientOutput::Send(bytes));
            }
            // A name or password that the protocol cannot carry is one that no server would accept.
            Err(_) => self.end(ClientOutput::Refused(StatusCode::REQUIRED_DATA_MISSING)),
        }
    }

    /// Bytes from the server. After the end of the session they are ignored.
    pub fn handle_bytes(&mut self, bytes: &[u8]) {
        if self.state == State::Over {
            return;
        }
        self.framer.push(bytes);
        while self.state != State::Over {
            match self.framer.next_frame() {
                Ok(Some(frame)) => self.on_frame(&frame),
                Ok(None) => return,
                Err(error) => self.end(ClientOutput::Broken(error.into())),
            }
        }
    }

    /// Sends a request under an InvokeID of its own and returns that.
    ///
    /// # Errors
    /// See [`EncodeError`]; [`EncodeError::NotOpen`] before OPEN_CONF and after the end.
    pub fn request(&mut self, mut request: Message) -> Result<u32, EncodeError> {
        let invoke_id = self.next_invoke_id();
        request.set_invoke_id(invoke_id);
        self.send(request)?;
        Ok(invoke_id)
    }

    /// Sends a message as it is: one without InvokeID, such as CONFIG_REQUEST_EVENT, or an answer to the server.
    ///
    /// # Errors
    /// See [`EncodeError`]; [`EncodeError::NotOpen`] before OPEN_CONF and after the end.
    pub fn send(&mut self, message: Message) -> Result<(), EncodeError> {
        if self.state != State::Open {
            return Err(EncodeError::NotOpen);
        }
        self.out.push_back(ClientOutput::Send(message.encode(self.version)?));
        Ok(())
    }

    /// Sends HEARTBEAT_REQ, if the session is open, and returns its InvokeID.
    pub fn heartbeat(&mut self) -> u32 {
        let invoke_id = self.next_invoke_id();
        if self.state == State::Open {
            self.say(HeartbeatReq { invoke_id });
        }
        invoke_id
    }

    /// Ends the session in good order. The server's CLOSE_CONF comes as [`ClientOutput::Closing`]; nothing else
    /// comes any more. A session that is not open is over at once.
    pub fn close(&mut self) {
        match self.state {
            State::Open => {
                let invoke_id = self.next_invoke_id();
                self.say(CloseReq { invoke_id, status: StatusCode::NO_ERROR });
                self.state = State::Closing;
            }
            State::New | State::Opening => self.state = State::Over,
            State::Closing | State::Over => {}
        }
    }

    /// What there is to do; drain it after every change.
    pub fn poll_output(&mut self) -> Option<ClientOutput> {
        self.out.pop_front()
    }

    /// The version that this session asked for.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Whether requests can be sent.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// What was received so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.counters
    }

    fn open_req(&mut self) -> OpenReq {
        let config = &self.config;
        let mut request = OpenReq {
            version_number: self.version.number(),
            idle_timeout: config.idle_timeout_s,
            peripheral_id: config.peripheral_id,
            services_requested: config.services,
            call_msg_mask: config.call_mask,
            agent_state_mask: config.agent_mask,
            config_msg_mask: config.config_mask,
            client_id: config.client_id.clone(),
            client_password: password_bytes(&config.password),
            client_signature: config.signature.clone(),
            ..OpenReq::default()
        };
        request.invoke_id = self.next_invoke_id();
        request
    }

    fn on_frame(&mut self, frame: &Frame) {
        match self.counters.decode(frame.kind, &frame.body, self.version) {
            Ok(message) => self.on_message(message),
            Err(error) => self.end(ClientOutput::Broken(error)),
        }
    }

    fn on_message(&mut self, message: Message) {
        match self.state {
            State::New => self.unexpected(&message, "before the session was asked for"),
            State::Opening => self.on_opening(message),
            State::Open => self.on_open(message),
            State::Closing => self.on_closing(message),
            State::Over => {}
        }
    }

    fn on_opening(&mut self, message: Message) {
        match message {
            Message::OpenConf(conf) => {
                self.state = State::Open;
                self.out.push_back(ClientOutput::Opened(conf));
            }
            Message::FailureConf(failure) => self.on_refusal(failure.status),
            Message::FailureEvent(failure) => self.on_refusal(failure.status),
            Message::CloseReq(request) => {
                self.say(CloseConf { invoke_id: request.invoke_id });
                self.on_refusal(request.status);
            }
            Message::HeartbeatReq(request) => self.say(HeartbeatConf { invoke_id: request.invoke_id }),
            other => self.unexpected(&other, "before OPEN_CONF"),
        }
    }

    fn on_refusal(&mut self, status: StatusCode) {
        let output = if status == StatusCode::INVALID_VERSION {
            let lower = self.version.lower().filter(|lower| self.config.versions.contains(lower));
            ClientOutput::VersionRefused { try_next: lower }
        } else {
            ClientOutput::Refused(status)
        };
        self.end(output);
    }

    fn on_open(&mut self, message: Message) {
        match message {
            Message::HeartbeatConf(conf) => {
                self.out.push_back(ClientOutput::HeartbeatConfirmed(conf.invoke_id))
            }
            Message::HeartbeatReq(request) => self.say(HeartbeatConf { invoke_id: request.invoke_id }),
            Message::FailureConf(failure) if ends_as_answer(failure.status) => self.closing(failure.status),
            Message::FailureEvent(failure) if ends_as_event(failure.status) => self.closing(failure.status),
            Message::CloseReq(request) => {
                self.say(CloseConf { invoke_id: request.invoke_id });
                self.closing(request.status);
            }
            Message::OpenConf(_) => self.unexpected(&message, "on an open session"),
            other => self.out.push_back(ClientOutput::Message(other)),
        }
    }

    /// After CLOSE_REQ of ours only its answer counts; whatever else the server ends with means the same.
    fn on_closing(&mut self, message: Message) {
        match message {
            Message::CloseConf(_) | Message::CloseReq(_) => self.closing(StatusCode::NO_ERROR),
            Message::FailureConf(failure) => self.closing(failure.status),
            _news_for_nobody => {}
        }
    }

    fn closing(&mut self, status: StatusCode) {
        self.end(ClientOutput::Closing(status));
    }

    fn unexpected(&mut self, message: &Message, when: &'static str) {
        self.end(ClientOutput::Broken(ProtocolError::Unexpected { name: message.name(), when }));
    }

    fn end(&mut self, last: ClientOutput) {
        self.state = State::Over;
        self.out.push_back(last);
    }

    /// Sends one of the few messages that fit every version and cannot be too long.
    fn say(&mut self, message: impl Into<Message>) {
        if let Ok(bytes) = message.into().encode(self.version) {
            self.out.push_back(ClientOutput::Send(bytes));
        }
    }

    /// From 1 upwards; 0 is left out when the numbers start again.
    fn next_invoke_id(&mut self) -> u32 {
        self.last_invoke_id = self.last_invoke_id.checked_add(1).unwrap_or(1);
        self.last_invoke_id
    }
}

/// Observed clients send the password as a text with its NUL, and nothing when there is none (ged188.md
/// section 2.3).
fn password_bytes(password: &str) -> Vec<u8> {
    let mut bytes = password.as_bytes().to_vec();
    if !bytes.is_empty() {
        bytes.push(0);
    }
    bytes
}

/// The server is going away, or has lost track of us (ged188.md section 11.3).
fn ends_as_answer(status: StatusCode) -> bool {
    matches!(status, StatusCode::CTI_SERVER_OFFLINE | StatusCode::SESSION_NOT_OPEN)
}

/// The server is going away, or somebody with our name has come (ged188.md section 4.1).
fn ends_as_event(status: StatusCode) -> bool {
    matches!(status, StatusCode::CTI_SERVER_OFFLINE | StatusCode::NEW_SESSION_OPENED)
}
