//! The recording of a world: one line for everything that happened, and a fingerprint of all lines.
//!
//! Two runs of one seed must have the same recording, byte for byte.

use std::fmt::{Arguments, Write};
use std::time::Duration;

/// How much is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The fingerprint only.
    #[default]
    Fingerprint,
    /// Every line.
    Lines,
}

/// The recording.
#[derive(Clone, Debug)]
pub struct Recorder {
    keep: Keep,
    fingerprint: u64,
    line: String,
    text: String,
}

impl Recorder {
    /// An empty recording.
    pub fn new(keep: Keep) -> Self {
        // FNV-1a, 64 bits: its offset basis.
        Self { keep, fingerprint: 0xcbf2_9ce4_8422_2325, line: String::new(), text: String::new() }
    }

    /// Adds a line.
    pub fn note(&mut self, at: Duration, says: Arguments<'_>) {
        self.line.clear();
        // Writing into a String cannot fail.
        let _ = writeln!(self.line, "{:>14.6} {says}", at.as_secs_f64());
        for byte in self.line.bytes() {
            self.fingerprint = (self.fingerprint ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        if self.keep == Keep::Lines {
            self.text.push_str(&self.line);
        }
    }

    /// The fingerprint of all lines.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// All lines, if they are kept.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_line_is_another_fingerprint() {
        let note = |says: &str| {
            let mut recorder = Recorder::new(Keep::Lines);
            recorder.note(Duration::from_millis(1500), format_args!("{says}"));
            (recorder.fingerprint(), recorder.text().to_owned())
        };
        assert_eq!(note("a").1, "      1.500000 a\n");
        assert_ne!(note("a").0, note("b").0);
        assert_eq!(note("a"), note("a"));
    }
}
