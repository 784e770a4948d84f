//! What many scripts have in common.

use super::Script;
use crate::client::Answer::{InService, OutOfService, Silent};
use crate::client::{Stage, Status};

/// Out of service at 1 s, and asked at once.
pub(super) fn event_out(script: &mut Script) {
    script.event(Status::OutOfService);
    script.current(OutOfService);
}

pub(super) fn both_out(script: &mut Script, polls: u32) {
    for _ in 0..polls {
        pass_to_deadline(script);
        script.current(OutOfService);
        script.other(OutOfService);
    }
}

/// The agent's turn comes, if it has not come at once.
pub(super) fn wait_in_line(script: &mut Script) {
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

pub(super) fn pass_to_deadline(script: &mut Script) {
    if let Some((due, _)) = script.machine().poll_timeout() {
        script.pass_to(due);
    }
}

/// Every try is refused at once.
pub(super) fn refused_tries(script: &mut Script) {
    script.transport_lost();
    for _ in 0..3 {
        pass_to_deadline(script);
        script.transport_failed(None);
    }
}

pub(super) fn killed(script: &mut Script) {
    refused_tries(script);
    script.current(Silent);
    script.other(InService);
    script.current(Silent);
    sign_in_elsewhere(script);
}

pub(super) fn sign_in_elsewhere(script: &mut Script) {
    wait_in_line(script);
    script.transport_up();
    script.signed_in();
    script.refreshed();
}
