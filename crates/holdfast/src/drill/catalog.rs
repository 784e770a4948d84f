//! Which rows a mechanism must exercise. The list is read from the tables of failover.md, never written down twice;
//! the scripts come from `sim`. Where the two differ, a row fails.

use std::collections::BTreeMap;

use sim::node::failover::rows;
use sim::rows::{AwdbPace, ClientPace, Pace, Row};

/// The document that the rows come from.
const FAILOVER_MD: &str = include_str!("../../../../spec/failover.md");

/// 120 s become 3 s and 60 s become 1.5 s: a goodbye that is taken back within a quarter of that is in time on a busy
/// machine, and all rows together take less than a minute.
const PACE: Pace = Pace::divided_by(40);

/// 10 s between two polls become 2.5 s: longer than a server may take to answer one (2 s, not scaled).
const CLIENT_PACE: ClientPace = ClientPace::divided_by(4);

/// People are known for 4 s instead of 30 min: what is in time and what is late lies a second before and after, as it
/// does with 30 min.
const AWDB_PACE: AwdbPace = AwdbPace::seconds(4);

/// How fast rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Times {
    /// The long ones compressed; each row's evidence says to what.
    Compressed,
    /// As documented.
    Real,
}

/// A mechanism that can be drilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Mechanism {
    /// CTI failover: rows CTI-1 to CTI-20.
    Cti,
    /// Desktop presence: rows DESK-1 to DESK-7.
    Presence,
    /// Client failover: rows CLIENT-1 to CLIENT-18.
    Client,
    /// AWDB failover: rows AWDB-1 to AWDB-15.
    Awdb,
}

/// A row that must be exercised, or a script that has no row.
#[derive(Clone, Debug)]
pub(crate) enum Planned {
    /// To be exercised.
    Script(Row),
    /// Cannot be exercised: which, and why. It counts as failed.
    Gap {
        /// The row.
        id: String,
        /// Why.
        why: String,
    },
}

impl Mechanism {
    /// All that exist.
    pub(crate) fn all() -> Vec<Self> {
        <Self as clap::ValueEnum>::value_variants().to_vec()
    }

    /// Its rows in the order of the document.
    pub(crate) fn plan(self, times: Times) -> Vec<Planned> {
        plan(&self.ids(FAILOVER_MD), self.scripts(times))
    }

    /// The base text rows of its table.
    fn ids(self, document: &str) -> Vec<String> {
        let family = match self {
            Self::Cti => "CTI",
            Self::Presence => "DESK",
            Self::Client => "CLIENT",
            Self::Awdb => "AWDB",
        };
        let rows = rows::rows(document).into_iter();
        rows.filter(|row| row.family() == family && row.is_base_text()).map(|row| row.id).collect()
    }

    fn scripts(self, times: Times) -> Vec<Row> {
        let real = times == Times::Real;
        match self {
            Self::Cti => sim::rows::cti(),
            Self::Presence => sim::rows::presence(if real { Pace::TRUE } else { PACE }),
            Self::Client => sim::rows::client(if real { ClientPace::TRUE } else { CLIENT_PACE }),
            Self::Awdb => sim::rows::awdb(if real { AwdbPace::real() } else { AWDB_PACE }),
        }
    }
}

impl Planned {
    /// The same if it is among the rows asked for, else a gap.
    pub(crate) fn only_if(self, among: &[String]) -> Self {
        if among.iter().any(|id| id == self.id()) {
            self
        } else {
            gap(self.id(), "not exercised: left out by --row")
        }
    }

    /// The row's id.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Script(row) => row.id,
            Self::Gap { id, .. } => id,
        }
    }
}

fn plan(ids: &[String], scripts: Vec<Row>) -> Vec<Planned> {
    let mut unused: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    scripts.into_iter().for_each(|script| unused.entry(script.id).or_default().push(script));
    let mut take = |id: &String| match unused.get_mut(id.as_str()).and_then(Vec::pop) {
        Some(script) => Planned::Script(script),
        None => gap(id, "not exercised: there is no script for this row"),
    };
    let mut planned: Vec<Planned> = ids.iter().map(&mut take).collect();
    let extra = unused.into_values().flatten();
    planned
        .extend(extra.map(|script| gap(script.id, "a script too many: failover.md has no such row for it")));
    planned
}

fn gap(id: &str, why: &str) -> Planned {
    Planned::Gap { id: id.into(), why: why.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(id: &'static str) -> Row {
        Row { id, says: "", nodes: 1, scale: None, settings: Vec::new(), steps: Vec::new() }
    }

    fn described(planned: &[Planned]) -> Vec<(&str, bool)> {
        planned.iter().map(|planned| (planned.id(), matches!(planned, Planned::Script(_)))).collect()
    }

    #[test]
    fn cti_1_to_cti_20_of_the_document_each_have_exactly_one_script() {
        let planned = Mechanism::Cti.plan(Times::Compressed);
        let numbers =
            (1..=17).map(|n| n.to_string()).chain(["18a", "18b", "18c", "19", "20"].map(String::from));
        let expected: Vec<String> = numbers.map(|n| format!("CTI-{n}")).collect();
        assert_eq!(planned.iter().map(Planned::id).collect::<Vec<_>>(), expected);
        assert!(planned.iter().all(|planned| matches!(planned, Planned::Script(_))));
    }

    #[test]
    fn desk_1_to_desk_7_of_the_document_each_have_exactly_one_script() {
        let planned = Mechanism::Presence.plan(Times::Compressed);
        let numbers =
            ["1", "2", "3", "4a", "4b", "4c", "5", "5r1", "5r2", "5r3", "6", "7a", "7b", "7r1", "7r2", "7r3"];
        let expected = numbers.map(|number| format!("DESK-{number}"));
        assert_eq!(planned.iter().map(Planned::id).collect::<Vec<_>>(), expected);
        assert!(planned.iter().all(|planned| matches!(planned, Planned::Script(_))));
    }

    #[test]
    fn client_1_to_client_18_of_the_document_each_have_exactly_one_script() {
        let planned = Mechanism::Client.plan(Times::Compressed);
        let numbers =
            ["1", "2", "3", "4", "5", "6a", "6b", "6c", "7", "8", "9", "10", "11", "12", "13", "14"];
        let more = ["15", "16", "17", "18a", "18b", "18c", "18d"];
        let expected: Vec<String> = numbers.iter().chain(&more).map(|n| format!("CLIENT-{n}")).collect();
        assert_eq!(planned.iter().map(Planned::id).collect::<Vec<_>>(), expected);
        assert!(planned.iter().all(|planned| matches!(planned, Planned::Script(_))));
    }

    #[test]
    fn awdb_1_to_awdb_15_of_the_document_each_have_exactly_one_script() {
        let planned = Mechanism::Awdb.plan(Times::Compressed);
        let numbers = (1..=11).map(|n| n.to_string());
        let more = ["12a", "12b", "13a", "13b", "13c", "13d", "14", "15"].map(String::from);
        let expected: Vec<String> = numbers.chain(more).map(|n| format!("AWDB-{n}")).collect();
        assert_eq!(planned.iter().map(Planned::id).collect::<Vec<_>>(), expected);
        assert!(planned.iter().all(|planned| matches!(planned, Planned::Script(_))));
    }

    #[test]
    fn the_30_minutes_are_compressed_unless_the_real_ones_are_asked_for() {
        let cache = |times| {
            let rows = Mechanism::Awdb.scripts(times).into_iter();
            let settings = rows.flat_map(|row| row.settings).filter(|setting| setting.key == "awdb.cache");
            settings.map(|setting| setting.value).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(cache(Times::Real), ["1800s".into()].into());
        assert_eq!(cache(Times::Compressed), ["4s".into()].into());
    }

    #[test]
    fn no_time_is_scaled_below_half_a_second() {
        assert!(
            PACE.shortest().min(CLIENT_PACE.shortest()).min(AWDB_PACE.shortest())
                >= std::time::Duration::from_millis(500)
        );
    }

    #[test]
    fn a_row_without_a_script_and_a_script_without_a_row_are_gaps() {
        let ids = ["CTI-1", "CTI-2"].map(String::from);
        let planned = plan(&ids, vec![script("CTI-2"), script("CTI-2"), script("CTI-99")]);
        let expected = [("CTI-1", false), ("CTI-2", true), ("CTI-2", false), ("CTI-99", false)];
        assert_eq!(described(&planned), expected);
    }

    #[test]
    fn a_document_without_tables_leaves_no_row_to_pass() {
        let planned = plan(&Mechanism::Cti.ids("no table"), vec![script("CTI-1")]);
        assert_eq!(described(&planned), [("CTI-1", false)]);
        assert!(plan(&[], Vec::new()).is_empty());
    }

    #[test]
    fn every_script_exercises_something() {
        let scripts = Mechanism::all().into_iter().flat_map(|mechanism| mechanism.scripts(Times::Real));
        assert!(scripts.into_iter().all(|row| row.steps.len() > 2));
    }
}
