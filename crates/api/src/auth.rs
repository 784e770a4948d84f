//! Basic credentials: read, never judged (rest-api.md section 2).

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use domain::Secret;

use crate::{ApiFailure, HttpRequest};

/// Longest user part in bytes: the width of Person.LoginName (awdb.md section 3).
pub const USER_BYTES_MAX: usize = 255;

/// Longest password in bytes: CTI's AgentPassword holds no more.
pub const PASSWORD_BYTES_MAX: usize = 64;

/// Longest header that can be valid: `Basic ` and four characters for each three bytes of user, colon,
/// password.
const HEADER_BYTES_MAX: usize = 6 + (USER_BYTES_MAX + 1 + PASSWORD_BYTES_MAX).div_ceil(3) * 4;

/// Clients differ on whether they pad.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Who a client says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Agent id or login name, as typed.
    pub user: String,
    /// The password, as typed.
    pub password: Secret,
}

/// Reads the `Authorization` header.
///
/// # Errors
/// 401 `UNAUTHORIZED` without data if there is none, or none that can be read.
pub fn credentials(request: &HttpRequest) -> Result<Credentials, ApiFailure> {
    let header = request.authorization.as_ref().map(Secret::expose);
    header.and_then(basic).ok_or_else(|| ApiFailure::unauthorized(""))
}

fn basic(header: &str) -> Option<Credentials> {
    let (scheme, token) = header.trim().split_once(' ')?;
    if header.len() > HEADER_BYTES_MAX || !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let text = text(BASE64.decode(token.trim()).ok()?);
    let (user, password) = text.split_once(':')?;
    let fits = !user.is_empty() && user.len() <= USER_BYTES_MAX && password.len() <= PASSWORD_BYTES_MAX;
    let printable = !text.chars().any(char::is_control);
    (fits && printable).then(|| Credentials { user: user.to_owned(), password: Secret::new(password) })
}

/// UTF-8 as today's clients send it, Latin-1 as older ones do.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::request;

    fn read(header: &str) -> Option<(String, String)> {
        let request = HttpRequest { authorization: Some(Secret::new(header)), ..request("GET", "/") };
        let credentials = credentials(&request).ok()?;
        Some((credentials.user, credentials.password.expose().to_owned()))
    }

    fn encoded(text: impl AsRef<[u8]>) -> String {
        format!("Basic {}", BASE64.encode(text))
    }

    fn pair(user: &str, password: &str) -> Option<(String, String)> {
        Some((user.to_owned(), password.to_owned()))
    }

    #[test]
    fn id_or_login_name_and_password() {
        assert_eq!(read("Basic MTAwMTpzZWNyZXQ="), pair("1001", "secret"));
        assert_eq!(read("basic  MTAwMTpzZWNyZXQ"), pair("1001", "secret"));
        assert_eq!(read(&encoded("asato:a:b")), pair("asato", "a:b"));
        assert_eq!(read(&encoded("1001:")), pair("1001", ""));
    }

    #[test]
    fn utf_8_first_then_latin_1() {
        assert_eq!(read(&encoded("佐藤:pä")), pair("佐藤", "pä"));
        assert_eq!(read(&encoded(b"m\xfcller:\xdf")), pair("müller", "ß"));
    }

    #[test]
    fn limits_are_exact() {
        let user = "u".repeat(USER_BYTES_MAX);
        let password = "p".repeat(PASSWORD_BYTES_MAX);
        assert_eq!(read(&encoded(format!("{user}:{password}"))), pair(&user, &password));
        assert_eq!(read(&encoded(format!("{user}u:p"))), None);
        assert_eq!(read(&encoded(format!("u:{password}p"))), None);
    }

    #[test]
    fn anything_else_is_401_without_data() {
        let none = HttpRequest { authorization: None, ..request("GET", "/") };
        assert_eq!(credentials(&none), Err(ApiFailure::unauthorized("")));
        for header in ["", "Basic", "Basic ", "Basic ***", "Bearer MTAwMTpzZWNyZXQ=", "MTAwMTpzZWNyZXQ="] {
            assert_eq!(read(header), None, "{header}");
        }
        for text in ["1001", ":secret", "10\n01:x", "1001:\0"] {
            assert_eq!(read(&encoded(text)), None, "{text:?}");
        }
    }
}
