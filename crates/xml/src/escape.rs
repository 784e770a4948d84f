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

/// Copies whole runs between the characters that need a replacement.
fn push(out: &mut String, text: &str, replacement: fn(char) -> Option<&'static str>) {
    let mut plain_from = 0;
    for (at, c) in text.char_indices() {
        if let Some(replacement) = replacement(c) {
            out.push_str(text.get(plain_from..at).unwrap_or_default());
            out.push_str(replacement);
            plain_from = at + c.len_utf8();
        }
    }
    out.push_str(text.get(plain_from..).unwrap_or_default());
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
