//! Supervisors listen to agents, join them, and lose them (rest-api.md sections 6.3 to 6.5, mapping.md sections 3.4 and 3.5).

use ged188::{Message, SupervisoryAction};

use super::beginnings::talking;
use super::script::{World, person};
use crate::command::{Command, Output, Person};
use crate::ids::{AgentId, CallId, TeamId};
use crate::view::Action;

/// 1001 talks to a caller; 1003, Not Ready, supervises 1001 and 1002.
fn supervised() -> World {
    let mut world = talking();
    let team = || (TeamId(500), "Sales".to_owned());
    for id in ["1001", "1002"] {
        world.domain.known(Person { team: Some(team()), ..person(id) }, world.now);
    }
    let boss = Person { supervisor: true, supervises: vec![team()], ..person("1003") };
    world.domain.known(boss, world.now);
    while world.domain.poll_output().is_some() {}
    world
}

/// The same, and 1003 listens to 1001.
fn listening() -> World {
    let mut world = supervised();
    world.check(
        "1003 MONITOR 6001 as r1
            send SUPERVISE_CALL_REQ #1
        conf #1 session 20
        begin 20 type 21 by 6003 to 6001
        service 20 6003
            post 1003 20 INITIATING 6003:INITIATING as r1
        state 1003@6003 TALKING
            user 1003@6003 TALKING
        originated 20 6003 > 6001
            put 1003 20 INITIATED 6003:INITIATED
        delivered 20 6003 > 6001
        established 20 6003 > 6001
            post 1001 20 ACTIVE 6003:ACTIVE 6001:ACTIVE with 16
            put 1003 20 ACTIVE 6003:ACTIVE 6001:ACTIVE with 16",
    );
    world
}

fn actions(world: &World, call: u32, address: &str) -> Vec<Action> {
    let legs = world.dialog(call).legs;
    legs.into_iter().find(|leg| leg.address == address).unwrap().actions
}

fn sent(world: &mut World, command: Command) -> ged188::SuperviseCallReq {
    world.domain.command(command, None, world.now).unwrap();
    let outputs = std::iter::from_fn(|| world.domain.poll_output());
    let requests = outputs.filter_map(|output| match output {
        Output::Request(_, Message::SuperviseCallReq(request)) => Some(request),
        _ => None,
    });
    requests.last().expect("nothing was sent")
}

#[test]
fn rest_6_3_a_session_is_a_dialog_of_both_and_the_agents_call_is_untouched() {
    let world = listening();
    let session = world.dialog(20);
    assert_eq!((session.call_type, session.associated), ("SUPERVISOR_MONITOR", Some(CallId(16))));
    assert_eq!((session.from.as_str(), session.to.as_str()), ("6003", "6001"));
    assert_eq!(session.wrap_up_reason, None);
    assert_eq!((actions(&world, 20, "6003"), actions(&world, 20, "6001")), (vec![Action::Drop], vec![]));
    let talking = talking();
    assert_eq!(world.dialog(16), talking.dialog(16), "what he may do, too");
}

#[test]
fn mapping_3_5_what_is_asked_of_cti() {
    let mut world = supervised();
    let boss = || AgentId::from("1003");
    let request = sent(&mut world, Command::SilentMonitor { agent: boss(), to: "6001".to_owned() });
    assert_eq!(request.supervisory_action, SupervisoryAction::MONITOR);
    assert_eq!((request.agent_instrument.as_str(), request.supervisor_instrument.as_str()), ("6001", "6003"));
    assert_eq!(
        (request.agent_connection_call_id, request.supervisor_connection_call_id),
        (u32::MAX, u32::MAX)
    );

    let mut world = listening();
    let to = "6001".to_owned();
    let request = sent(&mut world, Command::Barge { agent: boss(), session: CallId(20), to });
    assert_eq!(request.supervisory_action, SupervisoryAction::BARGE_IN);
    assert_eq!((request.agent_connection_call_id, request.supervisor_connection_call_id), (16, 20));
    assert_eq!(request.agent_connection_device_id, "16/6001");

    let mut world = listening();
    let drop = Command::CallAction { agent: boss(), call: CallId(20), action: Action::Drop };
    let request = sent(&mut world, drop);
    assert_eq!(request.supervisory_action, SupervisoryAction::CLEAR);
    assert_eq!((request.supervisor_connection_call_id, request.supervisor_instrument.as_str()), (20, "6003"));
}

#[test]
fn rest_6_5_drop_of_the_supervisor_ends_the_session() {
    listening().check(
        "1001 DROP 20 as r2
            error 1001 dialog 20: Generic Error 22 CF_INVALID_OBJECT_STATE as r2
        1003 DROP 20 as r3
            send SUPERVISE_CALL_REQ #2
        conf #2
        gone 20 6003
            put 1001 20 ACTIVE 6003:DROPPED 6001:ACTIVE with 16
            put 1003 20 ACTIVE 6003:DROPPED 6001:ACTIVE with 16 as r3
        gone 20 6001
            put 1001 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            put 1003 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            send RELEASE_CALL_REQ #3
        cleared 20
        state 1003@6003 NOT_READY
            user 1003@6003 NOT_READY
        end 20
            delete 1001 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            delete 1003 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
        gone 16 555
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE",
    );
}

#[test]
fn the_agents_wrap_up_is_that_of_his_call_and_not_of_the_session() {
    listening().check(
        "gone 16 555
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE
        gone 16 6001
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
        cleared 16
        gone 20 6003
            put 1001 20 ACTIVE 6003:DROPPED 6001:ACTIVE with 16
            put 1003 20 ACTIVE 6003:DROPPED 6001:ACTIVE with 16
        gone 20 6001
            put 1001 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            put 1003 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            send RELEASE_CALL_REQ #2
        cleared 20
        state 1001@6001 WORK_NOT_READY
            user 1001@6001 WORK
            put 1001 16 DROPPED 555:DROPPED 6001:WRAP_UP
        end 20
            delete 1001 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            delete 1003 20 DROPPED 6003:DROPPED 6001:DROPPED with 16",
    );
}

#[test]
fn rest_6_5_barging_in_puts_the_supervisor_into_the_call() {
    let mut world = listening();
    world.check(
        "1003 BARGE 20 6001 as r2
            send SUPERVISE_CALL_REQ #2
        conf #2 session 16
        conferenced 16 20 by 6001 with 555 6001 6003
            delete 1001 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            delete 1003 20 DROPPED 6003:DROPPED 6001:DROPPED with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6003:ACTIVE had 20
            post 1003 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6003:ACTIVE had 20 as r2
        data 16 type 15
        end 20",
    );
    assert!(actions(&world, 16, "6003").contains(&Action::ParticipantDrop));
    assert!(actions(&world, 16, "6001").contains(&Action::Hold));
    world.check(
        "1003 KICK 16 6001 as r3
            send CLEAR_CONNECTION_REQ #3
        conf #3
        gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6003:ACTIVE had 20
            put 1003 16 ACTIVE 555:ACTIVE 6001:DROPPED 6003:ACTIVE had 20 as r3",
    );
}

#[test]
fn rest_6_4_what_is_refused_before_cti_is_asked() {
    let mut world = supervised();
    world.check(
        "1003 MONITOR 6003
            refused InvalidDestination
        1003 MONITOR 7777
            refused InvalidDestination
        1002 MONITOR 6001
            refused NotSupervisor
        1003 BARGE 16 6001
            refused InvalidState
        1003 BARGE 99 6001
            refused InvalidState
        state 1003@6003 AVAILABLE
            user 1003@6003 READY
        1003 MONITOR 6001
            refused InvalidState",
    );
    let mut world = listening();
    world.check(
        "1003 BARGE 20 6002
            refused InvalidDestination
        1001 BARGE 20 6001
            refused InvalidState
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        1003 BARGE 20 6001
            refused InvalidDestination",
    );
}

#[test]
fn rest_3_3_barging_in_needs_the_controller_and_room() {
    for (parties, controller, refused) in
        [(2, "6001", None), (2, "6002", Some(20_999)), (15, "6001", Some(20_700))]
    {
        let mut world = listening();
        let others: Vec<String> = (0..parties).map(|number| format!("77{number:02}")).collect();
        world.play(&format!("begin 17 type 12 by {controller} to 7700"));
        for other in &others {
            world.play(&format!("established 17 {controller} > {other}"));
        }
        world.play(&format!("conferenced 16 17 by {controller} with 555 6001 {}", others.join(" ")));
        let said = world.play("1003 BARGE 20 6001");
        match refused {
            None => assert_eq!(said, ["send SUPERVISE_CALL_REQ #2"]),
            Some(20_999) => assert!(said.contains(&"refused NotController".to_owned()), "{said:?}"),
            Some(_) => assert!(said.contains(&"refused BridgeFull".to_owned()), "{said:?}"),
        }
    }
}

#[test]
fn mapping_4_2_what_cti_refuses() {
    for (answer, error) in [
        ("control #1 22 13145", "13145 22 CF_INVALID_OBJECT_STATE"),
        ("control #1 22 0", "Invalid State 22 CF_INVALID_OBJECT_STATE"),
        ("control #1 33 0", "Call Operation Failure 33 CF_RESOURCE_BUSY"),
        ("failure #1 64", "Call Operation Failure 64 E_CTI_SUPERVISOR_NOT_FOUND"),
    ] {
        supervised().check(&format!(
            "1003 MONITOR 6001 as r1
                send SUPERVISE_CALL_REQ #1
            {answer}
                error 1003 dialogs: {error} as r1"
        ));
    }
    listening().check(
        "1003 BARGE 20 6001 as r2
            send SUPERVISE_CALL_REQ #2
        control #2 22 20999
            error 1003 dialogs: Call Operation Failure 22 CF_INVALID_OBJECT_STATE as r2",
    );
}

/// Everything is read again; the session is among it, or not.
fn lose(world: &mut World, with_session: bool) -> Vec<String> {
    for input in ["lost", "begin-recovery", "told 1001@6001 TALKING", "told 1002@6002 NOT_READY"] {
        world.play(input);
    }
    let (boss, own) = if with_session { ("TALKING", "20") } else { ("NOT_READY", "") };
    world.play(&format!("told 1003@6003 {boss}"));
    world.play(&format!("device 1001 16:CONNECT {}", own.replace("20", "20:CONNECT")));
    world.play("device 1002");
    world.play(&format!("device 1003 {}", own.replace("20", "20:CONNECT")));
    world.play("call 16 type 2 to 8000 var3=gold 555:CONNECT 6001:CONNECT");
    if with_session {
        world.play("call 20 type 21 by 6003 to 6001 6003:CONNECT 6001:CONNECT");
    }
    world.play("finish")
}

#[test]
fn cti_14_a_session_that_lasts_shows_as_before() {
    let mut world = listening();
    let before = world.dialog(20);
    assert_eq!(lose(&mut world, true), [""; 0]);
    assert_eq!(world.dialog(20), before);
    assert_eq!(actions(&world, 20, "6003"), [Action::Drop]);
}

#[test]
fn cti_14_a_session_that_ended_meanwhile_is_gone_with_a_reason() {
    let mut world = listening();
    let said = lose(&mut world, false);
    assert!(said.iter().any(|line| line.starts_with("delete 1003 20 DROPPED")), "{said:?}");
    assert!(said.iter().any(|line| line.starts_with("delete 1001 20 DROPPED")), "{said:?}");
    let reason = "error 1003 dialog 20: Generic Error 0 MONITORING_ENDED_WHILE_OUT_OF_SERVICE";
    assert_eq!(said.iter().filter(|line| line.starts_with("error")).collect::<Vec<_>>(), [reason]);
}

#[test]
fn cti_14_who_wanted_the_session_to_end_hears_no_reason() {
    let mut world = listening();
    world.play("1003 DROP 20 as r3");
    let said = lose(&mut world, false);
    assert_eq!(said.iter().filter(|line| line.starts_with("error")).count(), 0, "{said:?}");
}
