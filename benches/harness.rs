//! Runs the cases of a benchmark, in two ways: as they are, for people, or one of them once, for an instruction counter
//! that looks only into [`counted`] (`scripts/bench-code`). The benchmarks of every crate use it; it stands beside the
//! crates because cores know no clock, not even here.

#![expect(clippy::print_stdout, reason = "this is what a benchmark is for")]

use std::time::{Duration, Instant};

/// Runs whose time is taken, or as many as fit into [`PATIENCE`].
const RUNS_MAX: usize = 1001;
const PATIENCE: Duration = Duration::from_secs(2);
/// Runs that nobody measures: buffers get their size, caches get warm.
const WARM_UP: usize = 3;

/// Something to measure.
pub(crate) struct Case {
    /// What it is, in words joined by `_`.
    pub(crate) name: &'static str,
    /// What one run does so many times.
    pub(crate) operations: u32,
    /// Makes everything that the runs share.
    pub(crate) make: fn() -> Box<dyn Run>,
}

/// One run after another.
pub(crate) trait Run {
    /// What the next run needs; not measured.
    fn prepare(&mut self) {}
    /// What is measured.
    fn run(&mut self);
}

impl<F: FnMut()> Run for F {
    fn run(&mut self) {
        self();
    }
}

/// `--list` tells names and operations a run, `--count NAME` runs one case for a counter of instructions, and anything
/// else takes the time of the cases whose names contain it.
pub(crate) fn main(cases: &[Case]) {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--list"] => cases.iter().for_each(|case| println!("{} {}", case.name, case.operations)),
        ["--count", name] => cases.iter().filter(|case| case.name == name).for_each(count),
        [name] => cases.iter().filter(|case| case.name.contains(name)).for_each(time),
        _ => cases.iter().for_each(time),
    }
}

fn count(case: &Case) {
    let mut run = warm(case);
    run.prepare();
    counted(&mut *run);
}

#[inline(never)]
fn counted(run: &mut dyn Run) {
    run.run();
}

fn time(case: &Case) {
    let mut run = warm(case);
    let (mut times, mut spent) = (Vec::new(), Duration::ZERO);
    while times.len() < RUNS_MAX && (spent < PATIENCE || times.is_empty()) {
        run.prepare();
        let time = timed(&mut *run);
        times.push(time);
        spent += time;
    }
    times.sort();
    let an_operation = |time: Duration| time.as_nanos() as f64 / f64::from(case.operations);
    let (median, best) = (an_operation(times[times.len() / 2]), an_operation(times[0]));
    println!("{:<48} {median:>14.0} ns  best {best:>14.0} ns  {:>12.0} /s", case.name, 1e9 / median);
}

#[expect(clippy::disallowed_methods, reason = "a benchmark needs a clock, and none of it is part of a core")]
fn timed(run: &mut dyn Run) -> Duration {
    let begin = Instant::now();
    counted(run);
    begin.elapsed()
}

fn warm(case: &Case) -> Box<dyn Run> {
    let mut run = (case.make)();
    for _ in 0..WARM_UP {
        run.prepare();
        run.run();
    }
    run
}
