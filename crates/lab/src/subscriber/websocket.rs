//! XMPP over WebSocket (RFC 7395), message by message. The library answers pings.

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::{BIND, PRESENCE, Place, Socket, SubscriberError, require};

/// What is longer is put together beside it.
const READ_BYTES: usize = 2 * 1024;

/// An open WebSocket.
pub(super) struct WebSocket(WebSocketStream<Socket>);

pub(super) async fn open(socket: Socket, place: &Place, plain: &str) -> Result<WebSocket, SubscriberError> {
    let mut socket = shake(socket, place).await?;
    let opening =
        format!("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='{}' version='1.0'/>", place.domain);
    socket.ask("the opening", &opening, "features").await?;
    socket.ask("SASL", plain, "<success").await?;
    socket.ask("the restart", &opening, "features").await?;
    socket.ask("bind", BIND, "<jid>").await?;
    socket.say("presence", PRESENCE).await?;
    Ok(socket)
}

impl WebSocket {
    pub(super) async fn next(&mut self, step: &'static str) -> Result<String, SubscriberError> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Binary(_) | Message::Close(_))) | None => {
                    return Err(SubscriberError::Protocol { step, said: "the end".into() });
                }
                Some(Err(error)) => return Err(broken(step)(error)),
            }
        }
    }

    /// Says something, and waits for an answer that holds this. The opening of the server comes before its features.
    async fn ask(&mut self, step: &'static str, text: &str, what: &str) -> Result<(), SubscriberError> {
        self.say(step, text).await?;
        loop {
            let answer = self.next(step).await?;
            if !answer.starts_with("<open") {
                return require(step, &answer, what);
            }
        }
    }

    async fn say(&mut self, step: &'static str, text: &str) -> Result<(), SubscriberError> {
        self.0.send(Message::text(text)).await.map_err(broken(step))
    }
}

async fn shake(socket: Socket, place: &Place) -> Result<WebSocket, SubscriberError> {
    let scheme = if place.tls.is_some() { "wss" } else { "ws" };
    let request = format!("{scheme}://{}/ws/", place.host).into_client_request();
    let mut request = request.map_err(broken("the handshake"))?;
    request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("xmpp"));
    let config = WebSocketConfig::default().read_buffer_size(READ_BYTES).write_buffer_size(0);
    let shaken = client_async_with_config(request, socket, Some(config)).await;
    let (socket, _) = shaken.map_err(broken("the handshake"))?;
    Ok(WebSocket(socket))
}

fn broken(step: &'static str) -> impl Fn(Error) -> SubscriberError {
    move |reason| SubscriberError::Protocol { step, said: reason.to_string() }
}
