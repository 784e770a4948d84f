//! From text and overrides to [`File`], with errors that say where.

use serde::Deserialize;
use toml::{Table, Value};

use super::file::File;

/// What is wrong with the settings: which file, which line, which key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct ConfigError {
    place: String,
    reason: String,
}

impl ConfigError {
    pub(super) fn new(place: &str, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }
}

/// The file with the overrides applied.
pub(super) fn file(name: &str, text: &str, overrides: &[String]) -> Result<File, ConfigError> {
    let written = toml::from_str::<File>(text).map_err(|reason| at_line(name, text, &reason));
    if overrides.is_empty() {
        return written;
    }
    let mut table: Table = text.parse().map_err(|reason| at_line(name, text, &reason))?;
    for setting in overrides {
        apply(&mut table, setting)?;
    }
    // What is wrong without the overrides is the file's own fault, and the file has lines to point to.
    File::deserialize(Value::Table(table)).map_err(|reason| match written {
        Err(in_file) => in_file,
        Ok(_) => ConfigError::new("--set", reason.to_string().trim_end().replace('\n', " ")),
    })
}

/// Sets `a.b.c=value`. A value that is no TOML is taken as text, so that `cti.retry=2s` needs no quotes; no value
/// leaves the key out, as if the file had no such line.
fn apply(to: &mut Table, setting: &str) -> Result<(), ConfigError> {
    let wrong = |reason: &str| ConfigError::new(&format!("--set {}", key_of(setting)), reason);
    let (key, value) = setting.split_once('=').ok_or_else(|| wrong("write KEY=VALUE"))?;
    let mut path: Vec<&str> = key.split('.').map(str::trim).collect();
    let last = path.pop().filter(|last| !last.is_empty()).ok_or_else(|| wrong("the key is empty"))?;
    let mut table = to;
    for step in path {
        let entry = table.entry(step).or_insert_with(|| Value::Table(Table::new()));
        table = entry.as_table_mut().ok_or_else(|| wrong("the key leads through a plain value"))?;
    }
    match value.trim() {
        "" => table.remove(last),
        value => table.insert(last.to_owned(), value_of(value)),
    };
    Ok(())
}

/// The part that may be shown: a value may be a password.
fn key_of(setting: &str) -> &str {
    setting.split('=').next().unwrap_or_default()
}

fn value_of(text: &str) -> Value {
    let parsed = format!("value = {text}").parse::<Table>().ok().and_then(|mut table| table.remove("value"));
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Line and key instead of a copy of the line, which may hold a password.
fn at_line(name: &str, text: &str, reason: &toml::de::Error) -> ConfigError {
    let Some(span) = reason.span() else {
        return ConfigError::new(name, reason.message());
    };
    let before = text.get(..span.start).unwrap_or(text);
    let line_number = before.matches('\n').count() + 1;
    let line = text.lines().nth(line_number - 1).unwrap_or_default();
    let key = line.split_once('=').map_or(line, |(key, _)| key).trim();
    ConfigError::new(&format!("{name}:{line_number}: {key}"), reason.message())
}
