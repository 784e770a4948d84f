//! The rows of failover.md section 1 that this machine decides, one test each or more.

use std::time::Duration;

use super::*;

const SEC: Duration = Duration::from_secs(1);

/// The machine, its clock, and the other end of its wires.
struct Rig {
    machine: Machine,
    now: Duration,
    /// Side and time of every dial.
    dials: Vec<(Side, Duration)>,
    /// Times of every HEARTBEAT_REQ.
    beats: Vec<Duration>,
    hung_up: Vec<Epoch>,
    recovers: usize,
    story: Vec<String>,
    epoch: Epoch,
}

impl Rig {
    fn new(settings: Settings) -> Self {
        let mut rig = Self {
            machine: Machine::new(settings, Duration::ZERO),
            now: Duration::ZERO,
            dials: vec![],
            beats: vec![],
            hung_up: vec![],
            recovers: 0,
            story: vec![],
            epoch: Epoch(0),
        };
        rig.drain();
        rig
    }

    /// In service on side A, everything before forgotten.
    fn in_service(settings: Settings) -> Self {
        let mut rig = Self::new(settings);
        rig.connect();
        rig.forget();
        rig
    }

    /// In service on side B.
    fn in_service_on_b() -> Self {
        let mut rig = Self::in_service(Settings::default());
        rig.now = SEC;
        rig.lose();
        for _ in 0..5 {
            rig.refuse();
        }
        rig.connect();
        assert_eq!(rig.machine.side(), Side::B);
        rig.forget();
        rig
    }

    fn forget(&mut self) {
        self.dials.clear();
        self.beats.clear();
        self.hung_up.clear();
        self.story.clear();
        self.recovers = 0;
    }

    fn give(&mut self, input: Input) {
        self.machine.handle(input, self.now);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.machine.poll_output() {
            match output {
                Output::Dial { epoch, side } => {
                    self.epoch = epoch;
                    self.dials.push((side, self.now));
                }
                Output::Open(_) => {}
                Output::Heartbeat(_) => self.beats.push(self.now),
                Output::HangUp(epoch) => self.hung_up.push(epoch),
                Output::Recover(_) => self.recovers += 1,
                Output::Transition(line) => self.story.push(line.to_string()),
            }
        }
    }

    /// Sleeps until the machine wants to be woken.
    fn wake(&mut self) -> Timer {
        let (due, timer) = self.machine.poll_timeout().expect("never gives up");
        self.now = due;
        self.machine.handle_timeout(due);
        self.drain();
        timer
    }

    fn run_until(&mut self, end: Duration) {
        while self.machine.poll_timeout().is_some_and(|(due, _)| due <= end) {
            self.wake();
        }
        self.now = end;
    }

    /// The attempt fails in this way, then the pause is over, if there is one, and the next attempt runs.
    fn fail(&mut self, input: Input) {
        let dials = self.dials.len();
        self.give(input);
        if self.dials.len() == dials {
            assert_eq!(self.wake(), Timer::Retry);
        }
        assert_eq!(self.dials.len(), dials + 1);
    }

    fn refuse(&mut self) {
        self.fail(Input::DialFailed(self.epoch, "connection refused".into()));
    }

    fn open(&mut self, peripheral_online: bool) {
        self.give(Input::Connected(self.epoch));
        self.give(Input::Opened { epoch: self.epoch, peripheral_online });
    }

    fn connect(&mut self) {
        self.open(true);
        self.give(Input::Recovered(self.epoch));
        assert!(self.machine.in_service());
    }

    fn lose(&mut self) {
        self.give(reset(self.epoch));
    }

    fn order(&self) -> String {
        self.dials.iter().map(|(side, _)| side.to_string()).collect()
    }

    fn confirm(&mut self) {
        self.give(Input::HeartbeatConfirmed(self.epoch));
    }
}

fn simplex() -> Settings {
    Settings { duplex: false, ..Settings::default() }
}

fn without_b() -> Settings {
    Settings { has_b: false, ..Settings::default() }
}

fn reset(epoch: Epoch) -> Input {
    Input::Lost { epoch, cause: LossCause::Socket("reset".into()) }
}

#[test]
fn cti_1_simplex_never_dials_b() {
    let mut rig = Rig::in_service(simplex());
    rig.lose();
    for _ in 0..50 {
        rig.refuse();
    }
    assert_eq!(rig.order(), "A".repeat(51));
}

#[test]
fn cti_2_without_an_address_of_b_only_a_is_dialed() {
    let mut rig = Rig::new(without_b());
    for _ in 0..50 {
        rig.refuse();
    }
    assert_eq!(rig.order(), "A".repeat(51));
}

#[test]
fn cti_3_the_loss_of_a_starts_failover() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    assert!(!rig.machine.in_service());
    assert_eq!(rig.dials, [(Side::A, rig.now)], "the first attempt comes at once");
}

#[test]
fn cti_3_start_up_dials_a_first() {
    let rig = Rig::new(Settings::default());
    assert_eq!(rig.order(), "A");
    assert_eq!(rig.story, ["CTI side A: the node starts; next: dial side A now, attempt 1 of 5"]);
}

#[test]
fn cti_4_five_attempts_to_a() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..4 {
        rig.refuse();
    }
    assert_eq!(rig.order(), "AAAAA");
    rig.refuse();
    assert_eq!(rig.order(), "AAAAAB");
}

#[test]
fn cti_5_then_five_attempts_to_b() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..10 {
        rig.refuse();
    }
    assert_eq!(rig.order(), "AAAAABBBBBA");
}

#[test]
fn cti_6_alternates_without_end() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..999 {
        rig.refuse();
    }
    assert_eq!(rig.order(), "AAAAABBBBB".repeat(100));
}

#[test]
fn cti_6_b_lost_comes_first_to_b() {
    let mut rig = Rig::in_service_on_b();
    rig.lose();
    for _ in 0..29 {
        rig.refuse();
    }
    assert_eq!(rig.order(), "BBBBBAAAAA".repeat(3));
}

#[test]
fn cti_5_the_pause_is_short_in_the_first_round_none_before_the_other_side_and_longer_later() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..12 {
        rig.refuse();
    }
    let pauses: Vec<u128> = rig.dials.windows(2).map(|pair| (pair[1].1 - pair[0].1).as_millis()).collect();
    assert_eq!(pauses, [100, 100, 100, 100, 0, 100, 100, 100, 100, 1000, 1000, 1000]);
}

#[test]
fn cti_4_silence_after_the_dial_is_a_failed_attempt() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    assert_eq!(rig.wake(), Timer::Attempt);
    assert_eq!(rig.now, 5 * SEC);
    assert_eq!(rig.hung_up.last(), Some(&rig.epoch));
    assert_eq!(rig.wake(), Timer::Retry);
    assert_eq!(rig.order(), "AA");
}

#[test]
fn cti_4_the_deadline_runs_from_the_dial_to_open_conf() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    rig.run_until(3 * SEC);
    rig.give(Input::Connected(rig.epoch));
    assert_eq!(rig.wake(), Timer::Attempt);
    assert_eq!(rig.now, 5 * SEC, "the connection does not start the deadline anew");
}

#[test]
fn cti_4_a_refused_session_is_a_failed_attempt() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for status in [15, 92, 107, 15, 92] {
        rig.give(Input::Connected(rig.epoch));
        let epoch = rig.epoch;
        rig.fail(Input::Refused { epoch, status });
        assert_eq!(rig.hung_up.last(), Some(&epoch));
    }
    assert_eq!(rig.order(), "AAAAAB");
    assert_eq!(rig.machine.counters().failed_attempts, 5);
}

#[test]
fn cti_4_a_reset_before_open_conf_is_a_failed_attempt() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..5 {
        rig.give(Input::Connected(rig.epoch));
        rig.fail(reset(rig.epoch));
    }
    assert_eq!(rig.order(), "AAAAAB");
}

#[test]
fn cti_4_a_version_fallback_is_not_counted_and_comes_at_once() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..7 {
        rig.give(Input::Connected(rig.epoch));
        rig.give(Input::VersionRefused { epoch: rig.epoch, lower: true });
    }
    assert!(rig.dials.iter().all(|dial| *dial == (Side::A, Duration::ZERO)));
    for _ in 0..5 {
        rig.refuse();
    }
    assert_eq!(rig.order(), format!("{}{}", "A".repeat(7), "AAAAAB"));
}

#[test]
fn cti_4_no_version_left_is_a_failed_attempt() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..5 {
        rig.give(Input::Connected(rig.epoch));
        rig.fail(Input::VersionRefused { epoch: rig.epoch, lower: false });
    }
    assert_eq!(rig.order(), "AAAAAB");
}

#[test]
fn cti_7_three_misses_are_a_loss_and_not_a_moment_earlier() {
    let mut rig = Rig::in_service(Settings::default());
    rig.run_until(20 * SEC - Duration::from_nanos(1));
    assert!(rig.machine.in_service());
    assert_eq!(rig.beats, [5 * SEC, 10 * SEC, 15 * SEC]);
    rig.run_until(20 * SEC);
    assert!(!rig.machine.in_service());
    assert_eq!(rig.beats.len(), 3, "no fourth request goes to a dead server");
    assert_eq!(rig.hung_up.len(), 1);
    assert_eq!(
        rig.story.last().map(String::as_str),
        Some(
            "CTI side A: lost, too many heartbeats in a row went unanswered; next: dial side A now, attempt 1 of 5"
        )
    );
}

#[test]
fn cti_7_two_misses_do_not_trip_it() {
    let mut rig = Rig::in_service(Settings::default());
    for round in 0..20 {
        rig.run_until(SEC * (5 + 15 * round));
        rig.run_until(rig.now + 10 * SEC);
        rig.confirm();
    }
    assert!(rig.machine.in_service());
    assert_eq!(rig.machine.counters().losses, 0);
    assert_eq!(rig.machine.counters().heartbeats_missed, 40);
}

#[test]
fn cti_7_the_interval_is_a_setting() {
    let settings = Settings { heartbeat_interval: 2 * SEC, ..Settings::default() };
    let mut rig = Rig::in_service(settings);
    rig.run_until(8 * SEC);
    assert_eq!(rig.dials, [(Side::A, 8 * SEC)]);
}

#[test]
fn cti_7_our_own_standstill_counts_one_miss_at_most() {
    let mut rig = Rig::in_service(Settings::default());
    rig.run_until(5 * SEC);
    rig.now = 600 * SEC;
    rig.machine.handle_timeout(rig.now);
    rig.machine.handle_timeout(rig.now);
    rig.drain();
    assert!(rig.machine.in_service());
    assert_eq!(rig.machine.counters().heartbeats_missed, 1);
}

#[test]
fn cti_7_heartbeats_go_on_while_the_state_is_read_and_the_peripheral_is_offline() {
    for online in [true, false] {
        let mut rig = Rig::new(Settings::default());
        rig.open(online);
        rig.run_until(20 * SEC);
        assert_eq!(rig.beats.len(), 3);
        assert_eq!(rig.machine.state().stage(), Stage::Waiting);
    }
}

#[test]
fn cti_8_a_socket_failure_is_a_loss_at_once() {
    let mut rig = Rig::in_service(Settings::default());
    rig.now = SEC;
    let old = rig.epoch;
    rig.lose();
    assert_eq!(rig.dials, [(Side::A, SEC)]);
    assert_eq!(rig.hung_up, [old], "whoever carries it out forgets the connection");
}

#[test]
fn cti_8_a_closing_server_and_garbage_are_losses_at_once() {
    for cause in [LossCause::ServerClosing(15), LossCause::Protocol("length 4294967295".into())] {
        let mut rig = Rig::in_service(Settings::default());
        let old = rig.epoch;
        rig.give(Input::Lost { epoch: old, cause });
        assert_eq!(rig.hung_up, [old]);
        assert_eq!(rig.order(), "A");
    }
}

#[test]
fn cti_9_out_of_service_until_the_state_has_been_read() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    assert!(!rig.machine.in_service());
    rig.open(true);
    assert!(!rig.machine.in_service(), "an open session is not enough");
    assert_eq!(rig.recovers, 1);
}

#[test]
fn cti_12_in_service_again_once_the_state_has_been_read() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    rig.connect();
    assert_eq!(
        rig.story.last().map(String::as_str),
        Some("CTI side A: the state has been read again; next: serve agents")
    );
}

#[test]
fn cti_12_an_open_session_waits_for_its_peripheral() {
    let mut rig = Rig::new(Settings::default());
    rig.open(false);
    assert_eq!(rig.recovers, 0);
    rig.give(Input::PeripheralOnline(rig.epoch));
    assert_eq!(rig.recovers, 1);
    rig.give(Input::Recovered(rig.epoch));
    assert!(rig.machine.in_service());
}

#[test]
fn cti_12_peripheral_offline_keeps_the_session_and_online_reads_again() {
    let mut rig = Rig::in_service(Settings::default());
    rig.give(Input::PeripheralOffline(rig.epoch));
    assert!(!rig.machine.in_service());
    rig.give(Input::PeripheralOnline(rig.epoch));
    assert_eq!(rig.recovers, 1);
    rig.give(Input::Recovered(rig.epoch));
    assert!(rig.machine.in_service());
    assert_eq!((rig.dials.len(), rig.hung_up.len()), (0, 0));
}

#[test]
fn cti_12_a_peripheral_that_leaves_during_the_reading_is_waited_for() {
    let mut rig = Rig::new(Settings::default());
    rig.open(true);
    rig.give(Input::PeripheralOffline(rig.epoch));
    rig.give(Input::Recovered(rig.epoch));
    assert!(!rig.machine.in_service());
    rig.give(Input::PeripheralOnline(rig.epoch));
    assert_eq!(rig.recovers, 2);
}

#[test]
fn cti_6_a_side_that_opens_and_fails_gives_the_other_its_turn() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..5 {
        rig.open(true);
        rig.fail(Input::RecoveryFailed { epoch: rig.epoch, why: "no answer".into() });
    }
    assert_eq!(rig.order(), "AAAAAB");
}

#[test]
fn cti_6_a_side_that_serves_only_for_moments_gives_the_other_its_turn() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    for _ in 0..5 {
        rig.connect();
        rig.fail(reset(rig.epoch));
    }
    assert_eq!(rig.order(), "AAAAAB");
}

#[test]
fn cti_4_a_side_that_served_for_a_while_is_dialed_five_times_again() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    rig.connect();
    rig.now += SEC;
    rig.forget();
    rig.lose();
    assert_eq!(rig.dials, [(Side::A, rig.now)]);
    for _ in 0..5 {
        rig.refuse();
    }
    assert_eq!(rig.order(), "AAAAAB");
}

#[test]
fn news_of_an_old_connection_is_void() {
    let mut rig = Rig::in_service(Settings::default());
    let old = rig.epoch;
    rig.lose();
    rig.connect();
    rig.give(Input::Lost { epoch: old, cause: LossCause::Socket("late news".into()) });
    rig.give(Input::PeripheralOffline(old));
    assert!(rig.machine.in_service());
    assert_eq!(rig.machine.counters().void, 2);
}

#[test]
fn a_zero_in_the_settings_counts_as_one() {
    let mut rig =
        Rig::in_service(Settings { attempts_per_side: 0, heartbeat_misses: 0, ..Settings::default() });
    rig.run_until(10 * SEC);
    rig.refuse();
    assert_eq!(rig.order(), "AB");
}

#[test]
fn a_transition_tells_what_which_side_why_and_what_is_next() {
    let mut rig = Rig::in_service(Settings::default());
    rig.lose();
    rig.give(Input::Connected(rig.epoch));
    rig.give(Input::Refused { epoch: rig.epoch, status: 15 });
    assert_eq!(
        rig.story,
        [
            "CTI side A: lost, the connection failed (reset); next: dial side A now, attempt 1 of 5",
            "CTI side A: connected; next: open a session",
            "CTI side A: attempt failed, session refused with status 15 (CTI server offline); next: dial side A in 100 ms, attempt 2 of 5",
        ]
    );
}

/// How a rig comes to a state.
type Way<'a> = &'a dyn Fn(&mut Rig);

#[test]
fn client_18b_stopped_it_hangs_up_in_any_state_and_dials_only_when_started() {
    let waiting = |rig: &mut Rig| rig.give(Input::DialFailed(rig.epoch, "refused".into()));
    let opening = |rig: &mut Rig| rig.give(Input::Connected(rig.epoch));
    let ways: [(Way<'_>, usize); 4] = [(&|_| {}, 1), (&waiting, 0), (&opening, 1), (&|rig| rig.connect(), 1)];
    for (way, connections) in ways {
        let mut rig = Rig::new(Settings::default());
        way(&mut rig);
        rig.forget();
        rig.machine.stop();
        rig.drain();
        assert_eq!(rig.hung_up.len(), connections);
        assert!(rig.story[0].ends_with("the web application was stopped; next: wait until it is started"));
        rig.give(Input::Connected(rig.epoch));
        rig.machine.stop();
        assert_eq!((rig.machine.poll_timeout(), rig.machine.in_service()), (None, false));
        let before = rig.epoch;
        rig.machine.start(rig.now);
        rig.drain();
        assert_eq!(rig.dials.len(), 1);
        assert!(rig.epoch > before, "news of the old connection must not be taken for news of the new one");
        rig.connect();
        rig.machine.start(rig.now);
        rig.drain();
        assert!(rig.machine.in_service(), "it runs already");
    }
}
