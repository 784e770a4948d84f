//! The CTI wire of one node, read from outside: what it asked, what it was told, and whether it may serve.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use node::RecoveryConfig;
use node::failover::cti::Epoch;
use node::ged188::frame::{Frame, Framer};
use node::ged188::{Message, StatusCode, SystemEventId, Version};
use switch::CtiPair;

use super::command::Command;
use super::ensure;
use crate::world::Plan;

// Message types (ged188.md section 5).
const FAILURE_CONF: u32 = 1;
const FAILURE_EVENT: u32 = 2;
const OPEN_REQ: u32 = 3;
const OPEN_CONF: u32 = 4;
const HEARTBEAT_REQ: u32 = 5;
const HEARTBEAT_CONF: u32 = 6;
const CLOSE_REQ: u32 = 7;
const SET_CALL_DATA_REQ: u32 = 26;
const SYSTEM_EVENT: u32 = 31;
const CONTROL_FAILURE_CONF: u32 = 35;
const QUERY_AGENT_STATE_REQ: u32 = 36;
const SET_AGENT_STATE_REQ: u32 = 38;
const QUERY_SKILL_GROUP_STATISTICS_CONF: u32 = 115;
const SNAPSHOT_CALL_REQ: u32 = 82;
const SNAPSHOT_DEVICE_REQ: u32 = 84;
/// ALTERNATE_CALL_REQ to TRANSFER_CALL_REQ: all call control, requests even, answers odd.
const CALL_CONTROL: std::ops::RangeInclusive<u32> = 40..=65;
const SEND_DTMF_SIGNAL_REQ: u32 = 91;
const SEND_DTMF_SIGNAL_CONF: u32 = 92;
const SUPERVISE_CALL_REQ: u32 = 124;
const SUPERVISE_CALL_CONF: u32 = 125;

#[derive(Debug, Default)]
pub(super) struct Wire {
    /// The connection that is read here.
    pub(super) epoch: Option<Epoch>,
    /// The node knows that it is over: its socket failed, or the server said so.
    pub(super) ended: bool,
    /// Heartbeats without an answer.
    beats: u32,
    /// OPEN_REQ was refused for its version.
    refused: bool,
    /// In service, as the node has announced.
    pub(super) serving: bool,
    /// When it was announced last.
    pub(super) since: Duration,
    /// People have stopped the web application, or the platform under it.
    pub(super) webapp_stopped: bool,
    /// Since that announcement something came that can change what is shown.
    pub(super) news: bool,
    /// Bytes were flipped: the stream cannot be read any more.
    pub(super) blind: bool,
    open: bool,
    online: bool,
    version: Option<Version>,
    up: Framer,
    down: Framer,
    /// Reads without answer, and when each was asked.
    reads: BTreeMap<u32, Duration>,
    /// Commands without answer.
    commands: BTreeSet<u32>,
    /// Instruments whose devices have been asked for since the peripheral came online.
    devices: BTreeSet<String>,
    /// Who was signed in when it came online.
    signed_in: BTreeMap<String, String>,
    recovery: RecoveryConfig,
    /// CTI-7: so many heartbeats without an answer end a session, and no fewer.
    misses: u32,
    peripheral_id: u32,
}

impl Wire {
    pub(super) fn new(plan: &Plan) -> Self {
        let (recovery, peripheral_id) = (plan.recovery.clone(), plan.switch().peripheral_id);
        Self {
            recovery,
            peripheral_id,
            misses: u32::from(plan.cti_rules.heartbeat_misses),
            ..Self::default()
        }
    }

    /// Another connection.
    pub(super) fn reset(&mut self, epoch: Option<Epoch>) {
        *self = Self {
            epoch,
            serving: self.serving,
            since: self.since,
            webapp_stopped: self.webapp_stopped,
            news: self.news,
            recovery: self.recovery.clone(),
            peripheral_id: self.peripheral_id,
            misses: self.misses,
            ..Self::default()
        };
    }

    /// What the session speaks.
    pub(super) fn version(&self) -> Option<Version> {
        self.version
    }

    /// OPEN_REQ was refused for its version.
    pub(super) fn is_refused(&self) -> bool {
        self.refused
    }

    /// A session that serves ends with its socket, by a word of its server or of people, or by three missed heartbeats
    /// (CTI-7, CTI-8).
    pub(super) fn may_end(&self) -> Result<(), String> {
        let told = self.ended || self.blind || self.webapp_stopped || !self.serving;
        ensure(told || self.beats >= self.misses, || {
            format!("gives its session up after {} missed heartbeats", self.beats)
        })
    }

    /// Whether CTI tells of which call another one is a consultation (COC* fields, version 14 and above).
    pub(super) fn tells_of_consults(&self) -> bool {
        self.version.is_some_and(|version| version.has(14))
    }

    /// What has been asked and has no answer.
    pub(super) fn open_business(&self) -> Option<String> {
        if self.blind {
            return Some("its connection cannot be read".into());
        }
        let open = |what: &str, count: usize| (count > 0).then(|| format!("{count} {what} without answer"));
        open("reads", self.reads.len()).or_else(|| open("commands", self.commands.len()))
    }

    /// (3) One session up, its peripheral online, everything read that was asked for, and every signed-in agent's device
    /// among it.
    pub(super) fn may_serve(&self, pair: &CtiPair, now: Duration) -> Result<(), String> {
        if self.blind {
            return Ok(());
        }
        ensure(self.open, || "no session is open".into())?;
        ensure(self.online, || "the peripheral is not online".into())?;
        ensure(self.reads_at(now) == 0, || format!("{} reads have no answer yet", self.reads_at(now)))?;
        for (agent, extension) in &self.signed_in {
            let stays =
                pair.switch().agent(agent).is_some_and(|now| now.extension.as_ref() == Some(extension));
            let read = self.devices.contains(extension);
            ensure(read || !stays, || format!("the device {extension} of agent {agent} has not been read"))?;
        }
        Ok(())
    }

    /// Bytes that the node wrote; the commands among them.
    pub(super) fn written(&mut self, bytes: &[u8], now: Duration) -> Result<Vec<Command>, String> {
        self.up.push(bytes);
        let mut commands = Vec::new();
        while let Some(frame) = self.up.next_frame().map_err(|error| error.to_string())? {
            commands.extend(self.asked(&frame, now)?);
        }
        Ok(commands)
    }

    /// Bytes that the node is about to get; answers to commands, and whether they were granted.
    pub(super) fn delivered(&mut self, bytes: &[u8], pair: &CtiPair) -> Result<Vec<(u32, bool)>, String> {
        let mut answers = Vec::new();
        if self.blind {
            self.news = true;
            return Ok(answers);
        }
        self.down.push(bytes);
        loop {
            match self.down.next_frame() {
                Ok(Some(frame)) => answers.extend(self.told(&frame, pair)),
                Ok(None) => return Ok(answers),
                Err(_) => {
                    self.blind = true;
                    return Ok(answers);
                }
            }
        }
    }

    fn asked(&mut self, frame: &Frame, now: Duration) -> Result<Option<Command>, String> {
        let invoke = number(&frame.body, 0);
        match frame.kind {
            HEARTBEAT_REQ => {
                self.beats += 1;
                ensure(self.beats <= self.misses || self.blind, || {
                    format!("(CTI-7) goes on after {} missed heartbeats", self.misses)
                })?;
            }
            OPEN_REQ => self.version = Version::new(number(&frame.body, 4)),
            QUERY_AGENT_STATE_REQ | SNAPSHOT_CALL_REQ | SNAPSHOT_DEVICE_REQ => {
                self.read_asked(frame, invoke, now)?
            }
            SET_CALL_DATA_REQ | SET_AGENT_STATE_REQ | SEND_DTMF_SIGNAL_REQ | SUPERVISE_CALL_REQ => {
                return self.command(frame, invoke).map(Some);
            }
            kind if CALL_CONTROL.contains(&kind) => return self.command(frame, invoke).map(Some),
            _ => {}
        }
        Ok(None)
    }

    fn read_asked(&mut self, frame: &Frame, invoke: u32, now: Duration) -> Result<(), String> {
        self.reads.insert(invoke, now);
        if let Message::SnapshotDeviceReq(request) = self.decode(frame)? {
            self.devices.insert(request.agent_instrument);
        }
        let reads = if self.blind { 0 } else { self.reads_at(now) };
        ensure(reads <= self.recovery.window, || format!("(7) {reads} reads at once"))
    }

    /// Reads in flight; one that has passed its deadline is none any more.
    fn reads_at(&self, now: Duration) -> usize {
        self.reads.values().filter(|asked| **asked + self.recovery.request_timeout > now).count()
    }

    fn command(&mut self, frame: &Frame, invoke: u32) -> Result<Command, String> {
        self.commands.insert(invoke);
        Command::of(invoke, self.decode(frame)?)
    }

    fn told(&mut self, frame: &Frame, pair: &CtiPair) -> Option<(u32, bool)> {
        let invoke = number(&frame.body, 0);
        let read = is_answer(frame.kind) && self.reads.remove(&invoke).is_some();
        let command = is_answer(frame.kind) && self.commands.remove(&invoke);
        match frame.kind {
            OPEN_CONF => self.open = true,
            HEARTBEAT_CONF => self.beats = 0,
            FAILURE_CONF if !self.open => {
                self.refused = number(&frame.body, 4) == StatusCode::INVALID_VERSION.0
            }
            FAILURE_EVENT | CLOSE_REQ => self.ended = true,
            SYSTEM_EVENT => self.system_event(frame, pair),
            _ => {}
        }
        // Statistics change queues, and nothing that is judged.
        let silent = [HEARTBEAT_CONF, QUERY_SKILL_GROUP_STATISTICS_CONF].contains(&frame.kind);
        self.news |= !read && !silent;
        let granted = frame.kind != FAILURE_CONF && frame.kind != CONTROL_FAILURE_CONF;
        command.then_some((invoke, granted))
    }

    fn system_event(&mut self, frame: &Frame, pair: &CtiPair) {
        let Ok(Message::SystemEvent(event)) = self.decode(frame) else { return };
        if event.system_event_arg1 != self.peripheral_id {
            return;
        }
        if event.system_event_id == SystemEventId::PERIPHERAL_ONLINE && !self.online {
            self.online = true;
            self.devices.clear();
            let agents = pair.switch().agents();
            let at_phone = |agent: &switch::Agent| Some((agent.config.id.clone(), agent.extension.clone()?));
            self.signed_in = agents.filter_map(at_phone).collect();
        } else if event.system_event_id == SystemEventId::PERIPHERAL_OFFLINE {
            // What was being read is of no use any more.
            self.online = false;
            self.reads.clear();
        }
    }

    fn decode(&self, frame: &Frame) -> Result<Message, String> {
        let version = self.version.ok_or("a request before OPEN_REQ")?;
        Message::decode(frame.kind, &frame.body, version).map_err(|error| error.to_string())
    }
}

/// FAILURE_CONF, CONTROL_FAILURE_CONF, or the answer that belongs to a request: events carry no InvokeID.
fn is_answer(kind: u32) -> bool {
    let odd_one_out = [27, 37, 39, 83, 85, SEND_DTMF_SIGNAL_CONF, SUPERVISE_CALL_CONF];
    kind == FAILURE_CONF
        || kind == CONTROL_FAILURE_CONF
        || odd_one_out.contains(&kind)
        || CALL_CONTROL.contains(&kind)
}

fn number(body: &[u8], at: usize) -> u32 {
    let bytes = body.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_be_bytes)
}
