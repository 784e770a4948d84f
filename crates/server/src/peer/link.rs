//! One connection to the peer, from its greeting to its end.

use std::io;

use node::failover::fence::LinkId;
use node::pair::{Frame, FrameError, PREFIX_BYTES, body_length};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::hub::{Hub, OUTGOING_MAX, Order};
use super::tally::Mishap;
use super::{ALIVE_EVERY, DEAD_AFTER};

/// Frames that go out in one write.
const FRAMES_PER_WRITE: usize = 64;

/// Why a connection has ended.
#[derive(Debug, thiserror::Error)]
pub(super) enum Ended {
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
    #[error("the other node closed the connection")]
    Closed,
    #[error("nothing was heard for {DEAD_AFTER:?}")]
    Silent,
    #[error("the other node does not read")]
    NotReading,
    #[error("what came is no frame: {0}")]
    Frame(#[from] FrameError),
    #[error("the other end did not say who it is first")]
    NoHello,
    #[error("the other end said again who it is")]
    SecondHello,
    #[error("{0} has the same rank as this node; one must be the primary, one the secondary (node.rank)")]
    SameRank(String),
    #[error("a newer connection took its place")]
    Replaced,
    #[error("this node gave it up: {0}")]
    HungUp(String),
}

impl Ended {
    /// What it is counted as, beside the loss of a link.
    pub(super) fn mishap(&self) -> Option<Mishap> {
        match self {
            Self::Io(reason) => is_tls(reason).then_some(Mishap::Unauthenticated),
            Self::Frame(_) | Self::NoHello | Self::SecondHello => Some(Mishap::FrameRefused),
            Self::Closed
            | Self::Silent
            | Self::NotReading
            | Self::SameRank(_)
            | Self::Replaced
            | Self::HungUp(_) => None,
        }
    }
}

/// Whether the other end, or we, refused what TLS showed. A refusal by the listener comes with the first read.
pub(super) fn is_tls(reason: &io::Error) -> bool {
    reason.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
}

/// The other node, after its greeting.
pub(super) struct Greeted<S> {
    host: String,
    stream: BufReader<S>,
}

/// Both sides say who they are. To be bounded in time by the caller.
pub(super) async fn greet<S>(stream: S, hub: &Hub) -> Result<Greeted<S>, Ended>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    stream.write_all(&hub.hello().encode()?).await?;
    stream.flush().await?;
    match read_frame(&mut stream).await? {
        Frame::Hello { rank, host } if hub.is_other(rank) => Ok(Greeted { host, stream }),
        Frame::Hello { host, .. } => Err(Ended::SameRank(host)),
        Frame::Alive | Frame::Fence(_) | Frame::Ledger(_) | Frame::Order { .. } | Frame::Answer { .. } => {
            Err(Ended::NoHello)
        }
    }
}

/// Carries frames until the connection ends, and says why it did.
pub(super) async fn carry<S: AsyncRead + AsyncWrite>(greeted: Greeted<S>, hub: &Hub) -> Ended {
    let Greeted { host, stream } = greeted;
    let (frames, waiting) = mpsc::channel(OUTGOING_MAX);
    let (link, hung_up) = hub.up(&host, frames.clone()).await;
    let (reader, writer) = tokio::io::split(stream);
    let why = tokio::select! {
        why = Reading { link, host, hub, frames, orders: JoinSet::new() }.run(reader) => why,
        why = write(writer, waiting) => why,
        fault = hung_up => Ended::HungUp(fault.map_or_else(|_| "it ends".into(), |fault| fault.to_string())),
        () = hub.replaced(link) => Ended::Replaced,
    };
    hub.down(link, &why).await;
    why
}

struct Reading<'a> {
    link: LinkId,
    host: String,
    hub: &'a Hub,
    frames: mpsc::Sender<Frame>,
    /// Orders of the peer that are being carried out; they end with the connection, their effects do not.
    orders: JoinSet<()>,
}

impl Reading<'_> {
    async fn run<R: AsyncRead + Unpin>(mut self, mut from: R) -> Ended {
        loop {
            let frame = match timeout(DEAD_AFTER, read_frame(&mut from)).await {
                Ok(Ok(frame)) => frame,
                Ok(Err(why)) => return why,
                Err(_) => return Ended::Silent,
            };
            match frame {
                Frame::Hello { .. } => return Ended::SecondHello,
                Frame::Alive => {}
                Frame::Fence(message) => self.hub.said(self.link, message.into()).await,
                Frame::Ledger(message) => self.hub.said(self.link, message.into()).await,
                Frame::Order { id, line } => self.order(id, line),
                Frame::Answer { id, line } => self.hub.answered(self.link, id, line),
            }
        }
    }

    /// An order that finds no room is not answered, and its sender told so by his own deadline.
    fn order(&mut self, id: u64, line: String) {
        while self.orders.try_join_next().is_some() {}
        let (answer, answered) = oneshot::channel();
        if self.hub.ordered(Order { line, host: self.host.clone(), answer }).is_ok() {
            let frames = self.frames.clone();
            self.orders.spawn(async move {
                if let Ok(line) = answered.await {
                    let _ = frames.send(Frame::Answer { id, line }).await;
                }
            });
        }
    }
}

async fn read_frame<R: AsyncRead + Unpin>(from: &mut R) -> Result<Frame, Ended> {
    let mut prefix = [0; PREFIX_BYTES];
    read_exact(from, &mut prefix).await?;
    let mut body = vec![0; body_length(prefix)?];
    read_exact(from, &mut body).await?;
    Ok(Frame::decode(&body)?)
}

async fn read_exact<R: AsyncRead + Unpin>(from: &mut R, to: &mut [u8]) -> Result<(), Ended> {
    match from.read_exact(to).await {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Ended::Closed),
        Err(error) => Err(error.into()),
    }
}

/// Writes what waits, and a sign of life when nothing does.
async fn write<W: AsyncWrite + Unpin>(mut to: W, mut waiting: mpsc::Receiver<Frame>) -> Ended {
    let mut next = Vec::with_capacity(FRAMES_PER_WRITE);
    loop {
        next.clear();
        if timeout(ALIVE_EVERY, waiting.recv_many(&mut next, FRAMES_PER_WRITE)).await.is_err() {
            next.push(Frame::Alive);
        }
        match next.iter().map(Frame::encode).collect::<Result<Vec<_>, _>>() {
            Err(why) => return why.into(),
            Ok(bytes) => match timeout(DEAD_AFTER, write_all(&mut to, &bytes.concat())).await {
                Ok(Ok(())) => {}
                Ok(Err(why)) => return why.into(),
                Err(_) => return Ended::NotReading,
            },
        }
    }
}

async fn write_all<W: AsyncWrite + Unpin>(to: &mut W, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes).await?;
    to.flush().await
}
