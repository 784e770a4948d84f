//! The one form of request that long polling consists of, and its answer, as bytes (RFC 9112). Pure.
//!
//! Strict: whatever is not clearly this form is [`Told::Other`], and a complete HTTP stack judges it.

use std::ops::Range;
use std::time::{Duration, UNIX_EPOCH};

use axum::http::StatusCode;
use httparse::{EMPTY_HEADER, Request, Status};
use node::api::HttpResponse;
use node::domain::WallMs;

use crate::net::http::{BOSH_PATHS, BOSH_TYPE};

/// The longest request, with its head: several times what browsers send with cookies, and as much as the first buffer
/// of the HTTP stack that would have it otherwise.
pub(super) const REQUEST_MAX: usize = 8 * 1024;

/// Headers of a request; browsers send twenty, and a proxy adds ten.
const HEADERS_MAX: usize = 48;

/// What bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A request in full.
    Poll(Poll),
    /// The beginning of something.
    Part,
    /// Something else, or too long.
    Other,
}

/// A request in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Poll {
    /// Where its body is. Bytes behind that belong to the next request.
    pub(super) body: Range<usize>,
    /// The client wants the connection to end with the answer.
    pub(super) last: bool,
    /// The page that asks, if a browser says so.
    pub(super) origin: Option<Box<str>>,
}

/// What these bytes are, from the beginning of a request on.
pub(super) fn read(bytes: &[u8]) -> Told {
    let mut headers = [EMPTY_HEADER; HEADERS_MAX];
    let mut request = Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(Status::Complete(head)) => whole(&request, head, bytes.len()).unwrap_or(Told::Other),
        Ok(Status::Partial) if bytes.len() < REQUEST_MAX => Told::Part,
        Ok(Status::Partial) | Err(_) => Told::Other,
    }
}

/// The answer. It has no headers but those of HTTP itself, which is all that BOSH has, and those by which the page that
/// asked is granted to read it.
pub(super) fn answer(answer: &HttpResponse, granted: &str, last: bool, now: WallMs) -> Vec<u8> {
    let HttpResponse { status, body, headers: _ } = answer;
    let reason = StatusCode::from_u16(*status).ok().and_then(|status| status.canonical_reason());
    let (reason, length, date) = (reason.unwrap_or_default(), body.len(), date(now));
    let of_type = if body.is_empty() { String::new() } else { format!("content-type: {BOSH_TYPE}\r\n") };
    let close = if last { "connection: close\r\n" } else { "" };
    format!(
        "HTTP/1.1 {status} {reason}\r\n{of_type}content-length: {length}\r\n{granted}{close}date: {date}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn whole(request: &Request<'_, '_>, head: usize, told: usize) -> Option<Told> {
    let (length, last) = framing(request)?;
    let origin = origin(request);
    let body = head..head + length;
    match body.end {
        end if end > REQUEST_MAX => None,
        end if end > told => Some(Told::Part),
        _ => Some(Told::Poll(Poll { body, last, origin })),
    }
}

/// The length of the body, and whether the connection ends with the answer.
fn framing(request: &Request<'_, '_>) -> Option<(usize, bool)> {
    let poll = request.method? == "POST" && request.version? == 1 && BOSH_PATHS.contains(&request.path?);
    let (mut length, mut last) = (None, None);
    for header in request.headers.iter() {
        let is = |name: &str| header.name.eq_ignore_ascii_case(name);
        if is("content-length") {
            unset(&length)?;
            length = Some(digits(header.value)?);
        } else if is("connection") {
            unset(&last)?;
            last = Some(closes(header.value)?);
        } else if is("transfer-encoding") || is("expect") || is("upgrade") {
            return None;
        }
    }
    Some((length?, last.unwrap_or(false))).filter(|_| poll)
}

fn origin(request: &Request<'_, '_>) -> Option<Box<str>> {
    let header = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("origin"))?;
    Some(std::str::from_utf8(header.value).ok()?.into())
}

/// A header that decides about framing stands there once.
fn unset<T>(value: &Option<T>) -> Option<()> {
    value.is_none().then_some(())
}

/// As many digits as any length in bounds has.
fn digits(value: &[u8]) -> Option<usize> {
    let plain = (1..=5).contains(&value.len()) && value.iter().all(u8::is_ascii_digit);
    plain.then(|| std::str::from_utf8(value).ok()?.parse().ok()).flatten()
}

fn closes(value: &[u8]) -> Option<bool> {
    match value {
        _ if value.eq_ignore_ascii_case(b"keep-alive") => Some(false),
        _ if value.eq_ignore_ascii_case(b"close") => Some(true),
        _ => None,
    }
}

/// As RFC 9110 section 5.6.7 wants it.
fn date(WallMs(now): WallMs) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(now.try_into().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLL: &str = "POST /http-bind/ HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n";

    fn told(text: &str) -> Told {
        read(text.as_bytes())
    }

    fn poll(text: &str) -> (&str, bool) {
        match told(text) {
            Told::Poll(Poll { body, last, origin: _ }) => (&text[body], last),
            told => panic!("{text} is {told:?}"),
        }
    }

    #[test]
    fn a_usual_request_is_read_and_what_follows_it_is_left() {
        assert_eq!(poll(&format!("{POLL}\r\n<body/>")), ("<body/>", false));
        assert_eq!(poll(&format!("{POLL}\r\n<body/>POST /")), ("<body/>", false));
        assert_eq!(poll(&format!("{POLL}connection: Keep-Alive\r\n\r\n<body/>")), ("<body/>", false));
        assert_eq!(poll(&format!("{POLL}Connection: close\r\n\r\n<body/>")), ("<body/>", true));
        assert_eq!(poll("POST /http-bind HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), ("", false));
    }

    #[test]
    fn every_beginning_of_it_is_a_part() {
        let whole = format!("{POLL}\r\n<body/>");
        for end in 0..whole.len() {
            assert_eq!(told(&whole[..end]), Told::Part, "{end}");
        }
    }

    #[test]
    fn whatever_another_reader_might_frame_differently_is_none_of_ours() {
        for header in [
            "Transfer-Encoding: chunked",
            "Content-Length: 7",
            "Content-Length: 8",
            "Expect: 100-continue",
            "Upgrade: websocket",
            "Connection: upgrade",
            "Connection: close\r\nConnection: keep-alive",
            "Connection: keep-alive, close",
            "Bad Name: x",
            "Obsolete: a\r\n folded",
        ] {
            assert_eq!(told(&format!("{POLL}{header}\r\n\r\n<body/>")), Told::Other, "{header}");
        }
        for length in ["-1", "+7", "7,7", "0x7", "", "7 7", "99999999999999999999"] {
            let request = format!("POST /http-bind/ HTTP/1.1\r\nContent-Length: {length}\r\n\r\n<body/>");
            assert_eq!(told(&request), Told::Other, "{length}");
        }
        for line in [
            "GET /http-bind/ HTTP/1.1",
            "POST /http-bind/ HTTP/1.0",
            "POST /http-bind/?x HTTP/1.1",
            "POST /elsewhere HTTP/1.1",
            "PRI * HTTP/2.0",
            "\u{16}\u{3}",
        ] {
            assert_eq!(told(&format!("{line}\r\nContent-Length: 0\r\n\r\n")), Told::Other, "{line}");
        }
        assert_eq!(told("POST /http-bind/ HTTP/1.1\r\nHost: x\r\n\r\n"), Told::Other, "without a length");
    }

    #[test]
    fn what_is_too_long_is_not_waited_for() {
        let request = |length| format!("POST /http-bind/ HTTP/1.1\r\nContent-Length: {length}\r\n\r\n");
        let room = REQUEST_MAX - request(8000).len();
        assert_eq!(told(&request(room)), Told::Part);
        assert_eq!(told(&request(room + 1)), Told::Other);
        let head = format!("{POLL}Cookie: {}", "x".repeat(REQUEST_MAX));
        assert_eq!(told(&head[..REQUEST_MAX - 1]), Told::Part);
        assert_eq!(told(&head[..REQUEST_MAX]), Told::Other);
        let many = "X: y\r\n".repeat(HEADERS_MAX);
        assert_eq!(told(&format!("{POLL}{many}\r\n<body/>")), Told::Other);
    }

    #[test]
    fn an_answer_is_complete_and_says_whether_it_is_the_last() {
        let response =
            |status, body: &str| HttpResponse { status, body: body.to_owned(), headers: Vec::new() };
        let text =
            |response, last| String::from_utf8(answer(&response, "", last, WallMs(784_111_777_000))).unwrap();
        assert_eq!(
            text(response(200, "<body/>"), false),
            "HTTP/1.1 200 OK\r\ncontent-type: text/xml; charset=utf-8\r\ncontent-length: 7\r\n\
             date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n<body/>"
        );
        assert_eq!(
            text(response(404, ""), true),
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\
             date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n"
        );
    }
}
