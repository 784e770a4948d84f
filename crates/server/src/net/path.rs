//! Paths of REST requests: escapes are resolved once, and never change which segments there are.

use percent_encoding::percent_decode_str;

/// The path as it is meant. Nothing for one that nobody writes in earnest: an escape that is none, bytes that are no
/// text, a slash or a control character in disguise, a dot segment.
pub(super) fn decode(path: &str) -> Option<String> {
    let segments: Option<Vec<_>> = path.split('/').map(segment).collect();
    Some(segments?.join("/"))
}

fn segment(raw: &str) -> Option<String> {
    let whole = raw.split('%').skip(1).all(|after| {
        after.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    });
    let text = percent_decode_str(raw).decode_utf8().ok().filter(|_| whole)?;
    let harmless = !text.contains(|c: char| c.is_control() || matches!(c, '/' | '\\'));
    (harmless && text != "." && text != "..").then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_is_resolved_once() {
        for (raw, meant) in [
            ("/finesse/api/User/1001", "/finesse/api/User/1001"),
            ("/finesse/api/User/1001/", "/finesse/api/User/1001/"),
            ("/finesse/api//User", "/finesse/api//User"),
            ("/User/a%20b", "/User/a b"),
            ("/User/%E4%BD%90%E8%97%A4", "/User/佐藤"),
            ("/User/a%252Fb", "/User/a%2Fb"),
            ("/User/a.b", "/User/a.b"),
            ("/User/...", "/User/..."),
        ] {
            assert_eq!(decode(raw).as_deref(), Some(meant), "{raw}");
        }
    }

    #[test]
    fn segments_in_disguise_are_refused() {
        for raw in [
            "/User/1001%2FDialogs",
            "/User/1001%2fDialogs",
            "/User/..%5c..",
            "/User/a\\b",
            "/User/../SystemConfig",
            "/User/./1001",
            "/User/%2e%2E/SystemConfig",
            "/User/.%2e",
            "/User/%00",
            "/User/1001%0d%0aX: y",
            "/User/%ff",
            "/User/%c0%af",
            "/User/%",
            "/User/%2",
            "/User/%zz",
            "/User/%u002f",
        ] {
            assert_eq!(decode(raw), None, "{raw}");
        }
    }
}
