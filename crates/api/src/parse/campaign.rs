//! RECLASSIFY and UPDATE_SCHEDULED_CALLBACK: the actions of campaign calls that say something (rest-api.md section 6.5).

use domain::{CampaignAnswer, Classification};
use xml::Element;

use super::dialog::action_param;
use super::is_address;
use crate::ApiFailure;

/// ActionParam `outboundClassification`.
pub(super) fn reclassify(dialog: &Element) -> Result<CampaignAnswer, ApiFailure> {
    const NAME: &str = "outboundClassification";
    let word = action_param(dialog, NAME).ok_or_else(|| ApiFailure::parameter_missing(NAME))?;
    let known = Classification::parse(&word).ok_or_else(|| {
        let says = "outboundClassification must be VOICE, FAX, ANSWERING_MACHINE or INVALID";
        ApiFailure::invalid_input(says, &word)
    })?;
    Ok(CampaignAnswer::Reclassify(known))
}

/// ActionParams `callbackTime` and `callbackNumber`, of which one may be missing.
pub(super) fn schedule_callback(dialog: &Element) -> Result<CampaignAnswer, ApiFailure> {
    let (time, number) = (action_param(dialog, "callbackTime"), action_param(dialog, "callbackNumber"));
    if time.is_none() && number.is_none() {
        return Err(ApiFailure::parameter_missing("callbackTime"));
    }
    if time.as_ref().is_some_and(|time| !is_time(time)) {
        return Err(ApiFailure::invalid_input("callbackTime must be YYYY-MM-DDThh:mm", "callbackTime"));
    }
    if number.as_ref().is_some_and(|number| !is_address(number)) {
        return Err(ApiFailure::invalid_input("callbackNumber cannot be dialed", "callbackNumber"));
    }
    Ok(CampaignAnswer::ScheduleCallback { time, number })
}

/// `YYYY-MM-DDThh:mm`, and there is such a day. Of which place the time is, the dialer knows.
fn is_time(text: &str) -> bool {
    let form = text.len() == 16
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b'T',
            13 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    let number =
        |from, to| text.get(from..to).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(u32::MAX);
    form && (1..=days(number(0, 4), number(5, 7))).contains(&number(8, 10))
        && number(11, 13) < 24
        && number(14, 16) < 60
}

/// Days of a month; none if there is no such month.
fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{DialogRequest, OwnAction};
    use crate::testing::put;

    fn act(action: &str, params: &[(&str, &str)]) -> Result<CampaignAnswer, (&'static str, String)> {
        let params = params.iter().map(|(name, value)| {
            format!("<ActionParam><name>{name}</name><value>{value}</value></ActionParam>")
        });
        let body = format!(
            "<Dialog><requestedAction>{action}</requestedAction><targetMediaAddress>2001</targetMediaAddress>\
             <actionParams>{}</actionParams></Dialog>",
            params.collect::<String>()
        );
        match crate::parse::dialog(&put(&body)) {
            Ok(DialogRequest::Own { action: OwnAction::Campaign(answer), .. }) => Ok(answer),
            Err(failure) => Err((failure.kind.as_str(), failure.data)),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn rest_6_5_a_call_is_classified_anew() {
        let reclassify = |word: &str| act("RECLASSIFY", &[("outboundClassification", word)]);
        for word in ["VOICE", "FAX", "ANSWERING_MACHINE", "INVALID"] {
            let Ok(CampaignAnswer::Reclassify(known)) = reclassify(word) else { panic!("{word}") };
            assert_eq!(known.as_str(), word);
        }
        assert_eq!(reclassify("voice"), Err(("Invalid Input", "voice".to_owned())));
        assert_eq!(act("RECLASSIFY", &[]), Err(("Parameter Missing", "outboundClassification".to_owned())));
    }

    #[test]
    fn rest_6_5_a_callback_has_a_time_or_a_number() {
        let update = |params: &[(&str, &str)]| act("UPDATE_SCHEDULED_CALLBACK", params);
        let (time, number) = (("callbackTime", "2028-02-29T23:59"), ("callbackNumber", "0355"));
        let scheduled = |time: Option<&str>, number: Option<&str>| {
            let (time, number) = (time.map(str::to_owned), number.map(str::to_owned));
            Ok(CampaignAnswer::ScheduleCallback { time, number })
        };
        assert_eq!(update(&[time]), scheduled(Some(time.1), None));
        assert_eq!(update(&[number]), scheduled(None, Some("0355")));
        assert_eq!(update(&[number, time]), scheduled(Some(time.1), Some("0355")));
        assert_eq!(update(&[]), Err(("Parameter Missing", "callbackTime".to_owned())));
        let long = "9".repeat(40);
        for bad in ["\u{4e00}", long.as_str()] {
            assert_eq!(
                update(&[("callbackNumber", bad)]),
                Err(("Invalid Input", "callbackNumber".to_owned()))
            );
        }
        for bad in [
            "2027-02-29T10:00",
            "2100-02-29T10:00",
            "2026-13-01T10:00",
            "2026-00-01T10:00",
            "2026-04-31T10:00",
            "2026-04-00T10:00",
            "2026-04-30T24:00",
            "2026-04-30T10:60",
            "2026-04-30 10:00",
            "2026-04-30T10:00Z",
            "2026-4-30T10:00",
            "\u{4e00}026-04-30T10:0",
            "tomorrow",
        ] {
            assert_eq!(
                update(&[("callbackTime", bad)]),
                Err(("Invalid Input", "callbackTime".to_owned())),
                "{bad}"
            );
        }
    }
}
