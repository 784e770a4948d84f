//! Wrap-up reasons: the labels from which agents choose when they wrap a call up (rest-api.md section 10).
//!
//! What an agent then writes into a call is free text (section 6.5) and is none of its business.

use serde::{Deserialize, Serialize};

use super::collection::{Collection, Numbered};
use super::fault::{Fault, line, room};

/// Longest label in bytes, which is what CallWrapupData of CTI holds (rest-api.md section 10).
pub const WRAP_UP_LABEL_BYTES_MAX: usize = 39;

/// Wrap-up reasons for everybody, as many as reason codes of a category.
const GLOBAL_MAX: usize = 100;

/// Wrap-up reasons for teams, all teams together: ten full lists.
const OF_TEAMS_MAX: usize = 1_000;

/// One wrap-up reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrapUpReason {
    /// Id in our own configuration; the last part of its URI.
    #[serde(skip)]
    pub id: i32,
    /// What people read, up to [`WRAP_UP_LABEL_BYTES_MAX`] bytes.
    pub label: String,
    /// Offered to every team; otherwise to those that it is assigned to.
    pub for_all: bool,
}

impl Numbered for WrapUpReason {
    fn id(&self) -> i32 {
        self.id
    }
}

impl WrapUpReason {
    /// Whether it can be, by itself.
    ///
    /// # Errors
    /// [`Fault::Value`].
    pub fn check(&self) -> Result<(), Fault> {
        if self.label.len() > WRAP_UP_LABEL_BYTES_MAX {
            let why = format!("label must be up to {WRAP_UP_LABEL_BYTES_MAX} bytes");
            return Err(Fault::value("label", why));
        }
        line("label", &self.label, 1, WRAP_UP_LABEL_BYTES_MAX)
    }
}

impl Collection<WrapUpReason> {
    /// Whether this reason may stand among the others.
    ///
    /// # Errors
    /// A value that cannot be, a label that is taken, a full list.
    pub fn judge(&self, new: &WrapUpReason) -> Result<(), Fault> {
        new.check()?;
        if self.others(new.id).any(|other| other.label == new.label) {
            return Err(Fault::Taken { name: "label" });
        }
        let alike = self.others(new.id).filter(|other| other.for_all == new.for_all).count();
        let (max, of) = if new.for_all {
            (GLOBAL_MAX, "wrap-up reasons for everybody")
        } else {
            (OF_TEAMS_MAX, "wrap-up reasons for teams")
        };
        room(alike, max, of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(id: i32, label: &str, for_all: bool) -> WrapUpReason {
        WrapUpReason { id, label: label.to_owned(), for_all }
    }

    #[test]
    fn labels_differ_and_fit_into_cti() {
        let reasons: Collection<_> = [reason(1, "Sales", true)].into_iter().collect();
        assert_eq!(reasons.judge(&reason(2, "Sales", false)), Err(Fault::Taken { name: "label" }));
        assert_eq!(reasons.judge(&reason(1, "Sales", false)), Ok(()), "its own label is nobody else's");
        assert_eq!(reasons.judge(&reason(2, &"あ".repeat(13), true)), Ok(()));
        for label in ["", "a\nb", &"あ".repeat(14), &"x".repeat(40)] {
            let refused = reasons.judge(&reason(2, label, true));
            assert!(matches!(refused, Err(Fault::Value { name: "label", .. })), "{label:?}");
        }
    }

    #[test]
    fn a_full_list_takes_no_more_but_can_be_changed() {
        let full: Collection<_> = (1..=100).map(|id| reason(id, &format!("reason {id}"), true)).collect();
        assert!(matches!(full.judge(&reason(101, "more", true)), Err(Fault::Full { max: 100, .. })));
        assert_eq!(full.judge(&reason(101, "of a team", false)), Ok(()));
        assert_eq!(full.judge(&reason(100, "another name", true)), Ok(()));
    }
}
