//! Mobile agents: both modes, and who may not be one (ged188.md section 10.1).

use std::time::Duration;

use ged188::*;
use switch::{Command, Hand, MobileMode};

use crate::world::*;

fn mobile(agent: &str, instrument: &str, mode: AgentWorkMode) -> SetAgentStateReq {
    SetAgentStateReq { agent_work_mode: mode, ..login(agent, instrument, PASSWORD) }
}

#[test]
fn call_by_call_signs_in_at_once() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    world.request(desk, mobile("1002", "61002;0312345678", AgentWorkMode::RA_CALL_BY_CALL));
    assert_eq!(
        world.told(desk),
        ["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT LOGIN", "AGENT_STATE_EVENT NOT_READY"]
    );
    let reached = world.pair.switch().agent("1002").unwrap().mobile.clone().unwrap();
    assert_eq!((reached.mode, reached.number.as_str()), (MobileMode::CallByCall, "0312345678"));
    world.request(desk, set_state("1002", AgentState::LOGOUT, 0));
    assert_eq!(world.pair.switch().agent("1002").unwrap().mobile, None);
}

#[test]
fn a_nailed_up_line_is_answered_first_and_its_end_signs_out() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    world.request(desk, mobile("1002", "61002;0312345678", AgentWorkMode::RA_NAILED_CONNECTION));
    assert_eq!(world.told(desk), ["SET_AGENT_STATE_CONF"]);
    world.wait(Duration::from_secs(1));
    assert_eq!(world.told(desk), ["AGENT_STATE_EVENT LOGIN", "AGENT_STATE_EVENT NOT_READY"]);
    world.command(Command::HangUp(Hand { device: "0312345678".into(), call: None })).unwrap();
    assert_eq!(world.told(desk), ["AGENT_STATE_EVENT LOGOUT 50042"]);
}

#[test]
fn a_line_that_cannot_be_nailed_up_refuses_the_agent_each_time() {
    for (number, after) in [("0300000486", 0), ("0398765432", 20)] {
        let mut world = World::new(pair_config(demo(4)));
        let desk = world.desk(17);
        for _ in 0..2 {
            let instrument = format!("61002;{number}");
            world.request(desk, mobile("1002", &instrument, AgentWorkMode::RA_NAILED_CONNECTION));
            world.wait(Duration::from_secs(after));
            assert_eq!(world.told(desk), ["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT LOGOUT 50040"]);
        }
    }
}

#[test]
fn mapping_4_1_who_may_not_be_mobile_is_refused() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    for (request, expected) in [
        (mobile("1001", "1001;0312345678", AgentWorkMode::RA_CALL_BY_CALL), "CONTROL_FAILURE_CONF 265 0"),
        (mobile("1002", "61002;", AgentWorkMode::RA_CALL_BY_CALL), "CONTROL_FAILURE_CONF 260 0"),
        (mobile("1002", "61002;1001", AgentWorkMode::RA_NAILED_CONNECTION), "CONTROL_FAILURE_CONF 260 0"),
        (mobile("1002", "5555;0312345678", AgentWorkMode::RA_CALL_BY_CALL), "CONTROL_FAILURE_CONF 260 0"),
    ] {
        world.request(desk, request);
        assert_eq!(world.told(desk), [expected]);
    }
}
