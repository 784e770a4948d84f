//! `holdfast sim --exhaustive`: the four machines in every state that they can be in, with everything that can happen
//! there, breadth first. Nothing is left to chance, so there are no seeds.

use std::process::ExitCode;

use serde_json::json;
use sim::node::failover::explore::{Broken, Report, Walk, walks};

use super::{conclude, count, on_every_core};
use crate::proof::{Begun, Figure, Row};

/// Exit status 0 if no rule was broken and every walk came to its end, 1 if one was.
pub(super) fn run(json: bool) -> ExitCode {
    let begun = Begun::now();
    let walks = walks();
    let all = u64::try_from(walks.len()).unwrap_or(u64::MAX);
    let one = |n: u64| Some((n, Walked::of(walks.get(usize::try_from(n).ok()?)?)));
    let mut walked: Vec<(u64, Walked)> = on_every_core(all, one).into_iter().flatten().collect();
    walked.sort_by_key(|(n, _)| *n);
    let walked: Vec<Walked> = walked.into_iter().map(|(_, walked)| walked).collect();
    let proof = begun.finish(walked.iter().map(Walked::row).collect(), figures(&walked, all));
    conclude(&proof);
    proof.conclude(json)
}

/// What came of one walk.
struct Walked {
    walk: Walk,
    outcome: Result<Report, Broken>,
    seconds: f64,
}

impl Walked {
    fn of(walk: &Walk) -> Self {
        let begun = Begun::now();
        let outcome = walk.run();
        let walked = Self { walk: *walk, outcome, seconds: begun.elapsed().as_secs_f64() };
        eprintln!("{}", walked.line());
        walked
    }

    fn line(&self) -> String {
        let id = self.walk.id;
        match &self.outcome {
            Ok(Report { states, transitions, depth, .. }) => {
                format!("{id}: {states} states, {transitions} steps, {depth} deep, {:.1} s", self.seconds)
            }
            Err(broken) => format!("{id}: {broken}"),
        }
    }

    fn row(&self) -> Row {
        match &self.outcome {
            Ok(report) => {
                let evidence = json!({
                    "states": report.states,
                    "calm": report.calm,
                    "transitions": report.transitions,
                    "pairs": report.pairs,
                    "depth": report.depth,
                    "slowest_units": report.slowest,
                    "seconds": self.seconds,
                });
                Row { id: self.walk.id.into(), passed: true, says: self.walk.says.into(), evidence }
            }
            Err(Broken { rule, steps }) => {
                Row { evidence: json!({ "steps": steps }), ..Row::failed(self.walk.id, rule.clone()) }
            }
        }
    }
}

fn figures(walked: &[Walked], all: u64) -> Vec<Figure> {
    let sum = |of: fn(&Report) -> usize| {
        let reports = walked.iter().flat_map(|walked| &walked.outcome);
        reports.map(|report| u64::try_from(of(report)).unwrap_or(u64::MAX)).sum::<u64>()
    };
    let violations = walked.iter().filter(|walked| walked.outcome.is_err()).count() as u64;
    vec![
        count("walks", walked.len() as u64, all, |walked, asked| walked == asked),
        count("states", sum(|report| report.states), 1, |seen, least| seen >= least),
        count("transitions", sum(|report| report.transitions), 1, |seen, least| seen >= least),
        count("violations", violations, 0, |seen, allowed| seen == allowed),
    ]
}
