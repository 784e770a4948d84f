//! A walk of agents between two nodes whose link works: they close, crash, sleep and come back beside every deadline, on
//! calls and while CTI is away, and nobody is logged out who is at work somewhere.

use std::time::Duration;

use node::failover::cti::Side;
use switch::{Command, Hand, OnClientLoss};

use crate::people::{Browse, People, Use};
use crate::recorder::Keep;
use crate::recording::Recording;
use crate::rng::Rng;
use crate::watch::Logouts;
use crate::world::{Plan, World};

/// Moves of one walk.
pub const MOVES: u64 = 2_000;
/// Enough people for a move every few seconds while each of them takes minutes.
const AGENTS: usize = 20;
/// Between two things that happen, at most.
const PAUSE: Duration = Duration::from_secs(10);
/// After so many things all calls end, and whoever is gone must be logged out.
const STEPS_UNTIL_CALM: u64 = 500;

/// What came of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its seed.
    pub seed: u64,
    /// Agents who went to the other node.
    pub moves: u64,
    /// Forced logouts: of those who were gone, or wrongful.
    pub logouts: Logouts,
    /// Virtual time.
    pub time: Duration,
    /// The first broken rule.
    pub broken: Option<String>,
    /// Every step, if they are kept.
    pub recording: Recording,
}

/// Walks until there were so many moves, or a rule is broken.
pub fn walk(plan: Plan, moves: u64, keep: Keep) -> Moved {
    let seed = plan.seed;
    let chance = Rng::new(seed ^ 0x0A11_0E57);
    let mut walk = Walk { chance, world: World::new(plan, keep), moves: 0 };
    walk.set_out();
    for step in 1.. {
        if walk.moves >= moves || walk.world.broken().is_some() {
            break;
        }
        walk.step();
        if step % STEPS_UNTIL_CALM == 0 {
            walk.world.heal_and_log_out();
        }
    }
    walk.end(seed)
}

/// Two nodes with a link that works, however slow it and the clocks are.
pub fn plan(seed: u64) -> Plan {
    let mut rng = Rng::new(seed ^ 0x4D4F_5645);
    let mut plan = Plan::new(seed).with_agents(AGENTS);
    let millis = |rng: &mut Rng, choices: &[u64]| {
        Duration::from_millis(rng.pick(choices).copied().unwrap_or_default())
    };
    plan.latency = millis(&mut rng, &[1, 10, 100]);
    plan.jitter = plan.latency / 2;
    plan.peer_latency = millis(&mut rng, &[1, 20, 200, 400]);
    plan.skew_ms = rng.pick(&[-3_600_000, 0, 0, 3_600_000]).copied().unwrap_or_default();
    let losses = [OnClientLoss::Keep, OnClientLoss::Load0, OnClientLoss::Load1];
    plan.on_client_loss = rng.pick(&losses).copied().unwrap_or(OnClientLoss::Load0);
    plan
}

struct Walk {
    chance: Rng,
    world: World,
    moves: u64,
}

impl Walk {
    fn set_out(&mut self) {
        for desktop in 0..self.world.desktops() {
            let node = self.chance.below(self.world.nodes());
            self.world.move_desktop(desktop, node);
        }
        self.world.run_for(Duration::from_secs(3));
        for desktop in 0..self.world.desktops() {
            self.world.browse(Browse { desktop, what: Use::Open });
        }
        self.world.run_for(Duration::from_secs(1));
    }

    fn step(&mut self) {
        match self.chance.below(100) {
            0..60 => self.move_somebody(),
            60..75 => self.browse(),
            75..85 => self.call_in(),
            85..98 => self.follow_up(),
            98 => self.lose_cti(),
            _ => self.restart_notification(),
        }
        let pause = self.chance.time_below(PAUSE);
        self.world.run_for(pause);
    }

    /// Only who is at work can move.
    fn move_somebody(&mut self) {
        let desktop = self.chance.below(self.world.desktops());
        if !self.world.is_at_work(desktop) {
            return;
        }
        let away = People::new(&self.world, &mut self.chance).relocate(desktop);
        let Use::Move(_, how, time) = away.what else { return };
        let node = 1 - self.world.node_of(desktop).unwrap_or(0).min(1);
        self.moves += 1;
        self.world.browse(Browse { desktop, what: Use::Move(node, how, time) });
    }

    fn browse(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).browse();
        self.world.do_deed(deed);
    }

    fn call_in(&mut self) {
        let command = People::new(&self.world, &mut self.chance).call_in();
        let _ = self.world.command(command);
    }

    /// Somebody does what follows from a call, or ends one.
    fn follow_up(&mut self) {
        if self.chance.one_in(3) {
            return self.hang_up();
        }
        if let Some(deed) = People::new(&self.world, &mut self.chance).follow_up() {
            self.world.do_deed(deed);
        }
    }

    fn hang_up(&mut self) {
        let calls = self.world.pair().switch().calls().iter().filter(|call| call.live());
        let hands: Vec<Hand> = calls
            .flat_map(|call| call.parties.iter().map(|party| (party.device.clone(), call.id)))
            .map(|(device, call)| Hand { device, call: Some(call) })
            .collect();
        if let Some(hand) = self.chance.pick(&hands) {
            // A phone that rings for a queue only passes the call on.
            let _ = self.world.command(Command::HangUp(hand.clone()));
        }
    }

    /// A node loses its session with CTI, and has another one soon.
    fn lose_cti(&mut self) {
        let node = self.chance.below(self.world.nodes());
        [Side::A, Side::B].into_iter().for_each(|side| self.world.reset(node, side));
    }

    /// The notification service of a node stops, and starts again at the next calm at the latest.
    fn restart_notification(&mut self) {
        let node = self.chance.below(self.world.nodes());
        let run = self.chance.one_in(2);
        self.world.service(node, node::ServiceName::Notification, run);
    }

    fn end(mut self, seed: u64) -> Moved {
        self.world.heal_and_log_out();
        Moved {
            seed,
            moves: self.moves,
            logouts: self.world.logouts(),
            time: self.world.now(),
            broken: self.world.broken().map(Into::into),
            recording: self.world.recording(),
        }
    }
}
