//! The address of one CTI server: takes connections, tells by the address they come from which link they use, and
//! gives each its fault point. A CTI server that is killed has no listener.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::links::Links;
use crate::net::Net;
use crate::parts::{CtiServer, Link};
use crate::tally::Tally;
use crate::wire::{Ear, Heard, Wire};

/// What a listener gives to its connections.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    pub(crate) net: Net,
    pub(crate) clock: Clock,
    pub(crate) links: Links,
    pub(crate) tally: Tally,
    pub(crate) inbox: mpsc::Sender<(u64, Heard)>,
    pub(crate) wires: Arc<AtomicU64>,
}

/// A listener that is up; dropping it closes the address and leaves the connections alone.
#[derive(Debug)]
pub(crate) struct Listener(JoinHandle<()>);

impl Listener {
    /// Opens the address of a CTI server.
    pub(crate) async fn open(cti: CtiServer, ground: Ground) -> io::Result<Self> {
        let listener = TcpListener::bind(ground.net.cti(cti)).await?;
        Ok(Self(tokio::spawn(accept(listener, cti, ground))))
    }

    /// Closes the address; when this returns, a connect is refused.
    pub(crate) async fn close(mut self) {
        self.0.abort();
        // The task is over either way; only then is its socket gone.
        let _ = (&mut self.0).await;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn accept(listener: TcpListener, cti: CtiServer, ground: Ground) {
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                let link = Link { node: ground.net.node_at(from.ip()), cti };
                take(stream, link, &ground);
            }
            // Out of descriptors, or the peer was gone before it was taken: neither ends the listener.
            Err(error) => {
                tracing::warn!(%cti, %error, "a connection could not be taken");
                tokio::task::yield_now().await;
            }
        }
    }
}

fn take(stream: TcpStream, link: Link, ground: &Ground) {
    let now = ground.clock.now();
    let refused = ground.links.condition(link).refuses(now);
    ground.tally.dialed(link, !refused, now);
    // Both only change how soon bytes or the reset arrive.
    let _ = if refused { stream.set_zero_linger() } else { stream.set_nodelay(true) };
    if refused {
        tokio::spawn(refuse(stream, link, ground.clone()));
    } else {
        let ear = Ear { id: ground.wires.fetch_add(1, Ordering::Relaxed), inbox: ground.inbox.clone() };
        let condition = ground.links.watch(link);
        let wire = Wire::new(link, stream, condition, ground.clock, ground.tally.clone());
        tokio::spawn(wire.carry(ear));
    }
}

/// Whoever connects learns of the refusal a round trip later.
async fn refuse(stream: TcpStream, link: Link, ground: Ground) {
    let condition = ground.links.condition(link);
    let round_trip = condition.latency_up() + condition.latency_down();
    ground.clock.sleep_until(ground.clock.now() + round_trip).await;
    drop(stream);
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::num::NonZeroU32;
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpSocket;
    use tokio::time::timeout;

    use super::*;
    use crate::fault::LinkFault;
    use crate::parts::NodeName;

    /// Far longer than anything here takes; only a hang of the code under test reaches it.
    const GUARD: Duration = Duration::from_secs(20);
    const LINK: Link = Link { node: NodeName::One, cti: CtiServer::A };

    /// CTI server A with an echo where the switch would be.
    struct Echo {
        ground: Ground,
        listener: Listener,
    }

    impl Echo {
        async fn start(net: &str) -> Self {
            let (inbox, heard) = mpsc::channel(16);
            let ground = Ground {
                net: net.parse().unwrap(),
                clock: Clock::start(),
                links: Links::default(),
                tally: Tally::default(),
                inbox,
                wires: Arc::default(),
            };
            tokio::spawn(echo(heard));
            let listener = Listener::open(CtiServer::A, ground.clone()).await.unwrap();
            Self { ground, listener }
        }

        fn fault(&self, fault: LinkFault) {
            self.ground.links.apply(LINK, &fault, self.ground.clock.now());
        }

        async fn dial(&self) -> io::Result<TcpStream> {
            let socket = TcpSocket::new_v4()?;
            socket.bind((self.ground.net.node(NodeName::One).unwrap(), 0).into())?;
            timeout(GUARD, socket.connect(self.ground.net.cti(CtiServer::A))).await.unwrap()
        }
    }

    impl Echo {
        async fn dial_until_taken(&self) -> TcpStream {
            loop {
                let mut stream = self.dial().await.unwrap();
                if stream.write_all(b"x").await.is_ok() && stream.read_exact(&mut [0]).await.is_ok() {
                    return stream;
                }
            }
        }
    }

    async fn echo(mut heard: mpsc::Receiver<(u64, Heard)>) {
        let mut says = std::collections::BTreeMap::new();
        while let Some((id, heard)) = heard.recv().await {
            match heard {
                Heard::Opened { say, .. } => drop(says.insert(id, say)),
                Heard::Bytes(bytes) => says[&id].send(bytes).await.unwrap(),
                Heard::Closed => drop(says.remove(&id)),
            }
        }
    }

    async fn send(stream: &mut TcpStream, bytes: &[u8]) {
        stream.write_all(bytes).await.unwrap();
    }

    async fn receive<const N: usize>(stream: &mut TcpStream) -> [u8; N] {
        let mut bytes = [0; N];
        timeout(GUARD, stream.read_exact(&mut bytes)).await.unwrap().unwrap();
        bytes
    }

    /// Waits for the end of the connection and says which kind it was.
    async fn end(stream: &mut TcpStream) -> Result<usize, ErrorKind> {
        timeout(GUARD, stream.read(&mut [0; 64])).await.unwrap().map_err(|error| error.kind())
    }

    #[tokio::test]
    async fn a_link_without_faults_carries_bytes_and_counts_them() {
        let lab = Echo::start("127.70.1").await;
        let mut stream = lab.dial().await.unwrap();
        send(&mut stream, b"\0\0\0\0\0\0\0\x05").await;
        assert_eq!(&receive::<8>(&mut stream).await, b"\0\0\0\0\0\0\0\x05");
        let tally = lab.ground.tally.link(LINK);
        assert_eq!((tally.dials, tally.up, tally.bytes_up, tally.bytes_down), (1, 1, 8, 8));
        assert_eq!((tally.heartbeats_asked, tally.heartbeats_confirmed), (1, 0));
    }

    #[tokio::test]
    async fn a_refusing_link_resets_what_is_up_and_what_is_new_and_logs_each_dial() {
        let lab = Echo::start("127.70.2").await;
        let mut old = lab.dial().await.unwrap();
        send(&mut old, b"x").await;
        receive::<1>(&mut old).await;
        lab.fault(LinkFault::Refuse);
        assert_eq!(end(&mut old).await, Err(ErrorKind::ConnectionReset));
        let mut new = lab.dial().await.unwrap();
        assert_eq!(end(&mut new).await, Err(ErrorKind::ConnectionReset));
        let taken: Vec<bool> = lab.ground.tally.dials().iter().map(|dial| dial.taken).collect();
        assert_eq!(taken, [true, false]);
    }

    #[tokio::test]
    async fn a_reset_ends_what_is_up_once() {
        let lab = Echo::start("127.70.3").await;
        let mut old = lab.dial().await.unwrap();
        send(&mut old, b"x").await;
        receive::<1>(&mut old).await;
        lab.fault(LinkFault::Reset);
        assert_eq!(end(&mut old).await, Err(ErrorKind::ConnectionReset));
        let mut new = lab.dial().await.unwrap();
        send(&mut new, b"y").await;
        assert_eq!(&receive::<1>(&mut new).await, b"y");
    }

    #[tokio::test]
    async fn a_hanging_link_reads_and_keeps_until_the_fault_ends() {
        let lab = Echo::start("127.70.4").await;
        let mut stream = lab.dial().await.unwrap();
        lab.fault(LinkFault::Hang);
        send(&mut stream, b"kept").await;
        while lab.ground.tally.link(LINK).bytes_up < 4 {
            tokio::task::yield_now().await;
        }
        assert_eq!(lab.ground.tally.link(LINK).bytes_down, 0, "read, and nothing returned");
        lab.fault(LinkFault::Clear);
        assert_eq!(&receive::<4>(&mut stream).await, b"kept");
    }

    #[tokio::test]
    async fn a_black_hole_reads_nothing_until_the_fault_ends() {
        let lab = Echo::start("127.70.5").await;
        lab.fault(LinkFault::Blackhole);
        let mut stream = lab.dial().await.unwrap();
        send(&mut stream, b"lost").await;
        while lab.ground.tally.link(LINK).up == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(lab.ground.tally.link(LINK).bytes_up, 0);
        lab.fault(LinkFault::Clear);
        assert_eq!(&receive::<4>(&mut stream).await, b"lost");
    }

    #[tokio::test]
    async fn latency_holds_for_the_connect_and_for_each_direction() {
        let lab = Echo::start("127.70.6").await;
        lab.fault(LinkFault::Latency { up_ms: 30, down_ms: 50 });
        let dialed = lab.ground.clock.now();
        let mut stream = lab.dial().await.unwrap();
        send(&mut stream, b"x").await;
        receive::<1>(&mut stream).await;
        let first = lab.ground.clock.now() - dialed;
        assert!(first >= Duration::from_millis(80 + 80), "the connect takes a round trip: {first:?}");
        let sent = lab.ground.clock.now();
        send(&mut stream, b"y").await;
        receive::<1>(&mut stream).await;
        assert!(lab.ground.clock.now() - sent >= Duration::from_millis(80));
    }

    #[tokio::test]
    async fn a_refusal_over_a_slow_link_comes_a_round_trip_later() {
        let lab = Echo::start("127.70.10").await;
        lab.fault(LinkFault::Latency { up_ms: 30, down_ms: 50 });
        lab.fault(LinkFault::Refuse);
        let dialed = lab.ground.clock.now();
        let mut stream = lab.dial().await.unwrap();
        assert_eq!(end(&mut stream).await, Err(ErrorKind::ConnectionReset));
        assert!(lab.ground.clock.now() - dialed >= Duration::from_millis(80));
    }

    #[tokio::test]
    async fn a_flapping_link_resets_when_it_goes_down_and_takes_connections_when_it_is_up() {
        let lab = Echo::start("127.70.7").await;
        let ms = |ms| NonZeroU32::new(ms).unwrap();
        lab.fault(LinkFault::Flap { down_ms: ms(20), up_ms: ms(500) });
        let mut refused = lab.dial().await.unwrap();
        assert_eq!(end(&mut refused).await, Err(ErrorKind::ConnectionReset));
        let mut taken = timeout(GUARD, lab.dial_until_taken()).await.unwrap();
        assert_eq!(end(&mut taken).await, Err(ErrorKind::ConnectionReset), "the next down phase");
    }

    #[tokio::test]
    async fn a_corrupting_link_flips_bytes_towards_the_desktop_server() {
        let lab = Echo::start("127.70.8").await;
        lab.fault(LinkFault::Corrupt { every: NonZeroU32::new(2).unwrap() });
        let mut stream = lab.dial().await.unwrap();
        send(&mut stream, &[0; 4]).await;
        assert_eq!(receive::<4>(&mut stream).await, [0, 0xFF, 0, 0xFF]);
    }

    #[tokio::test]
    async fn a_closed_listener_refuses_and_can_be_opened_again() {
        let lab = Echo::start("127.70.9").await;
        let Echo { ground, listener } = lab;
        listener.close().await;
        ground.links.cut(CtiServer::A);
        let dial = || TcpStream::connect(ground.net.cti(CtiServer::A));
        assert_eq!(dial().await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
        let _listener = Listener::open(CtiServer::A, ground.clone()).await.unwrap();
        dial().await.unwrap();
    }
}
