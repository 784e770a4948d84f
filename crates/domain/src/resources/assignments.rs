//! Which team has which of the objects that are not for everybody (rest-api.md section 8.2).

use std::collections::BTreeMap;

use super::words::words;
use crate::ids::TeamId;

/// Objects of one kind that a team can have (rest-api.md section 10: 100 reason codes of a category). No other kind
/// has more.
pub const ASSIGNED_MAX: usize = 100;
/// Workflows that a team can have (rest-api.md section 14).
pub const WORKFLOWS_OF_TEAM_MAX: usize = 20;

words! {
    /// A list that a team has.
    Assigned {
        NotReadyReasons = "reasons-not-ready",
        LogoutReasons = "reasons-logout",
        WrapUpReasons = "wrapups",
        PhoneBooks = "phonebooks",
        Workflows = "workflows",
    }
}

/// The lists of all teams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignments(BTreeMap<(Assigned, TeamId), Vec<i32>>);

impl Assigned {
    /// How many objects a team can have in the list.
    pub fn max(self) -> usize {
        match self {
            Self::NotReadyReasons | Self::LogoutReasons | Self::WrapUpReasons | Self::PhoneBooks => {
                ASSIGNED_MAX
            }
            Self::Workflows => WORKFLOWS_OF_TEAM_MAX,
        }
    }
}

impl Assignments {
    /// The ids in a list of a team, in its order.
    pub fn of(&self, team: TeamId, list: Assigned) -> &[i32] {
        self.0.get(&(list, team)).map_or(&[], Vec::as_slice)
    }

    /// Whether the team has it; nobody has what belongs to no team.
    pub(super) fn has(&self, team: Option<TeamId>, list: Assigned, id: i32) -> bool {
        team.is_some_and(|team| self.of(team, list).contains(&id))
    }

    /// Replaces a list.
    pub fn set(&mut self, team: TeamId, list: Assigned, ids: Vec<i32>) {
        if ids.is_empty() {
            self.0.remove(&(list, team));
        } else {
            self.0.insert((list, team), ids);
        }
    }

    /// The team has this one, too.
    pub fn add(&mut self, team: TeamId, list: Assigned, id: i32) {
        self.0.entry((list, team)).or_default().push(id);
    }

    /// The teams that have it.
    pub fn teams_with(&self, list: Assigned, id: i32) -> impl Iterator<Item = TeamId> {
        let of_list = self.0.iter().filter(move |((kind, _), _)| *kind == list);
        of_list.filter(move |(_, ids)| ids.contains(&id)).map(|((_, team), _)| *team)
    }

    /// What the lists become of the teams that have it, when it is gone.
    pub fn without(&self, list: Assigned, id: i32) -> Vec<(TeamId, Vec<i32>)> {
        let left = |team| self.of(team, list).iter().copied().filter(|other| *other != id).collect();
        self.teams_with(list, id).map(|team| (team, left(team))).collect()
    }

    /// Every list that has something in it.
    pub fn iter(&self) -> impl Iterator<Item = (TeamId, Assigned, &[i32])> {
        self.0.iter().map(|((list, team), ids)| (*team, *list, ids.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_leaves_the_lists() {
        let mut teams = Assignments::default();
        teams.set(TeamId(500), Assigned::Workflows, vec![3, 1, 2]);
        teams.set(TeamId(501), Assigned::Workflows, vec![1]);
        teams.set(TeamId(500), Assigned::PhoneBooks, vec![1]);
        assert_eq!(
            teams.without(Assigned::Workflows, 1),
            [(TeamId(500), vec![3, 2]), (TeamId(501), Vec::new())]
        );
        assert!(teams.has(Some(TeamId(501)), Assigned::Workflows, 1));
        assert!(!teams.has(None, Assigned::Workflows, 1));
        teams.set(TeamId(501), Assigned::Workflows, Vec::new());
        assert_eq!(teams.of(TeamId(501), Assigned::Workflows), []);
        assert_eq!(teams.iter().count(), 2);
    }
}
