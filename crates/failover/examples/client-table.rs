//! Prints the transition table of client failover: `cargo run -p failover --example client-table >
//! web/tests/failover/table.json`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().lock().write_all(failover::client::table::json().as_bytes())
}
