//! Makes `src/messages/` and `src/values.rs` from `spec/ged188.toml`. Run it with
//! `cargo run -p ged188 --example generate`; the test `generated_code_is_current` compares its output with the files.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a generator whose input is broken has nothing better to do than to stop"
)]

mod emit;
mod model;
mod names;
mod values;

use std::path::PathBuf;

/// One file of generated code.
pub(crate) struct File {
    /// Its path in `src`.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
}

/// Every generated file.
pub(crate) fn generate(toml: &str) -> Vec<File> {
    let spec = model::Spec::parse(toml);
    let mut files = vec![
        file("values.rs", values::render(&spec)),
        file("messages/mod.rs", emit::root(&spec)),
        file("messages/names.rs", emit::kind_names(&spec)),
        file("messages/tags.rs", emit::tags(&spec)),
    ];
    for section in spec.sections() {
        files.push(file(&format!("messages/{}.rs", section.module), emit::section(&spec, &section)));
    }
    files
}

/// The text of the specification and the folder that the paths are relative to.
pub(crate) fn input() -> (String, PathBuf) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let toml = std::fs::read_to_string(root.join("spec/ged188.toml")).expect("spec/ged188.toml can be read");
    (toml, root.join("src"))
}

fn file(path: &str, body: String) -> File {
    let head = "// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.\n\n";
    File { path: PathBuf::from(path), text: format!("{head}{body}") }
}
