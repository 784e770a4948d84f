//! One change: what is written, by whom, and a sentence for people.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    CHANGE_BYTES_MAX, Fault, Head, KEY_BYTES_MAX, OVERRULED, VALUE_BYTES_MAX, WORDS_BYTES_MAX, WRITES_MAX,
};

/// Names one object: its kind, and ids after slashes (`reason/49`, `contact/3/17`, `system`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key of this text; whether it can be one is judged with the change that it comes in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the first slash.
    pub fn kind(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// What stands after the slashes.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').skip(1)
    }

    fn check(&self) -> Result<(), Fault> {
        let fits = (1..=KEY_BYTES_MAX).contains(&self.0.len());
        if fits && self.0.bytes().all(|byte| byte.is_ascii_graphic()) { Ok(()) } else { Err(Fault::Key) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// One object as it is from now on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Write {
    /// Which.
    pub key: Key,
    /// Its JSON text; nothing if there is none any more.
    pub value: Option<String>,
}

/// Without the value: it may have a password.
impl fmt::Debug for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} ({} bytes)", self.key, value.len()),
            None => write!(f, "{} removed", self.key),
        }
    }
}

impl Write {
    /// The object is this.
    pub fn set(key: Key, value: String) -> Self {
        Self { key, value: Some(value) }
    }

    /// What is at this head was overruled, and gives way wherever it is met.
    pub fn overrule(head: &Head) -> Self {
        Self::set(Key::new(OVERRULED), format!("{{\"checksum\":\"{}\"}}", head.hash))
    }

    /// There is no such object any more.
    pub fn remove(key: Key) -> Self {
        Self { key, value: None }
    }

    pub(super) fn bytes(&self) -> usize {
        self.key.as_str().len() + self.value.as_ref().map_or(0, String::len)
    }

    fn check(&self) -> Result<(), Fault> {
        self.key.check()?;
        if self.value.as_ref().is_some_and(|value| value.len() > VALUE_BYTES_MAX) {
            return Err(Fault::TooLong);
        }
        Ok(())
    }
}

/// All of it counts, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// In this order; a key that comes twice is as the last one says.
    pub writes: Vec<Write>,
    /// Who made it.
    pub by: String,
    /// One sentence for people.
    pub says: String,
}

impl Change {
    /// As JSON, in the one form over which the checksum goes.
    pub fn text(&self) -> String {
        // Strings, lists and options are always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From its JSON.
    ///
    /// # Errors
    /// If it is none, or is larger than a change may be.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let change: Self = serde_json::from_str(text).map_err(|_| Fault::Form)?;
        change.check().map(|()| change)
    }

    /// Keys and values together.
    pub fn bytes(&self) -> usize {
        self.writes.iter().map(Write::bytes).sum::<usize>() + self.by.len() + self.says.len()
    }

    /// # Errors
    /// If it is larger than a change may be.
    pub(super) fn check(&self) -> Result<(), Fault> {
        self.writes.iter().try_for_each(Write::check)?;
        let words = self.by.len().max(self.says.len());
        if self.writes.len() > WRITES_MAX || self.bytes() > CHANGE_BYTES_MAX || words > WORDS_BYTES_MAX {
            return Err(Fault::TooLong);
        }
        Ok(())
    }
}
