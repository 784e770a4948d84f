//! The JSON form of each object of the settings: names that stay, whatever the types of the program are called.
//!
//! Owns the keys and values of [`crate::ledger`]. Never decides what may be set.
//!
//! | key | object |
//! | --- | --- |
//! | `system`, `cluster`, `database` | the CTI servers, the other node, the AWDB: absent until somebody sets them |
//! | `reason/ID`, `wrapup/ID`, `phonebook/ID`, `contact/BOOK/ID`, `medialayout/ID`, `workflow/ID`, `workflowaction/ID` | one object |
//! | `layout/default`, `team/ID/layout` | a layout of the desktop |
//! | `team/ID/LIST` | what a team has of the objects that are not for everybody |
//! | `next/KIND` | the next id of its kind: none is given twice |

mod cluster;
mod database;
mod place;
mod resource;
mod system;
#[cfg(test)]
mod tests;

use api::settings::{ClusterConfig, EnterpriseDatabaseConfig, SystemConfig};
use domain::ResourceEdit;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Config;
use crate::ledger::{Key, Objects, Write};

/// One object as it is from now on; nothing if there is none any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The CTI servers.
    System(Option<SystemConfig>),
    /// The other node.
    Cluster(Option<ClusterConfig>),
    /// The AWDB.
    Database(Option<EnterpriseDatabaseConfig>),
    /// What is set for people.
    Resource(ResourceEdit),
}

/// What is stored cannot be: it was changed by hand, or by a later version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {why}")]
pub struct RecordFault {
    key: Key,
    why: String,
}

impl Edit {
    /// What is to be written for it.
    pub fn write(&self) -> Write {
        match self {
            Self::System(system) => system::write(system.as_ref()),
            Self::Cluster(cluster) => cluster::write(cluster.as_ref()),
            Self::Database(database) => database::write(database.as_ref()),
            Self::Resource(edit) => resource::write(edit),
        }
    }

    /// What this write means.
    ///
    /// # Errors
    /// If it means nothing that this version knows; the message has no value in it, since one may be a password.
    pub fn read(write: &Write) -> Result<Self, RecordFault> {
        let value = write.value.as_deref();
        let edit = match write.key.kind() {
            system::KIND => system::read(value).map(Self::System),
            cluster::KIND => cluster::read(value).map(Self::Cluster),
            database::KIND => database::read(value).map(Self::Database),
            _ => resource::read(&write.key, value).map(Self::Resource),
        };
        let edit = edit.map_err(|why| RecordFault { key: write.key.clone(), why })?;
        if edit.write().key == write.key {
            return Ok(edit);
        }
        Err(RecordFault { key: write.key.clone(), why: "this key is written in another way".into() })
    }

    /// What a whole state means.
    ///
    /// # Errors
    /// As [`Edit::read`].
    pub fn all(objects: &Objects) -> Result<Vec<Self>, RecordFault> {
        objects.iter().map(|(key, value)| Self::read(&Write::set(key.clone(), value.clone()))).collect()
    }
}

/// What a log begins with: the resources of the settings file.
pub fn of_file(config: &Config) -> Vec<Write> {
    config.resources.edits().into_iter().map(|edit| Edit::Resource(edit).write()).collect()
}

/// A write of an object in its form.
fn write<T: Serialize>(key: String, form: Option<T>) -> Write {
    // The forms are plain data: they can always be written.
    Write { key: Key::new(key), value: form.and_then(|form| serde_json::to_string(&form).ok()) }
}

fn parse<T: DeserializeOwned>(value: Option<&str>) -> Result<Option<T>, String> {
    value.map(|value| serde_json::from_str(value).map_err(|why| without_values(&why))).transpose()
}

/// What is wrong and where, without a copy of the value: it may be a password.
fn without_values(reason: &serde_json::Error) -> String {
    let what = match reason.classify() {
        serde_json::error::Category::Data => "a value that cannot be",
        serde_json::error::Category::Syntax => "not JSON",
        serde_json::error::Category::Eof => "cut off",
        serde_json::error::Category::Io => "unreadable",
    };
    format!("column {}: {what}", reason.column())
}
