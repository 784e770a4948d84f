//! Who may ask what: the roles of the matched line of the table, one function for each. No role, no handler.
//!
//! What of a body only some of these may ask (a supervisor's actions), its handler looks at.

use api::{Acting, ApiFailure, ErrorType, Matched, Operation, Reading, Role, Subject, links};
use domain::{AgentId, DialogView, Domain, Person, TeamId};

/// Somebody whose password was right.
#[derive(Clone, Copy)]
pub(crate) enum Who<'a> {
    Person(&'a Person),
    /// The name as typed. He has no agent, so nothing is his own.
    Administrator(&'a str),
}

impl<'a> Who<'a> {
    pub(crate) fn person(self) -> Option<&'a Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Administrator(_) => None,
        }
    }

    fn is_supervisor(self) -> bool {
        self.person().is_some_and(|person| person.supervisor)
    }

    /// By id, or by the login name in any case.
    pub(super) fn is_named(self, name: &str) -> bool {
        let is =
            |person: &Person| !name.is_empty() && name.to_lowercase() == person.login_name.to_lowercase();
        self.person().is_some_and(|person| person.id.as_str() == name || is(person))
    }
}

/// # Errors
/// What is answered to somebody who has none of the roles.
pub(super) fn authorize(domain: &Domain, who: Who<'_>, matched: &Matched) -> Result<(), ApiFailure> {
    let asked = Asked { domain, who, matched };
    let has_one = matched.route.roles.iter().any(|role| asked.has(*role));
    has_one.then_some(()).ok_or_else(|| asked.refusal())
}

struct Asked<'a> {
    domain: &'a Domain,
    who: Who<'a>,
    matched: &'a Matched,
}

impl Asked<'_> {
    fn has(&self, role: Role) -> bool {
        match role {
            Role::Anybody => true,
            Role::Own => self.is_own(),
            Role::Agent => self.who.person().is_some(),
            Role::Supervisor => self.who.is_supervisor() && self.names_nobody_else(),
            Role::SupervisorOfUser => self.supervises_the_user(),
            Role::SupervisorOfTeam => self.supervises_the_team(),
            Role::MemberOfTeam => self.is_member_of_the_team(),
            Role::Participant => self.takes_part(),
            Role::Administrator => matches!(self.who, Who::Administrator(_)),
        }
    }

    /// By his login name he may only read himself (rest-api.md section 2).
    fn is_own(&self) -> bool {
        let (Subject::User(user), Some(person)) = (&self.matched.subject, self.who.person()) else {
            return false;
        };
        let by_name = matches!(self.matched.operation, Operation::Read(Reading::User { .. }))
            && self.who.is_named(user);
        by_name || person.id.as_str() == user
    }

    /// A supervisor of whatever team acts for himself.
    fn names_nobody_else(&self) -> bool {
        !matches!(self.matched.subject, Subject::User(_)) || self.is_own()
    }

    fn supervises_the_user(&self) -> bool {
        let Some(person) = self.who.person() else { return false };
        match &self.matched.subject {
            Subject::User(user) => self.domain.supervises(&person.id, &AgentId::new(user)),
            Subject::Dialog(id) => {
                self.dialog(id).is_some_and(|dialog| self.supervises_one_in(person, &dialog))
            }
            Subject::Team(_) | Subject::Other => false,
        }
    }

    fn supervises_one_in(&self, person: &Person, dialog: &DialogView) -> bool {
        let mut agents = dialog.legs.iter().filter_map(|leg| leg.agent.as_ref());
        agents.any(|agent| {
            self.domain.supervises(&person.id, agent) && self.domain.has_dialog(agent, dialog.id)
        })
    }

    fn supervises_the_team(&self) -> bool {
        let supervises = |person: &Person, team| self.domain.supervises_team(&person.id, team);
        self.who.person().zip(self.team()).is_some_and(|(person, team)| supervises(person, team))
    }

    fn is_member_of_the_team(&self) -> bool {
        let is_member = |person: &Person, team| self.domain.team_of(&person.id) == Some(team);
        self.who.person().zip(self.team()).is_some_and(|(person, team)| is_member(person, team))
    }

    /// Who has left a call that goes on has no part in it any more.
    fn takes_part(&self) -> bool {
        let Subject::Dialog(id) = &self.matched.subject else { return false };
        let person = self.who.person();
        person.zip(links::call_id(id)).is_some_and(|(person, call)| self.domain.has_dialog(&person.id, call))
    }

    fn team(&self) -> Option<TeamId> {
        let Subject::Team(id) = &self.matched.subject else { return None };
        links::team_id(id)
    }

    fn dialog(&self, id: &str) -> Option<DialogView> {
        self.domain.dialog(links::call_id(id)?)
    }

    /// The words of rest-api.md section 2. Who may look at nobody learns of nobody.
    fn refusal(&self) -> ApiFailure {
        match &self.matched.subject {
            _ if self.matched.route.is_for_administrators_only() => self.no_administrator(),
            Subject::User(user) => self.not_his(user),
            Subject::Dialog(id) => self.not_in(id),
            Subject::Team(id) if self.matched.route.roles == [Role::MemberOfTeam] => self.not_in_team(id),
            Subject::Team(id) => self.not_his_team(id),
            Subject::Other => self.no_administrator(),
        }
    }

    fn no_administrator(&self) -> ApiFailure {
        let name = match self.who {
            Who::Person(person) => person.id.as_str(),
            Who::Administrator(name) => name,
        };
        let listing = self.matched.route.errors.contains(&ErrorType::Unauthorized);
        if listing { ApiFailure::not_authorized(name) } else { ApiFailure::unauthorized(name) }
    }

    fn not_his(&self, user: &str) -> ApiFailure {
        let supervisor =
            self.who.is_supervisor() && self.matched.route.roles.contains(&Role::SupervisorOfUser);
        match supervisor {
            true if !self.domain.is_known(&AgentId::new(user)) => ApiFailure::user_not_found(user),
            true if matches!(self.matched.operation, Operation::Act(Acting::PutUser { .. })) => {
                ApiFailure::invalid_supervisor(user)
            }
            true | false => ApiFailure::wrong_user(user),
        }
    }

    fn not_in(&self, id: &str) -> ApiFailure {
        match self.who {
            Who::Administrator(name) => ApiFailure::wrong_user(name),
            Who::Person(_) if self.dialog(id).is_none() => self.no_such_dialog(id),
            Who::Person(person) => ApiFailure::wrong_user(person.id.as_str()),
        }
    }

    fn no_such_dialog(&self, id: &str) -> ApiFailure {
        match self.matched.route.method {
            "GET" => ApiFailure::no_such_dialog(id),
            _ => ApiFailure::dialog_not_found(id),
        }
    }

    /// Members are told what a stranger is not: whether there is such a team is no secret here (rest-api.md section 8.3).
    fn not_in_team(&self, id: &str) -> ApiFailure {
        let exists = self.team().is_some_and(|team| self.domain.has_team(team));
        if exists { ApiFailure::not_in_team(id) } else { ApiFailure::team_not_found(id) }
    }

    fn not_his_team(&self, id: &str) -> ApiFailure {
        let exists = self.team().is_some_and(|team| self.domain.has_team(team));
        let hidden = exists || !self.who.is_supervisor();
        if hidden { ApiFailure::wrong_user(id) } else { ApiFailure::not_found(id) }
    }
}
