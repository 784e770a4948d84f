//! Everybody asks for everything: each line of the table, on both nodes, by each kind of person. Who is let in follows
//! from the roles of the line; everybody else is refused before anything else is looked at.

use ged188::{AgentState, CallType};
use node::api::{self, ErrorType, HttpRequest, Role, Route};
use node::domain::{AgentId, Person, Secret};
use node::failover::fence::Rank;
use node::ged188;
use node::{HttpId, Input};

use crate::rights::supervisor;
use crate::roles::{secondary, with_member};
use crate::stage::*;

/// Those who ask about agent 1002, who is a member of team 5001 and has call 77.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    Nobody,
    WrongPassword,
    WrongAdministrator,
    Himself,
    OtherAgent,
    HisSupervisor,
    OtherSupervisor,
    Administrator,
}

use Caller::*;

pub(crate) const CALLERS: [Caller; 8] = [
    Nobody,
    WrongPassword,
    WrongAdministrator,
    Himself,
    OtherAgent,
    HisSupervisor,
    OtherSupervisor,
    Administrator,
];

impl Caller {
    /// What he is, in the words of the reference.
    fn roles(self) -> &'static [Role] {
        match self {
            Nobody | WrongPassword | WrongAdministrator => &[Role::Anybody],
            Himself => &[Role::Anybody, Role::Own, Role::Agent, Role::Participant, Role::MemberOfTeam],
            OtherAgent => &[Role::Anybody, Role::Agent],
            HisSupervisor => &[
                Role::Anybody,
                Role::Agent,
                Role::Supervisor,
                Role::SupervisorOfUser,
                Role::SupervisorOfTeam,
            ],
            OtherSupervisor => &[Role::Anybody, Role::Agent, Role::Supervisor],
            Administrator => &[Role::Anybody, Role::Administrator],
        }
    }

    fn person(self) -> Option<Person> {
        match self {
            Nobody | WrongPassword | WrongAdministrator | Administrator => None,
            Himself => Some(Person { id: AgentId::new("1002"), ..person() }),
            OtherAgent => Some(Person { id: AgentId::new("1003"), ..person() }),
            HisSupervisor => Some(supervisor()),
            OtherSupervisor => Some(Person { supervises: Vec::new(), ..supervisor() }),
        }
    }

    fn credentials(self) -> Option<Secret> {
        match self {
            Nobody => None,
            Administrator | WrongAdministrator => Some(Secret::new("Basic YWRtaW46c2VjcmV0")),
            WrongPassword | Himself | OtherAgent | HisSupervisor | OtherSupervisor => {
                Some(Secret::new("Basic MTAwMjpwdw=="))
            }
        }
    }
}

pub(crate) fn at_work(rank: Rank) -> Stage {
    let config = if rank == Rank::Primary { config() } else { secondary() };
    let mut stage = with_member(config, supervisor());
    stage.state_of("1003", AgentState::NOT_READY);
    stage.state_of("1002", AgentState::TALKING);
    stage.call(77, CallType::PREROUTE_ACD_IN, "0311112222", "61002");
    stage
}

/// The path with what exists in place of its variables.
pub(crate) fn path(route: &Route) -> String {
    let words: Vec<_> = route.path.split('/').collect();
    let ids = words.iter().enumerate().map(|(at, word)| {
        match (word.starts_with('{'), words.get(at.wrapping_sub(1))) {
            (false, _) => *word,
            (true, Some(&"User")) => "1002",
            (true, Some(&"Team" | &"TeamResource")) => "5001",
            (true, Some(&"Dialog")) => "77",
            // The first is the default one, which nobody deletes.
            (true, Some(&"MediaPropertiesLayout")) => "2",
            (true, _) => "1",
        }
    });
    ids.collect::<Vec<_>>().join("/")
}

impl Stage {
    /// The status of the answer, or nothing if it is still to come because the request was let in.
    fn asked_by(&mut self, caller: Caller, route: &Route) -> Option<u16> {
        self.asked_for(caller, HttpRequest { method: route.method.into(), ..HttpRequest::page(&path(route)) })
    }

    /// Likewise, for this request of his.
    pub(crate) fn asked_for(&mut self, caller: Caller, request: HttpRequest) -> Option<u16> {
        let answered = self.replies.len();
        let (checks, administrators) = (self.checks.len(), self.asked.administrators.len());
        let request = HttpRequest { authorization: caller.credentials(), ..request };
        self.input(Input::Http { id: HttpId(1), request });
        if self.checks.len() > checks {
            let query = *self.checks.last().unwrap();
            let refused = || Err(node::SignInError::Refused("wrong password"));
            let answer = caller.person().map_or_else(refused, |person| Ok(accepted(person)));
            self.input(Input::Checked { query, answer });
        }
        if self.asked.administrators.len() > administrators {
            let check = *self.asked.administrators.last().unwrap();
            self.input(Input::AdministratorChecked { check, right: caller == Administrator });
        }
        self.replies.get(answered).map(|(_, status)| *status)
    }
}

/// What the table says must come of it.
fn is_let_in(caller: Caller, route: &Route) -> bool {
    // A supervisor of whatever team asks in his own name.
    let names_another = route.path.starts_with("/finesse/api/User/");
    let counts = |role: &&Role| **role != Role::Supervisor || !names_another;
    route.roles.iter().filter(counts).any(|role| caller.roles().contains(role))
}

/// An id and a login name are two lines of the table; the first is the one that is reached.
pub(crate) fn lines() -> impl Iterator<Item = &'static Route> {
    api::routes().filter(|route| {
        let request = HttpRequest { method: route.method.into(), ..HttpRequest::page(&path(route)) };
        api::route(&request).is_ok_and(|matched| matched.route.path == route.path)
    })
}

pub(crate) fn is_setting(route: &Route) -> bool {
    route.errors.contains(&ErrorType::Forbidden)
}

#[test]
fn everybody_asks_for_everything() {
    for rank in [Rank::Primary, Rank::Secondary] {
        for route in lines() {
            for caller in CALLERS {
                let mut stage = at_work(rank);
                let status = stage.asked_by(caller, route);
                let what = format!("{rank:?}: {caller:?} {} {}: {}", route.method, route.path, stage.reply);
                match (is_let_in(caller, route), is_setting(route) && rank == Rank::Secondary) {
                    (false, _) => assert_eq!(status, Some(401), "{what}"),
                    (true, true) => assert_eq!(status, Some(403), "{what}"),
                    (true, false) => assert!(!matches!(status, Some(401 | 403 | 500..)), "{status:?} {what}"),
                }
            }
        }
    }
}

/// What is refused is refused in the words of the line.
#[test]
fn every_refusal_is_one_that_the_table_names() {
    for route in lines() {
        for caller in CALLERS {
            let mut stage = at_work(Rank::Primary);
            if stage.asked_by(caller, route).is_none_or(|status| status < 400) {
                continue;
            }
            let kinds = route.errors.iter().chain(route.also).map(|kind| kind.as_str());
            let named =
                kinds.chain(["Authorization Failure", "Bad Request"]).any(|kind| kind == stage.error());
            assert!(named, "{caller:?} {} {}: {}", route.method, route.path, stage.reply);
        }
    }
}
