//! The CTI servers (rest-api.md section 16).

use api::settings::{HostPort, SystemConfig};
use serde::{Deserialize, Serialize};

use super::place::Place;
use crate::ledger::Write;

pub(super) const KIND: &str = "system";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    primary: Place,
    backup: Option<Place>,
    peripheral_id: u32,
}

pub(super) fn write(system: Option<&SystemConfig>) -> Write {
    let form = system.map(|system| System {
        primary: (&system.primary).into(),
        backup: system.backup.as_ref().map(Place::from),
        peripheral_id: system.peripheral_id,
    });
    super::write(KIND.into(), form)
}

pub(super) fn read(value: Option<&str>) -> Result<Option<SystemConfig>, String> {
    let form = super::parse(value)?;
    Ok(form.map(|System { primary, backup, peripheral_id }| SystemConfig {
        primary: primary.into(),
        backup: backup.map(HostPort::from),
        peripheral_id,
    }))
}
