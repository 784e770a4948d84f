//! `holdfast drill`: the rows of failover.md as live fault drills against labs of its own, and a report of what was
//! counted there.
//!
//! Starts every lab and every desktop server itself, and touches none that runs already.

mod catalog;
mod controls;
mod exercise;
mod live;
pub(crate) mod nets;
mod progress;
mod secrets;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lab::Net;
use sim::rows::{Driver, Setting};
use tokio::runtime::{Handle, Runtime};

use crate::proof::{Begun, Proof, Row, could_not_run};
use catalog::{Mechanism, Planned, Times};
use controls::Control;
use exercise::{Job, exercise};
use live::LiveDriver;
pub(crate) use live::NODE;
use progress::Progress;

/// Labs that run rows side by side: rows mostly wait, so that a few of them share two cores well.
const LABS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(2);
/// The controls run every row more than once.
const LABS_FOR_CONTROLS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(3);

/// Arguments of `drill`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Drill this mechanism only; may be repeated.
    #[arg(long, value_name = "MECHANISM")]
    only: Vec<Mechanism>,
    /// Exercise this row only, such as CTI-4; may be repeated. The others count as not exercised: the drill fails.
    #[arg(long = "row", value_name = "ID")]
    rows: Vec<String>,
    /// Run the negative controls instead: each must fail exactly the rows that it contradicts.
    #[arg(long, conflicts_with_all = ["node_settings", "rows"])]
    controls: bool,
    /// Let the documented times pass instead of compressed ones: AWDB rows take 30 minutes, some of them thrice.
    #[arg(long, conflicts_with = "controls")]
    true_times: bool,
    /// A setting of the desktop server under test, which wins over those of the rows; may be repeated.
    #[arg(long = "node-setting", value_name = "KEY=VALUE", value_parser = setting)]
    node_settings: Vec<Setting>,
    /// The loopback network to use, such as 127.7.1; a free one if absent.
    #[arg(long, value_parser = network)]
    net: Option<Net>,
    /// How many labs run side by side; 3 if absent, for the controls 4.
    #[arg(long)]
    labs: Option<NonZeroUsize>,
    /// Write the report as one JSON document to standard output.
    #[arg(long)]
    json: bool,
}

/// Exit status 0 if every row passed, 1 if one did not, 2 if the drill could not run.
pub(crate) fn run(args: &Args) -> ExitCode {
    match drill(args) {
        Ok(proof) => proof.conclude(args.json),
        Err(reason) => could_not_run(reason),
    }
}

fn drill(args: &Args) -> Result<Proof, String> {
    let begun = Begun::now();
    let plan = args.plan()?;
    let jobs = args.jobs(&plan);
    let place = Place::prepare(args.net, args.labs(), &args.node_settings)?;
    let progress = Progress::new(begun, &format!("{} rows on {}", jobs.len(), place.names.join(", ")));
    let mut rows = args.judge(exercise(&jobs, place.drivers, &progress));
    rows.extend(args.searches_logs().then(|| secrets::search(&place.dir)));
    let proof = begun.finish(rows, Vec::new());
    progress.conclude(&proof);
    tidy(&place.dir, proof.passed);
    Ok(proof)
}

impl Args {
    fn mechanisms(&self) -> Vec<Mechanism> {
        if self.only.is_empty() { Mechanism::all() } else { self.only.clone() }
    }

    fn times(&self) -> Times {
        if self.true_times { Times::Real } else { Times::Compressed }
    }

    /// What is secret is asked for in AWDB rows; a control is no proof of anything else.
    fn searches_logs(&self) -> bool {
        !self.controls && self.mechanisms().contains(&Mechanism::Awdb)
    }

    fn planned(&self) -> impl Iterator<Item = Planned> + use<> {
        let times = self.times();
        self.mechanisms().into_iter().flat_map(move |mechanism| mechanism.plan(times))
    }

    /// Logs that are searched tell all they can.
    fn settings(&self) -> Vec<Setting> {
        let debug = self.searches_logs().then(|| Setting::new("log.filter", "debug"));
        debug.into_iter().chain(self.node_settings.iter().cloned()).collect()
    }

    fn plan(&self) -> Result<Vec<Planned>, String> {
        let plan: Vec<Planned> = self.planned().collect();
        if self.rows.is_empty() {
            return Ok(plan);
        }
        let unknown = self.rows.iter().find(|id| plan.iter().all(|planned| planned.id() != *id));
        match unknown {
            Some(id) => Err(format!("there is no row {id} among those to be drilled")),
            None => Ok(plan.into_iter().map(|planned| planned.only_if(&self.rows)).collect()),
        }
    }

    fn jobs(&self, plan: &[Planned]) -> Vec<Job> {
        if self.controls {
            return Control::of(&self.mechanisms()).iter().flat_map(Control::jobs).collect();
        }
        let job = |planned: &Planned| Job {
            title: planned.id().into(),
            planned: planned.clone(),
            extra: self.settings(),
            to_pass: true,
        };
        plan.iter().map(job).collect()
    }

    fn judge(&self, rows: Vec<Row>) -> Vec<Row> {
        if !self.controls {
            return rows;
        }
        let mut rows = rows.into_iter();
        let controls = Control::of(&self.mechanisms()).into_iter();
        let judge = |control: Control| {
            let of_control: Vec<Row> = rows.by_ref().take(control.jobs().len()).collect();
            control.judge(&of_control)
        };
        controls.map(judge).collect()
    }

    fn labs(&self) -> usize {
        let labs = if self.controls { LABS_FOR_CONTROLS } else { LABS };
        self.labs.unwrap_or(labs).get()
    }
}

/// Where a drill takes place.
struct Place {
    drivers: Vec<LiveDriver>,
    names: Vec<String>,
    dir: PathBuf,
    /// Outlives the drivers' labs, which are ended before it.
    _runtime: Runtime,
}

impl Place {
    /// Claims the networks and starts one lab, to see that it can be done and that the settings are understood.
    fn prepare(net: Option<Net>, labs: usize, settings: &[Setting]) -> Result<Self, String> {
        let claims = nets::claim(net, labs)?;
        let names = claims.iter().map(|claim| claim.net.to_string()).collect();
        let dir = std::env::temp_dir().join(format!("holdfast-drill-{}", std::process::id()));
        let runtime = Runtime::new().map_err(|reason| format!("no runtime: {reason}"))?;
        let driver = |claim| LiveDriver::new(Handle::clone(runtime.handle()), claim, &dir);
        let mut drivers = claims.into_iter().map(driver).collect::<Result<Vec<LiveDriver>, _>>()?;
        if let Some(Err(reason)) = drivers.first_mut().map(|first| first.start(settings, 1)) {
            tidy(&dir, true);
            return Err(format!("no lab: {reason}"));
        }
        Ok(Self { drivers, names, dir, _runtime: runtime })
    }
}

/// The logs of a drill that failed are kept for whoever wants to know why.
pub(crate) fn tidy(dir: &Path, passed: bool) {
    if !passed {
        eprintln!("logs of the desktop servers are kept in {}", dir.display());
    } else if let Err(reason) = std::fs::remove_dir_all(dir) {
        eprintln!("{} could not be removed: {reason}", dir.display());
    }
}

pub(crate) fn setting(text: &str) -> Result<Setting, String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() && !value.is_empty() => Ok(Setting::new(key, value)),
        Some(_) | None => Err("write KEY=VALUE, such as cti.attempts_per_side=4".into()),
    }
}

pub(crate) fn network(text: &str) -> Result<Net, String> {
    let net: Net = text.parse().map_err(|reason: lab::NetError| reason.to_string())?;
    net.guard(false).map_err(|_| format!("{net} is not loopback: drills run on loopback only"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_needs_a_key_and_a_value() {
        assert_eq!(setting("cti.attempts_per_side=4"), Ok(Setting::new("cti.attempts_per_side", "4")));
        assert_eq!(setting("a.b=c=d"), Ok(Setting::new("a.b", "c=d")));
        assert!(["", "a.b", "a.b=", "=4"].into_iter().all(|text| setting(text).is_err()));
    }

    #[test]
    fn drills_stay_on_loopback() {
        assert!(network("127.7.9").is_ok());
        assert!(network("192.168.1").unwrap_err().contains("loopback only"));
        assert!(network("127.7").is_err());
    }
}
