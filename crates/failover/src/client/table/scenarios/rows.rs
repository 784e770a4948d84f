//! The rows CLIENT-1 to CLIENT-18.

use super::steps::{
    both_out, event_out, killed, pass_to_deadline, refused_tries, sign_in_elsewhere, wait_in_line,
};
use super::{Play, Script};
use crate::client::Answer::{InService, OutOfService, Silent};
use crate::client::{Input, Server, Status};

/// Each row, what it shows, and how.
pub(super) const ROWS: &[(&str, &str, Play)] = &[
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

/// After many polls the current server is back.
fn long_out(script: &mut Script) {
    event_out(script);
    both_out(script, 20);
    script.event(Status::InService);
    script.pass(std::time::Duration::from_secs(1));
    script.refreshed();
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

pub(super) fn alone(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    pass_to_deadline(script);
    script.current(InService);
    script.transport_up();
    wait_in_line(script);
    script.refreshed();
}
