//! What a broken CTI server sends: bytes that are no GED-188.

use std::time::Duration;

use failover::cti::Side;

use crate::command::{CommandError, Garbage};
use crate::pair::CtiPair;
use crate::side::letter;

/// Pause between two pieces of an endless stream.
const STREAM_PAUSE: Duration = Duration::from_millis(10);
/// One piece of an endless stream.
const STREAM_BYTES: usize = 16 * 1024;
/// CALL_DELIVERED_EVENT, whose beginning looks true.
const DELIVERED: u32 = 9;

impl CtiPair {
    /// Sends garbage to every client of a side.
    ///
    /// # Errors
    /// The side serves nobody.
    pub(crate) fn send_garbage(
        &mut self,
        side: Side,
        kind: Garbage,
        now: Duration,
    ) -> Result<(), CommandError> {
        if !self.side(side).is_some_and(|server| server.serving()) {
            return Err(CommandError::NotNow("the CTI server serves nobody"));
        }
        self.tell_story("fault", format!("CTI server {} sends garbage: {kind:?}", letter(side)), now);
        if kind == Garbage::EndlessStream {
            self.start_stream(side, now);
            return Ok(());
        }
        for conn in self.connections(side) {
            let bytes = self.garbage(kind);
            self.send_bytes(conn, bytes);
        }
        Ok(())
    }

    /// Whether an endless stream has anybody to go to.
    pub(crate) fn streaming(&self) -> bool {
        self.clients.values().any(|client| self.side(client.side).is_some_and(|server| server.streaming))
    }

    /// The next piece of an endless stream. It ends when the last client of the side is gone.
    pub(crate) fn stream_if_due(&mut self, now: Duration) {
        for side in [Side::A, Side::B] {
            let conns = self.connections(side);
            let Some(server) = self.sides.get_mut(&side).filter(|server| server.streaming) else { continue };
            server.streaming = !conns.is_empty();
            if self.next_stream <= now {
                for conn in conns {
                    self.send_bytes(conn, vec![0xFF; STREAM_BYTES]);
                }
            }
        }
        if self.next_stream <= now {
            self.next_stream = now + STREAM_PAUSE;
        }
    }

    fn start_stream(&mut self, side: Side, now: Duration) {
        self.next_stream = now;
        if let Some(server) = self.sides.get_mut(&side) {
            server.streaming = true;
        }
        self.stream_if_due(now);
    }

    fn garbage(&mut self, kind: Garbage) -> Vec<u8> {
        match kind {
            Garbage::RandomBytes => (0..64).flat_map(|_| self.rng.next().to_be_bytes()).collect(),
            Garbage::HalfMessage => [header(200).as_slice(), &[0; 60]].concat(),
            Garbage::WrongLength => [header(0xFFFF_FFF0).as_slice(), &[0; 60]].concat(),
            Garbage::EndlessStream => vec![0xFF; STREAM_BYTES],
        }
    }
}

fn header(length: u32) -> Vec<u8> {
    [length.to_be_bytes(), DELIVERED.to_be_bytes()].concat()
}
