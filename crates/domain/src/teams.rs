//! Teams as CTI tells of them (AGENT_TEAM_CONFIG_EVENT; mapping.md section 5).

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{AgentId, TeamId};
use crate::view::TeamView;

/// Members in one message at most; a full one may be continued by the next (ged188.md section 6.6).
const MEMBERS_A_MESSAGE: usize = 64;
/// Teams kept. Unified CCE is documented for far fewer; this only bounds what a peer can make us hold.
const TEAMS_MAX: usize = 8_192;

/// A member, as one message names him.
pub(crate) struct Member {
    pub(crate) agent: AgentId,
    /// AgentFlags bit 1 or 4.
    pub(crate) supervisor: bool,
}

/// What ConfigOperation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Restore,
    Add,
    Remove,
}

#[derive(Default)]
struct Team {
    name: String,
    /// Whether each is listed with a supervisor flag.
    members: BTreeMap<AgentId, bool>,
}

/// All teams, and where each agent is.
#[derive(Default)]
pub(crate) struct Teams {
    teams: BTreeMap<TeamId, Team>,
    /// Team and supervisor flag for each agent.
    places: BTreeMap<AgentId, BTreeMap<TeamId, bool>>,
    /// The team whose list filled the last message, which the next one may continue.
    unfinished: Option<TeamId>,
}

impl Teams {
    /// Applies one message.
    pub(crate) fn apply(&mut self, id: TeamId, name: &str, operation: Operation, members: Vec<Member>) {
        if !self.teams.contains_key(&id) && self.teams.len() >= TEAMS_MAX {
            return;
        }
        let full = members.len() >= MEMBERS_A_MESSAGE;
        let continues = self.unfinished.take() == Some(id);
        if operation == Operation::Restore {
            self.unfinished = full.then_some(id);
            if !continues {
                self.clear(id);
            }
        }
        self.rename(id, name);
        for member in members {
            self.place(id, member, operation);
        }
    }

    /// The agents whom a message about the team may show in another way: those named and those listed so far.
    pub(crate) fn concerned(&self, id: TeamId, named: &[Member]) -> BTreeSet<AgentId> {
        let listed = self.teams.get(&id).into_iter().flat_map(|team| team.members.keys());
        named.iter().map(|member| &member.agent).chain(listed).cloned().collect()
    }

    /// A new session lists every team again from the start.
    pub(crate) fn new_session(&mut self) {
        self.unfinished = None;
    }

    pub(crate) fn has(&self, id: TeamId) -> bool {
        self.teams.contains_key(&id)
    }

    /// The team in which the agent is a plain member.
    pub(crate) fn member_of(&self, agent: &AgentId) -> Option<TeamView> {
        self.home_of(agent).map(|id| self.view(id))
    }

    /// The same team by its id.
    pub(crate) fn home_of(&self, agent: &AgentId) -> Option<TeamId> {
        self.places.get(agent)?.iter().find(|(_, supervisor)| !**supervisor).map(|(id, _)| *id)
    }

    /// The teams that list the agent with a supervisor flag.
    pub(crate) fn supervised_by(&self, agent: &AgentId) -> Vec<TeamView> {
        let places = self.places.get(agent).into_iter().flatten();
        places.filter(|(_, supervisor)| **supervisor).map(|(id, _)| self.view(*id)).collect()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = TeamView> + '_ {
        self.teams.iter().map(|(id, team)| TeamView { id: *id, name: team.name.clone() })
    }

    /// Without a name if CTI has not told of it.
    pub(crate) fn view(&self, id: TeamId) -> TeamView {
        TeamView { id, name: self.teams.get(&id).map(|team| team.name.clone()).unwrap_or_default() }
    }

    fn clear(&mut self, id: TeamId) {
        let members =
            self.teams.get_mut(&id).map(|team| std::mem::take(&mut team.members)).unwrap_or_default();
        members.keys().for_each(|agent| self.leave(id, agent));
    }

    fn rename(&mut self, id: TeamId, name: &str) {
        let team = self.teams.entry(id).or_default();
        if !name.is_empty() {
            name.clone_into(&mut team.name);
        }
    }

    fn place(&mut self, id: TeamId, member: Member, operation: Operation) {
        let Some(team) = self.teams.get_mut(&id) else { return };
        match operation {
            Operation::Restore | Operation::Add => {
                team.members.insert(member.agent.clone(), member.supervisor);
                self.places.entry(member.agent).or_default().insert(id, member.supervisor);
            }
            Operation::Remove => {
                team.members.remove(&member.agent);
                self.leave(id, &member.agent);
            }
        }
    }

    fn leave(&mut self, id: TeamId, agent: &AgentId) {
        if let Some(places) = self.places.get_mut(agent) {
            places.remove(&id);
            if places.is_empty() {
                self.places.remove(agent);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(ids: std::ops::Range<u32>) -> Vec<Member> {
        ids.map(|id| Member { agent: AgentId::new(id.to_string()), supervisor: false }).collect()
    }

    fn team_of(teams: &Teams, agent: &str) -> Option<u32> {
        teams.member_of(&AgentId::from(agent)).map(|team| team.id.0)
    }

    #[test]
    fn a_full_list_replaces_the_one_before() {
        let mut teams = Teams::default();
        teams.apply(TeamId(500), "Sales", Operation::Restore, members(1..4));
        assert_eq!(teams.concerned(TeamId(500), &members(2..3)).len(), 3, "who is going to leave, too");
        teams.apply(TeamId(500), "Sales", Operation::Restore, members(2..3));
        assert_eq!(team_of(&teams, "1"), None);
        assert_eq!(team_of(&teams, "2"), Some(500));
    }

    #[test]
    fn mapping_5_a_second_list_right_after_a_full_message_continues_it() {
        let mut teams = Teams::default();
        teams.apply(TeamId(500), "Sales", Operation::Restore, members(0..64));
        teams.apply(TeamId(500), "Sales", Operation::Restore, members(64..70));
        assert_eq!(team_of(&teams, "1"), Some(500));
        assert_eq!(team_of(&teams, "69"), Some(500));
        teams.apply(TeamId(500), "Sales", Operation::Restore, members(64..70));
        assert_eq!(team_of(&teams, "1"), None, "the list before was not full: this one is new");
    }

    #[test]
    fn members_are_added_and_removed_one_by_one() {
        let mut teams = Teams::default();
        teams.apply(TeamId(500), "Sales", Operation::Add, members(1..3));
        teams.apply(TeamId(500), "", Operation::Remove, members(1..2));
        assert_eq!(team_of(&teams, "1"), None);
        assert_eq!(teams.member_of(&AgentId::from("2")).unwrap().name, "Sales");
    }

    #[test]
    fn a_supervisor_flag_is_not_membership() {
        let mut teams = Teams::default();
        let boss = || Member { agent: AgentId::from("9"), supervisor: true };
        teams.apply(TeamId(500), "Sales", Operation::Restore, vec![boss()]);
        assert_eq!(team_of(&teams, "9"), None);
        assert_eq!(teams.supervised_by(&AgentId::from("9"))[0].id, TeamId(500));
    }
}
