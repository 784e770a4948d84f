//! What `lab ctl` prints: answers on standard output, complaints on standard error.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::time::Duration;

use lab::clock::Clock;
use serde_json::Value;

use super::client::{Client, CtlError};

/// Between two questions for news: a person sees them as they happen.
const FOLLOW_EVERY: Duration = Duration::from_millis(250);

/// The lab hears of what a desktop server did a tenth of a second later; so long the story waits to be in order.
const SETTLES_MS: i64 = 300;

/// The outcome of an order.
pub(crate) fn outcome(outcome: Result<Value, CtlError>) -> Result<(), CtlError> {
    match outcome?.get("call") {
        Some(call) => print(&format!("call {call}\n")),
        None => print("done\n"),
    }
    Ok(())
}

/// Everything, for people or as the lab's own document.
pub(crate) async fn state(lab: &Client, json: bool) -> Result<(), CtlError> {
    let state = lab.get("/api/state").await?;
    print(&if json { format!("{state}\n") } else { overview(&state) });
    Ok(())
}

/// The timeline; without end if it is followed.
pub(crate) async fn story(lab: &Client, follow: bool, json: bool) -> Result<(), CtlError> {
    let (clock, mut seen, mut waiting) = (Clock::start(), 0, Vec::new());
    loop {
        let news = lab.get(&format!("/api/story?since={seen}")).await?;
        seen = items(&news).iter().filter_map(|entry| entry["n"].as_u64()).max().unwrap_or(seen);
        waiting.extend(items(&news).iter().cloned());
        let until_ms = if follow { clock.wall_ms(clock.now()) - SETTLES_MS } else { i64::MAX };
        for entry in settled(&mut waiting, until_ms) {
            print(&if json { format!("{entry}\n") } else { line(&entry) });
        }
        if !follow {
            return Ok(());
        }
        tokio::time::sleep(FOLLOW_EVERY).await;
    }
}

/// Takes what happened until `until_ms`, in the order in which it happened.
fn settled(waiting: &mut Vec<Value>, until_ms: i64) -> Vec<Value> {
    let at = |entry: &Value| entry["at_ms"].as_i64().unwrap_or_default();
    waiting.sort_by_key(|entry| (at(entry), entry["n"].as_u64()));
    let end = waiting.partition_point(|entry| at(entry) <= until_ms);
    waiting.drain(..end).collect()
}

/// Why it did not work.
pub(crate) fn complain(error: &CtlError) {
    let (CtlError::Refused(why) | CtlError::NoLab(why)) = error;
    // Nobody left to tell is no reason for another error.
    let _ = writeln!(io::stderr(), "holdfast lab ctl: {why}");
}

fn print(text: &str) {
    // A closed pipe ends the output, not the order.
    let _ = io::stdout().write_all(text.as_bytes());
}

fn line(entry: &Value) -> String {
    let (at, who, says) =
        (entry["at_ms"].as_i64().unwrap_or_default(), text(&entry["who"]), text(&entry["says"]));
    let (seconds, ms) = (at.div_euclid(1000).rem_euclid(86_400), at.rem_euclid(1000));
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{h:02}:{m:02}:{s:02}.{ms:03}Z  {who:8}  {says}\n")
}

fn overview(state: &Value) -> String {
    let mut out = String::new();
    for part in
        [nodes, services, ctis, switch, links, super::awdb::hosts, agents, calls, super::campaign::books]
    {
        out.push_str(&part(state));
    }
    out
}

fn nodes(state: &Value) -> String {
    section("desktop servers", &state["nodes"], |node| {
        let how =
            if text(&node["process"]) == "running" { text(&node["service"]) } else { text(&node["process"]) };
        format!("{:8} {:12} {how:16} {}", text(&node["name"]), text(&node["host"]), text(&node["reason"]))
    })
}

fn services(state: &Value) -> String {
    section("services", &state["nodes"], |node| {
        let service = |it: &Value| {
            let how = if it["running"] == true { "runs" } else { "stopped" };
            format!("{} {how}", text(&it["name"]))
        };
        let said: Vec<String> = items(&node["control"]["services"]).iter().map(service).collect();
        let peer = &node["control"]["peer"];
        let said = if said.is_empty() { "no answer".into() } else { said.join(", ") };
        format!("{:8} {said}; peer link {} {}", text(&node["name"]), text(&peer["link"]), text(&peer["note"]))
    })
}

fn ctis(state: &Value) -> String {
    let clients = items(&state["truth"]["clients"]);
    section("CTI servers", &state["truth"]["sides"], |side| {
        let letter = text(&side["side"]);
        let connected = clients.iter().filter(|client| text(&client["side"]) == letter).count();
        let (letter, role) = (letter.to_lowercase(), text(&side["role"]));
        format!("cti-{letter} {role:8} {connected} connected{}", side_faults(side))
    })
}

fn side_faults(side: &Value) -> String {
    let faults = [("hung", ", hangs"), ("mute", ", answers no heartbeats"), ("streams", ", streams garbage")];
    let mut out: String =
        faults.iter().filter(|(key, _)| side[*key] == true).map(|(_, says)| *says).collect();
    if let Some(status) = side["refuses"].as_u64() {
        // Writing into a string does not fail.
        let _ = write!(out, ", refuses sessions with status {status}");
    }
    out
}

fn switch(state: &Value) -> String {
    let truth = &state["truth"];
    let reach = |key: &str| if truth[key] == true { "online" } else { "offline" };
    let late = truth["answer_delay_ms"].as_u64().filter(|ms| *ms > 0);
    let late = late.map_or_else(|| "at once".to_owned(), |ms| format!("{ms} ms late"));
    let order = if truth["answers_after_events"] == true { ", after the events they cause" } else { "" };
    let (peripheral, central) = (reach("peripheral_online"), reach("central_controller_online"));
    let (loss, rate) = (text(&truth["on_client_loss"]), &truth["autopilot_calls_per_minute"]);
    let conferences = truth["wrong_conferences"].as_str().unwrap_or("true");
    format!(
        "switch\n  peripheral {peripheral}, central controller {central}\n  answers {late}{order}\n  \
         on client loss: {loss}\n  news of conferences: {conferences}\n  autopilot: {rate} calls a minute\n"
    )
}

fn links(state: &Value) -> String {
    let real: Value = items(&state["links"]).iter().filter(|link| link["node"] != "other").cloned().collect();
    section("links", &real, |link| {
        let (condition, tally) = (&link["condition"], &link["tally"]);
        let up = if tally["up"].as_u64() > Some(0) { "up" } else { "-" };
        let latency = match (condition["up_ms"].as_u64(), condition["down_ms"].as_u64()) {
            (Some(0), Some(0)) => String::new(),
            (up, down) => format!(" latency {}/{} ms", up.unwrap_or_default(), down.unwrap_or_default()),
        };
        let corrupt = condition["corrupt_every"].as_u64().map(|every| format!(" corrupts 1 in {every}"));
        let dials = &tally["dials"];
        let ends = format!("{} to {}", text(&link["node"]), text(&link["cti"]));
        format!("{ends} {up:2}  {dials} connects{}{latency}{}", gate(condition), corrupt.unwrap_or_default())
    })
}

pub(super) fn gate(condition: &Value) -> String {
    match text(&condition["gate"]) {
        "open" => String::new(),
        "flap" => format!(" flap {} ms down, {} ms up", condition["flap_down_ms"], condition["flap_up_ms"]),
        gate => format!(" {gate}"),
    }
}

fn agents(state: &Value) -> String {
    let signed_in: Value =
        items(&state["truth"]["agents"]).iter().filter(|agent| agent["state"] != "LOGOUT").cloned().collect();
    section("agents signed in", &signed_in, |agent| {
        let reason = agent["reason"].as_u64().filter(|reason| *reason > 0);
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        let mobile = agent["mobile"]["number"].as_str().map(|number| format!(", mobile at {number}"));
        format!(
            "{:6} at {:6} {}{reason}{}",
            text(&agent["id"]),
            text(&agent["extension"]),
            text(&agent["state"]),
            mobile.unwrap_or_default()
        )
    })
}

fn calls(state: &Value) -> String {
    section("calls", &state["truth"]["calls"], |call| {
        let party = |party: &Value| format!("{} {}", text(&party["device"]), text(&party["state"]));
        let parties: Vec<String> = items(&call["parties"]).iter().map(party).collect();
        let (from, to, stage) = (text(&call["from"]), text(&call["to"]), text(&call["stage"]));
        let about = call["consult_about"].as_u64().map(|id| format!(" about {id}")).unwrap_or_default();
        let listens = call["listens_to"].as_u64().map(|id| format!(" listens to {id}")).unwrap_or_default();
        let controller = call["controller"].as_str().map(|who| format!(" (conference of {who})"));
        let (id, parties) = (&call["id"], parties.join(", "));
        format!("{id} {from} to {to} {stage}{about}{listens}{}: {parties}", controller.unwrap_or_default())
    })
}

pub(super) fn section(title: &str, list: &Value, line: impl Fn(&Value) -> String) -> String {
    let mut out = format!("{title}\n");
    for item in items(list) {
        // Writing into a string does not fail.
        let _ = writeln!(out, "  {}", line(item).trim_end());
    }
    if items(list).is_empty() {
        out.push_str("  none\n");
    }
    out
}

pub(super) fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_overview_names_every_part_and_says_when_there_is_nothing() {
        let state = json!({
            "nodes": [{"name": "node-1", "host": "127.0.0.11", "process": "running", "service": "in-service"}],
            "links": [{"node": "node-1", "cti": "cti-a", "condition": {"gate": "open", "up_ms": 200, "down_ms": 200,
                       "corrupt_every": null}, "tally": {"up": 1, "dials": 3}}],
            "truth": {"sides": [{"side": "A", "role": "active", "hung": false, "mute": true, "refuses": 15}],
                      "agents": [], "calls": [], "clients": [{"side": "A"}], "peripheral_online": true,
                      "central_controller_online": false, "answer_delay_ms": 700, "answers_after_events": true,
                      "on_client_loss": "load0", "autopilot_calls_per_minute": 12}});
        let shown = overview(&state);
        assert!(shown.contains("node-1   127.0.0.11   in-service"), "{shown}");
        let side = "cti-a active   1 connected, answers no heartbeats, refuses sessions with status 15";
        assert!(shown.contains(side), "{shown}");
        assert!(shown.contains("peripheral online, central controller offline"), "{shown}");
        assert!(shown.contains("answers 700 ms late, after the events they cause"), "{shown}");
        assert!(
            shown.contains(
                "on client loss: load0\n  news of conferences: true\n  autopilot: 12 calls a minute"
            ),
            "{shown}"
        );
        assert!(shown.contains("node-1 to cti-a up  3 connects latency 200/200 ms"), "{shown}");
        assert!(shown.contains("calls\n  none\n"), "{shown}");
    }

    #[test]
    fn the_story_is_told_in_the_order_in_which_things_happened() {
        let mut waiting =
            vec![json!({"n": 1, "at_ms": 30}), json!({"n": 2, "at_ms": 10}), json!({"n": 3, "at_ms": 10})];
        let told: Vec<_> = settled(&mut waiting, 20).iter().map(|entry| entry["n"].as_u64()).collect();
        assert_eq!(told, [Some(2), Some(3)]);
        assert_eq!(waiting.len(), 1);
    }

    #[test]
    fn a_line_of_the_story_has_its_time_in_utc() {
        let entry = json!({"at_ms": 86_399_999, "who": "lab", "says": "the lab has started"});
        assert_eq!(line(&entry), "23:59:59.999Z  lab       the lab has started\n");
    }
}
