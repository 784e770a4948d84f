//! `PUT Team/{id}/ReasonCodes` and its like: which objects a team has (rest-api.md section 8.2).

use super::{body, optional};
use crate::{ApiFailure, HttpRequest, links};

/// Reads a list of objects of a kind, such as `ReasonCode`, by their URIs, in its order.
///
/// # Errors
/// 400 `Bad Request` if it is not such a list, 400 `Invalid Input` for what is no URI of the kind.
pub fn assignment(request: &HttpRequest, kind: &str) -> Result<Vec<i32>, ApiFailure> {
    let list = body(request, &format!("{kind}s"))?;
    let items = list.children().filter(|child| child.name == kind);
    let uris = items.map(|item| optional(item, "uri").unwrap_or_default());
    uris.map(|uri| links::setting_of(kind, &uri).ok_or_else(|| not_of_the_kind(kind, &uri))).collect()
}

fn not_of_the_kind(kind: &str, uri: &str) -> ApiFailure {
    ApiFailure::invalid_input(format!("uri must be that of a {kind}"), uri)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    #[test]
    fn objects_are_named_by_their_uris() {
        let read = |inner: &str| {
            let read = assignment(&put(&format!("<PhoneBooks>{inner}</PhoneBooks>")), "PhoneBook");
            read.map_err(|failure| failure.kind.as_str())
        };
        let book = |uri: &str| format!("<PhoneBook><name>x</name><uri>{uri}</uri></PhoneBook>");
        let two = book("/finesse/api/PhoneBook/3") + &book("http://a/finesse/api/PhoneBook/1");
        assert_eq!(read(&two), Ok(vec![3, 1]));
        assert_eq!(read(""), Ok(Vec::new()));
        assert_eq!(read(&book("/finesse/api/ReasonCode/3")), Err("Invalid Input"));
        assert_eq!(read("<PhoneBook/>"), Err("Invalid Input"));
        let other = assignment(&put("<ReasonCodes/>"), "PhoneBook").map_err(|failure| failure.kind.as_str());
        assert_eq!(other, Err("Bad Request"));
    }
}
