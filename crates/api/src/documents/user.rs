//! User, whole and in the summary form of teams (rest-api.md sections 5.1 and 8.1).

use domain::{ReasonView, TeamView, UserView};
use xml::Writer;

use super::{reason, rendered, time};
use crate::links;

/// The document that GET answers.
pub fn user(view: &UserView) -> String {
    user_as("User", view)
}

/// The member of a Team.
pub fn user_summary(view: &UserView) -> String {
    user_summary_as("User", view)
}

/// Everybody, whole.
pub fn users(views: impl Iterator<Item = UserView>) -> String {
    rendered(|w| {
        w.open("Users");
        views.for_each(|view| write_user(w, "User", &view));
    })
}

pub(crate) fn user_as(root: &str, view: &UserView) -> String {
    rendered(|w| write_user(w, root, view))
}

fn write_user(w: &mut Writer, root: &str, view: &UserView) {
    w.open(root);
    names(w, view);
    w.leaf("loginId", &view.id).leaf("loginName", &view.login_name).leaf("mediaType", 1);
    mobile_agent(w, view);
    w.leaf("pendingState", pending(view));
    reason_code(w, &view.reason);
    reason_code_id(w, &view.reason);
    roles(w, view);
    settings(w, view);
    state(w, view);
    w.leaf("teamId", view.team.as_ref().map(|team| team.id.0.to_string()).unwrap_or_default());
    w.leaf("teamName", view.team.as_ref().map_or("", |team| &team.name));
    if view.supervisor {
        teams(w, &view.teams);
    }
    w.leaf("uri", links::user(&view.id)).close();
}

pub(crate) fn user_summary_as(root: &str, view: &UserView) -> String {
    rendered(|w| write_summary(w, root, view))
}

pub(super) fn write_summary(w: &mut Writer, root: &str, view: &UserView) {
    w.open(root);
    names(w, view);
    w.leaf("loginId", &view.id).leaf("pendingState", pending(view));
    reason_code(w, &view.reason);
    state(w, view);
    w.leaf("uri", links::user(&view.id)).close();
}

fn names(w: &mut Writer, view: &UserView) {
    w.leaf("dialogs", links::user_dialogs(&view.id)).leaf("extension", &view.extension);
    w.leaf("firstName", &view.first_name).leaf("lastName", &view.last_name);
}

fn mobile_agent(w: &mut Writer, view: &UserView) {
    if let Some(mobile) = &view.mobile {
        w.open("mobileAgent").leaf("dialNumber", &mobile.dial_number);
        w.leaf("mode", mobile.mode.as_str()).close();
    }
}

fn pending(view: &UserView) -> &'static str {
    view.pending.map_or("", |state| state.as_str())
}

fn reason_code(w: &mut Writer, view: &ReasonView) {
    match view {
        ReasonView::Absent | ReasonView::None => {}
        ReasonView::Code(code) => reason::of_user(w, code),
    }
}

/// Left out with the states that have no reason (captured; rest-api.md section 5.1).
fn reason_code_id(w: &mut Writer, view: &ReasonView) {
    let id = match view {
        ReasonView::Absent => return,
        ReasonView::None => -1,
        ReasonView::Code(code) => code.id,
    };
    w.leaf("reasonCodeId", id);
}

fn roles(w: &mut Writer, view: &UserView) {
    w.open("roles").leaf("role", "Agent");
    if view.supervisor {
        w.leaf("role", "Supervisor");
    }
    w.close();
}

fn settings(w: &mut Writer, view: &UserView) {
    w.open("settings").leaf("wrapUpOnIncoming", view.wrap_up_incoming.as_str());
    w.leaf("wrapUpOnOutgoing", view.wrap_up_outgoing.as_str()).close();
}

fn state(w: &mut Writer, view: &UserView) {
    w.leaf("state", view.state.as_str()).leaf("stateChangeTime", time::utc_or_empty(view.since));
}

/// `<teams></teams>` for a supervisor without a team (mapping.md section 5).
fn teams(w: &mut Writer, teams: &[TeamView]) {
    w.open("teams").text("");
    for team in teams {
        w.open("Team").leaf("id", team.id.0).leaf("name", &team.name);
        w.leaf("uri", links::team(team.id)).close();
    }
    w.close();
}

#[cfg(test)]
mod tests {
    use domain::{AgentId, MobileAgent, MobileMode, TeamId, UserState};

    use super::*;
    use crate::testing::ada_at_lunch;

    #[test]
    fn a_list_of_users_shows_each_whole() {
        let ada = user(&ada_at_lunch());
        assert_eq!(users(std::iter::once(ada_at_lunch())), format!("<Users>{ada}</Users>"));
        assert_eq!(users(std::iter::empty()), "<Users/>");
    }

    #[test]
    fn rest_5_1_a_mobile_agent_in_the_whole_form_only() {
        let mobile = MobileAgent { mode: MobileMode::CallByCall, dial_number: "14085550100".to_owned() };
        let view = UserView { mobile: Some(mobile), ..ada_at_lunch() };
        let element = "<mediaType>1</mediaType><mobileAgent><dialNumber>14085550100</dialNumber>\
            <mode>CALL_BY_CALL</mode></mobileAgent><pendingState>";
        assert!(user(&view).contains(element));
        assert!(
            !user(&ada_at_lunch()).contains("mobileAgent") && !user_summary(&view).contains("mobileAgent")
        );
    }

    /// The example of rest-api.md section 5.1, with `wrapUpOnOutgoing` as in notifications.md section 7.2.
    #[test]
    fn an_agent_at_lunch() {
        assert_eq!(
            user(&ada_at_lunch()),
            "<User><dialogs>/finesse/api/User/1001/Dialogs</dialogs><extension>2001</extension>\
             <firstName>Ada</firstName><lastName>Byron</lastName><loginId>1001</loginId>\
             <loginName>abyron</loginName><mediaType>1</mediaType><pendingState></pendingState>\
             <reasonCode><category>NOT_READY</category><code>27</code><forAll>false</forAll><id>49</id>\
             <label>Lunch</label><uri>/finesse/api/ReasonCode/49</uri></reasonCode>\
             <reasonCodeId>49</reasonCodeId><roles><role>Agent</role></roles>\
             <settings><wrapUpOnIncoming>OPTIONAL</wrapUpOnIncoming>\
             <wrapUpOnOutgoing>NOT_ALLOWED</wrapUpOnOutgoing></settings><state>NOT_READY</state>\
             <stateChangeTime>2016-03-01T12:00:05.120Z</stateChangeTime><teamId>500</teamId>\
             <teamName>Sales</teamName><uri>/finesse/api/User/1001</uri></User>"
        );
    }

    #[test]
    fn a_supervisor_signed_out_and_never_seen() {
        let view = UserView {
            supervisor: true,
            team: None,
            teams: vec![TeamView { id: TeamId(500), name: "R&D".to_owned() }],
            extension: String::new(),
            state: UserState::Logout,
            since: None,
            reason: ReasonView::None,
            ..ada_at_lunch()
        };
        assert_eq!(
            user(&view),
            "<User><dialogs>/finesse/api/User/1001/Dialogs</dialogs><extension></extension>\
             <firstName>Ada</firstName><lastName>Byron</lastName><loginId>1001</loginId>\
             <loginName>abyron</loginName><mediaType>1</mediaType><pendingState></pendingState>\
             <reasonCodeId>-1</reasonCodeId><roles><role>Agent</role><role>Supervisor</role></roles>\
             <settings><wrapUpOnIncoming>OPTIONAL</wrapUpOnIncoming>\
             <wrapUpOnOutgoing>NOT_ALLOWED</wrapUpOnOutgoing></settings><state>LOGOUT</state>\
             <stateChangeTime></stateChangeTime><teamId></teamId><teamName></teamName>\
             <teams><Team><id>500</id><name>R&amp;D</name><uri>/finesse/api/Team/500</uri></Team></teams>\
             <uri>/finesse/api/User/1001</uri></User>"
        );
        assert!(user(&UserView { teams: Vec::new(), ..view }).contains("<teams></teams>"));
    }

    #[test]
    fn a_ready_agent_has_no_reason_at_all() {
        let xml = user(&UserView { state: UserState::Ready, reason: ReasonView::Absent, ..ada_at_lunch() });
        assert!(xml.contains("<pendingState></pendingState><roles>"));
    }

    #[test]
    fn a_system_code_says_so() {
        let mut view = ada_at_lunch();
        if let ReasonView::Code(code) = &mut view.reason {
            (code.id, code.system) = (-1, true);
        }
        let xml = user(&view);
        assert!(
            xml.contains("<systemCode>true</systemCode><uri>/finesse/api/ReasonCode/-1</uri></reasonCode>")
        );
        assert!(xml.contains("<reasonCodeId>-1</reasonCodeId>"));
    }

    #[test]
    fn the_summary_of_a_team_member() {
        let view = UserView { id: AgentId::new("1042"), reason: ReasonView::None, ..ada_at_lunch() };
        assert_eq!(
            user_summary(&view),
            "<User><dialogs>/finesse/api/User/1042/Dialogs</dialogs><extension>2001</extension>\
             <firstName>Ada</firstName><lastName>Byron</lastName><loginId>1042</loginId>\
             <pendingState></pendingState><state>NOT_READY</state>\
             <stateChangeTime>2016-03-01T12:00:05.120Z</stateChangeTime>\
             <uri>/finesse/api/User/1042</uri></User>"
        );
    }
}
