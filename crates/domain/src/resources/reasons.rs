//! Reason codes: the number on the CTI wire, and what is shown for it (mapping.md sections 2.4 and 2.5).

use super::collection::{Collection, Numbered};
use super::fault::{Fault, line, room};
use super::{Assigned, Resources};
use crate::ids::TeamId;
use crate::view::{ReasonCategory, ReasonCode, ReasonView};

/// Longest label in characters (rest-api.md section 10).
const LABEL_MAX: usize = 40;
/// Codes of a category for everybody (rest-api.md section 10).
const GLOBAL_MAX: usize = 100;
/// Codes of a category for teams, all teams together: ten full lists of 100.
const OF_TEAMS_MAX: usize = 1_000;

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

impl Numbered for ReasonCode {
    fn id(&self) -> i32 {
        self.id
    }
}

impl From<ReasonCategory> for Assigned {
    fn from(category: ReasonCategory) -> Self {
        match category {
            ReasonCategory::NotReady => Self::NotReadyReasons,
            ReasonCategory::Logout => Self::LogoutReasons,
        }
    }
}

impl ReasonCode {
    /// Whether it can be, by itself.
    ///
    /// # Errors
    /// [`Fault::Value`].
    pub fn check(&self) -> Result<(), Fault> {
        if self.code == 0 {
            return Err(Fault::value("code", "code must be 1 to 65535"));
        }
        line("label", &self.label, 1, LABEL_MAX)
    }
}

impl Collection<ReasonCode> {
    /// All codes of a category, whomever they are for.
    pub fn all(&self, category: ReasonCategory) -> impl Iterator<Item = &ReasonCode> + Clone {
        self.iter().filter(move |code| code.category == category)
    }

    /// Whether this code may stand among the others. Two for everybody with the same number could not be told apart on
    /// the CTI wire.
    ///
    /// # Errors
    /// A value that cannot be, a label or a number that is taken, a full list.
    pub fn judge(&self, new: &ReasonCode) -> Result<(), Fault> {
        new.check()?;
        if is_system(new.code) {
            return Err(Fault::value("code", "the code is reserved"));
        }
        let others = || self.others(new.id).filter(|other| other.category == new.category);
        if others().any(|other| other.label == new.label) {
            return Err(Fault::Taken { name: "label" });
        }
        if new.for_all && others().any(|other| other.for_all && other.code == new.code) {
            return Err(Fault::Taken { name: "code" });
        }
        let alike = others().filter(|other| other.for_all == new.for_all).count();
        let (max, of) = if new.for_all {
            (GLOBAL_MAX, "reason codes of the category for everybody")
        } else {
            (OF_TEAMS_MAX, "reason codes of the category for teams")
        };
        room(alike, max, of)
    }
}

impl Resources {
    /// The codes of a category offered to the members of a team: the global ones and the team's own.
    pub fn reasons_of(
        &self,
        category: ReasonCategory,
        team: Option<TeamId>,
    ) -> impl Iterator<Item = &ReasonCode> + Clone {
        self.reasons.all(category).filter(move |code| self.is_offered(code, team))
    }

    /// The code with this id of our database, if it is offered to the members of the team.
    pub fn reason_of(&self, id: i32, team: Option<TeamId>) -> Option<&ReasonCode> {
        self.reasons.get(id).filter(|code| self.is_offered(code, team))
    }

    /// What is shown for a code of the wire (mapping.md section 2.4). 0 is "none".
    pub(crate) fn show(&self, category: ReasonCategory, code: u16, team: Option<TeamId>) -> ReasonView {
        if code == 0 {
            return ReasonView::None;
        }
        let configured = self.by_code(category, code, team).cloned();
        configured.or_else(|| system(category, code)).map_or(ReasonView::None, ReasonView::Code)
    }

    /// The team's own code first, then the global one.
    fn by_code(&self, category: ReasonCategory, code: u16, team: Option<TeamId>) -> Option<&ReasonCode> {
        let alike = || self.reasons.all(category).filter(move |reason| reason.code == code);
        let own = alike().find(|reason| !reason.for_all && self.is_offered(reason, team));
        own.or_else(|| alike().find(|reason| reason.for_all))
    }

    fn is_offered(&self, code: &ReasonCode, team: Option<TeamId>) -> bool {
        code.for_all || self.teams.has(team, code.category.into(), code.id)
    }
}

/// Whether Unified CCE uses this code itself.
fn is_system(code: u16) -> bool {
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

    fn reason(id: i32, code: u16, for_all: bool) -> ReasonCode {
        let (category, label) = (ReasonCategory::NotReady, format!("reason {id}"));
        ReasonCode { id, category, code, label, for_all, system: false }
    }

    fn codes() -> Resources {
        let mut resources = Resources {
            reasons: [reason(1, 27, true), reason(2, 27, false), reason(3, 28, false)].into_iter().collect(),
            ..Resources::default()
        };
        resources.teams.set(TeamId(500), Assigned::NotReadyReasons, vec![2]);
        resources.teams.set(TeamId(501), Assigned::NotReadyReasons, vec![3]);
        resources
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
        let label = |category, code| match Resources::default().show(category, code, None) {
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
        let resources = codes();
        let offered = |team| -> Vec<i32> {
            resources.reasons_of(ReasonCategory::NotReady, team).map(|code| code.id).collect()
        };
        assert_eq!(offered(Some(TeamId(501))), [1, 3]);
        assert_eq!(offered(None), [1]);
        assert_eq!(resources.reason_of(3, Some(TeamId(500))), None);
        assert_eq!(resources.reason_of(3, Some(TeamId(501))).map(|code| code.id), Some(3));
    }

    #[test]
    fn labels_of_a_category_differ_and_so_do_codes_for_everybody() {
        let reasons = codes().reasons;
        let label = |id, for_all| ReasonCode { label: "reason 1".into(), ..reason(id, 40, for_all) };
        assert_eq!(reasons.judge(&label(9, false)), Err(Fault::Taken { name: "label" }));
        assert_eq!(reasons.judge(&reason(9, 27, true)), Err(Fault::Taken { name: "code" }));
        assert_eq!(reasons.judge(&reason(9, 27, false)), Ok(()), "mapping.md section 2.4: a team's own code");
        assert_eq!(reasons.judge(&reason(2, 27, true)), Err(Fault::Taken { name: "code" }));
        let logout = ReasonCode { category: ReasonCategory::Logout, ..label(9, true) };
        assert_eq!(reasons.judge(&logout), Ok(()));
        assert_eq!(reasons.judge(&label(1, true)), Ok(()), "its own label is nobody else's");
    }

    #[test]
    fn reserved_codes_and_long_labels_cannot_be() {
        let reasons = Collection::<ReasonCode>::default();
        for code in [0, 255, 999, 20001, 50002, 65535] {
            let refused = reasons.judge(&reason(1, code, true));
            assert!(matches!(refused, Err(Fault::Value { name: "code", .. })), "{code}");
        }
        for label in ["", "a\tb", &"あ".repeat(41)] {
            let refused = reasons.judge(&ReasonCode { label: label.into(), ..reason(1, 1, true) });
            assert!(matches!(refused, Err(Fault::Value { name: "label", .. })), "{label:?}");
        }
        assert_eq!(reasons.judge(&ReasonCode { label: "あ".repeat(40), ..reason(1, 1, true) }), Ok(()));
    }

    #[test]
    fn a_category_has_a_hundred_codes_for_everybody_and_a_thousand_for_teams() {
        let mut full: Collection<_> = (1..=100).map(|n| reason(n.into(), n, true)).collect();
        assert!(matches!(full.judge(&reason(9_999, 101, true)), Err(Fault::Full { max: 100, .. })));
        assert_eq!(full.judge(&reason(100, 101, true)), Ok(()), "a full list can be changed");
        (1..=1_000).for_each(|n| full.put(reason(1_000 + i32::from(n), n, false)));
        assert!(matches!(full.judge(&reason(9_999, 101, false)), Err(Fault::Full { max: 1_000, .. })));
    }
}
