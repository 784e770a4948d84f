//! Carries out rows with as many drivers as there are, each row once, each driver one row at a time.

use std::sync::atomic::{AtomicUsize, Ordering};

use sim::rows::{Driver, Setting, run};

use super::catalog::Planned;
use super::progress::Progress;
use crate::proof::Row;

/// A row to be carried out.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// What it is called on the screen.
    pub(crate) title: String,
    /// The row.
    pub(crate) planned: Planned,
    /// Settings of the desktop server that win over the row's own.
    pub(crate) extra: Vec<Setting>,
}

/// Carries out all jobs; the outcomes are in the order of the jobs.
pub(crate) fn exercise<D: Driver + Send>(jobs: &[Job], drivers: Vec<D>, progress: &Progress) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, Row)> = std::thread::scope(|scope| {
        let work = |driver| scope.spawn(|| work(driver, jobs, &next, progress));
        let workers: Vec<_> = drivers.into_iter().map(work).collect();
        // A worker that panicked has told so by itself; its rows count as not exercised.
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let broken_off = |job: &Job| Row::failed(job.planned.id(), "not exercised: the drill broke off");
    let mut outcome = |n| done.iter().position(|(of, _)| *of == n).map(|at| done.swap_remove(at).1);
    jobs.iter().enumerate().map(|(n, job)| outcome(n).unwrap_or_else(|| broken_off(job))).collect()
}

fn work<D: Driver>(mut driver: D, jobs: &[Job], next: &AtomicUsize, progress: &Progress) -> Vec<(usize, Row)> {
    let take = || {
        let n = next.fetch_add(1, Ordering::Relaxed);
        jobs.get(n).map(|job| (n, job))
    };
    std::iter::from_fn(take).map(|(n, job)| (n, carry_out(job, &mut driver, progress))).collect()
}

fn carry_out(job: &Job, driver: &mut dyn Driver, progress: &Progress) -> Row {
    let begun = progress.begin(&job.title);
    let row = match &job.planned {
        Planned::Script(script) => run(script, &job.extra, driver).into(),
        Planned::Gap { id, why } => Row::failed(id, why),
    };
    progress.end(&job.title, begun, &row);
    row
}
