//! How a browser leaves its session, and how it takes up one whose connection broke.

use node::xml::Writer;

use super::{Desktop, Read, Stream, Wire};

impl Desktop {
    /// The last request of a page that is closed in good order: presence, and the end of the BOSH session.
    pub fn goodbye(&mut self) -> Option<Vec<u8>> {
        self.last_word(|w| {
            w.attr("type", "terminate").open("presence").attr("type", "unavailable").close();
        })
    }

    /// The last request of a page that is left in a hurry: presence, and nothing more.
    pub fn unavailable(&mut self) -> Option<Vec<u8>> {
        self.last_word(|w| {
            w.open("presence").attr("type", "unavailable").close();
        })
    }

    /// What it sends when its connection is back: the request that was not answered, again.
    pub fn resume(&mut self) -> Vec<Wire> {
        let again = self.unanswered.clone().map(Wire::Bosh);
        let reads = self.reads().into_iter();
        let missing = reads.filter(|wire| matches!(wire, Wire::Read(_, read) if self.lacks(*read)));
        again.into_iter().chain(missing).collect()
    }

    fn lacks(&self, read: Read) -> bool {
        self.stale.contains(&read)
    }

    fn last_word(&mut self, says: impl FnOnce(&mut Writer)) -> Option<Vec<u8>> {
        if self.stream != Stream::Open {
            return None;
        }
        match self.body(says) {
            Wire::Bosh(body) => Some(body),
            Wire::Read(..) => None,
        }
    }
}
