//! START_RECORDING (rest-api.md section 6.5).

use super::check;
use crate::command::{Change, Output, Refusal};
use crate::ids::CallId;

#[test]
fn recording_is_accepted_and_then_refused() {
    let mut world = check(
        "live 1001@6001 1002@6002
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING",
    );
    let mut record =
        |agent: &str, call| world.domain.start_recording(&agent.into(), CallId(call), Some("r1".into()));
    assert_eq!(record("1002", 16), Err(Refusal::NotParticipant));
    assert_eq!(record("1001", 17), Err(Refusal::UnknownDialog));
    assert_eq!(record("1001", 16), Ok(()));
    match world.domain.poll_output() {
        Some(Output::Changed(Change::Error { error, request, .. })) => {
            assert_eq!((error.kind.as_str(), error.data.as_str()), ("Generic Error", "22"));
            assert_eq!(request, Some("r1".into()));
        }
        other => panic!("{other:?}"),
    }
    assert!(world.domain.poll_output().is_none(), "nothing goes to CTI");
}
