//! A random walk through the world: people work, things break and are mended, time passes, all from one seed.

use std::collections::BTreeMap;
use std::time::Duration;

use node::failover::cti::Side;
use switch::{Command, Garbage, Hand, OnClientLoss, PhoneState};

use crate::net::Gate;
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
            40..65 => self.phone(),
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

    // People at their desktops ----------------------------------------------------------------------------------

    fn click(&mut self) {
        let desktop = self.chance.below(self.world.desktops());
        match self.chance.below(20) {
            0..3 => self.sign_in(desktop),
            3..7 => self.state(desktop, "<state>READY</state>"),
            7 => self.state(desktop, "<state>NOT_READY</state><reasonCodeId>1</reasonCodeId>"),
            8 => self.state(desktop, "<state>LOGOUT</state><reasonCodeId>3</reasonCodeId>"),
            9 => self.state(desktop, "<state>WORK</state>"),
            10..12 => self.make_call(desktop),
            12..18 => self.on_dialog(desktop),
            _ => self.nonsense(desktop),
        }
    }

    fn sign_in(&mut self, desktop: usize) {
        let extension = self.extension(desktop);
        self.state(desktop, &format!("<state>LOGIN</state><extension>{extension}</extension>"));
    }

    fn state(&mut self, desktop: usize, content: &str) {
        let path = format!("/finesse/api/User/{}", self.id(desktop));
        self.world.press(desktop, "PUT", &path, &format!("<User>{content}</User>"));
    }

    fn make_call(&mut self, desktop: usize) {
        let (from, to) = (self.extension(desktop), self.number());
        let path = format!("/finesse/api/User/{}/Dialogs", self.id(desktop));
        let body = format!(
            "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>{from}</fromAddress>\
             <toAddress>{to}</toAddress></Dialog>"
        );
        self.world.press(desktop, "POST", &path, &body);
    }

    fn on_dialog(&mut self, desktop: usize) {
        let shown: Vec<String> = self
            .world
            .desktop(desktop)
            .map(|desktop| desktop.shown().dialogs.keys().cloned().collect())
            .unwrap_or_default();
        let Some(dialog) = self.chance.pick(&shown).cloned() else { return };
        let extension = self.extension(desktop);
        let action = self
            .chance
            .pick(&["ANSWER", "ANSWER", "HOLD", "RETRIEVE", "DROP", "DATA"])
            .copied()
            .unwrap_or("DROP");
        let body = match action {
            "DATA" => format!(
                "<Dialog><requestedAction>UPDATE_CALL_DATA</requestedAction><mediaProperties><callvariables><CallVariable>\
                 <name>callVariable1</name><value>v{}</value></CallVariable></callvariables></mediaProperties></Dialog>",
                self.chance.below(1000)
            ),
            action => format!(
                "<Dialog><targetMediaAddress>{extension}</targetMediaAddress>\
                 <requestedAction>{action}</requestedAction></Dialog>"
            ),
        };
        self.world.press(desktop, "PUT", &format!("/finesse/api/Dialog/{dialog}"), &body);
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

    // Phones and callers ----------------------------------------------------------------------------------------

    fn phone(&mut self) {
        let desktop = self.chance.below(self.world.desktops());
        let hand = Hand { device: self.extension(desktop), call: None };
        let agent = self.id(desktop);
        let command = match self.chance.below(12) {
            0..3 => Command::CallIn { from: self.caller(), to: self.number(), variables: BTreeMap::new() },
            3..5 => Command::Answer(hand),
            5 => Command::Hold(hand),
            6 => Command::Retrieve(hand),
            7..9 => Command::HangUp(hand),
            9 => Command::Dial { device: hand.device, to: self.number() },
            10 => Command::AgentState { agent, to: PhoneState::Ready },
            _ => Command::AgentState { agent, to: PhoneState::NotReady(12) },
        };
        // What does not fit now is left undone.
        let _ = self.world.command(command);
    }

    // Breaking and mending --------------------------------------------------------------------------------------

    fn break_something(&mut self) {
        let (node, side) = (self.chance.below(self.world.nodes()), self.side());
        match self.chance.below(16) {
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
        match self.chance.below(8) {
            0..2 => self.do_it(Command::ReviveSide(side)),
            2 => self.do_it(Command::HangSide(side, false)),
            3 => self.do_it(Command::MuteHeartbeats(side, false)),
            4 => self.do_it(Command::PeripheralOnline),
            5 => self.world.restart(node),
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

    fn do_it(&mut self, command: Command) {
        // What means nothing now is left undone.
        let _ = self.world.command(command);
    }

    // Choices ---------------------------------------------------------------------------------------------------

    fn side(&mut self) -> Side {
        if self.chance.one_in(2) { Side::A } else { Side::B }
    }

    fn caller(&mut self) -> String {
        format!("03555{:05}", self.chance.below(100_000))
    }

    /// Something that can be called: a colleague, a queue, somebody outside, nobody.
    fn number(&mut self) -> String {
        match self.chance.below(8) {
            0..3 => {
                let desktop = self.chance.below(self.world.desktops());
                self.extension(desktop)
            }
            3..6 => "7200".into(),
            6 => "0312345678".into(),
            _ => "0300000404".into(),
        }
    }

    fn id(&self, desktop: usize) -> String {
        self.world.desktop(desktop).map(|desktop| desktop.person().id.clone()).unwrap_or_default()
    }

    fn extension(&self, desktop: usize) -> String {
        self.world.desktop(desktop).map(|desktop| desktop.person().extension.clone()).unwrap_or_default()
    }
}
