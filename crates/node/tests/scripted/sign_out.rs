//! How an agent signs out where reason codes are configured for it (rest-api.md sections 3.3 and 5.4).

use ged188::{AgentState, Message};
use node::domain::{ReasonCategory, ReasonCode, Resources};
use node::ged188;

use crate::stage::*;

const WITHOUT_REASON: &str = "<User><state>LOGOUT</state></User>";
const WITH_REASON: &str = "<User><state>LOGOUT</state><reasonCodeId>3</reasonCodeId></User>";
const WITH_UNKNOWN_REASON: &str = "<User><state>LOGOUT</state><reasonCodeId>9</reasonCodeId></User>";

/// Agent 1001 is Not Ready, and has to say why he signs out.
fn stage() -> Stage {
    let code = ReasonCode {
        id: 3,
        category: ReasonCategory::Logout,
        code: 21,
        label: "End of shift".into(),
        for_all: true,
        system: false,
    };
    let resources = Resources { reasons: [code].into_iter().collect(), ..Resources::default() };
    let mut stage = Stage::with(node::Config { resources, ..config() });
    stage.serve();
    stage.heard.clear();
    stage
}

impl Stage {
    fn sign_out(&mut self, body: &str) -> (u16, String) {
        self.ask("PUT", "/finesse/api/User/1001", body)
    }
}

#[test]
fn who_is_signed_out_cannot_sign_out_with_a_reason_or_without() {
    let mut stage = stage();
    stage.say(agent_state(AgentState::LOGOUT));
    for body in [WITHOUT_REASON, WITH_REASON, WITH_UNKNOWN_REASON] {
        let (status, answer) = stage.sign_out(body);
        assert_eq!(status, 400);
        assert!(answer.contains("<ErrorType>Invalid State</ErrorType>"), "{answer}");
    }
    assert!(!stage.heard.iter().any(|message| matches!(message, Message::SetAgentStateReq(_))));
}

#[test]
fn who_is_signed_in_has_to_give_a_reason_that_exists() {
    let mut stage = stage();
    let (status, answer) = stage.sign_out(WITHOUT_REASON);
    assert!(status == 400 && answer.contains("<ErrorType>Parameter Missing</ErrorType>"), "{answer}");
    let (status, answer) = stage.sign_out(WITH_UNKNOWN_REASON);
    assert!(status == 400 && answer.contains("<ErrorType>Invalid Input</ErrorType>"), "{answer}");
    assert_eq!(stage.sign_out(WITH_REASON).0, 202);
    let Message::SetAgentStateReq(sent) = stage.last() else { panic!("{:?}", stage.heard) };
    assert_eq!((sent.agent_state, sent.event_reason_code), (AgentState::LOGOUT, 21));
}
