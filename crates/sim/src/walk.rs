//! A random walk through the world: people work, things break and are mended, time passes, all from one seed.

use std::time::Duration;

use node::failover::cti::Side;
use switch::{Command, Garbage, OnClientLoss, WrongNews};

use crate::net::Gate;
use crate::people::{Deed, People};
use crate::recorder::Keep;
use crate::rng::Rng;
use crate::world::{Plan, World};

/// After so many steps all faults end, and everything must come back.
const STEPS_UNTIL_HEAL: usize = 40;

/// What came of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walked {
    /// Its seed.
    pub seed: u64,
    /// How often a node came into service: one failover or start each.
    pub recoveries: u64,
    /// The first broken rule.
    pub broken: Option<String>,
    /// Fingerprint of the recording.
    pub fingerprint: u64,
    /// Every line, if they are kept.
    pub recording: String,
}

/// Walks so many steps in the world of a plan.
pub fn walk(plan: Plan, steps: usize, keep: Keep) -> Walked {
    let seed = plan.seed;
    let mut walk = Walk { chance: Rng::new(seed ^ 0x5DEE_CE66), world: World::new(plan, keep) };
    walk.set_out();
    for step in 1..=steps {
        walk.step();
        if step % STEPS_UNTIL_HEAL == 0 || step == steps {
            walk.world.heal();
        }
        if walk.world.broken().is_some() {
            break;
        }
    }
    walk.end(seed)
}

struct Walk {
    /// Decides what happens; the world's own chance decides how long things take.
    chance: Rng,
    world: World,
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
        match self.chance.below(100) {
            0..40 => self.click(),
            40..65 => self.hand(),
            65..85 => self.break_something(),
            85..93 => self.mend_something(),
            93..96 => self.move_somebody(),
            _ => {}
        }
        self.let_pass();
    }

    fn end(self, seed: u64) -> Walked {
        Walked {
            seed,
            recoveries: self.world.recoveries(),
            broken: self.world.broken().map(Into::into),
            fingerprint: self.world.recorder().fingerprint(),
            recording: self.world.recorder().text().into(),
        }
    }

    fn let_pass(&mut self) {
        const TIMES_MS: [u64; 8] = [0, 1, 2, 5, 50, 500, 3_000, 21_000];
        let end = Duration::from_millis(self.chance.pick(&TIMES_MS).copied().unwrap_or(0));
        let time = self.chance.time_below(end + Duration::from_micros(100));
        self.world.run_for(time);
        self.world.check();
    }

    // People ----------------------------------------------------------------------------------------------------

    fn click(&mut self) {
        if self.chance.one_in(10) {
            let desktop = self.chance.below(self.world.desktops());
            return self.nonsense(desktop);
        }
        let deed = People::new(&self.world, &mut self.chance).click();
        self.world.do_deed(deed);
    }

    fn hand(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).hand();
        self.world.do_deed(deed);
    }

    fn sign_in(&mut self, desktop: usize) {
        let click = People::new(&self.world, &mut self.chance).sign_in(desktop);
        self.world.do_deed(Deed::Click(click));
    }

    /// What a client must not send, and must get the documented error for.
    fn nonsense(&mut self, desktop: usize) {
        const REQUESTS: [(&str, &str, &str); 8] = [
            ("GET", "/finesse/api/SystemInfo", ""),
            ("GET", "/finesse/api/User/9999", ""),
            ("PUT", "/finesse/api/User/1001", "<User><state>"),
            ("PUT", "/finesse/api/User/1001", "<User><state>TALKING</state></User>"),
            ("PUT", "/finesse/api/Dialog/1", "<Dialog><requestedAction>FLY</requestedAction></Dialog>"),
            ("GET", "/finesse/api/Dialog/1", ""),
            ("DELETE", "/finesse/api/User/1002", ""),
            ("GET", "/finesse/api/User/1002/Dialogs", ""),
        ];
        if let Some((method, path, body)) = self.chance.pick(&REQUESTS) {
            self.world.press(desktop, method, path, body);
        }
    }

    fn move_somebody(&mut self) {
        let desktop = self.chance.below(self.world.desktops());
        let node = self.chance.below(self.world.nodes());
        self.world.move_desktop(desktop, node);
    }

    // Breaking and mending --------------------------------------------------------------------------------------

    fn break_something(&mut self) {
        let (node, side) = (self.chance.below(self.world.nodes()), self.side());
        match self.chance.below(19) {
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
        match self.chance.below(9) {
            0..2 => self.do_it(Command::ReviveSide(side)),
            2 => self.do_it(Command::HangSide(side, false)),
            3 => self.do_it(Command::MuteHeartbeats(side, false)),
            4 => self.do_it(Command::PeripheralOnline),
            5 => self.world.restart(node),
            6 => self.do_it(Command::WrongConferences(None)),
            _ => {
                self.world.set_gate(node, side, Gate::Open);
                self.world.set_corruption(node, side, 0);
            }
        }
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
