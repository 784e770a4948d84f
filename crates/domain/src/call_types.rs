//! CTI CallType to REST `callType` (mapping.md section 3.6).

use crate::campaigns::Campaign;

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
        7 => customer(ba_status),
        32..=34 | 37 => "OUTBOUND",
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

/// What a call of this type is to a campaign; a transfer or a conference keeps its BAStatus (rest-api.md section 6.1).
pub(crate) fn campaign(call_type: u16, ba_status: &str) -> Campaign {
    match call_type {
        27 | 28 | 30 | 31 => Campaign::Reservation,
        18 if reservation(ba_status) != "RESERVATION" => Campaign::Reservation,
        32..=37 => Campaign::Customer,
        7 | TRANSFER | CONFERENCE if !ba_status.is_empty() => Campaign::Customer,
        _ => Campaign::None,
    }
}

/// Versions before 19 tell reservations apart by BAStatus only (rest-api.md section 6.1). Blended agents have the same
/// values with a prefix.
fn reservation(ba_status: &str) -> &'static str {
    match unblended(ba_status) {
        "PREVIEW_OUTBOUND_RESERVATION" => "OUTBOUND_PREVIEW",
        "DIRECT_PREVIEW_OUTBOUND_RESERVATION" => "OUTBOUND_DIRECT_PREVIEW",
        "CALLBACK_OUTBOUND_RESERVATION" => "OUTBOUND_CALLBACK_PREVIEW",
        "PERSONAL_CALLBACK_OUTBOUND_RESERVATION" => "OUTBOUND_PERSONAL_CALLBACK_PREVIEW",
        _ => "RESERVATION",
    }
}

/// The customer's call in versions before 19.
fn customer(ba_status: &str) -> &'static str {
    match unblended(ba_status) {
        "CALLBACK_OUTBOUND" => "OUTBOUND_CALLBACK",
        "PERSONAL_CALLBACK_OUTBOUND" => "OUTBOUND_PERSONAL_CALLBACK",
        _ => "OUTBOUND",
    }
}

fn unblended(ba_status: &str) -> &str {
    ba_status.strip_prefix("BLENDED_").unwrap_or(ba_status)
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
        assert_eq!(name(18, "CALLBACK_OUTBOUND_RESERVATION", false), "OUTBOUND_CALLBACK_PREVIEW");
        assert_eq!(name(7, "BLENDED_PERSONAL_CALLBACK_OUTBOUND", false), "OUTBOUND_PERSONAL_CALLBACK");
    }

    #[test]
    fn rest_6_1_what_a_call_is_to_a_campaign() {
        for (kind, status, expected) in [
            (27, "", Campaign::Reservation),
            (18, "BLENDED_PREVIEW_OUTBOUND_RESERVATION", Campaign::Reservation),
            (18, "", Campaign::None),
            (29, "", Campaign::None),
            (7, "", Campaign::None),
            (7, "PROGRESSIVE_OUTBOUND", Campaign::Customer),
            (35, "", Campaign::Customer),
            (TRANSFER, "PREVIEW_OUTBOUND", Campaign::Customer),
            (CONFERENCE, "", Campaign::None),
            (CONSULT, "PREVIEW_OUTBOUND", Campaign::None),
        ] {
            assert_eq!(campaign(kind, status), expected, "{kind} {status}");
        }
    }
}
