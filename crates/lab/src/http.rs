//! A small HTTP client with a deadline and a bound for every answer; for probes, virtual desktops and `lab ctl`.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// The largest answer that is read. A desktop server's longest documents are lists of a few hundred kilobytes.
const ANSWER_MAX: usize = 8 * 1024 * 1024;

/// A client; clones share its connections.
#[derive(Clone, Debug)]
pub struct Http(Client<HttpConnector, Full<Bytes>>);

/// One request.
#[derive(Clone, Debug)]
pub struct Ask {
    /// `GET`, `PUT`, `POST` ...
    pub method: Method,
    /// Where to, in full.
    pub url: String,
    /// Headers beside Host and Content-Length.
    pub headers: Vec<(&'static str, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// How long the whole exchange may take.
    pub deadline: Duration,
}

/// The answer, read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers with readable values, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The request could not be written: an address or a header is malformed.
    #[error("the request is malformed: {0}")]
    Malformed(String),
    /// No connection, or it broke.
    #[error("{url} does not answer: {reason}")]
    Unreachable {
        /// Who.
        url: String,
        /// What the connection said.
        reason: String,
    },
    /// The deadline passed.
    #[error("{url} did not answer within {deadline:?}")]
    Late {
        /// Who.
        url: String,
        /// The deadline.
        deadline: Duration,
    },
}

impl Default for Http {
    fn default() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self(Client::builder(TokioExecutor::new()).build(connector))
    }
}

impl Ask {
    /// A request without headers and body, with a deadline of five seconds.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        let deadline = Duration::from_secs(5);
        Self { method, url: url.into(), headers: Vec::new(), body: Vec::new(), deadline }
    }

    /// A plain GET.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new(Method::GET, url)
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a name and a password (RFC 7617).
    pub fn basic(self, user: &str, password: &str) -> Self {
        let credentials = BASE64.encode(format!("{user}:{password}"));
        self.header("authorization", format!("Basic {credentials}"))
    }

    /// Makes it a POST with this body.
    pub fn post(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { method: Method::POST, ..self }.body(content_type, body)
    }

    /// Sets the body and its type.
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }.header("content-type", content_type)
    }

    /// Sets the deadline.
    pub fn within(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }
}

impl Http {
    /// Sends a request and reads the whole answer.
    pub async fn ask(&self, ask: Ask) -> Result<Answer, HttpError> {
        let (url, deadline) = (ask.url.clone(), ask.deadline);
        let request = request(ask)?;
        match tokio::time::timeout(deadline, self.exchange(request)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(reason)) => Err(HttpError::Unreachable { url, reason }),
            Err(_) => Err(HttpError::Late { url, deadline }),
        }
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Answer, String> {
        let response = self.0.request(request).await.map_err(|error| root_cause(&error))?;
        let (status, headers) = (response.status().as_u16(), headers(&response));
        let body = Limited::new(response.into_body(), ANSWER_MAX).collect().await;
        let body = body.map_err(|error| error.to_string())?.to_bytes();
        Ok(Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
    }
}

impl Answer {
    /// A 401 that says nothing about the password: no AWDB could check it.
    pub fn is_not_checked(&self) -> bool {
        self.status == 401 && self.header("holdfast-not-checked-since").is_some()
    }

    /// How long a server that is too busy wants to be left alone, if it says so.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = self.header("retry-after").filter(|_| self.status == 503)?;
        seconds.trim().parse().ok().map(Duration::from_secs)
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

fn request(ask: Ask) -> Result<Request<Full<Bytes>>, HttpError> {
    let start = Request::builder().method(ask.method).uri(ask.url);
    let built = ask.headers.into_iter().fold(start, |request, (name, value)| request.header(name, value));
    built.body(Full::new(Bytes::from(ask.body))).map_err(|error| HttpError::Malformed(error.to_string()))
}

fn headers<B>(response: &Response<B>) -> Vec<(String, String)> {
    let readable = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
        value.to_str().ok().map(|value| (name.as_str().to_owned(), value.to_owned()))
    };
    response.headers().iter().filter_map(readable).collect()
}

/// The innermost reason: "Connection refused" says more than "client error".
fn root_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => root_cause(source),
        None => error.to_string(),
    }
}
