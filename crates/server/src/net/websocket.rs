//! XMPP over WebSocket (RFC 7395) at `/ws/`: text messages with the subprotocol `xmpp`.
//!
//! Owns frames, pings on the wire and the closing handshake. What the messages mean, the node knows. The limits of this
//! transport, besides those of `tcp`:
//!
//! | what | limit | then |
//! | --- | --- | --- |
//! | subprotocol | `xmpp` | 400 |
//! | message | [`MESSAGE_MAX`] | closed with 1009 |
//! | binary messages | none | closed with 1003 |

use std::error::Error as _;
use std::pin::pin;
use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use axum::{Error, Extension};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use node::WireNews;
use node::xmpp::Transport;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite;

use super::door::Closing;
use super::http::Front;
use super::line::{LAST_WORDS_AT_LATEST, Line, Link};
use super::refusals::Refusal;
use super::web::Seat;
use super::wires::Order;

const SUBPROTOCOL: &str = "xmpp";

/// The longest message: as much as may come before the sign-in altogether. What a desktop sends later is shorter.
const MESSAGE_MAX: usize = 128 * 1024;

/// The read buffer that each connection has; longer frames are put together beside it.
const READ_BYTES: usize = 4 * 1024;

/// `/ws/`.
pub(crate) fn route() -> MethodRouter<Front> {
    any(upgrade)
}

async fn upgrade(
    State(front): State<Front>,
    Extension(seat): Extension<Seat>,
    Extension(closing): Extension<Closing>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([SUBPROTOCOL]),
        Err(rejection) => return rejection.into_response(),
    };
    if upgrade.selected_protocol().is_none() {
        front.refusals.note(Refusal::Subprotocol);
        return (StatusCode::BAD_REQUEST, "the subprotocol here is xmpp\n").into_response();
    }
    let upgrade =
        upgrade.max_message_size(MESSAGE_MAX).max_frame_size(MESSAGE_MAX).read_buffer_size(READ_BYTES);
    // Nothing is held back: what is written is flushed.
    upgrade.write_buffer_size(0).on_upgrade(|socket| converse(front, closing, socket, seat))
}

/// The seat is kept for as long as the connection lasts.
async fn converse(front: Front, closing: Closing, socket: WebSocket, _seat: Seat) {
    let refusals = front.refusals;
    let line = Line::connect(front.wires, Transport::WebSocket, closing, Arc::clone(&refusals)).await;
    let Line { link, mut orders, end } = line;
    let mut overdue = pin!(end.overdue());
    let (mut to, mut from) = socket.split();
    let code = tokio::select! {
        verdict = read(&link, &mut from) => verdict.map(|(refusal, code)| {
            refusals.note(refusal);
            code
        }),
        code = write(&link, &mut orders, &mut to) => code,
        () = overdue.as_mut() => None,
    };
    if let Some(code) = code {
        tokio::select! {
            () = close(&mut from, &mut to, code) => {}
            () = tokio::time::sleep(LAST_WORDS_AT_LATEST) => {}
            () = overdue => {}
        }
    }
    link.gone().await;
}

/// Hears until the client has gone, or must: then why, and the code to close with.
async fn read(link: &Link, from: &mut SplitStream<WebSocket>) -> Option<(Refusal, u16)> {
    loop {
        let turn = link.turn().await;
        match from.next().await {
            Some(Ok(Message::Text(text))) => {
                link.heard(WireNews::Bytes(text.as_bytes().to_vec()), turn).await
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => link.heard(WireNews::Pong, turn).await,
            Some(Ok(Message::Binary(_))) => return Some((Refusal::NotText, close_code::UNSUPPORTED)),
            // The answer to a close frame goes out with the next look at the socket, which is then at its end.
            Some(Ok(Message::Close(_))) => {}
            Some(Err(error)) => return verdict(&error),
            None => return None,
        }
    }
}

/// Writes until the node hangs up. A client that is not there any more gets no close frame.
async fn write(
    link: &Link,
    orders: &mut mpsc::Receiver<Order>,
    to: &mut SplitSink<WebSocket, Message>,
) -> Option<u16> {
    while let Some(order) = orders.recv().await {
        match order {
            Order::Write(texts) => {
                for text in texts {
                    to.feed(Message::Text(text.into())).await.ok()?;
                }
                to.flush().await.ok()?;
                link.written().await;
            }
            Order::Ping => to.send(Message::Ping(Default::default())).await.ok()?,
            // Never ordered of a WebSocket: it has TLS from the beginning or not at all.
            Order::StartTls(_) => {}
        }
    }
    Some(close_code::NORMAL)
}

/// The closing handshake (RFC 6455 section 7.1.2).
async fn close(from: &mut SplitStream<WebSocket>, to: &mut SplitSink<WebSocket, Message>, code: u16) {
    let frame = CloseFrame { code, reason: Default::default() };
    if to.send(Message::Close(Some(frame))).await.is_ok() {
        while let Some(Ok(_)) = from.next().await {}
    }
}

/// What the client did wrong, if it did; a broken connection is nobody's fault.
fn verdict(error: &Error) -> Option<(Refusal, u16)> {
    match error.source()?.downcast_ref::<tungstenite::Error>()? {
        tungstenite::Error::Capacity(_) => Some((Refusal::TooLong, close_code::SIZE)),
        tungstenite::Error::Utf8(_) => Some((Refusal::NotText, close_code::INVALID)),
        tungstenite::Error::Protocol(tungstenite::error::ProtocolError::ResetWithoutClosingHandshake) => None,
        tungstenite::Error::Protocol(_) => Some((Refusal::BrokenFrame, close_code::PROTOCOL)),
        _ => None,
    }
}
