//! One lasting connection of a virtual desktop, over TCP or WebSocket: stanzas in, stanzas out.

use std::net::IpAddr;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use xml::{Element, Piece, StreamParser};

use super::session::LIMITS;
use super::{DesktopError, Transport, protocol};

const FRAMING: &str = "urn:ietf:params:xml:ns:xmpp-framing";

/// Memory that each desktop has for reading; what is longer is put together beside it.
const READ_BYTES: usize = 4 * 1024;

pub(super) enum Line {
    Tcp(Box<Tcp>),
    WebSocket(Box<WebSocketStream<TcpStream>>),
}

pub(super) struct Tcp {
    stream: TcpStream,
    parser: StreamParser,
    /// Read, and not parsed yet.
    bytes: Vec<u8>,
}

impl Line {
    /// Connects in the clear.
    pub(super) async fn connect(transport: Transport, host: IpAddr) -> Result<Self, DesktopError> {
        let port = if transport == Transport::Tcp { 5222 } else { 7071 };
        let stream = TcpStream::connect((host, port)).await.map_err(broken("connecting"))?;
        stream.set_nodelay(true).map_err(broken("connecting"))?;
        if transport == Transport::Tcp {
            let parser = StreamParser::new(LIMITS);
            return Ok(Self::Tcp(Box::new(Tcp { stream, parser, bytes: Vec::new() })));
        }
        let url = format!("ws://{host}:{port}/ws/");
        let mut request = url.into_client_request().map_err(broken("the handshake"))?;
        request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("xmpp"));
        let config = WebSocketConfig::default().read_buffer_size(READ_BYTES);
        let shaken = client_async_with_config(request, stream, Some(config)).await;
        let (socket, _) = shaken.map_err(broken("the handshake"))?;
        Ok(Self::WebSocket(Box::new(socket)))
    }

    /// Begins a stream, for the first time or anew.
    pub(super) async fn begin(&mut self, domain: &str) -> Result<(), DesktopError> {
        let domain = xml::escape(domain);
        if let Self::Tcp(tcp) = self {
            tcp.parser = StreamParser::new(LIMITS);
            let opening = format!(
                "<?xml version='1.0'?><stream:stream to='{domain}' version='1.0' xmlns='jabber:client' \
                 xmlns:stream='http://etherx.jabber.org/streams'>"
            );
            return self.send(&opening).await;
        }
        self.send(&format!("<open xmlns='{FRAMING}' to='{domain}' version='1.0'/>")).await
    }

    /// Ends the stream; the server still says its part.
    pub(super) async fn close(&mut self) -> Result<(), DesktopError> {
        match self {
            Self::Tcp(_) => self.send("</stream:stream>").await,
            Self::WebSocket(_) => self.send(&format!("<close xmlns='{FRAMING}'/>")).await,
        }
    }

    pub(super) async fn send(&mut self, text: &str) -> Result<(), DesktopError> {
        match self {
            Self::Tcp(tcp) => tcp.stream.write_all(text.as_bytes()).await.map_err(broken("writing")),
            Self::WebSocket(socket) => socket.send(Message::text(text)).await.map_err(broken("writing")),
        }
    }

    /// The next stanza. Cancel safe.
    ///
    /// # Errors
    /// The stream is over.
    pub(super) async fn next(&mut self, step: &'static str) -> Result<Element, DesktopError> {
        match self {
            Self::Tcp(tcp) => tcp.next(step).await,
            Self::WebSocket(socket) => next_message(socket, step).await,
        }
    }
}

impl Tcp {
    async fn next(&mut self, step: &'static str) -> Result<Element, DesktopError> {
        loop {
            if let Some(piece) = self.parse().map_err(broken(step))? {
                match piece {
                    Piece::Start(_) => {}
                    Piece::Child(stanza) => return Ok(stanza),
                    Piece::End => return Err(protocol(step, "the end of the stream")),
                }
            } else if self.stream.read_buf(&mut self.bytes).await.map_err(broken(step))? == 0 {
                return Err(protocol(step, "the end of the connection"));
            }
        }
    }

    fn parse(&mut self) -> Result<Option<Piece>, xml::XmlError> {
        let mut rest = self.bytes.as_slice();
        let piece = self.parser.next(&mut rest);
        let read = self.bytes.len() - rest.len();
        self.bytes.drain(..read);
        piece
    }
}

/// Pings are answered by the library.
async fn next_message(
    socket: &mut WebSocketStream<TcpStream>,
    step: &'static str,
) -> Result<Element, DesktopError> {
    loop {
        let text = match socket.next().await {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Binary(_) | Message::Close(_))) => return Err(protocol(step, "no text")),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => continue,
            Some(Err(error)) => return Err(broken(step)(error)),
            None => return Err(protocol(step, "the end of the connection")),
        };
        let element = Element::parse(text.as_bytes(), &LIMITS).map_err(broken(step))?;
        match (element.name.as_str(), element.namespace.as_str()) {
            ("open", FRAMING) => {}
            ("close", FRAMING) => return Err(protocol(step, "the end of the stream")),
            _ => return Ok(element),
        }
    }
}

fn broken<E: std::fmt::Display>(step: &'static str) -> impl Fn(E) -> DesktopError {
    move |error| protocol(step, error.to_string())
}
