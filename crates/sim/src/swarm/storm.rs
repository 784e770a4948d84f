use std::collections::BTreeMap;
use std::time::Duration;

use node::HttpId;

use super::choice::Swarm;
use super::faults::{At, FAULTS, Fault};
use super::people::{HABITS, Habit};
use crate::clerk::Clerk;
use crate::people::{Browse, Deed, People, Use};
use crate::recorder::Keep;
use crate::rng::Rng;
use crate::world::{Plan, World};

/// One more would lock the account, and whoever knows the password would have to wait, too (mapping.md section 7).
const GUESSES_MAX: usize = 4;
/// Nobody has this password.
const GUESS: &str = "guess";

/// A walk under way.
pub(super) struct Storm {
    swarm: Swarm,
    /// Decides what happens; the world's own chance decides how long things take.
    chance: Rng,
    pub(super) world: World,
    pub(super) clerk: Clerk,
    /// Guesses without an answer, and whose account they try.
    guesses: BTreeMap<HttpId, String>,
    guessed: BTreeMap<String, usize>,
}

impl Storm {
    pub(super) fn new(swarm: &Swarm, plan: Plan, keep: Keep) -> Self {
        Self {
            chance: Rng::new(swarm.seed ^ 0x0570_2357),
            swarm: swarm.clone(),
            world: World::new(plan, keep),
            clerk: Clerk::default(),
            guesses: BTreeMap::new(),
            guessed: BTreeMap::new(),
        }
    }

    /// Everybody comes to work, half of them on each node, and somebody calls.
    pub(super) fn set_out(&mut self) {
        self.world.run_for(Duration::from_secs(1));
        for desktop in 0..self.world.desktops() {
            let node = self.chance.below(self.world.nodes());
            self.world.move_desktop(desktop, node);
            self.world.browse(Browse { desktop, what: Use::Open });
        }
        self.world.run_for(Duration::from_secs(2));
        self.people(|people| Some(Deed::Hand(people.call_in())));
    }

    /// So many things happen, each some time after the one before.
    pub(super) fn rage(&mut self, steps: usize) {
        for _ in 0..steps {
            if self.world.turn(&mut self.chance) {
                self.world.pilot_everybody();
                self.step();
                self.let_pass();
            }
            if self.world.broken().is_some() {
                return;
            }
        }
    }

    fn step(&mut self) {
        if self.chance.below(100) < self.swarm.faults_percent {
            self.fault();
        } else if let Some(habit) = self.pick(&HABITS, |habit: &Habit, swarm| {
            habit.weight * habit.family.map_or(1, |family| swarm.weight(family))
        }) {
            (habit.done)(self);
        }
    }

    fn fault(&mut self) {
        let weight = |fault: &Fault, swarm: &Swarm| fault.weight * swarm.weight(fault.family);
        let Some(fault) = self.pick(&FAULTS, weight) else { return };
        let mended = self.chance.below(100) < self.swarm.mended_percent;
        let act = if mended { fault.mends } else { fault.breaks };
        let mut at = At::by_chance(&self.world, &mut self.chance);
        act(&mut self.world, &mut at);
    }

    /// One of a table, by weight.
    fn pick<T>(&mut self, table: &'static [T], weight: impl Fn(&T, &Swarm) -> usize) -> Option<&'static T> {
        let all = table.iter().map(|it| weight(it, &self.swarm)).sum();
        let mut at = self.chance.below(all);
        for it in table {
            match at.checked_sub(weight(it, &self.swarm)) {
                Some(rest) => at = rest,
                None => return Some(it),
            }
        }
        None
    }

    fn let_pass(&mut self) {
        let time = self.swarm.pace.time(&mut self.chance);
        self.world.run_for(time);
        self.world.check();
        self.hear();
    }

    // People ----------------------------------------------------------------------------------------------------

    /// Somebody does something, if there is something to do.
    pub(super) fn people(&mut self, does: impl FnOnce(&mut People<'_>) -> Option<Deed>) {
        if let Some(deed) = does(&mut People::new(&self.world, &mut self.chance)) {
            self.world.do_deed(deed);
        }
    }

    pub(super) fn administer(&mut self) {
        self.clerk.change(&mut self.world);
    }

    /// A stranger tries the account of an agent.
    pub(super) fn guess(&mut self) {
        let (node, desktop) =
            (self.chance.below(self.world.nodes()), self.chance.below(self.world.desktops()));
        let Some(agent) = self.world.desktop(desktop).map(|desktop| desktop.person().id.clone()) else {
            return;
        };
        let guessed = self.guessed.entry(agent.clone()).or_default();
        if *guessed < GUESSES_MAX
            && let Some(id) = self.world.knock(node, &agent, &agent, GUESS)
        {
            *guessed += 1;
            self.guesses.insert(id, agent);
        }
    }

    /// What was answered meanwhile: a guess never opens a door (rule 4).
    pub(super) fn hear(&mut self) {
        self.clerk.take_answers(&mut self.world);
        let open: Vec<HttpId> = self.guesses.keys().copied().collect();
        for id in open {
            let Some(answer) = self.world.answer(id) else { continue };
            let agent = self.guesses.remove(&id).unwrap_or_default();
            if answer.status < 400 {
                self.world.report(format!("(4) a guess at {agent} is answered {}", answer.status));
            }
        }
    }
}
