//! A walk of an administrator who changes settings while nodes are killed at every point of writing, links tear, pieces
//! are spoiled and disks are full: nothing that was answered is lost, nothing is there by half, both nodes are equal
//! when it is quiet, and a primary that was restored from a copy, or a node that was away for long, never diverges silently
//! (rule 6).

use std::time::Duration;

use node::ledger::{Log, WithPeer};

use crate::clerk::{Clerk, value};
use crate::peer::{PRIMARY, PeerGate, SECONDARY};
use crate::recorder::Keep;
use crate::rng::Rng;
use crate::walk::Walked;
use crate::world::{KillAt, Plan, World};

/// Steps of one walk: some thirty deaths of each node.
pub const STEPS: usize = 160;
/// After so many steps all faults end, and both nodes must be equal.
const STEPS_UNTIL_QUIET: usize = 20;
/// Reading again after damage takes a second, and after a full disk five.
const QUIET: Duration = Duration::from_secs(20);

/// Walks so many steps in the world of a plan, which has two nodes.
pub fn walk(plan: Plan, steps: usize, keep: Keep) -> Walked {
    let seed = plan.seed;
    let mut walk = Walk {
        chance: Rng::new(seed ^ 0x5E77_1265),
        world: World::new(plan, keep),
        clerk: Clerk::default(),
        copy: None,
        forgetful: false,
    };
    walk.world.run_for(Duration::from_secs(2));
    for step in 1..=steps {
        if walk.world.turn(&mut walk.chance) {
            walk.step();
        }
        if (step % STEPS_UNTIL_QUIET == 0 || step == steps) && walk.world.turn(&mut walk.chance) {
            walk.quiet();
        }
        if walk.world.broken().is_some() {
            break;
        }
    }
    Walked::of(seed, &walk.world)
}

struct Walk {
    /// Decides what happens; the world's own chance decides how long things take.
    chance: Rng,
    world: World,
    clerk: Clerk,
    /// Of the primary's disk.
    copy: Option<Option<Log>>,
    /// A node may not know any more what the other one has.
    forgetful: bool,
}

impl Walk {
    fn step(&mut self) {
        match self.chance.below(100) {
            0..50 => self.clerk.change(&mut self.world),
            50..65 => self.kill_at(),
            65..70 => self.world.crash(self.chance.below(2)),
            70..80 => self.restart(),
            80..86 => self.tear(),
            86..89 => self.world.set_spoiling(self.chance.below(4)),
            89..91 => self.age(),
            91..94 => self.world.fill_disk(self.chance.below(2), self.chance.one_in(2)),
            94..97 => self.copy = Some(self.world.disk(PRIMARY).cloned()),
            _ => self.restore(),
        }
        let end = self.chance.pick(&[0, 2, 5, 60, 1_500]).copied().unwrap_or(0);
        let time = self.chance.time_below(Duration::from_millis(end) + Duration::from_micros(100));
        self.world.run_for(time);
        self.clerk.take_answers(&mut self.world);
    }

    fn kill_at(&mut self) {
        let node = self.chance.below(2);
        let piece = u8::try_from(self.chance.below(3)).unwrap_or(0);
        let points = [KillAt::BeforeWrite, KillAt::AfterWrite, KillAt::BeforeSend, KillAt::Piece(piece)];
        let point = self.chance.pick(&points).copied().unwrap_or(KillAt::AfterWrite);
        self.world.kill_at(node, point);
    }

    fn restart(&mut self) {
        [PRIMARY, SECONDARY].into_iter().for_each(|node| self.world.restart(node));
    }

    fn tear(&mut self) {
        match self.chance.below(4) {
            0 => self.world.set_peer_gate(PeerGate::Refuse),
            1 => self.world.reset_peer(),
            2 => self.world.reset_peer_end(SECONDARY),
            _ => self.world.set_peer_gate(PeerGate::Open),
        }
    }

    /// What is neither on the copy nor on the secondary is lost with the primary's disk; and what is on a copy against which
    /// somebody has decided since then.
    fn restore(&mut self) {
        let Some(copy) = self.copy.clone() else { return };
        self.clerk.take_answers(&mut self.world);
        self.world.crash(PRIMARY);
        let there = self.world.disk(SECONDARY);
        let overruled = |copy: &Log| there.is_some_and(|log| log.overrules(&copy.head()));
        let copied = copy.as_ref().filter(|copy| !overruled(copy)).map_or(0, value);
        self.clerk.forgive(there.map_or(0, value).max(copied));
        self.world.restore_disk(PRIMARY, copy);
    }

    /// Mostly so many checksums are left that the other node can still be found among them.
    fn age(&mut self) {
        let past = if self.chance.one_in(4) { self.chance.below(4) } else { STEPS };
        self.forgetful |= past < STEPS;
        self.world.age_disk(self.chance.below(2), past);
    }

    /// All faults end: both are equal byte for byte, and have everything that was answered.
    fn quiet(&mut self) {
        self.world.set_spoiling(0);
        for node in [PRIMARY, SECONDARY] {
            self.world.fill_disk(node, false);
            self.world.spare(node);
        }
        self.world.set_peer_gate(PeerGate::Open);
        self.restart();
        self.world.run_for(QUIET);
        self.clerk.take_answers(&mut self.world);
        self.judge();
    }

    fn judge(&mut self) {
        if [PRIMARY, SECONDARY].into_iter().all(|node| self.word(node) == Some(WithPeer::Diverged)) {
            return self.settle();
        }
        if let Some(says) = self.clerk.complains(&self.world) {
            self.world.report(says);
        }
    }

    fn word(&self, node: usize) -> Option<WithPeer> {
        self.world.node(node).map(|node| node.settings_standing().with_peer)
    }

    /// They say that they have diverged, as they may after a restore: somebody decides.
    fn settle(&mut self) {
        if self.copy.is_none() && !self.forgetful {
            return self.world.report("(6) settings diverged although no disk was restored".into());
        }
        self.world.adopt_settings(self.chance.one_in(2), self.chance.number());
        self.world.run_for(QUIET);
        let kept = self.world.disk(PRIMARY).map_or(0, value);
        self.clerk.forgive(kept);
        let even = [PRIMARY, SECONDARY].into_iter().all(|node| self.word(node) == Some(WithPeer::Even));
        if !even {
            self.world.report("(6) settings are not equal although somebody has decided".into());
        }
    }
}
