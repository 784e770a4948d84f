//! The machine written out as one JSON document, by running it: nothing in it is written by hand. Its twin in the
//! browser replays every step of it.
//!
//! - `transitions`: for each stage and each kind of input, every outcome that a complete walk finds, with a shortest
//!   script that leads there;
//! - `scenarios`: for each row CLIENT-n, scripts of what happens at what time;
//! - a script is a list of steps: at this time, this input, and then these outputs, this stage, this server, this
//!   deadline; the way to a transition is told without what came of it. `timeout` is no input: the machine is told
//!   the time.

mod explore;
mod json;
mod scenarios;
mod script;

use std::collections::BTreeMap;

pub use explore::{EVENTS, Event, Key, World, settings as walk_settings};
pub use json::Json;
pub use scenarios::{Scenario, scenarios};
pub use script::{Script, Taken};

use super::{Place, Settings, Stage};

/// The document, with a line break at its end.
pub fn json() -> String {
    let document = Json::map([
        (
            "settings",
            Json::map([("ours", settings(&Settings::default())), ("stock", settings(&Settings::stock()))]),
        ),
        ("places", Json::List(["1001", "1002", "日本", ""].map(place).to_vec())),
        ("scenarios", Json::List(scenarios().iter().map(Scenario::json).collect())),
        ("walk", settings(&walk_settings())),
        ("transitions", Json::List(transitions())),
    ]);
    document.pretty()
}

fn settings(settings: &Settings) -> Json {
    Json::map([
        ("two_servers", Json::Bool(settings.two_servers)),
        ("tries", Json::List(settings.tries.map(Json::time).to_vec())),
        ("connect_timeout", Json::time(settings.connect_timeout)),
        ("poll_interval", Json::time(settings.poll_interval)),
        ("poll_timeout", Json::time(settings.poll_timeout)),
        ("sign_in_timeout", Json::time(settings.sign_in_timeout)),
        ("refresh_timeout", Json::time(settings.refresh_timeout)),
        ("refresh_pause", Json::time(settings.refresh_pause)),
        ("spread_move", Json::time(settings.spread_move)),
        ("spread_return", Json::time(settings.spread_return)),
        ("refused_pause", Json::time(settings.refused_pause)),
        ("retry_after_max", Json::time(settings.retry_after_max)),
    ])
}

fn place(agent: &str) -> Json {
    let number = u64::from(Place::of(agent).number());
    Json::map([("agent", Json::text(agent)), ("place", Json::Number(number))])
}

/// Every outcome of every event in every stage, each with the shortest script that shows it.
fn transitions() -> Vec<Json> {
    let mut outcomes: BTreeMap<(Stage, Event, Outcome), Vec<Event>> = BTreeMap::new();
    explore::walk(|path, before, event, after, outputs| {
        let outputs = outputs.iter().map(script::output_word).collect();
        let outcome = Outcome { to: after.machine().state().stage(), outputs };
        let key = (before.machine().state().stage(), event, outcome);
        outcomes.entry(key).or_insert_with(|| path.iter().copied().chain([event]).collect());
    });
    outcomes.iter().map(|((from, event, outcome), path)| outcome.json(*from, *event, path)).collect()
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Outcome {
    to: Stage,
    outputs: Vec<&'static str>,
}

impl Outcome {
    fn json(&self, from: Stage, event: Event, path: &[Event]) -> Json {
        Json::map([
            ("from", Json::text(script::stage_word(from))),
            ("event", Json::text(event.word())),
            ("to", Json::text(script::stage_word(self.to))),
            ("outputs", Json::List(self.outputs.iter().map(|word| Json::text(word)).collect())),
            ("script", explore::replay(path)),
        ])
    }
}
