//! How times and call variables are written on the command line.

use std::num::NonZeroU32;

/// `200ms`, `2s` or `1.5s` as milliseconds; at most an hour, far beyond any fault that makes sense.
pub(crate) fn millis(text: &str) -> Result<u32, String> {
    let (number, factor) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1.0),
        (None, Some(number)) => (number, 1000.0),
        (None, None) => return Err("write a time with its unit, such as 200ms or 2s".into()),
    };
    let millis = number.parse::<f64>().map_err(|_| format!("`{number}` is no number"))? * factor;
    let longest = 3_600_000.0;
    if !(0.0..=longest).contains(&millis) {
        return Err("between 0ms and 3600s".into());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the line above keeps it in range"
    )]
    Ok(millis.round() as u32)
}

/// The same, but more than nothing.
pub(crate) fn some_millis(text: &str) -> Result<NonZeroU32, String> {
    NonZeroU32::new(millis(text)?).ok_or_else(|| "at least 1ms".into())
}

/// `1=gold` is CallVariable1; any other name is taken as it is.
pub(crate) fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, such as 1=gold")?;
    let name = if name.parse::<u8>().is_ok() { format!("callVariable{name}") } else { name.to_owned() };
    Ok((name, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        assert_eq!(millis("200ms"), Ok(200));
        assert_eq!(millis("1.5s"), Ok(1500));
        assert_eq!(millis("0s"), Ok(0));
        for text in ["200", "", "ms", "-1s", "xs", "2h", "NaNs", "9999s"] {
            assert!(millis(text).is_err(), "{text}");
        }
        assert!(some_millis("0ms").is_err());
    }

    #[test]
    fn call_variables_may_be_named_by_their_number() {
        assert_eq!(variable("1=gold"), Ok(("callVariable1".into(), "gold".into())));
        assert_eq!(variable("user.customer=a=b"), Ok(("user.customer".into(), "a=b".into())));
        assert!(variable("gold").is_err());
    }
}
