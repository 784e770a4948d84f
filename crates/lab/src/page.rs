//! The lab page: a few files inside the binary, no build step, nothing from elsewhere.

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
        .route("/dom.js", get(|| file("text/javascript; charset=utf-8", include_str!("page/dom.js"))))
        .route("/faults.js", get(|| file("text/javascript; charset=utf-8", include_str!("page/faults.js"))))
        .route(
            "/services.js",
            get(|| file("text/javascript; charset=utf-8", include_str!("page/services.js"))),
        )
        .route(
            "/presence.js",
            get(|| file("text/javascript; charset=utf-8", include_str!("page/presence.js"))),
        )
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    const WORDS: &str = include_str!("page/words.js");
    const HTML: &str = include_str!("page/index.html");
    const SCRIPTS: [&str; 3] =
        [include_str!("page/lab.js"), include_str!("page/faults.js"), include_str!("page/services.js")];

    /// The keys of `const language = { key: "word", "other-key": "word" };`.
    fn keys(language: &str) -> BTreeSet<&'static str> {
        let (_, table) = WORDS.split_once(&format!("const {language} = {{")).unwrap();
        let (table, _) = table.split_once("\n};").unwrap();
        let mut keys = BTreeSet::new();
        let (mut quoted, mut last) = (false, "");
        for piece in table.split('"') {
            match piece.trim_start() {
                colon if !quoted && colon.starts_with(':') => _ = keys.insert(last),
                bare if !quoted && bare.trim_end().ends_with(':') => {
                    let key = bare.trim_end().trim_end_matches(':');
                    _ = keys.insert(key.rsplit([',', ' ', '\n']).next().unwrap());
                }
                _ => last = piece,
            }
            quoted = !quoted;
        }
        keys
    }

    /// What stands between `before` and the next quotation mark, wherever that is a plain word.
    fn said(text: &'static str, before: &'static str) -> impl Iterator<Item = &'static str> {
        let inside_a_name = |at: usize| text.split_at(at).0.ends_with(|c: char| c.is_alphanumeric());
        let places: Vec<usize> = text.match_indices(before).map(|(at, _)| at).collect();
        let ends = places.into_iter().filter(move |at| !inside_a_name(*at)).map(|at| at + before.len());
        ends.filter_map(|at| text.split_at(at).1.split_once('"')).map(|(word, _)| word)
    }

    #[test]
    fn both_languages_have_the_same_words() {
        let (english, japanese) = (keys("en"), keys("ja"));
        assert_eq!(english, japanese);
        for key in ["title", "in-service", "LOGOUT", "mute", "agentAct"] {
            assert!(english.contains(key), "{key} in {english:?}");
        }
    }

    #[test]
    fn the_page_says_nothing_that_has_no_word() {
        let known = keys("en");
        let html = ["data-t=\"", "data-label=\""].into_iter().flat_map(|before| said(HTML, before));
        let scripts = SCRIPTS.into_iter().flat_map(|script| {
            ["t(\"", "choice(\"", "once(\""].into_iter().flat_map(|before| said(script, before))
        });
        // A word that ends here goes on with the name of a state; those are above.
        let whole = |word: &&str| !["stage", "leg"].contains(word) && !word.is_empty();
        let unknown: Vec<&str> =
            html.chain(scripts).filter(whole).filter(|word| !known.contains(word)).collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }
}
