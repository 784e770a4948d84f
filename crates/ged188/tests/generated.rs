//! The committed code is what the generator makes of the specification.

#[path = "../generator/mod.rs"]
mod generator;

#[test]
fn generated_code_is_current() {
    let (toml, src) = generator::input();
    for file in generator::generate(&toml) {
        let committed = std::fs::read_to_string(src.join(&file.path)).unwrap_or_default();
        assert!(
            committed == file.text,
            "{} is stale: run `cargo run -p ged188 --example generate`",
            file.path.display()
        );
    }
}
