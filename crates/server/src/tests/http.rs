//! What clients see over HTTP, and what the node is told.

use node::HttpId;
use node::api::HttpResponse;
use node::failover::awdb::{Host, QueryId};

use super::*;
use crate::net::origin::WebOrigin;

fn reply(to: &Input, status: u16, body: &str) -> Vec<Output> {
    let body = body.to_owned();
    match *to {
        Input::Http { id, .. } => {
            let headers = vec![("requestId", "r-1".to_owned())];
            vec![Output::HttpReply { id, response: HttpResponse { status, body, headers } }]
        }
        Input::Bosh { id, .. } => vec![Output::BoshReply { id, status, body }],
        Input::Link { .. }
        | Input::BoshGone { .. }
        | Input::Checked { .. }
        | Input::Probed { .. }
        | Input::People(_)
        | Input::ForgetCredentials { .. }
        | Input::AdministratorChecked { .. }
        | Input::DatabaseTried { .. }
        | Input::Worked(_)
        | Input::Persisted { .. }
        | Input::ClientLogKept { .. }
        | Input::AdoptSettings { .. }
        | Input::Wire { .. }
        | Input::Peer { .. }
        | Input::Service { .. }
        | Input::Remembered(_) => Vec::new(),
    }
}

fn silent(_: &Input) -> Vec<Output> {
    Vec::new()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn system_info_is_answered_while_the_node_is_stuck() {
    let (release, stuck) = std::sync::mpsc::channel::<()>();
    let (entered, mut is_stuck) = mpsc::unbounded_channel();
    let running = Running::start("stuck", move |_| {
        entered.send(()).unwrap();
        let _ = stuck.recv();
        Vec::new()
    })
    .await;
    let rest = running.rest();
    let waiting =
        tokio::spawn(async move { exchange(rest, &request("GET", "/finesse/api/User/1001", "", "")).await });
    soon(is_stuck.recv()).await.unwrap();
    for path in ["/finesse/api/SystemInfo", "/finesse/api/SystemInfo/?nocache=1"] {
        let answer = exchange(rest, &request("GET", path, "", "")).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert_eq!(header(&answer, "content-type"), Some("application/xml"));
        assert!(body(&answer).contains("<status>IN_SERVICE</status>"), "{answer}");
        assert!(
            !body(&answer).contains("<currentTimestamp>1970"),
            "the time is that of the answer: {answer}"
        );
    }
    drop(release);
    waiting.abort();
    running.server.stop().await;
}

#[tokio::test]
async fn other_methods_on_system_info_are_the_nodes() {
    let running = Running::start("methods", |input| reply(input, 405, "<no/>")).await;
    let answer = exchange(running.rest(), &request("PUT", "/finesse/api/SystemInfo", "", "<x/>")).await;
    assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
    assert_eq!(body(&answer), "<no/>");
}

#[tokio::test]
async fn a_request_reaches_the_node_as_it_was_sent() {
    let mut running = Running::start("as-sent", |input| reply(input, 202, "")).await;
    let headers = "Authorization: Basic eA==\r\nrequestId: r-1\r\nContent-Type: Application/XML\r\n";
    let put = request("PUT", "/finesse/api/User/10%301/?id=1&state=%41", headers, "<User>é</User>");
    exchange(running.rest(), &put).await;
    let Input::Http { request, .. } = running.told().await else { panic!("no request") };
    assert_eq!((request.method.as_str(), request.path.as_str()), ("PUT", "/finesse/api/User/1001/"));
    assert_eq!(request.query, "id=1&state=%41");
    assert_eq!(request.authorization.unwrap().expose(), "Basic eA==");
    assert_eq!(request.request_id.as_deref(), Some("r-1"));
    assert_eq!(request.content_type.as_deref(), Some("Application/XML"));
    assert_eq!(request.body, "<User>é</User>".as_bytes());
}

#[tokio::test]
async fn quirk_19_1_1_a_202_has_a_zero_length_body_and_says_so() {
    let running = Running::start("202", |input| reply(input, 202, "")).await;
    let answer = exchange(running.rest(), &request("PUT", "/finesse/api/User/1001", "", "<User/>")).await;
    assert!(answer.starts_with("HTTP/1.1 202 Accepted\r\n"), "{answer}");
    assert_eq!(header(&answer, "content-length"), Some("0"));
    assert_eq!(header(&answer, "content-type"), None);
    assert_eq!(header(&answer, "requestid"), Some("r-1"));
    assert_eq!(body(&answer), "");
}

#[tokio::test]
async fn a_bosh_answer_is_typed_as_clients_expect() {
    let running = Running::start("bosh", |input| reply(input, 200, "<body/>")).await;
    for path in ["/http-bind", "/http-bind/"] {
        let answer = exchange(running.bosh(), &request("POST", path, "", "<body/>")).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert_eq!(header(&answer, "content-type"), Some("text/xml; charset=utf-8"));
        assert_eq!((header(&answer, "content-length"), body(&answer)), (Some("7"), "<body/>"));
    }
}

#[tokio::test]
async fn a_held_bosh_request_whose_client_goes_is_reported() {
    let mut running = Running::start("gone", silent).await;
    let mut stream = TcpStream::connect(running.bosh()).await.unwrap();
    stream.write_all(&request("POST", "/http-bind/", "", "<body/>")).await.unwrap();
    let Input::Bosh { id: asked, .. } = running.told().await else { panic!("no request") };
    drop(stream);
    let Input::BoshGone { id: gone } = running.told().await else { panic!("not told") };
    assert_eq!(gone, asked);
}

#[tokio::test]
async fn a_rest_request_whose_client_goes_is_nobodys_business() {
    let mut running = Running::start("rest-gone", silent).await;
    let mut stream = TcpStream::connect(running.rest()).await.unwrap();
    stream.write_all(&request("PUT", "/finesse/api/User/1001", "", "<User/>")).await.unwrap();
    let Input::Http { id: HttpId(first), .. } = running.told().await else { panic!("no request") };
    drop(stream);
    let mut stream = TcpStream::connect(running.bosh()).await.unwrap();
    stream.write_all(&request("POST", "/http-bind/", "", "<body/>")).await.unwrap();
    let Input::Bosh { id: HttpId(second), .. } = running.told().await else { panic!("no word of the first") };
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_held_bosh_request_does_not_hold_up_the_end() {
    let mut running = Running::start("end", silent).await;
    let mut stream = TcpStream::connect(running.bosh()).await.unwrap();
    stream.write_all(&request("POST", "/http-bind/", "", "<body/>")).await.unwrap();
    running.told().await;
    soon(running.server.stop()).await;
}

#[tokio::test]
async fn health_is_plain_text() {
    let running = Running::start("health", silent).await;
    for (path, says) in [("/livez", "ok\n"), ("/readyz", "in service\n")] {
        for address in [running.rest(), running.bosh()] {
            let answer = exchange(address, &request("GET", path, "", "")).await;
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
            assert_eq!(header(&answer, "content-type"), Some("text/plain; charset=utf-8"));
            assert_eq!(body(&answer), says);
        }
    }
}

#[tokio::test]
async fn a_check_is_answered_from_the_database() {
    let mut running = Running::start("check", |input| match input {
        Input::Http { .. } => vec![Output::Check {
            query: QueryId(7),
            host: Host::Primary,
            user: "1001".into(),
            password: node::domain::Secret::new("secret"),
        }],
        _ => Vec::new(),
    })
    .await;
    let mut stream = TcpStream::connect(running.rest()).await.unwrap();
    stream.write_all(&request("GET", "/finesse/api/User/1001", "", "")).await.unwrap();
    running.told().await;
    let Input::Checked { query, answer } = running.told().await else { panic!("no verdict") };
    assert_eq!(query, QueryId(7));
    assert!(matches!(answer, Err(node::SignInError::Unreachable(_))), "there is no database: {answer:?}");
}

#[tokio::test]
async fn the_desktop_is_served_with_a_strict_policy_and_revalidated() {
    let running = Running::start_with("pages", silent, |mut config| {
        config.desktop.workflow_origins = vec![WebOrigin::parse("https://crm.example.com:9443").unwrap()];
        config
    })
    .await;
    let moved = exchange(running.rest(), &request("GET", "/", "", "")).await;
    assert!(moved.starts_with("HTTP/1.1 307 "), "{moved}");
    assert_eq!(header(&moved, "location"), Some("/desktop/"));

    let page = exchange(running.rest(), &request("GET", "/desktop/", "", "")).await;
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert_eq!(header(&page, "content-type"), Some("text/html; charset=utf-8"));
    let policy = header(&page, "content-security-policy").unwrap();
    for rule in [
        "default-src 'none'",
        "script-src 'self';",
        "worker-src 'self';",
        "frame-ancestors 'none'",
        "ws://localhost:*",
        " https://crm.example.com:9443;",
    ] {
        assert!(policy.contains(rule), "{rule} in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");

    let known = format!("If-None-Match: {}\r\n", header(&page, "etag").unwrap());
    let again = exchange(running.rest(), &request("GET", "/desktop/", &known, "")).await;
    assert!(again.starts_with("HTTP/1.1 304 ") && body(&again).is_empty(), "{again}");
    let settings = exchange(running.rest(), &request("GET", "/desktop/settings.json", "", "")).await;
    let told: serde_json::Value = serde_json::from_str(body(&settings)).unwrap();
    assert_eq!(told["poll_interval"], 10_000, "failover.md CLIENT-7");
    assert_eq!(told["ping_interval"], 10_000, "failover.md CLIENT-X7");
    assert_eq!(told["workflow_origins"], serde_json::json!(["https://crm.example.com:9443"]));
    let none = exchange(running.rest(), &request("GET", "/desktop/../Cargo.toml", "", "")).await;
    assert!(none.starts_with("HTTP/1.1 404 "), "{none}");
}

#[tokio::test]
async fn quirk_19_3_13_pages_of_the_pair_may_read_answers_and_others_may_not() {
    let mut running = Running::start("cors", |input| reply(input, 401, "<no/>")).await;
    let ask = "Origin: http://localhost:8082\r\nAccess-Control-Request-Method: PUT\r\n";
    for (port, path) in [(running.rest(), "/finesse/api/User/1001"), (running.bosh(), "/http-bind/")] {
        let granted = exchange(port, &request("OPTIONS", path, ask, "")).await;
        assert!(granted.starts_with("HTTP/1.1 204 "), "{granted}");
        assert_eq!(header(&granted, "access-control-allow-origin"), Some("http://localhost:8082"));
        assert_eq!(
            header(&granted, "access-control-allow-headers"),
            Some("authorization, content-type, requestid")
        );
    }
    let own = "Origin: http://localhost:8082\r\n";
    let read = exchange(running.rest(), &request("GET", "/finesse/api/User/1001", own, "")).await;
    assert_eq!(header(&read, "access-control-allow-origin"), Some("http://localhost:8082"));
    for (origin, may) in
        [("http://localhost:8082", Some("http://localhost:8082")), ("http://evil.test", None)]
    {
        let poll = request("POST", "/http-bind/", &format!("Origin: {origin}\r\n"), "<body/>");
        let read = exchange(running.bosh(), &poll).await;
        assert!(body(&read) == "<no/>" && header(&read, "access-control-allow-origin") == may, "{read}");
    }
    let foreign = "Origin: http://evil.test\r\nAccess-Control-Request-Method: PUT\r\n";
    let refused = exchange(running.rest(), &request("OPTIONS", "/finesse/api/User/1001", foreign, "")).await;
    assert_eq!(header(&refused, "access-control-allow-origin"), None, "{refused}");
    let Input::Http { request: heard, .. } = running.told().await else { panic!("no request") };
    assert_eq!(heard.method, "GET", "the preflight is answered without the node");
}
