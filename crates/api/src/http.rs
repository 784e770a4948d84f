//! HTTP as the core sees it: one request in, one response out. Sockets, TLS and framing are the shell's.

/// A request under `/finesse/api`. The shell has limited the body (1 MiB) and the head.
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
    /// The body.
    pub body: Vec<u8>,
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
