//! How many descriptors the process may have: as many as the system allows, or a word on what is missing.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tracing::{info, warn};

/// What a node of 2,000 agents needs: a stream or two held requests for each, a few connections for REST, and as much
/// again while all of them move here.
const WANTED: u64 = 16_384;

/// Raises the soft limit (RLIMIT_NOFILE) to the hard one. Children inherit it.
///
/// Says in the log what there is, and how to get more if it is less than a full node needs.
pub fn raise() {
    let before = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: before.maximum, maximum: before.maximum };
    let after = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => raised,
        Err(reason) => {
            warn!(%reason, "the limit of descriptors (RLIMIT_NOFILE) could not be raised");
            before
        }
    };
    match after.current {
        Some(limit) if limit < WANTED => warn!("{}", too_few(limit)),
        limit => info!(limit, "descriptors"),
    }
}

/// How many this process may have; `None` for any number.
pub fn limit() -> Option<u64> {
    getrlimit(Resource::Nofile).current
}

fn too_few(limit: u64) -> String {
    format!(
        "at most {limit} descriptors (RLIMIT_NOFILE), and a full node needs {WANTED}: set LimitNOFILE={WANTED} in the \
         systemd unit, or `ulimit -Hn {WANTED}` before the start"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_the_system_allows_is_taken() {
        raise();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
    }

    #[test]
    fn what_is_missing_is_named() {
        let says = too_few(1024);
        assert!(says.contains("1024") && says.contains("LimitNOFILE=16384"), "{says}");
    }
}
