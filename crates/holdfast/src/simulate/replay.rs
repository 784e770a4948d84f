//! `holdfast sim --replay`: what happens in the walks of one seed, step by step, for people or as JSON; or the same again
//! from a recording.
//!
//! A recording is not played back: its walk is walked again, so what is told is what this program does.

use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::panic::catch_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;
use serde_json::json;
use sim::campaign::without;
use sim::recorder::Keep;
use sim::recording::{BYTES_MAX, Kind, Recording, Step};
use sim::walk::Walked;

use super::story::shorten;
use crate::proof::{Begun, Proof, Row, could_not_run};

/// How long a walk is shrunk.
const SHRINKING_MAX: Duration = Duration::from_secs(60);

/// The report, and the recording in it.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    proof: &'a Proof,
    replay: &'a Recording,
}

/// What is to be told.
#[derive(Debug)]
enum Source {
    Seed(u64),
    Recording(Box<Recording>),
}

/// Exit status 0 if no rule was broken, 1 if one was, 2 if there is nothing to tell.
pub(super) fn run(what: &str, until: Option<NonZeroUsize>, shrink: bool, json: bool) -> ExitCode {
    let begun = Begun::now();
    let told = source(what).map_err(Untold::from).and_then(|source| {
        let recording = tell(&source, shrink)?;
        Ok(cut(recording, until)?)
    });
    match told {
        Ok(recording) => conclude(begun, &recording, json),
        Err(Untold::Panic(seed)) => {
            let panicked = Row::failed(format!("seed {seed}"), "panicked; what it said is on standard error");
            begun.finish(vec![panicked], Vec::new()).conclude(json)
        }
        Err(Untold::Why(why)) => could_not_run(why),
    }
}

/// Why nothing can be told.
#[derive(Debug)]
enum Untold {
    /// The walk of this seed panics, and what it had told is lost.
    Panic(u64),
    /// In words.
    Why(String),
}

impl From<String> for Untold {
    fn from(why: String) -> Self {
        Self::Why(why)
    }
}

// What to tell ------------------------------------------------------------------------------------------------

fn source(what: &str) -> Result<Source, String> {
    if let Ok(seed) = what.parse() {
        return Ok(Source::Seed(seed));
    }
    if what.strip_prefix('-').unwrap_or(what).bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("{what:?} is no seed: a seed is a whole number from 0 to {}", u64::MAX));
    }
    read(Path::new(what)).map(|recording| Source::Recording(Box::new(recording)))
}

fn read(path: &Path) -> Result<Recording, String> {
    let neither =
        |why| format!("{path:?} is neither a seed, a whole number, nor a recording that can be read: {why}");
    let size = fs::metadata(path).map_err(neither)?.len();
    if size > BYTES_MAX {
        return Err(format!("{path:?} has {size} bytes, and no recording has more than {BYTES_MAX}"));
    }
    let text = fs::read_to_string(path).map_err(neither)?;
    let how = "make one with `holdfast sim --replay SEED --json > FILE`";
    Recording::read(&text).map_err(|why| format!("{path:?}: {why}; {how}"))
}

fn tell(source: &Source, shrink: bool) -> Result<Recording, Untold> {
    let (seed, walked) = match source {
        Source::Seed(seed) => (*seed, super::walk(*seed, Keep::Lines)),
        Source::Recording(recording) => (recording.seed(), catch_unwind(|| again(recording)).ok()),
    };
    let walked = walked.ok_or(Untold::Panic(seed))?;
    if let Source::Recording(old) = source {
        compare(old, &walked.recording);
    }
    if shrink { Ok(shortened(walked)?) } else { Ok(walked.recording) }
}

fn again(recording: &Recording) -> Walked {
    let Some((walk, left_out)) = recording.part() else {
        return sim::campaign::one(recording.seed(), Keep::Lines);
    };
    let walked = without(recording.seed(), walk, left_out.clone(), Keep::Lines);
    Walked { recording: walked.recording.of_part(walk, left_out.clone()), ..walked }
}

/// Another version of this program may do something else.
fn compare(old: &Recording, new: &Recording) {
    let mut both = old.steps().iter().zip(new.steps());
    let differs = both.position(|(old, new)| old != new);
    if let Some(step) = differs {
        eprintln!(
            "from step {} on this is another story than that of the file, which another version wrote",
            step + 1
        );
    }
}

fn shortened(walked: Walked) -> Result<Recording, String> {
    if walked.broken.is_none() {
        return Err(format!("there is nothing to shrink: seed {} breaks no rule", walked.seed));
    }
    eprintln!("leaving out turns, for {} s at most", SHRINKING_MAX.as_secs());
    let short =
        shorten(&walked, SHRINKING_MAX).ok_or("a walk with fewer turns panicked; what it said is above")?;
    let (kept, all) = (short.turns.len(), short.turns.len() + short.left_out);
    eprintln!("{kept} of {all} turns are left after {} walks: {:?}", short.tries, short.turns);
    Ok(short.recording)
}

fn cut(recording: Recording, until: Option<NonZeroUsize>) -> Result<Recording, String> {
    let (steps, seed) = (recording.steps().len(), recording.seed());
    match until.map(NonZeroUsize::get) {
        Some(until) if until > steps => {
            Err(format!("there is no step {until}: seed {seed} has {steps} steps"))
        }
        Some(until) => Ok(recording.until(until)),
        None => Ok(recording),
    }
}

// Telling -----------------------------------------------------------------------------------------------------

fn conclude(begun: Begun, recording: &Recording, json: bool) -> ExitCode {
    let proof = begun.finish(vec![row(recording)], Vec::new());
    let written =
        if json { write_json(&proof, recording) } else { write!(io::stdout().lock(), "{recording}") };
    match written {
        // Whoever has read enough closes the pipe.
        Err(why) if why.kind() != io::ErrorKind::BrokenPipe => {
            could_not_run(format_args!("nothing can be written: {why}"))
        }
        Ok(()) | Err(_) => {
            eprintln!("{}", summary(recording));
            proof.conclude(false)
        }
    }
}

fn write_json(proof: &Proof, replay: &Recording) -> io::Result<()> {
    let mut to = io::stdout().lock();
    serde_json::to_writer(&mut to, &Document { proof, replay })?;
    to.write_all(b"\n")
}

/// The rule counts if it is told: up to an earlier step none is broken.
fn broken(recording: &Recording) -> Option<&str> {
    let rule = recording.steps().last().is_some_and(|step| step.kind() == Kind::Rule);
    recording.broken().filter(|_| rule)
}

fn row(recording: &Recording) -> Row {
    let id = format!("seed {}", recording.seed());
    let says = broken(recording).unwrap_or("no rule is broken").to_owned();
    let evidence = json!({ "steps": recording.steps().len() });
    Row { id, passed: broken(recording).is_none(), says, evidence }
}

fn summary(recording: &Recording) -> String {
    let (seed, steps) = (recording.seed(), recording.steps().len());
    let pulses = recording.steps().iter().filter(|step: &&Step| step.kind() == Kind::Pulse).count();
    let silent = format!("{pulses} of them, heartbeats and looks at AWDBs, are only in --json");
    match broken(recording) {
        Some(rule) => format!("seed {seed} breaks a rule at step {steps}, {rule}\n{steps} steps; {silent}"),
        None => format!("seed {seed} breaks no rule in {steps} steps; {silent}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(what: &str) -> String {
        source(what).map(|_| ()).unwrap_err()
    }

    #[test]
    fn what_is_no_seed_and_no_recording_is_told_with_what_to_do() {
        assert!(matches!(source("18446744073709551615"), Ok(Source::Seed(u64::MAX))));
        assert!(refused("18446744073709551616").contains("a whole number from 0 to 18446744073709551615"));
        assert!(refused("-1").contains("is no seed"));
        assert!(refused("no-such-file").contains("nor a recording that can be read: No such file"));
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let says = refused(here);
        assert!(says.contains("it is no recording") && says.contains("--replay SEED --json"), "{says}");
    }

    #[test]
    fn a_step_beyond_the_end_is_told_with_their_number() {
        let recording = || Recording::read(r#"{"recording":1,"seed":7,"broken":null,"steps":[]}"#).unwrap();
        let says = cut(recording(), NonZeroUsize::new(1)).unwrap_err();
        assert_eq!(says, "there is no step 1: seed 7 has 0 steps");
        assert_eq!(cut(recording(), None).unwrap(), recording());
    }

    #[test]
    fn a_seed_and_its_recording_tell_the_same() {
        let first = tell(&Source::Seed(3), false).unwrap();
        let text = serde_json::to_string(&first).unwrap();
        let source = Source::Recording(Box::new(Recording::read(&text).unwrap()));
        assert_eq!(tell(&source, false).unwrap(), first);
        assert!(first.to_string().contains("node 1 -> CTI A"));
    }
}
