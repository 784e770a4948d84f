//! The next id of each kind of object: none is given twice, whatever is deleted.

use serde::{Deserialize, Serialize};

use crate::ledger::{Key, Write};

pub(super) const KIND: &str = "next";

/// The kinds that have ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Reason codes.
    Reason,
}

impl Series {
    const ALL: [Self; 1] = [Self::Reason];

    /// The kind in the keys of its objects.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Reason => super::reason::KIND,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Next {
    id: i32,
}

pub(super) fn write(series: Series, id: Option<i32>) -> Write {
    super::write(format!("{KIND}/{}", series.kind()), id.map(|id| Next { id }))
}

pub(super) fn read(key: &Key, value: Option<&str>) -> Result<(Series, Option<i32>), String> {
    let kind = key.ids().next().unwrap_or_default();
    let series = Series::ALL.into_iter().find(|series| series.kind() == kind);
    let series = series.ok_or("there is no such kind of object")?;
    Ok((series, super::parse(value)?.map(|Next { id }| id)))
}
