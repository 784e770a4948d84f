//! The lab page: a few files inside the binary, no build step, nothing from elsewhere.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

/// Scripts and styles of this page only; the page may talk to this lab only.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Names, types and contents of the files of the page.
macro_rules! files {
    ($($name:literal: $kind:literal),* $(,)?) => {
        &[$((concat!("/", $name), concat!("text/", $kind, "; charset=utf-8"), include_str!(concat!("page/", $name)))),*]
    };
}

const FILES: &[(&str, &str, &str)] = files![
    "index.html": "html", "replay.html": "html", "lab.css": "css", "picture.css": "css", "replay.css": "css",
    "agents.js": "javascript", "awdb.js": "javascript", "calls.js": "javascript", "causes.js": "javascript",
    "dom.js": "javascript", "en.js": "javascript", "faults.js": "javascript", "ja.js": "javascript", "lab.js": "javascript",
    "model.js": "javascript", "picture.js": "javascript", "presence.js": "javascript", "recording.js": "javascript",
    "replay-en.js": "javascript", "replay-ja.js": "javascript", "replay.js": "javascript", "scene.js": "javascript",
    "settings.js": "javascript",
    "story.js": "javascript", "timeline.js": "javascript", "told-ja.js": "javascript", "wires.js": "javascript", "words.js": "javascript",
];

/// The routes of the page.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES.iter().fold(Router::new(), |router, (path, kind, text)| {
        let path = if *path == "/index.html" { "/" } else { path };
        router.route(path, get(|| file(kind, text)))
    })
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

    use super::FILES;

    fn text(name: &str) -> &'static str {
        FILES.iter().find(|(path, _, _)| path.trim_start_matches('/') == name).unwrap().2
    }

    /// The keys of `export const language = { key: "word", "other-key": "word", };`.
    fn keys(file: &str) -> BTreeSet<&'static str> {
        let (_, table) = text(file).split_once("= {").unwrap();
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
        let (english, japanese) = (keys("en.js"), keys("ja.js"));
        assert_eq!(english, japanese);
        for key in ["title", "in-service", "LOGOUT", "mute", "agentAct"] {
            assert!(english.contains(key), "{key} in {english:?}");
        }
        assert_eq!(keys("replay-en.js"), keys("replay-ja.js"));
    }

    #[test]
    fn the_page_says_nothing_that_has_no_word() {
        let lab = ["lab.js", "picture.js", "calls.js", "agents.js", "faults.js"];
        assert_eq!(unknown("en.js", "index.html", &lab), Vec::<&str>::new());
        assert_eq!(unknown("replay-en.js", "replay.html", &["replay.js", "scene.js"]), Vec::<&str>::new());
    }

    /// What a page and its scripts say without a word for it.
    fn unknown(words: &str, page: &str, scripts: &[&str]) -> Vec<&'static str> {
        let known = keys(words);
        let html = ["data-t=\"", "data-label=\""].into_iter().flat_map(|before| said(text(page), before));
        let scripts = scripts.iter().map(|script| text(script)).flat_map(|script| {
            ["say(\"", "fault(\"", "once(\"", "label: \""].into_iter().flat_map(|before| said(script, before))
        });
        // A word that ends here goes on with the name of a state; those are above.
        let whole = |word: &&str| !["stage", "leg"].contains(word) && !word.is_empty();
        html.chain(scripts).filter(whole).filter(|word| !known.contains(word)).collect()
    }

    #[test]
    fn every_file_that_another_one_asks_for_is_served() {
        let served: BTreeSet<&str> = FILES.iter().map(|(path, _, _)| path.trim_start_matches('/')).collect();
        for (path, _, text) in FILES {
            for wanted in said(text, "from \"./").chain(said(text, "src=\"/")).chain(said(text, "href=\"/")) {
                assert!(served.contains(wanted), "{path} wants {wanted}");
            }
        }
    }
}
