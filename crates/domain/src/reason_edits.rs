//! Changes of the reason codes by an administrator, and what they are refused for (rest-api.md section 10).
//!
//! Never decides who may change them, and keeps nothing but the list.

use crate::command::{ConfiguredReason, ReasonCodes};
use crate::reasons::is_system;
use crate::view::{ReasonCategory, ReasonCode};

/// Longest label, in characters (rest-api.md section 10).
pub const REASON_LABEL_MAX: usize = 40;

/// Codes of a category for everybody.
const GLOBAL_MAX: usize = 100;

/// Codes of a category for teams, all teams together: ten full lists of 100.
const OF_TEAMS_MAX: usize = 1_000;

/// A reason code to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReason {
    /// NOT_READY or LOGOUT.
    pub category: ReasonCategory,
    /// The number on the CTI wire.
    pub code: u16,
    /// Text for people.
    pub label: String,
    /// Offered to everybody; otherwise to the teams that it is assigned to.
    pub for_all: bool,
}

/// What is to be different; nothing is left as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReasonChange {
    /// The number on the CTI wire.
    pub code: Option<u16>,
    /// Text for people.
    pub label: Option<String>,
    /// Offered to everybody.
    pub for_all: Option<bool>,
}

/// Why the list cannot become so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReasonFault {
    /// No code of this id.
    #[error("there is no reason code of this id")]
    Unknown,
    /// 0, or a number that Unified CCE uses itself.
    #[error("the code is reserved")]
    Reserved,
    /// Empty or too long.
    #[error("a label has 1 to {REASON_LABEL_MAX} characters")]
    Label,
    /// Another code of the category has it.
    #[error("another reason code of the category has this label")]
    SameLabel,
    /// Another code of the category that is for everybody has it, too: nobody could tell them apart on the CTI wire.
    #[error("another reason code of the category has this code")]
    SameCode,
    /// The list is full.
    #[error("the category has no room for another reason code")]
    TooMany,
}

impl ReasonCodes {
    /// Adds a code under an id that none has had.
    ///
    /// # Errors
    /// Any [`ReasonFault`] but `Unknown`; then nothing has changed.
    pub fn add(&mut self, id: i32, new: NewReason) -> Result<(), ReasonFault> {
        let NewReason { category, code, label, for_all } = new;
        let code = ReasonCode { id, category, code, label, for_all, system: false };
        self.check(&code)?;
        self.0.push(ConfiguredReason { code, teams: Vec::new() });
        Ok(())
    }

    /// Changes the code of this id. The teams that it is assigned to stay.
    ///
    /// # Errors
    /// Any [`ReasonFault`]; then nothing has changed.
    pub fn change(&mut self, id: i32, change: ReasonChange) -> Result<(), ReasonFault> {
        let before = self.get(id).ok_or(ReasonFault::Unknown)?.clone();
        let after = ReasonCode {
            code: change.code.unwrap_or(before.code),
            label: change.label.unwrap_or_else(|| before.label.clone()),
            for_all: change.for_all.unwrap_or(before.for_all),
            ..before
        };
        self.check(&after)?;
        let changed = self.0.iter_mut().find(|reason| reason.code.id == id);
        changed.into_iter().for_each(|reason| reason.code = after.clone());
        Ok(())
    }

    /// Removes the code of this id.
    ///
    /// # Errors
    /// `Unknown`.
    pub fn remove(&mut self, id: i32) -> Result<(), ReasonFault> {
        self.get(id).ok_or(ReasonFault::Unknown)?;
        self.0.retain(|reason| reason.code.id != id);
        Ok(())
    }

    /// The code of this id, whomever it is for.
    pub fn get(&self, id: i32) -> Option<&ReasonCode> {
        self.0.iter().map(|reason| &reason.code).find(|code| code.id == id)
    }

    /// All codes of a category, whomever they are for.
    pub fn all(&self, category: ReasonCategory) -> Vec<ReasonCode> {
        let codes = self.0.iter().map(|reason| &reason.code);
        codes.filter(|code| code.category == category).cloned().collect()
    }

    /// Whether this code may stand among the others.
    fn check(&self, new: &ReasonCode) -> Result<(), ReasonFault> {
        if new.code == 0 || is_system(new.code) {
            return Err(ReasonFault::Reserved);
        }
        if !(1..=REASON_LABEL_MAX).contains(&new.label.chars().count()) {
            return Err(ReasonFault::Label);
        }
        let codes = self.0.iter().map(|reason| &reason.code);
        let others: Vec<_> =
            codes.filter(|code| code.category == new.category && code.id != new.id).collect();
        if others.iter().any(|other| other.label == new.label) {
            return Err(ReasonFault::SameLabel);
        }
        if new.for_all && others.iter().any(|other| other.for_all && other.code == new.code) {
            return Err(ReasonFault::SameCode);
        }
        let limit = if new.for_all { GLOBAL_MAX } else { OF_TEAMS_MAX };
        let alike = others.iter().filter(|other| other.for_all == new.for_all).count();
        if alike < limit { Ok(()) } else { Err(ReasonFault::TooMany) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(code: u16, label: &str, for_all: bool) -> NewReason {
        NewReason { category: ReasonCategory::NotReady, code, label: label.to_owned(), for_all }
    }

    fn lunch() -> ReasonCodes {
        let mut codes = ReasonCodes::default();
        codes.add(1, new(27, "Lunch", true)).unwrap();
        codes
    }

    fn change(codes: &mut ReasonCodes, id: i32, label: &str) -> Result<(), ReasonFault> {
        codes.change(id, ReasonChange { label: Some(label.to_owned()), ..ReasonChange::default() })
    }

    #[test]
    fn a_code_is_added_changed_and_removed() {
        let mut codes = lunch();
        assert_eq!(change(&mut codes, 1, "Break"), Ok(()));
        assert_eq!(
            codes.get(1).map(|code| (code.code, code.label.as_str(), code.for_all)),
            Some((27, "Break", true))
        );
        assert_eq!(codes.remove(1), Ok(()));
        assert_eq!(codes.all(ReasonCategory::NotReady), []);
    }

    #[test]
    fn labels_of_a_category_differ_and_so_do_codes_for_everybody() {
        let mut codes = lunch();
        assert_eq!(codes.add(2, new(28, "Lunch", false)), Err(ReasonFault::SameLabel));
        assert_eq!(codes.add(2, new(27, "Meeting", true)), Err(ReasonFault::SameCode));
        assert_eq!(
            codes.add(2, new(27, "Meeting", false)),
            Ok(()),
            "mapping.md section 2.4: a team's own code"
        );
        let logout = NewReason { category: ReasonCategory::Logout, ..new(27, "Lunch", true) };
        assert_eq!(codes.add(3, logout), Ok(()));
        let for_all = ReasonChange { for_all: Some(true), ..ReasonChange::default() };
        assert_eq!(codes.change(2, for_all), Err(ReasonFault::SameCode));
        assert_eq!(change(&mut codes, 1, "Lunch"), Ok(()), "its own label is nobody else's");
    }

    #[test]
    fn what_cannot_be_is_refused_and_changes_nothing() {
        let mut codes = lunch();
        for code in [0, 255, 999, 20001, 50002, 65535] {
            assert_eq!(codes.add(2, new(code, "x", true)), Err(ReasonFault::Reserved), "{code}");
        }
        for label in ["", &"あ".repeat(41)] {
            assert_eq!(codes.add(2, new(28, label, true)), Err(ReasonFault::Label));
        }
        assert_eq!(codes.add(2, new(28, &"あ".repeat(40), true)), Ok(()));
        assert_eq!(codes.remove(9), Err(ReasonFault::Unknown));
        assert_eq!(change(&mut codes, 9, "x"), Err(ReasonFault::Unknown));
        assert_eq!(codes.0.len(), 2);
    }

    #[test]
    fn a_category_has_a_hundred_codes_for_everybody() {
        let mut codes = ReasonCodes::default();
        for n in 1..=100 {
            codes.add(n.into(), new(n, &format!("reason {n}"), true)).unwrap();
        }
        assert_eq!(codes.add(101, new(101, "one more", true)), Err(ReasonFault::TooMany));
        assert_eq!(codes.add(101, new(101, "of a team", false)), Ok(()));
        assert_eq!(change(&mut codes, 100, "another name"), Ok(()), "a full list can be changed");
    }
}
