//! `holdfast sim --moves`: agents who move between two nodes, with fencing and a link that works. Not one may be logged
//! out who is at work somewhere (failover.md DESK-5r2, DESK-7r3), and whoever is gone must be.

use std::panic::catch_unwind;
use std::process::ExitCode;

use serde_json::json;
use sim::moves::{MOVES, Moved, plan, walk};
use sim::recorder::Keep;

use super::{conclude, count, on_every_core};
use crate::proof::{Begun, Figure, Row};

/// Exit status 0 if nobody was logged out wrongly and no other rule was broken, 1 if somebody was.
pub(super) fn run(moves: u64, first_seed: u64, json: bool) -> ExitCode {
    let begun = Begun::now();
    let walks = moves.div_ceil(MOVES);
    eprintln!("{moves} moves in {walks} walks from seed {first_seed} on");
    let moved = on_every_core(walks, |n| one(first_seed.wrapping_add(n), moves.min(MOVES)));
    let proof = begun.finish(moved.iter().filter_map(row).collect(), figures(&moved, moves));
    conclude(&proof);
    proof.conclude(json)
}

/// A walk, or the seed of one that panicked.
type Outcome = Result<Moved, u64>;

fn one(seed: u64, moves: u64) -> Outcome {
    let moved = catch_unwind(|| walk(plan(seed), moves, Keep::Fingerprint)).map_err(|_| seed);
    if let Ok(Moved { broken: Some(broken), .. }) = &moved {
        eprintln!("seed {seed}: {broken}");
    }
    moved
}

fn figures(moved: &[Outcome], asked: u64) -> Vec<Figure> {
    let whole = || moved.iter().flatten();
    let broken = moved.iter().filter(|moved| row(moved).is_some()).count() as u64;
    let sum = |of: fn(&Moved) -> u64| whole().map(of).sum::<u64>();
    vec![
        count("moves", sum(|moved| moved.moves), asked, |made, asked| made >= asked),
        count("logouts_of_who_was_gone", sum(|moved| moved.logouts.done), 1, |seen, least| seen >= least),
        count("wrongful_logouts", sum(|moved| moved.logouts.elsewhere), 0, |seen, allowed| seen == allowed),
        count("violations", broken, 0, |seen, allowed| seen == allowed),
    ]
}

fn row(moved: &Outcome) -> Option<Row> {
    let (seed, broken) = match moved {
        Ok(moved) => (moved.seed, moved.broken.as_deref()?),
        Err(seed) => (*seed, "panicked"),
    };
    let replay = format!("holdfast sim --moves {MOVES} --first-seed {seed}");
    Some(Row { evidence: json!({ "replay": replay }), ..Row::failed(format!("seed {seed}"), broken) })
}
