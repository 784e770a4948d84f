//! A lab without desktop servers, from outside: its control over HTTP, its CTI servers over TCP.

#![expect(clippy::unwrap_used, reason = "a failed helper is a failed test")]

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

use lab::fault::LinkFault;
use lab::http::{Answer, Ask, Http};
use lab::{CtiServer, Lab, LabConfig, Link, Net, NodeName, Order, OrderError, Part};
use serde_json::{Value, json};
use switch::{Command, Hand, OnClientLoss, PairConfig, PairMode, PhoneState, StandbyAnswer, SwitchConfig};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// Far longer than anything here takes; only a hang of the code under test reaches it.
const GUARD: Duration = Duration::from_secs(20);

fn config(net: &str) -> LabConfig {
    let mode = PairMode::ActiveStandby { takeover: Duration::ZERO, standby: StandbyAnswer::Status15 };
    LabConfig {
        net: net.parse().unwrap(),
        pair: PairConfig {
            mode,
            on_client_loss: OnClientLoss::Keep,
            versions: 13..=20,
            switch: SwitchConfig::demo(4, "secret"),
        },
        nodes: Vec::new(),
        node_settings: Vec::new(),
        binary: PathBuf::new(),
        dir: std::env::temp_dir(),
        administrator: None,
        awdb: PathBuf::new(),
    }
}

async fn start(net: &str) -> Lab {
    Lab::start(config(net)).await.unwrap()
}

async fn get(net: Net, path: &str) -> Answer {
    Http::default().ask(Ask::get(format!("http://{}{path}", net.page()))).await.unwrap()
}

async fn post(net: Net, order: &Value) -> Answer {
    let ask = Ask::new(hyper::Method::POST, format!("http://{}/api/command", net.page()));
    Http::default().ask(ask.body("application/json", order.to_string())).await.unwrap()
}

async fn state(net: Net) -> Value {
    serde_json::from_str(&get(net, "/api/state").await.body).unwrap()
}

async fn dial_as(lab: &Lab, node: NodeName, cti: CtiServer) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((lab.net().node(node).unwrap(), 0).into())?;
    timeout(GUARD, socket.connect(lab.net().cti(cti))).await.unwrap()
}

#[tokio::test]
async fn the_page_and_all_it_needs_come_from_the_lab() {
    let lab = start("127.71.1").await;
    for (path, kind) in [("/", "text/html"), ("/lab.css", "text/css"), ("/lab.js", "text/javascript")] {
        let answer = get(lab.net(), path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").unwrap().starts_with(kind), "{path}");
        assert!(!answer.body.contains("https://"), "{path} needs nothing from elsewhere");
    }
    lab.stop().await;
}

#[tokio::test]
async fn the_state_shows_people_links_and_cti_servers() {
    let lab = start("127.71.2").await;
    let state = state(lab.net()).await;
    assert_eq!(state["people"]["agents"][1]["extension"], "61002");
    assert_eq!(state["people"]["password"], "secret");
    assert_eq!(state["links"].as_array().unwrap().len(), 6);
    assert_eq!(state["truth"]["sides"][0]["role"], "active");
    assert_eq!(state["truth"]["sides"][1]["role"], "standby");
    lab.stop().await;
}

#[tokio::test]
async fn a_killed_cti_server_resets_its_connections_and_refuses_until_it_is_started() {
    let lab = start("127.71.3").await;
    let mut held = dial_as(&lab, NodeName::One, CtiServer::A).await.unwrap();
    let answer = post(lab.net(), &json!({"kill": "cti-a"})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let end = timeout(GUARD, held.read(&mut [0; 8])).await.unwrap();
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    let refused = dial_as(&lab, NodeName::One, CtiServer::A).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    assert_eq!(state(lab.net()).await["truth"]["sides"][0]["role"], "down");
    let again = post(lab.net(), &json!({"kill": "cti-a"})).await;
    assert_eq!((again.status, again.body.contains("cti-a is already down")), (409, true), "{}", again.body);
    lab.order(Order::Start(Part::Cti(CtiServer::A))).await.unwrap();
    dial_as(&lab, NodeName::One, CtiServer::A).await.unwrap();
    lab.stop().await;
}

#[tokio::test]
async fn every_fault_that_lasts_can_be_read_from_the_state() {
    let lab = start("127.71.10").await;
    let orders = [
        json!({"mute_heartbeats": ["A", true]}),
        json!({"refuse_opens": ["B", 92]}),
        json!({"delay_answers": 700}),
        json!({"answers_after_events": true}),
        json!({"on_client_loss": "load1"}),
        json!("central_controller_down"),
        json!("peripheral_offline"),
    ];
    for order in orders {
        assert_eq!(post(lab.net(), &json!({"switch": order})).await.status, 200, "{order}");
    }
    let truth = state(lab.net()).await["truth"].take();
    assert_eq!((&truth["sides"][0]["mute"], &truth["sides"][1]["refuses"]), (&json!(true), &json!(92)));
    assert_eq!((&truth["answer_delay_ms"], &truth["answers_after_events"]), (&json!(700), &json!(true)));
    assert_eq!(truth["on_client_loss"], "load1");
    assert_eq!(
        (&truth["central_controller_online"], &truth["peripheral_online"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(truth["sides"][0]["streams"], false);
    lab.stop().await;
}

#[tokio::test]
async fn the_dial_log_tells_nodes_and_sides_apart_in_order() {
    let lab = start("127.71.4").await;
    let refused = Link { node: NodeName::Two, cti: CtiServer::B };
    lab.link_fault(refused, &LinkFault::Refuse);
    let dials = [
        (NodeName::One, CtiServer::A, true),
        (NodeName::Two, CtiServer::B, false),
        (NodeName::One, CtiServer::B, true),
    ];
    for (n, (node, cti, _)) in dials.iter().enumerate() {
        let _stream = dial_as(&lab, *node, *cti).await.unwrap();
        let counted = async {
            while lab.dial_log().len() <= n {
                tokio::task::yield_now().await;
            }
        };
        timeout(GUARD, counted).await.unwrap();
    }
    let log: Vec<_> = lab.dial_log().iter().map(|dial| (dial.node, dial.cti, dial.taken)).collect();
    assert_eq!(log, dials);
    assert!(lab.dial_log().is_sorted_by_key(|dial| (dial.n, dial.at_us)));
    lab.stop().await;
}

#[tokio::test]
async fn bad_orders_are_answered_and_change_nothing() {
    let lab = start("127.71.5").await;
    let before = lab.story().len();
    assert_eq!(post(lab.net(), &json!({"kill": "node-1"})).await.status, 404);
    assert_eq!(post(lab.net(), &json!({"kill": "cti-c"})).await.status, 422);
    assert_eq!(post(lab.net(), &json!({"start": "cti-a"})).await.status, 409);
    assert_eq!(post(lab.net(), &json!({"switch": {"refuse_opens": ["A", 4711]}})).await.status, 409);
    let huge = json!({"switch": {"call_in": {"from": "0".repeat(70_000), "to": "7200"}}});
    assert_eq!(post(lab.net(), &huge).await.status, 413);
    let why: Value = serde_json::from_str(&post(lab.net(), &json!({"start": "cti-a"})).await.body).unwrap();
    assert!(why["error"].as_str().unwrap().contains("running"), "{why}");
    assert_eq!(lab.story().len(), before);
    lab.stop().await;
}

#[tokio::test]
async fn an_order_without_a_mark_of_ours_is_refused() {
    let lab = start("127.71.6").await;
    let url = format!("http://{}/api/command", lab.net().page());
    let form = Ask::new(hyper::Method::POST, &url).body("text/plain", r#"{"kill":"cti-a"}"#);
    assert_eq!(Http::default().ask(form).await.unwrap().status, 403);
    assert_eq!(state(lab.net()).await["truth"]["sides"][0]["role"], "active");
    lab.stop().await;
}

#[tokio::test]
async fn a_call_can_be_made_and_is_told_in_the_timeline() {
    let lab = start("127.71.7").await;
    let answer = post(lab.net(), &json!({"switch": {"call_in": {"from": "0312345678", "to": "7200"}}})).await;
    let made: Value = serde_json::from_str(&answer.body).unwrap();
    let id = made["call"].as_u64().unwrap();
    let story = get(lab.net(), "/api/story?since=1").await.body;
    assert!(story.contains(&id.to_string()), "{story}");
    lab.stop().await;
}

#[tokio::test]
async fn a_second_lab_on_the_same_addresses_is_told_what_to_do() {
    let lab = start("127.71.8").await;
    let told = Lab::start(config("127.71.8")).await.unwrap_err().to_string();
    assert!(told.contains("127.71.8.10:8080") && told.contains("--net"), "{told}");
    lab.stop().await;
}

#[tokio::test]
async fn a_lab_that_ended_takes_no_more_orders() {
    let lab = start("127.71.9").await;
    let other = lab.clone();
    lab.stop().await;
    let refused = timeout(GUARD, other.command(Command::SwitchOver)).await.unwrap();
    assert!(matches!(refused, Err(OrderError::Ending)), "{refused:?}");
}

#[tokio::test]
async fn a_scripted_caller_is_answered_and_given_to_a_colleague() {
    let lab = start("127.82.3").await;
    sign_in_at_the_phone(&lab, "1002").await;
    let script = json!({ "script": { "plot": "transfer", "to": "7200", "answers": true, "pause_ms": 5 } });
    assert_eq!(post(lab.net(), &script).await.status, 200);
    told(&lab, "script.ended").await;
    let truth = lab.truth().await.unwrap();
    let devices: Vec<&str> = truth.calls[0].parties.iter().map(|party| party.device.as_str()).collect();
    assert_eq!(devices, ["0457100001", "99001"], "the agent has left, the colleague has the caller");
    lab.stop().await;
}

#[tokio::test]
async fn a_script_ends_with_its_call_and_there_are_only_so_many() {
    let lab = start("127.82.4").await;
    let waiting = json!({ "script": { "plot": "consult", "to": "7200", "callers": 64 } });
    assert_eq!(post(lab.net(), &waiting).await.status, 200);
    assert_eq!(post(lab.net(), &json!({ "script": { "plot": "call", "to": "7200" } })).await.status, 409);
    assert_eq!(lab.truth().await.unwrap().calls.len(), 64);
    for call in lab.truth().await.unwrap().calls {
        lab.command(Command::HangUp(Hand { device: call.from, call: Some(call.id) })).await.unwrap();
    }
    told(&lab, "script.gone").await;
    lab.stop().await;
}

async fn sign_in_at_the_phone(lab: &Lab, agent: &str) {
    for to in [PhoneState::Login { extension: None }, PhoneState::Ready] {
        lab.command(Command::AgentState { agent: agent.into(), to }).await.unwrap();
    }
}

/// Waits until the timeline tells it.
async fn told(lab: &Lab, what: &str) {
    let mut news = lab.timeline().follow();
    let tells = async {
        while !lab.story().iter().any(|entry| entry.what == what) {
            news.changed().await.unwrap();
        }
    };
    timeout(GUARD, tells).await.unwrap();
}
