//! Cutting a byte stream into messages.

use std::fmt;

/// Bytes of the header: MessageLength and MessageType.
const HEADER: usize = 8;

/// Bytes of one received message, header included. The guides promise 4096, at version 24 12500; 16 KiB leaves room
/// for both and bounds what a peer can make us hold (ged188.md section 2.1).
pub const MESSAGE_BYTES_MAX: usize = 16 * 1024;

/// A whole message whose body has not been looked at yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// The message type of the header.
    pub kind: u32,
    /// Everything after the header.
    pub body: Vec<u8>,
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame").field("kind", &self.kind).field("bytes", &self.body.len()).finish()
    }
}

/// A header that announces more than one message may have. Where the next message would begin is then unknown, so
/// the stream is of no use any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a message of type {kind} announces {length} bytes, but at most {MESSAGE_BYTES_MAX} are taken")]
pub struct FrameTooLong {
    /// The message type of the header.
    pub kind: u32,
    /// The announced length, without the header.
    pub length: u32,
}

/// Collects bytes until they make messages. Whoever pushes takes every frame out before pushing again, so it never
/// holds more than one incomplete message and what came last.
#[derive(Clone, Default)]
pub struct Framer {
    bytes: Vec<u8>,
    /// Bytes in front that were taken out already.
    taken: usize,
}

impl fmt::Debug for Framer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Framer").field("waiting", &self.waiting()).finish()
    }
}

impl Framer {
    /// Adds what came from the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.taken);
        self.taken = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole message, `None` until more bytes come.
    ///
    /// # Errors
    /// [`FrameTooLong`] as soon as a header announces too much; every later call says the same.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, FrameTooLong> {
        let waiting = self.bytes.get(self.taken..).unwrap_or_default();
        let &[l0, l1, l2, l3, k0, k1, k2, k3, ref rest @ ..] = waiting else {
            return Ok(None);
        };
        let (length, kind) = (u32::from_be_bytes([l0, l1, l2, l3]), u32::from_be_bytes([k0, k1, k2, k3]));
        let body_bytes = length as usize;
        if body_bytes > MESSAGE_BYTES_MAX - HEADER {
            return Err(FrameTooLong { kind, length });
        }
        let Some(body) = rest.get(..body_bytes) else {
            return Ok(None);
        };
        let frame = Frame { kind, body: body.to_vec() };
        self.taken += HEADER + body_bytes;
        Ok(Some(frame))
    }

    /// Bytes that wait for the rest of their message.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.bytes.len() - self.taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARTBEAT: [u8; 12] = [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 7];

    #[test]
    fn a_frame_comes_out_when_its_last_byte_is_in() {
        let mut framer = Framer::default();
        framer.push(&HEARTBEAT[..11]);
        assert_eq!(framer.next_frame(), Ok(None));
        framer.push(&HEARTBEAT[11..]);
        assert_eq!(framer.next_frame(), Ok(Some(Frame { kind: 5, body: vec![0, 0, 0, 7] })));
        assert_eq!((framer.next_frame(), framer.waiting()), (Ok(None), 0));
    }

    #[test]
    fn a_body_of_16376_bytes_is_taken_and_one_more_is_not() {
        let mut framer = Framer::default();
        framer.push(&[0, 0, 0x3f, 0xf8, 0, 0, 0, 9]);
        assert_eq!(framer.next_frame(), Ok(None));
        let mut framer = Framer::default();
        framer.push(&[0, 0, 0x3f, 0xf9, 0, 0, 0, 9]);
        assert_eq!(framer.next_frame(), Err(FrameTooLong { kind: 9, length: 16_377 }));
    }
}
