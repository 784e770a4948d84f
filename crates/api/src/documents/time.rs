//! Times as they are printed.

use domain::WallMs;

const DAY_MS: i64 = 86_400_000;

/// Days from 0000-03-01 to 1970-01-01: the year is counted from March, so that a leap day comes last.
const EPOCH_DAYS: i64 = 719_468;

/// Days of 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// First and last millisecond of the years that are printed with four digits.
const FIRST_MS: i64 = -62_167_219_200_000;
const LAST_MS: i64 = 253_402_300_799_999;

/// `YYYY-MM-DDThh:mm:ss.SSSZ`. Times outside the years 0000 to 9999 are shown as the nearest within.
pub fn utc(time: WallMs) -> String {
    let ms = time.0.clamp(FIRST_MS, LAST_MS);
    let (year, month, day) = civil(ms.div_euclid(DAY_MS));
    let of_day = ms.rem_euclid(DAY_MS);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1_000 % 60, of_day % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// `YYYY-MM-DDThh:mm:ssZ`, which is how the start of a queue's longest wait is printed; nothing for an unknown time.
pub(super) fn utc_seconds_or_empty(time: Option<WallMs>) -> String {
    let text = utc_or_empty(time);
    text.split_once('.').map_or(text.clone(), |(seconds, _)| format!("{seconds}Z"))
}

/// Nothing for an unknown time.
pub(super) fn utc_or_empty(time: Option<WallMs>) -> String {
    time.map(utc).unwrap_or_default()
}

/// Year, month and day of a day counted from 1970-01-01.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + EPOCH_DAYS;
    let (era, of_era) = (day.div_euclid(ERA_DAYS), day.rem_euclid(ERA_DAYS));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months from March on have 153 days in each five.
    let from_march = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day_of_month)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_times() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_456_833_605_120, "2016-03-01T12:00:05.120Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (LAST_MS, "9999-12-31T23:59:59.999Z"),
            (FIRST_MS, "0000-01-01T00:00:00.000Z"),
            (i64::MAX, "9999-12-31T23:59:59.999Z"),
            (i64::MIN, "0000-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(utc(WallMs(ms)), text);
        }
    }

    /// Counts month by month, as on paper.
    fn naive(day: i64) -> (i64, i64, i64) {
        let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let (mut year, mut month, mut left) = (1970, 1, day);
        loop {
            let days = match month {
                2 => 28 + i64::from(leap(year)),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if left < days {
                return (year, month, left + 1);
            }
            left -= days;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
    }

    proptest! {
        #[test]
        fn agrees_with_counting_on_paper(day in 0..200_000_i64) {
            prop_assert_eq!(civil(day), naive(day));
        }

        #[test]
        fn is_always_24_characters(ms: i64) {
            prop_assert_eq!(utc(WallMs(ms)).len(), 24);
        }
    }
}
