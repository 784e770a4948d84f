//! Follows the log of a desktop server and puts its stories into the timeline: what it lost, when it serves again.
//!
//! For people only. Nothing is decided by what a desktop server says about itself.

use std::cmp::Ordering;
use std::path::PathBuf;
use std::time::Duration;

use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::parts::NodeName;
use crate::story::Timeline;

/// Between two looks into the file: a person sees it as it happens.
const EVERY: Duration = Duration::from_millis(100);
/// Read at most so much at once, so that a chatty log does not fill the memory.
const READ_MAX: u64 = 64 * 1024;
/// An attempt that is due says nothing that its outcome does not.
const DIALING: &str = "cti.dialing";
/// What becomes of an attempt.
const ATTEMPT: [&str; 2] = ["cti.connected", "cti.attempt_failed"];
/// Lines about attempts that are told in a row: two rounds of five at each side, in two lines each. More are only in
/// the log; the timeline would hold nothing else after an hour of outage.
const ATTEMPTS_TOLD: usize = 40;

const KEEPS_DIALING: &str = "goes on dialing; further attempts are only in its log";

/// Follows one log until it is dropped.
pub(crate) struct Tail {
    node: NodeName,
    log: PathBuf,
    timeline: Timeline,
    read: u64,
    rest: Vec<u8>,
    /// Lines about attempts since something else happened.
    attempts: usize,
}

impl Tail {
    /// Follows what is written from now on.
    pub(crate) fn new(node: NodeName, log: PathBuf, timeline: Timeline) -> Self {
        let read = std::fs::metadata(&log).map_or(0, |file| file.len());
        Self { node, log, timeline, read, rest: Vec::new(), attempts: 0 }
    }

    /// Never ends by itself.
    pub(crate) async fn follow(mut self) {
        loop {
            // A log that is not there yet, or cannot be read for a moment, is looked into again.
            if let Ok(bytes) = self.more().await {
                self.take(&bytes);
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    async fn more(&mut self) -> std::io::Result<Vec<u8>> {
        let mut file = File::open(&self.log).await?;
        file.seek(std::io::SeekFrom::Start(self.read)).await?;
        let mut bytes = Vec::new();
        file.take(READ_MAX).read_to_end(&mut bytes).await?;
        self.read += bytes.len() as u64;
        Ok(bytes)
    }

    fn take(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            self.tell(&String::from_utf8_lossy(&line));
        }
        // No line of ours is longer; what is, is no story.
        if self.rest.len() as u64 >= READ_MAX {
            self.rest.clear();
        }
    }

    fn tell(&mut self, line: &str) {
        if let Some((what, says)) = story(line).filter(|(what, _)| *what != DIALING) {
            self.attempts = if ATTEMPT.contains(&what) { self.attempts + 1 } else { 0 };
            match self.attempts.cmp(&(ATTEMPTS_TOLD + 1)) {
                Ordering::Less => self.pass_on(line, what, says),
                Ordering::Equal => self.pass_on(line, "cti.keeps_dialing", KEEPS_DIALING),
                Ordering::Greater => {}
            }
        }
    }

    fn pass_on(&self, line: &str, what: &str, says: &str) {
        let side = says.strip_prefix("CTI side ").and_then(|rest| rest.get(..1)).unwrap_or_default();
        let with = [("side", side.to_owned())];
        match at_ms(line) {
            Some(at_ms) => self.timeline.tell_at(at_ms, self.node, what, says, with),
            None => self.timeline.tell(self.node, what, says, with),
        }
    }
}

/// The word and the sentence of a line such as `2026-… INFO CTI side A: lost, … what="cti.lost"`.
fn story(line: &str) -> Option<(&str, &str)> {
    let (before, after) = line.trim_end().rsplit_once(" what=\"")?;
    let (_, says) = before.split_once(" INFO ").or_else(|| before.split_once(" WARN "))?;
    Some((after.strip_suffix('"')?, says.trim()))
}

/// The time at the beginning of a line, such as `2026-11-23T01:39:19.376904Z`, in milliseconds since 1970.
fn at_ms(line: &str) -> Option<i64> {
    let (date, time) = line.split_whitespace().next()?.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date, '-')?;
    let (clock, fraction) = time.split_once('.')?;
    let [hour, minute, second] = numbers(clock, ':')?;
    let ms: i64 = fraction.get(..3)?.parse().ok()?;
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    Some(seconds * 1000 + ms)
}

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let numbers: Vec<i64> = text.split(separator).map(str::parse).collect::<Result<_, _>>().ok()?;
    numbers
        .try_into()
        .ok()
        .filter(|numbers: &[i64; 3]| numbers.iter().all(|number| (0..=9999).contains(number)))
}

/// Days since 1970 in the Gregorian calendar; years begin in March here, so that the leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    const LOST: &str =
        "2026-11-23T01:39:19.376904Z  WARN CTI side A: lost, reset; next: dial side A what=\"cti.lost\"\n";

    fn tail() -> Tail {
        Tail::new(NodeName::One, PathBuf::new(), Timeline::new(Clock::start()))
    }

    #[test]
    fn a_story_is_told_once_it_is_complete_however_the_log_is_cut() {
        let mut tail = tail();
        let (first, second) = LOST.split_at(40);
        tail.take(first.as_bytes());
        assert!(tail.timeline.since(0).is_empty());
        tail.take(second.as_bytes());
        let told = tail.timeline.since(0);
        assert_eq!((told[0].who.as_str(), told[0].what.as_str()), ("node-1", "cti.lost"));
        assert_eq!(told[0].says, "CTI side A: lost, reset; next: dial side A");
        assert_eq!((told[0].with["side"].as_str(), told[0].at_ms), ("A", 1_795_397_959_376));
    }

    #[test]
    fn times_are_read_across_leap_days() {
        assert_eq!(at_ms("1970-01-01T00:00:00.000Z x"), Some(0));
        assert_eq!(at_ms("2000-02-29T00:00:00.000Z"), Some(951_782_400_000));
        assert_eq!(at_ms("2000-03-01T12:30:15.250Z"), Some(951_913_815_250));
        assert_eq!(at_ms("yesterday"), None);
    }

    #[test]
    fn attempts_are_told_until_there_are_too_many_and_again_after_the_next_loss() {
        let mut tail = tail();
        let failed = LOST.replace("cti.lost", "cti.attempt_failed");
        tail.take(failed.repeat(100).as_bytes());
        let told = tail.timeline.since(0);
        assert_eq!(told.len(), ATTEMPTS_TOLD + 1);
        assert_eq!(told[ATTEMPTS_TOLD].what, "cti.keeps_dialing");
        tail.take([LOST, &failed].concat().as_bytes());
        let whats: Vec<String> =
            tail.timeline.since(told[ATTEMPTS_TOLD].n).into_iter().map(|entry| entry.what).collect();
        assert_eq!(whats, ["cti.lost", "cti.attempt_failed"]);
    }

    #[test]
    fn other_lines_and_attempts_that_are_due_are_no_stories() {
        let mut tail = tail();
        tail.take(b"2026  INFO listening rest=127.0.0.11:8445\npanic at the disco\n");
        tail.take(LOST.replace("cti.lost", "cti.dialing").as_bytes());
        assert!(tail.timeline.since(0).is_empty());
    }
}
