//! A scripted desktop: it speaks BOSH and REST as a browser does, and keeps what events and answers showed it.
//!
//! ```text
//! Closed ──open──▶ Creating ──sid──▶ SigningIn ──success──▶ Restarting ──▶ Binding ──▶ Open (one empty request waits)
//!    ▲                                                                                   │
//!    └───────────────────── terminate, error, connection lost ◀─────────────────────────┘
//! ```
//!
//! It decides nothing by itself but to go on polling; people (rows, the random walk) press its buttons. The world
//! carries its requests.

mod leaving;
mod shown;

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use node::api::{HttpRequest, HttpResponse};
use node::domain::Secret;
use node::xml::{Element, Limits, Writer};

use crate::seen::{Object, Seen};
pub use shown::{Shown, read_dialogs};

const BOSH: &str = "http://jabber.org/protocol/httpbind";
const SASL: &str = "urn:ietf:params:xml:ns:xmpp-sasl";
const BIND: &str = "urn:ietf:params:xml:ns:xmpp-bind";
const XBOSH: &str = "urn:xmpp:xbosh";
const PUBSUB: &str = "http://jabber.org/protocol/pubsub";
/// What JabberWerx asks for (notifications.md section 4.1).
const WAIT_S: u32 = 30;

/// Who uses the desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Agent id.
    pub id: String,
    /// Password.
    pub password: String,
    /// The usual extension.
    pub extension: String,
}

/// Where its BOSH session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stream {
    Closed,
    Creating,
    SigningIn,
    Restarting,
    Binding,
    Open,
}

/// One request of a desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A BOSH body.
    Bosh(Vec<u8>),
    /// A REST request by the desktop itself, to see the user or the dialogs.
    Read(Box<HttpRequest>, Read),
}

/// What the desktop reads by REST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// The user.
    User,
    /// The dialogs.
    Dialogs,
}

/// One desktop.
#[derive(Clone, Debug)]
pub struct Desktop {
    person: Person,
    domain: String,
    /// Nodes that it subscribes to whenever it opens.
    topics: Vec<String>,
    stream: Stream,
    sid: String,
    rid: u64,
    shown: Shown,
    /// What is shown is of an earlier session: it must be read again as soon as the node answers.
    stale: BTreeSet<Read>,
    /// Events that nobody has looked at yet.
    fresh: Vec<Seen>,
    /// Whether the user `finesse` was available, as often as that was told and nobody has looked at.
    finesse: Vec<bool>,
    /// The BOSH body that was sent last.
    unanswered: Option<Vec<u8>>,
}

impl Desktop {
    /// A desktop that is closed; `domain` is the XMPP domain of the node it will use.
    pub fn new(person: Person, domain: &str) -> Self {
        let (sid, rid) = (String::new(), 0);
        let (domain, shown, stale) =
            (domain.into(), Shown::default(), BTreeSet::from([Read::User, Read::Dialogs]));
        let (topics, fresh) = (Vec::new(), Vec::new());
        let (unanswered, finesse, stream) = (None, Vec::new(), Stream::Closed);
        Self { person, domain, topics, stream, sid, rid, shown, stale, fresh, finesse, unanswered }
    }

    /// Who uses it.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Whether its events flow.
    pub fn is_open(&self) -> bool {
        self.stream == Stream::Open
    }

    /// Whether it has no session and wants none.
    pub fn is_closed(&self) -> bool {
        self.stream == Stream::Closed
    }

    /// Whether what it shows is of this session.
    pub fn is_fresh(&self) -> bool {
        self.is_open() && self.stale.is_empty()
    }

    /// What it shows.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// It subscribes to this node whenever it opens, as the desktop library does.
    pub fn subscribe_to(&mut self, node: &str) {
        self.topics.push(node.into());
    }

    /// Events since the last call.
    pub fn take_fresh(&mut self) -> Vec<Seen> {
        std::mem::take(&mut self.fresh)
    }

    /// Words on the user `finesse` since the last call.
    pub fn take_finesse(&mut self) -> Vec<bool> {
        std::mem::take(&mut self.finesse)
    }

    /// What is shown is not believed any more until it has been read.
    pub fn read_again(&mut self) -> Vec<Wire> {
        self.stale = BTreeSet::from([Read::User, Read::Dialogs]);
        self.reads().into()
    }

    /// Begins a session; the first request id comes from the caller's chance.
    pub fn open(&mut self, first_rid: u64) -> Vec<Wire> {
        self.stream = Stream::Creating;
        self.rid = 1 + first_rid % (1 << 32);
        self.sid.clear();
        let mut w = Writer::new();
        w.open("body").attr("xmlns", BOSH).attr("xmlns:xmpp", XBOSH).attr("hold", 1).attr("ver", "1.9");
        w.attr("to", &self.domain).attr("wait", WAIT_S).attr("xmpp:version", "1.0").attr("rid", self.rid);
        vec![Wire::Bosh(w.finish().into_bytes())]
    }

    /// The connection or the node is gone. What was shown stays on the screen.
    pub fn drop_session(&mut self) {
        self.stream = Stream::Closed;
        self.stale = BTreeSet::from([Read::User, Read::Dialogs]);
        self.shown.service = None;
    }

    /// The desktop uses another node from now on.
    pub fn move_to(&mut self, domain: &str) {
        self.drop_session();
        self.domain = domain.into();
    }

    /// A BOSH answer. What it sends next; an empty answer of a closed desktop means that it gave up.
    ///
    /// # Errors
    /// In words, if the answer is nothing that a server may say.
    pub fn bosh_answer(&mut self, status: u16, body: &str, now: Duration) -> Result<Vec<Wire>, String> {
        if self.stream == Stream::Closed {
            return Ok(Vec::new());
        }
        let answer = Element::parse(body.as_bytes(), &Limits::default())
            .map_err(|error| format!("{error}: {body}"))?;
        if status != 200 || answer.attr("type") == Some("terminate") {
            self.drop_session();
            return Ok(Vec::new());
        }
        match self.stream {
            Stream::Closed => Ok(Vec::new()),
            Stream::Creating => self.created(&answer),
            Stream::SigningIn => self.signed_in(&answer),
            Stream::Restarting => Ok(vec![self.bind()]),
            Stream::Binding => self.bound(&answer),
            Stream::Open => self.stanzas(&answer, now),
        }
    }

    /// An answer to one of its own reads.
    pub fn read_answer(&mut self, read: Read, response: &HttpResponse) {
        if response.status != 200 {
            return;
        }
        self.stale.remove(&read);
        if let Ok(document) = Element::parse(response.body.as_bytes(), &Limits::default()) {
            match read {
                Read::User => self.shown.set_user(document),
                Read::Dialogs => self.shown.set_dialogs(document),
            }
        }
    }

    /// As [`Desktop::read_answer`], but what it shows already is never read again: tests break desktops with it.
    pub fn keep_screen(&mut self, read: Read, response: &HttpResponse) {
        if response.status == 200 && self.shown.user.is_some() && read == Read::Dialogs {
            self.stale.remove(&read);
        } else {
            self.read_answer(read, response);
        }
    }

    /// A REST request with the person's credentials.
    pub fn request(&self, method: &str, path: &str, body: &str, request_id: &str) -> HttpRequest {
        let credentials = BASE64.encode(format!("{}:{}", self.person.id, self.person.password));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        HttpRequest {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            authorization: Some(Secret::new(format!("Basic {credentials}"))),
            request_id: (!request_id.is_empty()).then(|| request_id.into()),
            content_type: Some("application/xml".into()),
            range: None,
            body: body.as_bytes().to_vec(),
            caller: None,
        }
    }

    /// What a browser reads when it starts and when it comes back into service without knowing anything.
    fn reads(&self) -> [Wire; 2] {
        let user = format!("/finesse/api/User/{}", self.person.id);
        let dialogs = format!("{user}/Dialogs");
        let get = |path: &str| Box::new(self.request("GET", path, "", ""));
        [Wire::Read(get(&user), Read::User), Wire::Read(get(&dialogs), Read::Dialogs)]
    }

    fn created(&mut self, answer: &Element) -> Result<Vec<Wire>, String> {
        self.sid = answer.attr("sid").ok_or("no sid in the first answer")?.into();
        self.stream = Stream::SigningIn;
        let plain = BASE64.encode(format!("\0{}\0{}", self.person.id, self.person.password));
        Ok(vec![self.body(|w| {
            w.open("auth").attr("xmlns", SASL).attr("mechanism", "PLAIN").text(plain).close();
        })])
    }

    fn signed_in(&mut self, answer: &Element) -> Result<Vec<Wire>, String> {
        match answer.children().next().map(|child| child.name.as_str()) {
            Some("success") => {
                self.stream = Stream::Restarting;
                let domain = self.domain.clone();
                let mut w = self.begin_body();
                w.attr("xmlns:xmpp", XBOSH).attr("xmpp:restart", "true").attr("to", domain);
                Ok(vec![Wire::Bosh(w.finish().into_bytes())])
            }
            Some("failure") => {
                self.drop_session();
                Ok(Vec::new())
            }
            None => Ok(vec![self.poll()]),
            Some(other) => Err(format!("{other} in answer to auth")),
        }
    }

    fn bind(&mut self) -> Wire {
        self.stream = Stream::Binding;
        self.body(|w| {
            w.open("iq").attr("type", "set").attr("id", "b1");
            w.open("bind").attr("xmlns", BIND).leaf("resource", "desktop").close().close();
        })
    }

    fn bound(&mut self, answer: &Element) -> Result<Vec<Wire>, String> {
        match answer.child("iq").and_then(|iq| iq.attr("type")) {
            Some("result") => {
                self.stream = Stream::Open;
                let mut wires = vec![self.greeting()];
                wires.extend(self.reads());
                Ok(wires)
            }
            None => Ok(vec![self.poll()]),
            Some(other) => Err(format!("bind was answered {other}")),
        }
    }

    fn greeting(&mut self) -> Wire {
        let (topics, jid) = (self.topics.clone(), format!("{}@{}", self.person.id, self.domain));
        let service = format!("pubsub.{}", self.domain);
        self.body(|w| {
            w.empty("presence");
            for (number, node) in topics.iter().enumerate() {
                w.open("iq").attr("type", "set").attr("id", format_args!("s{number}")).attr("to", &service);
                w.open("pubsub").attr("xmlns", PUBSUB).open("subscribe");
                w.attr("node", node).attr("jid", &jid).close().close().close();
            }
        })
    }

    fn stanzas(&mut self, answer: &Element, now: Duration) -> Result<Vec<Wire>, String> {
        let mut wires = vec![self.poll()];
        let words = answer.children().filter(|stanza| stanza.name == "presence");
        let of_finesse =
            words.filter(|word| word.attr("from").is_some_and(|from| from.starts_with("finesse@")));
        self.finesse.extend(of_finesse.map(|word| word.attr("type") != Some("unavailable")));
        for message in answer.children().filter(|stanza| stanza.name == "message") {
            let items = message
                .child("event")
                .and_then(|event| event.child("items"))
                .ok_or("a message without items")?;
            let node = items.attr("node").unwrap_or_default();
            for item in items.children() {
                let text =
                    item.child("notification").map(Element::text).ok_or("an item without notification")?;
                wires.extend(self.event(Seen::read(now, node, &text)?));
            }
        }
        Ok(wires)
    }

    fn event(&mut self, seen: Seen) -> Vec<Wire> {
        let back = matches!(seen.object, Object::System { in_service: true });
        self.shown.apply(&seen);
        self.fresh.push(seen);
        if back && !self.stale.is_empty() { self.reads().into() } else { Vec::new() }
    }

    fn poll(&mut self) -> Wire {
        self.body(|_| {})
    }

    fn body(&mut self, children: impl FnOnce(&mut Writer)) -> Wire {
        let mut w = self.begin_body();
        children(&mut w);
        self.sent(w)
    }

    fn sent(&mut self, w: Writer) -> Wire {
        let body = w.finish().into_bytes();
        self.unanswered = Some(body.clone());
        Wire::Bosh(body)
    }

    fn begin_body(&mut self) -> Writer {
        self.rid += 1;
        let mut w = Writer::new();
        w.open("body").attr("xmlns", BOSH).attr("sid", &self.sid).attr("rid", self.rid);
        w
    }
}
