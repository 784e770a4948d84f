//! The CTI side of a node: the dialing machine of `failover`, the session of `ged188`, and who asked what.
//!
//! It joins the two machines and takes each answer to whoever asked. It never looks into an answer.

mod closing;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::VecDeque;
use std::time::Duration;

use failover::cti::{self, Epoch, LossCause, Machine};
use ged188::session::client::{Client, ClientConfig, ClientOutput};
use ged188::{AgentStateMask, CallEventMask, ConfigMask, Message, ServiceMask, Version};

use crate::asked::{Asked, Asker};
use crate::config::Config;
use crate::io::LinkNews;
use closing::Closing;

/// What the link wants done or has to tell.
pub(crate) enum LinkOutput {
    Dial {
        epoch: Epoch,
        side: cti::Side,
    },
    Write {
        epoch: Epoch,
        bytes: Vec<u8>,
    },
    HangUp {
        epoch: Epoch,
    },
    /// The session is open; `configuration`: whether the server grants a configuration download.
    Opened {
        configuration: bool,
    },
    /// Read the state again.
    Recover,
    /// The dialing machine moved.
    Moved(cti::Transition),
    /// An answer to a request of ours.
    Answer(Asker, Message),
    /// An unsolicited message.
    Event(Message),
    /// A line for the log beside the transitions.
    Note(&'static str, String),
}

/// One CTI link: at most one session at a time.
pub(crate) struct Link {
    machine: Machine,
    template: ClientConfig,
    /// The version that the servers accepted last, tried first on the next connection.
    version: Version,
    peripheral_id: u32,
    session: Option<(Epoch, Client)>,
    /// The session before, until its server has heard that it is over.
    closing: Option<Closing>,
    asked: Asked,
    last_heartbeat_ok: bool,
    heartbeat_open: bool,
    out: VecDeque<LinkOutput>,
}

impl Link {
    pub(crate) fn new(config: &Config, now: Duration) -> Self {
        let mut link = Self {
            machine: Machine::new(config.cti.clone(), now),
            template: template(config),
            version: *config.session.versions.end(),
            peripheral_id: config.peripheral_id,
            session: None,
            closing: None,
            asked: Asked::new(config.recovery.request_timeout),
            last_heartbeat_ok: false,
            heartbeat_open: false,
            out: VecDeque::new(),
        };
        link.drain_machine(now);
        link
    }

    pub(crate) fn side(&self) -> cti::Side {
        self.machine.side()
    }

    /// Whether the last heartbeat that could be judged was confirmed (SystemInfo shows it).
    pub(crate) fn last_heartbeat_ok(&self) -> bool {
        self.last_heartbeat_ok
    }

    /// News of a connection. News of an old one is the machine's to count.
    pub(crate) fn news(&mut self, epoch: Epoch, news: LinkNews, now: Duration) {
        if self.is_closing(epoch) {
            return match news {
                LinkNews::Bytes(bytes) => self.hear_closing(&bytes),
                LinkNews::Connected => {}
                LinkNews::Failed(_) | LinkNews::Closed(_) => self.closing = None,
            };
        }
        match news {
            LinkNews::Connected => self.tell(cti::Input::Connected(epoch), now),
            LinkNews::Failed(why) => self.tell(cti::Input::DialFailed(epoch, why), now),
            LinkNews::Closed(why) => {
                self.tell(cti::Input::Lost { epoch, cause: LossCause::Socket(why) }, now)
            }
            LinkNews::Bytes(bytes) => self.bytes(epoch, &bytes, now),
        }
    }

    fn bytes(&mut self, epoch: Epoch, bytes: &[u8], now: Duration) {
        if let Some((live, client)) = &mut self.session
            && *live == epoch
        {
            client.handle_bytes(bytes);
            self.drain_session(now);
        }
    }

    /// Sends a request; its answer comes back as [`LinkOutput::Answer`]. False if it could not be sent.
    pub(crate) fn ask(&mut self, asker: Asker, request: Message, now: Duration) -> bool {
        let Some((_, client)) = &mut self.session else { return false };
        match client.request(request) {
            Ok(invoke) => {
                self.asked.add(invoke, asker, now);
                self.drain_writes();
                true
            }
            Err(error) => {
                self.out.push_back(LinkOutput::Note("cti.unsendable", error.to_string()));
                false
            }
        }
    }

    /// Sends a message without InvokeID (CONFIG_REQUEST_*).
    pub(crate) fn send(&mut self, message: Message) {
        if let Some((_, client)) = &mut self.session {
            if let Err(error) = client.send(message) {
                self.out.push_back(LinkOutput::Note("cti.unsendable", error.to_string()));
            }
            self.drain_writes();
        }
    }

    /// The state has been read.
    pub(crate) fn recovered(&mut self, now: Duration) {
        if let Some((epoch, _)) = &self.session {
            self.tell(cti::Input::Recovered(*epoch), now);
        }
    }

    /// The state could not be read: the session is of no use.
    pub(crate) fn recovery_failed(&mut self, why: String, now: Duration) {
        if let Some((epoch, _)) = &self.session {
            self.tell(cti::Input::RecoveryFailed { epoch: *epoch, why }, now);
        }
    }

    pub(crate) fn handle_timeout(&mut self, now: Duration) {
        self.expire_closing(now);
        self.machine.handle_timeout(now);
        self.drain_machine(now);
    }

    pub(crate) fn poll_timeout(&self) -> Option<(Duration, cti::Timer)> {
        self.machine.poll_timeout()
    }

    /// When the session before is closed even if its server says nothing.
    pub(crate) fn closing_timeout(&self) -> Option<Duration> {
        self.closing.as_ref().map(|closing| closing.until)
    }

    pub(crate) fn poll_output(&mut self) -> Option<LinkOutput> {
        self.out.pop_front()
    }

    fn tell(&mut self, input: cti::Input, now: Duration) {
        self.machine.handle(input, now);
        self.drain_machine(now);
    }

    fn drain_machine(&mut self, now: Duration) {
        while let Some(output) = self.machine.poll_output() {
            match output {
                cti::Output::Dial { epoch, side } => self.out.push_back(LinkOutput::Dial { epoch, side }),
                cti::Output::Open(epoch) => self.open(epoch, now),
                cti::Output::Heartbeat(epoch) => self.heartbeat(epoch),
                cti::Output::HangUp(epoch) => self.hang_up(epoch),
                cti::Output::Recover(_) => self.out.push_back(LinkOutput::Recover),
                cti::Output::Transition(transition) => self.moved(transition),
            }
        }
    }

    fn open(&mut self, epoch: Epoch, now: Duration) {
        let mut client = Client::new(self.template.clone(), self.version);
        client.connected();
        self.asked.clear();
        self.session = Some((epoch, client));
        self.drain_session(now);
    }

    fn heartbeat(&mut self, epoch: Epoch) {
        if let Some((live, client)) = &mut self.session
            && *live == epoch
        {
            client.heartbeat();
            self.last_heartbeat_ok &= !self.heartbeat_open;
            self.heartbeat_open = true;
            self.drain_writes();
        }
    }

    fn hang_up(&mut self, epoch: Epoch) {
        if self.is_closing(epoch) {
            return;
        }
        self.out.push_back(LinkOutput::HangUp { epoch });
    }

    fn moved(&mut self, transition: cti::Transition) {
        let live = self.machine.state().epoch();
        if self.session.as_ref().is_some_and(|(epoch, _)| Some(*epoch) != live) {
            self.session = None;
            self.asked.clear();
        }
        if self.session.is_none() {
            self.last_heartbeat_ok = false;
        }
        self.out.push_back(LinkOutput::Moved(transition));
    }

    /// Only writes can come out of a session that was merely asked to send.
    fn drain_writes(&mut self) {
        let Some((epoch, client)) = &mut self.session else { return };
        let mut rest = Vec::new();
        while let Some(output) = client.poll_output() {
            match output {
                ClientOutput::Send(bytes) => self.out.push_back(LinkOutput::Write { epoch: *epoch, bytes }),
                other => rest.push(other),
            }
        }
        debug_assert!(rest.is_empty(), "sending made the session say {rest:?}");
    }

    fn drain_session(&mut self, now: Duration) {
        while let Some((epoch, output)) = self
            .session
            .as_mut()
            .and_then(|(epoch, client)| client.poll_output().map(|output| (*epoch, output)))
        {
            self.session_says(epoch, output, now);
        }
    }

    fn session_says(&mut self, epoch: Epoch, output: ClientOutput, now: Duration) {
        match output {
            ClientOutput::Send(bytes) => self.out.push_back(LinkOutput::Write { epoch, bytes }),
            ClientOutput::Opened(conf) => self.opened(epoch, &conf, now),
            ClientOutput::Refused(status) => self.tell(cti::Input::Refused { epoch, status: status.0 }, now),
            ClientOutput::VersionRefused { try_next } => self.version_refused(epoch, try_next, now),
            ClientOutput::HeartbeatConfirmed(_) => {
                self.last_heartbeat_ok = true;
                self.heartbeat_open = false;
                self.tell(cti::Input::HeartbeatConfirmed(epoch), now);
            }
            ClientOutput::Closing(status) => {
                self.tell(cti::Input::Lost { epoch, cause: LossCause::ServerClosing(status.0) }, now);
            }
            ClientOutput::Broken(error) => {
                self.tell(cti::Input::Lost { epoch, cause: LossCause::Protocol(error.to_string()) }, now);
            }
            ClientOutput::Message(message) => self.message(epoch, message, now),
        }
    }

    fn opened(&mut self, epoch: Epoch, conf: &ged188::OpenConf, now: Duration) {
        if !conf.services_granted.contains(ServiceMask::CLIENT_CONTROL) {
            let says = "the CTI server does not grant CLIENT_CONTROL: call control will be refused";
            self.out.push_back(LinkOutput::Note("cti.limited", says.into()));
        }
        // Until the first heartbeat is due, the answer just received says as much as one.
        self.last_heartbeat_ok = true;
        self.heartbeat_open = false;
        let configuration = conf.services_granted.contains(ServiceMask::CONFIG_EVENTS);
        self.out.push_back(LinkOutput::Opened { configuration });
        // PeripheralOnline describes the peripheral of the OPEN_REQ, and an all-events session names none:
        // the SYSTEM_EVENT that follows decides.
        self.tell(cti::Input::Opened { epoch, peripheral_online: false }, now);
    }

    /// The lower version is remembered; at the bottom the next attempt starts from the top again.
    fn version_refused(&mut self, epoch: Epoch, try_next: Option<Version>, now: Duration) {
        self.version = try_next.unwrap_or(*self.template.versions.end());
        self.tell(cti::Input::VersionRefused { epoch, lower: try_next.is_some() }, now);
    }

    fn message(&mut self, epoch: Epoch, message: Message, now: Duration) {
        let asker =
            is_answer(&message).then(|| message.invoke_id().and_then(|id| self.asked.take(id))).flatten();
        match (asker, &message) {
            (Some(asker), _) => self.out.push_back(LinkOutput::Answer(asker, message)),
            (None, Message::SystemEvent(event)) if event.system_event_arg1 == self.peripheral_id => {
                let online = event.system_event_id == ged188::SystemEventId::PERIPHERAL_ONLINE;
                let offline = event.system_event_id == ged188::SystemEventId::PERIPHERAL_OFFLINE;
                self.out.push_back(LinkOutput::Event(message));
                if online {
                    self.tell(cti::Input::PeripheralOnline(epoch), now);
                } else if offline {
                    self.tell(cti::Input::PeripheralOffline(epoch), now);
                }
            }
            (None, _) => self.out.push_back(LinkOutput::Event(message)),
        }
    }
}

/// Whether an InvokeID in the message echoes one of ours (requests from the server carry their own).
fn is_answer(message: &Message) -> bool {
    message.name().ends_with("_CONF")
}

fn template(config: &Config) -> ClientConfig {
    let services = ServiceMask::ALL_EVENTS
        | ServiceMask::CLIENT_CONTROL
        | ServiceMask::CALL_DATA_UPDATE
        | ServiceMask::SUPERVISOR
        | ServiceMask::CONFIG_EVENTS
        | ServiceMask::UPDATE_EVENTS;
    ClientConfig {
        client_id: config.session.client_id.clone(),
        password: config.session.password.expose().to_owned(),
        signature: "Holdfast".into(),
        services,
        call_mask: CallEventMask(0x0FFF_FFFF),
        agent_mask: AgentStateMask(0x3FF),
        config_mask: ConfigMask::SKILL_GROUP | ConfigMask::AGENT,
        peripheral_id: u32::MAX,
        idle_timeout_s: idle_timeout_s(config.cti.heartbeat_interval),
        versions: config.session.versions.clone(),
    }
}

/// Four heartbeat intervals, at least the 20 s below which a server refuses (ged188.md section 4.2).
fn idle_timeout_s(heartbeat: Duration) -> u32 {
    u32::try_from(heartbeat.as_secs().saturating_mul(4)).unwrap_or(u32::MAX).max(20)
}
