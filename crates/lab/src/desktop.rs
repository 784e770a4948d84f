//! A virtual desktop: a real client of one desktop server, as an agent's browser is. It keeps a notification session
//! over BOSH, WebSocket or TCP, collects every event in the order and at the time it came, and sends REST requests.
//!
//! Decides nothing: it does not fail over and does not react to events. Drills and benches do.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::Method;
use tokio::sync::watch;
use xml::{Element, Writer};

use crate::clock::Clock;
use crate::http::{Answer, Ask, Http, HttpError};

mod bosh;
mod line;
pub mod pair;
mod session;
mod stream;
mod update;

pub use session::Standing;
pub use update::Update;

use session::{LIMITS, Leave, Session};

/// Characters of an unreadable answer that are shown: enough to recognise it, not a screen full.
const SHOWN_MAX: usize = 200;

/// Where a desktop goes, and as whom.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The desktop server.
    pub host: IpAddr,
    /// AgentID.
    pub agent: String,
    /// Password in clear text.
    pub password: String,
    /// The phone to sign in at.
    pub extension: String,
    /// XMPP resource; the browser desktop has `desktop`.
    pub resource: String,
}

/// What carries the notification session, always in the clear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// Long polling over HTTP, as the browser desktop does it; port 7071.
    #[default]
    Bosh,
    /// A WebSocket; port 7071.
    WebSocket,
    /// XMPP over TCP; port 5222.
    Tcp,
}

/// Why a desktop could not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DesktopError {
    /// No answer from the desktop server.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// 503 with a word on when to come back.
    #[error("the desktop server is busy for {retry_after:?}")]
    Busy {
        /// How long it wants to be left alone.
        retry_after: Duration,
    },
    /// 401: the server does not know the agent, or not with this password.
    #[error("the desktop server does not accept the password")]
    Refused,
    /// An answer that a client of XMPP cannot go on with.
    #[error("the notification service answered {step} with: {said}")]
    Protocol {
        /// The step of the sign-in.
        step: &'static str,
        /// What came instead.
        said: String,
    },
    /// What was waited for did not come.
    #[error(
        "nothing of the kind came within {within:?}; {seen} events had come, the session is {standing:?}"
    )]
    NotSeen {
        /// How long.
        within: Duration,
        /// Events so far.
        seen: usize,
        /// Whether the session was up.
        standing: Standing,
    },
}

/// A desktop with its notification session. Dropping it ends the session without a word, as a crash does.
#[derive(Debug)]
pub struct Desktop {
    who: Identity,
    http: Http,
    session: Session,
    requests: AtomicU64,
}

impl Desktop {
    /// Opens the notification session over BOSH: SystemInfo, SASL PLAIN, bind, presence. Signs nobody in at CTI.
    pub async fn connect(who: Identity, http: Http, clock: Clock) -> Result<Self, DesktopError> {
        Self::connect_over(Transport::Bosh, who, http, clock).await
    }

    /// As [`Desktop::connect`], over another transport.
    pub async fn connect_over(
        transport: Transport,
        who: Identity,
        http: Http,
        clock: Clock,
    ) -> Result<Self, DesktopError> {
        let info = http.ask(Ask::get(rest_url(&who, "/SystemInfo"))).await?;
        let domain = parse("SystemInfo", &info.body)?.child_text("xmppDomain").unwrap_or_default();
        Self::open(transport, who, domain, true, (http, clock)).await
    }

    /// As [`Desktop::connect_over`], for whoever makes its tries himself: one attempt, to a server whose XMPP domain
    /// is its host, and a session that is lost with the first request that fails.
    pub(crate) async fn connect_once(
        transport: Transport,
        who: Identity,
        http: Http,
        clock: Clock,
    ) -> Result<Self, DesktopError> {
        let domain = who.host.to_string();
        Self::open(transport, who, domain, false, (http, clock)).await
    }

    async fn open(
        transport: Transport,
        who: Identity,
        domain: String,
        tries: bool,
        (http, clock): (Http, Clock),
    ) -> Result<Self, DesktopError> {
        let session = match transport {
            Transport::Bosh => bosh::open(&who, domain, tries, (http.clone(), clock)).await?,
            Transport::WebSocket | Transport::Tcp => stream::open(transport, &who, &domain, clock).await?,
        };
        Ok(Self { who, http, session, requests: AtomicU64::new(0) })
    }

    /// As whom.
    pub fn identity(&self) -> &Identity {
        &self.who
    }

    /// Every event so far, in the order of arrival.
    pub fn updates(&self) -> Vec<Update> {
        self.session.updates().borrow().clone()
    }

    /// Looks at every event so far, without a copy.
    pub(crate) fn with_updates<T>(&self, look: impl FnOnce(&[Update]) -> T) -> T {
        look(&self.session.updates().borrow())
    }

    /// Every event since the last call, in the order of arrival; [`Desktop::updates`] begins anew.
    pub fn take_updates(&self) -> Vec<Update> {
        self.session.take_updates()
    }

    /// How many events have come.
    pub fn seen(&self) -> usize {
        self.session.updates().borrow().len()
    }

    /// Whether the notification session is up.
    pub fn standing(&self) -> Standing {
        self.session.standing()
    }

    /// Resolves when the notification session is lost, and says why.
    pub async fn lost(&self) -> String {
        self.session.lost().await
    }

    /// The first event, among those from number `from` on (0 is the first of all), that is `like` what is looked for;
    /// waits for it at most `within`.
    pub async fn update(
        &self,
        from: usize,
        within: Duration,
        like: impl Fn(&Update) -> bool,
    ) -> Result<Update, DesktopError> {
        let mut updates: watch::Receiver<Vec<Update>> = self.session.updates();
        let find = |updates: &Vec<Update>| updates.iter().skip(from).find(|update| like(update)).cloned();
        let found = updates.wait_for(|updates| find(updates).is_some());
        match tokio::time::timeout(within, found).await {
            Ok(Ok(updates)) => find(&updates).ok_or_else(|| self.not_seen(within)),
            Ok(Err(_)) | Err(_) => Err(self.not_seen(within)),
        }
    }

    /// GET under `/finesse/api`, with Basic authentication.
    pub async fn get(&self, path: &str) -> Result<Answer, HttpError> {
        self.ask(Ask::get(rest_url(&self.who, path))).await
    }

    /// PUT or POST under `/finesse/api`; says which `requestId` it carried.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<(Answer, String), HttpError> {
        let request_id = format!("{}-{}", self.who.agent, self.requests.fetch_add(1, Ordering::Relaxed) + 1);
        let ask = Ask::new(method, rest_url(&self.who, path))
            .body("application/xml", body)
            .header("requestid", request_id.clone());
        Ok((self.ask(ask).await?, request_id))
    }

    /// Signs the agent in at the phone of the identity.
    pub async fn sign_in(&self) -> Result<(Answer, String), HttpError> {
        self.put_user(|user| {
            user.leaf("state", "LOGIN").leaf("extension", &self.who.extension);
        })
        .await
    }

    /// Asks for a state such as `READY`, `NOT_READY` or `LOGOUT`, with the id of a reason code where one is needed.
    pub async fn set_state(&self, state: &str, reason: Option<u32>) -> Result<(Answer, String), HttpError> {
        self.put_user(|user| {
            user.leaf("state", state);
            if let Some(reason) = reason {
                user.leaf("reasonCodeId", reason);
            }
        })
        .await
    }

    /// Calls a number.
    pub async fn make_call(&self, to: &str) -> Result<(Answer, String), HttpError> {
        let body = document("Dialog", |dialog| {
            dialog
                .leaf("requestedAction", "MAKE_CALL")
                .leaf("fromAddress", &self.who.extension)
                .leaf("toAddress", to);
        });
        self.send(Method::POST, &format!("/User/{}/Dialogs", self.who.agent), body).await
    }

    /// ANSWER, HOLD, RETRIEVE or DROP on a dialog.
    pub async fn act(&self, dialog: &str, action: &str) -> Result<(Answer, String), HttpError> {
        let body = document("Dialog", |dialog| {
            dialog.leaf("requestedAction", action).leaf("targetMediaAddress", &self.who.extension);
        });
        self.send(Method::PUT, &format!("/Dialog/{dialog}"), body).await
    }

    /// Ends the notification session in order: unavailable presence, and the end of the stream.
    pub async fn close(self) {
        self.session.close(Leave::Goodbye).await;
    }

    /// Ends it as a page does that is left by Back or by loading it again: unavailable presence, and no more.
    pub async fn leave_in_a_hurry(self) {
        self.session.close(Leave::Hurry).await;
    }

    /// From now on nothing is said and nothing is read, while the connections stay: as a machine that is off the
    /// network, or asleep. The session is [`Standing::Up`] for good.
    pub fn fall_silent(&self) {
        self.session.begin_to_leave(Leave::Silence);
    }

    async fn put_user(&self, fill: impl FnOnce(&mut Writer)) -> Result<(Answer, String), HttpError> {
        self.send(Method::PUT, &format!("/User/{}", self.who.agent), document("User", fill)).await
    }

    async fn ask(&self, ask: Ask) -> Result<Answer, HttpError> {
        self.http.ask(ask.basic(&self.who.agent, &self.who.password)).await
    }

    fn not_seen(&self, within: Duration) -> DesktopError {
        DesktopError::NotSeen { within, seen: self.seen(), standing: self.standing() }
    }
}

/// What a desktop says first: that it is there, and that it wants to know whether the web application is.
fn greeting(domain: &str) -> [String; 2] {
    let domain = xml::escape(domain);
    [
        "<presence xmlns='jabber:client'/>".into(),
        format!("<presence xmlns='jabber:client' to='finesse@{domain}' type='subscribe'/>"),
    ]
}

fn rest_url(who: &Identity, path: &str) -> String {
    format!("http://{}:8082/finesse/api{path}", who.host)
}

fn document(root: &str, fill: impl FnOnce(&mut Writer)) -> String {
    let mut writer = Writer::new();
    writer.open(root);
    fill(&mut writer);
    writer.close();
    writer.finish()
}

fn parse(step: &'static str, body: &str) -> Result<Element, DesktopError> {
    let begin: String = body.chars().take(SHOWN_MAX).collect();
    let said = |error| DesktopError::Protocol { step, said: format!("{error}: {begin}") };
    Element::parse(body.as_bytes(), &LIMITS).map_err(said)
}

fn protocol(step: &'static str, said: impl Into<String>) -> DesktopError {
    DesktopError::Protocol { step, said: said.into() }
}
