//! Connections of BOSH in the clear that last: several requests, and those that another HTTP stack must answer.

use node::api::HttpRequest;

use super::*;

/// Answers each request with its own body, and never one that says `hold`.
fn echo(input: &Input) -> Vec<Output> {
    match input {
        Input::Bosh { id, body } if body != b"hold" => {
            let body = String::from_utf8(body.clone()).unwrap();
            vec![Output::BoshReply { id: *id, status: 200, body }]
        }
        Input::Http { id, request: HttpRequest { .. } } => panic!("{id:?} is none of REST's"),
        _ => Vec::new(),
    }
}

fn post(body: &str) -> String {
    post_with("", body)
}

fn post_with(headers: &str, body: &str) -> String {
    format!("POST /http-bind/ HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

/// A connection that stays.
struct Client {
    stream: TcpStream,
    read: String,
}

impl Client {
    async fn connect(to: SocketAddr) -> Self {
        Self { stream: TcpStream::connect(to).await.unwrap(), read: String::new() }
    }

    async fn say(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// Reads until an answer ends with this body, and returns it whole.
    async fn answered(&mut self, body: &str) -> String {
        let end = format!("\r\n\r\n{body}");
        while !self.read.contains(&end) {
            let mut bytes = [0; 1024];
            let n = soon(self.stream.read(&mut bytes)).await.unwrap();
            assert_ne!(n, 0, "closed after {}", self.read);
            self.read.push_str(std::str::from_utf8(&bytes[..n]).unwrap());
        }
        let end = self.read.find(&end).unwrap() + end.len();
        self.read.drain(..end).collect()
    }

    async fn closed(mut self) {
        let mut rest = Vec::new();
        let _ = soon(self.stream.read_to_end(&mut rest)).await;
        assert_eq!((self.read.as_str(), String::from_utf8(rest).unwrap().as_str()), ("", ""));
    }
}

#[tokio::test]
async fn a_connection_carries_one_request_after_another_in_any_pieces() {
    let running = Running::start("one-by-one", echo).await;
    let mut client = Client::connect(running.bosh()).await;
    for body in ["<a/>", "<bb/>", ""] {
        client.say(&post(body)).await;
        let answer = client.answered(body).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert_eq!(header(&answer, "content-length"), Some(body.len().to_string().as_str()));
        assert_eq!(header(&answer, "connection"), None);
        assert!(header(&answer, "date").unwrap().ends_with(" GMT"), "{answer}");
    }
    client.stream.set_nodelay(true).unwrap();
    for byte in post("<slow/>").chars() {
        client.say(&byte.to_string()).await;
    }
    client.answered("<slow/>").await;
    client.say(&post_with("Connection: close\r\n", "<last/>")).await;
    assert_eq!(header(&client.answered("<last/>").await, "connection"), Some("close"));
    client.closed().await;
}

#[tokio::test]
async fn requests_that_come_together_are_answered_in_their_order() {
    let running = Running::start("together", echo).await;
    let mut client = Client::connect(running.bosh()).await;
    let all: Vec<String> = (0..200).map(|n| format!("<n{n}/>")).collect();
    client.say(&all.iter().map(|body| post(body)).collect::<String>()).await;
    for body in &all {
        let answer = client.answered(body).await;
        assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 1, "{answer}");
    }
}

#[tokio::test]
async fn a_connection_that_turns_to_something_else_is_served_all_the_same() {
    let running = Running::start("else", echo).await;
    let mut client = Client::connect(running.bosh()).await;
    client.say(&post("<a/>")).await;
    client.answered("<a/>").await;
    let chunked = "POST /http-bind/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\
                   4\r\n<chu\r\n6\r\nnked/>\r\n0\r\n\r\n";
    // In one piece: what is behind the request that is answered here moves along.
    client.say(&format!("{}{chunked}{}", post("<b/>"), post("<c/>"))).await;
    for body in ["<b/>", "<chunked/>", "<c/>"] {
        client.answered(body).await;
    }
    client.say("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").await;
    client.answered("ok\n").await;
}

#[tokio::test]
async fn whoever_expects_to_be_asked_for_the_body_is_asked() {
    let running = Running::start("expects", echo).await;
    let mut client = Client::connect(running.bosh()).await;
    client
        .say("POST /http-bind/ HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        .await;
    assert_eq!(client.answered("").await, "HTTP/1.1 100 Continue\r\n\r\n");
    client.say("<a/>").await;
    client.answered("<a/>").await;
}

#[tokio::test]
async fn a_request_that_stays_half_is_given_up_in_time() {
    let handshake = Duration::from_millis(50);
    let limits = Limits { handshake, ..Limits::default() };
    let running = Running::start_limited("half", limits, echo).await;
    for half in ["", "POST /http", "POST /http-bind/ HTTP/1.1\r\nHost: x\r\n"] {
        let mut client = Client::connect(running.bosh()).await;
        client.say(half).await;
        client.closed().await;
    }
}

#[tokio::test]
async fn a_held_request_whose_client_goes_is_reported_although_another_connection_lives() {
    let mut running = Running::start("goes", echo).await;
    let (mut goes, mut stays) =
        (Client::connect(running.bosh()).await, Client::connect(running.bosh()).await);
    goes.say(&post("hold")).await;
    let Input::Bosh { id: asked, .. } = running.told().await else { panic!("no request") };
    stays.say(&post("<a/>")).await;
    let Input::Bosh { .. } = running.told().await else { panic!("no request") };
    stays.answered("<a/>").await;
    drop(goes);
    let Input::BoshGone { id: gone } = running.told().await else { panic!("not told") };
    assert_eq!(gone, asked);
    stays.say(&post("<b/>")).await;
    stays.answered("<b/>").await;
}
