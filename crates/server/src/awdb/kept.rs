//! Connections that are kept between checks, since to open one means to read the whole schema.
//!
//! Never hands out one to a file that was replaced or is gone: a database that came back is seen at the next check.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use super::sqlite;

/// A file, whatever its name is now: device and inode.
type Identity = (u64, u64);

/// An open connection.
#[derive(Debug)]
pub(super) struct Open {
    /// The file that had the path before it was opened.
    file: Option<Identity>,
    pub(super) connection: Connection,
}

/// At most as many as checks may run at once: each is kept before the slot of its check is free.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Vec<Open>>);

impl Kept {
    /// One to the file that has this path now: kept, or new.
    pub(super) fn get(&self, path: &Path, deadline: Duration) -> rusqlite::Result<Open> {
        let file = identity(path);
        match self.take(file) {
            Some(open) => Ok(open),
            None => Ok(Open { file, connection: sqlite::open(path, deadline)? }),
        }
    }

    /// Keeps one that is as good as new.
    pub(super) fn keep(&self, open: Open) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(open);
    }

    fn take(&self, file: Option<Identity>) -> Option<Open> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|open| file.is_some() && open.file == file);
        kept.pop()
    }
}

fn identity(path: &Path) -> Option<Identity> {
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}
