//! The rows CLIENT-1 to CLIENT-18 of failover.md as scripts, and what we do beyond them. Tests assert what comes of
//! them.

use super::super::Answer::{InService, OutOfService, Silent};
use super::super::{Input, Place, Server, Settings, Stage, Status};
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
    let ours = ROWS.iter().chain(BEYOND).map(|(id, shows, play)| scenario(id, shows, *play, false, true));
    let single = scenario("CLIENT-1", "one server only: it is waited for", alone, false, false);
    let stock = scenario("CLIENT-16", "the stock library's tries", refused_tries, true, true);
    ours.chain([single, stock]).collect()
}

const ROWS: &[(&str, &str, Play)] = &[
    ("CLIENT-1", "the agent is told that the connection is lost, to which server and why", event_out),
    ("CLIENT-2", "the current server is polled every 10 s", a_minute_out),
    ("CLIENT-3", "the other server is polled every 10 s", a_minute_out),
    ("CLIENT-4", "the agent is signed in on the other server by itself", killed),
    ("CLIENT-5", "the agent is told that the connection is back", short_outage),
    ("CLIENT-6a", "a SystemInfo event says OUT_OF_SERVICE", event_out),
    ("CLIENT-6a", "a request is answered with 503", refused_request),
    ("CLIENT-6b", "the transport is lost", refused_tries),
    ("CLIENT-6c", "the finesse user is unavailable", finesse_gone),
    ("CLIENT-7", "any trigger starts the polls", a_minute_out),
    ("CLIENT-8", "in service: the transport is looked at", back_in_service),
    ("CLIENT-9", "in service without transport: it is asked for", back_in_service),
    ("CLIENT-10", "transport up and in service: all data are read again", short_outage),
    ("CLIENT-11", "both polls run in parallel", a_minute_out),
    ("CLIENT-12", "both come back within one poll: it stays", both_back),
    ("CLIENT-13", "the other is available: the current one is asked once more", killed),
    ("CLIENT-14", "the current one is still down then: the other is taken", out_for_good),
    ("CLIENT-15", "the current one is back then: it is kept", back_at_check),
    ("CLIENT-16", "three tries, no more", refused_tries),
    ("CLIENT-17", "no poll before the third try has failed", refused_tries),
    ("CLIENT-18a", "servlet container down: finesse unavailable, no answer, transport up", container_down),
    ("CLIENT-18b", "application down: finesse unavailable, no SystemInfo", application_down),
    ("CLIENT-18c", "notification service down: transport lost, OUT_OF_SERVICE", notification_down),
    ("CLIENT-18d", "both CTI servers lost: OUT_OF_SERVICE on both nodes for minutes", long_out),
];

const BEYOND: &[(&str, &str, Play)] = &[
    ("beyond-stay", "a CTI failover of 9 s moves nobody, whatever the other server says", nine_seconds),
    ("beyond-try", "a transport that comes back at the second try", second_try),
    ("beyond-retry-after", "a busy server is obeyed", busy),
    ("beyond-on-call", "who is on a call waits for nobody", on_call),
    ("beyond-sign-in-fails", "a failed sign-in: both are asked again", sign_in_fails),
    ("beyond-no-fail-back", "nobody is moved back", no_fail_back),
    ("beyond-conflict", "a second desktop of the agent ends the first", replaced),
    ("beyond-signed-out", "an agent who was signed out is not signed in again", signed_out),
    ("beyond-silence", "a node cut off without a word", cut),
    ("beyond-unread", "data that cannot be read are read again, ever more slowly", unread),
];

fn scenario(id: &'static str, shows: &'static str, play: Play, stock: bool, two_servers: bool) -> Scenario {
    let settings = if stock { Settings::stock() } else { Settings::default() };
    let place = Place::from_seed(200);
    let mut script = Script::new(Settings { two_servers, ..settings }, place);
    script.until(1_000);
    play(&mut script);
    Scenario { id, shows, stock, two_servers, place, script }
}

/// Out of service at 1 s, and asked at once.
fn event_out(script: &mut Script) {
    script.event(Status::OutOfService);
    script.current(OutOfService);
}

fn refused_request(script: &mut Script) {
    script.give(Input::Refused(Server::Primary));
    script.current(InService);
    script.until(2_000);
    script.refreshed();
}

fn short_outage(script: &mut Script) {
    event_out(script);
    script.until(4_000);
    script.event(Status::InService);
    script.until(5_000);
    script.refreshed();
}

/// Both servers are out of service, poll after poll: at 11.2 s, 21.2 s ...
fn a_minute_out(script: &mut Script) {
    event_out(script);
    both_out(script, 6);
}

fn both_out(script: &mut Script, polls: u32) {
    for _ in 0..polls {
        pass_to_deadline(script);
        script.current(OutOfService);
        script.other(OutOfService);
    }
}

/// After many polls the current server is back.
fn long_out(script: &mut Script) {
    event_out(script);
    both_out(script, 20);
    script.event(Status::InService);
    script.pass(std::time::Duration::from_secs(1));
    script.refreshed();
}

/// The agent's turn comes, if it has not come at once.
fn wait_in_line(script: &mut Script) {
    match script.machine().state().stage() {
        Stage::MovePause | Stage::RefreshPause => pass_to_deadline(script),
        Stage::Connected
        | Stage::RetryPause
        | Stage::RetryConnect
        | Stage::Poll
        | Stage::PollAgain
        | Stage::Connect
        | Stage::Wait
        | Stage::Refresh
        | Stage::MoveConnect
        | Stage::MoveSignIn
        | Stage::Ended => {}
    }
}

fn pass_to_deadline(script: &mut Script) {
    if let Some((due, _)) = script.machine().poll_timeout() {
        script.pass_to(due);
    }
}

/// Every try is refused at once.
fn refused_tries(script: &mut Script) {
    script.transport_lost();
    for _ in 0..3 {
        pass_to_deadline(script);
        script.transport_failed(None);
    }
}

fn killed(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    sign_in_elsewhere(script);
}

fn finesse_gone(script: &mut Script) {
    script.finesse(false);
    script.current(InService);
    script.until(3_000);
    script.finesse(true);
    script.until(3_500);
    script.refreshed();
}

/// No transport to a server that is in service, and then there is one.
fn back_in_service(script: &mut Script) {
    refused_tries(script);
    script.current(InService);
    script.transport_failed(None);
    pass_to_deadline(script);
    script.other(OutOfService);
    script.current(InService);
    script.transport_up();
    wait_in_line(script);
    script.refreshed();
}

fn both_back(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    script.other(Silent);
    pass_to_deadline(script);
    script.other(InService);
    script.current(InService);
    script.transport_up();
    wait_in_line(script);
    script.refreshed();
}

fn out_for_good(script: &mut Script) {
    event_out(script);
    pass_to_deadline(script);
    script.current(OutOfService);
    script.other(InService);
    script.current(OutOfService);
    sign_in_elsewhere(script);
}

fn sign_in_elsewhere(script: &mut Script) {
    wait_in_line(script);
    script.transport_up();
    script.signed_in();
    script.refreshed();
}

fn back_at_check(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    script.other(InService);
    script.current(InService);
    script.transport_up();
    wait_in_line(script);
    script.refreshed();
}

/// The transport is served by another service, and stays; nobody answers REST.
fn container_down(script: &mut Script) {
    script.finesse(false);
    script.current(Silent);
    pass_to_deadline(script);
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    sign_in_elsewhere(script);
}

fn application_down(script: &mut Script) {
    script.finesse(false);
    script.current(OutOfService);
    pass_to_deadline(script);
    script.other(InService);
    script.current(OutOfService);
    script.current(OutOfService);
    sign_in_elsewhere(script);
}

fn notification_down(script: &mut Script) {
    refused_tries(script);
    script.current(OutOfService);
    pass_to_deadline(script);
    script.current(OutOfService);
    script.other(InService);
    script.current(OutOfService);
    sign_in_elsewhere(script);
}

fn nine_seconds(script: &mut Script) {
    event_out(script);
    script.give(Input::Refused(Server::Primary));
    script.until(10_000);
    script.event(Status::InService);
    script.until(10_500);
    script.refreshed();
}

fn second_try(script: &mut Script) {
    script.transport_lost();
    pass_to_deadline(script);
    script.transport_failed(None);
    pass_to_deadline(script);
    script.transport_up();
    script.current(InService);
    wait_in_line(script);
    script.refreshed();
}

fn busy(script: &mut Script) {
    script.transport_lost();
    pass_to_deadline(script);
    script.transport_failed(Some(3));
    for _ in 0..2 {
        pass_to_deadline(script);
        script.transport_failed(None);
    }
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    wait_in_line(script);
    script.transport_up();
    script.sign_in_failed(Some(2));
    pass_to_deadline(script);
    script.transport_up();
    script.signed_in();
    script.refresh_failed(Some(4));
    wait_in_line(script);
    script.refreshed();
}

fn on_call(script: &mut Script) {
    script.give(Input::OnCall(true));
    killed(script);
}

fn sign_in_fails(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    wait_in_line(script);
    script.transport_up();
    script.sign_in_failed(None);
    pass_to_deadline(script);
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    sign_in_elsewhere(script);
}

/// The old server is alive again at once; hours later the new one has a short outage.
fn no_fail_back(script: &mut Script) {
    killed(script);
    script.until(10_000_000);
    script.event(Status::OutOfService);
    script.current(OutOfService);
    script.until(10_003_000);
    script.event(Status::InService);
    wait_in_line(script);
    script.refreshed();
}

fn replaced(script: &mut Script) {
    script.conflict();
    script.until(100_000);
}

fn signed_out(script: &mut Script) {
    event_out(script);
    script.give(Input::SignedOut);
    script.until(100_000);
}

/// Nothing is answered by the node that was cut off: every patience ends by itself.
fn cut(script: &mut Script) {
    script.transport_lost();
    script.until(11_000);
    script.other(InService);
    script.until(13_000);
    sign_in_elsewhere(script);
}

fn unread(script: &mut Script) {
    event_out(script);
    script.event(Status::InService);
    for _ in 0..12 {
        pass_to_deadline(script);
        script.refresh_failed(None);
    }
    wait_in_line(script);
    script.refreshed();
}

fn alone(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    pass_to_deadline(script);
    script.current(InService);
    script.transport_up();
    wait_in_line(script);
    script.refreshed();
}
