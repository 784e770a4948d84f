//! The log of one node, and what is being written down of it.

use super::{Batch, BatchId, Change, Fault, Generation, Log, Objects, Write};

/// Keeps the log. What is proposed counts when it is on disk.
#[derive(Debug)]
pub struct Keeper {
    log: Option<Log>,
    in_hand: Option<(BatchId, Batch)>,
    last: u64,
}

impl Keeper {
    /// With what was on disk, if anything was.
    pub fn new(log: Option<Log>) -> Self {
        Self { log, in_hand: None, last: 0 }
    }

    /// The log, if there is one.
    pub fn log(&self) -> Option<&Log> {
        self.log.as_ref()
    }

    /// A change is to be written down.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn propose(&mut self, change: Change) -> Result<(BatchId, Batch), Fault> {
        let log = self.log.as_ref().ok_or(Fault::Unready)?;
        if self.in_hand.is_some() {
            return Err(Fault::Busy);
        }
        let generation: Generation = log.head().generation;
        let entries = vec![log.propose(generation, change)?];
        let batch = Batch::Append { base: log.base(), entries };
        self.last += 1;
        let id = BatchId(self.last);
        self.in_hand = Some((id, batch.clone()));
        Ok((id, batch))
    }

    /// It is on disk, or could not be written; what has become different.
    pub fn stored(&mut self, id: BatchId, stored: bool) -> Vec<Write> {
        let Some((_, batch)) = self.in_hand.take_if(|(in_hand, _)| *in_hand == id) else { return Vec::new() };
        if stored { self.take_over(batch) } else { Vec::new() }
    }

    fn take_over(&mut self, batch: Batch) -> Vec<Write> {
        match (batch, &mut self.log) {
            (Batch::Append { entries, .. }, Some(log)) => {
                let writes = entries.iter().flat_map(|entry| entry.change.writes.iter().cloned()).collect();
                entries.into_iter().for_each(|entry| log.append(entry));
                writes
            }
            (Batch::Append { .. }, None) => Vec::new(),
            (Batch::Replace { head, objects, .. }, log) => {
                let Ok(new) = Log::of(head, objects.as_ref().clone()) else { return Vec::new() };
                let writes = new.writes_from(log.as_ref().map_or(&Objects::new(), Log::objects));
                *log = Some(new);
                writes
            }
        }
    }
}
