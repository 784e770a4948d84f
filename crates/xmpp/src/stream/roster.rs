//! The roster: nobody but the web application, for the session that asked for its presence. It is not kept longer than
//! the session, as the documented clients subscribe anew with each.

use xml::Writer;

use crate::jid::{FullJid, Names};
use crate::ns;

/// What a request for the roster gets; empty is enough for the clients that ask first (notifications.md section 4.3 (6)).
pub(super) fn query(names: &Names, watches: bool) -> String {
    let mut w = Writer::new();
    w.open("query").attr("xmlns", ns::ROSTER);
    if watches {
        item(&mut w, names, "to");
    }
    w.finish()
}

/// Tells of a change; the client's answer counts for nothing. Clients take a push only without `from`, or from their
/// own bare address.
pub(super) fn push(names: &Names, to: &FullJid, watches: bool) -> String {
    let mut w = Writer::new();
    w.open("iq").attr("type", "set").attr("id", "roster").attr("to", to.full()).attr("xmlns", ns::CLIENT);
    w.open("query").attr("xmlns", ns::ROSTER);
    item(&mut w, names, if watches { "to" } else { "none" });
    w.finish()
}

fn item(w: &mut Writer, names: &Names, subscription: &str) {
    w.open("item").attr("jid", &names.finesse).attr("subscription", subscription).close();
}
