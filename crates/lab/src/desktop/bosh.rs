//! The BOSH session of a virtual desktop (notifications.md section 4.3): one request at a time, held by the server,
//! sent again unchanged a few times when the transport fails.

use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper::Method;
use xml::{Element, Writer, escape};

use super::session::{Leave, Record, Session};
use super::{DesktopError, Identity, greeting, protocol};
use crate::clock::Clock;
use crate::http::{Ask, Http};

/// How long the server may hold a request, in seconds.
const WAIT_S: u64 = 30;
/// Our spacing of the three tries after a failed request (design section 5).
const TRIES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_millis(500), Duration::from_millis(1000)];
const UNAVAILABLE: &str = "<presence xmlns='jabber:client' type='unavailable'/>";

/// With `tries` a request that fails is sent again; otherwise the session is lost with the first that does.
pub(super) async fn open(
    who: &Identity,
    domain: String,
    tries: bool,
    (http, clock): (Http, Clock),
) -> Result<Session, DesktopError> {
    let tries = if tries { &TRIES[..] } else { &[] };
    let mut wire = Wire { tries, ..Wire::new(who, domain, http, clock) };
    wire.create().await?;
    wire.authenticate(who).await?;
    wire.bind(who).await?;
    Ok(Session::new(clock, |record| Keeper { wire, record }.keep()))
}

/// The requests of one session.
#[derive(Debug)]
struct Wire {
    url: String,
    domain: String,
    sid: String,
    rid: AtomicU64,
    http: Http,
    tries: &'static [Duration],
}

impl Wire {
    fn new(who: &Identity, domain: String, http: Http, clock: Clock) -> Self {
        let url = format!("http://{}:7071/http-bind/", who.host);
        // Above the smallest number that stock clients begin with, and another one for each session.
        let rid = AtomicU64::new(32_769 + u64::from(clock.now().subsec_micros()));
        Self { url, domain, sid: String::new(), rid, http, tries: &TRIES }
    }

    async fn create(&mut self) -> Result<(), DesktopError> {
        let wait = WAIT_S.to_string();
        let attributes = [
            ("to", self.domain.as_str()),
            ("wait", &wait),
            ("hold", "1"),
            ("ver", "1.9"),
            ("xmlns:xmpp", "urn:xmpp:xbosh"),
            ("xmpp:version", "1.0"),
        ];
        let answer = self.exchange("session creation", &self.element(&attributes, "")).await?;
        let sid = answer.attr("sid").ok_or_else(|| protocol("session creation", "no sid"))?;
        self.sid = sid.to_owned();
        Ok(())
    }

    async fn authenticate(&self, who: &Identity) -> Result<(), DesktopError> {
        let plain = BASE64_STANDARD.encode(format!("\0{}\0{}", who.agent, who.password));
        let auth = format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{plain}</auth>");
        let answer = self.exchange("SASL", &self.body("", &auth)).await?;
        if answer.child("success").is_none() {
            let said = answer.children().map(|child| child.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(protocol("SASL", said));
        }
        let restart = self.body("true", "");
        self.exchange("restart", &restart).await.map(drop)
    }

    async fn bind(&self, who: &Identity) -> Result<(), DesktopError> {
        let resource = escape(&who.resource);
        let bind = format!(
            "<iq xmlns='jabber:client' type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
             <resource>{resource}</resource></bind></iq>"
        );
        let answer = self.exchange("bind", &self.body("", &bind)).await?;
        match answer.child("iq").and_then(|iq| iq.attr("type")) {
            Some("result") => Ok(()),
            other => Err(protocol("bind", other.unwrap_or("no iq"))),
        }
    }

    /// A body of the session; `restart` is `true` or empty.
    fn body(&self, restart: &str, stanzas: &str) -> String {
        let restart = [("xmlns:xmpp", "urn:xmpp:xbosh"), ("xmpp:restart", restart), ("to", &self.domain)];
        let restart = if restart[1].1.is_empty() { &[][..] } else { &restart[..] };
        self.element(restart, stanzas)
    }

    fn terminate(&self) -> String {
        self.element(&[("type", "terminate")], UNAVAILABLE)
    }

    fn element(&self, attributes: &[(&str, &str)], stanzas: &str) -> String {
        let mut writer = Writer::new();
        writer.open("body").attr("xmlns", "http://jabber.org/protocol/httpbind");
        writer.attr("rid", self.rid.fetch_add(1, Ordering::Relaxed));
        if !self.sid.is_empty() {
            writer.attr("sid", &self.sid);
        }
        for (name, value) in attributes {
            writer.attr(name, value);
        }
        writer.raw(stanzas).close();
        writer.finish()
    }

    /// Sends a body, again and unchanged if the transport fails, and reads the answer.
    async fn exchange(&self, step: &'static str, body: &str) -> Result<Element, DesktopError> {
        let mut tries = self.tries.iter();
        let answer = loop {
            match (self.post(body).await, tries.next()) {
                (Ok(answer), _) => break answer,
                (Err(DesktopError::Http(_)), Some(pause)) => tokio::time::sleep(*pause).await,
                (Err(error), _) => return Err(error),
            }
        };
        let answer = super::parse(step, &answer)?;
        match answer.attr("type") {
            Some("terminate") => Err(protocol(step, reason(&answer))),
            _ => Ok(answer),
        }
    }

    async fn post(&self, body: &str) -> Result<String, DesktopError> {
        let ask = Ask::new(Method::POST, &self.url)
            .body("text/xml; charset=utf-8", body)
            .within(Duration::from_secs(WAIT_S + 5));
        let answer = self.http.ask(ask).await?;
        match answer.retry_after() {
            Some(retry_after) => Err(DesktopError::Busy { retry_after }),
            None => Ok(answer.body),
        }
    }
}

/// Why the server ends the session: the condition, and the stream error in it.
fn reason(answer: &Element) -> String {
    let errors = answer.children().filter(|child| child.name == "error").flat_map(Element::children);
    let condition = answer.attr("condition").unwrap_or("terminate");
    [condition].into_iter().chain(errors.map(|error| error.name.as_str())).collect::<Vec<_>>().join(", ")
}

/// Keeps a request at the server until told to stop.
struct Keeper {
    wire: Wire,
    record: Record,
}

impl Keeper {
    /// Presence travels in the first request that the server may hold: nothing answers it.
    async fn keep(self) -> String {
        let mut stanzas = greeting(&self.wire.domain).concat();
        loop {
            let body = self.wire.body("", &std::mem::take(&mut stanzas));
            let mut poll = pin!(self.wire.exchange("a poll", &body));
            tokio::select! {
                answer = &mut poll => match answer {
                    Ok(body) => self.record.collect(body.children()),
                    Err(error) => return error.to_string(),
                },
                how = self.record.left() => {
                    match how {
                        Leave::Goodbye => self.say_goodbye(poll).await,
                        Leave::Hurry => self.say_unavailable(poll).await,
                        // The poll, and the connection under it, are kept.
                        Leave::Silence => std::future::pending().await,
                    }
                    return "closed by this desktop".into();
                }
            }
        }
    }

    /// The poll goes on meanwhile: request ids must arrive without a gap, and its end is what the goodbye brings.
    async fn say_goodbye(&self, poll: impl Future<Output = Result<Element, DesktopError>>) {
        let goodbye = self.wire.terminate();
        let (last, _) = tokio::join!(poll, self.wire.post(&goodbye));
        if let Ok(body) = last {
            self.record.collect(body.children());
        }
    }

    /// The server answers the poll when it has the presence; the page does not wait for more.
    async fn say_unavailable(&self, poll: impl Future<Output = Result<Element, DesktopError>>) {
        let last = self.wire.body("", UNAVAILABLE);
        tokio::select! {
            _ = poll => {}
            _ = self.wire.post(&last) => {}
        }
    }
}
