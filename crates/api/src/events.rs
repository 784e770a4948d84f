//! Notifications: which node, and the `Update` document that goes there (notifications.md
//! sections 6.1 and 7).
//!
//! Each builder takes the same view that a GET would render. The XMPP side escapes the document once more.

use domain::{AgentId, ApiError, DialogView, ErrorSource, QueueId, QueueView, RequestId, TeamId, UserView};
use xml::Writer;

use crate::documents::{self, SystemInfo};
use crate::links;

/// What happened to the source of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Added to the collection.
    Post,
    /// Changed.
    Put,
    /// Removed from the collection.
    Delete,
}

impl Verb {
    /// Upper case: the desktop library compares literally.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The node to publish it on.
    pub node: String,
    /// The `Update` document.
    pub payload: String,
}

/// The document around an object `data`, which is XML already. `requestId` is present and empty if there is
/// none.
pub fn update(data: &str, event: Verb, request: Option<&RequestId>, source: &str) -> String {
    let mut w = Writer::new();
    w.open("Update").open("data").raw(data).close().leaf("event", event.as_str());
    w.leaf("requestId", request.map_or("", RequestId::as_str)).leaf("source", source);
    w.finish()
}

/// The user changed.
pub fn user_changed(view: &UserView, request: Option<&RequestId>) -> Event {
    let uri = links::user(&view.id);
    let payload = update(&documents::user_as("user", view), Verb::Put, request, &uri);
    Event { node: uri, payload }
}

/// A member of the team changed: the summary form, never with a request.
pub fn member_changed(team: TeamId, view: &UserView) -> Event {
    let data = documents::user_summary_as("user", view);
    let payload = update(&data, Verb::Put, None, &links::user(&view.id));
    Event { node: links::team_users(team), payload }
}

/// The dialog joined the collection of `agent`.
pub fn dialog_added(agent: &AgentId, view: &DialogView, request: Option<&RequestId>) -> Event {
    in_collection(agent, view, Verb::Post, request)
}

/// The dialog left the collection of `agent`; its last form.
pub fn dialog_removed(agent: &AgentId, view: &DialogView, request: Option<&RequestId>) -> Event {
    in_collection(agent, view, Verb::Delete, request)
}

/// The dialog changed, told to `agent` who has it.
pub fn dialog_changed(agent: &AgentId, view: &DialogView, request: Option<&RequestId>) -> Event {
    let data = documents::dialog_as("dialog", view);
    let payload = update(&data, Verb::Put, request, &links::dialog(view.id));
    Event { node: links::user_dialogs(agent), payload }
}

/// A request of `agent` failed after its 202 (mapping.md section 4).
pub fn request_failed(
    agent: &AgentId,
    source: &ErrorSource,
    error: &ApiError,
    request: Option<&RequestId>,
) -> Event {
    let (node, source) = match source {
        ErrorSource::User => (links::user(agent), links::user(agent)),
        ErrorSource::Member(member) => (links::user(agent), links::user(member)),
        ErrorSource::Dialog(call) => (links::user_dialogs(agent), links::dialog(*call)),
        ErrorSource::Dialogs => (links::user_dialogs(agent), links::user_dialogs(agent)),
    };
    Event { node, payload: update(&documents::api_errors_event(error), Verb::Put, request, &source) }
}

/// The queue, or what is counted in it, changed; never with a request.
pub fn queue_changed(view: &QueueView) -> Event {
    let uri = links::queue(view.id);
    let payload = update(&documents::queue(view), Verb::Put, None, &uri);
    Event { node: uri, payload }
}

/// The queue is gone.
pub fn queue_removed(id: QueueId) -> Event {
    let uri = links::queue(id);
    let payload = update(&documents::queue_gone(&uri), Verb::Delete, None, &uri);
    Event { node: uri, payload }
}

/// The service went in or out of service.
pub fn system_info_changed(info: &SystemInfo) -> Event {
    let data = documents::system_info_as("systemInfo", info);
    let payload = update(&data, Verb::Put, None, links::SYSTEM_INFO);
    Event { node: links::SYSTEM_INFO.to_owned(), payload }
}

fn in_collection(agent: &AgentId, view: &DialogView, event: Verb, request: Option<&RequestId>) -> Event {
    let node = links::user_dialogs(agent);
    let data = documents::dialogs_as("dialogs", std::slice::from_ref(view));
    let payload = update(&data, event, request, &node);
    Event { node, payload }
}

#[cfg(test)]
mod tests {
    use domain::{CallId, WallMs};

    use super::*;
    use crate::testing::{ada_at_lunch, ringing_call, sales_queue};

    const DIALOGS: &str = "/finesse/api/User/1001/Dialogs";

    fn ada() -> AgentId {
        AgentId::new("1001")
    }

    fn check(event: Event, node: &str, data: &str, tail: &str) {
        assert_eq!(event.node, node);
        assert_eq!(event.payload, format!("<Update><data>{data}</data>{tail}</Update>"));
    }

    /// As GET shows it, but for the first letter of the root element.
    fn as_event(document: &str, root: &str) -> String {
        let mut lower = root.to_owned();
        lower[..1].make_ascii_lowercase();
        let inner =
            document.strip_prefix(&format!("<{root}>")).and_then(|d| d.strip_suffix(&format!("</{root}>")));
        format!("<{lower}>{}</{lower}>", inner.expect(root))
    }

    #[test]
    fn a_user_event_is_the_whole_user() {
        check(
            user_changed(&ada_at_lunch(), Some(&RequestId::new("7d0f<1>"))),
            "/finesse/api/User/1001",
            &as_event(&documents::user(&ada_at_lunch()), "User"),
            "<event>PUT</event><requestId>7d0f&lt;1&gt;</requestId><source>/finesse/api/User/1001</source>",
        );
    }

    #[test]
    fn a_member_event_is_the_summary() {
        check(
            member_changed(TeamId(5001), &ada_at_lunch()),
            "/finesse/api/Team/5001/Users",
            &as_event(&documents::user_summary(&ada_at_lunch()), "User"),
            "<event>PUT</event><requestId></requestId><source>/finesse/api/User/1001</source>",
        );
    }

    #[test]
    fn a_dialog_joins_and_leaves_the_collection() {
        let data = as_event(&documents::dialogs(&[ringing_call()]), "Dialogs");
        check(
            dialog_added(&ada(), &ringing_call(), None),
            DIALOGS,
            &data,
            "<event>POST</event><requestId></requestId><source>/finesse/api/User/1001/Dialogs</source>",
        );
        check(
            dialog_removed(&ada(), &ringing_call(), Some(&RequestId::new("r2"))),
            DIALOGS,
            &data,
            "<event>DELETE</event><requestId>r2</requestId><source>/finesse/api/User/1001/Dialogs</source>",
        );
    }

    #[test]
    fn a_dialog_changes_under_its_own_source() {
        check(
            dialog_changed(&ada(), &ringing_call(), Some(&RequestId::new("a91c"))),
            DIALOGS,
            &as_event(&documents::dialog(&ringing_call()), "Dialog"),
            "<event>PUT</event><requestId>a91c</requestId><source>/finesse/api/Dialog/16804377</source>",
        );
    }

    #[test]
    fn a_dialog_event_holds_no_user_element() {
        let event = dialog_added(&ada(), &ringing_call(), None);
        assert!(!event.payload.contains("<user"));
    }

    #[test]
    fn a_failed_request_is_told_where_it_was_made() {
        let error = ApiError {
            data: "34".to_owned(),
            message: "CF_RESOURCE_OUT_OF_SERVICE".to_owned(),
            kind: "Call Operation Failure".to_owned(),
        };
        let data = "<apiErrors><apiError><errorData>34</errorData>\
                    <errorMessage>CF_RESOURCE_OUT_OF_SERVICE</errorMessage>\
                    <errorType>Call Operation Failure</errorType></apiError></apiErrors>";
        for (source, node, uri) in [
            (ErrorSource::User, "/finesse/api/User/1001", "/finesse/api/User/1001"),
            (ErrorSource::Member(AgentId::new("1042")), "/finesse/api/User/1001", "/finesse/api/User/1042"),
            (ErrorSource::Dialog(CallId(12345)), DIALOGS, "/finesse/api/Dialog/12345"),
            (ErrorSource::Dialogs, DIALOGS, DIALOGS),
        ] {
            check(
                request_failed(&ada(), &source, &error, Some(&RequestId::new("a91d"))),
                node,
                data,
                &format!("<event>PUT</event><requestId>a91d</requestId><source>{uri}</source>"),
            );
        }
    }

    #[test]
    fn a_queue_keeps_its_capital_and_says_only_where_it_was_when_it_is_gone() {
        let tail = |verb| {
            format!("<event>{verb}</event><requestId></requestId><source>/finesse/api/Queue/10</source>")
        };
        let (node, data) = ("/finesse/api/Queue/10", documents::queue(&sales_queue()));
        check(queue_changed(&sales_queue()), node, &data, &tail("PUT"));
        let data = "<Queue><uri>/finesse/api/Queue/10</uri></Queue>";
        check(queue_removed(QueueId(10)), node, data, &tail("DELETE"));
    }

    #[test]
    fn a_change_of_service_is_the_system_info() {
        let info = SystemInfo {
            now: WallMs(0),
            heartbeat_ok: false,
            peripheral_id: 5000,
            primary: "127.0.0.11".to_owned(),
            secondary: None,
            in_service: false,
            reason: "CTI lost".to_owned(),
            timezone_offset_minutes: 540,
            xmpp_domain: "127.0.0.11".to_owned(),
        };
        check(
            system_info_changed(&info),
            "/finesse/api/SystemInfo",
            &as_event(&documents::system_info(&info), "SystemInfo"),
            "<event>PUT</event><requestId></requestId><source>/finesse/api/SystemInfo</source>",
        );
    }
}
