//! Lasting connections: XMPP over TCP and WebSocket as clients see them, and what the node is told.

use node::xmpp::Transport;
use node::{WireId, WireNews};
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use futures_util::{SinkExt, StreamExt};

use super::*;

/// What a connection was heard to say, in its order. `Written` only says that the system works.
async fn heard(running: &mut Running) -> (WireId, WireNews) {
    loop {
        match running.told().await {
            Input::Wire { news: WireNews::Written, .. } => {}
            Input::Wire { id, news } => return (id, news),
            other => panic!("{other:?}"),
        }
    }
}

async fn text(running: &mut Running) -> String {
    match heard(running).await {
        (_, WireNews::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        other => panic!("{other:?}"),
    }
}

async fn gone(running: &mut Running) -> WireId {
    match heard(running).await {
        (id, WireNews::Gone) => id,
        other => panic!("{other:?}"),
    }
}

/// Does what a client says: `write X`, `ping`, `starttls`, `bye X`.
fn obedient(input: &Input) -> Vec<Output> {
    let Input::Wire { id, news: WireNews::Bytes(bytes) } = input else { return Vec::new() };
    let (id, order) = (*id, std::str::from_utf8(bytes).unwrap_or_default());
    let write = |text: &str| Output::WireWrite { id, texts: vec![text.to_owned()] };
    match order.split_once(' ').unwrap_or((order, "")) {
        ("write", text) => vec![write(text)],
        ("ping", _) => vec![Output::WirePing { id }],
        ("starttls", _) => vec![write("<proceed/>"), Output::WireStartTls { id }],
        ("bye", text) => vec![write(text), Output::WireHangUp { id }],
        _ => Vec::new(),
    }
}

async fn tcp(running: &mut Running) -> TcpStream {
    let stream = TcpStream::connect(running.xmpp()).await.unwrap();
    let connected = heard(running).await.1;
    assert_eq!(connected, WireNews::Connected(Transport::Tcp { starttls: true }));
    stream
}

async fn say(stream: &mut (impl AsyncWriteExt + Unpin), text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
}

async fn reads(stream: &mut (impl AsyncReadExt + Unpin), text: &str) {
    let mut bytes = vec![0; text.len()];
    soon(stream.read_exact(&mut bytes)).await.unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), text);
}

/// Reads to the end of the connection.
async fn rest(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut bytes = Vec::new();
    soon(stream.read_to_end(&mut bytes)).await.unwrap();
    String::from_utf8(bytes).unwrap()
}

async fn tls(running: &Running, stream: TcpStream) -> std::io::Result<TlsStream<TcpStream>> {
    let trusted = std::fs::read(running._directory.0.join("tls/certificate.pem")).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&trusted).unwrap()).unwrap();
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"xmpp-client".to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    soon(TlsConnector::from(Arc::new(config)).connect(name, stream)).await
}

type Socket = WebSocketStream<TcpStream>;

async fn shake_hands(with: SocketAddr, path: &str, subprotocol: Option<&str>) -> Result<Socket, Error> {
    let mut request = format!("ws://localhost{path}").into_client_request().unwrap();
    if let Some(subprotocol) = subprotocol {
        let value = HeaderValue::from_str(subprotocol).unwrap();
        request.headers_mut().insert("Sec-WebSocket-Protocol", value);
    }
    let stream = TcpStream::connect(with).await.unwrap();
    soon(client_async(request, stream)).await.map(|(socket, _)| socket)
}

async fn websocket(running: &mut Running) -> Socket {
    let socket = shake_hands(running.bosh(), "/ws/", Some("xmpp")).await.unwrap();
    assert_eq!(heard(running).await.1, WireNews::Connected(Transport::WebSocket));
    socket
}

async fn next(socket: &mut Socket) -> Option<Result<Message, Error>> {
    soon(socket.next()).await
}

#[tokio::test]
async fn bytes_over_tcp_go_to_the_node_and_back() {
    let mut running = Running::start("tcp", obedient).await;
    let mut stream = tcp(&mut running).await;
    say(&mut stream, "write <a/>").await;
    assert_eq!(text(&mut running).await, "write <a/>");
    reads(&mut stream, "<a/>").await;
    assert!(matches!(running.told().await, Input::Wire { news: WireNews::Written, .. }));
    drop(stream);
    gone(&mut running).await;
}

#[tokio::test]
async fn last_words_are_read_before_the_end_even_by_a_client_that_goes_on_talking() {
    let mut running = Running::start("last-words", obedient).await;
    let mut stream = tcp(&mut running).await;
    say(&mut stream, "bye </stream:stream>").await;
    text(&mut running).await;
    say(&mut stream, "what nobody hears any more").await;
    stream.shutdown().await.unwrap();
    assert_eq!(rest(&mut stream).await, "</stream:stream>");
    gone(&mut running).await;
}

#[tokio::test]
async fn starttls_goes_on_encrypted_and_leaves_nothing_behind() {
    let mut running = Running::start("starttls", obedient).await;
    let mut stream = tcp(&mut running).await;
    say(&mut stream, "starttls").await;
    assert_eq!(text(&mut running).await, "starttls");
    reads(&mut stream, "<proceed/>").await;
    let mut stream = tls(&running, stream).await.unwrap();
    say(&mut stream, "write <b/>").await;
    assert_eq!(text(&mut running).await, "write <b/>");
    reads(&mut stream, "<b/>").await;
    say(&mut stream, "bye ").await;
    text(&mut running).await;
    assert_eq!(rest(&mut stream).await, "");
}

/// Whoever stands between may send stanzas in the clear before the handshake; nobody may take them for the client's.
#[tokio::test]
async fn what_comes_in_the_clear_after_starttls_is_never_heard() {
    let mut running = Running::start("injected", obedient).await;
    let mut stream = tcp(&mut running).await;
    say(&mut stream, "starttls").await;
    text(&mut running).await;
    reads(&mut stream, "<proceed/>").await;
    say(&mut stream, "write <injected/>").await;
    gone(&mut running).await;
    assert_eq!(running.refused(Refusal::Handshake), 1);
}

#[tokio::test]
async fn xmpp_over_tls_from_the_first_byte() {
    let mut running = Running::start("direct-tls", obedient).await;
    let stream = TcpStream::connect(running.server.addresses().xmpp_tls).await.unwrap();
    let mut stream = tls(&running, stream).await.unwrap();
    let connected = heard(&mut running).await.1;
    assert_eq!(connected, WireNews::Connected(Transport::Tcp { starttls: false }));
    say(&mut stream, "write <a/>").await;
    text(&mut running).await;
    reads(&mut stream, "<a/>").await;
}

#[tokio::test]
async fn plain_http_on_the_tls_port_is_refused_and_counted() {
    let mut running = Running::start("http-on-tls", obedient).await;
    let addresses = *running.server.addresses();
    for (count, port) in [(1, addresses.xmpp_tls), (2, addresses.bosh_https)] {
        let answer = exchange(port, b"GET / HTTP/1.1\r\n\r\n").await;
        assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
        until(|| running.refused(Refusal::Handshake) == count).await;
    }
    assert!(running.told.try_recv().is_err(), "the node was told");
}

#[tokio::test]
async fn a_connection_that_never_shakes_hands_is_closed() {
    let limits = Limits { handshake: Duration::from_millis(50), ..Limits::default() };
    let mut running = Running::start_limited("half-open", limits, obedient).await;
    let addresses = *running.server.addresses();
    for port in [addresses.xmpp_tls, addresses.bosh_https, addresses.rest_https, running.bosh()] {
        let mut silent = TcpStream::connect(port).await.unwrap();
        assert_eq!(soon(silent.read(&mut [0; 1])).await.unwrap_or(0), 0, "{port}");
    }
    assert_eq!(running.refused(Refusal::Handshake), 3, "one for each port with TLS");
    let mut stream = tcp(&mut running).await;
    say(&mut stream, "starttls").await;
    text(&mut running).await;
    reads(&mut stream, "<proceed/>").await;
    gone(&mut running).await;
    assert_eq!(running.refused(Refusal::Handshake), 4);
}

#[tokio::test]
async fn messages_over_websocket_go_to_the_node_and_back() {
    let mut running = Running::start("websocket", obedient).await;
    for (port, path) in [(running.bosh(), "/ws/"), (running.bosh(), "/ws"), (running.rest(), "/ws/")] {
        let mut socket = shake_hands(port, path, Some("xmpp")).await.unwrap();
        heard(&mut running).await;
        socket.send(Message::text("write <é/>")).await.unwrap();
        assert_eq!(text(&mut running).await, "write <é/>");
        assert_eq!(next(&mut socket).await.unwrap().unwrap(), Message::text("<é/>"));
        drop(socket);
        gone(&mut running).await;
    }
}

#[tokio::test]
async fn a_batch_is_a_message_for_each_of_its_texts() {
    let texts = ["<open/>", "<features/>"].map(str::to_owned).to_vec();
    let mut running = Running::start("batch", move |input| match *input {
        Input::Wire { id, news: WireNews::Connected(_) } => {
            vec![Output::WireWrite { id, texts: texts.clone() }]
        }
        _ => Vec::new(),
    })
    .await;
    let mut socket = websocket(&mut running).await;
    assert_eq!(next(&mut socket).await.unwrap().unwrap(), Message::text("<open/>"));
    assert_eq!(next(&mut socket).await.unwrap().unwrap(), Message::text("<features/>"));
}

#[tokio::test]
async fn a_ping_frame_is_answered_and_the_node_is_told() {
    let mut running = Running::start("ping", obedient).await;
    let mut socket = websocket(&mut running).await;
    socket.send(Message::text("ping")).await.unwrap();
    text(&mut running).await;
    assert!(matches!(next(&mut socket).await, Some(Ok(Message::Ping(_)))));
    socket.flush().await.unwrap();
    assert_eq!(heard(&mut running).await.1, WireNews::Pong);
    socket.send(Message::Ping("mine".into())).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap().unwrap(), Message::Pong("mine".into()));
    assert_eq!(heard(&mut running).await.1, WireNews::Pong, "whoever asks is there");
}

#[tokio::test]
async fn a_websocket_is_closed_with_a_handshake_from_either_side() {
    let mut running = Running::start("close", obedient).await;
    let mut socket = websocket(&mut running).await;
    socket.send(Message::text("bye <close/>")).await.unwrap();
    text(&mut running).await;
    assert_eq!(next(&mut socket).await.unwrap().unwrap(), Message::text("<close/>"));
    assert_eq!(closed_with(&mut socket).await, Some(CloseCode::Normal));
    gone(&mut running).await;
    let mut socket = websocket(&mut running).await;
    socket.close(None).await.unwrap();
    assert!(matches!(next(&mut socket).await, Some(Ok(Message::Close(_)))), "the answer");
    assert!(next(&mut socket).await.is_none());
    gone(&mut running).await;
}

async fn closed_with(socket: &mut Socket) -> Option<CloseCode> {
    match next(socket).await {
        Some(Ok(Message::Close(frame))) => frame.map(|frame| frame.code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_no_text_is_closed_with_its_code() {
    let mut running = Running::start("binary", obedient).await;
    let mut socket = websocket(&mut running).await;
    socket.send(Message::binary(&b"<a/>"[..])).await.unwrap();
    assert_eq!(closed_with(&mut socket).await, Some(CloseCode::Unsupported));
    // A client that never answers the close frame is let go all the same.
    gone(&mut running).await;
    assert_eq!(running.refused(Refusal::NotText), 1);
}

#[tokio::test]
async fn a_message_that_is_too_long_ends_the_connection_and_the_longest_does_not() {
    let mut running = Running::start("long", obedient).await;
    let mut socket = websocket(&mut running).await;
    socket.send(Message::text("x".repeat(128 * 1024))).await.unwrap();
    assert_eq!(text(&mut running).await.len(), 128 * 1024);
    // It may be reset before all of it is sent.
    let _ = socket.send(Message::text("x".repeat(128 * 1024 + 1))).await;
    gone(&mut running).await;
    assert_eq!(running.refused(Refusal::TooLong), 1);
}

#[tokio::test]
async fn without_the_subprotocol_there_is_no_websocket() {
    let mut running = Running::start("subprotocol", obedient).await;
    for wrong in [None, Some("chat"), Some("xmpp2")] {
        match shake_hands(running.bosh(), "/ws/", wrong).await {
            Err(Error::Http(answer)) => assert_eq!(answer.status().as_u16(), 400),
            other => panic!("{wrong:?}: {other:?}"),
        }
    }
    assert_eq!(running.refused(Refusal::Subprotocol), 3);
    let plain = exchange(running.bosh(), &request("GET", "/ws/", "", "")).await;
    assert!(plain.starts_with("HTTP/1.1 4"), "{plain}");
    assert!(shake_hands(running.bosh(), "/ws/", Some("chat, xmpp")).await.is_ok());
    assert!(matches!(heard(&mut running).await.1, WireNews::Connected(_)));
}

#[tokio::test]
async fn frames_that_break_the_rules_end_the_connection() {
    let mut running = Running::start("frames", obedient).await;
    let mut socket = websocket(&mut running).await;
    // Reserved bits, an unknown opcode, and no mask.
    socket.get_mut().write_all(&[0xff, 0x05, 1, 2, 3, 4, 5]).await.unwrap();
    gone(&mut running).await;
    assert_eq!(running.refused(Refusal::BrokenFrame), 1);
}

#[tokio::test]
async fn a_client_is_not_read_before_the_node_has_heard_it() {
    let (release, stuck) = std::sync::mpsc::channel::<()>();
    let (entered, mut is_stuck) = mpsc::unbounded_channel();
    let mut running = Running::start("busy", move |input| {
        if matches!(input, Input::Wire { news: WireNews::Bytes(_), .. }) {
            entered.send(()).unwrap();
            let _ = stuck.recv();
        }
        Vec::new()
    })
    .await;
    let mut stream = tcp(&mut running).await;
    say(&mut stream, "first").await;
    soon(is_stuck.recv()).await.unwrap();
    // Much more than one read and all buffers of the system; the client has to wait.
    let more = vec![b'x'; 64 * 1024 * 1024];
    let writing = tokio::spawn(async move {
        let written = stream.write_all(&more).await;
        (stream, written)
    });
    release.send(()).unwrap();
    assert_eq!(text(&mut running).await, "first");
    release.send(()).unwrap();
    let second = text(&mut running).await;
    assert!(second.len() <= 4096, "{}", second.len());
    assert!(!writing.is_finished(), "all was taken in");
    writing.abort();
    drop(release);
}

/// A client that does not read: what is written to it is never told to be written, and its last words are cut short.
#[tokio::test]
async fn a_client_that_never_reads_costs_only_itself() {
    let full = "x".repeat(64 * 1024 * 1024);
    let mut running = Running::start("not-reading", move |input| match input {
        Input::Wire { id, news: WireNews::Bytes(bytes) } if bytes == b"fill" => {
            vec![Output::WireWrite { id: *id, texts: vec![full.clone()] }]
        }
        Input::Wire { id, news: WireNews::Bytes(bytes) } if bytes == b"bye" => {
            vec![Output::WireHangUp { id: *id }]
        }
        input => obedient(input),
    })
    .await;
    let mut deaf = tcp(&mut running).await;
    say(&mut deaf, "fill").await;
    assert_eq!(text(&mut running).await, "fill");
    // Others are served meanwhile, in both directions.
    let mut other = tcp(&mut running).await;
    for _ in 0..10 {
        say(&mut other, "write <a/>").await;
        text(&mut running).await;
        reads(&mut other, "<a/>").await;
    }
    // Deaf as it is, it is still heard; and hung up, it is gone without having read a word.
    say(&mut deaf, "bye").await;
    assert_eq!(text(&mut running).await, "bye");
    let ended = gone(&mut running).await;
    assert_eq!(running.refused(Refusal::NotReading), 1);
    drop((ended, deaf));
}

#[tokio::test]
async fn an_address_with_too_many_connections_is_refused_and_the_others_stay() {
    let limits = Limits { connections_per_address: 3, ..Limits::default() };
    let mut running = Running::start_limited("crowd", limits, obedient).await;
    let mut first = tcp(&mut running).await;
    let websocket = websocket(&mut running).await;
    let _third = tcp(&mut running).await;
    for port in [running.xmpp(), running.bosh(), running.server.addresses().xmpp_tls] {
        let mut refused = TcpStream::connect(port).await.unwrap();
        assert_eq!(soon(refused.read(&mut [0; 1])).await.unwrap_or(0), 0);
    }
    assert_eq!(running.refused(Refusal::AddressFull), 3);
    say(&mut first, "write <a/>").await;
    text(&mut running).await;
    reads(&mut first, "<a/>").await;
    // A WebSocket keeps its place for as long as it lasts, and no longer.
    drop(websocket);
    gone(&mut running).await;
    until_async(async || {
        let mut again = TcpStream::connect(running.xmpp()).await.unwrap();
        again.write_all(b"write <a/>").await.is_ok() && again.read_exact(&mut [0; 4]).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn an_address_that_comes_too_often_has_to_wait() {
    let limits = Limits { attempts_per_minute: 5, ..Limits::default() };
    let mut running = Running::start_limited("often", limits, obedient).await;
    for _ in 0..5 {
        drop(tcp(&mut running).await);
        gone(&mut running).await;
    }
    let mut refused = TcpStream::connect(running.xmpp()).await.unwrap();
    assert_eq!(soon(refused.read(&mut [0; 1])).await.unwrap_or(0), 0);
    assert_eq!(running.refused(Refusal::TooFast), 1);
}

/// A thousand connections that never say a word, and one client who works.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_that_never_logs_in_does_not_disturb_who_works() {
    crate::descriptors::raise();
    let mut running = Running::start("silent-crowd", obedient).await;
    let mut worker = tcp(&mut running).await;
    let mut crowd = Vec::new();
    for _ in 0..500 {
        crowd.push(TcpStream::connect(running.xmpp()).await.unwrap());
        crowd.push(TcpStream::connect(running.bosh()).await.unwrap());
    }
    for _ in 0..500 {
        assert!(matches!(heard(&mut running).await.1, WireNews::Connected(_)));
    }
    // Connected once, the crowd gives the node nothing more to do: it hears the worker alone.
    for _ in 0..10 {
        say(&mut worker, "write <a/>").await;
        assert_eq!(text(&mut running).await, "write <a/>");
        reads(&mut worker, "<a/>").await;
    }
    drop(crowd);
    for _ in 0..500 {
        gone(&mut running).await;
    }
}

#[tokio::test]
async fn at_the_end_connections_end_too() {
    let mut running = Running::start("stop", obedient).await;
    let mut stream = tcp(&mut running).await;
    let mut socket = websocket(&mut running).await;
    let stopping = tokio::spawn(running.server.stop());
    assert_eq!(soon(stream.read(&mut [0; 1])).await.unwrap_or(0), 0);
    assert!(!matches!(next(&mut socket).await, Some(Ok(Message::Text(_)))));
    soon(stopping).await.unwrap();
}

async fn until(mut holds: impl FnMut() -> bool) {
    until_async(async || holds()).await;
}

/// Asks again and again; whoever is waited for runs in between.
async fn until_async(mut holds: impl AsyncFnMut() -> bool) {
    soon(async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
