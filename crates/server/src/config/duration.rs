//! Durations as people write them: a whole number and its unit, such as `"5s"` or `"100ms"`.

use std::time::Duration;

use serde::{Deserialize, Deserializer, de};

/// A year: longer than any sensible setting, short enough for every sum of times.
const MAX: Duration = Duration::from_secs(366 * 24 * 3600);

/// A duration with its unit in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text(pub(super) Duration);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        parse(&text).map(Self).ok_or_else(|| {
            de::Error::custom(format!(
                "{text:?} is not a duration; write a number and ms, s, m or h, as in \"5s\""
            ))
        })
    }
}

/// Milliseconds, seconds, minutes or hours; at most a year.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    let duration = match unit {
        "ms" => Duration::from_millis(number),
        "s" => Duration::from_secs(number),
        "m" => Duration::from_secs(number.checked_mul(60)?),
        "h" => Duration::from_secs(number.checked_mul(3600)?),
        _ => return None,
    };
    (duration <= MAX).then_some(duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_its_unit() {
        assert_eq!(parse("100ms"), Some(Duration::from_millis(100)));
        assert_eq!(parse("5s"), Some(Duration::from_secs(5)));
        assert_eq!(parse("30m"), Some(Duration::from_secs(1800)));
        assert_eq!(parse("2h"), Some(Duration::from_secs(7200)));
        assert_eq!(parse("0s"), Some(Duration::ZERO));
    }

    #[test]
    fn nothing_else() {
        for text in ["", "5", "s", "5 s", "-5s", "1.5s", "5S", "5d", "99999999999999999999s", "8785h"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
