//! What is logged. One line for each entry of the node's story; never a password, a body or an `Authorization` header.
//!
//! Levels: error means broken, warn may wake someone, info is what an operator asked about, debug tells of a choice.

use node::failover::awdb::Host;
use node::{SignInError, Story};
use tracing::{Level, debug, event, info, warn};

/// Logs one entry of the story.
pub fn story(entry: &Story) {
    match level_of(entry.what) {
        Level::WARN => event!(Level::WARN, what = entry.what, "{}", entry.says),
        _ => event!(Level::INFO, what = entry.what, "{}", entry.says),
    }
}

/// Logs why a credential check gave nobody. Who it was stays out of the log.
pub(crate) fn verdict<T>(host: Host, verdict: &Result<T, SignInError>) {
    match verdict {
        Ok(_) => {}
        Err(SignInError::Refused(reason)) => info!(%host, reason, "sign-in refused"),
        Err(SignInError::Unusable(reason)) => {
            warn!(%host, reason, "the AWDB stores something of no use of a person")
        }
        Err(SignInError::Unreachable(reason)) => debug!(%host, reason, "the AWDB did not answer"),
    }
}

/// Logs why the people of an AWDB could not be read in the background.
pub(crate) fn unread(host: Host, reason: &str) {
    debug!(%host, reason, "the people of the AWDB were not read; what is known stays");
}

/// The loss of a server may wake someone; everything else is the story of how it came back.
fn level_of(what: &str) -> Level {
    match what {
        "cti.lost"
        | "cti.peripheral_offline"
        | "cti.recovery_failed"
        | "awdb.lost"
        | "awdb.unreachable"
        | "awdb.distributor_stopped" => Level::WARN,
        _ => Level::INFO,
    }
}
