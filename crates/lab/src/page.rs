//! The lab page: three files inside the binary, no build step, nothing from elsewhere.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

/// Scripts and styles of this page only; the page may talk to this lab only.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The files of the page.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(|| file("text/html; charset=utf-8", include_str!("page/index.html"))))
        .route("/lab.css", get(|| file("text/css; charset=utf-8", include_str!("page/lab.css"))))
        .route("/lab.js", get(|| file("text/javascript; charset=utf-8", include_str!("page/lab.js"))))
        .route("/words.js", get(|| file("text/javascript; charset=utf-8", include_str!("page/words.js"))))
}

/// Never cached: the page belongs to the lab that runs now.
async fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text)
}
