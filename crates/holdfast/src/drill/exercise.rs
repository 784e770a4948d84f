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
    /// Whether the row is to pass; a control contradicts some.
    pub(crate) to_pass: bool,
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

fn work<D: Driver>(
    mut driver: D,
    jobs: &[Job],
    next: &AtomicUsize,
    progress: &Progress,
) -> Vec<(usize, Row)> {
    let take = || {
        let n = next.fetch_add(1, Ordering::Relaxed);
        jobs.get(n).map(|job| (n, job))
    };
    std::iter::from_fn(take).map(|(n, job)| (n, carry_out(job, &mut driver, progress))).collect()
}

fn carry_out(job: &Job, driver: &mut dyn Driver, progress: &Progress) -> Row {
    let begun = progress.begin(job);
    let row = match &job.planned {
        Planned::Script(script) => run(script, &job.extra, driver).into(),
        Planned::Gap { id, why } => Row::failed(id, why),
    };
    progress.end(job, begun, &row);
    row
}

#[cfg(test)]
mod tests {
    use sim::rows::{InVirtualTime, Row as Script, cti};

    use super::*;
    use crate::proof::Begun;

    fn job(planned: Planned) -> Job {
        Job { title: planned.id().into(), planned, extra: Vec::new(), to_pass: true }
    }

    fn script(id: &str) -> Script {
        cti().into_iter().find(|row| row.id == id).unwrap()
    }

    #[test]
    fn outcomes_are_in_the_order_of_the_jobs_whoever_did_them() {
        let gap = Planned::Gap { id: "CTI-99".into(), why: "not exercised: why".into() };
        let scripts = ["CTI-7", "CTI-8", "CTI-4"].map(script).map(Planned::Script);
        let jobs: Vec<Job> = scripts.into_iter().chain([gap]).map(job).collect();
        let drivers = vec![InVirtualTime::new(1), InVirtualTime::new(2)];
        let rows = exercise(&jobs, drivers, &Progress::new(Begun::now(), "test"));
        let outcomes: Vec<_> = rows.iter().map(|row| (row.id.as_str(), row.passed)).collect();
        assert_eq!(outcomes, [("CTI-7", true), ("CTI-8", true), ("CTI-4", true), ("CTI-99", false)]);
        assert_eq!(rows[2].evidence["dials"], "AAAAAB");
    }

    #[test]
    fn settings_from_outside_win_over_those_of_the_row() {
        let extra = vec![Setting::new("cti.attempts_per_side", "4")];
        let jobs = [Job { extra, ..job(Planned::Script(script("CTI-4"))) }];
        let rows = exercise(&jobs, vec![InVirtualTime::new(1)], &Progress::new(Begun::now(), "test"));
        assert!(!rows[0].passed && rows[0].says.contains("AAAAB"), "{}", rows[0].says);
    }

    #[test]
    fn without_anybody_to_do_it_no_row_passes() {
        let jobs = [job(Planned::Script(script("CTI-4")))];
        let rows = exercise(&jobs, Vec::<InVirtualTime>::new(), &Progress::new(Begun::now(), "test"));
        assert_eq!((rows[0].passed, rows[0].says.as_str()), (false, "not exercised: the drill broke off"));
    }
}
