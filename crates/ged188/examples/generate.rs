//! Writes the generated code: `cargo run -p ged188 --example generate`.

#[path = "../generator/mod.rs"]
mod generator;

fn main() -> std::io::Result<()> {
    let (toml, src) = generator::input();
    for file in generator::generate(&toml) {
        std::fs::write(src.join(&file.path), file.text)?;
    }
    Ok(())
}
