//! The one file in a `multipart/form-data` body (RFC 7578), which is all that an upload of contacts has.

/// The bytes of the first part.
///
/// # Errors
/// What is wrong, in words.
pub(super) fn first_part<'a>(content_type: &str, body: &'a [u8]) -> Result<&'a [u8], &'static str> {
    let boundary = boundary(content_type).ok_or("the boundary is missing")?;
    let delimiter = format!("--{boundary}");
    let start = find(body, delimiter.as_bytes()).ok_or("there is no part")?;
    let part = body.get(start + delimiter.len()..).unwrap_or_default();
    let head = find(part, b"\r\n\r\n").ok_or("a part has no end of its head")?;
    let file = part.get(head + 4..).unwrap_or_default();
    // The line end before a delimiter belongs to the delimiter.
    let end = find(file, format!("\r\n{delimiter}").as_bytes()).ok_or("a part has no end")?;
    Ok(file.get(..end).unwrap_or_default())
}

fn boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).map(str::trim);
    let pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let mut values = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"));
    let value = values.next()?.1.trim().trim_matches('"');
    // RFC 2046: 1 to 70 characters.
    (1..=70).contains(&value.len()).then_some(value)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_is_found_between_its_delimiters() {
        let body = b"--x7\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.csv\"\r\n\
                     Content-Type: text/csv\r\n\r\na,b\r\nc\r\n--x7--\r\n";
        for content_type in
            ["multipart/form-data; boundary=x7", "Multipart/Form-Data;charset=x; BOUNDARY=\"x7\""]
        {
            assert_eq!(first_part(content_type, body), Ok(&b"a,b\r\nc"[..]), "{content_type}");
        }
        let empty = b"--x7\r\n\r\n\r\n--x7--";
        assert_eq!(first_part("a/b;boundary=x7", empty), Ok(&b""[..]));
    }

    #[test]
    fn what_is_cut_or_unnamed_is_refused() {
        for (content_type, body) in [
            ("multipart/form-data", "--x\r\n\r\na\r\n--x--"),
            ("multipart/form-data; boundary=", "--x\r\n\r\na\r\n--x--"),
            ("multipart/form-data; boundary=y", "--x\r\n\r\na\r\n--x--"),
            ("multipart/form-data; boundary=x", "--x\r\na"),
            ("multipart/form-data; boundary=x", "--x\r\n\r\na"),
            ("multipart/form-data; boundary=x", ""),
        ] {
            assert!(first_part(content_type, body.as_bytes()).is_err(), "{content_type} {body:?}");
        }
    }

    proptest! {
        #[test]
        fn no_body_is_too_strange(content_type in ".{0,40}", body in "(--x|\r\n|[a-z ]){0,20}") {
            let _ = first_part(&format!("{content_type};boundary=x"), body.as_bytes());
        }
    }
}
