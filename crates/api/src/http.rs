//! HTTP as the core sees it: one request in, one response out. Sockets, TLS and framing are the shell's.

use core::net::IpAddr;

use domain::RequestId;

use crate::parse::Skipped;

/// Longest `requestId` that is repeated, in bytes. The desktop library sends a UUID (36); this leaves room
/// for clients that put more into it, and keeps an event far below the limit of a stanza.
pub const REQUEST_ID_BYTES_MAX: usize = 256;

/// Where an object that was created is.
pub const LOCATION: &str = "Location";

/// How many contacts were imported from a file.
pub const IMPORTED: &str = "Holdfast-Imported";

/// Which lines of the file were not, and why.
pub const SKIPPED: &str = "Holdfast-Skipped";

/// Longest list of lines in a header, in bytes: clients and proxies take 8 KiB of headers together.
const SKIPPED_BYTES_MAX: usize = 2 << 10;

/// A request under `/finesse/api`. The shell has limited the body ([`crate::Route::body_max`]) and the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET`, `PUT`, `POST`, `DELETE`; anything else is answered 405.
    pub method: String,
    /// The path, percent-decoded, without the query.
    pub path: String,
    /// The raw query, without `?`; empty if none.
    pub query: String,
    /// The `Authorization` header as received. Never logged.
    pub authorization: Option<domain::Secret>,
    /// The `requestId` header.
    pub request_id: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Range` header.
    pub range: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// From which address it came.
    pub caller: Option<IpAddr>,
}

/// The answer to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// Status code.
    pub status: u16,
    /// XML text; empty means a zero-length body without `Content-Type`.
    pub body: String,
    /// Further headers (`requestId`, `Location`, `Retry-After` ...).
    pub headers: Vec<(&'static str, String)>,
}

impl HttpRequest {
    /// GET of `path` by somebody who shows no credentials.
    pub fn page(path: &str) -> Self {
        Self {
            method: "GET".into(),
            path: path.into(),
            query: String::new(),
            authorization: None,
            request_id: None,
            content_type: None,
            range: None,
            body: Vec::new(),
            caller: None,
        }
    }

    /// The `requestId` to repeat in the answer and in events: that of a write (rest-api.md section 1.3: not
    /// on GET), if it can stand in a header and is not longer than [`REQUEST_ID_BYTES_MAX`].
    pub fn echo(&self) -> Option<RequestId> {
        let id = self.request_id.as_deref().filter(|_| self.method != "GET")?;
        let fits = !id.is_empty() && id.len() <= REQUEST_ID_BYTES_MAX;
        (fits && id.bytes().all(|byte| matches!(byte, b' '..=b'~'))).then(|| RequestId::new(id))
    }

    /// The value of the query parameter `name`, decoded; the last one if it is repeated. Others, such as
    /// cache busters, are of no interest.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let pairs = self.query.split('&').rev().map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.map(|(key, value)| (decoded(key), value)).find(|(key, _)| key == name).map(|(_, v)| decoded(v))
    }
}

impl HttpResponse {
    /// 200 with a document.
    pub fn document(xml: String) -> Self {
        Self { status: 200, body: xml, headers: vec![no_cache()] }
    }

    /// 200 with a list, or 206 with the part of it that was asked for.
    pub fn list(xml: String, whole: bool) -> Self {
        Self { status: if whole { 200 } else { 206 }, ..Self::document(xml) }
    }

    /// 200 with a zero-length body: a setting is changed (rest-api.md section 1.2).
    pub fn done(echo: Option<&RequestId>) -> Self {
        Self { status: 200, body: String::new(), headers: Vec::from_iter(request_id(echo)) }
    }

    /// Likewise, for an object that is new. The shell puts scheme and host before the path.
    pub fn created(path: String, echo: Option<&RequestId>) -> Self {
        let mut done = Self::done(echo);
        done.headers.push((LOCATION, path));
        done
    }

    /// 200 with a CSV file.
    pub fn csv(text: String) -> Self {
        let headers = vec![no_cache(), ("Content-Type", "text/csv; charset=utf-8".to_owned())];
        Self { status: 200, body: text, headers }
    }

    /// 202 with a zero-length body: so many contacts are imported, and these lines of the file are not.
    pub fn imported(contacts: usize, skipped: &[Skipped], echo: Option<&RequestId>) -> Self {
        let mut accepted = Self::accepted(echo);
        accepted.headers.push((IMPORTED, contacts.to_string()));
        if !skipped.is_empty() {
            accepted.headers.push((SKIPPED, named(skipped)));
        }
        accepted
    }

    /// 202 with a zero-length body: the outcome comes as an event (rest-api.md section 1.2).
    pub fn accepted(echo: Option<&RequestId>) -> Self {
        Self { status: 202, body: String::new(), headers: Vec::from_iter(request_id(echo)) }
    }
}

/// The lines with the reasons, as many as find room.
fn named(skipped: &[Skipped]) -> String {
    let mut list = String::new();
    for (at, Skipped { line, why }) in skipped.iter().enumerate() {
        let one = format!("{}{line} {why}", if at == 0 { "" } else { "; " });
        if list.len() + one.len() > SKIPPED_BYTES_MAX {
            return format!("{list}; and {} more", skipped.len() - at);
        }
        list += &one;
    }
    list
}

/// The header that answers a request's `requestId`.
pub(crate) fn request_id(echo: Option<&RequestId>) -> Option<(&'static str, String)> {
    echo.map(|id| ("requestId", id.to_string()))
}

/// What every answer with a body says to caches.
pub(crate) fn no_cache() -> (&'static str, String) {
    ("Cache-Control", "no-cache".to_owned())
}

/// Query text with `+` and `%xx` resolved; what is no valid escape stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let (byte, after) = match first {
            b'%' => escape(tail).unwrap_or((b'%', tail)),
            b'+' => (b' ', tail),
            other => (other, tail),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte written as two hexadecimal digits at the start of `tail`, and what follows.
fn escape(tail: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, after) = tail.split_at_checked(2)?;
    let digits = std::str::from_utf8(digits).ok().filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    Some((u8::from_str_radix(digits, 16).ok()?, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::request;

    #[test]
    fn the_request_id_of_a_write_is_repeated() {
        let with_id = |method: &str, id: &str| {
            HttpRequest { request_id: Some(id.to_owned()), ..request(method, "/") }.echo()
        };
        assert_eq!(with_id("PUT", "7d0f-1"), Some(RequestId::new("7d0f-1")));
        assert_eq!(with_id("POST", "a b"), Some(RequestId::new("a b")));
        assert_eq!(with_id("GET", "7d0f-1"), None);
        for unusable in ["", "a\r\nSet-Cookie: x", "日本", &"x".repeat(REQUEST_ID_BYTES_MAX + 1)] {
            assert_eq!(with_id("PUT", unusable), None, "{unusable}");
        }
    }

    #[test]
    fn query_garbage_is_ignored() {
        let request = |query: &str| HttpRequest { query: query.to_owned(), ..request("GET", "/") };
        let category = |query: &str| request(query).parameter("category");
        assert_eq!(category("nocache=1417&category=NOT_READY&_=3").as_deref(), Some("NOT_READY"));
        assert_eq!(category("category=LOGOUT&category=NOT%5FREADY").as_deref(), Some("NOT_READY"));
        assert_eq!(category("c%61tegory=a+b%2").as_deref(), Some("a b%2"));
        assert_eq!(
            category("category=%+1%zz%e3").as_deref(),
            Some("%+1%zz\u{fffd}".replace('+', " ").as_str())
        );
        assert_eq!(category("category").as_deref(), Some(""));
        assert_eq!(category("xcategory=1&&=&"), None);
    }

    #[test]
    fn an_import_names_the_lines_that_it_skipped_and_stays_short() {
        let skipped =
            |count: u64| (0..count).map(|line| Skipped { line, why: "not UTF-8" }).collect::<Vec<_>>();
        let header = |count| {
            let answer = HttpResponse::imported(7, &skipped(count), None);
            assert_eq!((answer.status, answer.body.as_str()), (202, ""));
            assert_eq!(answer.headers[0], (IMPORTED, "7".to_owned()));
            answer.headers.get(1).map(|(_, list)| list.clone())
        };
        assert_eq!(header(0), None);
        assert_eq!(header(2).as_deref(), Some("0 not UTF-8; 1 not UTF-8"));
        let long = header(10_000).unwrap();
        assert!(long.ends_with(" more") && long.len() < 2_100, "{long}");
    }

    #[test]
    fn accepted_is_202_without_a_body() {
        let answer = HttpResponse::accepted(Some(&RequestId::new("r1")));
        assert_eq!((answer.status, answer.body.as_str()), (202, ""));
        assert_eq!(answer.headers, [("requestId", "r1".to_owned())]);
        assert_eq!(HttpResponse::accepted(None).headers, []);
    }
}
