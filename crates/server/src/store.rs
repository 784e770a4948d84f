//! What administrators have set through the API, on disk: `settings.json` in the data directory.
//!
//! A setting that was acknowledged is on disk. At the start it goes before what the settings file says; what was never
//! set here is the settings file's. Owns that one file and its form. Never decides what may be set.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use node::SettingsChange;

mod apply;
mod form;
#[cfg(test)]
mod tests;

use crate::config::Config;
use crate::disk;
use form::Stored;

pub(crate) use apply::databases;

/// The longest file that is ours: 2,200 reason codes with labels of 40 characters and some hundred teams fit.
const BYTES_MAX: usize = 16 << 20;

/// The file is there and cannot be used. The server does not start: it would run with settings that somebody has
/// changed.
#[derive(Debug, thiserror::Error)]
#[error(
    "{path}: {why}; it holds what was set through the API: repair it, or move it away to go back to the settings file"
)]
pub struct StoreError {
    path: String,
    why: String,
}

/// The settings of one node.
pub(crate) struct Store {
    path: PathBuf,
    stored: Mutex<Stored>,
}

impl Store {
    /// What is on disk for the node with this data directory.
    pub(crate) fn open(data_dir: &Path) -> Result<Self, StoreError> {
        let path = data_dir.join("settings.json");
        let stored = match disk::read(&path, BYTES_MAX).map(|text| serde_json::from_str(&text)) {
            Ok(Ok(stored)) => stored,
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Stored::default(),
            Ok(Err(reason)) => return Err(unusable(&path, form::without_values(&reason))),
            Err(reason) => return Err(unusable(&path, reason.to_string())),
        };
        Ok(Self { path, stored: Mutex::new(stored) })
    }

    /// Puts what is stored in the place of what the settings file says.
    ///
    /// # Errors
    /// If a value on disk cannot be; then it was changed by hand.
    pub(crate) fn apply(&self, config: &mut Config) -> Result<(), StoreError> {
        let stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone();
        apply::apply(stored, config).map_err(|why| unusable(&self.path, why))
    }

    /// Writes a change down. When this returns without an error, no crash can take it back.
    ///
    /// # Errors
    /// If it could not be written; then what was stored before is stored.
    pub(crate) fn keep(&self, change: &SettingsChange) -> io::Result<()> {
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = stored.clone().with(change);
        disk::replace(&self.path, &serde_json::to_vec_pretty(&changed)?)?;
        *stored = changed;
        Ok(())
    }
}

fn unusable(path: &Path, why: String) -> StoreError {
    StoreError { path: path.display().to_string(), why }
}
