//! Requests that nobody writes in earnest: each is refused with a documented status, and costs little.

use node::api::{Acting, ApiFailure, HttpRequest, HttpResponse, Operation, parse, route};

use super::*;

/// Routes the request and reads the body, as the node does for somebody who may ask.
fn routed(input: &Input) -> Vec<Output> {
    let Input::Http { id, request } = input else { return Vec::new() };
    let response = judged(request).unwrap_or_else(|failure| failure.respond(None));
    vec![Output::HttpReply { id: *id, response }]
}

fn judged(request: &HttpRequest) -> Result<HttpResponse, ApiFailure> {
    match route(request)?.operation {
        Operation::Act(Acting::PutUser { .. }) => parse::user(request).map(|_| HttpResponse::accepted(None)),
        _ => Ok(HttpResponse::document("<Fine/>".into())),
    }
}

/// The status and the ErrorType.
fn outcome(answer: &str) -> (u16, &str) {
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let kind = answer.split("<ErrorType>").nth(1).and_then(|rest| rest.split('<').next());
    (status, kind.unwrap_or_default())
}

#[tokio::test]
async fn path_tricks_reach_nothing() {
    let running = Running::start("paths", routed).await;
    let long = format!("/finesse/api/User/{}", "x".repeat(20_000));
    for (path, expected) in [
        ("/finesse/api/User/1001", (200, "")),
        ("/finesse/api/User/1001/", (200, "")),
        ("/finesse/api/User/10%301", (200, "")),
        (&long, (200, "")),
        ("/finesse/api/User/1001%2FDialogs", (400, "Bad Request")),
        ("/finesse/api/User%2F1001", (400, "Bad Request")),
        ("/finesse/api/User/1001%2f..%2f1002", (400, "Bad Request")),
        ("/finesse/api/User/..%5C1002", (400, "Bad Request")),
        ("/finesse/api/User/../SystemConfig", (400, "Bad Request")),
        ("/finesse/api/User/%2e%2e/SystemConfig", (400, "Bad Request")),
        ("/finesse/api/./User/1001", (400, "Bad Request")),
        ("/finesse/api/User/1001%00", (400, "Bad Request")),
        ("/finesse/api/User/1001%0d%0aSet-Cookie:x", (400, "Bad Request")),
        ("/finesse/api/User/%c0%ae%c0%ae", (400, "Bad Request")),
        ("/finesse/api/User/%", (400, "Bad Request")),
        // Resolved once, it is an id that nobody has.
        ("/finesse/api/User/1001%252FDialogs", (200, "")),
        ("/finesse/api//User/1001", (404, "Not Found")),
        ("/finesse/api/User//1001", (404, "Not Found")),
        ("/finesse/api/User/1001//", (404, "Not Found")),
        ("/finesse/api/User/1001/Dialogs;x=y", (404, "Not Found")),
        ("/finesse/api/user/1001", (404, "Not Found")),
        ("/finesse/api/", (404, "Not Found")),
        ("/finesse/../finesse/api/User/1001", (404, "")),
        ("//finesse/api/User/1001", (404, "")),
        ("/finesse%2Fapi/User/1001", (404, "")),
    ] {
        let answer = exchange(running.rest(), &request("GET", path, "", "")).await;
        assert_eq!(outcome(&answer), expected, "{path}");
    }
}

#[tokio::test]
async fn a_line_longer_than_any_is_refused_before_it_is_a_request() {
    let mut running = Running::start("long", routed).await;
    let path = format!("/finesse/api/User/{}", "x".repeat(70_000));
    let answer = exchange(running.rest(), &request("GET", &path, "", "")).await;
    assert!(answer.is_empty() || matches!(outcome(&answer).0, 414 | 431), "{answer}");
    let flood: String = (0..2_000).map(|n| format!("X-{n}: {n}\r\n")).collect();
    let answer = exchange(running.rest(), &request("GET", "/finesse/api/User/1", &flood, "")).await;
    assert!(answer.is_empty() || outcome(&answer).0 == 431, "{answer}");
    assert!(running.told.try_recv().is_err(), "the node was told");
}

#[tokio::test]
async fn a_method_is_what_the_first_line_says() {
    let running = Running::start("method", routed).await;
    for method in ["HEAD", "DELETE", "PATCH", "TRACE", "OPTIONS", "get", "PROPFIND"] {
        let answer = exchange(running.rest(), &request(method, "/finesse/api/User/1001", "", "")).await;
        assert_eq!(outcome(&answer).0, 405, "{method}: {answer}");
        assert_eq!(header(&answer, "allow"), Some("GET, PUT"), "{method}");
    }
    let overridden = "X-HTTP-Method-Override: PUT\r\nX-HTTP-Method: PUT\r\nX-Method-Override: PUT\r\n";
    for path in ["/finesse/api/User/1001", "/finesse/api/User/1001?_method=PUT"] {
        let body = "<User><state>READY</state></User>";
        let answer = exchange(running.rest(), &request("GET", path, overridden, body)).await;
        assert_eq!(outcome(&answer).0, 200, "a body of GET is read by nobody: {answer}");
    }
    let answer = exchange(running.rest(), b"NO SUCH THING\r\n\r\n").await;
    assert_eq!(outcome(&answer).0, 400, "{answer}");
}

#[tokio::test]
async fn a_body_is_xml_and_nothing_else() {
    let running = Running::start("types", routed).await;
    let ready = "<User><state>READY</state></User>";
    for (content_type, body, expected) in [
        ("application/xml", ready, (202, "")),
        ("Application/XML; charset=utf-8", ready, (202, "")),
        ("application/json", "{\"User\":{\"state\":\"READY\"}}", (400, "Bad Request")),
        ("application/json", ready, (400, "Bad Request")),
        ("application/x-www-form-urlencoded", "state=READY", (400, "Bad Request")),
        ("multipart/form-data; boundary=x", "--x\r\n\r\n--x--", (400, "Bad Request")),
        ("application/xml", "{\"state\":\"READY\"}", (400, "Bad Request")),
        ("application/xml", "\u{feff}\u{feff}", (400, "Bad Request")),
        ("application/xml", "", (400, "Bad Request")),
        ("text/xml", "<!DOCTYPE User SYSTEM \"file:///etc/passwd\"><User/>", (400, "Bad Request")),
    ] {
        let typed = format!("Content-Type: {content_type}\r\n");
        let answer = exchange(running.rest(), &request("PUT", "/finesse/api/User/1001", &typed, body)).await;
        assert_eq!(outcome(&answer), expected, "{content_type}: {body}");
    }
}

#[tokio::test]
async fn huge_and_deep_documents_are_refused_at_once() {
    let running = Running::start("huge", routed).await;
    let deep = |levels| format!("<User>{}{}</User>", "<a>".repeat(levels), "</a>".repeat(levels));
    let bombs = [
        deep(100),
        deep(100_000),
        "<User>".repeat(150_000),
        format!("<User>{}</User>", "<a/>".repeat(200_000)),
        format!("<User {}/>", (0..50_000).map(|n| format!("a{n}='' ")).collect::<String>()),
        format!("<User><state>{}</state></User>", "x".repeat(1_000_000)),
        format!("<{}/>", "x".repeat(1_000_000)),
        format!("<User>{}</User>", "&#x26;".repeat(150_000)),
    ];
    for bomb in bombs {
        let answer = exchange(running.rest(), &request("PUT", "/finesse/api/User/1001", "", &bomb)).await;
        let said = outcome(&answer);
        assert!(matches!(said, (400, "Bad Request" | "Parameter Missing" | "Invalid Input")), "{said:?}");
        assert!(answer.len() < 2_000, "an answer repeats little of what was sent: {} bytes", answer.len());
    }
}

/// Sends this, says that nothing more comes, and hears what is answered.
async fn half(with: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(with).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ = soon(stream.read_to_end(&mut answer)).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn lies_about_the_length_of_a_body_reach_nobody() {
    let mut running = Running::start("lies", routed).await;
    let head = "PUT /finesse/api/User/1001 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    for rest in [
        "Content-Length: 1000\r\n\r\n<User/>",
        "Content-Length: 99999999999999999999\r\n\r\n<User/>",
        "Content-Length: -1\r\n\r\n<User/>",
        "Content-Length: 7\r\nContent-Length: 8\r\n\r\n<User/>",
        "Content-Length: 7, 8\r\n\r\n<User/>",
        "Transfer-Encoding: chunked\r\n\r\n7\r\n<User/>",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n<User/>",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n<User/>",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n<User/>",
        "Transfer-Encoding: gzip\r\n\r\n<User/>",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    ] {
        let answer = half(running.rest(), format!("{head}{rest}").as_bytes()).await;
        assert!(answer.is_empty() || outcome(&answer).0 == 400, "{rest}: {answer}");
    }
    assert!(running.told.try_recv().is_err(), "the node was told of half a request");
}

/// What follows a request is another one, whatever a proxy may have taken it for.
#[tokio::test]
async fn a_second_request_hides_in_no_body() {
    let mut running = Running::start("smuggle", routed).await;
    let hidden = "PUT /finesse/api/User/1001 HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\
                  Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /finesse/api/Users HTTP/1.1\r\nHost: x\r\n\r\n";
    let answer = half(running.rest(), hidden.as_bytes()).await;
    assert!(!answer.contains("<Fine/>"), "{answer}");
    while let Ok(input) = running.told.try_recv() {
        assert!(!matches!(input, Input::Http { request, .. } if request.path.ends_with("Users")));
    }
}

#[tokio::test]
async fn a_body_without_end_is_thrown_away_and_then_cut_off() {
    let mut running = Running::start("endless", routed).await;
    let mut stream = TcpStream::connect(running.rest()).await.unwrap();
    let head = "PUT /finesse/api/User/1001 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let mut sent = 0_usize;
    while sent < 64 << 20 && soon(stream.write_all(chunk.as_bytes())).await.is_ok() {
        sent += 0x10000;
    }
    assert!(sent < 32 << 20, "{sent} bytes were taken of a body that may have one MiB");
    let mut answer = Vec::new();
    let _ = soon(stream.read_to_end(&mut answer)).await;
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.is_empty() || outcome(&answer) == (400, "Invalid Input"), "{answer}");
    assert!(running.told.try_recv().is_err(), "the node was told");
}

#[tokio::test]
async fn the_description_of_the_api_is_for_everybody() {
    let running = Running::start("openapi", silent).await;
    let answer = exchange(running.rest(), &request("GET", node::api::OPENAPI_PATH, "", "")).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!(header(&answer, "content-type"), Some("application/json"));
    assert_eq!(body(&answer), node::api::openapi());
    let told: serde_json::Value = serde_json::from_str(body(&answer)).unwrap();
    assert_eq!(told["openapi"], "3.1.0");
}

fn silent(_: &Input) -> Vec<Output> {
    Vec::new()
}
