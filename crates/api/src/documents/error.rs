//! ApiErrors: capital initials in answers, lower case in events (rest-api.md sections 3.1 and 4.4).

use domain::ApiError;

use super::rendered;
use crate::ApiFailure;

/// The body of a synchronous failure.
pub fn api_errors(failure: &ApiFailure) -> String {
    rendered(|w| {
        w.open("ApiErrors").open("ApiError");
        w.leaf("ErrorData", &failure.data);
        w.leaf("ErrorMessage", &failure.message);
        w.leaf("ErrorType", failure.kind.as_str());
    })
}

/// The object of an event about a request that failed later.
pub(crate) fn api_errors_event(error: &ApiError) -> String {
    rendered(|w| {
        w.open("apiErrors").open("apiError");
        w.leaf("errorData", &error.data).leaf("errorMessage", &error.message).leaf("errorType", &error.kind);
    })
}
