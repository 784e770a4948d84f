//! What a server checks in OPEN_REQ (ged188.md sections 4.1 and 12).

use crate::{CallEventMask, ConfigMask, NULL_ID, OpenReq, ServiceMask, StatusCode};

/// Seconds; a heartbeat every 5 s and four of them (ged188.md section 4.2).
const IDLE_TIMEOUT_MIN: u32 = 20;

/// Bits that real clients set although no guide names them: 0x200 in the v15 capture, 0x4000 beside it is unused
/// (ged188.md section 8).
const TOLERATED_SERVICES: ServiceMask = ServiceMask(0x4200);

/// Whether the fields make sense in themselves.
pub(super) fn fields(request: &OpenReq) -> Result<(), StatusCode> {
    let known_services = ServiceMask::KNOWN | TOLERATED_SERVICES;
    let checks = [
        (known_services.contains(request.services_requested), StatusCode::INVALID_SERVICE_MASK),
        (CallEventMask::KNOWN.contains(request.call_msg_mask), StatusCode::INVALID_CALL_MSG_MASK),
        (agent_states_are_known(request), StatusCode::INVALID_AGENT_STATE_MASK),
        (ConfigMask::KNOWN.contains(request.config_msg_mask), StatusCode::INVALID_CONFIG_MSG_MASK),
        (reserved_is_zero(request), StatusCode::INVALID_RESERVED_FIELD),
        (request.idle_timeout >= IDLE_TIMEOUT_MIN, StatusCode::INVALID_TIMEOUT),
        (!request.client_id.is_empty() && device_is_named(request), StatusCode::REQUIRED_DATA_MISSING),
    ];
    checks.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, status)| Err(status))
}

/// Whether the password is this one; a closing NUL does not count.
pub(super) fn password(request: &OpenReq, wanted: Option<&str>) -> bool {
    let got = request.client_password.as_slice();
    let got = got.strip_suffix(&[0]).unwrap_or(got);
    wanted.is_none_or(|wanted| wanted.as_bytes() == got)
}

/// A session for one agent's device, not for all.
pub(super) fn is_for_one_device(request: &OpenReq) -> bool {
    request.services_requested.contains(ServiceMask::CLIENT_EVENTS)
}

fn agent_states_are_known(request: &OpenReq) -> bool {
    crate::AgentStateMask::KNOWN.contains(request.agent_state_mask)
}

fn reserved_is_zero(request: &OpenReq) -> bool {
    [request.reserved1, request.reserved2, request.reserved3] == [0; 3]
}

/// CLIENT_EVENTS needs a peripheral and at least one identifier of the agent.
fn device_is_named(request: &OpenReq) -> bool {
    let names = [&request.agent_id, &request.agent_extension, &request.agent_instrument];
    let named = request.peripheral_id != NULL_ID && names.iter().any(|name| !name.is_empty());
    named || !is_for_one_device(request)
}
