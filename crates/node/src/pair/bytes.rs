//! Fields of a frame, one by one.

use failover::fence::{Epoch, Rank};
use failover::presence::{Agent, Order};

use super::{AGENT_BYTES_MAX, FrameError, within};

/// Puts fields behind each other.
#[derive(Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(super) fn short(&mut self, value: u16) {
        self.raw(&value.to_be_bytes());
    }

    pub(super) fn long(&mut self, value: u64) {
        self.raw(&value.to_be_bytes());
    }

    pub(super) fn rank(&mut self, rank: Rank) {
        self.byte(match rank {
            Rank::Primary => 0,
            Rank::Secondary => 1,
        });
    }

    pub(super) fn epoch(&mut self, epoch: Epoch) {
        self.long(epoch.number);
        self.rank(epoch.rank);
    }

    pub(super) fn text(&mut self, what: &'static str, text: &str, max: usize) -> Result<(), FrameError> {
        let length = u16::try_from(within(what, text.len(), max)?).map_err(|_| FrameError::Value(what))?;
        self.short(length);
        self.raw(text.as_bytes());
        Ok(())
    }

    pub(super) fn agent(&mut self, agent: &Agent) -> Result<(), FrameError> {
        self.text("an agent id", agent.as_str(), AGENT_BYTES_MAX)
    }

    pub(super) fn order(&mut self, kind: u8, order: Order) -> Result<(), FrameError> {
        self.byte(kind);
        self.long(order.0);
        Ok(())
    }
}

/// Takes fields off the front.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Nothing may follow.
    pub(super) fn end(&self) -> Result<(), FrameError> {
        if self.0.is_empty() { Ok(()) } else { Err(FrameError::Trailing(self.0.len())) }
    }

    pub(super) fn raw(&mut self, length: usize) -> Result<&'a [u8], FrameError> {
        let (field, rest) = self.0.split_at_checked(length).ok_or(FrameError::Short)?;
        self.0 = rest;
        Ok(field)
    }

    pub(super) fn byte(&mut self) -> Result<u8, FrameError> {
        self.array().map(u8::from_be_bytes)
    }

    pub(super) fn short(&mut self) -> Result<u16, FrameError> {
        self.array().map(u16::from_be_bytes)
    }

    pub(super) fn long(&mut self) -> Result<u64, FrameError> {
        self.array().map(u64::from_be_bytes)
    }

    pub(super) fn flag(&mut self, what: &'static str) -> Result<bool, FrameError> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(FrameError::Value(what)),
        }
    }

    pub(super) fn rank(&mut self) -> Result<Rank, FrameError> {
        Ok(if self.flag("a rank")? { Rank::Secondary } else { Rank::Primary })
    }

    pub(super) fn epoch(&mut self) -> Result<Epoch, FrameError> {
        Ok(Epoch { number: self.long()?, rank: self.rank()? })
    }

    pub(super) fn text(&mut self, what: &'static str, max: usize) -> Result<String, FrameError> {
        let length = within(what, self.short()?.into(), max)?;
        let text = std::str::from_utf8(self.raw(length)?).map_err(|_| FrameError::Text)?;
        Ok(text.to_owned())
    }

    pub(super) fn agent(&mut self) -> Result<Agent, FrameError> {
        self.text("an agent id", AGENT_BYTES_MAX).map(|id| Agent::from(id.as_str()))
    }

    pub(super) fn order(&mut self) -> Result<Order, FrameError> {
        self.long().map(Order)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        let (field, rest) = self.0.split_first_chunk().ok_or(FrameError::Short)?;
        self.0 = rest;
        Ok(*field)
    }
}
