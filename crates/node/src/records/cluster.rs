//! The other node (rest-api.md section 16).

use api::settings::ClusterConfig;
use serde::{Deserialize, Serialize};

use crate::ledger::Write;

pub(super) const KIND: &str = "cluster";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cluster {
    secondary: Option<String>,
}

pub(super) fn write(cluster: Option<&ClusterConfig>) -> Write {
    let form = cluster.map(|ClusterConfig { secondary }| Cluster { secondary: secondary.clone() });
    super::write(KIND.into(), form)
}

pub(super) fn read(value: Option<&str>) -> Result<Option<ClusterConfig>, String> {
    Ok(super::parse(value)?.map(|Cluster { secondary }| ClusterConfig { secondary }))
}
