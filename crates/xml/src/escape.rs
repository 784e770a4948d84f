//! Making text safe inside XML.

/// `text` ready to stand between tags.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push_escaped(&mut out, text);
    out
}

/// Appends `text` to `out`, ready to stand between tags. Characters that XML 1.0 cannot carry become U+FFFD.
pub fn push_escaped(out: &mut String, text: &str) {
    push(out, text, in_text);
}

/// Appends `text` to `out`, ready to stand in an attribute value in double or single quotes.
pub fn push_escaped_attribute(out: &mut String, text: &str) {
    push(out, text, in_attribute);
}

/// Copies whole runs between the characters that may need a replacement.
fn push(out: &mut String, text: &str, replacement: impl Fn(char) -> Option<&'static str>) {
    out.reserve(text.len());
    let mut rest = text;
    while let Some((plain, suspect)) =
        rest.bytes().position(is_suspect).and_then(|at| rest.split_at_checked(at))
    {
        let mut chars = suspect.chars();
        let Some(c) = chars.next() else { break };
        out.push_str(plain);
        match replacement(c) {
            Some(replacement) => out.push_str(replacement),
            None => out.push(c),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Whether a character that begins with this byte may need a replacement: markup, quotes, controls, and the row of
/// U+FFFE and U+FFFF.
fn is_suspect(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0..=0x1f | 0xef)
}

fn in_text(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        // A reader turns a bare carriage return into a line feed.
        '\r' => Some("&#13;"),
        '\t' | '\n' => None,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => Some("\u{fffd}"),
        _ => None,
    }
}

fn in_attribute(c: char) -> Option<&'static str> {
    match c {
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        // A reader turns white space in a value into plain spaces.
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        other => in_text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_replaced_wherever_it_stands() {
        for c in '\0'..='\u{10000}' {
            let replaced = in_text(c).map_or(c.to_string(), str::to_owned);
            assert_eq!(escape(&format!("é{c}{c}e")), format!("é{replaced}{replaced}e"), "{c:?}");
        }
    }

    #[test]
    fn markup_and_forbidden_characters_are_replaced() {
        assert_eq!(
            escape("a<b>&\"c'\u{0}\u{b}\u{ffff}\r\n\t漢"),
            "a&lt;b&gt;&amp;\"c'\u{fffd}\u{fffd}\u{fffd}&#13;\n\t漢"
        );
        let mut value = String::new();
        push_escaped_attribute(&mut value, "\"'<\n\t");
        assert_eq!(value, "&quot;&apos;&lt;&#10;&#9;");
    }
}
