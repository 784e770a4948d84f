//! Links to the CTI servers: one task per attempt, which connects, reads and writes.
//!
//! Owns sockets and nothing else: whether to dial, when to give up and what the bytes mean is decided by the node.
//! Driven by `drive` with `Dial`, `Write` and `HangUp`; reports as [`Input::Link`].

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};

use node::failover::cti::{Epoch, Side};
use node::{Input, LinkNews};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// Frames that may wait for a slow reader: the widest recovery window, and as many requests of people.
const FRAMES_MAX: usize = 2 * WINDOW_MAX;

/// The widest recovery window that can be set: twice the default.
pub(crate) const WINDOW_MAX: usize = 4096;

/// Frames that go out in one write.
const FRAMES_PER_WRITE: usize = 64;

/// Bytes taken from the socket at once: four of the longest messages.
const READ_BYTES: usize = 16 * 1024;

/// Host and port of one CTI server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// A name, resolved at each attempt, or an address.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl std::fmt::Display for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// The pair, and the address to come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// Side A.
    pub a: Host,
    /// Side B, if there is one.
    pub b: Option<Host>,
    /// Our own address; the operating system's choice if absent.
    pub bind: Option<IpAddr>,
}

impl Hosts {
    fn of(&self, side: Side) -> Option<&Host> {
        match side {
            Side::A => Some(&self.a),
            Side::B => self.b.as_ref(),
        }
    }
}

/// Why bytes could not be handed to a link.
pub(crate) enum WriteError {
    /// There is no such link; its end has been reported or was asked for.
    NoLink,
    /// The peer has stopped reading; the link is closed now, and this says why.
    NotReading(String),
}

/// The links that exist, by attempt.
pub(crate) struct Links {
    hosts: Hosts,
    links: BTreeMap<Epoch, Link>,
}

struct Link {
    frames: mpsc::Sender<Vec<u8>>,
    task: AbortHandle,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Links {
    pub(crate) fn new(hosts: Hosts) -> Self {
        Self { hosts, links: BTreeMap::new() }
    }

    /// Starts an attempt. Its news goes to `reports`.
    pub(crate) fn dial(&mut self, epoch: Epoch, side: Side, reports: &mpsc::Sender<Input>) {
        let (frames, waiting) = mpsc::channel(FRAMES_MAX);
        let host = self.hosts.of(side).cloned();
        let attempt = Attempt { epoch, bind: self.hosts.bind, reports: reports.clone() };
        let task = tokio::spawn(attempt.run(host, waiting)).abort_handle();
        self.links.insert(epoch, Link { frames, task });
    }

    /// Queues bytes for a link.
    pub(crate) fn write(&mut self, epoch: Epoch, bytes: Vec<u8>) -> Result<(), WriteError> {
        let link = self.links.get(&epoch).ok_or(WriteError::NoLink)?;
        match link.frames.try_send(bytes) {
            Ok(()) => Ok(()),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(WriteError::NoLink),
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.forget(epoch);
                Err(WriteError::NotReading(format!(
                    "the CTI server does not read: {FRAMES_MAX} messages wait unsent"
                )))
            }
        }
    }

    /// Resets the connection if it still exists; nothing more is reported of it.
    pub(crate) fn forget(&mut self, epoch: Epoch) {
        self.links.remove(&epoch);
    }
}

/// One attempt and the connection that comes of it.
struct Attempt {
    epoch: Epoch,
    bind: Option<IpAddr>,
    reports: mpsc::Sender<Input>,
}

impl Attempt {
    async fn run(self, host: Option<Host>, frames: mpsc::Receiver<Vec<u8>>) {
        let news = match connect(host, self.bind).await {
            Err(why) => LinkNews::Failed(why),
            Ok(stream) => {
                self.report(LinkNews::Connected).await;
                LinkNews::Closed(self.converse(stream, frames).await)
            }
        };
        self.report(news).await;
    }

    /// Reads and writes until one of them ends, and says why it did.
    async fn converse(&self, mut stream: TcpStream, frames: mpsc::Receiver<Vec<u8>>) -> String {
        let (reader, writer) = stream.split();
        tokio::select! {
            why = self.read(reader) => why,
            why = write(writer, frames) => why,
        }
    }

    async fn read(&self, mut from: ReadHalf<'_>) -> String {
        loop {
            let mut bytes = Vec::with_capacity(READ_BYTES);
            match from.read_buf(&mut bytes).await {
                Ok(0) => return "the CTI server closed the connection".into(),
                Ok(_) => self.report(LinkNews::Bytes(bytes)).await,
                Err(reason) => return format!("reading from the CTI server: {reason}"),
            }
        }
    }

    /// Waits for room in the inbox; meanwhile the socket is not read, and the server has to wait too.
    async fn report(&self, news: LinkNews) {
        let _ = self.reports.send(Input::Link { epoch: self.epoch, news }).await;
    }
}

async fn write(mut to: WriteHalf<'_>, mut frames: mpsc::Receiver<Vec<u8>>) -> String {
    let mut next = Vec::with_capacity(FRAMES_PER_WRITE);
    while frames.recv_many(&mut next, FRAMES_PER_WRITE).await > 0 {
        if let Err(reason) = to.write_all(&next.concat()).await {
            return format!("writing to the CTI server: {reason}");
        }
        next.clear();
    }
    "hung up".into()
}

/// Tries each address of the name in turn; together they are one attempt.
pub(crate) async fn connect(host: Option<Host>, bind: Option<IpAddr>) -> Result<TcpStream, String> {
    let host = host.ok_or("this side is not configured")?;
    let found = tokio::net::lookup_host((host.host.as_str(), host.port)).await;
    let addresses = found.map_err(|reason| format!("{host}: name not resolved: {reason}"))?;
    let mut last = format!("{host}: no usable address");
    for address in addresses.filter(|address| bind.is_none_or(|bind| bind.is_ipv4() == address.is_ipv4())) {
        match connect_to(address, bind).await {
            Ok(stream) => return Ok(stream),
            Err(reason) => last = format!("{host}: {reason}"),
        }
    }
    Err(last)
}

/// A dropped connection is reset rather than closed, so that the server learns at once that we have gone.
async fn connect_to(address: SocketAddr, bind: Option<IpAddr>) -> io::Result<TcpStream> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_nodelay(true)?;
    socket.set_zero_linger()?;
    if let Some(bind) = bind {
        socket.bind(SocketAddr::new(bind, 0))?;
    }
    socket.connect(address).await
}
