//! The shell over real sockets on loopback, with a stand-in for the node: what the node does is tested in `node`.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use node::api::SystemInfo;
use node::domain::{Now, WallMs};
use node::failover::cti::Side;
use node::{Input, Output, Status, Timer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::Server;
use crate::clock::Clock;
use crate::config::Config;
use crate::drive::Core;
use crate::inbox::Ask;
use crate::net::Limits;
use crate::net::refusals::Refusal;
use crate::store::Store;

mod hostile;
mod http;
mod limits;
mod links;
mod longpoll;
mod order;
mod peer;
mod services;
mod settings;
mod tls;
mod wires;

/// Nothing on loopback takes this long; a test that waits longer has failed.
const SOON: Duration = Duration::from_secs(10);

/// A core that publishes one status and then answers each input as the test says.
struct StandIn<F> {
    react: F,
    out: VecDeque<Output>,
}

impl<F: FnMut(Input) -> Vec<Output> + Send + 'static> Core for StandIn<F> {
    fn handle(&mut self, input: Input, _: Now) {
        self.out.extend((self.react)(input));
    }
    fn handle_timeout(&mut self, _: Now) {}
    fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        None
    }
    fn poll_output(&mut self) -> Option<Output> {
        self.out.pop_front()
    }
    fn figures(&self) -> crate::drive::Figures {
        [("stand_ins".to_owned(), 1)].into()
    }
}

/// A directory of its own for each test, gone afterwards.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("holdfast-server-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn config(&self) -> Config {
        Config::parse("test", &self.config_text(), &[]).unwrap()
    }

    fn config_text(&self) -> String {
        format!(
            "data_dir = {:?}\n\
             node = {{ rank = 'primary', primary = 'localhost' }}\n\
             awdb.sqlite = {:?}\n\
             cti.a = {{ host = '127.0.0.1', port = 1 }}\n\
             [listen]\naddress = '127.0.0.1'\n\
             rest_http_port = 0\nrest_https_port = 0\nbosh_http_port = 0\nbosh_https_port = 0\n\
             xmpp_tcp_port = 0\nxmpp_tls_port = 0\n",
            self.0,
            self.0.join("awdb.sqlite")
        )
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server with a stand-in, and what the stand-in was told.
struct Running {
    server: Server,
    told: mpsc::UnboundedReceiver<Input>,
    _directory: Directory,
}

impl Running {
    /// `react` sees each input first; whatever it does not consume can be awaited with `told`.
    async fn start<F>(name: &str, react: F) -> Self
    where
        F: FnMut(&Input) -> Vec<Output> + Send + 'static,
    {
        Self::start_with(name, react, |config| config).await
    }

    async fn start_limited<F>(name: &str, limits: Limits, react: F) -> Self
    where
        F: FnMut(&Input) -> Vec<Output> + Send + 'static,
    {
        Self::start_with(name, react, |config| Config { limits, ..config }).await
    }

    /// Likewise, with other settings than usual.
    async fn start_with<F>(name: &str, mut react: F, change: impl FnOnce(Config) -> Config) -> Self
    where
        F: FnMut(&Input) -> Vec<Output> + Send + 'static,
    {
        let directory = Directory::new(name);
        let (tell, told) = mpsc::unbounded_channel();
        let react = move |input: Input| {
            let outputs = react(&input);
            let _ = tell.send(input);
            outputs
        };
        let core = StandIn { react, out: VecDeque::from([Output::Published(status())]) };
        let config = change(directory.config());
        let server = {
            let (store, _) = Store::open(&config.data_dir).unwrap();
            Server::start_with(core, Clock::start(), config, store).await.unwrap()
        };
        Self { server, told, _directory: directory }
    }

    async fn told(&mut self) -> Input {
        soon(self.told.recv()).await.unwrap()
    }

    fn rest(&self) -> SocketAddr {
        self.server.addresses().rest_http.unwrap()
    }

    fn bosh(&self) -> SocketAddr {
        self.server.addresses().bosh_http.unwrap()
    }

    fn xmpp(&self) -> SocketAddr {
        self.server.addresses().xmpp_tcp.unwrap()
    }

    fn refused(&self, refusal: Refusal) -> u64 {
        self.server.refusals.totals().of(refusal)
    }
}

fn status() -> Arc<Status> {
    let info = SystemInfo {
        now: WallMs(0),
        heartbeat_ok: true,
        peripheral_id: 5000,
        primary: "localhost".into(),
        secondary: None,
        in_service: true,
        reason: String::new(),
        timezone_offset_minutes: 0,
        xmpp_domain: "localhost".into(),
    };
    Arc::new(Status { info, side: Side::A })
}

async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON, what).await.expect("this should not take so long")
}

/// One request in, one answer out, and the connection closed: the bytes as they are on the wire.
async fn exchange(with: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(with).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    // A server may reset a connection whose request it refused half read; what it said before counts.
    let _ = soon(stream.read_to_end(&mut answer)).await;
    String::from_utf8(answer).unwrap()
}

fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Length: {length}\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

/// A header's value out of an answer.
fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn a_request() -> Ask {
    Ask::Rest(node::api::HttpRequest::page(""))
}

fn any_port() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}
