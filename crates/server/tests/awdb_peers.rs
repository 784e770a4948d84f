//! The AWDB client against servers that others wrote.
//!
//! By default against two pysqlbridge servers over a file of ours (`scripts/awdb-peers` installs it). With
//! `HOLDFAST_TEST_AWDB_PRIMARY` and its companions (CONTRIBUTING.md) the same tests run against a real pair, as far as
//! they neither kill a server nor know a person's password.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed helper is a failed test"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use node::SignInError;
use node::domain::Secret;
use node::failover::awdb::Host;
use server::awdb::sqlserver::{self, Account, Address, Encrypt, Timeouts, Trust};
use server::awdb::{Awdb, Checked, Databases, Encoding, MarkKey, PersonRow, Settings, SkillGroupRow, create};

/// Of the account at our own servers.
const ACCOUNT_PASSWORD: &str = "account-471147";

/// The addresses of our own servers, and where we come from.
const FIRST: &str = "127.86.0.1";
const SECOND: &str = "127.86.0.2";
const OURS: &str = "127.86.0.9";

fn env(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a test suite has no settings file")]
    std::env::var(format!("HOLDFAST_TEST_AWDB_{name}")).ok().filter(|value| !value.is_empty())
}

/// A pair to ask, and what is known of it.
struct Pair {
    settings: sqlserver::Settings,
    peripheral_id: u32,
    /// Somebody with his password.
    agent: Option<(String, String)>,
    /// Ours, if it is not a real one.
    own: Option<Own>,
}

/// What our own servers serve.
struct Own {
    servers: [Server; 2],
    directory: PathBuf,
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// One pysqlbridge.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(directory: &Path, host: &str, port: u16, without: Option<&str>) -> Self {
        let python = env("PYTHON").expect("started by scripts/awdb-peers");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/awdb/peer.py");
        let mut command = Command::new(python);
        command.arg(script).arg(directory.join("awdb.sqlite")).args([host, &port.to_string()]);
        command.args([directory.join("certificate.pem"), directory.join("key.pem")]).arg("holdfast");
        command.args(without.iter().flat_map(|view| ["--without", view]));
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = piped.spawn().unwrap();
        writeln!(child.stdin.as_mut().unwrap(), "{ACCOUNT_PASSWORD}").unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, port: line.trim().parse().expect("the port that it listens on") }
    }
}

impl Pair {
    /// The real one if the environment names it, else one of our own.
    fn new(name: &str) -> Self {
        match env("PRIMARY") {
            Some(primary) => Self::real(&primary),
            None => Self::own(name, None),
        }
    }

    fn real(primary: &str) -> Self {
        let needed = |name| env(name).unwrap_or_else(|| panic!("HOLDFAST_TEST_AWDB_{name} is missing"));
        let ca = env("CA").map(|file| Trust::Authority(file.into()));
        let settings = sqlserver::Settings {
            primary: host(primary),
            secondary: Some(host(&needed("SECONDARY"))),
            database: needed("DATABASE"),
            account: account(&needed("USER"), &needed("PASSWORD")),
            encrypt: if ca.is_some() { Encrypt::Required } else { Encrypt::Login },
            trust: ca.unwrap_or(Trust::Nobody),
            bind: None,
            timeouts: timeouts(),
        };
        let peripheral_id = env("PERIPHERAL").map_or(5000, |id| id.parse().unwrap());
        Self { settings, peripheral_id, agent: env("AGENT").zip(env("AGENT_PASSWORD")), own: None }
    }

    fn own(name: &str, without: Option<&str>) -> Self {
        let directory = std::env::temp_dir().join(format!("holdfast-peers-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        create(&directory.join("awdb.sqlite"), 5000, &people(), &groups()).unwrap();
        let made = rcgen::generate_simple_self_signed([FIRST.to_owned(), SECOND.to_owned()]).unwrap();
        std::fs::write(directory.join("certificate.pem"), made.cert.pem()).unwrap();
        std::fs::write(directory.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let servers = [FIRST, SECOND].map(|address| Server::start(&directory, address, 0, without));
        let [first, second] = &servers;
        let at = |host: &str, port| Address { host: host.into(), port };
        let settings = sqlserver::Settings {
            primary: at(FIRST, first.port),
            secondary: Some(at(SECOND, second.port)),
            database: "ucce_awdb".into(),
            account: account("holdfast", ACCOUNT_PASSWORD),
            encrypt: Encrypt::Required,
            trust: Trust::Authority(directory.join("certificate.pem")),
            bind: Some(OURS.parse().unwrap()),
            timeouts: timeouts(),
        };
        let agent = Some(("1001".into(), "secret".into()));
        Self { settings, peripheral_id: 5000, agent, own: Some(Own { servers, directory }) }
    }

    fn awdb(&self) -> Awdb {
        self.with(|_| {})
    }

    fn with(&self, change: impl FnOnce(&mut sqlserver::Settings)) -> Awdb {
        let mut settings = self.settings.clone();
        change(&mut settings);
        Awdb::new(self.rest(Databases::SqlServer(settings)))
    }

    fn rest(&self, databases: Databases) -> Settings {
        let (mark_key, encodings) = (MarkKey::new([7; 32]), vec![Encoding::Latin1]);
        Settings { databases, peripheral_id: self.peripheral_id, concurrent: 2, encodings, mark_key }
    }

    /// How errors name a host and its database.
    fn place(&self, host: Host) -> String {
        let address = match host {
            Host::Primary => &self.settings.primary,
            Host::Secondary => self.settings.secondary.as_ref().unwrap(),
        };
        format!("{address}, database {}: ", self.settings.database)
    }
}

fn host(text: &str) -> Address {
    let (host, port) = text.rsplit_once(':').expect("host:port");
    Address { host: host.into(), port: port.parse().expect("host:port") }
}

fn account(username: &str, password: &str) -> Account {
    Account { domain: None, username: username.into(), password: Secret::new(password) }
}

fn timeouts() -> Timeouts {
    let two_seconds = Duration::from_secs(2);
    Timeouts { connect: two_seconds, login: two_seconds, query: two_seconds }
}

fn person(id: u32, login_name: &str) -> PersonRow {
    PersonRow {
        skill_target: 4000 + id,
        id: id.to_string(),
        login_name: login_name.into(),
        first_name: "花子".into(),
        last_name: format!("佐藤{id}"),
        password: Some("secret".into()),
        supervisor: false,
        team: Some((5001, "Sales".into())),
        supervises: Vec::new(),
        login_enabled: true,
    }
}

fn people() -> Vec<PersonRow> {
    let supervises = vec![(5001, "Sales".into()), (5002, "Service".into())];
    vec![
        person(1001, "Hanako.Sato"),
        PersonRow { team: None, ..person(1002, "o'brien") },
        PersonRow { supervisor: true, supervises, ..person(1003, "edsger") },
        PersonRow { login_enabled: false, ..person(1004, "disabled") },
        PersonRow { password: None, ..person(1005, "without") },
    ]
}

fn groups() -> Vec<SkillGroupRow> {
    vec![SkillGroupRow { skill_target: 6001, name: "Sales_Skill".into(), number: 1 }]
}

async fn check(awdb: &Awdb, host: Host, user: &str, password: &str) -> Result<Checked, SignInError> {
    awdb.check(host, user.into(), Secret::new(password)).await
}

fn unreachable(verdict: Result<Checked, SignInError>) -> String {
    match verdict {
        Err(SignInError::Unreachable(why)) => why,
        other => panic!("{other:?}"),
    }
}

const BOTH: [Host; 2] = [Host::Primary, Host::Secondary];

#[tokio::test]
async fn everybody_is_listed_by_both() {
    let pair = Pair::new("list");
    let awdb = pair.awdb();
    for host in BOTH {
        let people = awdb.people(host).await.unwrap();
        assert!(!people.agents.is_empty() && people.agents.is_sorted_by(|a, b| a.id <= b.id));
        assert_eq!(awdb.probe(host).await.unwrap().now_time.len(), "2026-11-23 16:40:01.003".len());
        if let Some(own) = &pair.own {
            let primary = own.directory.join("awdb.sqlite");
            let deadline = Duration::from_secs(5);
            let file = Awdb::new(pair.rest(Databases::Sqlite { primary, secondary: None, deadline }));
            assert_eq!(people, file.people(Host::Primary).await.unwrap(), "as from the file");
        }
    }
}

#[tokio::test]
async fn an_agent_signs_in_at_either() {
    let pair = Pair::new("sign-in");
    let Some((user, password)) = &pair.agent else {
        return println!("no agent's password is known: HOLDFAST_TEST_AWDB_AGENT, _AGENT_PASSWORD");
    };
    let awdb = pair.awdb();
    for host in BOTH {
        let by_id = check(&awdb, host, user, password).await.unwrap();
        let name = by_id.person.login_name.clone();
        for name in [name.clone(), name.to_lowercase(), name.to_uppercase()] {
            assert_eq!(check(&awdb, host, &name, password).await, Ok(by_id.clone()), "{name}");
        }
        let listed = awdb.people(host).await.unwrap().agents.into_iter();
        let mark = listed.filter(|agent| agent.id == by_id.person.id).map(|agent| agent.mark).next();
        assert_eq!(mark, Some(by_id.mark));
    }
    if pair.own.is_some() {
        let edsger = check(&awdb, Host::Primary, "edsger", "secret").await.unwrap().person;
        assert_eq!(edsger.supervises.len(), 2);
        assert!(check(&awdb, Host::Primary, "O'BRIEN", "secret").await.is_ok());
    }
}

#[tokio::test]
async fn what_is_no_sign_in_is_refused_with_the_reason() {
    let pair = Pair::new("refused");
    let awdb = pair.awdb();
    let someone = awdb.people(Host::Primary).await.unwrap().agents.into_iter();
    let someone =
        someone.filter(|agent| agent.enabled && !agent.deleted).map(|agent| agent.id).next().unwrap();
    let endless = "s".repeat(10_000);
    let cases = [
        (someone.as_str(), "not this one", "wrong password"),
        (someone.as_str(), "' OR 1=1 --", "wrong password"),
        (someone.as_str(), &endless, "the password is longer than any that can be stored"),
        ("no.such.user", "secret", "no such user"),
        ("1' OR '1'='1", "secret", "no such user"),
        ("%'; DROP TABLE Person; --\0", "secret", "no such user"),
        ("[1001]", "secret", "no such user"),
        ("佐藤", "secret", "no such user"),
        (&endless, "secret", "no such user"),
    ];
    for (user, password, why) in cases {
        let verdict = check(&awdb, Host::Primary, user, password).await;
        assert_eq!(verdict, Err(SignInError::Refused(why)), "{}", user.len());
    }
    if pair.own.is_some() {
        let refused = async |user| check(&awdb, Host::Secondary, user, "secret").await.unwrap_err();
        assert_eq!(refused("1004").await, SignInError::Refused("LoginEnabled is not Y"));
        assert_eq!(refused("1005").await, SignInError::Refused("no password is stored"));
    }
}

#[tokio::test]
async fn an_account_that_is_refused_is_an_outage_and_no_wrong_password() {
    let pair = Pair::new("account");
    let awdb = pair.with(|settings| settings.account.password = Secret::new("another-471147"));
    let told = unreachable(check(&awdb, Host::Primary, "1001", "users-471147").await);
    assert_eq!(told, format!("{}the AWDB refuses the account (error 18456)", pair.place(Host::Primary)));
}

#[tokio::test]
async fn another_database_cannot_be_opened() {
    let pair = Pair::new("database");
    if pair.own.is_some() {
        return println!("pysqlbridge opens a database of any name");
    }
    let awdb = pair.with(|settings| settings.database = "holdfast_no_such_database".into());
    let told = awdb.probe(Host::Primary).await.unwrap_err();
    assert!(told.contains("database holdfast_no_such_database cannot be opened"), "{told}");
}

#[tokio::test]
async fn a_server_that_is_not_the_right_one_gets_no_password() {
    let pair = Pair::new("certificate");
    let other = Trust::Fingerprints(vec!["ab".repeat(32).parse().unwrap()]);
    let told = pair.with(|settings| settings.trust = other).probe(Host::Primary).await.unwrap_err();
    let place = pair.place(Host::Primary);
    let start = format!("{place}the server's certificate is not trusted: its fingerprint ");
    let pin = told.strip_prefix(&start).and_then(|rest| rest.split(' ').next()).expect(&told);
    // The one that it says is the one to be named.
    let shown = Trust::Fingerprints(vec![pin.parse().unwrap()]);
    pair.with(|settings| settings.trust = shown).probe(Host::Primary).await.unwrap();
}

#[tokio::test]
async fn an_authority_that_vouches_for_nobody_is_not_enough() {
    let pair = Pair::own("authority", None);
    let file = pair.own.as_ref().unwrap().directory.join("other.pem");
    let other = rcgen::generate_simple_self_signed([FIRST.to_owned()]).unwrap();
    std::fs::write(&file, other.cert.pem()).unwrap();
    let awdb = pair.with(|settings| settings.trust = Trust::Authority(file.clone()));
    let told = awdb.probe(Host::Primary).await.unwrap_err();
    assert!(told.contains("the server's certificate is not trusted"), "{told}");
    std::fs::remove_file(&file).unwrap();
    let told = awdb.probe(Host::Primary).await.unwrap_err();
    assert!(told.contains("awdb.ca: ") && told.contains("other.pem"), "{told}");
}

#[tokio::test]
async fn an_old_server_may_encrypt_the_login_alone() {
    let pair = Pair::own("login", None);
    let awdb = pair.with(|settings| settings.encrypt = Encrypt::Login);
    assert!(check(&awdb, Host::Primary, "1001", "secret").await.is_ok());
    assert!(check(&awdb, Host::Primary, "1002", "secret").await.is_ok(), "on the same connection");
}

#[tokio::test]
async fn a_missing_view_is_named() {
    let pair = Pair::own("view", Some("Agent_Team"));
    let told = pair.awdb().people(Host::Primary).await.unwrap_err();
    let start = format!("{}a view is missing, wrong schema or database: ", pair.place(Host::Primary));
    assert!(told.starts_with(&start) && told.contains("Agent_Team"), "{told}");
}

#[tokio::test]
async fn when_the_first_is_killed_the_second_answers_and_the_first_is_found_when_it_is_back() {
    let mut pair = Pair::own("killed", None);
    let awdb = pair.awdb();
    assert!(check(&awdb, Host::Primary, "1001", "secret").await.is_ok());
    let Own { servers: [first, _], directory } = pair.own.as_mut().unwrap();
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test measures")]
    let killed = Instant::now();
    let told = unreachable(check(&awdb, Host::Primary, "1001", "secret").await);
    assert!(told.starts_with(&format!("{FIRST}:{}", first.port)), "{told}");
    assert!(check(&awdb, Host::Secondary, "1001", "secret").await.is_ok());
    assert!(killed.elapsed() < Duration::from_secs(2), "{:?}", killed.elapsed());
    *first = Server::start(directory, FIRST, first.port, None);
    assert!(check(&awdb, Host::Primary, "1001", "secret").await.is_ok());
    // Killed and back between two questions: the connection that was kept is dead, and nobody notices.
    let port = first.port;
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    *first = Server::start(directory, FIRST, port, None);
    assert!(check(&awdb, Host::Primary, "1001", "secret").await.is_ok());
}
