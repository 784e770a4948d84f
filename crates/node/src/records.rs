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
//! | `file` | the checksum of what the settings file had for people when the log began |
//! | `overruled` | the log's own |

mod cluster;
mod database;
mod file;
mod place;
mod resource;
mod system;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use api::settings::{ClusterConfig, EnterpriseDatabaseConfig, SystemConfig};
use domain::ResourceEdit;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Config;
use crate::ledger::{Key, Log, OVERRULED, Objects, Write};

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
    /// The checksum of what the settings file had for people when the log began.
    File(Option<String>),
    /// What the log itself notes.
    Log(Write),
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
            Self::File(checksum) => file::write(checksum.as_ref()),
            Self::Log(write) => write.clone(),
        }
    }

    fn name(&self) -> Cow<'_, str> {
        match self {
            Self::System(_) => system::KIND.into(),
            Self::Cluster(_) => cluster::KIND.into(),
            Self::Database(_) => database::KIND.into(),
            Self::Resource(edit) => resource::name(edit).into(),
            Self::File(_) => file::KIND.into(),
            Self::Log(write) => write.key.as_str().into(),
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
            file::KIND => file::read(value).map(Self::File),
            OVERRULED => Ok(Self::Log(write.clone())),
            _ => resource::read(&write.key, value).map(Self::Resource),
        };
        let edit = edit.map_err(|why| RecordFault { key: write.key.clone(), why })?;
        if edit.name() == write.key.as_str() {
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
    let mut writes = resources_of_file(config);
    writes.push(file::write(Some(&file::checksum(&writes))));
    writes
}

/// Whether the settings file has resources, and other ones than the log began with: they do not count. Unknown of a log
/// that was begun before this was noted.
pub fn is_file_ignored(config: &Config, log: &Log) -> bool {
    let writes = resources_of_file(config);
    let own = file::write(Some(&file::checksum(&writes))).value;
    let began = log.objects().get(file::KIND);
    !writes.is_empty() && began.is_some() && began != own.as_ref()
}

fn resources_of_file(config: &Config) -> Vec<Write> {
    config.resources.edits().into_iter().map(|edit| Edit::Resource(edit).write()).collect()
}

/// A write of an object in its form.
fn write<T: Serialize>(key: String, form: Option<T>) -> Write {
    Write { key: Key::new(key), value: text(form) }
}

/// The forms are plain data: they can always be written.
fn text<T: Serialize>(form: Option<T>) -> Option<String> {
    form.and_then(|form| serde_json::to_string(&form).ok())
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
