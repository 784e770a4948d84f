//! `holdfast sim`: random walks through the simulated world, one for each seed, and the rules that were broken on the
//! way. A seed says everything: the same seed is the same walk, on any machine.

mod exhaustive;
mod failovers;
mod moving;
mod replay;
mod story;

use std::num::{NonZeroU64, NonZeroUsize};
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use sim::campaign::one;
use sim::recorder::Keep;
use sim::walk::Walked;

use crate::proof::{Begun, Figure, Proof, Row};
use story::Story;

/// Broken walks that are told in full; more of them seldom say more.
const STORIES_MAX: usize = 3;
/// Lines of progress.
const PROGRESS_LINES: u64 = 10;

/// Arguments of `sim`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many seeds to walk.
    #[arg(long, default_value = "200")]
    seeds: NonZeroU64,
    /// The first of them.
    #[arg(long, default_value_t = 1, value_name = "SEED")]
    first_seed: u64,
    /// Instead of walks, move agents between the nodes so many times, with fencing and a link that works.
    #[arg(long, value_name = "MOVES", conflicts_with = "seeds")]
    moves: Option<NonZeroU64>,
    /// Instead of many walks, tell step by step what happens in those of one seed, or again in a recording: a file that
    /// this command has written.
    #[arg(long, value_name = "SEED|FILE", conflicts_with_all = ["seeds", "first_seed", "moves"])]
    replay: Option<String>,
    /// Instead of walks by chance, walk through everything that can happen to the four machines, in every order.
    #[arg(long, conflicts_with_all = ["seeds", "first_seed", "moves", "replay"])]
    exhaustive: bool,
    /// Tell no more than the steps up to this one.
    #[arg(long, value_name = "STEP", requires = "replay")]
    until: Option<NonZeroUsize>,
    /// If a rule is broken, leave out whatever the walk does not need to break it.
    #[arg(long, requires = "replay")]
    shrink: bool,
    /// Write the report as one JSON document to standard output; with --replay it has the recording in it.
    #[arg(long)]
    json: bool,
}

/// Exit status 0 if no rule was broken, 1 if one was.
pub(crate) fn run(args: &Args) -> ExitCode {
    if args.exhaustive {
        return exhaustive::run(args.json);
    }
    if let Some(what) = &args.replay {
        return replay::run(what, args.until, args.shrink, args.json);
    }
    if let Some(moves) = args.moves {
        return moving::run(moves.get(), args.first_seed, args.json);
    }
    let begun = Begun::now();
    eprintln!("{} walks from seed {} on", args.seeds, args.first_seed);
    let walks = args.walk_all();
    let figures = args.figures(&walks, begun.elapsed());
    let proof = begun.finish(rows(&walks), figures);
    conclude(&proof);
    proof.conclude(args.json)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Does `one` for each number below `all`, on every core there is, in any order.
fn on_every_core<T: Send>(all: u64, one: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let next = AtomicU64::new(0);
    let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|n| *n < all);
    let work = || std::iter::from_fn(take).map(&one).collect::<Vec<T>>();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores()).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}

/// What came of one seed; without [`Walked`] the walk panicked.
struct Walk {
    seed: u64,
    walked: Option<Walked>,
}

impl Walk {
    fn broken(&self) -> Option<&str> {
        match &self.walked {
            Some(walked) => walked.broken.as_deref(),
            None => Some("panicked"),
        }
    }
}

impl Args {
    /// Every seed, on every core there is, in the order of the seeds.
    fn walk_all(&self) -> Vec<Walk> {
        let mut walks = on_every_core(self.seeds.get(), |n| self.walk_one(n));
        walks.sort_by_key(|walk| walk.seed);
        walks
    }

    fn walk_one(&self, n: u64) -> Walk {
        let seed = self.first_seed.wrapping_add(n);
        let walk = Walk { seed, walked: walk(seed, Keep::Fingerprint) };
        if let Some(broken) = walk.broken() {
            eprintln!("seed {seed}: {broken}");
        }
        let (done, all) = (n + 1, self.seeds.get());
        if done.is_multiple_of(all.div_ceil(PROGRESS_LINES)) {
            eprintln!("{done} of {all} seeds");
        }
        walk
    }

    /// The walks took that time.
    fn figures(&self, walks: &[Walk], time: Duration) -> Vec<Figure> {
        let walked = || walks.iter().filter_map(|walk| walk.walked.as_ref());
        let sum = |of: fn(&Walked) -> u64| walked().map(of).sum();
        let tally = walked().map(|walked| walked.failovers).sum();
        let violations = walks.iter().filter(|walk| walk.broken().is_some()).count() as u64;
        let replayed = walks.first().is_some_and(replays);
        // Every walk begins with at least one node that comes into service.
        let least = self.seeds.get();
        let mut figures = vec![
            count("seeds", walks.len() as u64, least, |walked, asked| walked == asked),
            count("recoveries", sum(|walked| walked.recoveries), least, |seen, least| seen >= least),
            count("desktops_moved", sum(|walked| walked.moved), least, |seen, least| seen >= least),
            count("violations", violations, 0, |seen, allowed| seen == allowed),
            count("replays_that_differ", u64::from(!replayed), 0, |seen, allowed| seen == allowed),
        ];
        figures.extend(failovers::figures(&tally, walks.len() as u64, time, cores()));
        figures
    }
}

fn rows(walks: &[Walk]) -> Vec<Row> {
    let broken: Vec<&Walk> = walks.iter().filter(|walk| walk.broken().is_some()).collect();
    let told = broken.iter().take(STORIES_MAX).map(|walk| row(walk, story::tell(walk.seed)));
    let rest = broken.iter().skip(STORIES_MAX).map(|walk| row(walk, None));
    told.chain(rest).collect()
}

/// The panic of a walk is the walk's outcome, and its message is on the screen already.
fn walk(seed: u64, keep: Keep) -> Option<Walked> {
    catch_unwind(|| one(seed, keep)).ok()
}

fn row(walk: &Walk, story: Option<Story>) -> Row {
    let replay = format!("holdfast sim --replay {}", walk.seed);
    let fingerprint = walk.walked.as_ref().map(|walked| format!("{:016x}", walked.fingerprint));
    let evidence = json!({ "replay": replay, "fingerprint": fingerprint, "story": story });
    Row { evidence, ..Row::failed(format!("seed {}", walk.seed), walk.broken().unwrap_or_default()) }
}

/// Whether a second walk of the seed leaves the same fingerprint.
fn replays(first: &Walk) -> bool {
    let again = walk(first.seed, Keep::Fingerprint);
    again.map(|walked| walked.fingerprint) == first.walked.as_ref().map(|walked| walked.fingerprint)
}
#[expect(clippy::cast_precision_loss, reason = "no run counts to 2^53")]
fn count(name: &str, value: u64, target: u64, met: impl FnOnce(u64, u64) -> bool) -> Figure {
    Figure {
        name: name.into(),
        value: value as f64,
        unit: "",
        target: target as f64,
        met: met(value, target),
    }
}

fn conclude(proof: &Proof) {
    let told: Vec<String> =
        proof.figures.iter().map(|figure| format!("{} {}", figure.value, figure.name)).collect();
    eprintln!("{} in {:.1} s", told.join(", "), proof.seconds);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(seeds: u64) -> Args {
        Args {
            seeds: NonZeroU64::new(seeds).unwrap(),
            first_seed: 7,
            moves: None,
            replay: None,
            exhaustive: false,
            until: None,
            shrink: false,
            json: false,
        }
    }

    fn walk_of(seed: u64, broken: Option<&str>) -> Walk {
        let broken = broken.map(String::from);
        let walked = Walked { seed, recoveries: 2, broken, ..Walked::default() };
        Walk { seed, walked: Some(walked) }
    }

    #[test]
    fn every_seed_is_walked_once_from_the_first_one_on() {
        let walks = args(5).walk_all();
        assert_eq!(walks.iter().map(|walk| walk.seed).collect::<Vec<_>>(), [7, 8, 9, 10, 11]);
    }

    #[test]
    fn a_broken_rule_and_a_panic_are_rows_that_say_how_to_see_them_again() {
        let panicked = Walk { seed: 8, walked: None };
        let told = row(&walk_of(7, Some("(2) shown twice")), None);
        assert_eq!((told.id.as_str(), told.passed, told.says.as_str()), ("seed 7", false, "(2) shown twice"));
        assert_eq!(told.evidence["replay"], "holdfast sim --replay 7");
        assert_eq!(row(&panicked, None).says, "panicked");
    }

    #[test]
    fn figures_fall_short_if_a_rule_was_broken_or_a_seed_was_left_out() {
        let met = |walks: &[Walk]| {
            let figures = args(2).figures(walks, Duration::from_secs(1));
            figures.iter().map(|figure| (figure.name.clone(), figure.met)).collect::<Vec<_>>()
        };
        let broken = met(&[walk_of(7, None), walk_of(8, Some("(1) acted twice"))]);
        assert!(broken.contains(&("violations".into(), false)));
        assert!(met(&[walk_of(7, None)]).contains(&("seeds".into(), false)));
    }
}
