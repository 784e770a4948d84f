//! The stream that the driver sees: one without encryption, whatever is underneath.
//!
//! ```text
//!  driver ── PRELOGIN ─▶ swallowed, since ours has been exchanged; answered from here
//!         ── LOGIN7 ───▶ TLS, if anything is covered
//!         ── the rest ─▶ TLS, or the bare connection if the login alone is covered
//! ```

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use futures_util::io::{AsyncRead, AsyncWrite};
use tokio::io::{AsyncRead as TokioRead, AsyncWrite as TokioWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::prelogin::{HEADER, LAST, NO_ENCRYPTION, PACKET_MAX, PRELOGIN};

/// Type of the packets of a login.
const LOGIN7: u8 = 0x10;

type Tls = Box<TlsStream<Handshake>>;

/// Most bytes of one answer: 100,000 agents of 1 kB each, with room.
const ANSWER_MAX: usize = 128 * 1024 * 1024;

/// How much of the answer to one question has come.
#[derive(Clone, Debug, Default)]
pub(super) struct Received(Arc<AtomicUsize>);

impl Received {
    /// A question is asked.
    pub(super) fn start(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// Whether nothing has come yet.
    pub(super) fn is_nothing(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    fn more(&self, bytes: usize) -> io::Result<()> {
        let so_far = self.0.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if so_far > ANSWER_MAX { Err(io::Error::other("the answer is too long")) } else { Ok(()) }
    }
}

/// See above.
pub(super) struct Wire {
    received: Received,
    /// What is left of the answer to the driver's PRELOGIN.
    answer: &'static [u8],
    greeted: bool,
    packets: Packets,
    stream: Stream,
}

enum Stream {
    Bare(Handshake),
    Tls(Tls),
    /// Until the login is sent.
    Login(Tls),
    /// The login is written, not yet flushed.
    LoginSent(Tls),
    /// While it changes; after an error.
    Gone,
}

impl Wire {
    /// Nothing is covered.
    pub(super) fn clear(stream: TcpStream) -> Self {
        let mut stream = Handshake::new(stream);
        stream.complete();
        Self::over(Stream::Bare(stream))
    }

    /// All is covered.
    pub(super) fn covered(stream: TlsStream<Handshake>) -> Self {
        Self::over(Stream::Tls(Box::new(stream)))
    }

    /// The login is covered.
    pub(super) fn login_covered(stream: TlsStream<Handshake>) -> Self {
        Self::over(Stream::Login(Box::new(stream)))
    }

    /// Counts what comes from now on.
    pub(super) fn received(&self) -> Received {
        self.received.clone()
    }

    fn over(stream: Stream) -> Self {
        let (received, packets) = (Received::default(), Packets::default());
        Self { received, answer: &NO_ENCRYPTION, greeted: false, packets, stream }
    }

    /// Takes the driver's PRELOGIN and sends it nowhere.
    fn swallow(&mut self, bytes: &[u8]) -> usize {
        let (taken, ended) = self.packets.step(bytes);
        self.greeted = ended.is_some_and(|(kind, status)| kind == PRELOGIN && status & LAST != 0);
        taken
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut [u8]) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        if !wire.answer.is_empty() {
            let (now, later) = wire.answer.split_at(wire.answer.len().min(into.len()));
            into.iter_mut().zip(now).for_each(|(to, byte)| *to = *byte);
            wire.answer = later;
            return Poll::Ready(Ok(now.len()));
        }
        let mut buffer = ReadBuf::new(into);
        ready!(wire.stream.io()?.poll_read(cx, &mut buffer))?;
        let read = buffer.filled().len();
        Poll::Ready(wire.received.more(read).map(|()| read))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        if !wire.greeted {
            return Poll::Ready(Ok(wire.swallow(bytes)));
        }
        let Stream::Login(tls) = &mut wire.stream else {
            return wire.stream.io()?.poll_write(cx, bytes);
        };
        let (to_the_end, _) = wire.packets.clone().step(bytes);
        let written = ready!(Pin::new(tls).poll_write(cx, bytes.get(..to_the_end).unwrap_or(bytes)))?;
        let (_, ended) = wire.packets.step(bytes.get(..written).unwrap_or(bytes));
        if ended.is_some_and(|(kind, status)| kind == LOGIN7 && status & LAST != 0) {
            wire.stream.login_sent();
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        ready!(wire.stream.io()?.poll_flush(cx))?;
        wire.stream.uncover();
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().stream.io()?.poll_shutdown(cx)
    }
}

trait Io: TokioRead + TokioWrite + Unpin + Send {}
impl<T: TokioRead + TokioWrite + Unpin + Send> Io for T {}

impl Stream {
    fn io(&mut self) -> io::Result<Pin<&mut dyn Io>> {
        match self {
            Self::Bare(stream) => Ok(Pin::new(stream)),
            Self::Tls(stream) | Self::Login(stream) | Self::LoginSent(stream) => Ok(Pin::new(&mut **stream)),
            Self::Gone => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn login_sent(&mut self) {
        *self = match std::mem::replace(self, Self::Gone) {
            Self::Login(tls) => Self::LoginSent(tls),
            other @ (Self::Bare(_) | Self::Tls(_) | Self::LoginSent(_) | Self::Gone) => other,
        }
    }

    /// The login is on its way: the rest goes without TLS.
    fn uncover(&mut self) {
        *self = match std::mem::replace(self, Self::Gone) {
            Self::LoginSent(tls) => Self::Bare(tls.into_inner().0),
            other @ (Self::Bare(_) | Self::Tls(_) | Self::Login(_) | Self::Gone) => other,
        }
    }
}

/// Where in its packets a stream of TDS is.
#[derive(Clone, Debug, Default)]
struct Packets {
    header: [u8; HEADER],
    have: usize,
    left: usize,
}

impl Packets {
    /// Takes bytes up to the end of a header or a packet; says how many, and type and status of a packet that ended.
    fn step(&mut self, bytes: &[u8]) -> (usize, Option<(u8, u8)>) {
        let taken = if self.have < HEADER { self.take_header(bytes) } else { self.left.min(bytes.len()) };
        if self.have == HEADER {
            self.left -= taken.min(self.left);
        }
        if self.have < HEADER || self.left > 0 {
            return (taken, None);
        }
        let [kind, status, ..] = self.header;
        *self = Self::default();
        (taken, Some((kind, status)))
    }

    fn take_header(&mut self, bytes: &[u8]) -> usize {
        let places = self.header.iter_mut().skip(self.have);
        let taken = places.zip(bytes).map(|(to, byte)| *to = *byte).count();
        self.have += taken;
        if self.have == HEADER {
            let [_, _, high, low, ..] = self.header;
            // `step` takes off what was taken now, which is of the header.
            self.left = usize::from(u16::from_be_bytes([high, low])).saturating_sub(HEADER) + taken;
        }
        taken
    }
}

/// TCP underneath TLS: until the handshake is complete, what TLS sends and gets is wrapped in PRELOGIN packets.
pub(super) struct Handshake {
    tcp: TcpStream,
    complete: bool,
    /// Of the packet that is being read.
    header: [u8; HEADER],
    have: usize,
    left: usize,
    /// What TLS has written and not flushed; then packets, of which the first bytes may be sent.
    unsent: Vec<u8>,
    packed: bool,
}

/// A handshake writes a few thousand bytes; one that writes more than this goes wrong.
const UNSENT_MAX: usize = 65_536;

impl Handshake {
    pub(super) fn new(tcp: TcpStream) -> Self {
        Self {
            tcp,
            complete: false,
            header: [0; HEADER],
            have: 0,
            left: 0,
            unsent: Vec::new(),
            packed: false,
        }
    }

    /// From now on nothing is wrapped.
    pub(super) fn complete(&mut self) {
        self.complete = true;
    }

    /// Reads the header of the next packet.
    fn poll_header(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.have < HEADER {
            let mut rest = ReadBuf::new(self.header.get_mut(self.have..).unwrap_or_default());
            ready!(Pin::new(&mut self.tcp).poll_read(cx, &mut rest))?;
            match rest.filled().len() {
                0 => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
                read => self.have += read,
            }
        }
        let [kind, _, high, low, ..] = self.header;
        let length = usize::from(u16::from_be_bytes([high, low]));
        if kind != PRELOGIN || length <= HEADER {
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the answer is no handshake",
            )));
        }
        self.left = length - HEADER;
        Poll::Ready(Ok(()))
    }

    /// Wraps what TLS has written.
    fn pack(&mut self) {
        let written = std::mem::take(&mut self.unsent);
        let mut chunks = written.chunks(PACKET_MAX - HEADER).peekable();
        while let Some(chunk) = chunks.next() {
            let status = if chunks.peek().is_none() { LAST } else { 0 };
            let [high, low] = u16::try_from(chunk.len() + HEADER).unwrap_or(u16::MAX).to_be_bytes();
            self.unsent.extend([PRELOGIN, status, high, low, 0, 0, 1, 0]);
            self.unsent.extend(chunk);
        }
        self.packed = true;
    }
}

impl TokioRead for Handshake {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.complete {
            return Pin::new(&mut this.tcp).poll_read(cx, into);
        }
        if this.left == 0 {
            ready!(this.poll_header(cx))?;
        }
        let mut part = into.take(this.left);
        ready!(Pin::new(&mut this.tcp).poll_read(cx, &mut part))?;
        let read = part.filled().len();
        // What was filled in is at the same place of `into`, behind what it held already.
        let filled = part.filled().to_vec();
        into.put_slice(&filled);
        this.left -= read;
        if this.left == 0 {
            this.have = 0;
        }
        Poll::Ready(Ok(()))
    }
}

impl TokioWrite for Handshake {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.complete {
            return Pin::new(&mut this.tcp).poll_write(cx, bytes);
        }
        if this.unsent.len() + bytes.len() > UNSENT_MAX {
            return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
        }
        if this.packed {
            // Half of a packet is sent; the rest goes first.
            ready!(Pin::new(&mut *this).poll_flush(cx))?;
        }
        this.unsent.extend(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.packed && !this.unsent.is_empty() {
            this.pack();
        }
        while !this.unsent.is_empty() {
            match ready!(Pin::new(&mut this.tcp).poll_write(cx, &this.unsent))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => drop(this.unsent.drain(..written)),
            }
        }
        this.packed = false;
        Pin::new(&mut this.tcp).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_end_where_they_end_however_they_are_cut() {
        let login =
            [&[LOGIN7, 0, 0, 11, 0, 0, 1, 0, 1, 2, 3][..], &[LOGIN7, LAST, 0, 9, 0, 0, 2, 0, 4]].concat();
        for cut in 1..login.len() {
            let (mut packets, mut ends, mut at) = (Packets::default(), Vec::new(), 0);
            while at < login.len() {
                let (taken, ended) = packets.step(&login[at..login.len().min(at + cut)]);
                at += taken;
                ends.extend(ended.map(|(_, status)| (at, status)));
            }
            assert_eq!(ends, [(11, 0), (20, LAST)], "cut into {cut}");
        }
        assert_eq!(Packets::default().step(&[LOGIN7, LAST, 0, 8, 0, 0, 0, 0]), (8, Some((LOGIN7, LAST))));
    }
}
