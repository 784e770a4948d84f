//! What the tests of this crate share.

use domain::{
    Action, AgentId, CallId, DialogView, LegState, LegView, QueueId, QueueStatistics, QueueView,
    ReasonCategory, ReasonCode, ReasonView, TeamId, TeamView, UserState, UserView, WallMs, WrapUpMode,
};

use crate::HttpRequest;

/// 2016-03-01T12:00:05.120Z.
const NOON: WallMs = WallMs(1_456_833_605_120);

/// A request without headers, query and body.
pub(crate) fn request(method: &str, path: &str) -> HttpRequest {
    HttpRequest { method: method.to_owned(), ..HttpRequest::page(path) }
}

/// A PUT with an XML body.
pub(crate) fn put(body: &str) -> HttpRequest {
    HttpRequest {
        content_type: Some("application/xml".to_owned()),
        body: body.as_bytes().to_vec(),
        ..request("PUT", "/finesse/api/User/1001")
    }
}

/// The agent of rest-api.md section 5.1.
pub(crate) fn ada_at_lunch() -> UserView {
    UserView {
        id: AgentId::new("1001"),
        login_name: "abyron".to_owned(),
        first_name: "Ada".to_owned(),
        last_name: "Byron".to_owned(),
        supervisor: false,
        team: Some(TeamView { id: TeamId(500), name: "Sales".to_owned() }),
        teams: Vec::new(),
        extension: "2001".to_owned(),
        mobile: None,
        state: UserState::NotReady,
        since: Some(NOON),
        pending: None,
        reason: ReasonView::Code(lunch()),
        wrap_up_incoming: WrapUpMode::Optional,
        wrap_up_outgoing: WrapUpMode::NotAllowed,
    }
}

fn lunch() -> ReasonCode {
    ReasonCode {
        id: 49,
        category: ReasonCategory::NotReady,
        code: 27,
        label: "Lunch".to_owned(),
        for_all: false,
        system: false,
    }
}

/// The queue of rest-api.md section 7.
pub(crate) fn sales_queue() -> QueueView {
    let statistics = QueueStatistics {
        agents_logged_on: Some(3),
        agents_not_ready: Some(1),
        agents_ready: Some(1),
        agents_busy_other: Some(0),
        agents_talking_inbound: Some(1),
        agents_talking_outbound: Some(0),
        agents_talking_internal: Some(0),
        agents_wrap_up_not_ready: Some(0),
        agents_wrap_up_ready: Some(0),
        calls_in_queue: Some(2),
        longest_since: Some(WallMs(NOON.0 - 25_000)),
    };
    QueueView { id: QueueId(10), name: "Sales".to_owned(), statistics }
}

/// The call of rest-api.md section 6.1.
pub(crate) fn ringing_call() -> DialogView {
    let variable =
        |number| (format!("callVariable{number}"), if number == 1 { "gold" } else { "" }.to_owned());
    DialogView {
        id: CallId(16_804_377),
        from: "4155550100".to_owned(),
        to: "8000".to_owned(),
        associated: None,
        secondary: None,
        dnis: "2001".to_owned(),
        call_type: "ACD_IN",
        dialed_number: "8000".to_owned(),
        variables: (1..=10).map(variable).collect(),
        wrap_up_reason: None,
        callback: None,
        legs: vec![
            leg("2001", Some("1001"), LegState::Alerting, &[Action::Answer]),
            leg("4155550100", None, LegState::Initiated, &[Action::UpdateCallData, Action::Drop]),
        ],
        state: LegState::Alerting,
        rebuilding: false,
    }
}

fn leg(address: &str, agent: Option<&str>, state: LegState, actions: &[Action]) -> LegView {
    LegView {
        address: address.to_owned(),
        agent_device: agent.is_some(),
        agent: agent.map(AgentId::new),
        state,
        cause: "",
        started: Some(NOON),
        since: Some(NOON),
        actions: actions.to_vec(),
    }
}
