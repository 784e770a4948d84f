//! Reading request bodies.

use std::time::Duration;

use xml::{Element, Limits, Node};

use super::Condition;
use crate::ns;

/// The highest request id that clients count to (notifications.md section 4.1).
const RID_MAX: u64 = (1 << 53) - 1;

/// A request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// It opens a session.
    Open(Opening),
    /// It belongs to the session `sid`.
    Continue { sid: String, rid: u64, body: Body },
}

/// Session creation: what the client proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) rid: u64,
    pub(crate) to: Option<String>,
    /// Version, for an echo in the client's own words.
    pub(crate) ver: Option<String>,
    pub(crate) wait: Option<Duration>,
    pub(crate) hold: u64,
}

/// What a request brings for the session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) stanzas: Vec<Element>,
    pub(crate) restart: bool,
    pub(crate) pause: Option<Duration>,
    pub(crate) terminate: bool,
}

/// A request that cannot be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) condition: Condition,
    /// The session it spoke of.
    pub(crate) sid: Option<String>,
}

impl Request {
    /// # Errors
    /// `bad-request` for what is no body; `policy-violation` beyond a limit.
    pub(crate) fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let element = Element::parse(bytes, limits).map_err(|error| {
            let condition = if error.is_limit() { Condition::PolicyViolation } else { Condition::BadRequest };
            Refusal { condition, sid: None }
        })?;
        if !element.is("body", ns::HTTP_BIND) {
            return Err(Refusal { condition: Condition::BadRequest, sid: None });
        }
        let sid = element.attr("sid").map(str::to_owned);
        let Some(rid) = rid(&element) else { return Err(Refusal { condition: Condition::BadRequest, sid }) };
        match sid {
            Some(sid) => Ok(Self::Continue { sid, rid, body: Body::read(element) }),
            None if element.children().next().is_some() => {
                Err(Refusal { condition: Condition::BadRequest, sid: None })
            }
            None => Ok(Self::Open(Opening::read(rid, &element))),
        }
    }
}

impl Opening {
    fn read(rid: u64, element: &Element) -> Self {
        Self {
            rid,
            to: element.attr("to").map(str::to_owned),
            ver: element.attr("ver").filter(|ver| version(ver).is_some()).map(str::to_owned),
            wait: seconds(element, "wait"),
            hold: element.attr("hold").and_then(|hold| hold.parse().ok()).unwrap_or(1),
        }
    }

    /// Whether the client is from before version 1.6, when errors were HTTP statuses.
    pub(crate) fn is_legacy(&self) -> bool {
        self.ver.as_deref().and_then(version).is_none_or(|version| version < (1, 6))
    }
}

impl Body {
    fn read(element: Element) -> Self {
        Self {
            restart: element.attr_in("restart", ns::XBOSH) == Some("true"),
            pause: seconds(&element, "pause"),
            terminate: element.attr("type") == Some("terminate"),
            stanzas: element.nodes.into_iter().filter_map(stanza).collect(),
        }
    }

    /// Whether it asks for nothing but news.
    pub(crate) fn is_empty(&self) -> bool {
        self.stanzas.is_empty() && !self.restart && !self.is_extra()
    }

    /// One more than usual is allowed for these (notifications.md section 4.4 rule 7).
    pub(crate) fn is_extra(&self) -> bool {
        self.terminate || self.pause.is_some()
    }
}

fn stanza(node: Node) -> Option<Element> {
    match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    }
}

fn rid(element: &Element) -> Option<u64> {
    element.attr("rid")?.trim().parse().ok().filter(|rid| (1..=RID_MAX).contains(rid))
}

fn seconds(element: &Element, name: &str) -> Option<Duration> {
    element.attr(name)?.trim().parse::<u32>().ok().map(|seconds| Duration::from_secs(seconds.into()))
}

/// Major and minor: 1.10 is later than 1.6.
fn version(text: &str) -> Option<(u16, u16)> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
