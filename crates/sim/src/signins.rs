//! A walk of people who prove who they are while AWDBs fail, lag and change: who is let in, how soon, and who is not
//! (rule 4, and AWDB-5 to AWDB-14).
//!
//! Knows of each person what he did and what both AWDBs say, and nothing of what the node remembers.

mod oracle;

use std::time::Duration;

use node::failover::awdb::Host;

use crate::recorder::Keep;
use crate::rng::Rng;
use crate::walk::Walked;
use crate::world::{AwdbFault, Plan, World};
use oracle::{Answer, Knock, Oracle, WINDOW};

/// Steps of one walk: about 20 outages of each host.
pub const STEPS: usize = 80;
/// The passwords that people use; the first is the one they begin with, the last one nobody ever has.
const PASSWORDS: [&str; 4] = ["secret", "Spring2026", "Autumn2026", "guess"];
/// Longer than two hosts that are asked one after the other may be silent.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);
const MOMENT: Duration = Duration::from_millis(5);
const HOSTS: [Host; 2] = [Host::Primary, Host::Secondary];

/// Walks so many steps in the world of a plan; one node serves.
pub fn walk(plan: Plan, steps: usize, keep: Keep) -> Walked {
    let seed = plan.seed;
    let mut plan = plan;
    plan.nodes = 1;
    let mut walk = Walk {
        chance: Rng::new(seed ^ 0xA3DB_0001),
        oracle: Oracle::default(),
        world: World::new(plan, keep),
    };
    walk.world.run_for(Duration::from_secs(5));
    for _ in 0..steps {
        if walk.world.turn(&mut walk.chance) {
            walk.step();
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
    oracle: Oracle,
    world: World,
}

impl Walk {
    fn step(&mut self) {
        match self.chance.below(100) {
            0..45 => self.knock_by_chance(),
            45..60 => self.break_host(),
            60..72 => self.mend_hosts(),
            72..80 => self.change_row(),
            80..85 => self.distributor(),
            85..92 => self.wait_out(),
            92..95 => self.bar(),
            _ => self.try_again_and_again(),
        }
        self.let_pass();
    }

    fn let_pass(&mut self) {
        const TIMES_MS: [u64; 8] = [0, 1, 250, 2_000, 11_000, 61_000, 301_000, 600_000];
        let end = Duration::from_millis(self.chance.pick(&TIMES_MS).copied().unwrap_or(0));
        let time = self.chance.time_below(end + Duration::from_micros(100));
        self.world.run_for(time);
    }

    // People ----------------------------------------------------------------------------------------------------

    fn knock_by_chance(&mut self) {
        let (agent, password) = (self.agent(), self.password());
        self.knock(&agent, password);
    }

    fn agent(&mut self) -> String {
        let agents = &self.world.plan().switch().agents;
        let agent = self.chance.below(agents.len());
        agents.get(agent).map(|agent| agent.id.clone()).unwrap_or_default()
    }

    fn password(&mut self) -> &'static str {
        self.chance.pick(&PASSWORDS).copied().unwrap_or("secret")
    }

    /// Somebody shows a password, perhaps under his login name, perhaps while something changes, and is answered.
    fn knock(&mut self, agent: &str, password: &'static str) -> Option<Answer> {
        let user = self.name_of(agent);
        let (asked, before) = (self.world.now(), self.oracle.states(&self.world, agent, password));
        let id = self.world.knock(0, agent, &user, password)?;
        let end = asked + ANSWERED_WITHIN;
        let response = loop {
            if let Some(response) = self.world.answer(id) {
                break response;
            }
            if self.world.now() >= end {
                self.world.report(format!("(4) no answer to {agent} within {ANSWERED_WITHIN:?}"));
                return None;
            }
            self.world.run_for(MOMENT);
        };
        let after = self.oracle.states(&self.world, agent, password);
        let answer = Answer::of(&response);
        let knock = Knock { agent, password, asked, answered: self.world.now(), before, after, answer };
        if let Err(says) = self.oracle.judge(&knock) {
            self.world.report(format!("(4) {agent} with {password:?}: {says}"));
        }
        Some(answer)
    }

    /// Both are asked for in all forms: an agent id, a login name, in any case.
    fn name_of(&mut self, agent: &str) -> String {
        let login = self.world.plan().switch().agents.iter().find(|other| other.id == agent);
        let login = login.map(|agent| agent.login_name.clone()).unwrap_or_default();
        match self.chance.below(4) {
            0 => login,
            1 => login.to_uppercase(),
            _ => agent.to_owned(),
        }
    }

    /// Whoever was let in just now knocks when his time is nearly over, or just over, and no AWDB answers.
    fn wait_out(&mut self) {
        let agent = self.agent();
        let Some(password) = self.right_password(&agent) else { return };
        self.mend_hosts();
        self.world.run_for(Duration::from_secs(20));
        if self.knock(&agent, password) != Some(Answer::Accepted) {
            return;
        }
        self.refuse_all();
        let half_a_second = Duration::from_millis(500);
        let over = self.chance.one_in(2);
        self.world.run_for(if over { WINDOW + half_a_second } else { WINDOW - half_a_second });
        self.knock(&agent, password);
    }

    /// Who may no longer sign in works on, and no longer than his time lasts.
    fn bar(&mut self) {
        let agent = self.agent();
        let Some(password) = self.right_password(&agent) else { return };
        self.mend_hosts();
        self.world.run_for(Duration::from_secs(20));
        if self.knock(&agent, password) != Some(Answer::Accepted) {
            return;
        }
        self.world.awdb_change(&agent, None, false);
        self.oracle.changed(&agent, self.world.now());
        for _ in 0..5 {
            self.world.run_for(Duration::from_secs(7 * 60));
            self.knock(&agent, password);
        }
        self.world.awdb_change(&agent, None, true);
        self.oracle.changed(&agent, self.world.now());
    }

    /// Somebody tries passwords, then the right one.
    fn try_again_and_again(&mut self) {
        let (agent, outage) = (self.agent(), self.chance.one_in(2));
        if self.chance.one_in(2) {
            // So that nobody is known.
            self.world.run_for(WINDOW);
        }
        for round in 0..self.chance.below(7) {
            if outage && round == 2 {
                self.refuse_all();
            }
            self.knock(&agent, "guess");
        }
        self.mend_hosts();
        self.world.run_for(Duration::from_secs(11));
        if let Some(password) = self.right_password(&agent) {
            self.knock(&agent, password);
        }
    }

    fn right_password(&self, agent: &str) -> Option<&'static str> {
        PASSWORDS.into_iter().find(|password| self.world.awdb_accepts(Host::Primary, agent, password))
    }

    // AWDBs -----------------------------------------------------------------------------------------------------

    fn break_host(&mut self) {
        let host = self.host();
        let fault = match self.chance.below(3) {
            0 => AwdbFault::Refuse,
            1 => AwdbFault::Hang,
            _ => AwdbFault::Slow(Duration::from_millis(600)),
        };
        self.world.awdb_fault(host, fault);
        self.oracle.hosts(false, self.world.now());
    }

    fn mend_hosts(&mut self) {
        for host in HOSTS {
            self.world.awdb_fault(host, AwdbFault::None);
            self.set_distributor(host, true);
        }
        self.oracle.hosts(true, self.world.now());
    }

    /// Nobody answers any more.
    fn refuse_all(&mut self) {
        HOSTS.into_iter().for_each(|host| self.world.awdb_fault(host, AwdbFault::Refuse));
        self.oracle.hosts(false, self.world.now());
    }

    /// What was changed meanwhile arrives, or nothing does any more.
    fn set_distributor(&mut self, host: Host, runs: bool) {
        if !self.world.awdb_distributor(host, runs) {
            return;
        }
        for agent in self.world.plan().switch().agents.clone() {
            self.oracle.changed(&agent.id, self.world.now());
        }
    }

    fn change_row(&mut self) {
        let (agent, enabled) = (self.agent(), !self.chance.one_in(3));
        let password = self.chance.pick(PASSWORDS.split_last().map_or(&[], |(_, real)| real)).copied();
        self.world.awdb_change(&agent, password, enabled);
        self.oracle.changed(&agent, self.world.now());
    }

    fn distributor(&mut self) {
        let (host, runs) = (self.host(), self.chance.one_in(2));
        self.set_distributor(host, runs);
    }

    fn host(&mut self) -> Host {
        self.chance.pick(&HOSTS).copied().unwrap_or(Host::Primary)
    }
}
