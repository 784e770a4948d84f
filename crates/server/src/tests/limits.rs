//! What is refused, and how.

use super::*;
use crate::inbox::{Ask, Inbox, Inboxes, Memory, Reports, inboxes};
use crate::net::admission::Admission;
use crate::net::body::BODY_MAX;
use crate::net::cors::Pair;
use crate::net::http::{Front, bosh_routes, rest_routes};
use crate::net::listen::{Bound, Listening, Served};
use crate::net::pages::Pages;
use crate::net::refusals::Refusals;

/// Listeners whose inboxes nobody empties.
struct Idle {
    inbox: Inbox,
    _inboxes: (Reports, Inboxes),
    rest: SocketAddr,
    bosh: SocketAddr,
    _listening: Listening,
    _directory: Directory,
}

impl Idle {
    async fn start(name: &str) -> Self {
        let directory = Directory::new(name);
        let config = directory.config();
        let (inbox, wires, reports, inboxes) = inboxes();
        let (_, snapshot) = tokio::sync::watch::channel(Some(status()));
        let services = tokio::sync::watch::Sender::new(node::Services::default()).subscribe();
        let (clock, refusals) = (Clock::start(), Arc::new(Refusals::default()));
        let admission = Admission::new(config.limits, clock, Arc::clone(&refusals));
        let front = Front {
            inbox: inbox.clone(),
            wires: wires.clone(),
            refusals,
            snapshot,
            services: services.clone(),
            clock,
        };
        let bound = Bound::new(&config.ports).unwrap();
        let addresses = bound.addresses().unwrap();
        let tls = crate::tls::load(&config.tls).await.unwrap();
        let pair = Pair::new("localhost", None);
        let pages = Pages::new(&pair, &addresses, &config.desktop);
        let (rest, bosh) = (rest_routes(front.clone(), pages), bosh_routes(front));
        let listening = bound
            .serve(Served { rest, bosh, pair, inbox: inbox.clone(), wires, clock, tls, admission }, services)
            .unwrap();
        Self {
            inbox,
            _inboxes: (reports, inboxes),
            rest: addresses.rest_http.unwrap(),
            bosh: addresses.bosh_http.unwrap(),
            _listening: listening,
            _directory: directory,
        }
    }

    /// Sends until the inbox is full; the tickets keep their places.
    fn fill(&self, ask: impl Fn() -> Ask) -> Vec<crate::inbox::Ticket> {
        let body = || self.inbox.reserve_body(Memory::Rest, 1).unwrap();
        std::iter::from_fn(|| self.inbox.send(ask(), body()).ok()).collect()
    }
}

#[tokio::test]
async fn a_full_inbox_is_the_documented_503_and_not_a_wait() {
    let idle = Idle::start("full").await;
    let waiting = (idle.fill(a_request), idle.fill(|| Ask::Bosh(Vec::new())));
    assert_eq!((waiting.0.len(), waiting.1.len()), (4096, 4096));
    let put = request("PUT", "/finesse/api/User/1001", "requestId: r-1\r\n", "<User/>");
    let answer = exchange(idle.rest, &put).await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert_eq!(header(&answer, "retry-after"), Some("1"));
    assert_eq!(header(&answer, "requestid"), Some("r-1"));
    assert!(body(&answer).contains("<ErrorType>Service Unavailable</ErrorType>"), "{answer}");
    let answer = exchange(idle.bosh, &request("POST", "/http-bind/", "", "<body/>")).await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert_eq!(header(&answer, "retry-after"), Some("1"));
    let answer = exchange(idle.rest, &request("GET", "/finesse/api/SystemInfo", "", "")).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn bodies_together_have_a_bound_too() {
    let idle = Idle::start("bodies").await;
    let all = idle.inbox.reserve_body(Memory::Rest, crate::inbox::BODY_BYTES_MAX).unwrap();
    let answer = exchange(idle.rest, &request("PUT", "/finesse/api/User/1001", "", "<User/>")).await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(idle.inbox.reserve_body(Memory::Bosh, 1).is_ok(), "desktops go on");
    drop(all);
}

#[tokio::test]
async fn who_announces_a_long_body_and_does_not_send_it_holds_nobody_up() {
    let mut running = Running::start("announced", |_| Vec::new()).await;
    let head = "POST /finesse/api/PhoneBook/1/Contacts/csvFileContent HTTP/1.1\r\nHost: x\r\n\
                Content-Length: 4194304\r\n\r\nx";
    let mut silent = Vec::new();
    for _ in 0..64 {
        let mut stream = TcpStream::connect(running.rest()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        silent.push(stream);
    }
    let mut stream = TcpStream::connect(running.rest()).await.unwrap();
    stream.write_all(&request("PUT", "/finesse/api/User/1001", "", "<User/>")).await.unwrap();
    let Input::Http { request: asked, .. } = running.told().await else { panic!("no request") };
    assert_eq!(asked.body, b"<User/>");
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_and_never_reaches_the_node() {
    let mut running = Running::start("oversize", |_| Vec::new()).await;
    let long = "x".repeat(BODY_MAX as usize + 1);
    let answer = exchange(running.rest(), &request("PUT", "/finesse/api/User/1001", "", &long)).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(body(&answer).contains("<ErrorType>Invalid Input</ErrorType>"), "{answer}");
    let chunked = format!(
        "POST /finesse/api/User/1001/Dialogs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
        long.len()
    );
    let answer = exchange(running.rest(), chunked.as_bytes()).await;
    assert!(body(&answer).contains("<ErrorType>Invalid Input</ErrorType>"), "{answer}");
    let answer = exchange(running.bosh(), &request("POST", "/http-bind/", "", &long)).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(body(&answer).contains("condition='policy-violation'"), "{answer}");
    assert!(running.told.try_recv().is_err(), "the node was told");
}

#[tokio::test]
async fn the_longest_body_is_accepted() {
    let mut running = Running::start("longest", |_| Vec::new()).await;
    let longest = "x".repeat(BODY_MAX as usize);
    let mut stream = TcpStream::connect(running.bosh()).await.unwrap();
    stream.write_all(&request("POST", "/http-bind/", "", &longest)).await.unwrap();
    let Input::Bosh { body, .. } = running.told().await else { panic!("no request") };
    assert_eq!(body.len(), BODY_MAX as usize);
}

#[tokio::test]
async fn a_file_of_contacts_may_be_longer() {
    let mut running = Running::start("contacts", |_| Vec::new()).await;
    let path = "/finesse/api/PhoneBook/1/Contacts/csvFileContent";
    let four = 4 * BODY_MAX as usize;
    let mut stream = TcpStream::connect(running.rest()).await.unwrap();
    stream.write_all(&request("POST", path, "", &"x".repeat(four))).await.unwrap();
    let Input::Http { request: asked, .. } = running.told().await else { panic!("no request") };
    assert_eq!(asked.body.len(), four);
    let answer = exchange(running.rest(), &request("POST", path, "", &"x".repeat(four + 1))).await;
    assert!(body(&answer).contains("<ErrorType>Invalid Input</ErrorType>"), "{answer}");
}

#[tokio::test]
async fn malformed_requests_are_refused() {
    let running = Running::start("malformed", |_| Vec::new()).await;
    for (bytes, says) in [
        (&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n"[..], "HTTP/1.1 400 "),
        (b"GET /finesse/api/User/1001\r\n\r\n", "HTTP/1.1 400 "),
        (b"GET /finesse/api/User/1001 HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 400 "),
        (&request("GET", "/finesse/api/User/%ff", "", ""), "HTTP/1.1 400 "),
        (&request("GET", "/elsewhere", "", ""), "HTTP/1.1 404 "),
        (&request("GET", "/http-bind/", "", ""), "HTTP/1.1 404 "),
    ] {
        let answer = exchange(running.rest(), bytes).await;
        assert!(answer.starts_with(says), "{} gave {answer}", String::from_utf8_lossy(bytes));
    }
    let answer = exchange(running.bosh(), &request("GET", "/http-bind/", "", "")).await;
    assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
}

#[tokio::test]
async fn a_path_that_is_no_text_is_a_bad_request_with_its_id() {
    let running = Running::start("path", |_| Vec::new()).await;
    let put = request("PUT", "/finesse/api/User/%ff", "requestId: r-1\r\n", "");
    let answer = exchange(running.rest(), &put).await;
    assert!(body(&answer).contains("<ErrorType>Bad Request</ErrorType>"), "{answer}");
    assert_eq!(header(&answer, "requestid"), Some("r-1"));
}

#[tokio::test]
async fn a_head_without_end_is_cut_off() {
    let running = Running::start("head", |_| Vec::new()).await;
    let long = request("GET", "/finesse/api/User/1001", &format!("X: {}\r\n", "x".repeat(200_000)), "");
    let answer = exchange(running.rest(), &long).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let running = Running::start("taken", |_| Vec::new()).await;
    let directory = Directory::new("taken-too");
    let mut config = directory.config();
    config.ports.rest_http = Some(running.rest().port());
    let Err(why) = Server::start(config).await else { panic!("two servers on one port") };
    assert!(why.to_string().starts_with(&format!("cannot listen on {}: ", running.rest())), "{why}");
}
