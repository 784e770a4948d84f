//! A subscriber: the leanest client of the notification service, so that one machine holds thousands of them beside the
//! desktop server that it measures. One socket, one buffer, no XML tree.
//!
//! Signs an agent in over XMPP, announces him and listens. Never repeats a request, never comes back by itself, and does
//! not know what the events say. A desktop as people have it is [`crate::desktop`].

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::clock::Clock;

mod bosh;
mod websocket;

use bosh::Bosh;
use websocket::WebSocket;

const PORT: u16 = 7071;
const TLS_PORT: u16 = 7443;

/// What carries the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Long polling: one request is always with the server.
    Bosh,
    /// A WebSocket.
    WebSocket,
}

/// Where a subscriber goes; clones are cheap.
#[derive(Clone, Debug)]
pub struct Place {
    /// The desktop server.
    pub host: IpAddr,
    /// Its XMPP domain.
    pub domain: Arc<str>,
    /// With TLS, the certificate that is believed.
    pub tls: Option<Trust>,
}

/// A certificate that is believed.
#[derive(Clone)]
pub struct Trust(TlsConnector);

/// Why a session did not begin, or is over.
#[derive(Debug, thiserror::Error)]
pub enum SubscriberError {
    /// The connection.
    #[error("{step}: {reason}")]
    Socket {
        /// What was going on.
        step: &'static str,
        /// What the system said.
        reason: io::Error,
    },
    /// An answer that no session can go on with.
    #[error("{step}: {said}")]
    Protocol {
        /// What was going on.
        step: &'static str,
        /// The answer.
        said: String,
    },
}

/// What came at once.
#[derive(Debug)]
pub struct Heard {
    /// When its last byte was read, by the lab's clock.
    pub at: Duration,
    /// As it came: a BOSH body, or a message of the WebSocket.
    pub text: String,
}

/// A session. Dropping it ends it without a word, as a crash does.
pub struct Subscriber(Carrier);

enum Carrier {
    Bosh(Bosh),
    WebSocket(Box<WebSocket>),
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}
type Socket = Box<dyn Stream>;

impl Subscriber {
    /// Opens a session and says that the agent is there.
    ///
    /// # Errors
    /// There is no connection, or the notification service says no.
    pub async fn sign_in(
        over: Over,
        place: &Place,
        agent: &str,
        password: &str,
    ) -> Result<Self, SubscriberError> {
        let (socket, plain) = (connect(place).await?, plain(agent, password));
        let carrier = match over {
            Over::Bosh => Carrier::Bosh(bosh::open(socket, place, &plain).await?),
            Over::WebSocket => Carrier::WebSocket(Box::new(websocket::open(socket, place, &plain).await?)),
        };
        Ok(Self(carrier))
    }

    /// Waits for what comes next. An answer to a poll is followed by the next poll at once.
    ///
    /// # Errors
    /// The session is over.
    pub async fn hear(&mut self, clock: Clock) -> Result<Heard, SubscriberError> {
        match &mut self.0 {
            Carrier::Bosh(bosh) => bosh.hear(clock).await,
            Carrier::WebSocket(socket) => {
                let text = socket.next("the stream").await?;
                Ok(Heard { at: clock.now(), text })
            }
        }
    }
}

impl Trust {
    /// Believes the certificate in this PEM file.
    ///
    /// # Errors
    /// It cannot be read, or is none.
    pub fn read(certificate: &Path) -> io::Result<Self> {
        let certificate = CertificateDer::from_pem_slice(&std::fs::read(certificate)?);
        let mut roots = RootCertStore::empty();
        roots.add(certificate.map_err(io::Error::other)?).map_err(io::Error::other)?;
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Trust")
    }
}

async fn connect(place: &Place) -> Result<Socket, SubscriberError> {
    let port = if place.tls.is_some() { TLS_PORT } else { PORT };
    let stream = TcpStream::connect((place.host, port)).await.map_err(broken("connecting"))?;
    stream.set_nodelay(true).map_err(broken("connecting"))?;
    match &place.tls {
        None => Ok(Box::new(stream)),
        Some(Trust(connector)) => {
            let name = ServerName::from(place.host);
            let shaken = connector.connect(name, stream).await;
            Ok(Box::new(shaken.map_err(broken("the TLS handshake"))?))
        }
    }
}

/// SASL PLAIN (RFC 4616).
fn plain(agent: &str, password: &str) -> String {
    let token = BASE64_STANDARD.encode(format!("\0{agent}\0{password}"));
    format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{token}</auth>")
}

const BIND: &str = "<iq xmlns='jabber:client' type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
    <resource>desktop</resource></bind></iq>";
const PRESENCE: &str = "<presence xmlns='jabber:client'/>";

fn broken(step: &'static str) -> impl Fn(io::Error) -> SubscriberError {
    move |reason| SubscriberError::Socket { step, reason }
}

/// An answer must hold this.
fn require(step: &'static str, answer: &str, what: &str) -> Result<(), SubscriberError> {
    match answer.contains(what) {
        true => Ok(()),
        false => Err(SubscriberError::Protocol { step, said: answer.chars().take(200).collect() }),
    }
}
