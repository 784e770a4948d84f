//! One event as a desktop received it.

use std::time::Duration;

use xml::Element;

use super::session::LIMITS;

/// One `Update` document (notifications.md section 7.1) and when it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// When, by the lab's clock.
    pub at: Duration,
    /// The pubsub node, such as `/finesse/api/User/1001`.
    pub node: String,
    /// The whole document.
    pub document: Element,
}

impl Update {
    /// `POST`, `PUT` or `DELETE`.
    pub fn event(&self) -> String {
        self.text("event")
    }

    /// The path of what changed.
    pub fn source(&self) -> String {
        self.text("source")
    }

    /// The request that caused it; empty if none.
    pub fn request_id(&self) -> String {
        self.text("requestId")
    }

    /// The object that `data` holds.
    pub fn data(&self) -> Option<&Element> {
        self.document.child("data")?.children().next()
    }

    /// The root element of the object: `user`, `dialogs`, `dialog`, `apiErrors`, `systemInfo`.
    pub fn kind(&self) -> &str {
        self.data().map_or("", |data| &data.name)
    }

    /// The text of an element, found by its path below the object, such as `["Dialog", "state"]`.
    pub fn value(&self, path: &[&str]) -> Option<String> {
        let object = self.data()?;
        path.iter().try_fold(object, |element, name| element.child(name)).map(Element::text)
    }

    fn text(&self, name: &str) -> String {
        self.document.child_text(name).unwrap_or_default()
    }
}

/// The events in these stanzas. Payload is text that holds a document (notifications.md section 7); what is not a
/// readable Update is left out, as clients do.
pub(super) fn read<'a>(stanzas: impl Iterator<Item = &'a Element>, at: Duration) -> Vec<Update> {
    stanzas.filter(|stanza| stanza.name == "message").flat_map(|message| items(message, at)).collect()
}

/// Whether the web application is there, if the stanza is its presence (notifications.md section 8).
pub(super) fn finesse(stanza: &Element) -> Option<bool> {
    let its = stanza.name == "presence" && stanza.attr("from")?.starts_with("finesse@");
    match stanza.attr("type") {
        None if its => Some(true),
        Some("unavailable") if its => Some(false),
        None | Some(_) => None,
    }
}

fn items(message: &Element, at: Duration) -> Vec<Update> {
    let items: Vec<&Element> = message
        .children()
        .filter(|event| event.name == "event")
        .flat_map(|event| event.children().filter(|items| items.name == "items"))
        .collect();
    items
        .into_iter()
        .flat_map(|items| items.children().filter_map(move |item| update(items, item, at)))
        .collect()
}

fn update(items: &Element, item: &Element, at: Duration) -> Option<Update> {
    let payload = item.child("notification")?.text();
    let document = Element::parse(payload.as_bytes(), &LIMITS).ok()?;
    Some(Update { at, node: items.attr("node").unwrap_or_default().to_owned(), document })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<body xmlns='http://jabber.org/protocol/httpbind'><message xmlns='jabber:client' \
        from='pubsub.h'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='/finesse/api/User/1001'>\
        <item id='1'><notification xmlns='http://jabber.org/protocol/pubsub'>&lt;Update&gt;&lt;data&gt;&lt;user&gt;\
        &lt;state&gt;READY&lt;/state&gt;&lt;/user&gt;&lt;/data&gt;&lt;event&gt;PUT&lt;/event&gt;&lt;requestId&gt;r1\
        &lt;/requestId&gt;&lt;source&gt;/finesse/api/User/1001&lt;/source&gt;&lt;/Update&gt;</notification></item>\
        <item id='2'><notification>{}</notification></item></items></event></message></body>";

    /// A body may bring all that happened while a desktop was between two requests.
    #[test]
    fn a_body_of_many_events_is_read_whole() {
        let (before, rest) = BODY.split_once("<message").unwrap();
        let message = format!("<message{}", rest.strip_suffix("</body>").unwrap());
        let body = format!("{before}{}</body>", message.repeat(100));
        assert_eq!(
            read(Element::parse(body.as_bytes(), &LIMITS).unwrap().children(), Duration::ZERO).len(),
            100
        );
    }

    #[test]
    fn only_the_presence_of_finesse_tells_of_the_web_application() {
        let read = |text: &str| finesse(&Element::parse(text.as_bytes(), &LIMITS).unwrap());
        assert_eq!(read("<presence from='finesse@h/x'/>"), Some(true));
        assert_eq!(read("<presence from='finesse@h' type='unavailable'/>"), Some(false));
        assert_eq!(read("<presence from='finesse@h' type='subscribed'/>"), None);
        assert_eq!(read("<presence from='1001@h' type='unavailable'/>"), None);
    }

    #[test]
    fn an_event_is_read_out_of_its_escaped_payload_and_nonsense_is_left_out() {
        let body = Element::parse(BODY.as_bytes(), &LIMITS).unwrap();
        let updates = read(body.children(), Duration::from_secs(3));
        assert_eq!(updates.len(), 1);
        let update = &updates[0];
        assert_eq!((update.kind(), update.event().as_str()), ("user", "PUT"));
        assert_eq!(
            (update.request_id().as_str(), update.source().as_str()),
            ("r1", "/finesse/api/User/1001")
        );
        assert_eq!(update.value(&["state"]).as_deref(), Some("READY"));
    }
}
