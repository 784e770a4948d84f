//! Reason codes: the number on the CTI wire, and what is shown for it (mapping.md sections 2.4 and 2.5).

use crate::command::{ConfiguredReason, ReasonCodes};
use crate::ids::TeamId;
use crate::view::{ReasonCategory, ReasonCode, ReasonView};

/// The codes that Unified CCE makes itself: code, label with NOT_READY, label with LOGOUT.
const SYSTEM_LABELS: [(u16, Option<&str>, Option<&str>); 21] = [
    (255, None, Some("Connection Failure")),
    (999, Some("Supervisor Initiated"), Some("Supervisor Initiated")),
    (20001, Some("Starting Force Logout"), None),
    (20002, None, Some("Force Logout")),
    (20003, Some("Agent Logout Request"), None),
    (32762, Some("Offhook"), None),
    (32767, Some("Call Not Answered"), None),
    (50001, None, Some("System Disconnect")),
    (50002, Some("Connection Failure"), Some("System Failure")),
    (50003, None, Some("Device Error")),
    (50004, None, Some("Inactivity Timeout")),
    (50005, None, Some("Non ACD Busy")),
    (50010, Some("Call Overlap"), None),
    (50020, None, Some("Queue Change")),
    (50030, None, Some("Device Conflict")),
    (50040, None, Some("Mobile Agent Call Fail")),
    (50041, Some("Mobile Agent Call Not Answered"), None),
    (50042, None, Some("Mobile Agent Disconnect")),
    (65535, Some("System Reinitialized"), Some("System Reinitialized")),
    (65534, Some("System Reset"), Some("System Reset")),
    (65533, Some("Extension Modified"), Some("Extension Modified")),
];

impl ReasonCodes {
    /// The codes of a category offered to the members of a team: the global ones and the team's own.
    pub fn offered(&self, category: ReasonCategory, team: Option<TeamId>) -> Vec<ReasonCode> {
        self.of(category).filter(|reason| reason.is_for(team)).map(|reason| reason.code.clone()).collect()
    }

    /// The code with this id of our database, if it is offered to the members of the team.
    pub fn by_id(&self, id: i32, category: ReasonCategory, team: Option<TeamId>) -> Option<ReasonCode> {
        self.of(category)
            .find(|reason| reason.code.id == id && reason.is_for(team))
            .map(|reason| reason.code.clone())
    }

    /// What is shown for a code of the wire (mapping.md section 2.4). 0 is "none".
    pub(crate) fn show(&self, category: ReasonCategory, code: u16, team: Option<TeamId>) -> ReasonView {
        if code == 0 {
            return ReasonView::None;
        }
        self.by_code(category, code, team)
            .or_else(|| system(category, code))
            .map_or(ReasonView::None, ReasonView::Code)
    }

    /// The team's own code first, then the global one.
    fn by_code(&self, category: ReasonCategory, code: u16, team: Option<TeamId>) -> Option<ReasonCode> {
        let offered = || self.of(category).filter(|reason| reason.code.code == code && reason.is_for(team));
        offered()
            .find(|reason| !reason.code.for_all)
            .or_else(|| offered().next())
            .map(|reason| reason.code.clone())
    }

    fn of(&self, category: ReasonCategory) -> impl Iterator<Item = &ConfiguredReason> {
        self.0.iter().filter(move |reason| reason.code.category == category)
    }
}

impl ConfiguredReason {
    fn is_for(&self, team: Option<TeamId>) -> bool {
        self.code.for_all || team.is_some_and(|team| self.teams.contains(&team))
    }
}

/// Whether Unified CCE uses this code itself.
pub(crate) fn is_system(code: u16) -> bool {
    SYSTEM_LABELS.iter().any(|(known, _, _)| *known == code)
}

fn system(category: ReasonCategory, code: u16) -> Option<ReasonCode> {
    let (_, not_ready, logout) = SYSTEM_LABELS.iter().find(|(known, _, _)| *known == code)?;
    let label = match category {
        ReasonCategory::NotReady => *not_ready,
        ReasonCategory::Logout => *logout,
    }?;
    Some(ReasonCode { id: -1, category, code, label: label.to_owned(), for_all: true, system: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configured(id: i32, code: u16, teams: &[u32]) -> ConfiguredReason {
        let category = ReasonCategory::NotReady;
        let for_all = teams.is_empty();
        ConfiguredReason {
            code: ReasonCode { id, category, code, label: format!("reason {id}"), for_all, system: false },
            teams: teams.iter().copied().map(TeamId).collect(),
        }
    }

    fn codes() -> ReasonCodes {
        ReasonCodes(vec![configured(1, 27, &[]), configured(2, 27, &[500]), configured(3, 28, &[501])])
    }

    fn shown(code: u16, team: Option<u32>) -> Option<i32> {
        match codes().show(ReasonCategory::NotReady, code, team.map(TeamId)) {
            ReasonView::Code(reason) => Some(reason.id),
            ReasonView::None => None,
            ReasonView::Absent => panic!("a NOT_READY agent always has reasonCodeId"),
        }
    }

    #[test]
    fn mapping_2_4_the_teams_code_goes_before_the_global_one() {
        assert_eq!(shown(27, Some(500)), Some(2));
        assert_eq!(shown(27, Some(501)), Some(1));
        assert_eq!(shown(27, None), Some(1));
    }

    #[test]
    fn mapping_2_4_none_foreign_and_unknown_codes_are_minus_one_without_an_object() {
        assert_eq!(shown(0, Some(500)), None);
        assert_eq!(shown(28, Some(500)), None, "a code of another team");
        assert_eq!(shown(12345, Some(500)), None);
    }

    #[test]
    fn mapping_2_5_system_codes_carry_their_label_for_the_state() {
        let label = |category, code| match ReasonCodes::default().show(category, code, None) {
            ReasonView::Code(reason) => {
                assert_eq!((reason.id, reason.for_all, reason.system), (-1, true, true));
                reason.label
            }
            ReasonView::None => "-".into(),
            ReasonView::Absent => panic!("never absent"),
        };
        for (code, not_ready, logout) in SYSTEM_LABELS {
            assert_eq!(label(ReasonCategory::NotReady, code), not_ready.unwrap_or("-"), "{code}");
            assert_eq!(label(ReasonCategory::Logout, code), logout.unwrap_or("-"), "{code}");
        }
        assert_eq!(label(ReasonCategory::NotReady, 50002), "Connection Failure");
        assert_eq!(label(ReasonCategory::Logout, 50002), "System Failure");
    }

    #[test]
    fn only_codes_of_everybody_and_of_the_own_team_are_offered() {
        let offered = |team| -> Vec<i32> {
            codes().offered(ReasonCategory::NotReady, team).iter().map(|code| code.id).collect()
        };
        assert_eq!(offered(Some(TeamId(501))), [1, 3]);
        assert_eq!(offered(None), [1]);
        assert!(codes().by_id(3, ReasonCategory::NotReady, Some(TeamId(500))).is_none());
        assert!(codes().by_id(1, ReasonCategory::Logout, None).is_none());
    }
}
