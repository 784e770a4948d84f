//! Writes what is made from the table of endpoints: `cargo run -p api --example generate`.

#![expect(clippy::expect_used, clippy::panic, reason = "whoever runs it sees why it ended")]

#[path = "../generator/mod.rs"]
mod generator;

fn main() -> std::io::Result<()> {
    for generator::Written { path, text } in generator::written() {
        std::fs::write(generator::place(path), text)?;
    }
    Ok(())
}
