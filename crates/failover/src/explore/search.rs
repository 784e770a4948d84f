//! The search: breadth first, each state once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use super::liveness::Calm;

/// More states are no walk any more: some 5 GB.
const STATES_MAX: usize = 10_000_000;

/// Machines and what is around them.
pub(super) trait World: Clone {
    /// One thing that happens.
    type Step: Copy + Ord + fmt::Debug;
    /// What tells two states apart.
    type Key: Ord;
    /// What kind of state it is.
    type Place: Ord;

    /// The state, without names and moments.
    fn key(&self) -> Self::Key;
    /// Its kind.
    fn place(&self) -> Self::Place;
    /// All that can happen next.
    fn steps(&self) -> Vec<Self::Step>;
    /// Lets it happen; an error names the rule that is broken.
    fn take(&mut self, step: Self::Step) -> Result<(), String>;
    /// A unit of time passes in it.
    fn is_time(step: Self::Step) -> bool;
    /// The disturbances are over.
    fn is_calm(&self) -> bool;
    /// All is as it should be, once the disturbances are over.
    fn is_good(&self) -> bool;
}

/// What was walked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// States, each visited once.
    pub states: usize,
    /// Of these, after the end of the disturbances.
    pub calm: usize,
    /// Steps, each from a state to a state.
    pub transitions: usize,
    /// Kinds of states with kinds of steps in them.
    pub pairs: usize,
    /// Steps to the state that is farthest from the start.
    pub depth: usize,
    /// Units of time that the slowest way back to the good state takes.
    pub slowest: u32,
}

/// A rule that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which, and how.
    pub rule: String,
    /// The shortest way there.
    pub steps: Vec<String>,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, after {}", self.rule, self.steps.join(", "))
    }
}

impl std::error::Error for Broken {}

/// How each state was reached first.
struct Trail<S>(Vec<Reached<S>>);

struct Reached<S> {
    from: Option<(usize, S)>,
    depth: usize,
}

impl<S: Copy + fmt::Debug> Trail<S> {
    fn add(&mut self, from: usize, step: S) {
        let depth = self.0.get(from).map_or(0, |reached| reached.depth) + 1;
        self.0.push(Reached { from: Some((from, step)), depth });
    }

    fn steps(&self, to: usize) -> Vec<String> {
        let before = |at: usize| self.0.get(at).and_then(|reached| reached.from);
        let mut steps: Vec<String> = std::iter::successors(before(to), |(from, _)| before(*from))
            .map(|(_, step)| format!("{step:?}"))
            .collect();
        steps.reverse();
        steps
    }
}

/// Walks everything that can follow from `start`. Once it is calm, it must be well `within` so many units of time.
pub(super) fn walk<W: World>(start: W, within: u32) -> Result<Report, Broken> {
    let mut seen = BTreeMap::from([(start.key(), 0)]);
    let mut trail = Trail(vec![Reached { from: None, depth: 0 }]);
    let mut calm = Calm::default();
    calm.visit(0, &start);
    let mut queue = VecDeque::from([(0, start)]);
    let (mut transitions, mut pairs) = (0, BTreeSet::new());
    while let Some((at, world)) = queue.pop_front() {
        for step in world.steps() {
            transitions += 1;
            pairs.insert((world.place(), step));
            let broken = |rule| broken(rule, &trail, at, Some(step));
            let mut next = world.clone();
            next.take(step).map_err(broken)?;
            stays_good(&world, &next).map_err(broken)?;
            let new = seen.len();
            let to = *seen.entry(next.key()).or_insert(new);
            if world.is_calm() && !world.is_good() {
                calm.step(at, to, W::is_time(step));
            }
            if to == new {
                if to >= STATES_MAX {
                    return Err(broken(format!("more than {STATES_MAX} states: something grows")));
                }
                trail.add(at, step);
                calm.visit(to, &next);
                queue.push_back((to, next));
            }
        }
    }
    let slowest = calm.slowest(within).map_err(|trap| broken(trap.to_string(), &trail, trap.state, None))?;
    let depth = trail.0.last().map_or(0, |reached| reached.depth);
    Ok(Report { states: seen.len(), calm: calm.states(), transitions, pairs: pairs.len(), depth, slowest })
}

fn stays_good<W: World>(before: &W, after: &W) -> Result<(), String> {
    let lost = before.is_calm() && before.is_good() && !after.is_good();
    super::ensure(!lost, || "what was good has not stayed so, although nothing disturbed it".into())
}

fn broken<S: Copy + fmt::Debug>(rule: String, trail: &Trail<S>, at: usize, step: Option<S>) -> Broken {
    let mut steps = trail.steps(at);
    steps.extend(step.map(|step| format!("{step:?}")));
    Broken { rule, steps }
}
