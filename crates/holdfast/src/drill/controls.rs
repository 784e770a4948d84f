//! Negative controls: settings that contradict rows. A drill that cannot fail proves nothing, so each control must make
//! exactly the rows fail that it contradicts.

use serde_json::{Map, Value, json};
use sim::rows::Setting;

use super::catalog::{Mechanism, Planned, Times};
use super::exercise::Job;
use crate::proof::Row;

/// A setting of the desktop server and what it contradicts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Control {
    mechanism: Mechanism,
    key: &'static str,
    value: &'static str,
    contradicts: &'static [&'static str],
}

/// All that exist.
pub(crate) const CONTROLS: [Control; 5] = [
    Control {
        mechanism: Mechanism::Cti,
        key: "cti.attempts_per_side",
        value: "4",
        contradicts: &["CTI-4", "CTI-5", "CTI-6"],
    },
    Control { mechanism: Mechanism::Cti, key: "cti.heartbeat_misses", value: "2", contradicts: &["CTI-7"] },
    Control {
        mechanism: Mechanism::Presence,
        key: "presence.grace",
        value: "0s",
        contradicts: &["DESK-2", "DESK-3", "DESK-4b", "DESK-5", "DESK-6", "DESK-7r1"],
    },
    // 31 minutes where it is to be 30, at the pace of a drill: longer than what is late there.
    Control {
        mechanism: Mechanism::Awdb,
        key: "awdb.cache",
        value: "9s",
        contradicts: &["AWDB-6", "AWDB-7", "AWDB-8", "AWDB-13c"],
    },
    Control {
        mechanism: Mechanism::Awdb,
        key: "awdb.secondary",
        value: "none",
        contradicts: &[
            "AWDB-1", "AWDB-2", "AWDB-3", "AWDB-4", "AWDB-9", "AWDB-10", "AWDB-11", "AWDB-12a", "AWDB-14",
            "AWDB-15",
        ],
    },
];

impl Control {
    /// Those of these mechanisms.
    pub(crate) fn of(mechanisms: &[Mechanism]) -> Vec<Self> {
        CONTROLS.into_iter().filter(|control| mechanisms.contains(&control.mechanism)).collect()
    }

    /// All rows of its mechanism, with the setting.
    pub(crate) fn jobs(&self) -> Vec<Job> {
        let job = |planned: Planned| Job {
            title: format!("{} {:8}", self.name(), planned.id()),
            extra: vec![Setting::new(self.key, self.value)],
            to_pass: !self.contradicts.contains(&planned.id()),
            planned,
        };
        self.mechanism.plan(Times::Compressed).into_iter().map(job).collect()
    }

    /// Whether exactly the contradicted rows failed.
    pub(crate) fn judge(&self, rows: &[Row]) -> Row {
        let failed: Vec<&Row> = rows.iter().filter(|row| !row.passed).collect();
        let ids: Vec<&str> = failed.iter().map(|row| row.id.as_str()).collect();
        let expected = self.contradicts.join(", ");
        let passed = ids == self.contradicts;
        let says = match (passed, ids.is_empty()) {
            (true, _) => format!("fails exactly {expected}"),
            (false, true) => format!("fails no row, must fail exactly {expected}"),
            (false, false) => format!("fails {}, must fail exactly {expected}", ids.join(", ")),
        };
        Row { id: self.name(), passed, says, evidence: evidence(rows.len(), &failed) }
    }

    fn name(&self) -> String {
        format!("{}={}", self.key, self.value)
    }
}

fn evidence(exercised: usize, failed: &[&Row]) -> Value {
    let reason = |row: &&Row| (row.id.clone(), Value::from(row.says.as_str()));
    json!({ "rows": exercised, "failed": failed.iter().map(reason).collect::<Map<_, _>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Outcomes of all rows of the mechanism, with these failed.
    fn outcomes(failed: &[&str]) -> Vec<Row> {
        let outcome = |planned: Planned| Row {
            passed: !failed.contains(&planned.id()),
            ..Row::failed(planned.id(), "as told")
        };
        Mechanism::Cti.plan(Times::Compressed).into_iter().map(outcome).collect()
    }

    #[test]
    fn a_control_passes_if_exactly_its_rows_fail() {
        let [attempts, misses, ..] = CONTROLS;
        assert!(attempts.judge(&outcomes(&["CTI-4", "CTI-5", "CTI-6"])).passed);
        assert!(misses.judge(&outcomes(&["CTI-7"])).passed);
    }

    #[test]
    fn a_control_that_fails_too_little_or_too_much_is_told_apart() {
        let [attempts, misses, ..] = CONTROLS;
        let nothing = misses.judge(&outcomes(&[]));
        assert_eq!((nothing.passed, nothing.says.as_str()), (false, "fails no row, must fail exactly CTI-7"));
        let more = misses.judge(&outcomes(&["CTI-7", "CTI-8"]));
        assert_eq!((more.passed, more.says.as_str()), (false, "fails CTI-7, CTI-8, must fail exactly CTI-7"));
        assert_eq!(more.evidence["failed"]["CTI-8"], "as told");
        assert!(!attempts.judge(&outcomes(&["CTI-4", "CTI-5"])).passed);
    }

    #[test]
    fn controls_contradict_rows_that_exist() {
        for control in CONTROLS {
            let plan = control.mechanism.plan(Times::Compressed);
            let known = |id: &&str| plan.iter().any(|planned| planned.id() == *id);
            assert!(!control.contradicts.is_empty() && control.contradicts.iter().all(known));
        }
    }

    #[test]
    fn a_control_adds_its_setting_to_every_row() {
        let jobs = CONTROLS[0].jobs();
        assert_eq!(jobs.len(), 22);
        assert!(jobs.iter().all(|job| job.extra == [Setting::new("cti.attempts_per_side", "4")]));
        assert_eq!(jobs.iter().filter(|job| !job.to_pass).count(), 3);
    }

    #[test]
    fn every_mechanism_has_controls_of_its_own() {
        let mechanisms = [Mechanism::Cti, Mechanism::Presence, Mechanism::Awdb];
        assert_eq!(mechanisms.map(|mechanism| Control::of(&[mechanism]).len()), [2, 1, 2]);
        assert_eq!(Control::of(&Mechanism::all()).len(), CONTROLS.len());
    }
}
