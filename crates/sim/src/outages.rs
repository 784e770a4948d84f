//! A walk of desktops whose servers fail: they crash, lose CTI or stop a service, and browsers lose the network. Desktops
//! stay, come back or go to the other server by `failover::client`, and all are at work again once all is well.

use std::time::Duration;

use node::ServiceName;
use node::failover::cti::Side;
use switch::Command;

use crate::net::Gate;
use crate::people::{Browse, Deed, People, Use};
use crate::recorder::Keep;
use crate::rng::Rng;
use crate::walk::Walked;
use crate::world::{Glitch, Plan, World};

/// Steps of one walk: a dozen outages of each server.
pub const STEPS: usize = 60;
/// After so many steps all faults end, and everybody must be at work again.
const STEPS_UNTIL_CALM: usize = 20;

/// Walks so many steps in the world of a plan, which has two nodes.
pub fn walk(plan: Plan, steps: usize, keep: Keep) -> Walked {
    let seed = plan.seed;
    let mut walk = Walk { chance: Rng::new(seed ^ 0x0DE5_C70B), world: World::new(plan, keep) };
    walk.set_out();
    for step in 1..=steps {
        if walk.world.turn(&mut walk.chance) {
            walk.step();
        }
        if (step % STEPS_UNTIL_CALM == 0 || step == steps) && walk.world.turn(&mut walk.chance) {
            walk.world.heal();
            walk.world.bring_home();
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
}

impl Walk {
    fn set_out(&mut self) {
        self.world.run_for(Duration::from_secs(2));
        for desktop in 0..self.world.desktops() {
            let node = self.chance.below(self.world.nodes());
            self.world.move_desktop(desktop, node);
            self.world.browse(Browse { desktop, what: Use::Open });
        }
        self.world.run_for(Duration::from_secs(2));
    }

    fn step(&mut self) {
        self.world.pilot_everybody();
        match self.chance.below(100) {
            0..35 => self.break_server(),
            35..55 => self.mend_server(),
            55..65 => self.lose_network(),
            65..75 => self.call_in(),
            75..90 => self.follow_up(),
            90..97 => self.browse(),
            _ => self.click(),
        }
        self.let_pass();
    }

    /// Times beside the tries of a transport, the time-outs and the polls.
    fn let_pass(&mut self) {
        const TIMES_MS: [u64; 9] = [0, 1, 300, 800, 2_000, 4_000, 10_000, 13_000, 40_000];
        let end = Duration::from_millis(self.chance.pick(&TIMES_MS).copied().unwrap_or(0));
        let time = self.chance.time_below(end + Duration::from_micros(100));
        self.world.run_for(time);
        self.world.check();
    }

    // Servers ---------------------------------------------------------------------------------------------------

    fn break_server(&mut self) {
        let node = self.chance.below(self.world.nodes());
        match self.chance.below(10) {
            0..3 => self.world.crash(node),
            3..6 => {
                let name = self.service();
                self.world.service(node, name, false);
            }
            6..9 => self.gates(node, Gate::Refuse),
            _ => self.do_it(Command::PeripheralOffline),
        }
    }

    fn mend_server(&mut self) {
        let node = self.chance.below(self.world.nodes());
        match self.chance.below(4) {
            0 => self.world.restart(node),
            1 => {
                let name = self.service();
                self.world.service(node, name, true);
            }
            2 => self.gates(node, Gate::Open),
            _ => self.do_it(Command::PeripheralOnline),
        }
    }

    fn service(&mut self) -> ServiceName {
        let names = [ServiceName::Platform, ServiceName::Webapp, ServiceName::Notification];
        self.chance.pick(&names).copied().unwrap_or(ServiceName::Notification)
    }

    /// A node loses both CTI servers, or may reach them again.
    fn gates(&mut self, node: usize, gate: Gate) {
        [Side::A, Side::B].into_iter().for_each(|side| self.world.set_gate(node, side, gate));
    }

    fn do_it(&mut self, command: Command) {
        // What means nothing now is left undone.
        let _ = self.world.command(command);
    }

    // People ----------------------------------------------------------------------------------------------------

    fn lose_network(&mut self) {
        const TIMES_MS: [u64; 4] = [500, 2_500, 9_000, 30_000];
        let desktop = self.chance.below(self.world.desktops());
        let end = Duration::from_millis(self.chance.pick(&TIMES_MS).copied().unwrap_or(500));
        let time = self.chance.time_below(end);
        let (told, resumes) = (self.chance.one_in(2), self.chance.one_in(2));
        self.world.glitch(desktop, Glitch { time, told, resumes });
    }

    fn call_in(&mut self) {
        let command = People::new(&self.world, &mut self.chance).call_in();
        self.world.do_deed(Deed::Hand(command));
    }

    fn follow_up(&mut self) {
        if let Some(deed) = People::new(&self.world, &mut self.chance).follow_up() {
            self.world.do_deed(deed);
        }
    }

    fn browse(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).browse();
        self.world.do_deed(deed);
    }

    fn click(&mut self) {
        let deed = People::new(&self.world, &mut self.chance).click();
        self.world.do_deed(deed);
    }
}
