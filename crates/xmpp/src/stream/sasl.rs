//! SASL PLAIN, the one mechanism that needs no password in the clear on our side (notifications.md section 3).

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use xml::{Element, Writer};

use crate::jid::Names;
use crate::ns;
use crate::output::Password;

/// Long enough for a name and a single sign-on token; a limit on what is handed to the check.
const MESSAGE_MAX: usize = 16 * 1024;

/// Clients differ in whether they pad.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Who wants in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: Password,
}

/// Why not (RFC 6120 section 6.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    IncorrectEncoding,
    InvalidAuthzid,
    InvalidMechanism,
    MalformedRequest,
    NotAuthorized,
    /// Not now, whatever the password.
    Temporary,
}

/// Reads `<auth/>`.
pub(crate) fn parse(auth: &Element, names: &Names) -> Result<Credentials, Failure> {
    if auth.attr("mechanism") != Some("PLAIN") {
        return Err(Failure::InvalidMechanism);
    }
    let text: String = auth.text().split_ascii_whitespace().collect();
    if text.len() > MESSAGE_MAX {
        return Err(Failure::MalformedRequest);
    }
    let message = BASE64.decode(text).map_err(|_| Failure::IncorrectEncoding)?;
    let message = String::from_utf8(message).map_err(|_| Failure::MalformedRequest)?;
    credentials(&message, names)
}

/// `authzid NUL user NUL password` (RFC 4616).
fn credentials(message: &str, names: &Names) -> Result<Credentials, Failure> {
    let parts: Vec<&str> = message.split('\0').collect();
    let [authzid, user, password] = *parts.as_slice() else { return Err(Failure::MalformedRequest) };
    let user = names.local_part(user);
    if user.is_empty() || password.is_empty() {
        return Err(Failure::MalformedRequest);
    }
    if !authzid.is_empty() && !names.local_part(authzid).eq_ignore_ascii_case(user) {
        return Err(Failure::InvalidAuthzid);
    }
    Ok(Credentials { user: user.to_owned(), password: Password::new(password) })
}

pub(crate) fn success() -> String {
    let mut w = Writer::new();
    w.open("success").attr("xmlns", ns::SASL);
    w.finish()
}

pub(crate) fn failure(failure: Failure) -> String {
    let mut w = Writer::new();
    w.open("failure").attr("xmlns", ns::SASL).empty(match failure {
        Failure::IncorrectEncoding => "incorrect-encoding",
        Failure::InvalidAuthzid => "invalid-authzid",
        Failure::InvalidMechanism => "invalid-mechanism",
        Failure::MalformedRequest => "malformed-request",
        Failure::NotAuthorized => "not-authorized",
        Failure::Temporary => "temporary-auth-failure",
    });
    w.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(message: &str) -> Result<(String, String), Failure> {
        let names = Names::new("fin-a.example.test");
        let text = BASE64.encode(message);
        let xml = format!("<auth xmlns='{}' mechanism='PLAIN'>\n {text}\n</auth>", ns::SASL);
        let auth = Element::parse(xml.as_bytes(), &xml::Limits::default()).unwrap();
        parse(&auth, &names).map(|c| (c.user, c.password.into_exposed()))
    }

    #[test]
    fn plain_messages_of_known_clients_are_read() {
        let expected = Ok(("1042".to_owned(), "sécret".to_owned()));
        assert_eq!(parsed("\x001042\0sécret"), expected);
        assert_eq!(parsed("1042@fin-a.example.test\x001042\0sécret"), expected);
        assert_eq!(parsed("\x001042@FIN-A.example.test\0sécret"), expected);
    }

    #[test]
    fn other_messages_are_malformed() {
        for message in ["", "\0", "1042", "\x001042", "\x001042\0", "\0\0secret", "\0a\0b\0c"] {
            assert_eq!(parsed(message), Err(Failure::MalformedRequest), "{message:?}");
        }
        assert_eq!(parsed("1043\x001042\0secret"), Err(Failure::InvalidAuthzid));
    }
}
