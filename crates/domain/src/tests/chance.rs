//! Random scripts: nothing panics, and what is shown stays consistent and is told exactly.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::script::World;
use crate::command::{Change, Output};
use crate::ids::{AgentId, CallId};
use crate::view::{DialogView, UserView};

const AGENTS: [&str; 3] = ["1001", "1002", "1003"];

/// What a desktop that reads each object at its event believes.
#[derive(Default)]
struct Desktops {
    users: BTreeMap<AgentId, UserView>,
    dialogs: BTreeMap<(AgentId, CallId), DialogView>,
}

impl Desktops {
    fn hear(&mut self, change: &Change, world: &World) {
        match change {
            Change::User { agent, .. } => {
                self.users.extend(world.domain.user(agent).map(|user| (agent.clone(), user)));
            }
            Change::DialogAdded { agent, call, .. } | Change::DialogChanged { agent, call, .. } => {
                self.dialogs.extend(
                    world.domain.dialog(*call).map(|dialog| ((agent.clone(), *call), visible(dialog))),
                );
            }
            Change::DialogRemoved { agent, dialog, .. } => {
                self.dialogs.remove(&(agent.clone(), dialog.id));
            }
            Change::Error { .. } | Change::Queue { .. } | Change::QueueRemoved { .. } => {}
        }
    }

    /// Every client believes what a read would tell it.
    fn check(&self, world: &World, after: &str) {
        let mut truth = BTreeMap::new();
        for agent in AGENTS.map(AgentId::from) {
            let user = world.domain.user(&agent).unwrap();
            for dialog in world.domain.dialogs_of(&agent) {
                let own = dialog.legs.iter().filter(|leg| leg.agent.as_ref() == Some(&agent)).count();
                assert!(own >= 1, "after `{after}`: {} has no leg of {agent}", dialog.id.0);
                assert_associated(world, &dialog, after);
                assert!(
                    user.state.signed_in() || user.state.as_str() == "UNKNOWN",
                    "after `{after}`: {user:?}"
                );
                truth.insert((agent.clone(), dialog.id), visible(dialog));
            }
            assert_eq!(self.users.get(&agent), Some(&user), "after `{after}`");
        }
        assert_eq!(self.dialogs, truth, "after `{after}`");
    }
}

/// A call and its consultation name each other.
fn assert_associated(world: &World, dialog: &DialogView, after: &str) {
    let Some(other) = dialog.associated else { return };
    let other = world.domain.calls.get(&other);
    assert!(
        other.is_some_and(|other| other.associated == Some(dialog.id)),
        "after `{after}`: {} names a call that does not name it",
        dialog.id.0
    );
}

/// Who sits at a device is not part of a dialog's document.
fn visible(mut dialog: DialogView) -> DialogView {
    dialog.legs.iter_mut().for_each(|leg| leg.agent = None);
    dialog
}

fn play(world: &mut World, desktops: &mut Desktops, line: &str, serving: bool) {
    let line = &with_truth(world, line);
    let words: Vec<&str> = line.split_whitespace().collect();
    let changes = match words[..] {
        ["finish"] => world.domain.finish_recovery(world.now),
        ["look", "next", ref answer @ ..] => {
            world.answer_next_look(answer);
            Vec::new()
        }
        _ => {
            world.play_only(&words);
            Vec::new()
        }
    };
    changes.iter().for_each(|change| desktops.hear(change, world));
    while let Some(output) = world.domain.poll_output() {
        match output {
            Output::Changed(change) => {
                assert!(serving, "{change:?} while out of service, after `{line}`");
                desktops.hear(&change, world);
            }
            Output::Look(look) => world.asked(look),
            Output::Request(..) | Output::ReadDevice(..) | Output::Forced(..) => {}
        }
    }
}

/// `with truth`: a transfer or a conference of all who live in the two calls, so that it is believed.
fn with_truth(world: &World, line: &str) -> String {
    let Some(event) = line.strip_suffix("truth") else { return line.to_owned() };
    let words: Vec<&str> = event.split_whitespace().collect();
    let leaver = (words[0] == "transferred").then_some(words[4]);
    let calls = [words[1], words[2]].map(|id| id.parse().map_or(CallId(0), CallId));
    let legs = calls.iter().filter_map(|id| world.domain.calls.get(id)).flat_map(|call| call.living());
    let addresses = legs.map(|leg| leg.party.address.as_str()).filter(|device| Some(*device) != leaver);
    let parties: BTreeSet<&str> = addresses.collect();
    parties.into_iter().fold(event.to_owned(), |line, device| line + " " + device)
}

fn device() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["6001", "6002", "6003", "555", "777"])
}

fn call() -> impl Strategy<Value = u32> {
    16u32..20
}

fn agent_event() -> impl Strategy<Value = String> {
    let states = vec![
        "LOGIN",
        "LOGOUT",
        "NOT_READY",
        "READY",
        "TALKING",
        "WORK",
        "WORK_READY",
        "BUSY_OTHER",
        "RESERVED",
        "UNKNOWN",
        "HOLD",
        "PAUSED",
    ];
    (0usize..3, prop::sample::select(states), 0u32..3).prop_map(|(agent, state, reason)| {
        format!("state {}@600{} {state} reason {reason}", AGENTS[agent], agent + 1)
    })
}

fn call_event() -> impl Strategy<Value = String> {
    let kinds =
        prop::sample::select(vec!["held", "retrieved", "diverted", "gone", "cleared", "end", "network"]);
    let between = prop::sample::select(vec!["originated", "delivered", "established", "failed"]);
    prop_oneof![
        (call(), device(), 0u32..12)
            .prop_map(|(id, by, kind)| format!("begin {id} type {kind} by {by} to 8000")),
        (call(), device()).prop_map(|(id, by)| format!("service {id} {by}")),
        (between, call(), device(), device()).prop_map(|(kind, id, a, b)| format!("{kind} {id} {a} > {b}")),
        (kinds, call(), device()).prop_map(|(kind, id, device)| format!("{kind} {id} {device} cause 28")),
        (call(), 0u32..3, call()).prop_map(|(id, value, new)| format!("data {id} var1={value} new {new}")),
        (call(), device(), call()).prop_map(|(id, by, from)| format!("service {id} {by} from {from}")),
        (merging(), call(), call(), device())
            .prop_map(|(kind, one, two, by)| format!("{kind} {one} {two} by {by} with truth")),
        (merging(), call(), call(), device(), device())
            .prop_map(|(kind, one, two, a, b)| format!("{kind} {one} {two} by {a} with {a} {b}")),
        (call(), device()).prop_map(|(id, by)| format!("transferred {id} - by {by} with truth")),
    ]
}

fn merging() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["transferred", "conferenced"])
}

fn command() -> impl Strategy<Value = String> {
    let actions =
        prop::sample::select(vec!["ANSWER", "HOLD", "RETRIEVE", "DROP", "update", "TRANSFER", "CONFERENCE"]);
    let to_somebody = prop::sample::select(vec!["CONSULT", "SST", "DTMF", "KICK"]);
    let states =
        prop::sample::select(vec!["LOGIN 6001", "READY", "NOT_READY 2", "LOGOUT", "WORK", "call 777"]);
    prop_oneof![
        (0usize..3, actions, call())
            .prop_map(|(agent, action, id)| format!("{} {action} {id} as r", AGENTS[agent])),
        (0usize..3, to_somebody, call(), device())
            .prop_map(|(agent, action, id, to)| format!("{} {action} {id} {to} as r", AGENTS[agent])),
        (0usize..3, states).prop_map(|(agent, state)| format!("{} {state} as r", AGENTS[agent])),
    ]
}

fn answer() -> impl Strategy<Value = String> {
    prop_oneof![
        (1u32..30).prop_map(|ticket| format!("conf #{ticket}")),
        (1u32..30, call()).prop_map(|(ticket, id)| format!("conf #{ticket} consult {id}")),
        (1u32..30).prop_map(|ticket| format!("control #{ticket} 22")),
        (1u32..30).prop_map(|ticket| format!("failure #{ticket} 9")),
        (1u32..30).prop_map(|ticket| format!("query #{ticket} READY 6001")),
        (0usize..3, call()).prop_map(|(agent, id)| format!("device {} {id}", AGENTS[agent])),
        (0usize..3).prop_map(|agent| format!("device {}", AGENTS[agent])),
        (call(), device(), device()).prop_map(|(id, a, b)| format!("call {id} type 2 {a}:CONNECT {b}:HOLD")),
        call().prop_map(|id| format!("call {id} gone")),
        look(),
    ]
}

/// An answer to the oldest look, true or not.
fn look() -> impl Strategy<Value = String> {
    prop_oneof![
        (device(), device()).prop_map(|(a, b)| format!("look next type 15 555:CONNECT {a}:CONNECT {b}:HOLD")),
        (device(), call()).prop_map(|(device, id)| format!("look next at {device} {id}")),
        Just("look next failed 13".to_owned()),
        Just("look next nothing".to_owned()),
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Line(String),
    Wait(u32),
    Failover,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => agent_event().prop_map(Step::Line),
        8 => call_event().prop_map(Step::Line),
        3 => command().prop_map(Step::Line),
        3 => answer().prop_map(Step::Line),
        2 => (1u32..20).prop_map(Step::Wait),
        1 => Just(Step::Failover),
    ]
}

proptest! {
    #[test]
    fn what_clients_believe_is_what_they_would_read(steps in prop::collection::vec(step(), 1..80)) {
        let (mut world, mut desktops) = (World::default(), Desktops::default());
        let (mut seconds, mut serving) = (0, true);
        world.play("live 1001@6001 1002@6002 1003@6003");
        for agent in AGENTS.map(AgentId::from) {
            desktops.users.extend(world.domain.user(&agent).map(|user| (agent, user)));
        }
        for step in steps {
            let line = match step {
                Step::Line(line) => line,
                Step::Wait(more) => {
                    seconds += more;
                    format!("at {seconds}")
                }
                Step::Failover if serving => {
                    serving = false;
                    play(&mut world, &mut desktops, "lost", false);
                    "begin-recovery".to_owned()
                }
                Step::Failover => {
                    serving = true;
                    "finish".to_owned()
                }
            };
            play(&mut world, &mut desktops, &line, serving);
            if serving {
                desktops.check(&world, &line);
            }
        }
    }
}
