//! URIs of objects, which are also names of nodes and sources of events (rest-api.md sections 1.4 and 4.2).

use domain::{AgentId, CallId, QueueId, TeamId};

/// URI of the service itself.
pub const SYSTEM_INFO: &str = "/finesse/api/SystemInfo";

/// URI of the CTI servers' settings.
pub const SYSTEM_CONFIG: &str = "/finesse/api/SystemConfig";

/// URI of the other node's settings.
pub const CLUSTER_CONFIG: &str = "/finesse/api/ClusterConfig";

/// URI of the AWDB's settings.
pub const ENTERPRISE_DATABASE_CONFIG: &str = "/finesse/api/EnterpriseDatabaseConfig";

/// URI of the numbers of what is configured.
pub const CONFIG_INFO: &str = "/finesse/api/ConfigInfo";

/// `/finesse/api/User/{id}`.
pub fn user(id: &AgentId) -> String {
    format!("/finesse/api/User/{id}")
}

/// `/finesse/api/User/{id}/Dialogs`.
pub fn user_dialogs(id: &AgentId) -> String {
    format!("/finesse/api/User/{id}/Dialogs")
}

/// `/finesse/api/Dialog/{id}`.
pub fn dialog(id: CallId) -> String {
    format!("/finesse/api/Dialog/{}", id.0)
}

/// `/finesse/api/Team/{id}`.
pub fn team(id: TeamId) -> String {
    format!("/finesse/api/Team/{}", id.0)
}

/// `/finesse/api/Team/{id}/Users`.
pub fn team_users(id: TeamId) -> String {
    format!("/finesse/api/Team/{}/Users", id.0)
}

/// `/finesse/api/Queue/{id}`.
pub fn queue(id: QueueId) -> String {
    format!("/finesse/api/Queue/{}", id.0)
}

/// `/finesse/api/ReasonCode/{id}`: global also inside a user's list, because clients take the first digits of
/// a URI for the id.
pub fn reason_code(id: i32) -> String {
    format!("/finesse/api/ReasonCode/{id}")
}

/// `/finesse/api/WrapUpReason/{id}`: global for the same reason.
pub fn wrap_up_reason(id: i32) -> String {
    format!("/finesse/api/WrapUpReason/{id}")
}

/// `/finesse/api/PhoneBook/{id}`: global for the same reason.
pub fn phone_book(id: i32) -> String {
    format!("/finesse/api/PhoneBook/{id}")
}

/// `/finesse/api/PhoneBook/{id}/Contacts`.
pub fn contacts(book: i32) -> String {
    format!("/finesse/api/PhoneBook/{book}/Contacts")
}

/// `/finesse/api/PhoneBook/{id}/Contact/{id}`.
pub fn contact(book: i32, id: i32) -> String {
    format!("/finesse/api/PhoneBook/{book}/Contact/{id}")
}

/// `/finesse/api/MediaPropertiesLayout/{id}`.
pub fn media_layout(id: i32) -> String {
    format!("/finesse/api/MediaPropertiesLayout/{id}")
}

/// `/finesse/api/Workflow/{id}`.
pub fn workflow(id: i32) -> String {
    format!("/finesse/api/Workflow/{id}")
}

/// `/finesse/api/WorkflowAction/{id}`.
pub fn workflow_action(id: i32) -> String {
    format!("/finesse/api/WorkflowAction/{id}")
}

/// URI of the desktop's layout for everybody.
pub const DEFAULT_DESKTOP_LAYOUT: &str = "/finesse/api/LayoutConfig/default";

/// `/finesse/api/Team/{id}/LayoutConfig`.
pub fn team_layout(id: TeamId) -> String {
    format!("/finesse/api/Team/{}/LayoutConfig", id.0)
}

/// The dialog id of a path, if it can be one.
pub fn call_id(segment: &str) -> Option<CallId> {
    number(segment).map(CallId)
}

/// The queue id of a path, if it can be one.
pub fn queue_id(segment: &str) -> Option<QueueId> {
    number(segment).map(QueueId)
}

/// The team id of a path, if it can be one.
pub fn team_id(segment: &str) -> Option<TeamId> {
    number(segment).map(TeamId)
}

/// The id of a setting in a path, if it can be one.
pub fn setting_id(segment: &str) -> Option<i32> {
    number(segment).and_then(|id| i32::try_from(id).ok())
}

/// The dialog whose uri this is.
pub fn dialog_of(uri: &str) -> Option<CallId> {
    uri.strip_prefix("/finesse/api/Dialog/").and_then(call_id)
}

/// The id of the setting of this kind whose uri this is, with a host before it or without.
pub fn setting_of(kind: &str, uri: &str) -> Option<i32> {
    let (before, id) = uri.rsplit_once('/')?;
    before.ends_with(&format!("/finesse/api/{kind}")).then(|| setting_id(id))?
}

/// The queue whose uri this is.
pub fn queue_of(uri: &str) -> Option<QueueId> {
    uri.strip_prefix("/finesse/api/Queue/").and_then(queue_id)
}

/// The team whose uri this is or leads on from, and what follows.
pub fn team_of(uri: &str) -> Option<(TeamId, &str)> {
    let rest = uri.strip_prefix("/finesse/api/Team/")?;
    let (id, below) = rest.split_once('/').unwrap_or((rest, ""));
    Some((team_id(id)?, below))
}

/// The user whose uri this is or leads on from.
pub fn user_of(uri: &str) -> Option<AgentId> {
    let rest = uri.strip_prefix("/finesse/api/User/")?;
    let id = rest.split('/').next().filter(|id| !id.is_empty())?;
    Some(AgentId::new(id))
}

/// A plain decimal number, so that an object has one name.
fn number(segment: &str) -> Option<u32> {
    let digits =
        segment.bytes().all(|byte| byte.is_ascii_digit()) && (segment == "0" || !segment.starts_with('0'));
    segment.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialog_ids_are_plain_decimal_numbers() {
        assert_eq!(call_id("16804377"), Some(CallId(16_804_377)));
        assert_eq!(call_id("4294967295"), Some(CallId(u32::MAX)));
        for text in ["", "4294967296", "-1", "+1", "01", "0x1", "1 ", "一"] {
            assert_eq!(call_id(text), None, "{text}");
        }
    }

    #[test]
    fn teams_and_users_are_named_by_their_uris_and_what_is_below() {
        assert_eq!(team_of(&team_users(TeamId(5001))), Some((TeamId(5001), "Users")));
        assert_eq!(team_of(&team(TeamId(5001))), Some((TeamId(5001), "")));
        assert_eq!(team_of("/finesse/api/Team/x/Users"), None);
        let ada = AgentId::new("1001");
        assert_eq!(user_of(&user_dialogs(&ada)), Some(ada.clone()));
        assert_eq!(user_of(&user(&ada)), Some(ada));
        assert_eq!(user_of("/finesse/api/User/"), None);
    }

    #[test]
    fn a_setting_is_named_by_its_uri_or_by_the_location_that_it_was_created_at() {
        assert_eq!(setting_of("PhoneBook", &phone_book(4)), Some(4));
        assert_eq!(setting_of("PhoneBook", "https://fin-a:8445/finesse/api/PhoneBook/4"), Some(4));
        for uri in ["/finesse/api/PhoneBook/", "/finesse/api/PhoneBook/x", "/finesse/api/ReasonCode/4", "4"] {
            assert_eq!(setting_of("PhoneBook", uri), None, "{uri}");
        }
        assert_eq!(setting_of("PhoneBook", "/finesse/api/PhoneBook/4/Contact/5"), None);
    }

    #[test]
    fn a_queue_has_one_uri() {
        assert_eq!(queue_of(&queue(QueueId(81))), Some(QueueId(81)));
        for uri in ["/finesse/api/Queue/081", "/finesse/api/Queue/", "/finesse/api/Team/81", "81"] {
            assert_eq!(queue_of(uri), None, "{uri}");
        }
    }
}
