//! The rows CLIENT-1 to CLIENT-18 of failover.md as scripts, and what we do beyond them. Tests assert what comes of
//! them.

mod beyond;
mod rows;
mod steps;

use super::super::{Place, Settings};
use super::{Json, Script};

/// A row, or a rule beyond the rows, and one script that shows it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// `CLIENT-14`, or `beyond` and a name.
    pub id: &'static str,
    /// What it shows.
    pub shows: &'static str,
    /// Which of the settings it runs with.
    pub stock: bool,
    /// Whether there is another server.
    pub two_servers: bool,
    /// The agent's place in line.
    pub place: Place,
    /// What happened.
    pub script: Script,
}

impl Scenario {
    pub(super) fn json(&self) -> Json {
        Json::map([
            ("id", Json::text(self.id)),
            ("shows", Json::text(self.shows)),
            ("settings", Json::text(if self.stock { "stock" } else { "ours" })),
            ("two_servers", Json::Bool(self.two_servers)),
            ("place", Json::Number(u64::from(self.place.number()))),
            ("script", self.script.json()),
        ])
    }
}

type Play = fn(&mut Script);

/// All scenarios, in the order of the rows.
pub fn scenarios() -> Vec<Scenario> {
    let ours = rows::ROWS
        .iter()
        .chain(beyond::BEYOND)
        .map(|(id, shows, play)| scenario(id, shows, *play, false, true));
    let single = scenario("CLIENT-1", "one server only: it is waited for", rows::alone, false, false);
    let stock = scenario("CLIENT-16", "the stock library's tries", steps::refused_tries, true, true);
    ours.chain([single, stock]).collect()
}

fn scenario(id: &'static str, shows: &'static str, play: Play, stock: bool, two_servers: bool) -> Scenario {
    let settings = if stock { Settings::stock() } else { Settings::default() };
    let place = Place::from_seed(200);
    let mut script = Script::new(Settings { two_servers, ..settings }, place);
    script.until(1_000);
    play(&mut script);
    Scenario { id, shows, stock, two_servers, place, script }
}
