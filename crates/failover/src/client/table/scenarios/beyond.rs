//! What we do beyond the rows, without contradicting any.

use std::time::Duration;

use super::steps::{event_out, killed, pass_to_deadline, refused_tries, sign_in_elsewhere, wait_in_line};
use super::{Play, Script};
use crate::client::Answer::{InService, OutOfService, Silent};
use crate::client::{Input, Server, Status};

/// Each rule, what it shows, and how.
pub(super) const BEYOND: &[(&str, &str, Play)] = &[
    ("beyond-stay", "a CTI failover of 9 s moves nobody, whatever the other server says", nine_seconds),
    ("beyond-try", "a transport that comes back at the second try", second_try),
    ("beyond-retry-after", "a busy server is obeyed", busy),
    ("beyond-on-call", "who is on a call waits for nobody", on_call),
    ("beyond-sign-in-fails", "a failed sign-in: both are asked again", sign_in_fails),
    ("beyond-no-fail-back", "nobody is moved back", no_fail_back),
    ("beyond-conflict", "a second desktop of the agent ends the first", replaced),
    ("beyond-signed-out", "an agent who was signed out is not signed in again", signed_out),
    ("beyond-silence", "a node cut off without a word", cut),
    (
        "beyond-sign-in-refused",
        "a server that does not accept the sign-in is left alone for a while",
        sign_in_refused,
    ),
    (
        "beyond-refused-here",
        "the current server does not accept the sign-in any more: no further tries",
        refused_here,
    ),
    (
        "beyond-unread",
        "a server in service that cannot be read is left like one that does not answer",
        unread,
    ),
    ("beyond-both-unread", "there is no better server: it is read again after each poll", both_unread),
];

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

fn sign_in_refused(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    wait_in_line(script);
    script.transport_up();
    script.sign_in_refused();
    while script.now() < Duration::from_secs(600) {
        pass_to_deadline(script);
        script.current(Silent);
        script.other(InService);
    }
    pass_to_deadline(script);
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    sign_in_elsewhere(script);
}

fn refused_here(script: &mut Script) {
    script.transport_lost();
    pass_to_deadline(script);
    script.sign_in_refused();
    script.current(InService);
    pass_to_deadline(script);
    script.current(InService);
    script.other(InService);
    script.current(InService);
    sign_in_elsewhere(script);
}

/// Three readings in a row fail, and one more that asks for patience, which is obeyed and not counted.
fn three_readings(script: &mut Script) {
    event_out(script);
    script.event(Status::InService);
    pass_to_deadline(script);
    script.refresh_failed(Some(1));
    for _ in 0..3 {
        pass_to_deadline(script);
        script.refresh_failed(None);
    }
    pass_to_deadline(script);
}

fn unread(script: &mut Script) {
    three_readings(script);
    script.current(InService);
    script.other(InService);
    script.current(InService);
    sign_in_elsewhere(script);
}

fn both_unread(script: &mut Script) {
    three_readings(script);
    for _ in 0..3 {
        script.current(InService);
        script.other(OutOfService);
        pass_to_deadline(script);
        script.refresh_failed(None);
        pass_to_deadline(script);
    }
    script.other(OutOfService);
    script.current(InService);
    pass_to_deadline(script);
    script.refreshed();
}
