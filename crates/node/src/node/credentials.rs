//! Credentials: who asks for a check, which AWDB is asked, and what is known of everybody.

use api::{PASSWORD_BYTES_MAX, USER_BYTES_MAX};
use domain::{Now, Person, Secret};
use failover::awdb::{AskId, Denial, Output as Asks, QueryId};

use super::{Node, Sabotage};
use crate::io::{Accepted, Output, People, SignInError, Story};

/// A check on its way.
pub(super) struct Pending {
    user: String,
    password: Secret,
    whose: Whose,
}

/// Who waits for the outcome.
pub(super) enum Whose {
    Rest { http: crate::io::HttpId, waiting: Box<crate::rest::Waiting> },
    Xmpp(u64),
}

impl Node {
    /// The outcome comes in [`Node::drain_awdb`].
    pub(super) fn check(&mut self, whose: Whose, user: String, password: Secret, now: Now) {
        self.next_check += 1;
        let ask = AskId(self.next_check);
        if user.len() > USER_BYTES_MAX || password.expose().len() > PASSWORD_BYTES_MAX {
            self.checks.insert(ask, Pending { user, password, whose });
            return self.checked(ask, Err(Denial::Refused("longer than any that is stored")), now);
        }
        let given = if self.is_broken(Sabotage::AnyPassword) { "" } else { password.expose() };
        self.awdb.ask(ask, &user, given, now.mono);
        self.checks.insert(ask, Pending { user, password, whose });
    }

    /// An AWDB has answered.
    pub(super) fn answered(
        &mut self,
        query: QueryId,
        mut answer: Result<Accepted<Person>, SignInError>,
        now: Now,
    ) {
        if self.is_broken(Sabotage::OutageIsNo) && matches!(answer, Err(SignInError::Unreachable(_))) {
            answer = Err(SignInError::Refused("it does not answer"));
        }
        self.awdb.answered(query, answer, now.mono);
    }

    pub(super) fn drain_awdb(&mut self, now: Now) -> bool {
        let mut busy = false;
        while let Some(output) = self.awdb.poll_output() {
            busy = true;
            self.awdb_says(output, now);
        }
        busy
    }

    fn awdb_says(&mut self, output: Asks<Person>, now: Now) {
        match output {
            Asks::Query { query, ask, host } => {
                // The machine asks for nobody who is not waiting.
                let Some(Pending { user, password, .. }) = self.checks.get(&ask) else { return };
                let (user, password) = (user.clone(), password.clone());
                self.out.push_back(Output::Check { query, host, user, password });
            }
            Asks::Probe { query, host } => self.out.push_back(Output::Probe { query, host }),
            Asks::Read { host } => self.out.push_back(Output::ReadPeople { host }),
            Asks::Verdict { ask, verdict } => self.checked(ask, verdict, now),
            Asks::Transition(transition) => {
                let story = Story::new(now.wall, transition.what(), transition.to_string());
                self.out.push_back(Output::Story(story));
            }
        }
    }

    fn checked(&mut self, ask: AskId, verdict: Result<Person, Denial>, now: Now) {
        let Some(pending) = self.checks.remove(&ask) else { return };
        if let Ok(person) = &verdict {
            self.known(person.clone(), now);
        }
        match pending.whose {
            Whose::Rest { http, waiting } => self.rest_checked(http, *waiting, verdict, now),
            Whose::Xmpp(check) => self.xmpp.authenticated(check, auth_outcome(verdict), now.mono),
        }
    }

    fn known(&mut self, person: Person, now: Now) {
        let id = person.id.clone();
        if self.domain.known(person, now) {
            self.review_rights_of(&id);
        }
    }

    /// A background read: rights and names are what they are now, and who may no longer sign in is known no longer than
    /// his time lasts.
    pub(super) fn people(&mut self, people: People) {
        if self.is_broken(Sabotage::DeafToPeople) {
            return;
        }
        for seen in &people.agents {
            if let failover::awdb::Seen::As(accepted) = seen
                && self.domain.read_about(accepted.person.clone())
            {
                self.review_rights_of(&accepted.person.id);
            }
        }
        self.domain.name_queues(people.skill_groups);
        self.awdb.seen(people.agents);
    }

    /// An administrator empties the memory, for one person or for all.
    pub(super) fn forget_credentials(&mut self, who: Option<&str>, by: &str, now: Now) {
        self.awdb.forget(who);
        let whom = who.unwrap_or("everybody");
        self.story(now, "awdb.forgotten", format!("credentials of {whom} forgotten, ordered by {by}"));
    }
}

fn auth_outcome(verdict: Result<Person, Denial>) -> xmpp::AuthOutcome {
    match verdict {
        Ok(person) => xmpp::AuthOutcome::Accepted { user: person.id.to_string() },
        Err(Denial::Refused(_) | Denial::Locked) => xmpp::AuthOutcome::Refused,
        Err(Denial::NotChecked { .. } | Denial::Unusable(_)) => xmpp::AuthOutcome::Unavailable,
    }
}
