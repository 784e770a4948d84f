//! What a proof command (`drill`, `sim`) hands back: one document, one exit status.
//!
//! Progress is for people and goes to standard error; the document is for programs and goes to standard output, only
//! with `--json`. Decides nothing but this: a proof passes if it has rows or figures and every one of them held.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use lab::clock::Clock;
use serde::Serialize;
use serde_json::Value;
use sim::node::api::documents::utc;
use sim::node::domain::WallMs;
use sim::rows::Report;

/// Everything held.
pub(crate) const PASSED: u8 = 0;
/// Something fell short.
pub(crate) const FELL_SHORT: u8 = 1;
/// It could not run.
pub(crate) const COULD_NOT_RUN: u8 = 2;

/// The document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Proof {
    /// What was typed, without the program and without `--json`.
    pub(crate) command: String,
    /// Version of this program.
    pub(crate) version: &'static str,
    /// Where it ran.
    pub(crate) machine: String,
    /// When it began, UTC.
    pub(crate) started: String,
    /// How long it took.
    pub(crate) seconds: f64,
    /// Whether everything held.
    pub(crate) passed: bool,
    /// What was exercised, in the order of the rows' document.
    pub(crate) rows: Vec<Row>,
    /// What was measured.
    pub(crate) figures: Vec<Figure>,
}

/// The outcome of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Row {
    /// Its id.
    pub(crate) id: String,
    /// Whether everything held.
    pub(crate) passed: bool,
    /// What passing means; if it failed, what went wrong.
    pub(crate) says: String,
    /// What was counted, by name.
    pub(crate) evidence: Value,
}

/// One measured number and what it should have been.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Figure {
    /// Its name.
    pub(crate) name: String,
    /// The number.
    pub(crate) value: f64,
    /// Its unit; empty for a count.
    pub(crate) unit: &'static str,
    /// What it was to be.
    pub(crate) target: f64,
    /// Whether it was.
    pub(crate) met: bool,
}

impl Row {
    /// A row without evidence that did not pass.
    pub(crate) fn failed(id: impl Into<String>, says: impl Into<String>) -> Self {
        Self { id: id.into(), passed: false, says: says.into(), evidence: Value::Object(Default::default()) }
    }
}

impl From<Report> for Row {
    fn from(report: Report) -> Self {
        // A map of names and JSON values is always JSON.
        let evidence = serde_json::to_value(&report.evidence).unwrap_or_default();
        Self { id: report.id.into(), passed: report.passed, says: report.says, evidence }
    }
}

/// A proof in progress.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begun {
    clock: Clock,
}

impl Begun {
    /// Begins, now.
    pub(crate) fn now() -> Self {
        Self { clock: Clock::start() }
    }

    /// Time since then.
    pub(crate) fn elapsed(&self) -> Duration {
        self.clock.now()
    }

    /// The document, as of now.
    pub(crate) fn finish(&self, rows: Vec<Row>, figures: Vec<Figure>) -> Proof {
        let something = !rows.is_empty() || !figures.is_empty();
        Proof {
            command: typed(std::env::args().skip(1)),
            version: env!("CARGO_PKG_VERSION"),
            machine: machine(),
            started: utc(WallMs(self.clock.wall_ms(Duration::ZERO))),
            seconds: (self.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
            passed: something && rows.iter().all(|row| row.passed) && figures.iter().all(|figure| figure.met),
            rows,
            figures,
        }
    }
}

impl Proof {
    /// Shows people what was measured.
    pub(crate) fn tell_figures(&self) {
        for Figure { name, value, unit, target, met } in &self.figures {
            // A figure that is met above its target is one that should be high.
            let bound = if *met == (value <= target) { "at most" } else { "at least" };
            let met = if *met { "met" } else { "NOT MET" };
            eprintln!("{name:24} {value:8.3} {unit:2} of {bound} {target} {unit}: {met}");
        }
    }

    /// Writes the document if it was asked for, and says how the process ends.
    pub(crate) fn conclude(&self, json: bool) -> ExitCode {
        if json && let Err(reason) = self.write(io::stdout().lock()) {
            return could_not_run(format_args!("the report could not be written: {reason}"));
        }
        ExitCode::from(if self.passed { PASSED } else { FELL_SHORT })
    }

    fn write(&self, mut to: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, self)?;
        to.write_all(b"\n")?;
        to.flush()
    }
}

/// Says why, and ends with the status that means it.
pub(crate) fn could_not_run(why: impl std::fmt::Display) -> ExitCode {
    eprintln!("holdfast: {why}");
    ExitCode::from(COULD_NOT_RUN)
}

fn typed(arguments: impl Iterator<Item = String>) -> String {
    arguments.filter(|argument| argument != "--json").collect::<Vec<_>>().join(" ")
}

/// System, processor and how many of its cores are ours: what a reader needs to judge a number of seconds.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let system = format!("{} {} {}", std::env::consts::OS, release.trim(), std::env::consts::ARCH);
    let processor = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|info| model(&info));
    format!("{system}, {cores} cores{}", processor.map(|model| format!(" of {model}")).unwrap_or_default())
}

fn model(cpuinfo: &str) -> Option<String> {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"))?;
    line.split_once(':').map(|(_, model)| model.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(passed: bool) -> Row {
        Row { passed, ..Row::failed("CTI-4", "5 dials to A, then B") }
    }

    fn figure(met: bool) -> Figure {
        Figure { name: "recovery_p99".into(), value: 0.41, unit: "s", target: 1.0, met }
    }

    #[test]
    fn the_document_has_the_published_members_and_no_others() {
        let proof = Begun::now().finish(vec![row(true)], vec![figure(true)]);
        let mut written = Vec::new();
        proof.write(&mut written).unwrap();
        let read: Value = serde_json::from_slice(&written).unwrap();
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let all = ["command", "figures", "machine", "passed", "rows", "seconds", "started", "version"];
        assert_eq!(names(&read), all);
        assert_eq!(names(&read["rows"][0]), ["evidence", "id", "passed", "says"]);
        assert_eq!(names(&read["figures"][0]), ["met", "name", "target", "unit", "value"]);
        assert!(read["started"].as_str().unwrap().starts_with("20"), "{}", read["started"]);
    }

    #[test]
    fn one_row_or_figure_that_fell_short_is_enough() {
        let passed = |rows, figures| Begun::now().finish(rows, figures).passed;
        assert!(passed(vec![row(true)], vec![]));
        assert!(passed(vec![], vec![figure(true)]));
        assert!(!passed(vec![row(true), row(false)], vec![]));
        assert!(!passed(vec![row(true)], vec![figure(false)]));
        assert!(!passed(vec![], vec![]), "nothing was proved");
    }

    #[test]
    fn the_command_is_what_was_typed_without_the_form_of_the_report() {
        let arguments = ["drill", "--only", "cti", "--json"].map(String::from);
        assert_eq!(typed(arguments.into_iter()), "drill --only cti");
    }

    #[test]
    fn the_processor_is_named() {
        assert_eq!(model("processor : 0\nmodel name\t: Quick 9000\n").as_deref(), Some("Quick 9000"));
        assert_eq!(model(""), None);
    }
}
