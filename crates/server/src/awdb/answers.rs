//! What an AWDB is asked for and says: plain values, without a database in them.

use std::fmt;

use hmac::{Hmac, Mac as _};
use node::domain::{AgentId, Person, QueueId, TeamId};
use node::{Accepted, Seen};
use sha2::Sha256;

/// What stands in Person.Password and Person.LoginEnabled, as a keyed digest: two marks differ if and only if one of the
/// two columns does. Nobody can tell a password or its stored form from it.
pub type Mark = [u8; 16];

/// A person whose password was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Who it is.
    pub person: Person,
    /// Of what is stored.
    pub mark: Mark,
}

impl Checked {
    /// As the node wants it.
    pub(crate) fn accepted(self) -> Accepted<Person> {
        let Self { person, mark } = self;
        Accepted { id: person.id.to_string(), login_name: person.login_name.clone(), mark, person }
    }
}

impl People {
    /// As the node wants them: a person with the rights that a check would give him, or one who may not sign in.
    pub(crate) fn seen(&self) -> node::People {
        let skill_groups =
            self.skill_groups.iter().map(|group| (QueueId(group.skill_target), group.name.clone()));
        node::People {
            agents: self.agents.iter().map(|agent| self.seen_as(agent)).collect(),
            skill_groups: skill_groups.collect(),
        }
    }

    fn team(&self, id: TeamId) -> Option<&Team> {
        let at = self.teams.binary_search_by_key(&id, |team| team.id).ok()?;
        self.teams.get(at)
    }

    fn seen_as(&self, agent: &Agent) -> Seen<Person> {
        if agent.deleted || !agent.enabled {
            return Seen::Barred(agent.id.to_string());
        }
        let named = |team: &Team| (team.id, team.name.clone());
        let supervises =
            self.teams.iter().filter(|team| agent.supervisor && team.supervisors.contains(&agent.id));
        let person = Person {
            id: agent.id.clone(),
            login_name: agent.login_name.clone(),
            first_name: agent.first_name.clone(),
            last_name: agent.last_name.clone(),
            supervisor: agent.supervisor,
            team: agent.team.and_then(|id| self.team(id)).map(named),
            supervises: supervises.map(named).collect(),
        };
        Seen::As(Checked { person, mark: agent.mark }.accepted())
    }
}

/// A database that answers, and how fresh it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Controller_Time.NowTime, as exact as it is stored. The distributor moves it on (awdb.md section 8); from the same
    /// host, an equal text means that it stands still. SQL Server: `2026-11-23 16:40:01.003`.
    pub now_time: String,
}

/// Everybody and every group of one peripheral.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// By agent id.
    pub agents: Vec<Agent>,
    /// By team id.
    pub teams: Vec<Team>,
    /// By skill target, without those that the system made for itself.
    pub skill_groups: Vec<SkillGroup>,
}

/// A row of Agent with its Person. Temporary agents are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Agent.PeripheralNumber.
    pub id: AgentId,
    /// Agent.SkillTargetID.
    pub skill_target: u32,
    /// Person.LoginName.
    pub login_name: String,
    /// Person.FirstName.
    pub first_name: String,
    /// Person.LastName.
    pub last_name: String,
    /// Person.LoginEnabled = Y.
    pub enabled: bool,
    /// Agent.Deleted or Person.Deleted = Y. The row stays until a purge.
    pub deleted: bool,
    /// Agent.SupervisorAgent = Y.
    pub supervisor: bool,
    /// Of what is stored.
    pub mark: Mark,
    /// The team he is a member of.
    pub team: Option<TeamId>,
}

/// A row of Agent_Team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Agent_Team.AgentTeamID.
    pub id: TeamId,
    /// Agent_Team.EnterpriseName.
    pub name: String,
    /// Who Agent_Team.PriSupervisorSkillTargetID names, if he is a supervisor.
    pub primary_supervisor: Option<AgentId>,
    /// The supervisors of Agent_Team_Supervisor and the primary one, sorted. Only who has Agent.SupervisorAgent = Y
    /// (awdb.md section 5).
    pub supervisors: Vec<AgentId>,
}

/// A row of Skill_Group with DefaultEntry = 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillGroup {
    /// Skill_Group.SkillTargetID.
    pub skill_target: u32,
    /// Skill_Group.EnterpriseName.
    pub name: String,
    /// Skill_Group.PeripheralNumber.
    pub number: u32,
}

/// The key of all marks of a process.
#[derive(Clone)]
pub struct MarkKey([u8; 64]);

impl MarkKey {
    /// The bytes must be random and never leave the process.
    pub fn new(random: [u8; 32]) -> Self {
        // A key shorter than a block of SHA-256 is filled up with zeros (RFC 2104 section 2).
        let mut block = [0; 64];
        block.iter_mut().zip(random).for_each(|(to, byte)| *to = byte);
        Self(block)
    }

    /// NULL, empty text and text are three things.
    pub(super) fn mark(&self, password: Option<&str>, login_enabled: &str) -> Mark {
        let mut mac = Hmac::<Sha256>::new(&self.0.into());
        mac.update(login_enabled.as_bytes());
        // No column holds a zero byte before this one.
        mac.update(&[0, u8::from(password.is_some())]);
        mac.update(password.unwrap_or_default().as_bytes());
        let mut mark = Mark::default();
        mark.iter_mut().zip(mac.finalize().into_bytes()).for_each(|(to, byte)| *to = byte);
        mark
    }
}

impl fmt::Debug for MarkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MarkKey(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_tells_every_change_and_nothing_else() {
        let key = MarkKey::new([7; 32]);
        let stored = [(None, "Y"), (Some(""), "Y"), (Some("a"), "Y"), (Some("b"), "Y"), (Some("a"), "N")];
        let marks: Vec<Mark> =
            stored.iter().map(|(password, enabled)| key.mark(*password, enabled)).collect();
        for (index, mark) in marks.iter().enumerate() {
            assert_eq!(marks.iter().filter(|other| *other == mark).count(), 1, "{:?}", stored.get(index));
        }
        assert_eq!(key.mark(Some("a"), "Y"), key.mark(Some("a"), "Y"));
        assert_ne!(MarkKey::new([8; 32]).mark(Some("a"), "Y"), key.mark(Some("a"), "Y"));
        assert_eq!(format!("{key:?}"), "MarkKey(***)");
    }
}
