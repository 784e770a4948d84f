//! Links to CTI servers: what is reported, and what the server sees.

use std::io::ErrorKind;

use node::LinkNews;
use node::failover::cti::Epoch;
use tokio::net::TcpListener;

use super::*;
use crate::net::cti::{Host, Hosts, Links, WriteError};

struct World {
    server: TcpListener,
    links: Links,
    reports: mpsc::Sender<Input>,
    news: mpsc::Receiver<Input>,
}

impl World {
    async fn new(bind: Option<&str>) -> Self {
        let server = TcpListener::bind(any_port()).await.unwrap();
        let a = host(server.local_addr().unwrap());
        let (reports, news) = mpsc::channel(4);
        let bind = bind.map(|address| address.parse().unwrap());
        Self { server, links: Links::new(Hosts { a, b: None, bind }), reports, news }
    }

    fn dial(&mut self, epoch: u64, side: Side) {
        self.links.dial(Epoch(epoch), side, &self.reports);
    }

    async fn news(&mut self) -> (u64, LinkNews) {
        match soon(self.news.recv()).await.unwrap() {
            Input::Link { epoch, news } => (epoch.0, news),
            other => panic!("{other:?}"),
        }
    }

    async fn connected(&mut self) -> TcpStream {
        self.dial(1, Side::A);
        let (stream, _) = soon(self.server.accept()).await.unwrap();
        assert!(matches!(self.news().await, (1, LinkNews::Connected)));
        stream
    }
}

fn host(address: SocketAddr) -> Host {
    Host { host: address.ip().to_string(), port: address.port() }
}

#[tokio::test]
async fn bytes_go_both_ways_and_the_end_is_told() {
    let mut world = World::new(None).await;
    let mut server = world.connected().await;
    assert!(world.links.write(Epoch(1), b"ab".to_vec()).is_ok());
    assert!(world.links.write(Epoch(1), b"cd".to_vec()).is_ok());
    let mut got = [0; 4];
    soon(server.read_exact(&mut got)).await.unwrap();
    assert_eq!(&got, b"abcd");
    server.write_all(b"ef").await.unwrap();
    assert!(matches!(world.news().await, (1, LinkNews::Bytes(bytes)) if bytes == b"ef"));
    drop(server);
    let (_, LinkNews::Closed(why)) = world.news().await else { panic!("not told") };
    assert_eq!(why, "the CTI server closed the connection");
}

#[tokio::test]
async fn a_refused_attempt_says_where_and_why() {
    let mut world = World::new(None).await;
    let address = world.server.local_addr().unwrap();
    drop(world.server);
    world.server = TcpListener::bind(any_port()).await.unwrap();
    world.dial(1, Side::A);
    let (1, LinkNews::Failed(why)) = world.news().await else { panic!("not told") };
    assert!(why.starts_with(&format!("{address}: Connection refused")), "{why}");
}

#[tokio::test]
async fn a_side_that_is_not_configured_fails_at_once() {
    let mut world = World::new(None).await;
    world.dial(1, Side::B);
    let (1, LinkNews::Failed(why)) = world.news().await else { panic!("not told") };
    assert_eq!(why, "this side is not configured");
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_a_failed_attempt() {
    let mut world = World::new(None).await;
    let a = Host { host: "no-such-host.invalid".into(), port: 42027 };
    world.links = Links::new(Hosts { a, b: None, bind: None });
    world.dial(1, Side::A);
    let (1, LinkNews::Failed(why)) = world.news().await else { panic!("not told") };
    assert!(why.starts_with("no-such-host.invalid:42027: name not resolved"), "{why}");
}

#[tokio::test]
async fn connections_come_from_the_configured_address() {
    let mut world = World::new(Some("127.0.0.77")).await;
    let server = world.connected().await;
    assert_eq!(server.peer_addr().unwrap().ip().to_string(), "127.0.0.77");
}

#[tokio::test]
async fn hanging_up_resets_the_connection_and_nothing_more_is_told() {
    let mut world = World::new(None).await;
    let mut server = world.connected().await;
    world.links.forget(Epoch(1));
    let seen = soon(server.read(&mut [0; 1])).await;
    assert_eq!(seen.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert!(matches!(world.links.write(Epoch(1), vec![0]), Err(WriteError::NoLink)));
    drop(world.reports);
    assert!(soon(world.news.recv()).await.is_none(), "there was more news");
}

#[tokio::test]
async fn a_server_that_does_not_read_is_let_go() {
    let mut world = World::new(None).await;
    let mut server = world.connected().await;
    let why = loop {
        match world.links.write(Epoch(1), vec![0; 4096]) {
            Ok(()) => tokio::task::yield_now().await,
            Err(WriteError::NotReading(why)) => break why,
            Err(WriteError::NoLink) => panic!("gone without a word"),
        }
    };
    assert!(why.contains("does not read"), "{why}");
    let mut sink = Vec::new();
    let seen = soon(server.read_to_end(&mut sink)).await;
    assert_eq!(seen.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_node_that_is_behind_makes_the_server_wait() {
    let mut world = World::new(None).await;
    let mut server = world.connected().await;
    // Nobody reads the news: four places, one read of 16 KiB in hand, and then the socket's own buffers fill up.
    let flood = vec![0; 1024 * 1024];
    let mut written = 0;
    while let Ok(Ok(more)) = tokio::time::timeout(Duration::from_millis(200), server.write(&flood)).await {
        written += more;
        assert!(written < 64 * flood.len(), "the server never had to wait");
    }
    let mut arrived = 0;
    while arrived < written {
        let (1, LinkNews::Bytes(bytes)) = world.news().await else { panic!("not bytes") };
        assert!(bytes.len() <= 16 * 1024);
        arrived += bytes.len();
    }
}
