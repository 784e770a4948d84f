//! The walks in which a sabotage is looked for: the one in which it shows soonest. Each stops at the first broken rule.

use std::time::Duration;

use sim::campaign::STEPS;
use sim::peer::PeerGate;
use sim::recorder::Keep::Fingerprint;
use sim::world::{Leave, Plan, World};
use sim::{moves, outages, settings, signins, storm, walk};

/// A walk, and the world that it is in.
pub(crate) struct Course {
    pub(crate) plan: fn(u64) -> Plan,
    pub(crate) walk: fn(Plan) -> Option<String>,
}

/// People work while everything breaks.
pub(crate) const EVERYTHING: Course =
    Course { plan: Plan::by_chance, walk: |plan| walk::walk(plan, STEPS, Fingerprint).broken };
/// The same where little may wait for a client.
pub(crate) const SHORT_QUEUES: Course = Course {
    plan: |seed| {
        let mut plan = Plan::by_chance(seed);
        plan.queue_max = 6;
        plan
    },
    walk: |plan| walk::walk(plan, STEPS, Fingerprint).broken,
};
/// Supervisors listen to them, too.
pub(crate) const SUPERVISED: Course =
    Course { plan: Plan::by_chance, walk: |plan| walk::supervised(plan, STEPS, Fingerprint).broken };
/// A campaign dialer offers them customers, too.
pub(crate) const CAMPAIGNS: Course = Course {
    plan: |seed| Plan::by_chance(seed).with_campaigns(),
    walk: |plan| walk::walk(plan, STEPS, Fingerprint).broken,
};
/// Agents move between nodes whose link works.
pub(crate) const MOVES: Course =
    Course { plan: moves::plan, walk: |plan| moves::walk(plan, 1_000, Fingerprint).broken };
/// Desktops fail over.
pub(crate) const OUTAGES: Course =
    Course { plan: Plan::by_chance, walk: |plan| outages::walk(plan, outages::STEPS, Fingerprint).broken };
/// People prove who they are while AWDBs fail.
pub(crate) const SIGN_INS: Course =
    Course { plan: Plan::by_chance, walk: |plan| signins::walk(plan, signins::STEPS, Fingerprint).broken };
/// Settings are changed while nodes are killed.
pub(crate) const SETTINGS: Course =
    Course { plan: Plan::by_chance, walk: |plan| settings::walk(plan, settings::STEPS, Fingerprint).broken };
/// Many desktops lose their server at once.
pub(crate) const STORM: Course =
    Course { plan: storm::plan, walk: |plan| storm::walk(plan, Fingerprint).broken };
/// The primary's order is on its way to CTI when the agent signs in at the secondary.
pub(crate) const BEHIND_AN_ORDER: Course = Course { plan: Plan::new, walk: sign_in_behind_an_order };

fn sign_in_behind_an_order(mut plan: Plan) -> Option<String> {
    plan.latency = Duration::from_millis(100);
    let mut world = World::new(plan, Fingerprint);
    world.run_for(Duration::from_secs(5));
    world.sign_in_when_open(1);
    world.open_desktop(1);
    world.run_for(Duration::from_secs(5));
    world.sign_in_when_open(1);
    world.relocate_desktop(1, 1, Leave::Goodbye, Duration::from_millis(60_020));
    world.run_for(Duration::from_secs(70));
    assert_eq!(world.logouts().done, 1);
    world.broken().map(Into::into)
}

/// An agent goes to the node whose clock is behind, and leaves it soon; the link was down when he signed in at the other one.
pub(crate) const BEHIND_THE_CLOCK: Course = Course { plan: Plan::new, walk: move_behind_the_clock };

fn move_behind_the_clock(mut plan: Plan) -> Option<String> {
    plan.skew_ms = -3_600_000;
    let mut world = World::new(plan, Fingerprint);
    world.set_peer_gate(PeerGate::Refuse);
    world.run_for(Duration::from_secs(5));
    world.sign_in_when_open(1);
    world.open_desktop(1);
    world.run_for(Duration::from_secs(5));
    world.set_peer_gate(PeerGate::Open);
    world.run_for(Duration::from_secs(5));
    world.sign_in_when_open(1);
    world.relocate_desktop(1, 1, Leave::Goodbye, Duration::from_secs(1));
    world.run_for(Duration::from_secs(30));
    world.close_desktop(1, Leave::Goodbye);
    world.run_for(Duration::from_secs(70));
    assert_eq!(world.logouts().done, 1);
    world.broken().map(Into::into)
}

#[test]
fn rule_7_little_room_for_what_waits_breaks_nothing_else() {
    let broken = |seed| (SHORT_QUEUES.walk)((SHORT_QUEUES.plan)(seed)).map(|rule| (seed, rule));
    let broken: Vec<_> = (1..=40).filter_map(broken).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn desk_5r2_who_leaves_a_node_whose_clock_is_behind_has_his_60_s_there() {
    assert_eq!(move_behind_the_clock(Plan::new(1)), None);
}

#[test]
fn desk_5r2_a_sign_in_behind_an_order_is_held() {
    assert_eq!(sign_in_behind_an_order(Plan::new(1)), None);
}
