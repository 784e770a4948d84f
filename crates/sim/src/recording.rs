//! A recording: who did what, or said what to whom, step by step. For people it reads as a dialogue, for programs it is
//! JSON of a known version. Owns the form; what happens, others decide.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use node::failover::awdb::Host;
use node::failover::cti::Side;
use serde::{Deserialize, Serialize};

/// Version of the JSON form.
pub const VERSION: u32 = 1;

/// Longest file that is taken for one, in bytes: a walk of a thousand turns has about 20 MB.
pub const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Somebody who acts in a world. Nodes and desktops are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Chance, which makes faults and ends them.
    Chance,
    /// A desktop server.
    Node(usize),
    /// The disk of a node.
    Disk(usize),
    /// A CTI server.
    Cti(Side),
    /// The switch.
    Switch,
    /// Hands at phones, callers, the campaign dialer.
    Phones,
    /// An AWDB.
    Awdb(Host),
    /// The desktop of an agent, and the agent.
    Desktop(usize),
    /// Whoever asks a node without a desktop.
    Visitor,
    /// The network between a node and a CTI server.
    Link(usize, Side),
    /// The network between the nodes.
    PeerLink,
    /// Whoever watches over the rules.
    Watch,
}

impl Part {
    /// A number for each.
    pub(crate) fn code(self) -> u64 {
        let side = |side: Side| u64::from(side == Side::B);
        let (kind, number) = match self {
            Self::Chance => (1, 0),
            Self::Node(node) => (2, node as u64),
            Self::Disk(node) => (3, node as u64),
            Self::Cti(of) => (4, side(of)),
            Self::Switch => (5, 0),
            Self::Phones => (6, 0),
            Self::Awdb(host) => (7, u64::from(host == Host::Secondary)),
            Self::Desktop(desktop) => (8, desktop as u64),
            Self::Visitor => (9, 0),
            Self::Link(node, of) => (10, node as u64 * 2 + side(of)),
            Self::PeerLink => (11, 0),
            Self::Watch => (12, 0),
        };
        kind << 16 | number
    }

    /// How people call it; a desktop is called by its agent.
    pub(crate) fn name(self, agents: &[String]) -> String {
        match self {
            Self::Chance => "chance".into(),
            Self::Node(node) => format!("node {}", node + 1),
            Self::Disk(node) => format!("disk {}", node + 1),
            Self::Cti(side) => format!("CTI {side}"),
            Self::Switch => "switch".into(),
            Self::Phones => "phones".into(),
            Self::Awdb(Host::Primary) => "AWDB 1".into(),
            Self::Awdb(Host::Secondary) => "AWDB 2".into(),
            Self::Desktop(index) => agents.get(index).map_or("visitor".into(), |id| format!("desktop {id}")),
            Self::Visitor => "visitor".into(),
            Self::Link(node, side) => format!("link {}{side}", node + 1),
            Self::PeerLink => "peer link".into(),
            Self::Watch => "watch".into(),
        }
    }
}

/// What kind of thing a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A walk begins; says in which world.
    Chapter,
    /// Somebody does something: presses a button, lifts a phone, closes a page.
    Deed,
    /// Something breaks.
    Fault,
    /// Something that was broken works again.
    Mend,
    /// A machine decides; says what, why and what is next.
    Decision,
    /// A connection is asked for, comes about or ends.
    Connection,
    /// A message of CTI, or between the nodes.
    Message,
    /// A regular sign of life: heartbeats, looks at AWDBs.
    Pulse,
    /// A request.
    Request,
    /// The answer to one.
    Answer,
    /// An event that a desktop sees.
    Event,
    /// The switch: what is true.
    Truth,
    /// Something is written down.
    Disk,
    /// A rule is broken.
    Rule,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Virtual time, in microseconds.
    at: u64,
    /// The turn of the walk that it belongs to; 0 before the first.
    turn: usize,
    from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    kind: Kind,
    says: String,
}

impl Step {
    pub(crate) fn new(
        at: Duration,
        turn: usize,
        (from, to): (String, Option<String>),
        kind: Kind,
        says: String,
    ) -> Self {
        let at = u64::try_from(at.as_micros()).unwrap_or(u64::MAX);
        Self { at, turn, from, to, kind, says }
    }

    /// What kind of thing it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// When it happened.
    pub fn time(&self) -> Duration {
        Duration::from_micros(self.at)
    }

    /// The turn of the walk that it belongs to.
    pub fn turn(&self) -> usize {
        self.turn
    }

    /// Who, and to whom.
    fn who(&self) -> String {
        self.to.as_ref().map_or_else(|| self.from.clone(), |to| format!("{} -> {to}", self.from))
    }
}

/// One walk, or several, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// Version of this form.
    recording: u32,
    /// Of which seed.
    seed: u64,
    /// The walk of the seed that it is, if it is one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    walk: Option<usize>,
    /// Turns that were left out of that walk.
    #[serde(default)]
    left_out: BTreeSet<usize>,
    /// The rule that was broken.
    broken: Option<String>,
    /// What happened.
    steps: Vec<Step>,
}

/// Why a text is no recording.
#[derive(Debug, thiserror::Error)]
pub enum NoRecording {
    /// It is not of this form.
    #[error("it is no recording: {0}")]
    Form(#[from] serde_json::Error),
    /// It is of another version.
    #[error("it is a recording of version {0}; this program reads version {VERSION}")]
    Version(u32),
}

impl Recording {
    pub(crate) fn new(seed: u64, broken: Option<&str>, steps: Vec<Step>) -> Self {
        let (left_out, broken) = (BTreeSet::new(), broken.map(Into::into));
        Self { recording: VERSION, seed, walk: None, left_out, broken, steps }
    }

    /// Reads the JSON form: of a recording, or of a report with one in it.
    ///
    /// # Errors
    /// [`NoRecording`].
    pub fn read(text: &str) -> Result<Self, NoRecording> {
        #[derive(Deserialize)]
        struct Report {
            replay: Recording,
        }
        let whole = serde_json::from_str::<Self>(text);
        let recording = whole.or_else(|why| match serde_json::from_str::<Report>(text) {
            Ok(report) => Ok(report.replay),
            Err(_) => Err(why),
        })?;
        if recording.recording == VERSION {
            Ok(recording)
        } else {
            Err(NoRecording::Version(recording.recording))
        }
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The rule that was broken.
    pub fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// Everything that happened.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The walk of the seed that it is, and the turns that were left out; nothing if it is all of its walks.
    pub fn part(&self) -> Option<(usize, &BTreeSet<usize>)> {
        Some((self.walk?, &self.left_out))
    }

    /// The same, of one walk alone, without these turns.
    pub fn of_part(self, walk: usize, left_out: BTreeSet<usize>) -> Self {
        Self { walk: Some(walk), left_out, ..self }
    }

    /// The first so many steps.
    pub fn until(mut self, steps: usize) -> Self {
        self.steps.truncate(steps);
        self
    }

    /// This, and then that.
    pub fn then(mut self, next: Self) -> Self {
        self.steps.extend(next.steps);
        self.broken = next.broken.or(self.broken);
        Self { recording: VERSION, seed: next.seed, ..self }
    }
}

/// A dialogue: number, time, who, what; before each turn of the walk its number. Regular signs of life are left out, and their
/// numbers are missing.
impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = || self.steps.iter().enumerate().filter(|(_, step)| step.kind != Kind::Pulse);
        let digits = self.steps.len().to_string().len();
        let who = told().map(|(_, step)| step.who().chars().count()).max().unwrap_or_default();
        let mut turn = 0;
        for (index, step) in told() {
            if std::mem::replace(&mut turn, step.turn) != step.turn {
                writeln!(f, "{:>digits$}  turn {turn}", "")?;
            }
            let (number, seconds) = (index + 1, step.time().as_secs_f64());
            writeln!(f, "{number:>digits$}  {seconds:>11.6} s  {:<who$}  {}", step.who(), step.says)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(at: u64, who: (&str, Option<&str>), kind: Kind, says: &str) -> Step {
        let who = (who.0.into(), who.1.map(Into::into));
        Step::new(Duration::from_millis(at), 3, who, kind, says.into())
    }

    fn recording() -> Recording {
        let steps = vec![
            step(12_403, ("desktop 1003", Some("node 1")), Kind::Request, "PUT User/1003 READY"),
            step(12_500, ("node 1", Some("CTI A")), Kind::Pulse, "HEARTBEAT_REQ"),
            step(20_000, ("node 2", None), Kind::Fault, "crashes"),
        ];
        Recording::new(7, Some("(1) acted twice"), steps)
    }

    #[test]
    fn people_read_a_dialogue_with_numbers_that_stay() {
        assert_eq!(
            recording().to_string(),
            "   turn 3\n\
             1    12.403000 s  desktop 1003 -> node 1  PUT User/1003 READY\n\
             3    20.000000 s  node 2                  crashes\n"
        );
    }

    #[test]
    fn the_json_form_is_read_again_alone_or_in_a_report() {
        let text = serde_json::to_string(&recording()).unwrap();
        assert!(text.starts_with(r#"{"recording":1,"seed":7,"#), "{text}");
        assert_eq!(Recording::read(&text).unwrap(), recording());
        let report = format!(r#"{{"command":"sim","replay":{text}}}"#);
        assert_eq!(Recording::read(&report).unwrap(), recording());
    }

    #[test]
    fn what_is_no_recording_is_told() {
        let says = |text: &str| Recording::read(text).unwrap_err().to_string();
        assert!(says("{").starts_with("it is no recording: EOF"), "{}", says("{"));
        assert!(says(r#"{"recording":1}"#).contains("missing field"));
        let newer = serde_json::to_string(&Recording { recording: 2, ..recording() }).unwrap();
        assert_eq!(says(&newer), "it is a recording of version 2; this program reads version 1");
    }

    #[test]
    fn two_walks_are_one_after_the_other() {
        let both = recording().until(1).then(recording());
        assert_eq!(both.steps().len(), 4);
        assert_eq!((both.seed(), both.broken()), (7, Some("(1) acted twice")));
    }
}
