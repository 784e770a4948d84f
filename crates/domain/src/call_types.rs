//! CTI CallType to REST `callType` (mapping.md section 3.6).

/// NULL_CALLTYPE: not told, or unchanged.
pub(crate) const UNTOLD: u16 = 0xFFFF;
/// TRANSFER_IN.
pub(crate) const TRANSFER: u16 = 4;
/// CONSULT.
pub(crate) const CONSULT: u16 = 12;
/// CONFERENCE.
pub(crate) const CONFERENCE: u16 = 15;

/// A supervisor listens by it: SUPERVISOR_MONITOR, SUPERVISOR_WHISPER.
pub(crate) fn is_session(call_type: u16) -> bool {
    matches!(call_type, 21 | 22)
}

/// The name of a call type. `ba_status` is the value of BAStatus, empty where there is none; `outgoing` decides
/// the name of types that have none of their own.
pub(crate) fn name(call_type: u16, ba_status: &str, outgoing: bool) -> &'static str {
    match call_type {
        1 => "ACD_IN",
        2 => "PREROUTE_ACD_IN",
        3 => "PREROUTE_DIRECT_AGENT",
        4 => "TRANSFER",
        5 => "OVERFLOW_IN",
        6 => "OTHER_IN",
        7 if ba_status.is_empty() => "AUTO_OUT",
        7 | 32..=34 | 37 => "OUTBOUND",
        8 => "AGENT_OUT",
        9 => "OUT",
        10 => "AGENT_INSIDE",
        11 => "OFFERED",
        12 => "CONSULT",
        13 => "CONSULT_OFFERED",
        14 => "CONSULT_CONFERENCE",
        15 => "CONFERENCE",
        16 => "UNMONITORED",
        17 => "PREVIEW",
        18 => reservation(ba_status),
        19 => "ASSIST_CALL",
        20 => "EMERGENCY",
        21 => "SUPERVISOR_MONITOR",
        22 => "SUPERVISOR_WHISPER",
        23 => "BARGE_IN_CONSULT",
        24 => "SUPERVISOR_INTERCEPT",
        25 => "TASK_ROUTED_BY_ICM",
        26 => "TASK_ROUTED_BY_APPLICATION",
        27 => "OUTBOUND_PREVIEW",
        28 => "OUTBOUND_DIRECT_PREVIEW",
        29 => "RESERVATION",
        30 => "OUTBOUND_CALLBACK_PREVIEW",
        31 => "OUTBOUND_PERSONAL_CALLBACK_PREVIEW",
        35 => "OUTBOUND_CALLBACK",
        36 => "OUTBOUND_PERSONAL_CALLBACK",
        38 => "NON_ACD",
        _ if outgoing => "OUT",
        _ => "OTHER_IN",
    }
}

/// rest-api.md section 6.1: campaign reservations. Blended agents have the same values with a prefix.
fn reservation(ba_status: &str) -> &'static str {
    match ba_status.strip_prefix("BLENDED_").unwrap_or(ba_status) {
        "PREVIEW_OUTBOUND_RESERVATION" => "OUTBOUND_PREVIEW",
        "DIRECT_PREVIEW_OUTBOUND_RESERVATION" => "OUTBOUND_DIRECT_PREVIEW",
        _ => "RESERVATION",
    }
}

/// Call types whose first event names the calling device (mapping.md section 3.1, BEGIN_CALL).
pub(crate) fn is_placed_by_agent(call_type: u16) -> bool {
    matches!(call_type, 8 | 9 | 10 | 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mapping_3_6_every_call_type_has_its_name() {
        let rows = "1 ACD_IN,2 PREROUTE_ACD_IN,3 PREROUTE_DIRECT_AGENT,4 TRANSFER,5 OVERFLOW_IN,6 OTHER_IN,\
            7 AUTO_OUT,8 AGENT_OUT,9 OUT,10 AGENT_INSIDE,11 OFFERED,12 CONSULT,13 CONSULT_OFFERED,\
            14 CONSULT_CONFERENCE,15 CONFERENCE,16 UNMONITORED,17 PREVIEW,18 RESERVATION,19 ASSIST_CALL,\
            20 EMERGENCY,21 SUPERVISOR_MONITOR,22 SUPERVISOR_WHISPER,23 BARGE_IN_CONSULT,\
            24 SUPERVISOR_INTERCEPT,25 TASK_ROUTED_BY_ICM,26 TASK_ROUTED_BY_APPLICATION,27 OUTBOUND_PREVIEW,\
            28 OUTBOUND_DIRECT_PREVIEW,29 RESERVATION,30 OUTBOUND_CALLBACK_PREVIEW,\
            31 OUTBOUND_PERSONAL_CALLBACK_PREVIEW,32 OUTBOUND,33 OUTBOUND,34 OUTBOUND,35 OUTBOUND_CALLBACK,\
            36 OUTBOUND_PERSONAL_CALLBACK,37 OUTBOUND,38 NON_ACD,39 OTHER_IN,65535 OTHER_IN";
        for row in rows.split(',') {
            let (number, expected) = row.trim().split_once(' ').unwrap();
            assert_eq!(name(number.parse().unwrap(), "", false), expected, "{number}");
        }
        assert_eq!(name(UNTOLD, "", true), "OUT");
        assert_eq!(name(7, "PROGRESSIVE_OUTBOUND", false), "OUTBOUND");
        assert_eq!(name(18, "BLENDED_PREVIEW_OUTBOUND_RESERVATION", false), "OUTBOUND_PREVIEW");
        assert_eq!(name(18, "DIRECT_PREVIEW_OUTBOUND_RESERVATION", false), "OUTBOUND_DIRECT_PREVIEW");
    }
}
