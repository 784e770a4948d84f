//! Queues as a desktop sees them: by event, by REST, and over a failover.

#![expect(clippy::expect_used, reason = "in a test, what is not there is a failure")]

use std::time::Duration;

use node::failover::cti::Side;
use node::xml::{Element, Limits};
use sim::recorder::Keep;
use sim::seen::{Object, Seen};
use sim::world::{Plan, World};
use switch::Command;

const AGENT: &str = "1002";
const EXTENSION: &str = "61002";
/// Sales is skill group 21, reached by 7200; its SkillGroupSkillTargetID is that of the demo.
const SALES: &str = "/finesse/api/Queue/5021";
/// A round, and a moment for its answers.
const ROUND: Duration = Duration::from_millis(10_500);

/// One node, and an agent who is READY and looks at Sales.
fn ready() -> World {
    let mut plan = Plan::new(1);
    plan.nodes = 1;
    // An agent who goes Not Ready at the moment of the loss stays so.
    plan.recovery.restore_ready_after_own_loss = false;
    let mut world = World::new(plan, Keep::Fingerprint);
    world.run_for(Duration::from_secs(2));
    let desktop = desktop(&world);
    world.subscribe(desktop, SALES);
    world.open_desktop(desktop);
    world.run_for(Duration::from_secs(1));
    set_state(&mut world, &format!("<User><state>LOGIN</state><extension>{EXTENSION}</extension></User>"));
    set_state(&mut world, "<User><state>READY</state></User>");
    world.run_for(ROUND);
    world.keep_seen();
    world
}

fn desktop(world: &World) -> usize {
    world.desktop_of(AGENT).expect("a desktop")
}

fn set_state(world: &mut World, body: &str) {
    assert_eq!(ask(world, "PUT", &format!("/finesse/api/User/{AGENT}"), body).0, 202);
}

fn ask(world: &mut World, method: &str, path: &str, body: &str) -> (u16, String) {
    let desktop = desktop(world);
    let id = world.press(desktop, method, path, body).expect("a request");
    world.run_for(Duration::from_secs(1));
    let answer = world.answer(id).expect("an answer");
    (answer.status, answer.body)
}

fn get(world: &mut World, path: &str) -> Element {
    let (status, body) = ask(world, "GET", path, "");
    assert_eq!(status, 200, "{path}: {body}");
    Element::parse(body.as_bytes(), &Limits::default()).expect("a document")
}

/// The forms of Sales that the desktop was shown since it was READY.
fn shown(world: &World) -> Vec<Element> {
    let of_sales = |seen: &&Seen| seen.node == SALES;
    let data = world.seen(desktop(world)).iter().filter(of_sales).map(|seen| match &seen.object {
        Object::Other(data) => {
            assert_eq!((seen.verb.as_str(), seen.source.as_str(), seen.request.as_str()), ("PUT", SALES, ""));
            data.clone()
        }
        other => unreachable!("{other:?}"),
    });
    data.collect()
}

/// `callsInQueue`, `agentsLoggedOn`, `agentsReady`, `agentsNotReady`.
fn numbers(queue: &Element) -> [String; 4] {
    ["callsInQueue", "agentsLoggedOn", "agentsReady", "agentsNotReady"].map(|name| text(queue, name))
}

fn text(queue: &Element, name: &str) -> String {
    let statistics = queue.child("statistics").expect("statistics");
    statistics.child_text(name).expect("a number")
}

fn somebody_waits(world: &mut World) {
    wait_in(world, "7200");
}

fn wait_in(world: &mut World, dialed: &str) {
    let (from, to) = ("0355501234".into(), dialed.into());
    world.command(Command::CallIn { from, to, variables: Default::default() }).expect("a call");
}

#[test]
fn que_1_a_waiting_call_and_a_change_of_state_show_in_the_numbers() {
    let mut world = ready();
    assert_eq!(numbers(&get(&mut world, SALES)), ["0", "1", "1", "0"]);
    set_aside(&mut world);
    somebody_waits(&mut world);
    world.run_for(ROUND);
    let queue = get(&mut world, SALES);
    assert_eq!(numbers(&queue), ["1", "1", "0", "1"]);
    assert_eq!(shown(&world).last(), Some(&queue), "the event is what GET answers");
    let since = text(&queue, "startTimeOfLongestCallInQueue");
    let before = shown(&world).len();
    world.run_for(ROUND * 3);
    assert_eq!(shown(&world).len(), before, "three rounds without a change");
    assert_eq!(text(&get(&mut world, SALES), "startTimeOfLongestCallInQueue"), since);
    let own = get(&mut world, &format!("/finesse/api/User/{AGENT}/Queues"));
    assert!(own.children().any(|queue| queue.child_text("uri").as_deref() == Some(SALES)));
    assert_eq!(world.broken(), None);
}

#[test]
fn a_failover_loses_nothing() {
    let mut world = ready();
    world.command(Command::KillSide(Side::A)).expect("a fault");
    set_aside(&mut world);
    somebody_waits(&mut world);
    world.run_for(Duration::from_secs(30));
    assert!(world.in_service(0));
    let queue = get(&mut world, SALES);
    assert_eq!(numbers(&queue), ["1", "1", "0", "1"]);
    assert_eq!(
        shown(&world),
        [queue],
        "one event with what changed meanwhile, to the subscription of before"
    );
    let shows = world.seen(desktop(&world)).iter().map(Seen::short).collect::<Vec<_>>();
    let at = |what: &str| shows.iter().position(|seen| seen == what).expect(what);
    assert!(at("IN_SERVICE") < at("User NOT_READY") && at("User NOT_READY") < at("PUT Queue"), "{shows:?}");
    assert_eq!(world.broken(), None);
}

/// At the phone, so that the next call waits.
fn set_aside(world: &mut World) {
    let to = switch::PhoneState::NotReady(0);
    world.command(Command::AgentState { agent: AGENT.into(), to }).expect("a state");
}

/// Whoever is not signed in may look, too; 1003 does not serve the desk of 7202, which is 5023.
#[test]
fn events_of_a_queue_go_to_those_who_serve_it() {
    let mut world = ready();
    let others = "/finesse/api/Queue/5023";
    let colleague = world.desktop_of("1003").expect("a desktop");
    for node in [SALES, others, "/finesse/api/Queue/4711"] {
        world.subscribe(colleague, node);
    }
    world.open_desktop(colleague);
    set_aside(&mut world);
    wait_in(&mut world, "7202");
    somebody_waits(&mut world);
    world.run_for(ROUND);
    assert_eq!(text(&get(&mut world, others), "callsInQueue"), "1");
    let nodes: Vec<&str> = world.seen(colleague).iter().map(|seen| seen.node.as_str()).collect();
    assert_eq!(nodes, [SALES]);
    assert_eq!(world.broken(), None);
}

#[test]
fn what_is_not_there_or_nobody_may_see_says_so() {
    let mut world = ready();
    assert_eq!(ask(&mut world, "GET", "/finesse/api/Queue/4711", "").0, 404);
    assert_eq!(ask(&mut world, "GET", "/finesse/api/Queue/Sales", "").0, 404);
    let (status, body) = ask(&mut world, "GET", "/finesse/api/User/4711/Queues", "");
    assert_eq!((status, body.contains("User Not Found")), (404, true));
    let other = get(&mut world, "/finesse/api/User/1001/Queues");
    assert_eq!(other.children().count(), 3, "anybody may look at anybody's queues");
}
