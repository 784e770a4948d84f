//! The list is whole: no way to break a node is left out, no clause of a rule goes without a sabotage, and docs/proof.md
//! tells of each.

use std::collections::BTreeSet;

use sim::node::Sabotage;

use crate::case::Case;
use crate::clause::Clause;
use crate::{rule_1, rule_2, rule_3, rule_4, rule_5, rule_6, rule_7, rule_8};

const PROOF_MD: &str = include_str!("../../../../docs/proof.md");

fn cases() -> impl Iterator<Item = &'static Case> {
    let rules = [
        rule_1::CASES,
        rule_2::CASES,
        rule_3::CASES,
        rule_4::CASES,
        rule_5::CASES,
        rule_6::CASES,
        rule_7::CASES,
        rule_8::CASES,
    ];
    rules.into_iter().flatten()
}

#[test]
fn every_way_to_break_a_node_has_a_case() {
    let used: BTreeSet<Sabotage> = cases().filter_map(Case::sabotage).collect();
    let unused: Vec<_> = Sabotage::ALL.iter().filter(|way| !used.contains(way)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_clause_of_a_rule_has_a_case() {
    let held: BTreeSet<Clause> = cases().map(|case| case.clause).collect();
    let unheld: Vec<_> = Clause::ALL.iter().filter(|clause| !held.contains(clause)).collect();
    assert!(unheld.is_empty(), "{unheld:?}");
}

#[test]
fn the_table_of_the_proof_has_every_case() {
    let missing: Vec<String> = cases().map(Case::line).filter(|line| !PROOF_MD.contains(line)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
