//! `holdfast lab` as its users have it: a process that comes up, is controlled, and leaves nothing behind; and the one
//! story it exists for, with a real desktop.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed helper is a failed test")]

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use lab::desktop::{Desktop, Identity, Transport, Update};
use lab::{CtiServer, Lab, LabConfig, NodeName, Order, Part};
use serde_json::Value;
use sim::switch::{Command as SwitchCommand, Hand, OnClientLoss, Outcome, PairConfig, PairMode};
use sim::switch::{RequestSeen, StandbyAnswer, SwitchConfig};

#[path = "../src/people.rs"]
mod people;
#[path = "lab/settings.rs"]
mod settings;

const HOLDFAST: &str = env!("CARGO_BIN_EXE_holdfast");
/// Far longer than anything here takes; only a hang of the code under test reaches it.
const GUARD: Duration = Duration::from_secs(60);

/// A lab in a process of its own.
struct Running {
    net: &'static str,
    process: Child,
    said: Vec<String>,
}

impl Running {
    fn start(net: &'static str, more: &[&str]) -> Self {
        let mut command = Command::new(HOLDFAST);
        command.args(["lab", "--net", net, "--dir", &dir(net)]).args(more).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        let mut said = Vec::new();
        while !said.last().is_some_and(|line: &String| line.contains("Ctrl-C")) {
            said.push(receiver.recv_timeout(GUARD).unwrap());
        }
        Self { net, process, said }
    }

    fn ctl(&self, words: &[&str]) -> Output {
        Command::new(HOLDFAST).args(["lab", "--net", self.net, "ctl"]).args(words).output().unwrap()
    }

    fn state(&self) -> Value {
        serde_json::from_slice(&self.ctl(&["state", "--json"]).stdout).unwrap()
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Waits until nothing listens at the desktop servers and the CTI servers.
    fn gone(&self) {
        for end in ["10:8080", "11:8082", "11:7071", "12:8445", "21:42027", "22:43027"] {
            let address: SocketAddr = format!("{}.{end}", self.net).parse().unwrap();
            wait_until(|| TcpStream::connect_timeout(&address, GUARD).is_err(), end);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Already ended, as it should have.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where a lab of these tests keeps its files: among the build's own.
fn dir(net: &str) -> String {
    format!("{}/lab-{net}", env!("CARGO_TARGET_TMPDIR"))
}

fn wait_until(mut holds: impl FnMut() -> bool, what: &str) {
    let pause = Duration::from_millis(20);
    let mut left = GUARD.as_millis() / pause.as_millis();
    while !holds() {
        assert!(left > 0, "never: {what}");
        left -= 1;
        thread::sleep(pause);
    }
}

#[test]
fn the_lab_says_what_to_open_is_controlled_and_ends_with_ctrl_c() {
    let mut lab = Running::start("127.74.1", &["--agents", "3"]);
    let said = lab.said.join("\n");
    for needed in
        ["http://127.74.1.10:8080", "61002", "alice", "password of all: holdfast", "curl -u 1001:holdfast"]
    {
        assert!(said.contains(needed), "{needed} in:\n{said}");
    }
    let call = lab.ctl(&["call", "0398765432", "7200", "--var", "1=gold"]);
    assert_eq!(call.status.code(), Some(0), "{call:?}");
    assert_eq!(lab.state()["truth"]["calls"][0]["variables"][0], "gold");
    assert_eq!(lab.ctl(&["revive", "cti-a"]).status.code(), Some(1), "it is running");
    assert_eq!(lab.ctl(&["kill", "cti-c"]).status.code(), Some(2), "there is none");
    assert_eq!(lab.ctl(&["distributor", "awdb-2", "stop"]).status.code(), Some(0));
    assert_eq!(lab.ctl(&["distributor", "awdb-2", "stop"]).status.code(), Some(1), "it is stopped");
    assert_eq!(lab.ctl(&["awdb", "node-1", "awdb-1", "slow", "200"]).status.code(), Some(0));
    assert_eq!(lab.ctl(&["awdb", "node-1", "awdb-1", "hang"]).status.code(), Some(0));
    let hosts = &lab.state()["awdbs"];
    assert_eq!((&hosts[1]["up"], &hosts[1]["distributor"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!(hosts[0]["links"][0]["session"]["bytes_per_second"], 200);
    assert_eq!(hosts[0]["links"][0]["condition"]["gate"], "hang");
    lab.signal("-INT");
    wait_until(|| lab.process.try_wait().unwrap().is_some(), "the lab ends");
    assert_eq!(lab.process.wait().unwrap().code(), Some(0));
    lab.gone();
    assert_eq!(lab.ctl(&["state"]).status.code(), Some(2), "no lab answers");
}

impl Running {
    /// `holdfast service` at a desktop server of this lab.
    fn service(&self, node: &str, words: &[&str]) -> Output {
        let data_dir = format!("{}/{node}", dir(self.net));
        Command::new(HOLDFAST).arg("service").args(words).args(["--data-dir", &data_dir]).output().unwrap()
    }

    /// Status of the link between the desktop servers, as one of them sees it.
    fn link(&self, node: &str) -> String {
        let status: Value =
            serde_json::from_slice(&self.service(node, &["status", "--json"]).stdout).unwrap();
        status["node"]["peer"]["link"].as_str().unwrap().to_owned()
    }

    fn open(&self, end: &str) -> bool {
        let address: SocketAddr = format!("{}.{end}", self.net).parse().unwrap();
        TcpStream::connect_timeout(&address, GUARD).is_ok()
    }
}

#[test]
fn services_stop_and_start_at_a_node_and_through_the_other_one() {
    let lab = Running::start("127.74.8", &[]);
    wait_until(|| lab.link("node-1") == "up" && lab.link("node-2") == "up", "the peer link is up");
    let stopped = lab.service("node-2", &["stop", "notification", "--peer"]);
    assert_eq!(stopped.status.code(), Some(0), "{stopped:?}");
    assert!(!lab.open("11:7071") && lab.open("11:8082") && lab.open("12:7071"));
    let again = lab.service("node-1", &["stop", "notification"]);
    assert!(String::from_utf8_lossy(&again.stdout).starts_with("it was so already"), "{again:?}");
    assert_eq!(lab.ctl(&["service", "node-1", "notification", "start"]).status.code(), Some(0));
    assert!(lab.open("11:7071"));
    assert_eq!(lab.ctl(&["peer", "cut"]).status.code(), Some(0));
    wait_until(|| lab.link("node-1") == "down", "the peer link is down");
    let refused = lab.service("node-1", &["stop", "webapp", "--peer"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("there is no link to the other node"));
    assert_eq!(lab.ctl(&["peer", "restore"]).status.code(), Some(0));
    wait_until(|| lab.link("node-2") == "up", "the peer link is up again");
    assert_eq!(lab.service("node-9", &["status"]).status.code(), Some(2), "no node runs there");
}

#[test]
fn nothing_is_left_running_after_kill_9_of_the_lab() {
    let lab = Running::start("127.74.2", &[]);
    lab.signal("-KILL");
    lab.gone();
}

#[test]
fn a_lab_whose_address_is_taken_says_so_and_leaves_no_files() {
    let net = "127.74.5";
    let _taken = TcpListener::bind(format!("{net}.12:8082")).unwrap();
    let refused = Command::new(HOLDFAST).args(["lab", "--net", net]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("cannot listen on 127.74.5.12:8082"));
    let left = std::fs::read_dir(std::env::temp_dir()).unwrap().flatten().map(|entry| entry.file_name());
    let ours = format!("holdfast-lab-{net}-");
    assert_eq!(left.filter(|name| name.to_string_lossy().starts_with(&ours)).count(), 0);
}

#[test]
fn a_desktop_server_that_is_killed_is_shown_and_comes_back() {
    let lab = Running::start("127.74.3", &[]);
    assert_eq!(lab.ctl(&["kill", "node-2"]).status.code(), Some(0));
    assert_eq!(lab.ctl(&["kill", "node-2"]).status.code(), Some(1), "it is down already");
    assert_eq!(lab.state()["nodes"][1]["process"], "stopped");
    assert!(TcpStream::connect("127.74.3.12:8082").is_err());
    assert_eq!(lab.ctl(&["start", "node-2"]).status.code(), Some(0));
    wait_until(|| lab.state()["nodes"][1]["service"] == "in-service", "node-2 is in service");
    let story = String::from_utf8(lab.ctl(&["story"]).stdout).unwrap();
    assert!(story.contains("node-2 killed"), "{story}");
}

fn config(net: &str) -> LabConfig {
    let dir = PathBuf::from(dir(net));
    std::fs::create_dir_all(&dir).unwrap();
    let switch = SwitchConfig::demo(2, "secret");
    let awdb = dir.join("awdb.sqlite");
    people::write_awdb(&awdb, &switch).unwrap();
    let mode = PairMode::ActiveStandby { takeover: Duration::ZERO, standby: StandbyAnswer::Status15 };
    LabConfig {
        net: net.parse().unwrap(),
        pair: PairConfig { mode, on_client_loss: OnClientLoss::Keep, versions: 13..=20, switch },
        nodes: vec![NodeName::One],
        node_settings: Vec::new(),
        binary: HOLDFAST.into(),
        dir,
        administrator: None,
        awdb,
    }
}

/// Waits for an event that a person would see, such as his own state or that of his call.
async fn seen(desktop: &Desktop, from: usize, what: &str, like: impl Fn(&Update) -> bool) -> Update {
    match desktop.update(from, GUARD, like).await {
        Ok(update) => update,
        Err(error) => panic!("{what}: {error}; came: {:#?}", desktop.updates()),
    }
}

fn user_is(state: &str) -> impl Fn(&Update) -> bool {
    move |update| update.kind() == "user" && update.value(&["state"]).as_deref() == Some(state)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_on_a_call_survives_the_loss_of_the_cti_server_over_bosh() {
    survives_the_loss_of_the_cti_server(Transport::Bosh, "127.74.4").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_on_a_call_survives_the_loss_of_the_cti_server_over_websocket() {
    survives_the_loss_of_the_cti_server(Transport::WebSocket, "127.74.6").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_on_a_call_survives_the_loss_of_the_cti_server_over_tcp() {
    survives_the_loss_of_the_cti_server(Transport::Tcp, "127.74.7").await;
}

async fn survives_the_loss_of_the_cti_server(transport: Transport, net: &str) {
    let lab = Lab::start(config(net)).await.unwrap();
    lab.in_service(GUARD).await.unwrap();
    let who = Identity {
        host: lab.net().node(NodeName::One).unwrap(),
        agent: "1002".into(),
        password: "secret".into(),
        extension: "61002".into(),
        resource: "desktop".into(),
    };
    let desktop = Desktop::connect_over(transport, who, lab.http(), lab.clock()).await.unwrap();
    let (answer, request) = desktop.sign_in().await.unwrap();
    assert_eq!(answer.status, 202, "{answer:?}");
    let signed_in = seen(&desktop, 0, "signed in", |update| update.request_id() == request).await;
    assert_eq!(signed_in.value(&["state"]).as_deref(), Some("NOT_READY"));
    assert_eq!(desktop.set_state("READY", None).await.unwrap().0.status, 202);
    seen(&desktop, 0, "ready", user_is("READY")).await;

    let call = SwitchCommand::CallIn { from: "0312345678".into(), to: "7200".into(), variables: [].into() };
    let Outcome::Call(call) = lab.command(call).await.unwrap() else { panic!("a call") };
    let rings = seen(&desktop, 0, "rings", |update| update.kind() == "dialogs").await;
    assert_eq!(rings.value(&["Dialog", "id"]), Some(call.to_string()));
    lab.command(SwitchCommand::Answer(Hand { device: "61002".into(), call: Some(call) })).await.unwrap();
    seen(&desktop, 0, "talks", user_is("TALKING")).await;

    let before = desktop.seen();
    let mut service = lab.node(NodeName::One).unwrap().follow();
    lab.order(Order::Kill(Part::Cti(CtiServer::A))).await.unwrap();
    seen(&desktop, before, "out of service", |update| system_is(update, "OUT_OF_SERVICE")).await;
    assert_eq!(desktop.act(&call.to_string(), "HOLD").await.unwrap().0.status, 503);
    seen(&desktop, before, "in service", |update| system_is(update, "IN_SERVICE")).await;
    service.wait_for(|service| *service == lab::Service::InService).await.unwrap();

    let (answer, request) = desktop.act(&call.to_string(), "HOLD").await.unwrap();
    assert_eq!(answer.status, 202, "{answer:?}");
    let held = seen(&desktop, before, "held", |update| update.request_id() == request).await;
    assert_eq!((held.kind(), held.event().as_str()), ("dialog", "PUT"));
    assert_eq!(desktop.act(&call.to_string(), "DROP").await.unwrap().0.status, 202);
    seen(&desktop, before, "ended", |update| update.event() == "DELETE").await;
    desktop.close().await;
    lab.stop().await;
}

/// Opens a desktop of the agent and signs him in.
async fn works(lab: &Lab, agent: &str) -> Desktop {
    let desktop = opens(lab, agent).await;
    let (answer, request) = desktop.sign_in().await.unwrap();
    assert_eq!(answer.status, 202, "{answer:?}");
    seen(&desktop, 0, "signed in", |update| update.request_id() == request).await;
    desktop
}

async fn opens(lab: &Lab, agent: &str) -> Desktop {
    let who = Identity {
        host: lab.net().node(NodeName::One).unwrap(),
        agent: agent.into(),
        password: "secret".into(),
        extension: format!("6{agent}"),
        resource: "desktop".into(),
    };
    Desktop::connect(who, lab.http(), lab.clock()).await.unwrap()
}

/// Who was logged out by force, as the CTI servers received it, and when.
async fn forced_logouts(lab: &Lab) -> Vec<(String, u64)> {
    let log = lab.request_log().await.unwrap();
    let forced = |seen: &RequestSeen| Some((seen.forced_logout.as_ref()?.agent.clone(), seen.at_ms));
    log.iter().filter_map(forced).collect()
}

/// With 1 s for 120 s and 0.5 s for 60 s.
#[tokio::test(flavor = "multi_thread")]
async fn desk_4_a_desktop_that_does_not_return_after_kill_9_of_the_server_is_missed_and_desk_6_one_that_does_is_not()
 {
    let times = ["presence.detection=1s", "presence.comeback=1s", "presence.grace=500ms"];
    let config = LabConfig { node_settings: times.map(String::from).into(), ..config("127.74.9") };
    let on_disk = config.dir.join("node-1/desktops.json");
    let lab = Lab::start(config).await.unwrap();
    lab.in_service(GUARD).await.unwrap();
    let desktops = (works(&lab, "1001").await, works(&lab, "1002").await);
    let both = || std::fs::read_to_string(&on_disk).is_ok_and(|text| text == r#"["1001","1002"]"#);
    tokio::task::block_in_place(|| wait_until(both, "both desktops are on disk"));

    lab.order(Order::Kill(Part::Node(NodeName::One))).await.unwrap();
    drop(desktops);
    let started = lab.clock().now();
    lab.order(Order::Start(Part::Node(NodeName::One))).await.unwrap();
    lab.in_service(GUARD).await.unwrap();
    let _back = opens(&lab, "1002").await;
    let mut logouts = Vec::new();
    while logouts.is_empty() {
        assert!(lab.clock().now() < started + GUARD, "1001 is never missed");
        tokio::time::sleep(Duration::from_millis(50)).await;
        logouts = forced_logouts(&lab).await;
    }
    assert!(matches!(&logouts[..], [(agent, _)] if agent == "1001"), "{logouts:?}");
    let after = Duration::from_millis(logouts[0].1).saturating_sub(started);
    assert!(after >= Duration::from_millis(1500), "too early, after {after:?}");
    tokio::task::block_in_place(|| {
        let left = || std::fs::read_to_string(&on_disk).is_ok_and(|text| text == r#"["1002"]"#);
        wait_until(left, "1001 is forgotten");
    });
    assert_eq!(forced_logouts(&lab).await.len(), 1, "1002 is back");
    lab.stop().await;
}

fn system_is(update: &Update, status: &str) -> bool {
    update.value(&["status"]).as_deref() == Some(status)
}
