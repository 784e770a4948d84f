//! XMPP over TCP (RFC 6120): in the clear with STARTTLS, and over TLS from the first byte.
//!
//! Owns sockets, handshakes and their deadlines. What the bytes mean, the node knows. The limits of this transport:
//!
//! | what | limit | then |
//! | --- | --- | --- |
//! | connections | those of `admission` | closed at once |
//! | TLS handshake | that of `admission` | closed |
//! | bytes read at once | [`READ_BYTES`], and no more before they were handled | the client waits |
//! | bytes and time before the sign-in, stanzas, silence | those of `xmpp` | the documented stream error |
//! | waiting output | that of `xmpp`; one batch of it is with the socket | the session ends |

use std::io;
use std::net::TcpListener;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use node::WireNews;
use node::xmpp::Transport;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::admission::{Gate, Place};
use super::door::{Closing, Serve};
use super::line::{Line, Link};
use super::refusals::Refusal;
use super::wires::{Order, Turn};
use crate::inbox::WireInbox;

/// Bytes taken from the socket at once: several of the longest stanzas that a desktop sends. Each connection has that
/// much memory while it waits.
const READ_BYTES: usize = 4 * 1024;

/// When no connection can be accepted, because no descriptors are left, it is tried again after this long.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The name of this protocol in ALPN (XEP-0368).
const ALPN: &[u8] = b"xmpp-client";

/// What a listener does with its connections.
#[derive(Clone)]
pub(crate) struct Xmpp {
    pub(crate) inbox: WireInbox,
    pub(crate) gate: Gate,
    pub(crate) tls: Arc<ServerConfig>,
    /// TLS begins with the first byte; otherwise when the client asks for it.
    pub(crate) direct_tls: bool,
}

/// The certificate of the web listeners for XMPP: clients that say which protocol they want want this one.
pub(crate) fn tls_config(web: &ServerConfig) -> Arc<ServerConfig> {
    let mut config = web.clone();
    config.alpn_protocols = vec![ALPN.to_vec()];
    Arc::new(config)
}

/// Serves XMPP over TCP.
pub(crate) fn serve(xmpp: Xmpp) -> Serve {
    Box::new(move |socket, closing| Box::pin(xmpp.clone().listen(socket, closing)))
}

impl Xmpp {
    async fn listen(self, socket: TcpListener, mut closing: Closing) -> io::Result<()> {
        socket.set_nonblocking(true)?;
        let socket = tokio::net::TcpListener::from_std(socket)?;
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                () = closing.asked() => break,
                accepted = socket.accept() => match accepted {
                    Ok((stream, _)) => self.take(stream, &closing, &mut connections),
                    Err(_) => {
                        self.gate.refusals().note(Refusal::NotAccepted);
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(socket);
        while connections.join_next().await.is_some() {}
        Ok(())
    }

    fn take(&self, stream: TcpStream, closing: &Closing, connections: &mut JoinSet<()>) {
        let Ok(peer) = stream.peer_addr() else { return };
        if let Ok(place) = self.gate.admit(peer.ip()) {
            connections.spawn(self.clone().converse(stream, closing.clone(), place));
        }
    }

    async fn converse(self, stream: TcpStream, closing: Closing, _place: Place) {
        // Stanzas are short and somebody waits for each; without it they only come later.
        let _ = stream.set_nodelay(true);
        if self.direct_tls {
            self.converse_over_tls(stream, closing).await;
        } else {
            let line = self.connect(true, closing).await;
            self.converse_in_the_clear(line, stream).await;
        }
    }

    async fn converse_over_tls(self, stream: TcpStream, mut closing: Closing) {
        let handshake = self.handshake(stream);
        let stream = tokio::select! {
            stream = handshake => stream,
            () = closing.asked() => None,
        };
        if let Some(mut stream) = stream {
            let Line { link, mut orders, end } = self.connect(false, closing).await;
            let _ = until_end(&link, &mut orders, &mut stream, pin!(end.overdue())).await;
            link.gone().await;
        }
    }

    async fn converse_in_the_clear(&self, line: Line, mut stream: TcpStream) {
        let Line { link, mut orders, end } = line;
        let mut overdue = pin!(end.overdue());
        let ended = until_end(&link, &mut orders, &mut stream, overdue.as_mut()).await;
        if let Ended::StartTls(turn) = ended {
            let upgraded = tokio::select! {
                stream = self.handshake(stream) => stream,
                () = overdue.as_mut() => None,
            };
            if let Some(mut stream) = upgraded {
                drop(turn);
                let _ = until_end(&link, &mut orders, &mut stream, overdue).await;
            }
        }
        link.gone().await;
    }

    async fn connect(&self, starttls: bool, closing: Closing) -> Line {
        let refusals = Arc::clone(self.gate.refusals());
        Line::connect(self.inbox.clone(), Transport::Tcp { starttls }, closing, refusals).await
    }

    async fn handshake(&self, stream: TcpStream) -> Option<impl AsyncRead + AsyncWrite + Unpin + use<>> {
        let accepting = TlsAcceptor::from(Arc::clone(&self.tls)).accept(stream);
        match tokio::time::timeout(self.gate.handshake(), accepting).await {
            Ok(Ok(stream)) => Some(stream),
            Ok(Err(_)) | Err(_) => {
                self.gate.refusals().note(Refusal::Handshake);
                None
            }
        }
    }
}

/// Why a conversation over one stream is over.
enum Ended {
    /// The connection is to end.
    Over,
    /// It goes on over TLS.
    StartTls(Turn),
}

/// Reads and writes until one of them ends, or their time is up. Dropping the stream afterwards closes it.
async fn until_end<S: AsyncRead + AsyncWrite + Unpin>(
    link: &Link,
    orders: &mut mpsc::Receiver<Order>,
    stream: &mut S,
    mut overdue: Pin<&mut impl Future<Output = ()>>,
) -> Ended {
    let (mut reader, mut writer) = tokio::io::split(stream);
    let ended = tokio::select! {
        biased;
        ended = write(link, orders, &mut writer) => ended,
        () = read(link, &mut reader) => return Ended::Over,
        () = overdue.as_mut() => return Ended::Over,
    };
    if let Ended::Over = ended {
        tokio::select! {
            () = take_leave(&mut reader, &mut writer) => {}
            () = overdue => {}
        }
    }
    ended
}

async fn read<S: AsyncRead>(link: &Link, from: &mut ReadHalf<S>) {
    loop {
        let turn = link.turn().await;
        let mut bytes = Vec::with_capacity(READ_BYTES);
        match from.read_buf(&mut bytes).await {
            Ok(0) | Err(_) => return,
            Ok(_) => link.heard(WireNews::Bytes(bytes), turn).await,
        }
    }
}

async fn write<S: AsyncWrite>(
    link: &Link,
    orders: &mut mpsc::Receiver<Order>,
    to: &mut WriteHalf<S>,
) -> Ended {
    while let Some(order) = orders.recv().await {
        match order {
            Order::Write(texts) => {
                let written = async {
                    to.write_all(texts.concat().as_bytes()).await?;
                    to.flush().await
                };
                if written.await.is_err() {
                    return Ended::Over;
                }
                link.written().await;
            }
            // A ping over TCP is a stanza.
            Order::Ping => {}
            Order::StartTls(turn) => return Ended::StartTls(turn),
        }
    }
    Ended::Over
}

/// Says that nothing more comes, and waits until the client has said so too: closed at once, a socket with unread bytes
/// is reset, and the last words are lost on their way.
async fn take_leave<S: AsyncRead + AsyncWrite>(from: &mut ReadHalf<S>, to: &mut WriteHalf<S>) {
    let mut rest = [0; 512];
    if to.shutdown().await.is_ok() {
        while matches!(from.read(&mut rest).await, Ok(1..)) {}
    }
}
