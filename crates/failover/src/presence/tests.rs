//! The rows of failover.md section 4 that this machine decides, one test each or more. The races over two nodes are
//! in `pair`.

use super::*;
use std::time::Duration;

const SEC: Duration = Duration::from_secs(1);

/// The machine, its clock, and a node that grants every question at once.
struct Rig {
    machine: Machine,
    now: Duration,
    /// When a forced logout was sent.
    logouts: Vec<Duration>,
    /// Orders without an outcome.
    open: Vec<Order>,
    /// CTI accepts orders at once; else the test gives the outcome.
    answers: bool,
    refused: usize,
    story: Vec<String>,
}

impl Rig {
    fn new() -> Self {
        let machine = Machine::new(Settings::default());
        let mut rig = Self {
            machine,
            now: 1000 * SEC,
            logouts: vec![],
            open: vec![],
            answers: true,
            refused: 0,
            story: vec![],
        };
        rig.give(Input::CtiInService);
        rig.give(Input::NotificationUp);
        rig
    }

    /// Agent 1001 has one desktop, session 1.
    fn online() -> Self {
        let mut rig = Self::new();
        rig.give(Input::Available(agent(), SessionId(1)));
        rig.story.clear();
        rig
    }

    fn online_with_a_mute_cti() -> Self {
        Self { answers: false, ..Self::online() }
    }

    fn give(&mut self, input: Input) {
        self.machine.handle(input, self.now);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.machine.poll_output() {
            match output {
                Output::Ask(_, order) => {
                    self.machine.handle(Input::Granted { order, write_by: None }, self.now)
                }
                Output::ForceLogout { order, .. } => {
                    self.logouts.push(self.now);
                    match self.answers {
                        true => self.machine.handle(Input::Outcome(order, Outcome::Accepted), self.now),
                        false => self.open.push(order),
                    }
                }
                Output::Refuse(..) => self.refused += 1,
                Output::Transition(line) => self.story.push(line.to_string()),
                Output::Watch(line) => self.story.push(line.to_string()),
                Output::Present(_) | Output::Gone(_) | Output::Withdraw(_) => {}
            }
        }
    }

    fn wait(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some((due, _)) = self.machine.poll_timeout().filter(|(due, _)| *due <= end) {
            self.now = due;
            self.machine.handle_timeout(due);
            self.drain();
        }
        self.now = end;
    }

    fn close(&mut self) {
        self.give(Input::Unavailable(agent(), SessionId(1)));
    }

    fn back(&mut self) {
        self.give(Input::Available(agent(), SessionId(2)));
    }

    fn settle(&mut self, outcome: Outcome) {
        for order in std::mem::take(&mut self.open) {
            self.give(Input::Outcome(order, outcome));
        }
    }

    fn stage(&self) -> Option<Stage> {
        self.machine.state(&agent()).map(State::stage)
    }

    /// Logged out exactly once, this long after `since`.
    fn logged_out_after(&self, since: Duration, time: Duration) {
        assert_eq!(self.logouts, [since + time], "{:#?}", self.story);
    }
}

fn agent() -> Agent {
    Agent::from("1001")
}

#[test]
fn desk_1_the_code_is_255() {
    assert_eq!(FORCED_LOGOUT_REASON, 255);
}

#[test]
fn desk_2_desk_3_desk_x1_the_result_depends_on_load() {
    let row = |load: Load| [Activity::Idle, Activity::Talking].map(|activity| load.result(activity));
    assert_eq!(Load::default(), Load::NotReady, "DESK-3");
    assert_eq!(row(Load::NotReady), [Result255::NotReady, Result255::NotReadyAfterCall]);
    assert_eq!(row(Load::Logout), [Result255::LoggedOut, Result255::LoggedOut]);
    assert_eq!(Load::Logout.result(Activity::SignedOut), Result255::Nothing, "DESK-5r1");
}

#[test]
fn desk_4_a_crash_is_seen_within_120_s_and_logged_out_after_180_s() {
    let mut rig = Rig::online();
    let crash = rig.now;
    rig.give(Input::Silent(agent(), SessionId(1)));
    rig.wait(119 * SEC);
    assert_eq!(rig.stage(), Some(Stage::Quiet), "DESK-4a");
    rig.wait(SEC);
    assert_eq!(rig.stage(), Some(Stage::Grace), "DESK-4b");
    rig.wait(600 * SEC);
    rig.logged_out_after(crash, 180 * SEC);
}

#[test]
fn desk_4_a_silent_desktop_that_resumes_is_no_crash() {
    let mut rig = Rig::online();
    rig.give(Input::Silent(agent(), SessionId(1)));
    rig.wait(119 * SEC);
    rig.give(Input::Available(agent(), SessionId(1)));
    rig.wait(600 * SEC);
    assert_eq!(rig.logouts, []);
}

#[test]
fn desk_5_a_closed_desktop_is_logged_out_after_60_s() {
    let mut rig = Rig::online();
    let closed = rig.now;
    rig.close();
    rig.wait(600 * SEC);
    rig.logged_out_after(closed, 60 * SEC);
}

#[test]
fn desk_5r1_the_attempt_is_made_and_its_refusal_is_harmless() {
    let mut rig = Rig::online_with_a_mute_cti();
    rig.close();
    rig.wait(60 * SEC);
    rig.settle(Outcome::Refused);
    assert_eq!((rig.stage(), rig.machine.counters().refused), (None, 1));
    assert!(rig.story.last().is_some_and(|line| line.contains("not needed")), "{:?}", rig.story);
    rig.wait(600 * SEC);
    assert_eq!(rig.logouts.len(), 1);
}

#[test]
fn desk_5r1_the_attempt_does_not_hit_a_new_session() {
    let mut rig = Rig::online();
    rig.close();
    rig.wait(59 * SEC);
    rig.give(Input::SignedIn(agent()));
    rig.wait(100 * SEC);
    rig.back();
    rig.wait(600 * SEC);
    assert_eq!(rig.logouts, []);
}

#[test]
fn desk_5r3_an_unavailable_that_is_never_received_is_a_crash() {
    let mut rig = Rig::online();
    let lost = rig.now;
    rig.give(Input::Silent(agent(), SessionId(1)));
    rig.wait(600 * SEC);
    rig.logged_out_after(lost, 180 * SEC);
}

#[test]
fn desk_6_a_refresh_within_60_s_cancels() {
    let mut rig = Rig::online();
    rig.close();
    rig.wait(60 * SEC - Duration::from_millis(1));
    rig.back();
    rig.wait(600 * SEC);
    assert_eq!((rig.logouts.len(), rig.machine.counters().returns), (0, 1));
}

#[test]
fn desk_6_a_refresh_after_60_s_comes_too_late() {
    let mut rig = Rig::online_with_a_mute_cti();
    rig.close();
    rig.wait(60 * SEC);
    rig.back();
    rig.settle(Outcome::Accepted);
    assert_eq!((rig.logouts.len(), rig.stage()), (1, Some(Stage::Online)));
}

#[test]
fn desk_6_the_end_of_an_older_session_is_no_end() {
    let mut rig = Rig::online();
    rig.back();
    rig.close();
    rig.close();
    rig.wait(600 * SEC);
    assert_eq!((rig.logouts.len(), rig.machine.counters().void), (0, 1));
}

#[test]
fn desk_7b_only_a_node_in_service_sends_it() {
    let mut rig = Rig::online();
    rig.give(Input::CtiOutOfService);
    rig.close();
    rig.wait(3600 * SEC);
    assert_eq!(rig.logouts, []);
    let back = rig.now;
    rig.give(Input::CtiInService);
    rig.wait(600 * SEC);
    rig.logged_out_after(back, 180 * SEC);
}

#[test]
fn desk_7b_a_cti_outage_holds_a_running_timer() {
    let mut rig = Rig::online();
    rig.close();
    rig.wait(59 * SEC);
    rig.give(Input::CtiOutOfService);
    rig.wait(3600 * SEC);
    rig.give(Input::CtiInService);
    rig.wait(119 * SEC);
    rig.back();
    rig.wait(600 * SEC);
    assert_eq!(rig.logouts, []);
}

#[test]
fn a_silence_that_began_before_the_end_of_an_outage_does_not_shorten_the_time_to_come_back() {
    let expired = |rig: &mut Rig| rig.give(Input::Expired(agent(), SessionId(1)));
    let mut rig = Rig::online();
    rig.give(Input::CtiOutOfService);
    rig.wait(30 * SEC);
    rig.give(Input::CtiInService);
    rig.wait(60 * SEC);
    expired(&mut rig);
    rig.wait(119 * SEC);
    assert_eq!(rig.logouts, []);
    rig.wait(SEC);
    assert_eq!(rig.logouts, [1210 * SEC], "120 s and 60 s after the outage");
    let mut rig = Rig::online();
    rig.wait(30 * SEC);
    expired(&mut rig);
    rig.wait(60 * SEC);
    assert_eq!(rig.logouts, [1090 * SEC], "a session that began after it owes nothing to it");
}

#[test]
fn desk_7r2_on_a_call_the_logout_follows_its_end() {
    let mut rig = Rig::online();
    rig.give(Input::CallStarted(agent()));
    rig.close();
    rig.wait(300 * SEC);
    assert_eq!((rig.logouts.len(), rig.stage()), (0, Some(Stage::Postponed)));
    let end = rig.now;
    rig.give(Input::CallEnded(agent()));
    rig.logged_out_after(end, Duration::ZERO);
}

#[test]
fn desk_7r2_a_call_shorter_than_the_grace_postpones_nothing() {
    let mut rig = Rig::online();
    let closed = rig.now;
    rig.close();
    rig.give(Input::CallStarted(agent()));
    rig.wait(30 * SEC);
    rig.give(Input::CallEnded(agent()));
    rig.wait(600 * SEC);
    rig.logged_out_after(closed, 60 * SEC);
}

#[test]
fn desk_7r2_a_desktop_that_comes_back_during_the_call_cancels() {
    let mut rig = Rig::online();
    rig.give(Input::CallStarted(agent()));
    rig.close();
    rig.wait(300 * SEC);
    rig.back();
    rig.give(Input::CallEnded(agent()));
    rig.wait(600 * SEC);
    assert_eq!(rig.logouts, []);
}

#[test]
fn a_stop_of_the_notification_service_starts_no_timer_and_gives_120_s_to_return() {
    let mut rig = Rig::online();
    rig.give(Input::NotificationDown);
    rig.wait(3600 * SEC);
    let up = rig.now;
    rig.give(Input::NotificationUp);
    rig.wait(600 * SEC);
    rig.logged_out_after(up, 180 * SEC);
}

#[test]
fn two_thousand_desktops_that_return_after_a_stop_stay_signed_in() {
    let mut rig = Rig::new();
    let agents: Vec<_> = (0..2000).map(|id: u32| Agent::from(id.to_string().as_str())).collect();
    agents.iter().for_each(|agent| rig.give(Input::Available(agent.clone(), SessionId(1))));
    rig.give(Input::NotificationDown);
    rig.wait(300 * SEC);
    rig.give(Input::NotificationUp);
    for agent in &agents {
        rig.wait(Duration::from_millis(59));
        rig.give(Input::Available(agent.clone(), SessionId(2)));
    }
    rig.wait(3600 * SEC);
    assert_eq!(rig.logouts, []);
}

#[test]
fn after_a_restart_a_remembered_desktop_has_120_s_to_return() {
    let mut rig = Rig::new();
    let start = rig.now;
    rig.give(Input::Remembered(agent()));
    rig.wait(600 * SEC);
    rig.logged_out_after(start, 180 * SEC);
}

#[test]
fn a_standstill_of_the_node_is_nobodys_absence() {
    let mut rig = Rig::online();
    rig.close();
    rig.now += 3600 * SEC;
    rig.machine.handle_timeout(rig.now);
    rig.drain();
    assert_eq!((rig.logouts.len(), rig.stage()), (0, Some(Stage::Awaited)));
}

#[test]
fn an_order_that_was_not_written_is_decided_on_again() {
    let mut rig = Rig::online_with_a_mute_cti();
    rig.close();
    rig.wait(60 * SEC);
    rig.settle(Outcome::NotWritten);
    rig.wait(60 * SEC);
    assert_eq!(rig.logouts.len(), 2);
    rig.settle(Outcome::NotWritten);
    rig.back();
    rig.wait(600 * SEC);
    assert_eq!(rig.logouts.len(), 2);
}

/// He signs in again while the order is on its way, and closes his desktop before its outcome is known.
#[test]
fn who_signed_in_behind_an_order_is_waited_for_again() {
    let mut rig = Rig::online_with_a_mute_cti();
    rig.close();
    rig.wait(60 * SEC);
    rig.give(Input::Available(agent(), SessionId(2)));
    rig.give(Input::SignedIn(agent()));
    rig.give(Input::Unavailable(agent(), SessionId(2)));
    rig.settle(Outcome::Accepted);
    assert_eq!(rig.stage(), Some(Stage::Grace));
    rig.wait(60 * SEC);
    assert_eq!(rig.logouts.len(), 2);
}

#[test]
fn an_order_of_unknown_outcome_is_not_repeated_at_once() {
    let mut rig = Rig::online_with_a_mute_cti();
    rig.close();
    rig.wait(60 * SEC);
    rig.give(Input::CtiOutOfService);
    rig.settle(Outcome::Unknown);
    rig.give(Input::CtiInService);
    rig.wait(179 * SEC);
    assert_eq!(rig.logouts.len(), 1);
    rig.wait(SEC);
    assert_eq!(rig.logouts.len(), 2, "the desktop is still gone");
}

#[test]
fn a_bound_refuses_and_never_forgets_a_live_session() {
    let mut rig = Rig::new();
    for session in 0..=SESSIONS_MAX as u64 {
        rig.give(Input::Available(agent(), SessionId(session)));
    }
    assert_eq!((rig.refused, rig.machine.counters().overflow), (1, 1));
    for session in 1..SESSIONS_MAX as u64 {
        rig.give(Input::Unavailable(agent(), SessionId(session)));
    }
    assert_eq!(rig.stage(), Some(Stage::Online));
}

#[test]
fn agents_beyond_the_bound_are_refused() {
    let mut rig = Rig::new();
    for id in 0..=AGENTS_MAX {
        rig.give(Input::Available(Agent::from(id.to_string().as_str()), SessionId(1)));
    }
    assert_eq!((rig.machine.desktops(), rig.refused), (AGENTS_MAX, 1));
}

#[test]
fn a_transition_tells_whose_why_and_what_is_next() {
    let mut rig = Rig::online_with_a_mute_cti();
    rig.close();
    rig.wait(60 * SEC);
    rig.settle(Outcome::Accepted);
    assert_eq!(
        rig.story,
        [
            "desktop of agent 1001: unavailable; next: forced logout in 60 s unless it comes back",
            "desktop of agent 1001: the time is over; next: ask whether the agent may be logged out",
            "desktop of agent 1001: permission to log out given; next: send LOGOUT with reason 255",
            "desktop of agent 1001: forced logout accepted; next: nothing",
        ]
    );
}
