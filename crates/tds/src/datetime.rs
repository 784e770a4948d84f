//! `datetime`: days since 1900 and three-hundredths of a second, from text as SQLite writes it (MS-TDS 2.2.5.5.1.8).

/// 1900-01-01 counted from 0000-03-01, the day from which [`days`] counts.
const EPOCH: i64 = days(1900, 1, 1);

/// Days since 1900-01-01 and three-hundredths of a second since midnight of `2026-11-23 16:31:07.120`, with or without
/// a fraction, with a blank or a `T`; nothing if it is no such text.
pub(crate) fn parse(text: &str) -> Option<(i32, u32)> {
    let (date, time) = text.split_once([' ', 'T'])?;
    let [year, month, day] = numbers(date, '-')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(time, ':')?;
    let in_range = (1753..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let in_day = hour < 24 && minute < 60 && second < 60;
    let ticks = u32::try_from((hour * 60 + minute) * 60 + second).ok()? * 300 + hundredths(fraction)?;
    let date = i32::try_from(days(year, month, day) - EPOCH).ok()?;
    (in_range && in_day).then_some((date, ticks))
}

fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let numbers: Vec<i64> = text.split(between).map(number).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Three-hundredths of a second in a fraction of at most nine digits.
fn hundredths(fraction: &str) -> Option<u32> {
    let digits =
        !fraction.is_empty() && fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let nanos: u64 = digits.then(|| format!("{fraction:0<9}").parse().ok()).flatten()?;
    // Rounded down: rounded up, the last tick of a day would be in the next.
    u32::try_from(nanos * 300 / 1_000_000_000).ok()
}

/// Days since 0000-03-01 in the calendar of Gregory: years begin in March, so that the leap day is their last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_of_year = (month + 9) % 12;
    year * 365 + year / 4 - year / 100 + year / 400 + (month_of_year * 153 + 2) / 5 + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_and_ticks() {
        assert_eq!(parse("1900-01-01 00:00:00"), Some((0, 0)));
        assert_eq!(parse("1900-01-02T00:00:01"), Some((1, 300)));
        assert_eq!(parse("2000-02-29 12:00:00"), Some((36_583, 12 * 3600 * 300)));
        assert_eq!(parse("2026-11-23 23:59:59.999"), Some((46_347, 25_919_999)));
        assert_eq!(parse("1899-12-31 00:00:00"), Some((-1, 0)));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "now",
            "2026-11-23",
            "2026-13-01 00:00:00",
            "2026-11-23 24:00:00",
            "2026-11-23 1:2",
            "x-1-1 0:0:0",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
