//! Repair of the one mistake that real REST clients make: a `&` in a value that was never escaped.

use std::borrow::Cow;

const ENTITIES: [&[u8]; 5] = [b"amp;", b"lt;", b"gt;", b"apos;", b"quot;"];

/// Puts `amp;` behind each `&` that begins no reference; CDATA sections are left alone.
pub(crate) fn escape_bare_ampersands(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| matches!(b, b'&' | b'<')) {
        let (before, tail) = rest.split_at(at);
        out.extend_from_slice(before);
        let (taken, addition): (usize, &[u8]) = match tail.first() {
            Some(b'&') if !begins_reference(tail) => (1, b"amp;"),
            Some(b'<') if tail.starts_with(b"<![CDATA[") => (cdata_len(tail), b""),
            _ => (1, b""),
        };
        let (token, after) = tail.split_at(taken);
        out.extend_from_slice(token);
        out.extend_from_slice(addition);
        rest = after;
    }
    if out.is_empty() {
        return Cow::Borrowed(bytes);
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}

fn begins_reference(tail: &[u8]) -> bool {
    let name = tail.get(1..).unwrap_or_default();
    ENTITIES.iter().any(|entity| name.starts_with(entity)) || begins_numeric(name)
}

/// `#10;` or `#xA;`.
fn begins_numeric(name: &[u8]) -> bool {
    let Some(number) = name.strip_prefix(b"#") else { return false };
    let (digits, is_digit): (&[u8], fn(&u8) -> bool) = match number.strip_prefix(b"x") {
        Some(hex) => (hex, u8::is_ascii_hexdigit),
        None => (number, u8::is_ascii_digit),
    };
    let len = digits.iter().take_while(|b| is_digit(b)).count();
    len > 0 && digits.get(len) == Some(&b';')
}

/// Length of the CDATA section at the start of `tail`, or of all of it if the section never ends.
fn cdata_len(tail: &[u8]) -> usize {
    tail.windows(3).position(|w| w == b"]]>").map_or(tail.len(), |end| end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        String::from_utf8(escape_bare_ampersands(text.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn references_and_cdata_stay_as_they_are() {
        let fine = "<a>&amp;&lt;&gt;&apos;&quot;&#10;&#xaF;<![CDATA[&&]]></a>";
        assert_eq!(repaired(fine), fine);
        assert_eq!(repaired("<![CDATA[&"), "<![CDATA[&");
        assert_eq!(repaired("plain"), "plain");
    }

    #[test]
    fn anything_else_is_escaped() {
        assert_eq!(repaired("a&b &#; &#xg; &am &"), "a&amp;b &amp;#; &amp;#xg; &amp;am &amp;");
        assert_eq!(repaired("<a>&<![CDATA[&]]>&</a>"), "<a>&amp;<![CDATA[&]]>&amp;</a>");
    }
}
