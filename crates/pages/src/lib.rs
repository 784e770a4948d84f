//! The web application as `make web` built it, embedded when this crate is built; without it, one plain page that
//! says what to run.
//!
//! Owns the files and what their names say of them. Never serves them; that is `server`'s.

/// One file.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Below the root, without a slash in front: `assets/index-B1a2.js`.
    pub path: &'static str,
    /// Names the content, quotes included (RFC 9110 section 8.8.3).
    pub etag: &'static str,
    /// The content.
    pub plain: &'static [u8],
    /// The content compressed with Brotli, where that is shorter.
    pub brotli: Option<&'static [u8]>,
    /// The content compressed with gzip, where that is shorter.
    pub gzip: Option<&'static [u8]>,
}

/// All of them, by path.
pub const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Files below this have a name that changes with their content.
const HASHED: &str = "assets/";

impl File {
    /// The file at a path below the root; the root itself is `index.html`.
    pub fn at(path: &str) -> Option<&'static Self> {
        let path = if path.is_empty() { "index.html" } else { path };
        FILES.iter().find(|file| file.path == path)
    }

    /// The media type, by the ending of the name.
    pub fn content_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("json" | "webmanifest") => "application/json",
            Some("woff2") => "font/woff2",
            _ => "application/octet-stream",
        }
    }

    /// Whether the content under this name is the same for ever.
    pub fn is_immutable(&self) -> bool {
        self.path.starts_with(HASHED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_page_whether_it_was_built_or_not() {
        let page = File::at("").unwrap();
        assert_eq!(page.content_type(), "text/html; charset=utf-8");
        assert!(String::from_utf8_lossy(page.plain).contains("Holdfast"));
        assert!(!page.is_immutable());
        assert!(File::at("../Cargo.toml").is_none());
    }

    #[test]
    fn names_tell_what_may_be_kept_for_ever() {
        for file in FILES {
            assert_eq!(file.is_immutable(), file.path != "index.html" && file.path.starts_with("assets/"));
            assert!(file.etag.starts_with('"') && file.etag.ends_with('"'));
        }
    }
}
