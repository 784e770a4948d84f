//! The story of a seed that broke a rule: shrunk to what matters, its end on the screen, all of it in a file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use sim::campaign::{shrunk, without};
use sim::recorder::Keep;
use sim::recording::Recording;
use sim::walk::Walked;

use crate::proof::Begun;

/// Lines that are shown.
const LAST_LINES: usize = 40;
/// How long one seed of many is shrunk.
const SHRINKING_MAX: Duration = Duration::from_secs(10);

/// What is told of a broken walk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Story {
    /// The step at which the rule was broken: the last one.
    step: usize,
    /// Turns of the walk that are needed for that.
    turns: Vec<usize>,
    /// Turns that can be left out.
    left_out: usize,
    /// The recording of the walk without them.
    recording: Option<PathBuf>,
    /// What to type.
    replay: Option<String>,
}

/// A broken walk without what it does not need.
pub(super) struct Short {
    pub(super) recording: Recording,
    pub(super) turns: Vec<usize>,
    pub(super) left_out: usize,
    /// How often it was walked.
    pub(super) tries: usize,
}

/// Shrinks the walk of a seed for some seconds, shows its end, and writes it down. Nothing of a walk that panics.
pub(super) fn tell(seed: u64) -> Option<Story> {
    let walked = super::walk(seed, Keep::Fingerprint)?;
    let Short { recording, turns, left_out, .. } = shorten(&walked, SHRINKING_MAX)?;
    let (step, text) = (recording.steps().len(), recording.to_string());
    let lines: Vec<&str> = text.lines().collect();
    let (_, last) = lines.split_at(lines.len().saturating_sub(LAST_LINES));
    let all = turns.len() + left_out;
    eprintln!(
        "seed {seed}, shrunk to {} of {all} turns, the last of {step} steps:\n{}",
        turns.len(),
        last.join("\n")
    );
    let path = write(&recording);
    let replay = path.as_deref().map(|path| format!("holdfast sim --replay {}", path.display()));
    replay.iter().for_each(|replay| eprintln!("all of it: {replay}"));
    Some(Story { step, turns, left_out, recording: path, replay })
}

/// Leaves out all that a broken walk does not need, as long as there is time.
pub(super) fn shorten(walked: &Walked, time: Duration) -> Option<Short> {
    let begun = Begun::now();
    let short = || {
        let short = shrunk(walked, || begun.elapsed() < time)?;
        let part = without(walked.seed, walked.turns.walk(), short.left_out.clone(), Keep::Lines);
        Some((short, part.recording))
    };
    // A walk with other turns may come where no walk has been, and panic there: then nothing is told of it.
    let (short, recording) = catch_unwind(AssertUnwindSafe(short)).ok()??;
    let left_out = short.left_out.len();
    let recording = recording.of_part(walked.turns.walk(), short.left_out);
    Some(Short { recording, turns: short.kept, left_out, tries: short.tries })
}

fn write(recording: &Recording) -> Option<PathBuf> {
    let path = std::env::temp_dir().join(format!("holdfast-sim-{}.json", recording.seed()));
    write_to(&path, recording).ok().map(|()| path)
}

fn write_to(path: &Path, recording: &Recording) -> std::io::Result<()> {
    std::fs::write(path, serde_json::to_vec(recording)?)
}
