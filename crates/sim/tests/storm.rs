//! Forty desktops lose their server at one moment: agents on calls come first, and the other server is not stormed.

use sim::recorder::Keep;
use sim::storm::{plan, walk};

/// `holdfast sim` walks other ones.
const SEEDS: u64 = 20;

#[test]
fn client_x20_desktops_of_a_lost_server_come_one_after_the_other_and_those_on_calls_first() {
    let walked = |seed| walk(plan(seed), Keep::Fingerprint).broken.map(|rule| (seed, rule));
    let broken: Vec<_> = (1..=SEEDS).filter_map(walked).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
