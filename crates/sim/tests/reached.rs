//! Every row of the four mechanisms is reached: each row of the base text by a script that runs in virtual time, each
//! other one by a test that bears its name, or it says here who else shows it, or why nobody can.

#![expect(clippy::expect_used, reason = "in a test, what is not there is a failure")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sim::node::failover::client::table::scenarios;
use sim::node::failover::rows::{Row, rows};
use sim::rows::{AwdbPace, Pace, awdb, cti, presence};

const FAILOVER_MD: &str = include_str!("../../../spec/failover.md");
const MECHANISMS: [&str; 4] = ["CTI", "AWDB", "CLIENT", "DESK"];

/// Why no test bears the name of a row.
enum Because {
    /// Only a browser can show it; this file of web/tests does.
    Browser(&'static str),
    /// It is measured: this figure of `holdfast bench`.
    Measured(&'static str),
    /// It says nothing that this row does not.
    SameAs(&'static str),
    /// It is of a release, a channel or a product that Holdfast is not.
    NotOurs(&'static str),
}

use Because::{Browser, Measured, NotOurs, SameAs};

const ELSEWHERE: [(&str, Because); 32] = [
    ("CTI-X1", SameAs("CTI-3")),
    ("CTI-X2", SameAs("CTI-12")),
    ("CTI-X3", Measured("cti-failover")),
    ("CTI-X4", NotOurs("digital channels are not served")),
    ("CTI-X5", SameAs("CLIENT-10")),
    ("CTI-X6", NotOurs("the design guide of 11.0; the CTI server keeps the state of agents")),
    ("CTI-X8", NotOurs("fields of 12.5 and later")),
    ("CTI-X9", NotOurs("CTI protocol 24")),
    ("CTI-X10", NotOurs("an appliance with services of its own")),
    ("AWDB-X2", NotOurs("there is no single sign-on")),
    ("CLIENT-X1", NotOurs("history")),
    ("CLIENT-X2", SameAs("CLIENT-8")),
    ("CLIENT-X3", SameAs("CLIENT-18c")),
    ("CLIENT-X4", Measured("node-failover")),
    ("CLIENT-X5", Browser("pages/reload.test.mjs")),
    ("CLIENT-X6", NotOurs("an API of 12.5")),
    ("CLIENT-X7", Browser("desk/heartbeat.test.mjs")),
    ("CLIENT-X8", NotOurs("there are no gadgets")),
    ("CLIENT-X9", NotOurs("there are no gadgets")),
    ("CLIENT-X10", NotOurs("maintenance mode of 12.6")),
    ("CLIENT-X11", NotOurs("another product, with one master")),
    ("CLIENT-X12", NotOurs("another product, with one master")),
    ("CLIENT-X13", NotOurs("another product, with one master")),
    ("CLIENT-X14", NotOurs("another product, with one master")),
    ("CLIENT-X15", NotOurs("calls are the switch's")),
    ("CLIENT-X16", NotOurs("IP phone agents are not served")),
    ("CLIENT-X17", NotOurs("another product, with one master")),
    ("CLIENT-X18", NotOurs("another product, with one master")),
    ("CLIENT-X19", NotOurs("fields of 12.6(2)")),
    ("DESK-X2", NotOurs("there is no single sign-on")),
    ("DESK-X3", SameAs("DESK-4a")),
    ("DESK-X4", NotOurs("another product's rule of thumb")),
];

fn document() -> Vec<Row> {
    let all = rows(FAILOVER_MD).into_iter();
    all.filter(|row| MECHANISMS.contains(&row.family())).collect()
}

/// Rows with a script that runs in virtual time: the scripts of drills, and those of a desktop's machine.
fn scripted() -> BTreeSet<String> {
    let drills = cti().into_iter().chain(presence(Pace::TRUE)).chain(awdb(AwdbPace::real()));
    drills.map(|row| row.id.to_owned()).chain(scenarios().iter().map(|it| it.id.to_owned())).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(below: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(below).expect("a directory of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|it| it == "rs") {
            all.push(path);
        }
    }
}

/// Rows that names of functions begin with, in all crates.
fn named() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&root().join("crates"), &mut files);
    let texts = files.iter().map(|file| fs::read_to_string(file).expect("a source"));
    texts.flat_map(|text| text.split("fn ").skip(1).flat_map(ids).collect::<Vec<_>>()).collect()
}

/// `desk_2_and_x1_load_decides` is DESK-2 and DESK-X1; the first word that is no number ends it.
fn ids(rest: &str) -> Vec<String> {
    let name: String = rest.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '_').collect();
    let (mut family, mut ids) = (None, Vec::new());
    for word in name.split('_') {
        let upper = word.to_ascii_uppercase();
        if let Some(found) = MECHANISMS.iter().find(|it| **it == upper) {
            family = Some(*found);
        } else if let Some(family) = family.filter(|_| is_number(word)) {
            ids.push(format!("{family}-{}", word.replace('x', "X")));
        } else if word != "and" {
            break;
        }
    }
    ids
}

/// `13b`, `5r2`, `x1`.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('x').unwrap_or(word);
    digits.starts_with(|it: char| it.is_ascii_digit()) && digits.chars().all(|it| it.is_ascii_alphanumeric())
}

#[test]
fn every_row_of_the_base_text_runs_in_virtual_time() {
    let scripted = scripted();
    let base = document().into_iter().filter(Row::is_base_text).map(|row| row.id);
    let missing: Vec<String> = base.filter(|id| !scripted.contains(id)).collect();
    assert!(missing.is_empty(), "no script reaches {missing:?}");
}

#[test]
fn every_row_is_reached_or_says_why_not() {
    let (scripted, named) = (scripted(), named());
    let excused = |id: &str| ELSEWHERE.iter().any(|(of, _)| *of == id);
    let reached = |id: &String| scripted.contains(id) || named.contains(id) || excused(id);
    let missing: Vec<String> = document().into_iter().map(|row| row.id).filter(|id| !reached(id)).collect();
    assert!(missing.is_empty(), "nothing reaches {missing:?}");
}

/// What the list says holds: the rows exist, no test bears their names, and whoever is named shows them.
#[test]
fn no_excuse_is_out_of_date() {
    let (document, named) = (document(), named());
    let exists = |id: &str| document.iter().any(|row| row.id == id);
    for (id, because) in &ELSEWHERE {
        assert!(exists(id) && !named.contains(*id), "{id} needs no excuse");
        match because {
            Browser(file) => {
                let text = fs::read_to_string(root().join("web/tests").join(file)).expect(file);
                assert!(text.contains(id), "{file} does not show {id}");
            }
            SameAs(other) => assert!(scripted().contains(*other), "{id}: there is no {other}"),
            Measured(bench) => {
                let file = root().join("crates/holdfast/src/bench.rs");
                let text = fs::read_to_string(file).expect("bench.rs").to_lowercase().replace('_', "-");
                assert!(text.contains(bench) || text.contains(&bench.replace('-', "")), "{id}: no {bench}");
            }
            NotOurs(why) => assert!(!why.is_empty()),
        }
    }
}

#[test]
fn names_of_tests_name_their_rows() {
    assert_eq!(ids("desk_2_and_x1_load_decides() {"), ["DESK-2", "DESK-X1"]);
    assert_eq!(ids("awdb_9_10_11_each_request_tries"), ["AWDB-9", "AWDB-10", "AWDB-11"]);
    assert_eq!(ids("desk_1_to_desk_7_of_the_document"), ["DESK-1"]);
    assert_eq!(ids("new(config: &Config)"), Vec::<String>::new());
}
