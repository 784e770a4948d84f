//! What people see of a drill: a line on standard error for each row that is done, and on a terminal which ones are
//! being carried out.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::exercise::Job;
use crate::proof::{Begun, Proof, Row};

/// Back to the start of the line and erase it.
const ERASE: &str = "\r\x1b[K";

/// The screen of one drill.
#[derive(Debug)]
pub(crate) struct Progress {
    begun: Begun,
    terminal: bool,
    running: Mutex<BTreeSet<String>>,
}

impl Progress {
    /// Begins with a line of its own.
    pub(crate) fn new(begun: Begun, headline: &str) -> Self {
        eprintln!("{headline}");
        Self { begun, terminal: std::io::stderr().is_terminal(), running: Mutex::default() }
    }

    /// A row begins; returns when.
    pub(crate) fn begin(&self, job: &Job) -> Duration {
        self.show(|running| running.insert(job.title.clone()), "");
        self.begun.elapsed()
    }

    /// It is done.
    pub(crate) fn end(&self, job: &Job, begun: Duration, row: &Row) {
        let took = self.begun.elapsed().saturating_sub(begun).as_secs_f64();
        let outcome = match (row.passed, job.to_pass) {
            (true, true) => "passed",
            (false, true) => "FAILED",
            (false, false) => "failed, as it must",
            (true, false) => "PASSED, AND MUST NOT",
        };
        let line = format!("{:8} {outcome} {took:5.1} s  {}\n", job.title, row.says);
        self.show(|running| running.remove(&job.title), &line);
    }

    /// The last line.
    pub(crate) fn conclude(&self, proof: &Proof) {
        let (passed, all) = (proof.rows.iter().filter(|row| row.passed).count(), proof.rows.len());
        eprintln!("{passed} of {all} passed in {:.1} s", proof.seconds);
    }

    fn show(&self, change: impl FnOnce(&mut BTreeSet<String>) -> bool, line: &str) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut running);
        let names = running.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let (erase, status) = match self.terminal {
            true if names.is_empty() => (ERASE, String::new()),
            true => (ERASE, format!("{names} ...")),
            false => ("", String::new()),
        };
        // A screen that cannot be written to has no reader.
        let _ = write!(std::io::stderr(), "{erase}{line}{status}");
    }
}
