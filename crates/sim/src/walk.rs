//! A random walk through the world: people work, things break and are mended, time passes, all from one seed.

use std::time::Duration;

use node::ServiceName;
use node::failover::cti::Side;
use switch::{Command, Garbage, OnClientLoss, WrongNews};

use crate::net::Gate;
use crate::peer::PeerGate;
use crate::people::{Deed, People};
use crate::recorder::Keep;
use crate::recording::Recording;
use crate::rng::Rng;
use crate::tally::Tally;
use crate::turns::Turns;
use crate::world::{Plan, World};

/// After so many steps all faults end, and everything must come back.
const STEPS_UNTIL_HEAL: usize = 40;

/// What came of a walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Its seed.
    pub seed: u64,
    /// The failovers of each mechanism.
    pub failovers: Tally,
    /// How often a node came into service: after a loss, an order or a start.
    pub recoveries: u64,
    /// How often a desktop signed its agent in on the other node by itself.
    pub moved: u64,
    /// The first broken rule.
    pub broken: Option<String>,
    /// Fingerprint of the recording.
    pub fingerprint: u64,
    /// Its turns.
    pub turns: Turns,
    /// Every step, if they are kept.
    pub recording: Recording,
}

impl Walked {
    /// What has come of a walk in this world.
    pub fn of(seed: u64, world: &World) -> Self {
        Self {
            seed,
            failovers: world.failovers(),
            recoveries: world.recoveries(),
            moved: world.moved(),
            broken: world.broken().map(Into::into),
            fingerprint: world.recorder().fingerprint(),
            turns: world.plan().turns().clone(),
            recording: world.recording(),
        }
    }
}

/// Walks so many steps in the world of a plan.
pub fn walk(plan: Plan, steps: usize, keep: Keep) -> Walked {
    walk_with(plan, steps, keep, false)
}

/// The same, with supervisors who listen to their teams, join calls and leave them.
pub fn supervised(plan: Plan, steps: usize, keep: Keep) -> Walked {
    walk_with(plan, steps, keep, true)
}

fn walk_with(plan: Plan, steps: usize, keep: Keep, supervised: bool) -> Walked {
    let seed = plan.seed;
    let (chance, world) = (Rng::new(seed ^ 0x5DEE_CE66), World::new(plan, keep));
    let mut walk = Walk { chance, world, supervised };
    walk.set_out();
    for step in 1..=steps {
        if walk.world.turn(&mut walk.chance) {
            walk.step();
        }
        if (step % STEPS_UNTIL_HEAL == 0 || step == steps) && walk.world.turn(&mut walk.chance) {
            walk.world.heal();
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
    /// Whether supervisors watch over their teams.
    supervised: bool,
}

impl Walk {
    fn set_out(&mut self) {
        for desktop in 0..self.world.desktops() {
            let node = self.chance.below(self.world.nodes());
            self.world.move_desktop(desktop, node);
            self.world.open_desktop(desktop);
        }
        self.world.run_for(Duration::from_secs(2));
        for desktop in 0..self.world.desktops() {
            self.sign_in(desktop);
        }
        self.let_pass();
    }

    fn step(&mut self) {
        match self.chance.below(120) {
            at if self.world.plan().outbound && at % 4 == 0 => self.campaign(),
            0..40 => self.click(),
            40..60 => self.hand(),
            60..80 => self.follow_up(),
            80..96 => self.browse(),
            96..112 => self.break_something(),
            112..119 => self.mend_something(),
            _ => {}
        }
        self.let_pass();
    }

    fn let_pass(&mut self) {
        const TIMES_MS: [u64; 10] = [0, 1, 2, 5, 50, 500, 3_000, 3_000, 21_000, 90_000];
        let end = Duration::from_millis(self.chance.pick(&TIMES_MS).copied().unwrap_or(0));
        let time = self.chance.time_below(end + Duration::from_micros(100));
        self.world.run_for(time);
        self.world.check();
    }

    // People ----------------------------------------------------------------------------------------------------

    fn click(&mut self) {
        if self.chance.one_in(10) {
            return self.nonsense();
        }
        let mut people = People::new(&self.world, &mut self.chance);
        let deed = if self.supervised { people.click_in_team() } else { people.click() };
        self.world.do_deed(deed);
    }

    fn nonsense(&mut self) {
        if let Some(deed) = People::new(&self.world, &mut self.chance).nonsense() {
            self.world.do_deed(deed);
        }
    }

    fn campaign(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).campaign();
        self.world.do_deed(deed);
    }

    fn hand(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).hand();
        self.world.do_deed(deed);
    }

    /// What follows from the calls that there are; without any, somebody calls.
    fn follow_up(&mut self) {
        let mut people = People::new(&self.world, &mut self.chance);
        let deed = people.follow_up().unwrap_or_else(|| Deed::Hand(people.call_in()));
        self.world.do_deed(deed);
    }

    fn browse(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).browse();
        self.world.do_deed(deed);
    }

    fn sign_in(&mut self, desktop: usize) {
        let click = People::new(&self.world, &mut self.chance).sign_in(desktop);
        self.world.do_deed(Deed::Click(click));
    }

    // Breaking and mending --------------------------------------------------------------------------------------

    fn break_something(&mut self) {
        let (node, side) = (self.chance.below(self.world.nodes()), self.side());
        match self.chance.below(26) {
            0..2 => self.do_it(Command::KillSide(side)),
            2 => self.do_it(Command::HangSide(side, true)),
            3 => self.do_it(Command::MuteHeartbeats(side, true)),
            4 => self.do_it(Command::SwitchOver),
            5 => self.do_it(Command::PeripheralOffline),
            6 => self.do_it(Command::CentralControllerDown),
            7 => self.delay(),
            8 => self.do_it(Command::RefuseOpens(side, Some(92))),
            9 => self.garbage(side),
            10 => self.load(),
            11 => self.world.set_corruption(node, side, 200),
            12 => self.world.crash(node),
            13 => self.world.reset(node, side),
            14..17 => self.lie(),
            17..21 => self.break_peer_link(node),
            21..24 => self.stop_service(node),
            _ => {
                let gate = self
                    .chance
                    .pick(&[Gate::Refuse, Gate::Hang, Gate::Blackhole])
                    .copied()
                    .unwrap_or_default();
                self.world.set_gate(node, side, gate);
            }
        }
    }

    fn mend_something(&mut self) {
        let (node, side) = (self.chance.below(self.world.nodes()), self.side());
        match self.chance.below(12) {
            0..2 => self.do_it(Command::ReviveSide(side)),
            2 => self.do_it(Command::HangSide(side, false)),
            3 => self.do_it(Command::MuteHeartbeats(side, false)),
            4 => self.do_it(Command::PeripheralOnline),
            5 => self.world.restart(node),
            6 => self.do_it(Command::WrongConferences(None)),
            7..9 => self.world.set_peer_gate(PeerGate::Open),
            9 => {
                let name = self.service();
                self.world.service(node, name, true);
            }
            _ => {
                self.world.set_gate(node, side, Gate::Open);
                self.world.set_corruption(node, side, 0);
            }
        }
    }

    fn break_peer_link(&mut self, node: usize) {
        match self.chance.below(8) {
            0 => self.world.reset_peer(),
            1 => self.world.reset_peer_end(node),
            2 => self.world.set_peer_gate(PeerGate::Refuse),
            3 => self.world.set_peer_gate(PeerGate::Hold([true, true])),
            4 => self.world.set_peer_gate(PeerGate::Hold([node == 0, node == 1])),
            5 => self.turn_clock(node),
            _ => {
                let millis = self.chance.pick(&[1, 100, 400, 700]).copied().unwrap_or(1);
                self.world.set_peer_latency(Duration::from_millis(millis));
            }
        }
    }

    fn turn_clock(&mut self, node: usize) {
        let skew = self.chance.pick(&[-3_600_000, -2_000, 0, 50, 86_400_000]).copied().unwrap_or(0);
        self.world.set_skew(node, skew);
    }

    fn stop_service(&mut self, node: usize) {
        let name = self.service();
        self.world.service(node, name, false);
    }

    fn service(&mut self) -> ServiceName {
        let names = [ServiceName::Platform, ServiceName::Webapp, ServiceName::Notification];
        self.chance.pick(&names).copied().unwrap_or(ServiceName::Notification)
    }

    fn delay(&mut self) {
        match self.chance.below(2) {
            0 => self.do_it(Command::AnswersAfterEvents(true)),
            _ => self.do_it(Command::DelayAnswers(Duration::from_millis(400))),
        }
    }

    fn garbage(&mut self, side: Side) {
        let kinds =
            [Garbage::RandomBytes, Garbage::HalfMessage, Garbage::WrongLength, Garbage::EndlessStream];
        if let Some(kind) = self.chance.pick(&kinds) {
            self.do_it(Command::GarbageToClients(side, *kind));
        }
    }

    fn load(&mut self) {
        let what = [OnClientLoss::Keep, OnClientLoss::Load0, OnClientLoss::Load1];
        if let Some(what) = self.chance.pick(&what) {
            self.do_it(Command::OnClientLoss(*what));
        }
    }

    fn lie(&mut self) {
        let kinds =
            [WrongNews::PartyMissing, WrongNews::CallMissing, WrongNews::Inconsistent, WrongNews::Repeated];
        if let Some(kind) = self.chance.pick(&kinds) {
            self.do_it(Command::WrongConferences(Some(*kind)));
        }
    }

    fn do_it(&mut self, command: Command) {
        // What means nothing now is left undone.
        let _ = self.world.command(command);
    }

    // Choices ---------------------------------------------------------------------------------------------------

    fn side(&mut self) -> Side {
        if self.chance.one_in(2) { Side::A } else { Side::B }
    }
}
