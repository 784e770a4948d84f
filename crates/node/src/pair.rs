//! What the two nodes of a pair say to each other, as bytes.
//!
//! Owns the form of a frame and its limits. Never opens a connection, and trusts nothing that it reads: every length is
//! checked, every error has a name.
//!
//! ```text
//! frame   = length (4 bytes, of what follows) kind (1 byte) fields
//! text    = length (2 bytes) UTF-8
//! epoch   = number (8 bytes) rank (1 byte: 0 primary, 1 secondary)
//! head    = generation (8 bytes) number (8 bytes) sum (32 bytes) checksum (32 bytes)
//! ```
//!
//! All numbers have their highest byte first. The first frame of each side is [`Frame::Hello`]; its magic and version
//! stay where they are in every version to come, so that nodes of different versions understand that they differ.

mod bytes;
mod settings;
#[cfg(test)]
mod tests;

use failover::fence::{Message, PAGE_MAX, Rank};

use crate::ledger;
use bytes::{Reader, Writer};

/// Version of everything after the magic. Nodes of different versions keep no link: the documented rows hold meanwhile.
pub const VERSION: u16 = 3;

/// Longest frame without its length: [`PAGE_MAX`] sessions of agents whose ids have the longest form.
pub const FRAME_BYTES_MAX: usize = 5 + PAGE_MAX * (2 + AGENT_BYTES_MAX + 9);

/// Longest agent id. Those of CTI have at most 12 bytes (ged188.md, tag 5); the rest is room for other switches.
pub const AGENT_BYTES_MAX: usize = 64;

/// Longest line of service control: a few names and one sentence.
pub const LINE_BYTES_MAX: usize = 8 * 1024;

/// Longest host name (RFC 1035 section 2.3.4).
pub const HOST_BYTES_MAX: usize = 255;

/// Bytes of the length in front of each frame.
pub const PREFIX_BYTES: usize = 4;

const MAGIC: &[u8; 8] = b"holdfast";

/// One thing that a node says to its peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Who speaks. First, and once.
    Hello {
        /// Must be the other one of the listener's.
        rank: Rank,
        /// Its host name, for people.
        host: String,
    },
    /// Nothing new; the sender lives.
    Alive,
    /// Fencing.
    Fence(Message),
    /// The log of the settings.
    Ledger(ledger::Message),
    /// Service control: one line, to be answered.
    Order {
        /// Names the order for its answer.
        id: u64,
        /// As on the control socket.
        line: String,
    },
    /// The answer to an order.
    Answer {
        /// Which.
        id: u64,
        /// As on the control socket.
        line: String,
    },
}

/// Why bytes are no frame, or a frame cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Longer than [`FRAME_BYTES_MAX`], or one of its fields longer than its own bound.
    #[error("{what} of {length} is longer than {max}")]
    TooLong {
        /// Which part.
        what: &'static str,
        /// How long it says it is.
        length: usize,
        /// The bound.
        max: usize,
    },
    /// It ends inside a field.
    #[error("the frame ends too early")]
    Short,
    /// Something follows the last field.
    #[error("{0} bytes follow the frame's last field")]
    Trailing(usize),
    /// No such kind of frame.
    #[error("there is no frame of kind {0}")]
    Kind(u8),
    /// A field has a value that it cannot have.
    #[error("{0} has an impossible value")]
    Value(&'static str),
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    Text,
    /// The first frame is not of ours.
    #[error("this is no desktop server of ours")]
    Magic,
    /// Both are ours, but of different versions.
    #[error("the other node speaks version {theirs} of the peer link, this one {VERSION}")]
    Version {
        /// What the other node speaks.
        theirs: u16,
    },
}

/// How many bytes follow this length.
pub fn body_length(prefix: [u8; PREFIX_BYTES]) -> Result<usize, FrameError> {
    let length = usize::try_from(u32::from_be_bytes(prefix)).unwrap_or(usize::MAX);
    within("a frame", length, FRAME_BYTES_MAX)
}

impl Frame {
    /// The frame with its length in front.
    pub fn encode(&self) -> Result<Vec<u8>, FrameError> {
        let mut to = Writer::default();
        self.write(&mut to)?;
        let body = to.bytes();
        within("a frame", body.len(), FRAME_BYTES_MAX)?;
        let length = u32::try_from(body.len()).map_err(|_| FrameError::Value("a length"))?;
        Ok([&length.to_be_bytes(), body.as_slice()].concat())
    }

    /// Reads what follows the length.
    pub fn decode(body: &[u8]) -> Result<Self, FrameError> {
        within("a frame", body.len(), FRAME_BYTES_MAX)?;
        let mut from = Reader::new(body);
        let frame = Self::read(&mut from)?;
        from.end().map(|()| frame)
    }

    fn write(&self, to: &mut Writer) -> Result<(), FrameError> {
        match self {
            Self::Hello { rank, host } => {
                to.byte(kind::HELLO);
                to.raw(MAGIC);
                to.short(VERSION);
                to.rank(*rank);
                to.text("a host name", host, HOST_BYTES_MAX)
            }
            Self::Alive => {
                to.byte(kind::ALIVE);
                Ok(())
            }
            Self::Fence(message) => write_message(message, to),
            Self::Ledger(message) => settings::write(message, to),
            Self::Order { id, line } => write_line(kind::ORDER, *id, line, to),
            Self::Answer { id, line } => write_line(kind::ANSWER, *id, line, to),
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FrameError> {
        match from.byte()? {
            kind::HELLO => read_hello(from),
            kind::ALIVE => Ok(Self::Alive),
            kind::ORDER => Ok(Self::Order { id: from.long()?, line: from.text("a line", LINE_BYTES_MAX)? }),
            kind::ANSWER => Ok(Self::Answer { id: from.long()?, line: from.text("a line", LINE_BYTES_MAX)? }),
            other if other >= kind::FIRST_OF_LEDGER => settings::read(other, from).map(Self::Ledger),
            other => read_message(other, from).map(Self::Fence),
        }
    }
}

mod kind {
    pub(super) const HELLO: u8 = 1;
    pub(super) const ALIVE: u8 = 2;
    pub(super) const ORDER: u8 = 3;
    pub(super) const ANSWER: u8 = 4;
    pub(super) const SESSIONS: u8 = 16;
    pub(super) const BEGAN: u8 = 17;
    pub(super) const ASK: u8 = 18;
    pub(super) const GRANT: u8 = 19;
    pub(super) const REFUSE: u8 = 20;
    pub(super) const REPORT: u8 = 21;
    pub(super) const FIRST_OF_LEDGER: u8 = 32;
    pub(super) const WHERE: u8 = 32;
    pub(super) const STAND: u8 = 33;
    pub(super) const LACK: u8 = 34;
    pub(super) const UNKNOWN: u8 = 35;
    pub(super) const DIVERGED: u8 = 36;
    pub(super) const PIECE: u8 = 37;
    pub(super) const TOOK: u8 = 38;
    pub(super) const KEPT: u8 = 39;
}

/// What follows the version is read only if the version is ours.
fn read_hello(from: &mut Reader<'_>) -> Result<Frame, FrameError> {
    if from.raw(MAGIC.len())? != MAGIC {
        return Err(FrameError::Magic);
    }
    match from.short()? {
        VERSION => Ok(Frame::Hello { rank: from.rank()?, host: from.text("a host name", HOST_BYTES_MAX)? }),
        theirs => Err(FrameError::Version { theirs }),
    }
}

fn write_line(kind: u8, id: u64, line: &str, to: &mut Writer) -> Result<(), FrameError> {
    to.byte(kind);
    to.long(id);
    to.text("a line", line, LINE_BYTES_MAX)
}

fn write_message(message: &Message, to: &mut Writer) -> Result<(), FrameError> {
    match message {
        Message::Sessions { page, last } => {
            to.byte(kind::SESSIONS);
            to.byte((*last).into());
            to.short(count(page.len())?);
            page.iter().try_for_each(|(agent, epoch)| {
                to.agent(agent)?;
                to.epoch(*epoch);
                Ok(())
            })
        }
        Message::Began(agent, epoch) => {
            to.byte(kind::BEGAN);
            to.agent(agent)?;
            to.epoch(*epoch);
            Ok(())
        }
        Message::Ask { order, agent, epoch } => {
            to.byte(kind::ASK);
            to.long(order.0);
            to.agent(agent)?;
            to.epoch(*epoch);
            Ok(())
        }
        Message::Grant(order) => to.order(kind::GRANT, *order),
        Message::Refuse(order) => to.order(kind::REFUSE, *order),
        Message::Report(order) => to.order(kind::REPORT, *order),
    }
}

fn read_message(kind: u8, from: &mut Reader<'_>) -> Result<Message, FrameError> {
    match kind {
        kind::SESSIONS => {
            let last = from.flag("the last page")?;
            let length = within("a page", from.short()?.into(), PAGE_MAX)?;
            let page = (0..length).map(|_| Ok((from.agent()?, from.epoch()?))).collect::<Result<_, _>>()?;
            Ok(Message::Sessions { page, last })
        }
        kind::BEGAN => Ok(Message::Began(from.agent()?, from.epoch()?)),
        kind::ASK => Ok(Message::Ask { order: from.order()?, agent: from.agent()?, epoch: from.epoch()? }),
        kind::GRANT => from.order().map(Message::Grant),
        kind::REFUSE => from.order().map(Message::Refuse),
        kind::REPORT => from.order().map(Message::Report),
        other => Err(FrameError::Kind(other)),
    }
}

fn count(sessions: usize) -> Result<u16, FrameError> {
    let sessions = within("a page", sessions, PAGE_MAX)?;
    u16::try_from(sessions).map_err(|_| FrameError::Value("a page"))
}

fn within(what: &'static str, length: usize, max: usize) -> Result<usize, FrameError> {
    if length > max { Err(FrameError::TooLong { what, length, max }) } else { Ok(length) }
}
