//! What a dialog of several parties shows, and what its requests say on the wire (mapping.md sections 3.4 to 3.6).

use ged188::{ConnectionDeviceIdType, ConsultType, Message, NULL_ID};

use super::beginnings::{conferring, consulting, talking};
use super::script::{World, person};
use crate::command::{Command, Output, Person};
use crate::ids::{AgentId, CallId};
use crate::view::Action;

fn actions(world: &World, call: u32, address: &str) -> Vec<Action> {
    let dialog = world.dialog(call);
    let leg = dialog.legs.iter().find(|leg| leg.address == address).unwrap();
    leg.actions.clone()
}

fn sent(world: &mut World, command: Command) -> Message {
    world.domain.command(command, None, world.now).unwrap();
    match world.domain.poll_output() {
        Some(Output::Request(_, message)) => message,
        other => panic!("no request but {other:?}"),
    }
}

#[test]
fn mapping_3_4_the_actions_from_consult_to_conference() {
    use Action::{
        Conference, ConsultCall, Drop, Hold, Retrieve, SendDtmf, Transfer, TransferSst, UpdateCallData,
    };
    let alone = [Hold, Drop, UpdateCallData, ConsultCall, SendDtmf, TransferSst];
    let beside = [Hold, Drop, UpdateCallData, SendDtmf, TransferSst];
    assert_eq!(actions(&talking(), 16, "6001"), alone);
    let mut world = talking();
    world.play("held 16 6001");
    assert_eq!(actions(&world, 16, "6001"), [Retrieve, Drop, UpdateCallData]);
    world.play("begin 17 type 12 by 6001 to 6002");
    world.play("delivered 17 6001 > 6002");
    assert_eq!(actions(&world, 16, "6001"), [Retrieve, Drop, UpdateCallData], "it only rings");
    world.play("established 17 6001 > 6002");
    assert_eq!(actions(&world, 16, "6001"), [Retrieve, Drop, UpdateCallData, Transfer, Conference]);
    assert_eq!(actions(&world, 17, "6001"), beside);
    assert_eq!(actions(&world, 17, "6002"), alone, "the original is no call of the consulted");
    assert_eq!(actions(&conferring(), 16, "6001"), alone);
    assert_eq!(actions(&conferring(), 16, "555"), alone, "outsiders show what an agent would");
}

#[test]
fn mapping_3_4_a_supervisor_in_a_conference_may_drop_agents() {
    let mut world = consulting();
    let supervisor = Person { supervisor: true, ..person("1001") };
    world.domain.known(supervisor, world.now);
    while world.domain.poll_output().is_some() {}
    assert!(!actions(&world, 17, "6001").contains(&Action::ParticipantDrop), "no conference");
    world.play("conferenced 16 17 by 6001 with 555 6001 6002");
    assert!(actions(&world, 16, "6001").contains(&Action::ParticipantDrop));
    assert!(!actions(&world, 16, "6002").contains(&Action::ParticipantDrop), "no supervisor");
    world.check(
        "1002 KICK 16 6001 as r1
            error 1002 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r1
        1001 KICK 16 555 as r2
            refused InvalidDestination
        1001 KICK 16 6003 as r3
            refused InvalidDestination
        1003 KICK 16 6002 as r4
            refused NotParticipant",
    );
    let command =
        Command::DropParticipant { agent: "1001".into(), call: CallId(16), party: "6002".to_owned() };
    match sent(&mut world, command) {
        Message::ClearConnectionReq(req) => {
            assert_eq!((req.connection_call_id, req.connection_device_id.as_str()), (16, "6002"));
            assert_eq!((req.requesting_device_id.as_str(), req.agent_instrument.as_str()), ("6001", "6001"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn rest_4_3_a_participant_drop_is_answered_by_the_leaving() {
    let mut world = consulting();
    let supervisor = Person { supervisor: true, ..person("1001") };
    world.domain.known(supervisor, world.now);
    world.play("conferenced 16 17 by 6001 with 555 6001 6002");
    world.check(
        "1001 KICK 16 6002 as r1
            send CLEAR_CONNECTION_REQ #1
        conf #1
        held 16 555
            put 1001 16 ACTIVE 555:HELD 6001:ACTIVE 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:HELD 6001:ACTIVE 6002:ACTIVE had 17
        gone 16 6002
            put 1001 16 ACTIVE 555:HELD 6001:ACTIVE 6002:DROPPED had 17 as r1
            put 1002 16 ACTIVE 555:HELD 6001:ACTIVE 6002:DROPPED had 17",
    );
}

#[test]
fn mapping_3_1_the_survivor_keeps_its_addresses_and_data() {
    for event in ["transferred 16 17 by 6001 with 555 6002", "conferenced 16 17 by 6001 with 555 6001 6002"] {
        let mut world = consulting();
        let before = world.dialog(16);
        world.play("data 17 var3=lead");
        world.play(event);
        world.play("end 17");
        let after = world.dialog(16);
        assert_eq!((after.from, after.to, after.variables), (before.from, before.to, before.variables));
        assert_eq!((after.associated, after.secondary), (None, Some(CallId(17))));
        assert!(world.domain.dialog(CallId(17)).is_none());
        let moved = after.legs.iter().find(|leg| leg.address == "6002").unwrap();
        assert_eq!((moved.agent_device, moved.agent.clone()), (true, Some(AgentId::from("1002"))));
    }
}

#[test]
fn mapping_3_6_the_type_of_a_call_of_several_parties() {
    let mut world = consulting();
    assert_eq!((world.dialog(16).call_type, world.dialog(17).call_type), ("PREROUTE_ACD_IN", "CONSULT"));
    world.play("transferred 16 17 by 6001 with 555 6002");
    world.play("data 16 type 4");
    assert_eq!(world.dialog(16).call_type, "TRANSFER");
    assert_eq!(conferring().dialog(16).call_type, "CONFERENCE");
}

#[test]
fn mapping_3_5_the_fields_of_consult_and_dtmf() {
    let (agent, call) = (AgentId::from("1001"), CallId(16));
    let mut world = talking();
    match sent(&mut world, Command::SendDtmf { agent: agent.clone(), call, digits: "42#".to_owned() }) {
        Message::SendDtmfSignalReq(req) => {
            assert_eq!((req.connection_call_id, req.connection_device_id.as_str()), (16, "16/6001"));
            assert_eq!((req.dtmf_string.as_str(), req.tone_duration, req.pause_duration), ("42#", 0, 0));
        }
        other => panic!("{other:?}"),
    }
    world.play("conf #1");
    match sent(&mut world, Command::Consult { agent: agent.clone(), call, to: "6002".to_owned() }) {
        Message::ConsultationCallReq(req) => {
            assert_eq!(
                (req.active_connection_call_id, req.active_connection_device_id.as_str()),
                (16, "16/6001")
            );
            assert_eq!((req.dialed_number.as_str(), req.consult_type), ("6002", ConsultType::TRANSFER));
            assert_eq!(req.agent_instrument, "6001");
        }
        other => panic!("{other:?}"),
    }
    let mut world = talking();
    match sent(&mut world, Command::SingleStepTransfer { agent, call, to: "777".to_owned() }) {
        Message::TransferCallReq(req) => {
            assert_eq!(
                (req.active_connection_call_id, req.active_connection_device_id.as_str()),
                (16, "16/6001")
            );
            assert_eq!(req.held_connection_call_id, NULL_ID);
            assert_eq!(req.held_connection_device_id_type, ConnectionDeviceIdType::NONE);
            assert_eq!((req.held_connection_device_id.as_str(), req.dialed_number.as_str()), ("", "777"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn mapping_3_5_the_pair_is_the_same_whichever_dialog_is_named() {
    for named in [16, 17] {
        let (agent, call) = (AgentId::from("1001"), CallId(named));
        match sent(&mut consulting(), Command::Transfer { agent: agent.clone(), call }) {
            Message::TransferCallReq(req) => {
                assert_eq!(
                    (req.held_connection_call_id, req.held_connection_device_id.as_str()),
                    (16, "16/6001")
                );
                assert_eq!(
                    (req.active_connection_call_id, req.active_connection_device_id.as_str()),
                    (17, "17/6001")
                );
            }
            other => panic!("{other:?}"),
        }
        match sent(&mut consulting(), Command::Conference { agent, call }) {
            Message::ConferenceCallReq(req) => {
                assert_eq!(
                    (req.held_connection_call_id, req.held_connection_device_id.as_str()),
                    (16, "16/6001")
                );
                assert_eq!(
                    (req.active_connection_call_id, req.active_connection_device_id.as_str()),
                    (17, "17/6001")
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn mapping_3_5_the_active_dialog_is_not_enough_where_two_others_are_held() {
    let mut world = consulting();
    world.play("delivered 18 666 > 6001");
    world.play("established 18 666 > 6001");
    world.play("held 17 6001");
    world.check(
        "1001 TRANSFER 18 as r1
            error 1001 dialog 18: Generic Error 22 CF_INVALID_OBJECT_STATE as r1
        1001 TRANSFER 17 as r2
            send TRANSFER_CALL_REQ #1",
    );
}

#[test]
fn mapping_4_2_dtmf_is_refused_by_state_and_by_form_and_done_when_confirmed() {
    let mut world = talking();
    world.check(
        "1001 DTMF 16 42# as r1
            send SEND_DTMF_SIGNAL_REQ #1
        1001 DTMF 16 1 as r2
        conf #1
            send SEND_DTMF_SIGNAL_REQ #2
        control #2 3
            error 1001 dialog 16: Call Operation Failure 3 CF_VALUE_OUT_OF_RANGE as r2
        1001 DTMF 16 01234567890123456789012345678901 as r3
            error 1001 dialog 16: Call Operation Failure 3 CF_VALUE_OUT_OF_RANGE as r3
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        1001 DTMF 16 1 as r4
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r4
        at 300",
    );
    assert_eq!(world.domain.poll_timeout(), None, "nothing is waited for");
}

#[test]
fn teams_make_no_difference_to_a_transfer() {
    let mut world = consulting();
    for (id, team) in [("1001", 1), ("1002", 2)] {
        let team = Some((crate::ids::TeamId(team), format!("Team {team}")));
        world.domain.known(Person { team, ..person(id) }, world.now);
    }
    while world.domain.poll_output().is_some() {}
    world.check(
        "transferred 16 17 by 6001 with 555 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            post 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17",
    );
    assert_ne!(world.user("1001").team, world.user("1002").team);
}

#[test]
fn the_parties_of_a_call_are_bounded_and_who_has_left_makes_room() {
    let mut world = talking();
    for number in 7000..7080 {
        world.play(&format!("delivered 16 555 > {number}"));
        world.play(&format!("established 16 555 > {number}"));
        world.play(&format!("gone 16 {number}"));
    }
    let dialog = world.dialog(16);
    assert_eq!(dialog.legs.len(), 64);
    assert!(dialog.legs.iter().any(|leg| leg.address == "7079"));
    assert_eq!(actions(&world, 16, "6001").first(), Some(&Action::Hold), "who lives keeps his place");
}
