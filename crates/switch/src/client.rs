//! One connection of a CTI client: its session, what it wants to hear, and what it missed while the side hung.

use std::collections::{BTreeSet, VecDeque};
use std::ops::RangeInclusive;
use std::time::Duration;

use failover::cti::Side;
use ged188::frame::Framer;
use ged188::session::server::{Accept, ClientInfo, Server, ServerConfig};
use ged188::{HeartbeatConf, HeartbeatReq, Message, OpenReq, ServiceMask, Version};

use crate::feed::Feed;
use crate::pair::ConnId;

/// Events kept for a client of a hung side: what 2,000 busy agents cause in the seconds until the client gives up.
const MISSED_MAX: usize = 65_536;
/// Bytes kept of a client of a hung side: what a socket's buffers would keep.
const BACKLOG_MAX: usize = 1024 * 1024;

/// Services that can be had.
const SERVICES: ServiceMask = ServiceMask(
    ServiceMask::CLIENT_EVENTS.0
        | ServiceMask::CALL_DATA_UPDATE.0
        | ServiceMask::CLIENT_CONTROL.0
        | ServiceMask::CONNECTION_MONITOR.0
        | ServiceMask::ALL_EVENTS.0
        | ServiceMask::PERIPHERAL_MONITOR.0
        | ServiceMask::SUPERVISOR.0
        | ServiceMask::CONFIG_EVENTS.0
        | ServiceMask::UPDATE_EVENTS.0
        | ServiceMask::IGNORE_DUPLICATE_AGENT_EVENTS.0
        | ServiceMask::ACD_LINE_ONLY.0,
);

/// One connection.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) conn: ConnId,
    pub(crate) side: Side,
    pub(crate) session: Server,
    pub(crate) feed: Feed,
    /// Reads along, to count what the session answers by itself.
    tally: Framer,
    /// Who it is, once the session is open.
    info: Option<ClientInfo>,
    missed: VecDeque<Message>,
    backlog: Vec<u8>,
    /// More was missed than is kept.
    overrun: bool,
}

/// Messages that the session answers by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) opens: u64,
    pub(crate) heartbeats: u64,
}

impl Client {
    pub(crate) fn new(
        conn: ConnId,
        side: Side,
        versions: &RangeInclusive<u32>,
        peripheral: u32,
        accept: Accept,
        now: Duration,
    ) -> Self {
        let config = ServerConfig {
            versions: version(*versions.start())..=version(*versions.end()),
            peripherals: BTreeSet::from([peripheral]),
            accept,
            client_password: None,
            services: SERVICES,
        };
        Self {
            conn,
            side,
            session: Server::new(config, now),
            feed: Feed::default(),
            tally: Framer::default(),
            info: None,
            missed: VecDeque::new(),
            backlog: Vec::new(),
            overrun: false,
        }
    }

    /// Whether the session is open.
    pub(crate) fn is_open(&self) -> bool {
        self.info.is_some()
    }
    /// ClientID; empty before the session is open.
    pub(crate) fn id(&self) -> &str {
        self.info.as_ref().map_or("", |info| &info.client_id)
    }
    /// ClientSignature.
    pub(crate) fn signature(&self) -> &str {
        self.info.as_ref().map_or("", |info| &info.signature)
    }
    /// Version of the session.
    pub(crate) fn version(&self) -> Option<Version> {
        self.info.as_ref().map(|info| info.version)
    }
    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        self.session.poll_timeout().map(|(at, _)| at)
    }

    /// The session is open.
    pub(crate) fn opened(&mut self, info: ClientInfo) {
        self.feed.services = info.services;
        self.feed.before_19 = info.version < Version::V19;
        self.info = Some(info);
    }

    /// Counts what comes in. Garbage ends the counting: the session ends with it.
    pub(crate) fn tally(&mut self, bytes: &[u8]) -> Seen {
        let mut seen = Seen::default();
        self.tally.push(bytes);
        while let Ok(Some(frame)) = self.tally.next_frame() {
            seen.opens += u64::from(frame.kind == OpenReq::KIND);
            seen.heartbeats += u64::from(frame.kind == HeartbeatReq::KIND);
        }
        seen
    }

    /// Keeps an event that a hung side did not send.
    pub(crate) fn miss(&mut self, event: Message) {
        if self.missed.len() < MISSED_MAX {
            self.missed.push_back(event);
        } else {
            self.overrun = true;
        }
    }

    /// Keeps bytes that a hung side did not read.
    pub(crate) fn leave_unread(&mut self, bytes: &[u8]) {
        if self.backlog.len() + bytes.len() <= BACKLOG_MAX {
            self.backlog.extend_from_slice(bytes);
        } else {
            self.overrun = true;
        }
    }

    /// What was kept; `None` if that is not all.
    pub(crate) fn take_missed(&mut self) -> Option<(VecDeque<Message>, Vec<u8>)> {
        let kept = (std::mem::take(&mut self.missed), std::mem::take(&mut self.backlog));
        (!self.overrun).then_some(kept)
    }
}

/// Whether these bytes are a HEARTBEAT_CONF.
pub(crate) fn is_heartbeat_conf(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(&HeartbeatConf::KIND.to_be_bytes())
}

/// The version with this number, or the nearest that is spoken.
fn version(number: u32) -> Version {
    Version::new(number).unwrap_or(if number < Version::MIN.number() { Version::MIN } else { Version::MAX })
}
