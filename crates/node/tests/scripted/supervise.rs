//! A supervisor listens to a member of his team and joins him, by REST (rest-api.md section 6.4).

use ged188::{
    AgentState, BeginCallEvent, CallDeliveredEvent, CallEstablishedEvent, CallHeldEvent, CallType,
    DeviceIdType, Message, SuperviseCallReq, SupervisoryAction,
};
use node::domain::Person;
use node::ged188;

use crate::rights::supervisor;
use crate::stage::*;

const OWN: &str = "/finesse/api/User/1001/Dialogs";
const SESSION: u32 = 78;

fn monitor(to: &str) -> String {
    format!(
        "<Dialog><requestedAction>SILENT_MONITOR</requestedAction><fromAddress>61001</fromAddress>\
         <toAddress>{to}</toAddress></Dialog>"
    )
}

fn barge(session: u32) -> String {
    format!(
        "<Dialog><requestedAction>BARGE_CALL</requestedAction><fromAddress>61001</fromAddress>\
         <toAddress>61002</toAddress><associatedDialogUri>/finesse/api/Dialog/{session}</associatedDialogUri></Dialog>"
    )
}

/// Supervisor 1001 is Not Ready at 61001, and 1002 of his team talks at 61002, in call 77.
fn team_at_work() -> Stage {
    let mut stage = Stage::with_team_for(supervisor());
    stage.state_of("1001", AgentState::NOT_READY);
    stage.state_of("1003", AgentState::NOT_READY);
    stage.member_is(AgentState::TALKING);
    stage.call(77, CallType::PREROUTE_ACD_IN, "0311112222", "61002");
    stage.heard.clear();
    stage
}

fn listening() -> Stage {
    let mut stage = team_at_work();
    stage.call(SESSION, CallType::SUPERVISOR_MONITOR, "61001", "61002");
    stage
}

impl Stage {
    /// A call that was answered.
    pub(crate) fn call(&mut self, id: u32, call_type: CallType, from: &str, to: &str) {
        self.say(Message::BeginCallEvent(BeginCallEvent {
            peripheral_id: 5000,
            call_type,
            connection_call_id: id,
            connection_device_id: from.into(),
            ani: from.into(),
            ..Default::default()
        }));
        self.say(Message::CallDeliveredEvent(CallDeliveredEvent {
            peripheral_id: 5000,
            connection_call_id: id,
            connection_device_id: to.into(),
            alerting_device_type: DeviceIdType::AGENT_DEVICE,
            alerting_device_id: to.into(),
            calling_device_id: from.into(),
            called_device_id: to.into(),
            ..Default::default()
        }));
        self.say(Message::CallEstablishedEvent(CallEstablishedEvent {
            peripheral_id: 5000,
            connection_call_id: id,
            connection_device_id: to.into(),
            answering_device_type: DeviceIdType::AGENT_DEVICE,
            answering_device_id: to.into(),
            calling_device_id: from.into(),
            called_device_id: to.into(),
            ..Default::default()
        }));
    }

    fn supervised(&self) -> Option<&SuperviseCallReq> {
        self.heard.iter().rev().find_map(|message| match message {
            Message::SuperviseCallReq(request) => Some(request),
            _ => None,
        })
    }
}

#[test]
fn a_supervisor_listens_and_barges_in() {
    let mut stage = team_at_work();
    assert_eq!(stage.ask("POST", OWN, &monitor("61002")), (202, String::new()));
    let sent = stage.supervised().unwrap();
    assert_eq!(
        (sent.supervisory_action, sent.agent_instrument.as_str()),
        (SupervisoryAction::MONITOR, "61002")
    );
    assert_eq!(sent.supervisor_instrument, "61001");

    let mut stage = listening();
    let (_, session) = stage.ask("GET", &format!("/finesse/api/Dialog/{SESSION}"), "");
    assert!(session.contains("<callType>SUPERVISOR_MONITOR</callType>"), "{session}");
    let about = "<associatedDialogUri>/finesse/api/Dialog/77</associatedDialogUri>";
    assert!(session.contains(about), "{session}");
    assert_eq!(stage.ask("POST", OWN, &barge(SESSION)), (202, String::new()));
    let sent = stage.supervised().unwrap();
    assert_eq!(sent.supervisory_action, SupervisoryAction::BARGE_IN);
    assert_eq!((sent.agent_connection_call_id, sent.supervisor_connection_call_id), (77, SESSION));
}

#[test]
fn who_may_not_listen() {
    let mut stage = team_at_work();
    let refused = |stage: &mut Stage, path: &str, body: &str| stage.refused("POST", path, body);
    assert_eq!(refused(&mut stage, OWN, &monitor("61003")), (401, "Invalid Supervisor".into()));
    assert_eq!(refused(&mut stage, OWN, &monitor("69999")), (400, "Invalid Destination".into()));
    assert_eq!(refused(&mut stage, OWN, &monitor("61001")), (400, "Invalid Destination".into()));
    let another = monitor("61002").replace("61001", "61003");
    assert_eq!(refused(&mut stage, OWN, &another), (400, "Invalid Input".into()));
    let foreign = "/finesse/api/User/1002/Dialogs";
    let wrong_user = (401, "Invalid Authorization User Specified".to_owned());
    assert_eq!(refused(&mut stage, foreign, &monitor("61002")), wrong_user);
    stage.state_of("1001", AgentState::AVAILABLE);
    assert_eq!(refused(&mut stage, OWN, &monitor("61002")), (400, "Invalid State".into()));
    stage.state_of("1001", AgentState::NOT_READY);
    for person in [person(), Person { supervises: Vec::new(), ..supervisor() }] {
        stage.person = person;
        assert_eq!(refused(&mut stage, OWN, &monitor("61002")), (401, "Invalid Supervisor".into()));
    }
    assert_eq!(stage.administer("POST", OWN, &monitor("61002")), Some(401));
    assert!(stage.supervised().is_none(), "{:?}", stage.heard);
}

#[test]
fn who_may_not_barge_in() {
    let mut stage = team_at_work();
    let refused = |stage: &mut Stage, body: &str| stage.refused("POST", OWN, body);
    assert_eq!(refused(&mut stage, &barge(SESSION)), (400, "Invalid State".into()), "he listens to nobody");
    assert_eq!(refused(&mut stage, &barge(77)), (400, "Invalid State".into()), "that is no session");
    let mut stage = listening();
    let elsewhere = barge(SESSION).replace("61002", "61003");
    assert_eq!(refused(&mut stage, &elsewhere), (400, "Invalid Destination".into()));
    stage.say(Message::CallHeldEvent(CallHeldEvent {
        peripheral_id: 5000,
        connection_call_id: 77,
        connection_device_id: "61002".into(),
        holding_device_type: DeviceIdType::AGENT_DEVICE,
        holding_device_id: "61002".into(),
        ..Default::default()
    }));
    assert_eq!(refused(&mut stage, &barge(SESSION)), (400, "Invalid Destination".into()), "the call is held");
    assert!(stage.supervised().is_none(), "{:?}", stage.heard);
}
