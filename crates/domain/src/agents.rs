//! One agent: what the AWDB, the CTI configuration and the CTI events have told of him.

use std::collections::BTreeSet;

use crate::command::Person;
use crate::ids::{AgentId, CallId, TeamId, WallMs};
use crate::resources::Resources;
use crate::teams::Teams;
use crate::view::{
    MobileAgent, PendingState, ReasonCategory, ReasonView, TeamView, UserState, UserView, WrapUpMode,
};

/// What CONFIG_AGENT_EVENT tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Configured {
    pub(crate) login_name: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) supervisor: bool,
    /// SkillGroupNumbers of the queues he serves.
    pub(crate) skill_groups: BTreeSet<u32>,
}

/// What AGENT_STATE_EVENT tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) state: UserState,
    pub(crate) extension: String,
    /// The device as CTI names it in snapshots and requests; the extension where it names none.
    pub(crate) instrument: String,
    pub(crate) since: Option<WallMs>,
    pub(crate) pending: Option<PendingState>,
    /// EventReasonCode with NOT_READY and LOGOUT: 0 is "none", `None` is "not known".
    pub(crate) reason: Option<u16>,
    /// The state to which a call that ends without wrap-up returns.
    pub(crate) before_call: Option<UserState>,
}

impl Default for Status {
    fn default() -> Self {
        Self {
            state: UserState::Unknown,
            extension: String::new(),
            instrument: String::new(),
            since: None,
            pending: None,
            reason: None,
            before_call: None,
        }
    }
}

/// Desk settings that a user shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DeskSettings {
    pub(crate) incoming: WrapUpMode,
    pub(crate) outgoing: WrapUpMode,
}

impl Default for DeskSettings {
    /// Unknown is OPTIONAL (mapping.md section 5).
    fn default() -> Self {
        Self { incoming: WrapUpMode::Optional, outgoing: WrapUpMode::Optional }
    }
}

/// One agent.
pub(crate) struct Agent {
    pub(crate) id: AgentId,
    pub(crate) person: Option<Person>,
    pub(crate) configured: Configured,
    pub(crate) status: Status,
    pub(crate) desk: DeskSettings,
    /// How he signed in through this node, if as a mobile agent: CTI does not tell (mapping.md section 5).
    pub(crate) mobile: Option<MobileAgent>,
    /// The desk settings were asked for since the last sign-in.
    pub(crate) desk_asked: bool,
    /// His state was asked for, and the answer is under way.
    pub(crate) state_asked: bool,
    /// The dialogs of his collection.
    pub(crate) calls: BTreeSet<CallId>,
}

impl Agent {
    pub(crate) fn new(id: AgentId) -> Self {
        Self {
            id,
            person: None,
            configured: Configured::default(),
            status: Status::default(),
            desk: DeskSettings::default(),
            mobile: None,
            desk_asked: false,
            state_asked: false,
            calls: BTreeSet::new(),
        }
    }

    /// The name by which he is found, in lower case: the AWDB's wins (mapping.md section 5).
    pub(crate) fn login(&self) -> String {
        let by_awdb = self.person.as_ref().map(|person| &person.login_name);
        by_awdb.unwrap_or(&self.configured.login_name).to_lowercase()
    }

    /// The public form (mapping.md section 5: which source wins).
    pub(crate) fn view(&self, teams: &Teams, resources: &Resources) -> UserView {
        let person = self.person.as_ref();
        let team = self.team(teams);
        UserView {
            id: self.id.clone(),
            login_name: first_told(person.map(|p| &*p.login_name), &self.configured.login_name),
            first_name: first_told(Some(&self.configured.first_name), person.map_or("", |p| &p.first_name)),
            last_name: first_told(Some(&self.configured.last_name), person.map_or("", |p| &p.last_name)),
            supervisor: self.is_supervisor(teams),
            teams: self.supervised(teams),
            extension: self.status.extension.clone(),
            mobile: self.mobile.clone(),
            state: self.status.state,
            since: self.status.since,
            pending: self.status.pending,
            reason: self.reason(resources, team.as_ref().map(|team| team.id)),
            wrap_up_incoming: self.desk.incoming,
            wrap_up_outgoing: self.desk.outgoing,
            team,
        }
    }

    /// The team he belongs to: as CTI lists him without a supervisor flag, else as the AWDB says.
    pub(crate) fn team(&self, teams: &Teams) -> Option<TeamView> {
        let awdb = self.person.as_ref().and_then(|person| person.team.as_ref());
        let mut team = teams.member_of(&self.id).or_else(|| awdb.map(|(id, name)| named(*id, name)))?;
        if team.name.is_empty() {
            team.name =
                awdb.filter(|(id, _)| *id == team.id).map(|(_, name)| name.clone()).unwrap_or_default();
        }
        Some(team)
    }

    /// [`Agent::team`] by its id.
    pub(crate) fn team_id(&self, teams: &Teams) -> Option<TeamId> {
        let by_awdb = || self.person.as_ref()?.team.as_ref().map(|(id, _)| *id);
        teams.home_of(&self.id).or_else(by_awdb)
    }

    /// Supervised teams, sorted by id: the AWDB decides, CTI fills in for a person whom it has not told of.
    pub(crate) fn supervised(&self, teams: &Teams) -> Vec<TeamView> {
        let mut supervised = match &self.person {
            Some(person) => person.supervises.iter().map(|(id, name)| named(*id, name)).collect(),
            None => teams.supervised_by(&self.id),
        };
        supervised.sort();
        supervised
    }

    pub(crate) fn is_supervisor(&self, teams: &Teams) -> bool {
        match &self.person {
            Some(person) => person.supervisor,
            None => self.configured.supervisor || !teams.supervised_by(&self.id).is_empty(),
        }
    }

    fn reason(&self, resources: &Resources, team: Option<TeamId>) -> ReasonView {
        match reason_category(self.status.state) {
            Some(category) => resources.show(category, self.status.reason.unwrap_or(0), team),
            None => ReasonView::Absent,
        }
    }
}

/// NOT_READY and LOGOUT have reasons; no other state has one.
pub(crate) fn reason_category(state: UserState) -> Option<ReasonCategory> {
    match state {
        UserState::NotReady => Some(ReasonCategory::NotReady),
        UserState::Logout => Some(ReasonCategory::Logout),
        UserState::Ready
        | UserState::Reserved
        | UserState::ReservedOutbound
        | UserState::ReservedOutboundPreview
        | UserState::Talking
        | UserState::Hold
        | UserState::Work
        | UserState::WorkReady
        | UserState::Unknown => None,
    }
}

fn first_told(first: Option<&str>, second: &str) -> String {
    first.filter(|text| !text.is_empty()).unwrap_or(second).to_owned()
}

fn named(id: TeamId, name: &str) -> TeamView {
    TeamView { id, name: name.to_owned() }
}
