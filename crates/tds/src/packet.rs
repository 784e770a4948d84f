//! Packets: a message is cut into packets, each with eight bytes of header (MS-TDS 2.2.3.1).

use crate::error::ProtocolError;

/// Bytes of a packet's header.
const HEADER: usize = 8;
/// The packet is the last of its message.
const END_OF_MESSAGE: u8 = 0x01;
/// The session is to begin anew before the request is carried out; on the first packet of a message.
const RESET: u8 = 0x08 | 0x10;

/// A table of results.
pub(crate) const RESULT: u8 = 0x04;
/// A text of SQL.
pub(crate) const BATCH: u8 = 0x01;
/// A call of a procedure.
pub(crate) const CALL: u8 = 0x03;
/// The client takes its request back.
pub(crate) const ATTENTION: u8 = 0x06;
/// Begin, commit, roll back.
pub(crate) const TRANSACTION: u8 = 0x0E;
/// LOGIN7.
pub(crate) const LOGIN: u8 = 0x10;
/// PRELOGIN, and TLS while its handshake lasts.
pub(crate) const PRELOGIN: u8 = 0x12;

/// A whole message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) kind: u8,
    pub(crate) reset: bool,
    pub(crate) body: Vec<u8>,
}

/// Puts packets together again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deframer {
    bytes: Vec<u8>,
    /// What has come of a message whose last packet has not.
    begun: Option<Message>,
}

impl Deframer {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Everything that is not yet a packet.
    pub(crate) fn take_rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// Bytes that wait to become a message.
    pub(crate) fn waiting(&self) -> usize {
        self.bytes.len() + self.begun.as_ref().map_or(0, |message| message.body.len())
    }

    /// The next whole message of at most `max` bytes.
    pub(crate) fn message(&mut self, max: usize) -> Result<Option<Message>, ProtocolError> {
        while let Some((last, packet)) = self.packet()? {
            let message = match self.begun.take() {
                None => packet,
                Some(begun) if begun.kind == packet.kind => joined(begun, &packet.body),
                Some(_) => return Err(ProtocolError::UnexpectedPacket { kind: packet.kind }),
            };
            if message.body.len() > max {
                return Err(ProtocolError::LongMessage { max });
            }
            if last {
                return Ok(Some(message));
            }
            self.begun = Some(message);
        }
        Ok(None)
    }

    /// The next whole packet, and whether it is the last of its message.
    fn packet(&mut self) -> Result<Option<(bool, Message)>, ProtocolError> {
        let Some(&[kind, status, high, low, ..]) = self.bytes.first_chunk::<HEADER>() else {
            return Ok(None);
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if length < HEADER {
            return Err(ProtocolError::ShortPacket);
        }
        if self.bytes.len() < length {
            return Ok(None);
        }
        let body = self.bytes.drain(..length).skip(HEADER).collect();
        Ok(Some((status & END_OF_MESSAGE != 0, Message { kind, reset: status & RESET != 0, body })))
    }
}

fn joined(mut begun: Message, more: &[u8]) -> Message {
    begun.body.extend_from_slice(more);
    begun
}

/// Cuts a message into packets of at most `size` bytes, headers included.
pub(crate) fn frame(kind: u8, body: &[u8], size: usize) -> Vec<u8> {
    let room = size.saturating_sub(HEADER).max(1);
    let count = body.len().div_ceil(room).max(1);
    let mut framed = Vec::with_capacity(body.len() + count * HEADER);
    for at in 0..count {
        let part = body.chunks(room).nth(at).unwrap_or_default();
        let status = if at + 1 == count { END_OF_MESSAGE } else { 0 };
        // Negotiated sizes are below 32,768 and the number of a packet wraps (MS-TDS 2.2.3.1.5).
        let length = u16::try_from(part.len() + HEADER).unwrap_or(u16::MAX).to_be_bytes();
        let [.., number] = (at + 1).to_be_bytes();
        framed.extend([kind, status]);
        framed.extend(length);
        framed.extend([0, 0, number, 0]);
        framed.extend_from_slice(part);
    }
    framed
}

/// The packets in what a session sends, one by one; a rest that is no packet comes last.
pub fn packets(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let length = match bytes {
            [] => return None,
            [_, _, high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])).max(HEADER),
            _ => bytes.len(),
        };
        let (packet, rest) = bytes.split_at(length.min(bytes.len()));
        bytes = rest;
        Some(packet)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_any_cut_of_its_bytes_and_any_size_of_packet() {
        let body: Vec<u8> = (0..=255).cycle().take(1000).collect();
        for size in [9, 16, 512, 4096] {
            let framed = frame(RESULT, &body, size);
            for cut in [1, 7, 8, 500] {
                let mut deframer = Deframer::default();
                let mut got = Vec::new();
                for bytes in framed.chunks(cut) {
                    deframer.push(bytes);
                    got.extend(deframer.message(1000).unwrap());
                }
                assert_eq!(got, [Message { kind: RESULT, reset: false, body: body.clone() }]);
            }
        }
    }

    #[test]
    fn an_empty_message_is_one_packet() {
        assert_eq!(frame(RESULT, &[], 4096), [4, 1, 0, 8, 0, 0, 1, 0]);
    }

    #[test]
    fn packets_are_told_apart_in_what_is_sent() {
        let framed = frame(RESULT, &[7; 30], 18);
        let lengths: Vec<usize> = packets(&framed).map(<[u8]>::len).collect();
        assert_eq!(lengths, [18, 18, 18]);
    }

    #[test]
    fn a_length_that_lies_is_an_error() {
        let mut deframer = Deframer::default();
        deframer.push(&[1, 1, 0, 7, 0, 0, 0, 0]);
        assert_eq!(deframer.message(10), Err(ProtocolError::ShortPacket));
        let mut deframer = Deframer::default();
        deframer.push(&frame(BATCH, &[0; 11], 4096));
        assert_eq!(deframer.message(10), Err(ProtocolError::LongMessage { max: 10 }));
    }

    #[test]
    fn packets_of_two_kinds_are_no_message() {
        let mut deframer = Deframer::default();
        deframer.push(&[1, 0, 0, 9, 0, 0, 0, 0, 1]);
        deframer.push(&[3, 1, 0, 9, 0, 0, 0, 0, 1]);
        assert_eq!(deframer.message(10), Err(ProtocolError::UnexpectedPacket { kind: 3 }));
    }
}
