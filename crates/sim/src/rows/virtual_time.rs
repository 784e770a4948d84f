use std::collections::BTreeMap;
use std::time::Duration;

use node::failover::cti::Side;
use switch::{Command, Hand, Outcome};

use super::driver::{Arrived, Dial, Driver, LegTruth, Reply, Trouble, Truth};
use super::step::{Fault, Request, Setting};
use crate::net::Gate;
use crate::recorder::Keep;
use crate::seen::Seen;
use crate::watch;
use crate::world::{Plan, World};

/// The node under test; it is the only one.
const NODE: usize = 0;
/// No answer of a node takes longer in a world without broken links between desktops and nodes.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long is waited for a desktop to open.
const OPEN_WITHIN: Duration = Duration::from_secs(2);

/// Requests of people as CTI knows them (mapping.md section 3.5 and 1).
const COMMANDS: [&str; 7] = [
    "SET_AGENT_STATE_REQ",
    "SET_CALL_DATA_REQ",
    "MAKE_CALL_REQ",
    "ANSWER_CALL_REQ",
    "HOLD_CALL_REQ",
    "RETRIEVE_CALL_REQ",
    "CLEAR_CONNECTION_REQ",
];

/// Carries out rows in a simulated world: hours pass in milliseconds.
pub struct InVirtualTime {
    seed: u64,
    world: World,
}

impl InVirtualTime {
    /// The seed decides delays and how bytes are cut.
    pub fn new(seed: u64) -> Self {
        Self { seed, world: World::new(plan(seed), Keep::Fingerprint) }
    }

    fn desktop(&self, agent: &str) -> Result<usize, Trouble> {
        let agent = if agent.is_empty() {
            self.world.plan().switch().agents.first().map_or("", |a| &a.id)
        } else {
            agent
        };
        self.world.desktop_of(agent).ok_or_else(|| Trouble(format!("no agent {agent}")))
    }

    fn command(&mut self, command: Command) -> Result<Outcome, Trouble> {
        self.world.command(command).map_err(|error| Trouble(error.to_string()))
    }

    fn advance(&mut self, time: Duration) -> Result<(), Trouble> {
        self.world.run_for(time);
        self.world.check();
        match self.world.broken() {
            Some(rule) => Err(Trouble(rule.into())),
            None => Ok(()),
        }
    }
}

impl Driver for InVirtualTime {
    fn start(&mut self, settings: &[Setting]) -> Result<(), Trouble> {
        let mut plan = plan(self.seed);
        settings.iter().try_for_each(|setting| apply(&mut plan, setting))?;
        self.world = World::new(plan, Keep::Fingerprint);
        self.world.keep_seen();
        Ok(())
    }

    fn now(&self) -> Duration {
        self.world.now()
    }

    fn wait(&mut self, time: Duration) -> Result<(), Trouble> {
        self.advance(time)
    }

    fn fault(&mut self, fault: Fault) -> Result<(), Trouble> {
        match fault {
            Fault::Kill(side) => self.command(Command::KillSide(side)).map(drop),
            Fault::Revive(side) => self.command(Command::ReviveSide(side)).map(drop),
            Fault::Mute(side) => self.command(Command::MuteHeartbeats(side, true)).map(drop),
            Fault::PeripheralOffline => self.command(Command::PeripheralOffline).map(drop),
            Fault::PeripheralOnline => self.command(Command::PeripheralOnline).map(drop),
            Fault::Refuse(side) => {
                self.world.set_gate(NODE, side, Gate::Refuse);
                Ok(())
            }
            Fault::Reset(side) => {
                self.world.reset(NODE, side);
                Ok(())
            }
            Fault::Clear(side) => {
                self.world.set_gate(NODE, side, Gate::Open);
                self.command(Command::MuteHeartbeats(side, false)).map(drop)
            }
        }
    }

    fn call_in(&mut self, from: &str, extension: &str) -> Result<u32, Trouble> {
        let call = Command::CallIn { from: from.into(), to: extension.into(), variables: BTreeMap::new() };
        match self.command(call)? {
            Outcome::Call(id) => Ok(id),
            Outcome::Done => Err(Trouble("the switch made no call".into())),
        }
    }

    fn phone(&mut self, deed: &str, extension: &str, call: u32) -> Result<(), Trouble> {
        let hand = Hand { device: extension.into(), call: Some(call) };
        let command = match deed {
            "answer" => Command::Answer(hand),
            "hold" => Command::Hold(hand),
            "retrieve" => Command::Retrieve(hand),
            "hang-up" => Command::HangUp(hand),
            other => return Err(Trouble(format!("no phone can {other}"))),
        };
        self.command(command).map(drop)
    }

    fn open_desktop(&mut self, agent: &str) -> Result<(), Trouble> {
        let index = self.desktop(agent)?;
        self.world.open_desktop(index);
        let end = self.world.now() + OPEN_WITHIN;
        while self.world.desktop(index).is_some_and(|desktop| !desktop.is_open()) {
            if self.world.now() >= end {
                return Err(Trouble(format!("the desktop of {agent} does not open")));
            }
            self.advance(Duration::from_millis(5))?;
        }
        Ok(())
    }

    fn ask(&mut self, agent: &str, request: Request<'_>) -> Result<Reply, Trouble> {
        let index = self.desktop(agent)?;
        let id = self.world.press(index, request.method, request.path, request.body);
        let id = id.ok_or_else(|| Trouble("no desktop".into()))?;
        let end = self.world.now() + ANSWER_WITHIN;
        loop {
            if let Some(response) = self.world.answer(id) {
                return Ok(Reply { status: response.status, body: response.body });
            }
            if self.world.now() >= end {
                return Err(Trouble(format!("{} {} is not answered", request.method, request.path)));
            }
            self.advance(Duration::from_millis(1))?;
        }
    }

    fn dials(&mut self) -> Result<Vec<Dial>, Trouble> {
        Ok(self.world.dialed().iter().map(|dial| Dial { at: dial.at, side: dial.side }).collect())
    }

    fn arrived(&mut self, side: Side) -> Result<Arrived, Trouble> {
        let counters = self.world.pair().counters(side);
        let commands = COMMANDS.iter().filter_map(|name| counters.requests.get(name)).sum();
        Ok(Arrived { heartbeats: counters.heartbeats, confirmed: counters.heartbeats_answered, commands })
    }

    fn seen(&mut self, agent: &str) -> Result<Vec<Seen>, Trouble> {
        let index = self.desktop(agent)?;
        Ok(self.world.seen(index).to_vec())
    }

    fn truth(&mut self, agent: &str) -> Result<Truth, Trouble> {
        let pair = self.world.pair();
        let found = pair.switch().agent(agent).ok_or_else(|| Trouble(format!("no agent {agent}")))?;
        let extension = found.extension.clone().unwrap_or_else(|| found.config.extension.clone());
        let legs = watch::legs(pair, &extension).into_iter();
        let variables =
            |call: u32| pair.switch().calls().get(call).map_or(Vec::new(), |call| call.variables.to_vec());
        let legs =
            legs.map(|(call, state)| LegTruth { call, state: state.into(), variables: variables(call) });
        Ok(Truth { state: watch::state(found).into(), legs: legs.collect(), extension })
    }
}

fn plan(seed: u64) -> Plan {
    let mut plan = Plan::new(seed);
    plan.nodes = 1;
    plan
}

/// The settings that rows and their controls change.
fn apply(plan: &mut Plan, setting: &Setting) -> Result<(), Trouble> {
    let Setting { key, value } = setting;
    let cti = &mut plan.cti;
    let done = match key.as_str() {
        "cti.duplex" => value.parse().map(|duplex| cti.duplex = duplex).ok(),
        "cti.b" => (value == "none").then(|| cti.has_b = false),
        "cti.attempts_per_side" => value.parse().map(|attempts| cti.attempts_per_side = attempts).ok(),
        "cti.heartbeat_misses" => value.parse().map(|misses| cti.heartbeat_misses = misses).ok(),
        "cti.heartbeat_interval" => duration(value).map(|interval| cti.heartbeat_interval = interval),
        "cti.retry" => duration(value).map(|pause| cti.retry = pause),
        "cti.retry_first" => duration(value).map(|pause| cti.retry_first = pause),
        "cti.attempt_timeout" => duration(value).map(|limit| cti.attempt_timeout = limit),
        _ => None,
    };
    done.ok_or_else(|| Trouble(format!("setting {key}={value} means nothing here")))
}

fn duration(text: &str) -> Option<Duration> {
    match text.strip_suffix("ms") {
        Some(millis) => millis.parse().map(Duration::from_millis).ok(),
        None => text.strip_suffix('s')?.parse().map(Duration::from_secs).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{Row, cti, run};

    fn failing(extra: &[Setting]) -> Vec<&'static str> {
        let reports =
            cti().iter().map(|row: &Row| run(row, extra, &mut InVirtualTime::new(1))).collect::<Vec<_>>();
        reports.iter().filter(|report| !report.passed).map(|report| report.id).collect()
    }

    #[test]
    fn every_row_passes() {
        for row in cti() {
            let report = run(&row, &[], &mut InVirtualTime::new(7));
            assert!(report.passed, "{report:#?}");
            assert_ne!(report.evidence, crate::rows::Evidence::default(), "{} counts nothing", row.id);
        }
    }

    #[test]
    fn four_attempts_fail_exactly_the_rows_that_count_attempts() {
        assert_eq!(failing(&[Setting::new("cti.attempts_per_side", "4")]), ["CTI-4", "CTI-5", "CTI-6"]);
    }

    #[test]
    fn two_misses_fail_exactly_the_row_that_counts_misses() {
        assert_eq!(failing(&[Setting::new("cti.heartbeat_misses", "2")]), ["CTI-7"]);
    }

    #[test]
    fn a_setting_that_nobody_knows_fails_every_row() {
        assert_eq!(failing(&[Setting::new("cti.attempts", "4")]).len(), cti().len());
    }

    #[test]
    fn durations_as_people_write_them() {
        assert_eq!(duration("200ms"), Some(Duration::from_millis(200)));
        assert_eq!(duration("5s"), Some(Duration::from_secs(5)));
        assert_eq!(duration("5"), None);
    }
}
