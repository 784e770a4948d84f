//! A host and a port.

use api::settings::HostPort;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    host: String,
    port: u16,
}

impl From<&HostPort> for Place {
    fn from(HostPort { host, port }: &HostPort) -> Self {
        Self { host: host.clone(), port: *port }
    }
}

impl From<Place> for HostPort {
    fn from(Place { host, port }: Place) -> Self {
        Self { host, port }
    }
}
