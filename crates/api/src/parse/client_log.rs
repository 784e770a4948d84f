//! What a desktop tells of itself (rest-api.md section 17).

use xml::Limits;

use super::{body_within, required};
use crate::{ApiFailure, HttpRequest};

/// Characters of `logData` at most, as documented.
const LOG_CHARS_MAX: usize = 1_048_576;

/// Bytes of the body at most: of Japanese text every character takes three, and markup within it is escaped.
pub const CLIENT_LOG_BYTES_MAX: u32 = 4 << 20;

const LIMITS: Limits = Limits {
    bytes: CLIENT_LOG_BYTES_MAX as usize,
    depth: 4,
    elements: 16,
    attributes: 16,
    value: CLIENT_LOG_BYTES_MAX as usize,
};

/// The text of the log. Takes a while for a long one.
///
/// # Errors
/// 400 `Bad Request`, `Parameter Missing` or `Invalid Input`.
pub fn client_log(request: &HttpRequest) -> Result<String, ApiFailure> {
    let log = required(&body_within(request, "ClientLog", &LIMITS)?, "logData")?;
    if log.chars().count() > LOG_CHARS_MAX {
        return Err(ApiFailure::invalid_input("logData must be up to 1048576 characters", "logData"));
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    fn read(log: &str) -> Result<String, &'static str> {
        client_log(&put(&format!("<ClientLog>{log}</ClientLog>"))).map_err(|failure| failure.kind.as_str())
    }

    #[test]
    fn the_text_is_what_was_escaped() {
        assert_eq!(read("<logData>a &lt;b&gt;\n昼食</logData>").as_deref(), Ok("a <b>\n昼食"));
        assert_eq!(read("<logData/>"), Err("Parameter Missing"));
        assert_eq!(read(""), Err("Parameter Missing"));
        assert_eq!(client_log(&put("log")).map_err(|failure| failure.kind.as_str()), Err("Bad Request"));
    }

    #[test]
    fn a_log_has_1048576_characters_at_most() {
        let log = |chars| {
            read(&format!("<logData>{}</logData>", "あ".repeat(chars))).map(|log| log.chars().count())
        };
        assert_eq!(log(1_048_576), Ok(1_048_576));
        assert_eq!(log(1_048_577), Err("Invalid Input"));
    }
}
