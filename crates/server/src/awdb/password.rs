//! What the AWDB stores of a password, and whether a given password is it (awdb.md section 4).
//!
//! MD5 without salt is the stored form of the product that we stay compatible with, not a choice.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use node::domain::Secret;
use subtle::ConstantTimeEq;

/// Which bytes of a password were hashed. Not documented, hence a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// The ANSI code page: one byte a character.
    Latin1,
    /// Two bytes a character.
    Utf16le,
    /// UTF-8.
    Utf8,
}

/// Why a stored password cannot be compared with anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// NULL or empty.
    Absent,
    /// An `{enc:n}` prefix other than `{enc:1}`.
    UnknownScheme,
    /// Neither 32 hexadecimal digits nor base64 of 16 bytes.
    Unparsable,
}

impl Unusable {
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Absent => "no password is stored",
            Self::UnknownScheme => "the stored password has an unknown {enc:n} scheme",
            Self::Unparsable => "the stored password is not an MD5 hash",
        }
    }
}

/// The MD5 hash out of what is stored: an optional `{enc:1}`, then hexadecimal digits or base64.
pub(super) fn parse(stored: Option<&str>) -> Result<[u8; 16], Unusable> {
    let stored = stored.unwrap_or_default().trim();
    let hash = match stored.strip_prefix("{enc:1}") {
        Some(hash) => hash,
        None if stored.starts_with("{enc:") => return Err(Unusable::UnknownScheme),
        None => stored,
    };
    if hash.is_empty() {
        return Err(Unusable::Absent);
    }
    from_hex(hash).or_else(|| from_base64(hash)).ok_or(Unusable::Unparsable)
}

/// Whether one of the encodings of the given password has that hash; compared in constant time.
pub(super) fn verify(hash: [u8; 16], given: &Secret, encodings: &[Encoding]) -> bool {
    encodings
        .iter()
        .filter_map(|encoding| encode(given.expose(), *encoding))
        .any(|bytes| Md5::digest(bytes).as_slice().ct_eq(&hash).into())
}

/// The form in which [`super::create`] stores a password.
pub fn stored_form(password: &str) -> String {
    let digits: String = Md5::digest(password).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{{enc:1}}{digits}")
}

/// `None` if the encoding has no form for a character, so that the password cannot be the stored one.
fn encode(password: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Latin1 => password.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect(),
        Encoding::Utf16le => Some(password.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf8 => Some(password.as_bytes().to_vec()),
    }
}

fn from_hex(text: &str) -> Option<[u8; 16]> {
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u128::from_str_radix(text, 16).ok().map(u128::to_be_bytes)
}

fn from_base64(text: &str) -> Option<[u8; 16]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MD5 of `secret`, computed with md5sum.
    const SECRET_HEX: &str = "5ebe2294ecd0e0f08eab7690d2a6ee69";

    fn accepts(stored: &str, given: &str, encodings: &[Encoding]) -> bool {
        verify(parse(Some(stored)).unwrap(), &Secret::new(given), encodings)
    }

    #[test]
    fn every_documented_form_of_one_password_is_accepted() {
        let upper = SECRET_HEX.to_uppercase();
        let base64 = STANDARD.encode(parse(Some(SECRET_HEX)).unwrap());
        for hash in [SECRET_HEX, &upper, &base64] {
            for stored in [hash.to_owned(), format!("{{enc:1}}{hash}"), format!(" {hash} ")] {
                assert!(accepts(&stored, "secret", &[Encoding::Latin1]), "{stored}");
                assert!(!accepts(&stored, "Secret", &[Encoding::Latin1]), "{stored}");
            }
        }
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        for absent in [None, Some(""), Some("  "), Some("{enc:1}")] {
            assert_eq!(parse(absent), Err(Unusable::Absent));
        }
        assert_eq!(parse(Some("{enc:2}5ebe2294ecd0e0f08eab7690d2a6ee69")), Err(Unusable::UnknownScheme));
        for wrong in ["secret", &SECRET_HEX[1..], "+ebe2294ecd0e0f08eab7690d2a6ee69", "c2VjcmV0"] {
            assert_eq!(parse(Some(wrong)), Err(Unusable::Unparsable), "{wrong}");
        }
    }

    #[test]
    fn only_the_configured_encodings_are_tried() {
        let utf16: Vec<u8> = "secret".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let stored = STANDARD.encode(Md5::digest(utf16));
        assert!(!accepts(&stored, "secret", &[Encoding::Latin1]));
        assert!(accepts(&stored, "secret", &[Encoding::Latin1, Encoding::Utf16le]));
    }

    #[test]
    fn a_character_outside_the_code_page_never_matches_by_truncation() {
        // U+0173 would be 's' if only its low byte were kept.
        assert!(!accepts(SECRET_HEX, "\u{173}ecret", &[Encoding::Latin1]));
    }
}
