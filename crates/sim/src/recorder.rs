//! Notes everything that happens in a world: as steps of a [`Recording`] if they are kept, else as a fingerprint only.
//!
//! Two runs of one seed must have the same recording, byte for byte. The fingerprint is made of what was noted and not of
//! the words that tell it, so it is the same whether steps are kept or not, and costs no memory.

use std::fmt::{Arguments, Write};
use std::time::Duration;

use crate::recording::{Kind, Part, Recording, Step};

/// How much is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The fingerprint only.
    #[default]
    Fingerprint,
    /// Every step.
    Lines,
}

/// Who speaks to whom, and in which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    from: Part,
    to: Option<Part>,
    kind: Kind,
}

impl Line {
    /// What kind of thing it is.
    pub(crate) fn kind(self) -> Kind {
        self.kind
    }
}

impl Part {
    /// Something that this part does, or that befalls it.
    pub(crate) fn alone(self, kind: Kind) -> Line {
        Line { from: self, to: None, kind }
    }

    /// Something that this part says to another.
    pub(crate) fn to(self, to: Self, kind: Kind) -> Line {
        Line { from: self, to: Some(to), kind }
    }
}

/// What is said: folded into the fingerprint as it is, and told in words only if it is kept.
pub(crate) trait Says {
    /// Adds what is said.
    fn fold(&self, into: &mut Fingerprint);
    /// In words, on one line. Never a secret.
    fn tell(&self) -> String;
}

impl Says for Arguments<'_> {
    fn fold(&self, into: &mut Fingerprint) {
        // It takes everything.
        let _ = into.write_fmt(*self);
    }

    fn tell(&self) -> String {
        self.to_string()
    }
}

/// The recording.
#[derive(Clone, Debug)]
pub struct Recorder {
    keep: Keep,
    /// Whose desktops there are, by their numbers.
    agents: Vec<String>,
    turn: usize,
    fingerprint: Fingerprint,
    steps: Vec<Step>,
}

impl Recorder {
    /// An empty recording of a world in which these agents have desktops.
    pub(crate) fn new(keep: Keep, agents: Vec<String>) -> Self {
        Self { keep, agents, turn: 0, fingerprint: Fingerprint::default(), steps: Vec::new() }
    }

    /// What follows belongs to this turn of the walk.
    pub(crate) fn turn(&mut self, turn: usize) {
        self.turn = turn;
    }

    /// Adds a step.
    pub(crate) fn note(&mut self, at: Duration, Line { from, to, kind }: Line, says: impl Says) {
        self.fingerprint.number(u64::try_from(at.as_nanos()).unwrap_or(u64::MAX));
        self.fingerprint.number(from.code() << 32 | to.map_or(0, Part::code) << 8 | kind as u64);
        says.fold(&mut self.fingerprint);
        if self.keep == Keep::Lines {
            let (from, to) = (from.name(&self.agents), to.map(|to| to.name(&self.agents)));
            self.steps.push(Step::new(at, self.turn, (from, to), kind, says.tell()));
        }
    }

    /// The fingerprint of everything so far.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint.0
    }

    /// Everything so far, if it is kept, and the rule that was broken at the end.
    pub(crate) fn recording(&self, seed: u64, broken: Option<&str>) -> Recording {
        let mut steps = self.steps.clone();
        if let (Keep::Lines, Some(rule)) = (self.keep, broken) {
            let at = steps.last().map_or(Duration::ZERO, Step::time);
            let watch = (Part::Watch.name(&self.agents), None);
            steps.push(Step::new(at, self.turn, watch, Kind::Rule, rule.to_owned()));
        }
        Recording::new(seed, broken, steps)
    }
}

/// FNV-1a, 64 bits: how what was noted comes in pieces makes no difference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fingerprint {
    /// Adds a number at once.
    pub(crate) fn number(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
    }

    /// Adds bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

impl Write for Fingerprint {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(keep: Keep, line: Line, says: &str) -> Recorder {
        let mut recorder = Recorder::new(keep, vec!["1001".into()]);
        recorder.note(Duration::from_millis(1500), line, format_args!("{says}"));
        recorder
    }

    #[test]
    fn whatever_differs_gives_another_fingerprint() {
        let line = Part::Node(0).alone(Kind::Decision);
        let print = |line, says| noted(Keep::Fingerprint, line, says).fingerprint();
        assert_eq!(print(line, "a"), print(line, "a"));
        assert_ne!(print(line, "a"), print(line, "b"));
        assert_ne!(print(line, "a"), print(Part::Node(1).alone(Kind::Decision), "a"));
        assert_ne!(print(line, "a"), print(Part::Node(0).alone(Kind::Disk), "a"));
    }

    #[test]
    fn keeping_the_steps_changes_nothing() {
        let line = Part::Node(0).to(Part::Desktop(0), Kind::Event);
        let (kept, not) = (noted(Keep::Lines, line, "a"), noted(Keep::Fingerprint, line, "a"));
        assert_eq!(kept.fingerprint(), not.fingerprint());
        assert_eq!((kept.steps.len(), not.steps.len()), (1, 0));
    }

    #[test]
    fn a_broken_rule_is_the_last_step() {
        let recorder = noted(Keep::Lines, Part::Node(0).alone(Kind::Fault), "crashes");
        let recording = recorder.recording(7, Some("(1) acted twice"));
        assert_eq!(recording.steps().last().map(Step::kind), Some(Kind::Rule));
        assert_eq!(recording.to_string().lines().count(), 2);
    }
}
