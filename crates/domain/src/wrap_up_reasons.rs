//! Wrap-up reasons: the labels from which agents choose when they wrap a call up (rest-api.md section 10).
//!
//! Answers which are offered to whom. What an agent then writes into a call is free text (section 6.5) and is none of
//! its business.

use crate::ids::TeamId;

/// Longest label in bytes, which is what CallWrapupData of CTI holds (rest-api.md section 10).
pub const WRAP_UP_LABEL_BYTES_MAX: usize = 39;

/// One wrap-up reason, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUpReason {
    /// Id in our own configuration; the last part of its URI.
    pub id: i32,
    /// What people read, up to [`WRAP_UP_LABEL_BYTES_MAX`] bytes.
    pub label: String,
    /// Offered to every team.
    pub for_all: bool,
}

/// A wrap-up reason with the teams that it is assigned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredWrapUp {
    /// As it is shown.
    pub reason: WrapUpReason,
    /// Teams it is assigned to, if not `for_all`.
    pub teams: Vec<TeamId>,
}

/// The configured wrap-up reasons, in the order in which they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrapUpReasons(pub Vec<ConfiguredWrapUp>);

impl WrapUpReasons {
    /// Those offered to the members of a team: the global ones and the team's own.
    pub fn offered(&self, team: Option<TeamId>) -> Vec<WrapUpReason> {
        self.of(team).cloned().collect()
    }

    /// The one with this id, if it is offered to the members of the team.
    pub fn by_id(&self, id: i32, team: Option<TeamId>) -> Option<WrapUpReason> {
        self.of(team).find(|reason| reason.id == id).cloned()
    }

    fn of(&self, team: Option<TeamId>) -> impl Iterator<Item = &WrapUpReason> {
        let is_for = move |configured: &&ConfiguredWrapUp| {
            configured.reason.for_all || team.is_some_and(|team| configured.teams.contains(&team))
        };
        self.0.iter().filter(is_for).map(|configured| &configured.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configured(id: i32, teams: &[u32]) -> ConfiguredWrapUp {
        ConfiguredWrapUp {
            reason: WrapUpReason { id, label: format!("reason {id}"), for_all: teams.is_empty() },
            teams: teams.iter().copied().map(TeamId).collect(),
        }
    }

    #[test]
    fn those_of_everybody_and_of_the_own_team_are_offered() {
        let reasons =
            WrapUpReasons(vec![configured(7, &[]), configured(8, &[500]), configured(9, &[500, 501])]);
        let offered = |team: Option<u32>| -> Vec<i32> {
            reasons.offered(team.map(TeamId)).iter().map(|reason| reason.id).collect()
        };
        assert_eq!(offered(Some(500)), [7, 8, 9]);
        assert_eq!(offered(Some(501)), [7, 9]);
        assert_eq!(offered(None), [7]);
    }

    #[test]
    fn a_reason_of_another_team_is_not_found() {
        let reasons = WrapUpReasons(vec![configured(7, &[]), configured(8, &[500])]);
        assert_eq!(reasons.by_id(8, Some(TeamId(500))).map(|reason| reason.label), Some("reason 8".into()));
        assert_eq!(reasons.by_id(8, Some(TeamId(501))), None);
        assert_eq!(reasons.by_id(9, Some(TeamId(500))), None);
    }
}
