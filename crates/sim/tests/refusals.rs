//! What must not be done: the documented error, by answer or by event, and nothing at the switch (rest-api.md sections
//! 3.3, 6.2 and 6.5, mapping.md section 4.2).

#![expect(clippy::expect_used, reason = "in a test, what is not there is a failure")]

use std::collections::BTreeMap;
use std::time::Duration;

use sim::recorder::Keep;
use sim::seen::{Object, Seen};
use sim::world::{Plan, World};
use switch::{CallTruth, Command, Hand, Phone};

/// Supervises the team of all; his extension is his id.
const BOSS: &str = "1001";
const AGENT: &str = "1002";
const EXTENSION: &str = "61002";
/// Another agent of the team, at an extension that is his id.
const COLLEAGUE: &str = "1003";
const CALLER: &str = "0355501234";
const SECOND: Duration = Duration::from_secs(1);

/// The three are signed in.
fn stage() -> World {
    let mut plan = Plan::new(1);
    plan.nodes = 1;
    let mut world = World::new(plan, Keep::Fingerprint);
    world.run_for(SECOND * 2);
    for (agent, extension) in [(BOSS, BOSS), (AGENT, EXTENSION), (COLLEAGUE, COLLEAGUE)] {
        let desktop = desktop(&world, agent);
        world.open_desktop(desktop);
        world.run_for(SECOND);
        let body = format!("<User><state>LOGIN</state><extension>{extension}</extension></User>");
        let id =
            world.press(desktop, "PUT", &format!("/finesse/api/User/{agent}"), &body).expect("a request");
        world.run_for(SECOND);
        assert_eq!(world.answer(id).expect("an answer").status, 202);
    }
    world.keep_seen();
    world
}

/// And the agent talks with somebody outside.
fn on_a_call(variables: BTreeMap<String, String>) -> World {
    let mut world = stage();
    let (from, to) = (CALLER.into(), EXTENSION.into());
    do_it(&mut world, Command::CallIn { from, to, variables });
    do_it(&mut world, Command::Answer(hand(EXTENSION)));
    world
}

/// And his supervisor and the colleague are in the call, too.
fn in_a_conference() -> World {
    let mut world = on_a_call(BTreeMap::new());
    for guest in [BOSS, COLLEAGUE] {
        consult(&mut world, guest);
        do_it(&mut world, Command::Answer(hand(guest)));
        do_it(&mut world, Command::CompleteConference(phone(EXTENSION)));
    }
    assert_eq!(calls(&world).first().expect("a call").parties.len(), 4);
    world
}

fn consult(world: &mut World, to: &str) {
    do_it(world, Command::Consult { device: EXTENSION.into(), to: to.into(), call: None });
}

fn do_it(world: &mut World, command: Command) {
    world.command(command).expect("the switch does it");
    world.run_for(SECOND);
}

fn hand(device: &str) -> Hand {
    Hand { device: device.into(), call: None }
}

fn phone(device: &str) -> Phone {
    Phone { device: device.into() }
}

fn desktop(world: &World, agent: &str) -> usize {
    world.desktop_of(agent).expect("a desktop")
}

fn calls(world: &World) -> Vec<CallTruth> {
    world.pair().truth(world.now()).calls
}

/// All that clients asked of the CTI servers, but for what they ask every few seconds.
fn asked(world: &World) -> usize {
    let regular = ["HEARTBEAT_REQ", "QUERY_SKILL_GROUP_STATISTICS_REQ"];
    world.pair().request_log().iter().filter(|entry| !regular.contains(&entry.name)).count()
}

/// What a request came to: the status of its answer, and errorType of the answer or of the event that followed.
struct Outcome {
    status: u16,
    kind: String,
}

/// An action on the only call, by an agent's desktop. `more` goes into the body.
fn act(world: &mut World, agent: &str, action: &str, more: &str) -> Outcome {
    let call = calls(world).first().expect("a call").id;
    let body = format!("<Dialog><requestedAction>{action}</requestedAction>{more}</Dialog>");
    let path = format!("/finesse/api/Dialog/{call}");
    let desktop = desktop(world, agent);
    let seen = world.seen(desktop).len();
    let id = world.press(desktop, "PUT", &path, &body).expect("a request");
    world.run_for(SECOND);
    let answer = world.answer(id).expect("an answer");
    let events = world.seen(desktop).iter().skip(seen);
    let kind = error_type(&answer.body).or_else(|| events.filter_map(|event| error_of(event, id.0)).next());
    Outcome { status: answer.status, kind: kind.unwrap_or_default() }
}

fn error_type(body: &str) -> Option<String> {
    let rest = body.split_once("<ErrorType>")?.1;
    Some(rest.split_once("</ErrorType>")?.0.to_owned())
}

fn error_of(event: &Seen, request: u64) -> Option<String> {
    match &event.object {
        Object::Error { kind, .. } if event.request == format!("r{request}") => Some(kind.clone()),
        Object::Error { .. }
        | Object::System { .. }
        | Object::User(_)
        | Object::Dialog(_)
        | Object::Other(_) => None,
    }
}

fn target(address: &str) -> String {
    format!("<targetMediaAddress>{address}</targetMediaAddress>")
}

fn own() -> String {
    target(EXTENSION)
}

/// The action is refused with this, and the CTI server has not even been asked.
fn refused(world: &mut World, agent: &str, action: &str, more: &str, status: u16, kind: &str) {
    let before = (calls(world), asked(world));
    let outcome = act(world, agent, action, more);
    assert_eq!((outcome.status, outcome.kind.as_str()), (status, kind), "{action} {more}");
    assert_eq!((calls(world), asked(world)), before, "{action} {more} left something behind");
    assert_eq!(world.broken(), None);
}

#[test]
fn participant_drop_is_for_supervisors_and_drops_agents_on_the_call() {
    let mut world = in_a_conference();
    let not_his = "Invalid Authorization User Specified";
    refused(&mut world, AGENT, "PARTICIPANT_DROP", &target(COLLEAGUE), 401, not_his);
    for address in [CALLER, "61004", "0000"] {
        refused(&mut world, BOSS, "PARTICIPANT_DROP", &target(address), 400, "Invalid Destination");
    }
    refused(&mut world, BOSS, "PARTICIPANT_DROP", "", 400, "Parameter Missing");
}

#[test]
fn participant_drop_from_outside_of_the_conference_is_refused() {
    let mut world = on_a_call(BTreeMap::new());
    let not_his = "Invalid Authorization User Specified";
    refused(&mut world, BOSS, "PARTICIPANT_DROP", &target(EXTENSION), 401, not_his);
    refused(&mut world, COLLEAGUE, "HOLD", &target(EXTENSION), 401, not_his);
}

#[test]
fn nobody_consults_or_transfers_to_himself() {
    let mut world = on_a_call(BTreeMap::new());
    let to_himself = format!("{}<toAddress>{EXTENSION}</toAddress>", own());
    for action in ["CONSULT_CALL", "TRANSFER_SST"] {
        refused(&mut world, AGENT, action, &to_himself, 400, "Invalid Destination");
        refused(&mut world, AGENT, action, &own(), 400, "Parameter Missing");
    }
}

#[test]
fn what_the_state_does_not_allow_is_refused_by_event() {
    let mut world = on_a_call(BTreeMap::new());
    for action in ["TRANSFER", "CONFERENCE", "RETRIEVE", "ANSWER", "START_RECORDING"] {
        refused(&mut world, AGENT, action, &own(), 202, "Generic Error");
    }
    do_it(&mut world, Command::Hold(hand(EXTENSION)));
    let digits =
        "<actionParams><ActionParam><name>dtmfString</name><value>42#</value></ActionParam></actionParams>";
    refused(&mut world, AGENT, "SEND_DTMF", &format!("{}{digits}", own()), 202, "Generic Error");
    let to = format!("{}<toAddress>{COLLEAGUE}</toAddress>", own());
    refused(&mut world, AGENT, "CONSULT_CALL", &to, 202, "Generic Error");
    refused(&mut world, AGENT, "TRANSFER_SST", &to, 202, "Generic Error");
}

#[test]
fn ecc_beyond_2000_bytes_counts_what_the_call_carries() {
    let history = |index| (format!("user.history[{index}]"), "x".repeat(200));
    let mut world = on_a_call((0..9).map(history).collect());
    let order = |bytes: usize| {
        let value = "y".repeat(bytes);
        format!(
            "<mediaProperties><callvariables><CallVariable><name>callVariable1</name><value>gold</value>\
             </CallVariable><CallVariable><name>user.order</name><value>{value}</value></CallVariable>\
             </callvariables></mediaProperties>"
        )
    };
    // Nine names of 15 bytes and values of 200 are there; `user.order` has 10.
    let room = 2_000 - 9 * 215 - 10;
    refused(&mut world, AGENT, "UPDATE_CALL_DATA", &order(room + 1), 400, "Invalid Input");
    // CTI counts the terminators of a named variable, too.
    let outcome = act(&mut world, AGENT, "UPDATE_CALL_DATA", &order(room - 2));
    assert_eq!((outcome.status, outcome.kind.as_str()), (202, ""), "as much as still fits");
    assert_eq!(calls(&world).first().expect("a call").variables.first().map(String::as_str), Some("gold"));
}
#[test]
fn a_seventeenth_party_is_refused_and_both_calls_stay() {
    let mut world = on_a_call(BTreeMap::new());
    for guest in 1..=14 {
        consult(&mut world, &format!("03555100{guest:02}"));
        world.run_for(SECOND * 2);
        do_it(&mut world, Command::CompleteConference(phone(EXTENSION)));
    }
    consult(&mut world, "0355510099");
    world.run_for(SECOND * 2);
    let before = calls(&world);
    assert_eq!(before.iter().map(|call| call.parties.len()).collect::<Vec<_>>(), [16, 2]);
    let outcome = act(&mut world, AGENT, "CONFERENCE", &own());
    assert_eq!((outcome.status, outcome.kind.as_str()), (202, "Call Operation Failure"));
    assert_eq!(calls(&world), before);
    assert_eq!(world.broken(), None);
}
