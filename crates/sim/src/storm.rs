//! Many desktops lose their server at one and the same moment: first its CTI server, then the server itself. What the
//! recovery tells first is agents on calls, own states before teams and these before queues (rule 2); and the other
//! server is not stormed: whoever is on a call comes first, the others one after the other, and nobody goes back (rule 8).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use node::ServiceName;
use node::failover::cti::Side;
use switch::{Command, Hand, PhoneState};

use crate::peer::{PRIMARY, SECONDARY};
use crate::people::{Browse, Use};
use crate::recorder::Keep;
use crate::rng::Rng;
use crate::seen::{Object, Seen};
use crate::walk::Walked;
use crate::world::{Plan, World};

/// Four teams.
const AGENTS: usize = 40;
/// Calls of one walk: a quarter of the agents is on one.
const CALLS: usize = 10;
/// Who is on a call may come so much later than somebody else: what their connections take.
const MOMENT: Duration = Duration::from_millis(50);
/// Nobody moves later.
const MOVED_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// A fifth of the time over which sign-ins are spread.
const WINDOW: Duration = Duration::from_millis(200);
const SECOND: Duration = Duration::from_secs(1);

/// A plan of many agents on a fast network, where order shows.
pub fn plan(seed: u64) -> Plan {
    Plan::new(seed).with_agents(AGENTS)
}

/// One walk.
pub fn walk(plan: Plan, keep: Keep) -> Walked {
    let seed = plan.seed;
    let mut storm = Storm { chance: Rng::new(seed ^ 0x5703_4000), world: World::new(plan, keep) };
    storm.set_out();
    storm.lose_cti();
    storm.lose_server();
    storm.return_of_the_server();
    Walked::of(seed, &storm.world)
}

struct Storm {
    chance: Rng,
    world: World,
}

impl Storm {
    /// Everybody works at the primary, some on calls; supervisors look at their teams and queues.
    fn set_out(&mut self) {
        self.world.run_for(SECOND * 2);
        for desktop in 0..self.world.desktops() {
            self.subscribe(desktop);
            self.world.browse(Browse { desktop, what: Use::Open });
        }
        self.world.run_for(SECOND * 2);
        for _ in 0..CALLS {
            let callee = self.agent();
            self.call(callee);
        }
        self.world.run_for(SECOND * 2);
        self.world.pilot_everybody();
    }

    fn subscribe(&mut self, desktop: usize) {
        let Some(id) = self.world.desktop(desktop).map(|desktop| desktop.person().id.clone()) else { return };
        let config = self.world.plan().switch();
        let teams = config.teams.iter().filter(|team| team.supervisors.contains(&id));
        let teams = teams.map(|team| format!("/finesse/api/Team/{}/Users", team.id));
        let queues = config.skill_groups.iter().map(|group| format!("/finesse/api/Queue/{}", group.id));
        for node in teams.chain(queues).collect::<Vec<_>>() {
            self.world.subscribe(desktop, &node);
        }
    }

    fn agent(&mut self) -> usize {
        self.chance.below(self.world.desktops())
    }

    fn extension(&self, desktop: usize) -> String {
        self.world.desktop(desktop).map(|desktop| desktop.person().extension.clone()).unwrap_or_default()
    }

    fn call(&mut self, callee: usize) {
        let (device, to) = (self.extension(callee), self.extension(callee));
        let from = format!("03555{:05}", self.chance.below(100_000));
        // Whoever has a call already is called in vain.
        let _ = self.world.command(Command::CallIn { from, to, variables: BTreeMap::new() });
        self.world.run_for(SECOND / 10);
        let _ = self.world.command(Command::Answer(Hand { device, call: None }));
    }

    /// CTI is lost, and before it is back everybody does something: there is something to tell of all.
    fn lose_cti(&mut self) {
        self.world.keep_seen();
        (0..self.world.desktops()).for_each(|desktop| drop(self.world.take_seen(desktop)));
        let busy = self.busy();
        [Side::A, Side::B].into_iter().for_each(|side| self.world.reset(PRIMARY, side));
        for desktop in 0..self.world.desktops() {
            self.act(desktop, busy.contains(&desktop));
        }
        self.world.run_for(SECOND * 10);
        self.judge_order(&busy);
        self.world.check();
    }

    /// On a call, as it is shown.
    fn busy(&self) -> BTreeSet<usize> {
        let has_call = |desktop: &usize| {
            self.world.desktop(*desktop).is_some_and(|desktop| !desktop.shown().dialogs.is_empty())
        };
        (0..self.world.desktops()).filter(has_call).collect()
    }

    fn act(&mut self, desktop: usize, on_call: bool) {
        let Some(person) = self.world.desktop(desktop).map(|desktop| desktop.person().clone()) else {
            return;
        };
        let _ = if on_call {
            self.world.command(Command::Hold(Hand { device: person.extension, call: None }))
        } else {
            self.world.command(Command::AgentState { agent: person.id, to: PhoneState::Ready })
        };
    }

    /// (2) In what supervisors are told of their teams, agents on calls come first.
    fn judge_order(&mut self, busy: &BTreeSet<usize>) {
        let ids: BTreeSet<String> = busy.iter().filter_map(|it| self.id(*it)).collect();
        for desktop in 0..self.world.desktops() {
            let told = members(&self.world.take_seen(desktop));
            let first_free = told.iter().position(|id| !ids.contains(id));
            let last_busy = told.iter().rposition(|id| ids.contains(id));
            if let (Some(free), Some(busy)) = (first_free, last_busy)
                && free < busy
            {
                let of = |at: usize| told.get(at).cloned().unwrap_or_default();
                let says = format!("(2) {}, on a call, is told of after {}", of(busy), of(free));
                self.world.report(says);
            }
        }
    }

    fn id(&self, desktop: usize) -> Option<String> {
        self.world.desktop(desktop).map(|desktop| desktop.person().id.clone())
    }

    /// The server is gone, and everybody goes to the other one.
    fn lose_server(&mut self) {
        let busy = self.busy();
        if self.chance.one_in(2) {
            self.world.crash(PRIMARY);
        } else {
            self.world.service(PRIMARY, ServiceName::Platform, false);
            self.world.service(PRIMARY, ServiceName::Notification, false);
        }
        let came = self.arrivals();
        self.judge_storm(&came, &busy);
    }

    /// When each desktop went to the other server.
    fn arrivals(&mut self) -> BTreeMap<usize, Duration> {
        let (mut came, end) = (BTreeMap::new(), self.world.now() + MOVED_WITHIN);
        while came.len() < self.world.desktops() && self.world.now() < end && self.world.broken().is_none() {
            self.world.run_for(LOOK_EVERY);
            for desktop in (0..self.world.desktops()).filter(|it| self.world.node_of(*it) == Some(SECONDARY))
            {
                came.entry(desktop).or_insert(self.world.now());
            }
        }
        came
    }

    /// (8) Not all at once, and whoever is on a call first.
    fn judge_storm(&mut self, came: &BTreeMap<usize, Duration>, busy: &BTreeSet<usize>) {
        let times = |on_call: bool| {
            let who = came.iter().filter(move |(desktop, _)| busy.contains(desktop) == on_call);
            who.map(|(_, at)| *at).collect::<BTreeSet<_>>()
        };
        let others: Vec<Duration> =
            came.iter().filter(|(desktop, _)| !busy.contains(desktop)).map(|(_, at)| *at).collect();
        let at_once =
            |from: &Duration| others.iter().filter(|at| (*from..*from + WINDOW).contains(at)).count();
        let most = others.iter().map(at_once).max().unwrap_or(0);
        if came.len() < self.world.desktops() {
            let missing = self.world.desktops() - came.len();
            self.world.report(format!("(8) {missing} desktops do not leave a server that is gone"));
        } else if times(true).last() > times(false).first().map(|at| *at + MOMENT).as_ref() {
            self.world.report("(8) somebody on a call waits for others who are not".into());
        } else if most * 2 > others.len() {
            self.world.report(format!("(8) {most} of {} sign in within {WINDOW:?}", others.len()));
        }
    }

    /// The server is back, and nobody goes back to it.
    fn return_of_the_server(&mut self) {
        self.world.heal();
        self.world.pilot_everybody();
        self.world.run_for(SECOND * 30);
        self.world.pilot_everybody();
        self.world.bring_home();
        let back = (0..self.world.desktops()).filter(|it| self.world.node_of(*it) != Some(SECONDARY)).count();
        if back > 0 && self.world.broken().is_none() {
            self.world.report(format!("(8) {back} desktops went back to the server that had failed"));
        }
    }
}

/// Members of teams, in the order of the first word about each since service returned.
fn members(seen: &[Seen]) -> Vec<String> {
    let back = seen.iter().position(|seen| matches!(seen.object, Object::System { in_service: true }));
    let mut told = Vec::new();
    for seen in seen.iter().skip(back.unwrap_or(seen.len())).filter(|seen| seen.is_of_member()) {
        if let Object::User(user) = &seen.object
            && !told.contains(&user.id)
        {
            told.push(user.id.clone());
        }
    }
    told
}
