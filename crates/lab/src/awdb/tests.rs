//! Both hosts over real sockets, asked by a client that speaks TDS without TLS; stock clients with TLS are in `tests/peers`.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::Connection;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::*;
use crate::fault::LinkFault;

/// Far longer than anything here takes; only a hang of the code under test reaches it.
const GUARD: Duration = Duration::from_secs(20);

/// Longer than any answer takes that is not held back.
const HELD: Duration = Duration::from_millis(300);

const NODE: NodeName = NodeName::One;
const HOST: AwdbHost = AwdbHost::One;

struct Lab {
    net: Net,
    clock: Clock,
    kit: Kit,
    awdbs: Awdbs,
    dir: PathBuf,
}

impl Drop for Lab {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

impl Lab {
    async fn start(net: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("holdfast-awdb-{net}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let people = dir.join("people.sqlite");
        let schema = "CREATE TABLE t_Person (PersonID INTEGER PRIMARY KEY, LastName nvarchar(32)); \
                      CREATE VIEW Person AS SELECT * FROM t_Person; INSERT INTO t_Person VALUES (5000, '佐藤'); \
                      CREATE TABLE t_Controller_Time (NowTime datetime); INSERT INTO t_Controller_Time VALUES ('2026-01-01 00:00:00'); \
                      CREATE VIEW Controller_Time AS SELECT * FROM t_Controller_Time;";
        Connection::open(&people).unwrap().execute_batch(schema).unwrap();
        let net = net.parse().unwrap();
        let kit = Kit::make(net, &people, &dir).unwrap();
        let clock = Clock::start();
        let awdbs = Awdbs::open(net, clock, &kit).await.unwrap();
        Self { net, clock, kit, awdbs, dir }
    }

    fn fault(&self, fault: AwdbFault) {
        self.awdbs.fault(&AwdbOrder { node: NODE, awdb: HOST, fault });
    }

    fn session_fault(&self, fault: SessionFault) {
        self.fault(AwdbFault::Session(fault));
    }

    fn clear(&self) {
        self.fault(AwdbFault::Link(LinkFault::Clear));
    }

    fn tally(&self) -> AwdbTally {
        self.awdbs.tally(NODE, HOST)
    }

    async fn dial(&self) -> io::Result<Client> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((self.net.node(NODE).unwrap(), 0).into())?;
        let stream = timeout(GUARD, socket.connect(self.net.awdb(HOST))).await.unwrap()?;
        stream.set_nodelay(true)?;
        Ok(Client(stream))
    }

    fn password(&self) -> String {
        self.kit.access.settings(None)["password"].as_str().unwrap().to_owned()
    }

    /// A client that has sent its sign-in.
    async fn knocking(&self, password: &str, database: &str) -> Client {
        let mut client = self.dial().await.unwrap();
        client.send(0x12, &[1, 0, 6, 0, 1, 0xFF, 2]).await;
        client.answer().await.unwrap();
        client.send(0x10, &login(password, database)).await;
        client
    }

    /// A client that is in.
    async fn client(&self) -> Client {
        let mut client = self.knocking(&self.password(), "lab_awdb").await;
        assert!(has(&client.answer().await.unwrap(), "Microsoft SQL Server"));
        client
    }

    async fn now_time(&self) -> String {
        let mut client = self.client().await;
        let bytes = client.ask("SELECT CAST(NowTime AS varchar(30)) FROM dbo.Controller_Time").await.unwrap();
        let text: Vec<u8> = bytes.into_iter().filter(|byte| *byte != 0).collect();
        let at = text.windows(4).position(|four| four == b"2026").unwrap();
        String::from_utf8(text[at..at + 19].to_vec()).unwrap()
    }
}

struct Client(TcpStream);

impl Client {
    async fn send(&mut self, kind: u8, body: &[u8]) {
        let length = u16::try_from(body.len() + 8).unwrap().to_be_bytes();
        let packet = [&[kind, 1], &length[..], &[0, 0, 1, 0], body].concat();
        self.0.write_all(&packet).await.unwrap();
    }

    /// The bodies of the packets of the next message.
    async fn answer(&mut self) -> io::Result<Vec<u8>> {
        let mut whole = Vec::new();
        loop {
            let mut head = [0; 8];
            timeout(GUARD, self.0.read_exact(&mut head)).await.unwrap()?;
            let mut body = vec![0; usize::from(u16::from_be_bytes([head[2], head[3]])) - 8];
            timeout(GUARD, self.0.read_exact(&mut body)).await.unwrap()?;
            whole.extend(body);
            if head[1] & 1 != 0 {
                return Ok(whole);
            }
        }
    }

    async fn request(&mut self, sql: &str) {
        let headers = [22, 0, 0, 0, 18, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        self.send(0x01, &[&headers[..], &utf16(sql)].concat()).await;
    }

    async fn ask(&mut self, sql: &str) -> io::Result<Vec<u8>> {
        self.request(sql).await;
        self.answer().await
    }

    /// What comes while something is held back.
    async fn comes(&mut self) -> usize {
        let mut bytes = vec![0; 4096];
        let mut all = 0;
        while let Ok(read) = timeout(HELD, self.0.read(&mut bytes)).await {
            match read.unwrap() {
                0 => break,
                more => all += more,
            }
        }
        all
    }
}

fn login(password: &str, database: &str) -> Vec<u8> {
    let scrambled = utf16(password).iter().map(|byte| byte.rotate_left(4) ^ 0xA5).collect();
    let fields = [
        utf16("desk"),
        utf16("holdfast"),
        scrambled,
        vec![],
        vec![],
        vec![],
        vec![],
        vec![],
        utf16(database),
    ];
    let (mut head, mut data) =
        ([&[0; 4][..], &[4, 0, 0, 0x74], &[0, 16, 0, 0], &[0; 24]].concat(), Vec::new());
    for field in fields {
        head.extend(u16::try_from(94 + data.len()).unwrap().to_le_bytes());
        head.extend(u16::try_from(field.len() / 2).unwrap().to_le_bytes());
        data.extend(field);
    }
    head.resize(94, 0);
    [head, data].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn has(bytes: &[u8], text: &str) -> bool {
    let text = utf16(text);
    bytes.windows(text.len()).any(|window| window == text)
}

#[tokio::test]
async fn people_are_read_and_everything_is_counted() {
    let lab = Lab::start("127.70.31").await;
    let mut client = lab.client().await;
    assert!(has(&client.ask("SELECT TOP 2 LastName FROM dbo.Person WITH (NOLOCK)").await.unwrap(), "佐藤"));
    assert!(has(&client.ask("DELETE FROM dbo.Person").await.unwrap(), "permission was denied"));
    let tally = lab.tally();
    assert_eq!((tally.dials, tally.up, tally.logins, tally.requests), (1, 1, 1, 2));
    assert_eq!(
        tally.queries.into_iter().collect::<Vec<_>>(),
        [("Person(0)".to_owned(), 1), ("refused".to_owned(), 1)]
    );
    assert_eq!(lab.awdbs.tally(NodeName::Two, HOST), AwdbTally::default());
    assert_eq!(lab.awdbs.tally(NODE, AwdbHost::Two), AwdbTally::default());
}

#[tokio::test]
async fn a_wrong_password_and_another_database_are_told_apart_and_counted() {
    let lab = Lab::start("127.70.32").await;
    let mut stranger = lab.knocking("guessed", "lab_awdb").await;
    let told = stranger.answer().await.unwrap();
    assert_eq!(told[3..7], 18456i32.to_le_bytes());
    assert_eq!(stranger.comes().await, 0);
    let mut lost = lab.knocking(&lab.password(), "master").await;
    assert_eq!(lost.answer().await.unwrap()[3..7], 4060i32.to_le_bytes());
    let tally = lab.tally();
    assert_eq!((tally.logins_asked, tally.logins, tally.logins_refused, tally.wrong_database), (2, 0, 1, 1));
}

#[tokio::test]
async fn hosts_can_be_made_to_differ() {
    let lab = Lab::start("127.70.33").await;
    let mut client = lab.client().await;
    let change = Connection::open(lab.awdbs.file(HOST)).unwrap();
    change.execute("UPDATE t_Person SET LastName = '鈴木'", []).unwrap();
    assert!(has(&client.ask("SELECT LastName FROM Person").await.unwrap(), "鈴木"));
    let other = Connection::open(lab.awdbs.file(AwdbHost::Two)).unwrap();
    let name: String = other.query_row("SELECT LastName FROM Person", [], |row| row.get(0)).unwrap();
    assert_eq!(name, "佐藤");
}

#[tokio::test]
async fn a_killed_host_resets_its_clients_and_refuses_until_it_is_started() {
    let lab = Lab::start("127.70.34").await;
    let mut client = lab.client().await;
    assert!(lab.awdbs.kill(HOST).await);
    assert!(!lab.awdbs.kill(HOST).await);
    assert_eq!(client.answer().await.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(lab.dial().await.err().map(|error| error.kind()), Some(io::ErrorKind::ConnectionRefused));
    assert!(lab.awdbs.start(HOST).await.unwrap());
    lab.client().await;
}

#[tokio::test]
async fn a_sign_in_hangs_until_the_fault_ends() {
    let lab = Lab::start("127.70.35").await;
    lab.session_fault(SessionFault::HangLogin);
    let mut client = lab.knocking(&lab.password(), "lab_awdb").await;
    assert_eq!(client.comes().await, 0);
    assert_eq!((lab.tally().logins_asked, lab.tally().logins), (1, 0));
    lab.clear();
    assert!(has(&client.answer().await.unwrap(), "Microsoft SQL Server"));
}

#[tokio::test]
async fn half_of_a_result_comes_and_the_other_half_when_the_fault_ends() {
    let lab = Lab::start("127.70.36").await;
    let mut client = lab.client().await;
    let whole = client.ask("SELECT LastName FROM Person").await.unwrap().len() + 8;
    lab.session_fault(SessionFault::HangResult);
    client.request("SELECT LastName FROM Person").await;
    assert_eq!(client.comes().await, whole / 2);
    lab.clear();
    assert_eq!(client.comes().await, whole - whole / 2);
}

#[tokio::test]
async fn a_client_that_goes_while_it_is_held_back_is_let_go() {
    let lab = Lab::start("127.70.37").await;
    lab.session_fault(SessionFault::HangResult);
    let mut client = lab.client().await;
    client.request("SELECT LastName FROM Person").await;
    assert!(client.comes().await > 0);
    drop(client);
    while lab.tally().up > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn packets_in_halves_and_slow_ones_arrive_whole() {
    let lab = Lab::start("127.70.38").await;
    lab.session_fault(SessionFault::HalfPackets);
    let mut client = lab.client().await;
    assert!(has(&client.ask("SELECT LastName FROM Person").await.unwrap(), "佐藤"));
    lab.clear();
    let started = lab.clock.now();
    lab.session_fault(SessionFault::Slow { bytes_per_second: NonZeroU32::new(400).unwrap() });
    assert!(has(&client.ask("SELECT LastName FROM Person").await.unwrap(), "佐藤"));
    assert!(lab.clock.now() - started >= Duration::from_millis(50), "it came in pieces");
}

#[tokio::test]
async fn faults_of_links_are_those_of_one_way() {
    let lab = Lab::start("127.70.39").await;
    let mut client = lab.client().await;
    lab.fault(AwdbFault::Link(LinkFault::Refuse));
    assert_eq!(client.answer().await.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    let mut stranger = Client(TcpStream::connect(lab.net.awdb(HOST)).await.unwrap());
    stranger.send(0x12, &[1, 0, 6, 0, 1, 0xFF, 2]).await;
    stranger.answer().await.unwrap();
    lab.fault(AwdbFault::Link(LinkFault::Hang));
    let mut hanging = lab.dial().await.unwrap();
    hanging.send(0x12, &[1, 0, 6, 0, 1, 0xFF, 2]).await;
    assert_eq!(hanging.comes().await, 0);
    lab.clear();
    hanging.answer().await.unwrap();
}

#[tokio::test]
async fn controller_time_moves_while_the_distributor_runs() {
    let lab = Lab::start("127.70.40").await;
    let first = lab.now_time().await;
    let moved = async {
        while lab.now_time().await <= first {
            tokio::task::yield_now().await;
        }
    };
    timeout(GUARD, moved).await.unwrap();
    let stop = DistributorOrder { awdb: HOST, run: false };
    assert!(lab.awdbs.distribute(&stop));
    assert!(!lab.awdbs.distribute(&stop), "it is stopped already");
    let states = lab.awdbs.state(lab.net).await;
    assert_eq!(states.iter().map(|state| state.distributor).collect::<Vec<_>>(), [false, true]);
}
