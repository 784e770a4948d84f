//! What the settings file had for people when the log began: it is not looked at again, and whoever changes it later is
//! to be told so.

use serde::{Deserialize, Serialize};

use crate::ledger::{Hash, Write};

pub(super) const KIND: &str = "file";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    checksum: String,
}

pub(super) fn write(checksum: Option<&String>) -> Write {
    super::write(KIND.into(), checksum.map(|checksum| File { checksum: checksum.clone() }))
}

pub(super) fn read(value: Option<&str>) -> Result<Option<String>, String> {
    Ok(super::parse(value)?.map(|File { checksum }| checksum))
}

pub(super) fn checksum(writes: &[Write]) -> String {
    Hash::of_writes(writes).to_string()
}
