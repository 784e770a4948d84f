//! How the process takes its memory: page by page.

use rustix::thread::disable_transparent_huge_pages;
use tracing::debug;

/// Lets the kernel hand out memory in pages of 4 KiB, never in huge ones. An idle connection of the HTTP stack has
/// buffers of 8 KiB each of which it has used a few hundred bytes; in huge pages all of them are resident, and an idle
/// BOSH session over TLS takes 45 kB instead of 32 (`holdfast bench fanout --tls`). At 2,000 deliveries a second both
/// take the same processor time, within what two runs differ by.
pub fn small_pages() {
    if let Err(reason) = disable_transparent_huge_pages(true) {
        debug!(%reason, "memory comes in huge pages");
    }
}
