//! Presence both ways: of the desktop, which the forced logout watches, and of the web application, which desktops
//! watch (notifications.md section 8). There are no other contacts.

use xml::{Element, Writer};

use crate::jid::{FullJid, Names};
use crate::ns;

/// What a client's `<presence/>` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The desktop is there, or leaves.
    Own { available: bool },
    /// It wants to know of the web application from now on.
    Subscribe,
    /// It wants to know once.
    Probe,
    /// It no longer wants to know.
    Unsubscribe,
    /// Meant for somebody who is not here.
    Ignored,
}

impl Presence {
    pub(crate) fn parse(stanza: &Element, names: &Names) -> Self {
        let kind = stanza.attr("type").unwrap_or_default();
        let to = stanza.attr("to").map(|to| to.split('/').next().unwrap_or_default());
        match (to, kind) {
            (Some(to), _) if !to.eq_ignore_ascii_case(&names.finesse) => Self::Ignored,
            // Told to everybody or to the web application alone: it is the one who watches desktops.
            (None | Some(_), "" | "available") => Self::Own { available: true },
            (None | Some(_), "unavailable") => Self::Own { available: false },
            (Some(_), "subscribe") => Self::Subscribe,
            (Some(_), "probe") => Self::Probe,
            (Some(_), "unsubscribe") => Self::Unsubscribe,
            (None | Some(_), _) => Self::Ignored,
        }
    }
}

/// The web application's presence for one client.
pub(crate) fn finesse_presence(names: &Names, to: &FullJid, available: bool) -> String {
    write(names, to.full(), (!available).then_some("unavailable"))
}

/// A roster is kept for the user, not for a resource: the answer goes to the bare address.
pub(super) fn subscribed(names: &Names, to: &FullJid) -> String {
    write(names, to.bare(), Some("subscribed"))
}

pub(super) fn unsubscribed(names: &Names, to: &FullJid) -> String {
    write(names, to.bare(), Some("unsubscribed"))
}

fn write(names: &Names, to: &str, kind: Option<&str>) -> String {
    let mut w = Writer::new();
    w.open("presence").attr("from", &names.finesse).attr("to", to);
    if let Some(kind) = kind {
        w.attr("type", kind);
    }
    w.attr("xmlns", ns::CLIENT);
    w.finish()
}
