//! In which order the driver hands things to the node.

use node::failover::cti::Epoch;
use node::{LinkNews, WireNews};

use super::*;
use crate::awdb::Awdb;
use crate::drive::{Drive, State};
use crate::inbox::{Inbox, Memory, WireInbox, WireMail, WireSaid, inboxes};
use crate::net::cti::Links;
use crate::net::wires::Wires;
use crate::office::Office;

/// A driver that has not begun yet, so that its inboxes can be filled first.
struct Waiting {
    drive: Drive<Recorder>,
    inbox: Inbox,
    wires: WireInbox,
    told: mpsc::UnboundedReceiver<Input>,
    woken: Arc<std::sync::atomic::AtomicU32>,
}

/// A core that answers nothing, writes down what it is told, and whose timer may be stuck.
struct Recorder {
    tell: mpsc::UnboundedSender<Input>,
    stuck: bool,
    woken: Arc<std::sync::atomic::AtomicU32>,
}

impl Core for Recorder {
    fn handle(&mut self, input: Input, _: Now) {
        let _ = self.tell.send(input);
    }
    fn handle_timeout(&mut self, _: Now) {
        self.woken.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
    fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        self.stuck.then_some((Duration::ZERO, Timer::Download))
    }
    fn poll_output(&mut self) -> Option<Output> {
        None
    }
    fn figures(&self) -> crate::drive::Figures {
        crate::drive::Figures::new()
    }
}

impl Waiting {
    fn new(name: &str, stuck: bool) -> Self {
        let directory = Directory::new(name);
        let config = directory.config();
        let (store, _) = crate::store::Store::open(&config.data_dir).unwrap();
        let (inbox, wires, reports, inboxes) = inboxes();
        let (tell, told) = mpsc::unbounded_channel();
        let woken = Arc::default();
        let drive = Drive {
            core: Recorder { tell, stuck, woken: Arc::clone(&woken) },
            clock: Clock::start(),
            inboxes,
            reports,
            links: Links::new(config.cti),
            wires: Wires::default(),
            refusals: Arc::default(),
            peer: crate::peer::Links::default(),
            office: Office::new(config.administrators, Arc::new(store), config.awdb.clone()),
            awdb: Awdb::new(config.awdb),
            client_logs: crate::client_logs::ClientLogs::new(&config.data_dir),
            snapshot: tokio::sync::watch::channel(None).0,
            services: tokio::sync::watch::channel(node::Services::default()).0,
            settings: tokio::sync::watch::channel(None).0,
            roster: tokio::sync::watch::channel(crate::roster::Roster::new()).0,
            state: State::default(),
        };
        Self { drive, inbox, wires, told, woken }
    }

    fn ask(&self, ask: Ask) -> crate::inbox::Ticket {
        self.inbox.send(ask, self.inbox.reserve_body(Memory::Rest, 1).unwrap()).unwrap()
    }

    async fn cti(&self, byte: u8) {
        let news = LinkNews::Bytes(vec![byte]);
        self.drive.reports.cti.send(Input::Link { epoch: Epoch(1), news }).await.unwrap();
    }

    async fn wire(&self) {
        let said = WireSaid::News(WireNews::Pong);
        self.wires.send(WireMail { id: self.wires.next(), said, turn: None }).await;
    }

    fn begin(self) -> mpsc::UnboundedReceiver<Input> {
        tokio::spawn(self.drive.run(std::future::pending()));
        self.told
    }
}

fn short(input: &Input) -> String {
    match input {
        Input::Link { news: LinkNews::Bytes(bytes), .. } => format!("cti {bytes:?}"),
        Input::Bosh { body, .. } => format!("bosh {body:?}"),
        Input::Wire { news, .. } => format!("wire {news:?}"),
        Input::Http { .. } => "rest".into(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn cti_comes_before_presence_before_requests() {
    let waiting = Waiting::new("order", false);
    let _held = (waiting.ask(a_request()), waiting.ask(Ask::Bosh(vec![1])), waiting.ask(Ask::Bosh(vec![2])));
    waiting.cti(1).await;
    waiting.cti(2).await;
    let mut told = waiting.begin();
    for expected in ["cti [1]", "cti [2]", "bosh [1]", "bosh [2]", "rest"] {
        assert_eq!(short(&soon(told.recv()).await.unwrap()), expected);
    }
}

#[tokio::test]
async fn browsers_over_either_kind_of_transport_take_turns() {
    let waiting = Waiting::new("turns", false);
    let _held: Vec<_> = (1..=3).map(|number| waiting.ask(Ask::Bosh(vec![number]))).collect();
    for _ in 0..3 {
        waiting.wire().await;
    }
    waiting.cti(1).await;
    let mut told = waiting.begin();
    assert_eq!(short(&soon(told.recv()).await.unwrap()), "cti [1]");
    let mut order = Vec::new();
    for _ in 0..6 {
        order.push(short(&soon(told.recv()).await.unwrap()));
    }
    let expected = ["wire Pong", "bosh [1]", "wire Pong", "bosh [2]", "wire Pong", "bosh [3]"];
    assert_eq!(order, expected);
}

#[tokio::test]
async fn a_flood_above_delays_a_request_but_never_starves_it() {
    let waiting = Waiting::new("flood", false);
    let _request = waiting.ask(a_request());
    let _flood: Vec<_> = (0..1000).map(|_| waiting.ask(Ask::Bosh(Vec::new()))).collect();
    let mut told = waiting.begin();
    let mut before = 0;
    while !matches!(soon(told.recv()).await.unwrap(), Input::Http { .. }) {
        before += 1;
    }
    assert!((1..64).contains(&before), "{before} came before the request");
}

#[tokio::test]
async fn a_client_that_went_before_its_turn_is_not_served() {
    let waiting = Waiting::new("before", false);
    drop(waiting.ask(Ask::Bosh(vec![1])));
    let stays = waiting.ask(Ask::Bosh(vec![2]));
    let mut told = waiting.begin();
    assert_eq!(short(&soon(told.recv()).await.unwrap()), "bosh [2]");
    drop(stays);
    assert!(matches!(soon(told.recv()).await, Some(Input::BoshGone { .. })));
}

#[tokio::test]
async fn a_timer_that_is_stuck_does_not_stop_the_rest() {
    let waiting = Waiting::new("stuck-timer", true);
    let _request = waiting.ask(a_request());
    let woken = Arc::clone(&waiting.woken);
    let mut told = waiting.begin();
    assert_eq!(short(&soon(told.recv()).await.unwrap()), "rest");
    assert!(woken.load(std::sync::atomic::Ordering::Relaxed) >= 1, "the timer came first");
}
