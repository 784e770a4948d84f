//! Services that are stopped and started, as clients and the people at the control socket see it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use node::{ServiceName, Services};
use tokio::net::UnixStream;

use super::*;
use crate::peer::{End, Settings, Trust};
use crate::service::{Action, LinkWord, Reply, Request, audit_path, socket_path};

/// Does what a node does with orders for its services, and answers whatever else it is asked.
fn obeys() -> impl FnMut(&Input) -> Vec<Output> + Send + 'static {
    let mut services = Services::default();
    move |input| match input {
        Input::Service { name, run, .. } => {
            *match name {
                ServiceName::Platform => &mut services.platform,
                ServiceName::Webapp => &mut services.webapp,
                ServiceName::Notification => &mut services.notification,
            } = *run;
            let published = Output::Published(stands(services));
            let published = (*name != ServiceName::Notification).then_some(published);
            [Output::Services(services)].into_iter().chain(published).collect()
        }
        Input::Bosh { id, .. } => vec![Output::BoshReply { id: *id, status: 200, body: "<body/>".into() }],
        Input::Http { id, .. } => {
            let response =
                node::api::HttpResponse { status: 200, body: "<User/>".into(), headers: Vec::new() };
            vec![Output::HttpReply { id: *id, response }]
        }
        _ => Vec::new(),
    }
}

/// A CTI server is being dialed, or people want none.
fn stands(services: Services) -> Arc<Status> {
    let reason = if services.webapp_runs() { "dial side A now" } else { "wait until it is started" };
    let mut status = status();
    Arc::make_mut(&mut status).info.in_service = false;
    Arc::make_mut(&mut status).info.reason = reason.into();
    status
}

impl Running {
    fn data_dir(&self) -> &Path {
        &self._directory.0
    }

    async fn line(&self, line: &[u8]) -> Reply {
        let mut stream = UnixStream::connect(socket_path(self.data_dir())).await.unwrap();
        // A server that has read enough may close before it has read all.
        let _ = stream.write_all(line).await;
        let _ = stream.shutdown().await;
        let mut answer = String::new();
        soon(stream.read_to_string(&mut answer)).await.unwrap();
        assert!(answer.ends_with('\n'), "{answer}");
        serde_json::from_str(&answer).unwrap()
    }

    async fn ask(&self, request: &Request) -> Reply {
        self.line(format!("{}\n", serde_json::to_string(request).unwrap()).as_bytes()).await
    }

    async fn order(&self, action: Action, name: ServiceName) -> Reply {
        self.ask(&Request { action, service: Some(name), user: None, peer: false, adopt: None, by: None })
            .await
    }

    fn audit(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(audit_path(self.data_dir())).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn is_done(reply: &Reply) -> bool {
    matches!(reply, Reply::Done { .. })
}

async fn closed(address: SocketAddr) -> bool {
    let refusal = TcpStream::connect(address).await.map_err(|error| error.kind());
    matches!(refusal, Err(std::io::ErrorKind::ConnectionRefused))
}

async fn get(address: SocketAddr, path: &str) -> String {
    exchange(address, &request("GET", path, "", "")).await
}

async fn bosh_answers(running: &Running) -> bool {
    exchange(running.bosh(), &request("POST", "/http-bind/", "", "<body/>"))
        .await
        .starts_with("HTTP/1.1 200 ")
}

#[tokio::test]
async fn client_18c_notification_stopped_leaves_rest_up() {
    let running = Running::start("stop-notification", obeys()).await;
    let held = TcpStream::connect(running.bosh()).await.unwrap();
    assert!(is_done(&running.order(Action::Stop, ServiceName::Notification).await));
    assert!(closed(running.bosh()).await && closed(running.server.addresses().bosh_https).await);
    let mut end = Vec::new();
    let _ = soon({ held }.read_to_end(&mut end)).await;
    assert!(get(running.rest(), "/finesse/api/SystemInfo").await.contains("IN_SERVICE"));
    assert!(is_done(&running.order(Action::Start, ServiceName::Notification).await));
    assert!(bosh_answers(&running).await);
}

#[tokio::test]
async fn client_18a_platform_stopped_leaves_xmpp_up() {
    let running = Running::start("stop-platform", obeys()).await;
    assert!(is_done(&running.order(Action::Stop, ServiceName::Platform).await));
    assert!(closed(running.rest()).await && closed(running.server.addresses().rest_https).await);
    assert!(bosh_answers(&running).await);
    assert!(is_done(&running.order(Action::Start, ServiceName::Platform).await));
    assert!(get(running.rest(), "/finesse/api/User/1001").await.contains("<User/>"));
}

#[tokio::test]
async fn client_18b_webapp_stopped_is_503_without_a_document_and_xmpp_stays() {
    let running = Running::start("stop-webapp", obeys()).await;
    assert!(is_done(&running.order(Action::Stop, ServiceName::Webapp).await));
    for path in ["/finesse/api/SystemInfo", "/finesse/api/User/1001", "/finesse/api/"] {
        let answer = get(running.rest(), path).await;
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert_eq!(body(&answer), "", "nobody is there to write a document");
    }
    assert!(get(running.rest(), "/livez").await.starts_with("HTTP/1.1 200 "));
    assert!(get(running.rest(), "/readyz").await.contains("webapp is stopped"));
    assert!(bosh_answers(&running).await);
    assert_eq!(
        notes(&running.order(Action::Start, ServiceName::Webapp).await),
        ["out of service: dial side A now"]
    );
    assert!(get(running.rest(), "/finesse/api/SystemInfo").await.contains("OUT_OF_SERVICE"));
}

/// What is said of the services after an order, once it is done.
fn notes(reply: &Reply) -> Vec<&str> {
    let Reply::Done { node } = reply else { panic!("{reply:?}") };
    node.services.iter().map(|service| service.note.as_str()).collect()
}

/// The web application needs the platform: whoever stops that hears of both.
#[tokio::test]
async fn an_order_shows_what_depends_on_it() {
    let running = Running::start("depends", obeys()).await;
    assert_eq!(notes(&running.order(Action::Stop, ServiceName::Platform).await), ["", "waits for platform"]);
    let started = running.order(Action::Start, ServiceName::Platform).await;
    assert_eq!(notes(&started), ["", "out of service: dial side A now"]);
}

#[tokio::test]
async fn an_order_that_changes_nothing_says_so() {
    let mut running = Running::start("already", obeys()).await;
    let reply = running.order(Action::Start, ServiceName::Webapp).await;
    assert!(matches!(reply, Reply::Already { .. }), "{reply:?}");
    assert!(running.told.try_recv().is_err(), "the node was told");
}

#[tokio::test]
async fn status_shows_all_services_and_the_link() {
    let running = Running::start("status", obeys()).await;
    running.order(Action::Stop, ServiceName::Platform).await;
    let status =
        Request { action: Action::Status, service: None, user: None, peer: false, adopt: None, by: None };
    let Reply::Done { node } = running.ask(&status).await else { panic!("no status") };
    let services: Vec<_> = node.services.iter().map(|it| (it.name, it.running, it.note.as_str())).collect();
    assert_eq!(
        services,
        [
            (ServiceName::Platform, false, ""),
            (ServiceName::Webapp, true, "waits for platform"),
            (ServiceName::Notification, true, ""),
        ]
    );
    assert_eq!(node.peer.link, LinkWord::Off);
    assert_eq!(node.figures.get("stand_ins"), Some(&1), "{:?}", node.figures);
    assert_eq!(node.figures.get("refused_too_fast_total"), Some(&0), "{:?}", node.figures);
    let lines = running.audit();
    assert_eq!(lines.len(), 1, "looking is no order");
}

#[tokio::test]
async fn a_port_that_was_taken_meanwhile_is_told_of() {
    let running = Running::start("stolen", obeys()).await;
    running.order(Action::Stop, ServiceName::Notification).await;
    let thief = std::net::TcpListener::bind(running.bosh()).unwrap();
    let reply = running.order(Action::Start, ServiceName::Notification).await;
    let Reply::Failed { reason, node } = reply else { panic!("{reply:?}") };
    assert!(reason.contains(&format!("cannot listen on {}", running.bosh())), "{reason}");
    assert_eq!(node.services.first().map(|it| it.note.as_str()), Some(reason.as_str()));
    drop(thief);
    while closed(running.bosh()).await {
        tokio::task::yield_now().await;
    }
    assert!(bosh_answers(&running).await);
}

#[tokio::test]
async fn the_control_socket_is_its_owners_alone_and_goes_with_the_node() {
    let running = Running::start("socket", obeys()).await;
    let path = socket_path(running.data_dir());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let second = Server::start(running._directory.config()).await;
    let Err(why) = second else { panic!("two nodes in one directory") };
    assert!(why.to_string().contains("another node runs with this data directory"), "{why}");
    let Running { server, _directory, .. } = running;
    soon(server.stop()).await;
    assert!(!path.exists());
}

#[tokio::test]
async fn a_socket_that_a_killed_node_left_behind_is_no_obstacle() {
    let directory = Directory::new("left-behind");
    drop(std::os::unix::net::UnixListener::bind(socket_path(&directory.0)).unwrap());
    assert!(socket_path(&directory.0).exists());
    let server = Server::start(directory.config()).await.unwrap();
    soon(server.stop()).await;
}

#[tokio::test]
async fn what_is_no_order_is_refused() {
    let mut running = Running::start("garbage", obeys()).await;
    for (line, says) in [
        (&b"stop webapp\n"[..], "this is no order"),
        (b"\n", "this is no order"),
        (b"\xff\xfe\n", "this is no order"),
        (b"", "this is no order"),
        (br#"{"action":"stop","service":"tomcat"}"#, "unknown variant `tomcat`"),
        (br#"{"action":"stop","service":"webapp","force":true}"#, "unknown field `force`"),
        (br#"{"action":"stop"}"#, "say which service"),
        (br#"{"action":"stop","service":"webapp","by":"the queen"}"#, "who asks is said by the system"),
        (br#"{"action":"stop","service":"webapp","peer":true}"#, "there is no link"),
    ] {
        let reply = running.line(line).await;
        let Reply::Refused { reason } = reply else { panic!("{reply:?}") };
        assert!(reason.contains(says), "{reason}");
    }
    let mut endless = UnixStream::connect(socket_path(running.data_dir())).await.unwrap();
    while endless.write_all(&[b' '; 4096]).await.is_ok() {}
    assert!(running.told.try_recv().is_err(), "the node was told");
}

#[tokio::test]
async fn each_order_is_written_down_with_who_gave_it() {
    let mut running = Running::start("audit", obeys()).await;
    running.order(Action::Stop, ServiceName::Webapp).await;
    running.order(Action::Stop, ServiceName::Webapp).await;
    let lines = running.audit();
    let outcomes: Vec<_> = lines.iter().map(|line| line["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["done", "already so"]);
    let line = &lines[0];
    assert_eq!((&line["what"], &line["from"]), (&"stop webapp".into(), &"control socket".into()));
    let who = line["who"].as_str().unwrap();
    assert!(who.contains("(uid ") && who.contains(&format!("process {}", std::process::id())), "{who}");
    assert!(line["when"].as_str().unwrap().ends_with('Z'));
    let Input::Service { by, .. } = running.told().await else { panic!("not told") };
    assert_eq!(by, who, "the story names the same person");
    let mode = std::fs::metadata(audit_path(running.data_dir())).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_done() {
    let mut running = Running::start("no-audit", obeys()).await;
    std::fs::create_dir(audit_path(running.data_dir())).unwrap();
    let reply = running.order(Action::Stop, ServiceName::Webapp).await;
    let Reply::Refused { reason } = reply else { panic!("{reply:?}") };
    assert!(reason.contains("audit.log cannot be written"), "{reason}");
    assert!(running.told.try_recv().is_err(), "the node was told");
}

/// Two servers that are each other's peer.
async fn pair(name: &str) -> (Running, Running) {
    let directories = (Directory::new(&format!("{name}-a-tls")), Directory::new(&format!("{name}-b-tls")));
    let (a, b) = (identity(&directories.0.0, "a"), identity(&directories.1.0, "b"));
    let settings = |own: &Made, other: &Made, rank, end| Settings {
        rank,
        host: own.host.into(),
        end,
        certificate: own.files.0.clone(),
        key: own.files.1.clone(),
        trust: Trust::Fingerprints(vec![other.fingerprint]),
    };
    use node::failover::fence::Rank;
    let primary = settings(&a, &b, Rank::Primary, End::Listens(any_port()));
    let with = |peer| move |config| Config { peer: Some(peer), ..config };
    let one = Running::start_with(&format!("{name}-a"), obeys(), with(primary)).await;
    let to = one.server.peer_address().unwrap();
    let host = crate::net::cti::Host { host: to.ip().to_string(), port: to.port() };
    let secondary = settings(&b, &a, Rank::Secondary, End::Dials(host));
    let two = Running::start_with(&format!("{name}-b"), obeys(), with(secondary)).await;
    for running in [&one, &two] {
        let mut stand = running.server.hub.follow();
        soon(stand.wait_for(|stand| matches!(stand, crate::peer::Stand::Up(_)))).await.unwrap();
    }
    (one, two)
}

struct Made {
    host: &'static str,
    files: (PathBuf, PathBuf),
    fingerprint: crate::peer::Fingerprint,
}

fn identity(directory: &Path, host: &'static str) -> Made {
    let files = (directory.join("peer.pem"), directory.join("peer.key"));
    let made = rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
    std::fs::write(&files.0, made.cert.pem()).unwrap();
    std::fs::write(&files.1, made.signing_key.serialize_pem()).unwrap();
    Made { host, files, fingerprint: crate::peer::Fingerprint::of(made.cert.der()) }
}

#[tokio::test]
async fn a_service_of_the_other_node_is_stopped_through_this_one_and_both_write_it_down() {
    let (one, two) = pair("through").await;
    let stop = Request {
        action: Action::Stop,
        service: Some(ServiceName::Notification),
        user: None,
        peer: true,
        adopt: None,
        by: None,
    };
    let reply = two.ask(&stop).await;
    assert!(is_done(&reply), "{reply:?}");
    assert!(closed(one.bosh()).await && !closed(two.bosh()).await);
    let (here, there) = (two.audit().remove(0), one.audit().remove(0));
    assert_eq!(here["what"], "stop notification on the other node");
    assert_eq!((&there["what"], &there["from"]), (&"stop notification".into(), &"peer link from b".into()));
    let who = there["who"].as_str().unwrap();
    assert!(who.starts_with(here["who"].as_str().unwrap()) && who.ends_with(" on b"), "{who}");
    let status =
        Request { action: Action::Status, service: None, user: None, peer: true, adopt: None, by: None };
    let Reply::Done { node } = one.ask(&status).await else { panic!("no status") };
    assert_eq!(node.peer.link, LinkWord::Up);
}
