//! After a CTI failover (mapping.md section 9; failover.md CTI-13 to CTI-15; the invariants of the design).

use ged188::{AgentState, AgentTeamConfigEvent, AgentTeamConfigEventAgentsItem};

use super::check;
use super::script::{PERIPHERAL, START, World, person};
use crate::ids::{AgentId, WallMs};
use crate::view::ReasonView;

/// 1001 talks, 1002 waits, 1003 is signed out.
const BEFORE: &str = "
    live 1001@6001 1002@6002 1003@
    begin 16 type 2 by 555 to 8000 var1=gold
    delivered 16 555 > 6001
        post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
    established 16 555 > 6001
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
    state 1001@6001 TALKING
        user 1001@6001 TALKING
    at 100
";

/// The session is lost, another is open, and nothing has changed for 1002 and 1003.
const READ: &str = "
    lost
    at 110
    begin-recovery
    told 1002@6002 NOT_READY
    told 1003 nobody
    device 1002
";

fn queried(world: &World) -> Vec<String> {
    world.domain.agents_to_query().iter().map(ToString::to_string).collect()
}

fn team(members: &[(&str, AgentState, u32)]) -> AgentTeamConfigEvent {
    let member = |(agent, state, duration): &(&str, AgentState, u32)| AgentTeamConfigEventAgentsItem {
        atc_agent_id: (*agent).into(),
        atc_agent_state: Some(*state),
        atc_state_duration: Some(*duration),
        ..Default::default()
    };
    AgentTeamConfigEvent {
        peripheral_id: PERIPHERAL,
        team_id: 500,
        agents: members.iter().map(member).collect(),
        ..Default::default()
    }
}

#[test]
fn cti_13_nothing_is_published_where_nothing_changed() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT
        finish",
    );
    let own = &world.dialog(16).legs[1];
    assert_eq!(own.since, Some(WallMs(START)), "the same state: the time is kept");
    assert_eq!(world.user("1001").since, Some(WallMs(START)));
    assert!(world.domain.on_call(&"1001".into()));
    world.check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD as r1",
    );
}

#[test]
fn cti_13_final_states_once_agents_on_calls_first_user_before_dialogs() {
    let mut world = check(BEFORE);
    world.check(
        "lost
        at 110
        begin-recovery
        told 1003@6003 READY
        told 1002 nobody
        told 1001@6001 HOLD
        device 1001 16 17
            wants 16
            wants 17
        call 16 type 2 by 555 to 8000 var1=blue 555:CONNECT 6001:HOLD
        call 17 type 9 to 777 6001:CONNECT 777:CONNECT
        device 1003
        finish
            user 1001@6001 HOLD
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
            post 1001 17 ACTIVE 6001:ACTIVE 777:ACTIVE
            user 1002@ LOGOUT
            user 1003@6003 READY",
    );
    let dialog = world.dialog(16);
    assert_eq!(dialog.variables[0].1, "blue");
    assert_eq!(dialog.legs[1].since, None, "held at a time that nobody knows");
    assert_eq!(dialog.legs[1].started, Some(WallMs(START)), "the leg is the same");
    assert_eq!(dialog.legs[0].since, Some(WallMs(START)), "this one did not change");
    assert_eq!(world.user("1001").since, None);
    assert_eq!(world.user("1002").reason, ReasonView::None);
}

#[test]
fn mapping_3_7_a_call_that_vanished_is_deleted() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "told 1001@6001 NOT_READY
        device 1001
        finish
            user 1001@6001 NOT_READY
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 gone
        finish
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn cti_15_nothing_for_a_call_that_lived_and_died_in_the_gap() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "begin 30 type 2 by 666 to 8000
        delivered 30 666 > 6002
        established 30 666 > 6002
        cleared 30
        end 30
        told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT
        finish",
    );
}

#[test]
fn cti_15_nothing_for_a_call_that_a_snapshot_caught_alive_before_it_ended() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "told 1001@6001 TALKING
        told 1002@6002 TALKING
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT
        device 1002 30
            wants 30
        call 30 type 2 by 666 to 8000 666:CONNECT 6002:CONNECT
        cleared 30
        state 1002@6002 NOT_READY
        end 30
        finish
            user 1002@6002 NOT_READY",
    );
}

#[test]
fn events_that_come_while_reading_apply_after_the_snapshot() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "at 111
        held 16 6001
        begin 30 type 2 by 666 to 8000
        delivered 30 666 > 6002
        state 1002@6002 RESERVED
        told 1001@6001 TALKING
        told 1002@6002 NOT_READY
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT
        finish
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
            user 1002@6002 RESERVED
            post 1002 30 ALERTING 666:INITIATED 6002:ALERTING",
    );
    assert_eq!(world.dialog(16).legs[1].since, Some(WallMs(START + 111_000)));
    assert_eq!(world.user("1002").since, Some(WallMs(START + 111_000)));
}

#[test]
fn an_end_that_comes_before_its_snapshot_is_an_end() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "end 16
        told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT
        finish
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn invariant_2_reason_and_time_are_kept_only_where_state_and_duration_prove_it() {
    let recovered = |duration: u32| {
        let mut world = check(
            "live 1001@6001
            state 1001@6001 NOT_READY reason 32767
                user 1001@6001 NOT_READY (Call Not Answered)",
        );
        world.event(team(&[("1001", AgentState::NOT_READY, 0)]));
        world.check(
            "at 100
                user 1001@6001 NOT_READY (Call Not Answered)
            lost
            begin-recovery",
        );
        world.event(team(&[("1001", AgentState::NOT_READY, duration)]));
        let said = world.check_finish("told 1001@6001 NOT_READY\ndevice 1001");
        (world.user("1001").since, said)
    };
    assert_eq!(recovered(100), (Some(WallMs(START)), vec![]));
    assert_eq!(recovered(98), (Some(WallMs(START)), vec![]), "within 2 s");
    let changed = vec!["user 1001@6001 NOT_READY".to_owned()];
    assert_eq!(recovered(20), (Some(WallMs(START + 80_000)), changed), "the reason is not known any more");
}

#[test]
fn mapping_9_pending_state_is_empty_until_cti_tells_it() {
    check(
        "live 1001@6001
        state 1001@6001 TALKING next READY
            user 1001@6001 TALKING then READY
        lost
        begin-recovery
        told 1001@6001 TALKING
        device 1001
        finish
            user 1001@6001 TALKING
        state 1001@6001 TALKING next READY
            user 1001@6001 TALKING then READY",
    );
}

#[test]
fn agents_told_by_their_team_are_asked_only_for_their_device() {
    let mut world = check(BEFORE);
    world.check("lost\nbegin-recovery");
    assert_eq!(queried(&world), ["1001", "1002", "1003"], "on a call, signed in, the others");
    world.event(team(&[("1003", AgentState::LOGOUT, 5), ("1002", AgentState::NOT_READY, 5)]));
    assert_eq!(queried(&world), ["1001", "1002"]);
    world.check("state 1001@6001 TALKING");
    assert_eq!(queried(&world), ["1002"]);
    let devices = |world: &World| -> Vec<String> {
        world
            .domain
            .devices_to_read()
            .into_iter()
            .map(|(agent, device)| format!("{agent}@{device}"))
            .collect()
    };
    assert_eq!(devices(&world), ["1001@6001"]);
    world.check("told 1002@6002 NOT_READY\ntold 1003@6003 READY");
    assert_eq!(devices(&world), ["1001@6001", "1002@6002", "1003@6003"]);
    world.check("device 1001\nwants 16");
    assert_eq!(devices(&world), ["1002@6002", "1003@6003"]);
    assert!(queried(&world).is_empty());
}

#[test]
fn agents_who_changed_places_in_the_gap_have_their_own_calls() {
    let mut world = check("live 1001@6001 1002@6002");
    world.check(
        "lost
        begin-recovery
        told 1001@6002 NOT_READY",
    );
    world.event(team(&[("1002", AgentState::NOT_READY, 5)]));
    world.check(
        "told 1002@6001 NOT_READY
        device 1002
        device 1001 16
            wants 16
        call 16 type 2 by 555 555:CONNECT 6002:CONNECT
        finish
            user 1001@6002 NOT_READY
            post 1001 16 ACTIVE 555:ACTIVE 6002:ACTIVE
            user 1002@6001 NOT_READY",
    );
}

#[test]
fn a_call_of_two_agents_is_read_once() {
    let mut world = check("live 1001@6001 1002@6002");
    world.check(
        "lost
        begin-recovery
        told 1001@6001 TALKING
        device 1001 20
            wants 20
        call 20 type 10 to 6002 6001:CONNECT 6002:CONNECT
        told 1002@6002 TALKING
        device 1002 20
        finish
            user 1001@6001 TALKING
            post 1001 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
            user 1002@6002 TALKING
            post 1002 20 ACTIVE 6001:ACTIVE 6002:ACTIVE",
    );
    assert!(world.dialog(20).legs[0].agent_device && world.dialog(20).legs[1].agent_device);
}

#[test]
fn cti_18_a_snapshot_that_lacks_the_agents_own_leg_is_completed_from_his_device() {
    let mut world = check("live 1001@6001");
    world.check(
        "lost
        begin-recovery
        told 1001@6001 TALKING
        device 1001 20:HOLD
            wants 20
        call 20 type 2 555:CONNECT
        finish
            user 1001@6001 TALKING
            post 1001 20 ACTIVE 555:ACTIVE 6001:HELD (rebuilding)
            look 20 by 20/6001 #1
            look at 6001 #2
        end 20
            delete 1001 20 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn a_call_that_cannot_be_read_for_another_reason_stays_as_it_was() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 failed
        finish",
    );
}

#[test]
fn mapping_3_2_connection_states_of_a_snapshot() {
    for (own, far, expected) in [
        ("CONNECT", "CONNECT", "ACTIVE 555:ACTIVE 6001:ACTIVE"),
        ("HOLD", "CONNECT", "ACTIVE 555:ACTIVE 6001:HELD"),
        ("ALERTING", "CONNECT", "ALERTING 555:INITIATED 6001:ALERTING"),
        ("CONNECT", "NULL", "ACTIVE 6001:ACTIVE"),
        ("QUEUED", "CONNECT", "ACTIVE 555:ACTIVE 6001:ACTIVE"),
        ("FAIL", "NULL", "FAILED 6001:FAILED/OTHER"),
        ("NONE", "CONNECT", "ACTIVE 555:ACTIVE 6001:ACTIVE"),
        ("INITIATE", "NULL", "INITIATING 6001:INITIATING"),
    ] {
        check(&format!(
            "live 1001@6001
            lost
            begin-recovery
            told 1001@6001 NOT_READY
            device 1001 16:{own}
                wants 16
            call 16 type 2 by 555 555:{far} 6001:{own}
            finish
                post 1001 16 {expected}"
        ));
    }
}

#[test]
fn mapping_3_7_wrap_up_is_kept_while_the_agent_is_still_in_it() {
    let wrapping_up = "
        state 1001@6001 WORK
            user 1001@6001 WORK
        cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:WRAP_UP
        lost
        begin-recovery
        told 1002@6002 NOT_READY
        device 1002
        told 1003 nobody
    ";
    let mut world = check(BEFORE);
    world.check(wrapping_up);
    world.check(
        "told 1001@6001 WORK
        device 1001
        finish
        state 1001@6001 READY
            user 1001@6001 READY
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
    let mut world = check(BEFORE);
    world.check(wrapping_up);
    world.check(
        "told 1001@6001 READY
        device 1001
        finish
            user 1001@6001 READY
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn nobody_is_shown_wrong_until_read_and_requests_are_refused() {
    let mut world = check(BEFORE);
    world.check(
        "lost
        1001 READY as r1
            refused Busy
        state 1001@6001 READY
        held 16 6001
        begin-recovery
        1001 READY as r1
            refused Busy",
    );
    assert_eq!(world.user("1001").state.as_str(), "UNKNOWN");
    assert!(world.domain.dialogs_of(&"1001".into()).is_empty());
    assert_eq!(world.domain.counters().unheard_events, 2);
}

#[test]
fn a_second_loss_while_reading_keeps_what_was_published() {
    let mut world = check(BEFORE);
    world.check(
        "lost
        begin-recovery
        told 1001@6001 NOT_READY
        device 1001
        lost",
    );
    world.check(READ);
    world.check(
        "told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT
        finish",
    );
}

#[test]
fn at_the_first_start_only_those_signed_in_are_news() {
    let mut world = World::default();
    world.domain.known(person("1001"), world.now);
    world.domain.known(person("1002"), world.now);
    world.check(
        "begin-recovery
        told 1001@6001 READY
        told 1002 nobody
        device 1001
        finish
            user 1001@6001 READY",
    );
}

#[test]
fn who_signs_in_while_the_others_are_read_is_read_afterwards() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT
        state 1003@6003 NOT_READY
        finish
            user 1003@6003 NOT_READY
            read 1003@6003",
    );
}

// Requests over a loss -------------------------------------------------------------------------------------

const UNKNOWN: &str = "Generic Error 0 OUTCOME_UNKNOWN";

/// Loses the session after `requests`, finds `found`, and returns what was published.
fn lose(requests: &str, found: &str) -> Vec<String> {
    let mut world = check(BEFORE);
    for line in requests.lines().map(str::trim).filter(|line| !line.is_empty()) {
        world.play(line);
    }
    world.check(READ);
    world.check_finish(found)
}

impl World {
    /// Plays inputs and ends the recovery.
    fn check_finish(&mut self, found: &str) -> Vec<String> {
        for line in found.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.play(line);
        }
        self.play("finish")
    }
}

const TALKS: &str = "
    told 1001@6001 TALKING
    device 1001 16
    call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:CONNECT";
const HOLDS: &str = "
    told 1001@6001 HOLD
    device 1001 16
    call 16 type 2 by 555 to 8000 var1=gold 555:CONNECT 6001:HOLD";
const HUNG_UP: &str = "told 1001@6001 NOT_READY\ndevice 1001";

#[test]
fn a_request_whose_effect_is_there_says_nothing_more() {
    assert_eq!(
        lose("1001 HOLD 16 as r1", HOLDS),
        ["user 1001@6001 HOLD", "put 1001 16 ACTIVE 555:ACTIVE 6001:HELD"]
    );
    assert_eq!(
        lose("1001 DROP 16 as r1", HUNG_UP),
        ["user 1001@6001 NOT_READY", "delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED"]
    );
    let ready = "told 1002@6002 READY\ndevice 1002";
    assert_eq!(lose("1002 READY as r1", &format!("{TALKS}\n{ready}")), ["user 1002@6002 READY"]);
    let changed = TALKS.replace("var1=gold", "var1=blue wrapup=Sales");
    assert_eq!(
        lose("1001 update 16 var1=blue wrapup=Sales as r1", &changed),
        ["put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE"]
    );
    let signed_in = "told 1003@6003 NOT_READY\ndevice 1003";
    assert_eq!(lose("1003 LOGIN 6003 as r1", &format!("{TALKS}\n{signed_in}")), ["user 1003@6003 NOT_READY"]);
    let call = "told 1002@6002 TALKING\ndevice 1002 30\ncall 30 type 9 to 777 6002:CONNECT 777:CONNECT";
    assert_eq!(
        lose("1002 call 777 as r1", &format!("{TALKS}\n{call}")),
        ["user 1002@6002 TALKING", "post 1002 30 ACTIVE 6002:ACTIVE 777:ACTIVE"]
    );
}

#[test]
fn a_request_without_effect_is_one_error_after_the_final_states() {
    let dialog = format!("error 1001 dialog 16: {UNKNOWN} as r1");
    assert_eq!(lose("1001 HOLD 16 as r1", TALKS), std::slice::from_ref(&dialog));
    assert_eq!(lose("1001 DROP 16 as r1", HOLDS).last(), Some(&dialog));
    assert_eq!(lose("1001 HOLD 16 as r1\nconf #1", TALKS), std::slice::from_ref(&dialog), "only confirmed");
    assert_eq!(lose("1001 update 16 var1=blue as r1", TALKS), [dialog]);
    let user = format!("error 1001 user: {UNKNOWN} as r1");
    assert_eq!(lose("1001 READY as r1", TALKS), [user], "it may be pending, but nobody tells");
    assert_eq!(lose("1003 LOGIN 6003 as r1", TALKS), [format!("error 1003 user: {UNKNOWN} as r1")]);
    let other = "told 1002@6002 TALKING\ndevice 1002 30\ncall 30 type 9 to 778 6002:CONNECT 778:CONNECT";
    assert_eq!(
        lose("1002 call 777 as r1", &format!("{TALKS}\n{other}")).last(),
        Some(&format!("error 1002 dialogs: {UNKNOWN} as r1"))
    );
}

#[test]
fn requests_that_were_never_sent_say_so() {
    let waiting = lose("1001 HOLD 16 as r1\n1001 RETRIEVE 16 as r2\n1001 update 16 var2=x as r3", TALKS);
    let expected: Vec<String> = [(UNKNOWN, "r1"), ("Generic Error 0 REQUEST_NOT_SENT", "r3")]
        .iter()
        .map(|(error, r)| format!("error 1001 dialog 16: {error} as {r}"))
        .collect();
    assert_eq!(waiting, expected, "what r2 asked for is so");
}

#[test]
fn a_sign_in_that_only_waited_for_its_events_ends_the_same_way() {
    let login = "1002 LOGIN 6002 as r1";
    assert_eq!(lose(login, TALKS), Vec::<String>::new(), "he is signed in there: that is what was asked for");
    let gone = "told 1002 nobody";
    let error = format!("error 1002 user: {UNKNOWN} as r1");
    assert_eq!(lose(login, &format!("{TALKS}\n{gone}")), ["user 1002@ LOGOUT".to_owned(), error]);
}

#[test]
fn what_is_settled_or_has_no_id_says_nothing() {
    assert_eq!(lose("1001 HOLD 16 as r1\nheld 16 6001\nretrieved 16 6001", TALKS), Vec::<String>::new());
    assert_eq!(lose("1001 HOLD 16 as r1\ncontrol #1 34", TALKS), Vec::<String>::new());
    assert_eq!(lose("1001 HOLD 16", TALKS), Vec::<String>::new());
}

#[test]
fn nothing_is_sent_again_and_old_answers_are_void() {
    let mut world = check(BEFORE);
    world.play("1001 HOLD 16 as r1");
    world.check(READ);
    let said = world.check_finish(TALKS);
    assert!(said.iter().all(|line| !line.starts_with("send")), "{said:?}");
    world.check("conf #1\ncontrol #1 34");
    assert_eq!(world.domain.counters().late_answers, 2);
    assert_eq!(world.domain.poll_timeout(), None);
}

#[test]
fn the_events_kept_while_reading_are_bounded() {
    let mut world = check(BEFORE);
    world.check(READ);
    (0..5_000).for_each(|_| drop(world.play("held 16 6001")));
    (0..5_000).for_each(|_| drop(world.play("retrieved 16 6001")));
    assert_eq!(world.domain.counters().unheard_events, 10_000 - 8_192);
    let said = world.check_finish(TALKS);
    assert_eq!(
        said.last().map(String::as_str),
        Some("read 1001@6001"),
        "its events found no room: read again"
    );
}

#[test]
fn who_was_not_asked_for_is_unknown() {
    let mut world = check(BEFORE);
    world.check("lost\nbegin-recovery\nfinish\n user 1001@ UNKNOWN\n delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED\n user 1002@ UNKNOWN\n user 1003@ UNKNOWN");
    assert_eq!(world.domain.user(&AgentId::from("1001")).unwrap().since, None);
}

#[test]
fn a_snapshot_in_another_order_is_no_change() {
    let mut world = check(
        "live 1001@6001 1002@6002
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 6002
            post 1002 16 ALERTING 555:INITIATED 6002:ALERTING
        diverted 16 6002
            delete 1002 16 INITIATED 555:INITIATED 6002:DROPPED
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6002:DROPPED 6001:ALERTING
        established 16 555 > 6001
            put 1001 16 ACTIVE 555:ACTIVE 6002:DROPPED 6001:ACTIVE
        lost
        begin-recovery
        told 1001@6001 NOT_READY
        told 1002@6002 NOT_READY
        device 1002
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 6001:CONNECT 555:CONNECT
        finish",
    );
    assert!(!world.domain.on_call(&"1002".into()));
    world.check(
        "1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 6001:CONNECT 555:CONNECT
            user 1001@6001 NOT_READY as r1
            post 1001 16 ACTIVE 555:ACTIVE 6002:DROPPED 6001:ACTIVE",
    );
}

#[test]
fn a_party_that_left_in_the_gap_has_left() {
    let mut world = check(BEFORE);
    world.check(READ);
    world.check(
        "told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 var1=gold 6001:CONNECT
        finish
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE",
    );
}

/// 6001 placed the call, gave it away, and is called back: that he is the ANI makes him no caller, whether he was known
/// as one before the loss (first), or had answered as the called one before it (second).
#[test]
fn mapping_3_2_who_is_called_back_does_not_call() {
    let own = |before: &str, snapshot: &str, expected: &str| {
        check(&format!(
            "live 1001@6001
            {before}
            state 1001@6001 TALKING
                user 1001@6001 TALKING
            lost
            begin-recovery
            told 1001@6001 TALKING
            device 1001 20
                wants 20
            call 20 type 4 by 6001 to 777 {snapshot}
            finish
                {expected}"
        ))
    };
    own(
        "begin 20 type 9 by 6001
            post 1001 20 INITIATING 6001:INITIATING
        established 20 6001 > 777
            put 1001 20 ACTIVE 6001:ACTIVE 777:ACTIVE",
        "555:CONNECT 6001:ALERTING",
        "put 1001 20 ALERTING 6001:ALERTING 777:DROPPED 555:ACTIVE",
    );
    own(
        "begin 20 type 4 by 555
        delivered 20 555 > 6001
            post 1001 20 ALERTING 555:INITIATED 6001:ALERTING
        established 20 555 > 6001
            put 1001 20 ACTIVE 555:ACTIVE 6001:ACTIVE",
        "6001:CONNECT 99:ALERTING",
        "put 1001 20 ALERTING 555:DROPPED 6001:ACTIVE 99:ALERTING",
    );
}

/// 6009 is the phone of nobody, so its consultation is on no device that is read.
#[test]
fn cti_13_a_consultation_that_only_its_events_tell_of_belongs_to_its_call_as_before() {
    check(
        "live 1001@6001
        begin 16 type 10 by 6009 to 6001
        delivered 16 6009 > 6001
            post 1001 16 ALERTING 6009:INITIATED 6001:ALERTING
        established 16 6009 > 6001
            put 1001 16 ACTIVE 6009:ACTIVE 6001:ACTIVE
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        held 16 6009
            put 1001 16 ACTIVE 6009:HELD 6001:ACTIVE
        begin 17 type 12 by 6009 to 555
        service 17 6009 from 16
            put 1001 16 ACTIVE 6009:HELD 6001:ACTIVE with 17
        originated 17 6009 > 555
        delivered 17 6009 > 555
        lost
        begin-recovery
        told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 10 by 6009 to 6001 6009:HOLD 6001:CONNECT
        established 17 6009 > 555
        finish
            look 17 by 17/555 #1",
    );
}

/// 1001 gave his call to a queue, and wraps up over the loss; the call goes on.
#[test]
fn a_call_that_only_wrap_up_keeps_and_that_reaches_somebody_is_read() {
    check(
        "live 1001@6001 1002@6002
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        established 16 555 > 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        transferred 16 - by 6001 with 555
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED
        state 1001@6001 WORK
            user 1001@6001 WORK
            put 1001 16 ACTIVE 555:ACTIVE 6001:WRAP_UP
        lost
        begin-recovery
        told 1001@6001 WORK
        told 1002@6002 NOT_READY
        device 1001
        device 1002
        finish
            put 1001 16 DROPPED 555:DROPPED 6001:WRAP_UP
        delivered 16 555 > 6002
            put 1001 16 ALERTING 555:DROPPED 6001:WRAP_UP 6002:ALERTING
            post 1002 16 ALERTING 555:DROPPED 6001:WRAP_UP 6002:ALERTING
            look 16 by 16/6002 #1
            look at 6002 #2
        look #1 type 4 by 555 to 8000 555:CONNECT 6002:ALERTING
        look #2 at 6002 16:ALERTING
            put 1001 16 ALERTING 555:INITIATED 6001:WRAP_UP 6002:ALERTING (rebuilding)
            put 1002 16 ALERTING 555:INITIATED 6001:WRAP_UP 6002:ALERTING (rebuilding)",
    );
}
