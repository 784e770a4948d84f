//! Texts on the wire. The guides say ASCII; names in the field are UTF-8 or Latin-1.

/// The text before the first NUL, or all of it: UTF-8 where it is valid, else Latin-1.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_kept_and_anything_else_is_latin1() {
        assert_eq!(decode("Zoë".as_bytes()), "Zoë");
        assert_eq!(decode(b"Zo\xeb\0"), "Zoë");
    }

    #[test]
    fn the_nul_is_optional_and_ends_the_text() {
        assert_eq!(decode(b"1001"), "1001");
        assert_eq!(decode(b"1001\0"), "1001");
        assert_eq!(decode(b"1001\0\0junk"), "1001");
        assert_eq!(decode(b"\0"), "");
    }
}
