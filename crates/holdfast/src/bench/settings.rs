//! The settings of the desktop server that decide how long a failover takes, as it reads them itself.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use server::config::Config;
use sim::node::failover::cti;

use super::fault::Fault;
use crate::drill::NODE;

/// What every failover may take on a LAN, from the loss or from the last attempt that could not succeed.
const IN_SERVICE_WITHIN: Duration = Duration::from_secs(1);
/// Round trips on the way into service: five refused dials, and five from the connect to the last call that is read.
const ROUND_TRIPS: u32 = 10;

/// What was measured with.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    cti: cti::Settings,
    window: usize,
}

impl Settings {
    /// Reads the settings file that the lab wrote for its desktop server.
    pub(super) fn read(dir: &Path, overrides: &[String]) -> Result<Self, String> {
        let file = dir.join(format!("{}.toml", NODE.as_str()));
        let Config { node, .. } = Config::load(&file, overrides).map_err(|reason| reason.to_string())?;
        Ok(Self { cti: node.cti, window: node.recovery.window })
    }

    /// When the desktop server must be in service again.
    pub(super) fn in_service_within(&self, fault: Fault, rtt: Duration) -> Duration {
        let base = IN_SERVICE_WITHIN + rtt * ROUND_TRIPS;
        match fault {
            Fault::Kill | Fault::Reset => base,
            // Silence is all there is to go by: missed heartbeats, then attempts that time out.
            Fault::Hang => {
                let misses = self.cti.heartbeat_interval * (u32::from(self.cti.heartbeat_misses) + 1);
                base + misses + self.cti.attempt_timeout * u32::from(self.cti.attempts_per_side)
            }
        }
    }

    /// For the report.
    pub(super) fn json(&self) -> Value {
        json!({
            "retry_first_ms": millis(self.cti.retry_first),
            "retry_ms": millis(self.cti.retry),
            "attempts_per_side": self.cti.attempts_per_side,
            "connect_time_out_ms": millis(self.cti.attempt_timeout),
            "heartbeat_ms": millis(self.cti.heartbeat_interval),
            "heartbeat_misses": self.cti.heartbeat_misses,
            "window": self.window,
        })
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
