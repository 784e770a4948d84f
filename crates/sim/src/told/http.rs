//! Requests and answers of REST: method, path and what is asked for; status and which error.

use node::api::{HttpRequest, HttpResponse};

use crate::recorder::{Fingerprint, Says};

/// What people want to know of a body; everything else stays untold.
const TOLD: [&str; 6] = ["state", "requestedAction", "extension", "toAddress", "fromAddress", "reasonCodeId"];

/// A request.
pub(crate) struct Asking<'a>(pub(crate) &'a HttpRequest);

impl Says for Asking<'_> {
    fn fold(&self, into: &mut Fingerprint) {
        let HttpRequest { method, path, body, request_id, .. } = self.0;
        into.bytes(method.as_bytes());
        into.bytes(path.as_bytes());
        into.bytes(body);
        into.bytes(request_id.as_deref().unwrap_or_default().as_bytes());
    }

    fn tell(&self) -> String {
        let HttpRequest { method, path, body, request_id, .. } = self.0;
        let body = String::from_utf8_lossy(body);
        let said = TOLD.into_iter().filter_map(|name| between(&body, name));
        let head = [method.as_str(), short(path)].into_iter();
        let words: Vec<&str> = head.chain(said).chain(request_id.as_deref()).collect();
        words.join(" ")
    }
}

/// An answer.
pub(crate) struct Answered<'a> {
    /// To which path.
    pub(crate) path: &'a str,
    /// Which.
    pub(crate) response: &'a HttpResponse,
}

impl Says for Answered<'_> {
    fn fold(&self, into: &mut Fingerprint) {
        into.number(u64::from(self.response.status));
        into.number(self.response.body.len() as u64);
    }

    fn tell(&self) -> String {
        let HttpResponse { status, body, headers } = self.response;
        let request = headers.iter().find(|(name, _)| *name == "requestId").map(|(_, id)| id.as_str());
        let patience = headers.iter().find(|(name, _)| *name == "Retry-After");
        let mut told = format!("{status} to {}", short(self.path));
        let said = ["ErrorType", "status", "state"].map(|name| between(body, name));
        for word in said.into_iter().flatten().chain(request) {
            told = format!("{told} {word}");
        }
        patience.map(|(_, seconds)| format!("{told}, again after {seconds} s")).unwrap_or(told)
    }
}

/// All paths begin alike.
fn short(path: &str) -> &str {
    path.strip_prefix("/finesse/api/").unwrap_or(path)
}

/// Text of the first element of that name.
fn between<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = body.split_once(&format!("<{name}>"))?;
    rest.split_once('<').map(|(text, _)| text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use node::domain::Secret;

    use super::*;

    #[test]
    fn a_request_is_told_without_credentials() {
        let request = HttpRequest {
            method: "PUT".into(),
            authorization: Some(Secret::new("Basic c2VjcmV0")),
            request_id: Some("r17".into()),
            body: b"<User><state>LOGIN</state><extension>61001</extension><password>pw</password></User>"
                .to_vec(),
            ..HttpRequest::page("/finesse/api/User/1001")
        };
        assert_eq!(Asking(&request).tell(), "PUT User/1001 LOGIN 61001 r17");
    }

    #[test]
    fn an_answer_is_told_with_its_error() {
        let body = "<ApiErrors><ApiError><ErrorType>Unauthorized</ErrorType></ApiError></ApiErrors>";
        let headers = vec![("Retry-After", "5".to_owned())];
        let response = HttpResponse { status: 401, body: body.into(), headers };
        let told = Answered { path: "/finesse/api/User/1001", response: &response }.tell();
        assert_eq!(told, "401 to User/1001 Unauthorized, again after 5 s");
    }
}
