//! Which XMPP sessions are desktops, and what their ends mean.
//!
//! A session is a desktop from its first available presence on (notifications.md section 4.3 step 7, section 8); the
//! agent's last one counts, whatever its resource is called. Ends that are no goodbye differ: where the transport has
//! waited for a sign of life itself (BOSH inactivity, unanswered pings), or for somebody to read, the detection of DESK-4a
//! is over; a connection that broke says only that, and the desktop is silent from then on.

use std::collections::{BTreeMap, BTreeSet};

use failover::presence::{Agent, Input, SessionId};
use xmpp::EndCause;

/// The sessions of one node.
#[derive(Default)]
pub(crate) struct Sessions {
    /// The newest session of each resource.
    routes: BTreeMap<(Agent, String), SessionId>,
    available: BTreeMap<Agent, BTreeSet<SessionId>>,
    /// Over for good, but silent and not gone to presence. Only of agents of whom no session is available.
    broken: BTreeMap<Agent, BTreeSet<SessionId>>,
    /// Said to be unavailable; the end of the session, if it comes with that, tells why.
    leaving: Option<(Agent, SessionId)>,
}

impl Sessions {
    pub(crate) fn bound(&mut self, user: &str, resource: String, session: u64) -> Vec<Input> {
        let inputs = self.left();
        self.routes.insert((Agent::from(user), resource), SessionId(session));
        inputs
    }

    pub(crate) fn presence(&mut self, user: &str, session: u64, available: bool) -> Vec<Input> {
        let (agent, session) = (Agent::from(user), SessionId(session));
        let mut inputs = self.left();
        if available {
            inputs.extend(self.came(agent, session));
        } else {
            self.leaving = Some((agent, session));
        }
        inputs
    }

    pub(crate) fn ended(
        &mut self,
        user: &str,
        resource: String,
        session: u64,
        cause: EndCause,
    ) -> Vec<Input> {
        let (agent, session) = (Agent::from(user), SessionId(session));
        let left = self.leaving.take_if(|leaving| *leaving == (agent.clone(), session));
        let mut inputs = self.left();
        let route = (agent.clone(), resource);
        inputs.extend(match cause {
            EndCause::Conflict => self.taken_over(&agent, session, self.routes.get(&route).copied()),
            EndCause::Disconnected if left.is_some() => self.broke(agent, session),
            EndCause::Inactive | EndCause::Silent | EndCause::Overflow => self.expired(agent, session),
            EndCause::Disconnected
            | EndCause::Closed
            | EndCause::Late
            | EndCause::Bosh(_)
            | EndCause::Stream(_)
            | EndCause::Removed
            | EndCause::Refused
            | EndCause::Shutdown => self.gone(agent, session),
            // Presence is told of the stop as a whole.
            EndCause::Stopped => Vec::new(),
        });
        if self.routes.get(&route) == Some(&session) {
            self.routes.remove(&route);
        }
        inputs
    }

    /// The one who said to be unavailable did not end his session with it: a goodbye. To be called when there is
    /// nothing more to hear.
    pub(crate) fn left(&mut self) -> Vec<Input> {
        self.leaving.take().map(|(agent, session)| self.gone(agent, session)).unwrap_or_default()
    }

    fn came(&mut self, agent: Agent, session: SessionId) -> Vec<Input> {
        self.available.entry(agent.clone()).or_default().insert(session);
        let broken = self.broken.remove(&agent).unwrap_or_default();
        let replaced = broken.into_iter().map(|broken| Input::Unavailable(agent.clone(), broken));
        std::iter::once(Input::Available(agent.clone(), session)).chain(replaced).collect()
    }

    fn gone(&mut self, agent: Agent, session: SessionId) -> Vec<Input> {
        if self.forget(&agent, session) { vec![Input::Unavailable(agent, session)] } else { Vec::new() }
    }

    fn expired(&mut self, agent: Agent, session: SessionId) -> Vec<Input> {
        if self.forget(&agent, session) { vec![Input::Expired(agent, session)] } else { Vec::new() }
    }

    /// Where another desktop of the agent is heard, there is nothing to wait for.
    fn broke(&mut self, agent: Agent, session: SessionId) -> Vec<Input> {
        if !self.forget(&agent, session) {
            return Vec::new();
        }
        if self.available.contains_key(&agent) {
            return vec![Input::Unavailable(agent, session)];
        }
        self.broken.entry(agent.clone()).or_default().insert(session);
        vec![Input::Silent(agent, session)]
    }

    /// The newer session of the resource stands for both (notifications.md section 9).
    fn taken_over(&mut self, agent: &Agent, old: SessionId, new: Option<SessionId>) -> Vec<Input> {
        if !self.forget(agent, old) {
            return Vec::new();
        }
        let mut inputs = new.map(|new| self.came(agent.clone(), new)).unwrap_or_default();
        inputs.push(Input::Unavailable(agent.clone(), old));
        inputs
    }

    /// True if the session was a desktop.
    fn forget(&mut self, agent: &Agent, session: SessionId) -> bool {
        let Some(sessions) = self.available.get_mut(agent) else { return false };
        let was = sessions.remove(&session);
        if sessions.is_empty() {
            self.available.remove(agent);
        }
        was
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Agent {
        Agent::from("1001")
    }

    fn available(session: u64) -> Input {
        Input::Available(ada(), SessionId(session))
    }

    fn unavailable(session: u64) -> Input {
        Input::Unavailable(ada(), SessionId(session))
    }

    fn silent(session: u64) -> Input {
        Input::Silent(ada(), SessionId(session))
    }

    /// Session 1 is a desktop.
    fn here() -> Sessions {
        let mut sessions = Sessions::default();
        assert_eq!(sessions.bound("1001", "desktop".into(), 1), []);
        assert_eq!(sessions.presence("1001", 1, true), [available(1)]);
        sessions
    }

    fn ends(sessions: &mut Sessions, session: u64, cause: EndCause) -> Vec<Input> {
        let mut inputs = sessions.presence("1001", session, false);
        inputs.extend(sessions.ended("1001", "desktop".into(), session, cause));
        inputs
    }

    #[test]
    fn desk_5_a_goodbye_is_the_end_and_so_is_an_expiry_and_a_client_that_does_not_read() {
        assert_eq!(ends(&mut here(), 1, EndCause::Closed), [unavailable(1)]);
        for cause in [EndCause::Inactive, EndCause::Silent, EndCause::Overflow] {
            assert_eq!(ends(&mut here(), 1, cause), [Input::Expired(ada(), SessionId(1))], "{cause}");
        }
    }

    #[test]
    fn desk_4a_a_connection_that_broke_is_silent_and_what_comes_next_stands_in_its_place() {
        let mut sessions = here();
        assert_eq!(ends(&mut sessions, 1, EndCause::Disconnected), [silent(1)]);
        assert_eq!(sessions.presence("1001", 2, true), [available(2), unavailable(1)]);
        assert_eq!(ends(&mut sessions, 2, EndCause::Closed), [unavailable(2)], "and nothing of 1 is left");
    }

    #[test]
    fn a_connection_that_broke_beside_a_living_one_is_the_end() {
        let mut sessions = here();
        sessions.presence("1001", 2, true);
        assert_eq!(ends(&mut sessions, 2, EndCause::Disconnected), [unavailable(2)]);
    }

    #[test]
    fn an_unavailable_presence_in_a_session_that_stays_is_a_goodbye() {
        let mut sessions = here();
        assert_eq!(sessions.presence("1001", 1, false), []);
        assert_eq!(sessions.left(), [unavailable(1)]);
        assert_eq!(sessions.ended("1001", "desktop".into(), 1, EndCause::Disconnected), [], "told already");
    }

    #[test]
    fn a_goodbye_is_not_taken_for_the_end_of_another_session() {
        let mut sessions = here();
        sessions.presence("1001", 2, true);
        assert_eq!(sessions.presence("1001", 1, false), []);
        assert_eq!(
            sessions.ended("1001", "other".into(), 2, EndCause::Disconnected),
            [unavailable(1), unavailable(2)]
        );
    }

    #[test]
    fn the_newer_session_of_a_resource_inherits_its_presence() {
        let mut sessions = here();
        assert_eq!(sessions.bound("1001", "desktop".into(), 2), []);
        let told = sessions.ended("1001", "desktop".into(), 1, EndCause::Conflict);
        assert_eq!(told, [available(2), unavailable(1)]);
        assert_eq!(ends(&mut sessions, 2, EndCause::Closed), [unavailable(2)]);
    }

    #[test]
    fn who_never_sent_presence_is_no_desktop() {
        let mut sessions = Sessions::default();
        sessions.bound("1001", "monitor".into(), 1);
        assert_eq!(sessions.ended("1001", "monitor".into(), 1, EndCause::Disconnected), []);
    }
}
