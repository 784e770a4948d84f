//! The message that carries an event (notifications.md section 7).

use xml::Writer;

use crate::jid::FullJid;
use crate::ns;

/// One published item: everything that is the same for all receivers, written once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// Up to the address of the receiver.
    from: Box<str>,
    /// The node, escaped, as it stands in the id of the message.
    node: Box<str>,
    item: u64,
    /// From the end of the start tag on.
    tail: Box<str>,
}

impl Event {
    /// The `item`th publication of this node tree. `payload` is the `<Update>` document; it travels as text.
    pub(crate) fn new(service: &str, node: &str, item: u64, payload: &str) -> Self {
        let mut body = Writer::new();
        body.open("event").attr("xmlns", ns::PUBSUB_EVENT);
        body.open("items").attr("node", node);
        body.open("item").attr("id", format_args!("{item:016x}"));
        body.open("notification").attr("xmlns", ns::PUBSUB).text(payload);
        let tail = body.finish() + "</message>";
        Self {
            from: format!("<message from=\"{service}\" to=\"").into(),
            node: xml::escape(node).into(),
            item,
            tail: tail.into(),
        }
    }

    pub(crate) fn push_to(&self, out: &mut String, to: &FullJid) {
        out.push_str(&self.from);
        xml::push_escaped_attribute(out, to.full());
        out.push_str("\" id=\"");
        out.push_str(&self.node);
        out.push_str("__");
        xml::push_escaped_attribute(out, to.bare());
        // Nobody reads the rest of the id; older servers put five random characters here.
        out.push_str(&format!("__{:05x}\" xmlns=\"{}\">", self.item, ns::CLIENT));
        out.push_str(&self.tail);
    }

    /// About how many bytes [`Event::push_to`] will write.
    pub(crate) fn size(&self, to: &FullJid) -> usize {
        self.from.len() + to.full().len() + to.bare().len() + self.node.len() + self.tail.len() + 48
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(payload: &str) -> String {
        let event = Event::new("pubsub.fin-a.example.test", "/finesse/api/User/1042", 7, payload);
        let to = FullJid::new("1042", "fin-a.example.test", "desktop");
        let mut out = String::new();
        event.push_to(&mut out, &to);
        assert!(out.len() <= event.size(&to) && out.len() + 48 > event.size(&to));
        out
    }

    #[test]
    fn the_message_is_written_as_in_section_7() {
        assert_eq!(
            written("<Update/>"),
            "<message from=\"pubsub.fin-a.example.test\" to=\"1042@fin-a.example.test/desktop\" \
             id=\"/finesse/api/User/1042__1042@fin-a.example.test__00007\" xmlns=\"jabber:client\">\
             <event xmlns=\"http://jabber.org/protocol/pubsub#event\"><items node=\"/finesse/api/User/1042\">\
             <item id=\"0000000000000007\"><notification xmlns=\"http://jabber.org/protocol/pubsub\">\
             &lt;Update/&gt;</notification></item></items></event></message>"
        );
    }

    #[test]
    fn quirk_8_data_is_escaped_twice_and_never_in_cdata() {
        let message = written("<Update><v>R&amp;D</v></Update>");
        assert!(message.contains("&lt;v&gt;R&amp;amp;D&lt;/v&gt;"), "{message}");
        assert!(!message.contains("CDATA"));
    }
}
