//! What a browser makes of an event: the `Update` document, read as a client reads it (notifications.md section 7.1).
//!
//! Used by the scripted desktops of the simulation and by whoever watches a live system. Knows nothing of how the
//! event came.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use node::xml::{Element, Limits};

/// One event as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When.
    pub at: Duration,
    /// The pubsub node it was published on.
    pub node: String,
    /// `POST`, `PUT` or `DELETE`.
    pub verb: String,
    /// requestId; empty for what nobody asked for.
    pub request: String,
    /// REST path of what changed.
    pub source: String,
    /// What it says.
    pub object: Object,
}

/// The object in `data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// `systemInfo`.
    System {
        /// Whether status is IN_SERVICE.
        in_service: bool,
    },
    /// `user`.
    User(Document),
    /// `dialog`, or the one `Dialog` of `dialogs`.
    Dialog(Document),
    /// `apiErrors`.
    Error {
        /// errorType.
        kind: String,
        /// errorData.
        data: String,
    },
    /// Anything else, as it came.
    Other(Element),
}

/// A user or a dialog, as an event or a GET shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// loginId of a user, id of a dialog.
    pub id: String,
    /// state.
    pub state: String,
    /// The whole object; equal for an event and a GET of the same object.
    pub element: Arc<Element>,
}

impl Document {
    /// Reads a `User`, `user`, `Dialog` or `dialog` element.
    pub fn read(element: &Element) -> Self {
        Self::of(element.clone())
    }

    /// The same of one that nobody else needs.
    pub fn of(mut element: Element) -> Self {
        let id = element.child_text("loginId").or_else(|| element.child_text("id")).unwrap_or_default();
        let state = element.child_text("state").unwrap_or_default();
        element.name.make_ascii_lowercase();
        Self { id, state, element: Arc::new(element) }
    }

    /// State of the participant with that address.
    pub fn leg(&self, address: &str) -> Option<String> {
        self.participant(address)?.child_text("state")
    }

    /// Address and state of each participant, in their order.
    pub fn legs(&self) -> Vec<(String, String)> {
        let text = |leg: &Element, name: &str| leg.child_text(name).unwrap_or_default();
        self.participants().map(|leg| (text(leg, "mediaAddress"), text(leg, "state"))).collect()
    }

    /// What the participant with that address may do.
    pub fn actions(&self, address: &str) -> BTreeSet<String> {
        let actions = self.participant(address).and_then(|leg| leg.child("actions"));
        actions.into_iter().flat_map(Element::children).map(Element::text).collect()
    }

    /// Whether it is marked as being rebuilt.
    pub fn is_rebuilding(&self) -> bool {
        self.text("rebuilding") == "true"
    }

    fn participants(&self) -> impl Iterator<Item = &Element> {
        self.element.child("participants").into_iter().flat_map(Element::children)
    }

    fn participant(&self, address: &str) -> Option<&Element> {
        self.participants().find(|leg| leg.child_text("mediaAddress").as_deref() == Some(address))
    }

    /// Text of a child, empty if there is none.
    pub fn text(&self, name: &str) -> String {
        self.element.child_text(name).unwrap_or_default()
    }

    /// Value of a call variable.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.variables().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Name and value of each call variable, in their order.
    pub fn variables(&self) -> Vec<(String, String)> {
        let list = self.element.child("mediaProperties").and_then(|media| media.child("callvariables"));
        let text = |item: &Element, name: &str| item.child_text(name).unwrap_or_default();
        let items = list.into_iter().flat_map(Element::children);
        items.map(|item| (text(item, "name"), text(item, "value"))).collect()
    }
}

impl Seen {
    /// Reads an `Update` document.
    ///
    /// # Errors
    /// In words, if it is none.
    pub fn read(at: Duration, node: &str, payload: &str) -> Result<Self, String> {
        let update =
            Element::parse(payload.as_bytes(), &Limits::default()).map_err(|error| error.to_string())?;
        Ok(Self::take(at, node, update))
    }

    /// Reads an `Update` document that is parsed already.
    pub fn of(at: Duration, node: &str, update: &Element) -> Self {
        Self::take(at, node, update.clone())
    }

    fn take(at: Duration, node: &str, update: Element) -> Self {
        let text = |name: &str| update.child_text(name).unwrap_or_default();
        let (verb, request, source) = (text("event"), text("requestId"), text("source"));
        let data = update.into_children().find(|child| child.name == "data");
        let data = data.and_then(|data| data.into_children().next());
        let object = data.map_or_else(|| Object::Other(Element::default()), object);
        Self { at, node: node.into(), verb, request, source, object }
    }

    /// It tells a supervisor of a member of a team, which says nothing of who looks at it.
    pub fn is_of_member(&self) -> bool {
        self.node.starts_with("/finesse/api/Team/")
    }

    /// Id of the dialog that it is about, errors included.
    pub fn dialog(&self) -> Option<&str> {
        match &self.object {
            Object::Dialog(dialog) => Some(&dialog.id),
            Object::Error { .. } => self.source.strip_prefix("/finesse/api/Dialog/"),
            Object::System { .. } | Object::User(_) | Object::Other(_) => None,
        }
    }

    /// In one word or three, for rows: `IN_SERVICE`, `User HOLD`, `PUT Dialog ACTIVE`, `Error Invalid State`.
    pub fn short(&self) -> String {
        match &self.object {
            Object::System { in_service: true } => "IN_SERVICE".into(),
            Object::System { in_service: false } => "OUT_OF_SERVICE".into(),
            Object::User(user) => format!("User {}", user.state),
            Object::Dialog(dialog) => format!("{} Dialog {}", self.verb, dialog.state),
            Object::Error { kind, .. } => format!("Error {kind}"),
            Object::Other(data) => format!("{} {}", self.verb, data.name),
        }
    }
}

/// Whom or what it is about, and who asked for it.
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.object {
            Object::User(user) => write!(f, "User {} {}", user.id, user.state)?,
            Object::Dialog(dialog) => write!(f, "{} Dialog {} {}", self.verb, dialog.id, dialog.state)?,
            Object::System { .. } | Object::Error { .. } | Object::Other(_) => f.write_str(&self.short())?,
        }
        if self.request.is_empty() { Ok(()) } else { write!(f, " {}", self.request) }
    }
}

fn object(data: Element) -> Object {
    let first = || data.children().next().map(Document::read);
    match data.name.as_str() {
        "systemInfo" => {
            Object::System { in_service: data.child_text("status").as_deref() == Some("IN_SERVICE") }
        }
        "user" => Object::User(Document::of(data)),
        "dialog" => Object::Dialog(Document::of(data)),
        "dialogs" => first().map_or(Object::Other(data), Object::Dialog),
        "apiErrors" => error(&data),
        _ => Object::Other(data),
    }
}

fn error(data: &Element) -> Object {
    let error = data.child("apiError");
    let text = |name: &str| error.and_then(|error| error.child_text(name)).unwrap_or_default();
    Object::Error { kind: text("errorType"), data: text("errorData") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(data: &str, verb: &str, source: &str) -> Seen {
        let payload = format!(
            "<Update><data>{data}</data><event>{verb}</event><requestId>r1</requestId><source>{source}</source></Update>"
        );
        Seen::read(Duration::ZERO, "/finesse/api/User/1001/Dialogs", &payload).unwrap()
    }

    const CALL: &str = "<id>7</id><mediaProperties><callvariables><CallVariable><name>callVariable1</name>\
        <value>gold</value></CallVariable></callvariables></mediaProperties><participants><Participant>\
        <mediaAddress>61002</mediaAddress><state>HELD</state></Participant></participants><state>ACTIVE</state>";

    #[test]
    fn a_dialog_reads_the_same_alone_and_in_its_collection() {
        let alone = seen(&format!("<dialog>{CALL}</dialog>"), "PUT", "/finesse/api/Dialog/7");
        let added = seen(
            &format!("<dialogs><Dialog>{CALL}</Dialog></dialogs>"),
            "POST",
            "/finesse/api/User/1001/Dialogs",
        );
        assert_eq!(alone.object, added.object);
        assert_eq!((alone.short(), added.short()), ("PUT Dialog ACTIVE".into(), "POST Dialog ACTIVE".into()));
        let Object::Dialog(dialog) = alone.object else { panic!("no dialog") };
        assert_eq!(dialog.leg("61002").as_deref(), Some("HELD"));
        assert_eq!(dialog.variable("callVariable1").as_deref(), Some("gold"));
    }

    #[test]
    fn an_error_names_its_dialog_by_the_source() {
        let data = "<apiErrors><apiError><errorData>22</errorData><errorType>Invalid State</errorType></apiError></apiErrors>";
        let error = seen(data, "PUT", "/finesse/api/Dialog/7");
        assert_eq!((error.dialog(), error.short()), (Some("7"), "Error Invalid State".into()));
        assert_eq!(error.request, "r1");
    }

    #[test]
    fn a_change_of_service_is_one_word() {
        let out = seen(
            "<systemInfo><status>OUT_OF_SERVICE</status></systemInfo>",
            "PUT",
            "/finesse/api/SystemInfo",
        );
        assert_eq!(out.short(), "OUT_OF_SERVICE");
    }

    #[test]
    fn what_is_no_document_is_an_error() {
        assert!(Seen::read(Duration::ZERO, "n", "<Update><data>").is_err());
    }
}
