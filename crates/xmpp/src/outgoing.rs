//! Stanzas on their way to a client.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::jid::FullJid;
use crate::pubsub::Event;

/// One stanza for one client.
#[derive(Clone, Debug)]
pub(crate) enum Outgoing {
    /// Ready text.
    Stanza(String),
    /// An event; its body is shared by all receivers, its head is written when it leaves.
    Event(Arc<Event>, Arc<FullJid>),
}

impl Outgoing {
    /// About how many bytes it will have.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Stanza(text) => text.len(),
            Self::Event(event, to) => event.size(to),
        }
    }

    pub(crate) fn push_to(&self, out: &mut String) {
        match self {
            Self::Stanza(text) => out.push_str(text),
            Self::Event(event, to) => event.push_to(out, to),
        }
    }

    /// Whether it needs the prefix `stream` to be declared around it.
    pub(crate) fn is_stream_level(&self) -> bool {
        match self {
            Self::Stanza(text) => text.starts_with("<stream:"),
            Self::Event(..) => false,
        }
    }
}

/// A client's queue is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overflow;

/// What waits for a client, in order, bounded by number and by bytes.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    waiting: VecDeque<Outgoing>,
    bytes: usize,
    stanzas_max: usize,
    bytes_max: usize,
}

impl Queue {
    pub(crate) fn new(stanzas_max: usize, bytes_max: usize) -> Self {
        Self { waiting: VecDeque::new(), bytes: 0, stanzas_max, bytes_max }
    }

    pub(crate) fn push(&mut self, stanza: Outgoing) -> Result<(), Overflow> {
        self.make_room(&stanza)?;
        self.waiting.push_back(stanza);
        Ok(())
    }

    /// As [`Queue::push`], to be taken before what waits already.
    pub(crate) fn push_first(&mut self, stanza: Outgoing) -> Result<(), Overflow> {
        self.make_room(&stanza)?;
        self.waiting.push_front(stanza);
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Everything, oldest first. The queue gives its memory back: most clients wait with an empty one.
    pub(crate) fn take(&mut self) -> VecDeque<Outgoing> {
        self.bytes = 0;
        std::mem::take(&mut self.waiting)
    }

    fn make_room(&mut self, stanza: &Outgoing) -> Result<(), Overflow> {
        let bytes = self.bytes + stanza.size();
        if self.waiting.len() >= self.stanzas_max || bytes > self.bytes_max {
            return Err(Overflow);
        }
        self.bytes = bytes;
        Ok(())
    }
}
