//! A server that says what a test wants: TDS 7.3 without encryption, written out byte by byte.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::prelogin::{LAST, NO_ENCRYPTION};
use super::*;

/// What comes back for a message.
#[derive(Clone)]
pub(super) enum Reply {
    /// The tokens of a whole answer.
    Tokens(Vec<u8>),
    /// The beginning of an answer, then nothing.
    Half(Vec<u8>),
    /// The beginning of an answer, if any, then the end of the connection.
    Broken(Vec<u8>),
    /// Whatever bytes.
    Raw(Vec<u8>),
}

/// A server, and what it has seen.
pub(super) struct Scripted {
    pub(super) host: Host,
    connections: Arc<AtomicUsize>,
    ended: watch::Receiver<usize>,
}

impl Scripted {
    /// `reply` is asked with the number of the connection and of its message: 0 is PRELOGIN, 1 LOGIN7, then queries.
    pub(super) async fn start(reply: impl Fn(usize, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = Host { host: "127.0.0.1".into(), port: listener.local_addr().unwrap().port() };
        let (connections, (end, ended)) = (Arc::<AtomicUsize>::default(), watch::channel(0));
        let (reply, counted) = (Arc::new(reply), Arc::clone(&connections));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = counted.fetch_add(1, Ordering::SeqCst);
                let (reply, end) = (Arc::clone(&reply), end.clone());
                tokio::spawn(async move {
                    converse(stream, |message| reply(number, message)).await;
                    end.send_modify(|ended| *ended += 1);
                });
            }
        });
        Self { host, connections, ended }
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until so many connections have ended.
    pub(super) async fn ended(&mut self, wanted: usize) {
        let ended = self.ended.wait_for(|ended| *ended >= wanted);
        timeout(Duration::from_secs(10), ended).await.unwrap().unwrap();
    }

    pub(super) fn server(&self) -> SqlServer {
        self.with(|_| {})
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut Settings)) -> SqlServer {
        let mut settings = Settings {
            primary: self.host.clone(),
            secondary: None,
            database: "ucce_awdb".into(),
            account: Account {
                domain: None,
                username: "holdfast".into(),
                password: Secret::new("account-471147"),
            },
            encrypt: Encrypt::Off,
            trust: Trust::Nobody,
            bind: None,
            timeouts: Timeouts {
                connect: Duration::from_secs(5),
                login: Duration::from_secs(5),
                query: Duration::from_secs(5),
            },
        };
        change(&mut settings);
        SqlServer::new(self.host.clone(), Arc::new(settings), 2)
    }

    /// What every fault of it begins with.
    pub(super) fn place(&self) -> String {
        format!("{}, database ucce_awdb: ", self.host)
    }
}

async fn converse(mut stream: TcpStream, reply: impl Fn(usize) -> Reply) {
    for number in 0.. {
        if read(&mut stream).await.is_none() {
            return;
        }
        let (bytes, then_hangs) = match reply(number) {
            Reply::Tokens(tokens) => (packet(&tokens, tokens.len()), None),
            Reply::Raw(bytes) => (bytes, None),
            // Cut where nobody expects it: the header announces more.
            Reply::Half(tokens) => (packet(&tokens, tokens.len() + 100), Some(true)),
            Reply::Broken(tokens) if tokens.is_empty() => (Vec::new(), Some(false)),
            Reply::Broken(tokens) => (packet(&tokens, tokens.len() + 100), Some(false)),
        };
        stream.write_all(&bytes).await.unwrap();
        match then_hangs {
            None => {}
            Some(false) => return,
            Some(true) => {
                // The end of what the client had still to say is the end of the connection.
                let _ = stream.read(&mut [0; 1]).await;
                return;
            }
        }
    }
}

/// Reads one message; nothing at the end of the connection.
async fn read(stream: &mut TcpStream) -> Option<()> {
    loop {
        let mut header = [0; 8];
        stream.read_exact(&mut header).await.ok()?;
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        stream.read_exact(&mut vec![0; length - 8]).await.ok()?;
        if header[1] & LAST != 0 {
            return Some(());
        }
    }
}

fn packet(tokens: &[u8], announced: usize) -> Vec<u8> {
    let [high, low] = u16::try_from(announced + 8).unwrap().to_be_bytes();
    [&[4, LAST, high, low, 0, 0, 1, 0], tokens].concat()
}

/// The answer to PRELOGIN.
pub(super) fn greeting() -> Reply {
    Reply::Raw(NO_ENCRYPTION.to_vec())
}

/// The answer to LOGIN7.
pub(super) fn welcome() -> Reply {
    let body = [&[1, 0x73, 0x0b, 0, 3, 4][..], &utf16("Test"), &[10, 0, 0, 0]].concat();
    Reply::Tokens([&[0xad][..], &length(&body), &body, &done(0)].concat())
}

/// An error of the server's, as the whole of an answer.
pub(super) fn error(number: i32, message: &str) -> Reply {
    let class_14_state_1 = [1, 14];
    let body = [
        &number.to_le_bytes()[..],
        &class_14_state_1,
        &u16::try_from(message.encode_utf16().count()).unwrap().to_le_bytes(),
        &utf16(message),
        &[0, 0],
        &1_u32.to_le_bytes(),
    ]
    .concat();
    Reply::Tokens([&[0xaa][..], &length(&body), &body, &done(2)].concat())
}

/// A column of a row that a test sends.
pub(super) enum Sent<'a> {
    Text(Option<&'a str>),
    Int(Option<i32>),
    Binary(&'a [u8]),
}

/// One row.
pub(super) fn row(columns: &[Sent<'_>]) -> Vec<u8> {
    let count = u16::try_from(columns.len()).unwrap().to_le_bytes();
    let described = columns.iter().flat_map(description);
    let mut tokens: Vec<u8> = [0x81].into_iter().chain(count).chain(described).collect();
    tokens.push(0xd1);
    tokens.extend(columns.iter().flat_map(value));
    tokens
}

/// One row, as the whole of an answer.
pub(super) fn one_row(columns: &[Sent<'_>]) -> Reply {
    Reply::Tokens([row(columns), done(0)].concat())
}

fn description(column: &Sent<'_>) -> Vec<u8> {
    let kind: &[u8] = match column {
        Sent::Text(_) => &[0xe7, 0xfe, 0x01, 9, 4, 0xd0, 0, 52],
        Sent::Int(_) => &[0x26, 4],
        Sent::Binary(_) => &[0xa5, 0xff, 0],
    };
    [&[0, 0, 0, 0, 9, 0][..], kind, &[0]].concat()
}

fn value(column: &Sent<'_>) -> Vec<u8> {
    match column {
        Sent::Text(None) => vec![0xff, 0xff],
        Sent::Text(Some(text)) => [&length(&utf16(text))[..], &utf16(text)].concat(),
        Sent::Int(None) => vec![0],
        Sent::Int(Some(number)) => [&[4], &number.to_le_bytes()[..]].concat(),
        Sent::Binary(bytes) => [&length(bytes)[..], bytes].concat(),
    }
}

fn done(status: u8) -> Vec<u8> {
    [&[0xfd, status][..], &[0; 11]].concat()
}

fn length(bytes: &[u8]) -> [u8; 2] {
    u16::try_from(bytes.len()).unwrap().to_le_bytes()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
