use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::Family;
use crate::rng::Rng;
use crate::world::Plan;

/// A family that is in a walk is so many times as frequent as it is by itself, at most.
const WEIGHT_MAX: usize = 4;
/// Fewer than so many families leave a walk in which little happens.
const FAMILIES_MIN: usize = 5;
const AGENTS: [usize; 5] = [4, 5, 6, 7, 8];

/// What one walk is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swarm {
    /// What decided it.
    pub seed: u64,
    /// The families that are on, and how frequent each is.
    pub families: BTreeMap<Family, usize>,
    /// Of a hundred steps so many are faults; the others are people.
    pub faults_percent: usize,
    /// Of a hundred faults so many are mended instead.
    pub mended_percent: usize,
    /// How long it is between two steps.
    pub pace: Pace,
    /// Agents, each with a desktop.
    pub agents: usize,
}

/// How long it is between two steps of a walk, at most, each time one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Everything happens at once.
    Dense,
    /// Some things have an end before others begin.
    Mixed,
    /// Many things have an end, and deadlines pass.
    Slow,
}

impl Pace {
    /// The ends of the times, beside the tries of a transport, time-outs, polls, heartbeats and graces.
    pub(super) fn times(self) -> &'static [u64] {
        match self {
            Self::Dense => &[0, 1, 2, 5, 50, 300, 800, 2_000],
            Self::Mixed => &[0, 1, 5, 50, 500, 2_000, 4_000, 10_000],
            Self::Slow => &[0, 2, 500, 3_000, 10_000, 13_000, 21_000, 90_000],
        }
    }

    /// A time that ends beside one of them.
    pub(super) fn time(self, chance: &mut Rng) -> Duration {
        let end = Duration::from_millis(chance.pick(self.times()).copied().unwrap_or(0));
        chance.time_below(end + Duration::from_micros(100))
    }
}

impl Swarm {
    /// What a seed chooses.
    pub fn by_chance(seed: u64) -> Self {
        let mut chance = Rng::new(seed ^ 0x0053_5741_524D);
        let families = loop {
            let families = draw(&mut chance);
            if families.len() >= FAMILIES_MIN {
                break families;
            }
        };
        let paces = [Pace::Dense, Pace::Dense, Pace::Mixed, Pace::Mixed, Pace::Slow];
        Self {
            seed,
            families,
            faults_percent: chance.pick(&[15, 30, 45]).copied().unwrap_or(30),
            mended_percent: chance.pick(&[30, 50, 70]).copied().unwrap_or(50),
            pace: chance.pick(&paces).copied().unwrap_or(Pace::Mixed),
            agents: chance.pick(&AGENTS).copied().unwrap_or(6),
        }
    }

    /// The world that goes with it: delays, versions and habits of the CTI servers are chosen by the same seed.
    pub fn plan(&self) -> Plan {
        let mut plan = Plan::by_chance(self.seed).with_agents(self.agents);
        plan.outbound = self.has(Family::Campaigns);
        plan.title = self.to_string();
        plan
    }

    /// Whether a family is on.
    pub fn has(&self, family: Family) -> bool {
        self.families.contains_key(&family)
    }

    /// How frequent a family is; nothing if it is off.
    pub(super) fn weight(&self, family: Family) -> usize {
        self.families.get(&family).copied().unwrap_or(0)
    }
}

fn draw(chance: &mut Rng) -> BTreeMap<Family, usize> {
    let mut families = BTreeMap::new();
    for family in Family::ALL {
        if chance.one_in(2) {
            families.insert(family, 1 + chance.below(WEIGHT_MAX));
        }
    }
    families
}

impl fmt::Display for Swarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, families, faults_percent, mended_percent, pace, agents } = self;
        write!(f, "seed {seed}: {agents} desktops, {pace:?}, {faults_percent} % faults, ")?;
        write!(f, "{mended_percent} % of them mended;")?;
        families.iter().try_for_each(|(family, weight)| write!(f, " {family:?} x{weight}"))
    }
}
