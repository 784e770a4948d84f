//! What desktops tell of themselves (`POST User/{id}/ClientLog`), in files that people read.
//!
//! Owns a directory, its bounds and the names in it. A name is a number: nothing that a client sends becomes part of
//! a path. The oldest file goes when there are too many, or too many bytes.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use node::api::{ApiFailure, HttpRequest, documents, parse};
use node::domain::{AgentId, WallMs};
use tracing::warn;

/// A shift of a large site in which every tenth desktop sends one.
const FILES_MAX: usize = 256;

/// All files together; sixteen of the longest.
const BYTES_MAX: u64 = 64 << 20;

/// The directory of one server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct ClientLogs {
    directory: Arc<PathBuf>,
    /// One at a time, so that the bounds hold.
    turn: Arc<Mutex<()>>,
}

impl ClientLogs {
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self { directory: Arc::new(data_dir.join("client-logs")), turn: Arc::default() }
    }

    /// Resolves when the log is in its file.
    pub(crate) async fn keep(
        self,
        agent: AgentId,
        request: HttpRequest,
        now: WallMs,
    ) -> Result<(), ApiFailure> {
        let kept = tokio::task::spawn_blocking(move || {
            let log = parse::client_log(&request)?;
            self.write(&agent, &log, now).map_err(|why| {
                warn!(what = "client_log.unwritable", "{}: {why}", self.directory.display());
                ApiFailure::log_not_stored()
            })
        });
        kept.await.unwrap_or_else(|_| Err(ApiFailure::internal()))
    }

    fn write(&self, agent: &AgentId, log: &str, now: WallMs) -> io::Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        DirBuilder::new().recursive(true).mode(0o700).create(&*self.directory)?;
        let files = files(&self.directory)?;
        let next = files.last().map_or(1, |newest| newest.number.saturating_add(1));
        let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(self.path(next))?;
        let head = format!("{} agent {:?}\n", documents::utc(now), agent.as_str());
        file.write_all(head.as_bytes())?;
        file.write_all(log.as_bytes())?;
        self.make_room(&files, (head.len() + log.len()) as u64)
    }

    /// The new file stays, whatever its size.
    fn make_room(&self, older: &[Kept], new: u64) -> io::Result<()> {
        let (mut files, mut bytes) = (1_usize, new);
        for kept in older.iter().rev() {
            files += 1;
            bytes = bytes.saturating_add(kept.bytes);
            if files > FILES_MAX || bytes > BYTES_MAX {
                fs::remove_file(self.path(kept.number))?;
            }
        }
        Ok(())
    }

    fn path(&self, number: u64) -> PathBuf {
        self.directory.join(format!("{number:08}.log"))
    }
}

struct Kept {
    number: u64,
    bytes: u64,
}

/// What is ours in the directory, the oldest first.
fn files(directory: &Path) -> io::Result<Vec<Kept>> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let number = entry.file_name().to_str().and_then(|name| name.strip_suffix(".log")?.parse().ok());
        if let Some(number) = number {
            kept.push(Kept { number, bytes: entry.metadata()?.len() });
        }
    }
    kept.sort_by_key(|kept| kept.number);
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The logs of a directory that is new.
    fn empty(name: &str) -> (PathBuf, ClientLogs) {
        let path = std::env::temp_dir().join(format!("holdfast-client-logs-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        (path.clone(), ClientLogs::new(&path))
    }

    fn write(logs: &ClientLogs, agent: &str, log: &str) -> io::Result<()> {
        logs.write(&AgentId::new(agent), log, WallMs(1_456_833_605_120))
    }

    fn names(logs: &ClientLogs) -> Vec<u64> {
        files(&logs.directory).unwrap().iter().map(|kept| kept.number).collect()
    }

    #[test]
    fn a_log_is_in_a_file_of_its_own_and_a_name_is_no_path() {
        let (path, logs) = empty("one");
        write(&logs, "1001", "first").unwrap();
        write(&logs, "../../../etc/passwd\n", "second").unwrap();
        assert_eq!(names(&logs), [1, 2]);
        let text = |number| fs::read_to_string(logs.path(number)).unwrap();
        assert_eq!(text(1), "2016-03-01T12:00:05.120Z agent \"1001\"\nfirst");
        assert_eq!(text(2).lines().count(), 2);
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many_or_too_many_bytes() {
        let (path, logs) = empty("many");
        for _ in 0..FILES_MAX + 3 {
            write(&logs, "1001", "x").unwrap();
        }
        assert_eq!((names(&logs).len(), names(&logs).first()), (FILES_MAX, Some(&4)));
        for _ in 0..20 {
            write(&logs, "1001", &"x".repeat(4 << 20)).unwrap();
        }
        let bytes: u64 = files(&logs.directory).unwrap().iter().map(|kept| kept.bytes).sum();
        assert!(bytes <= BYTES_MAX && names(&logs).len() == 15, "{bytes} in {:?}", names(&logs));
        let newest = FILES_MAX as u64 + 23;
        assert_eq!(names(&logs).last(), Some(&newest), "a number is not given twice");
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn what_cannot_be_written_is_an_error() {
        let (path, logs) = empty("none");
        fs::write(path.join("client-logs"), "in the way").unwrap();
        assert!(write(&logs, "1001", "x").is_err());
        fs::remove_dir_all(path).unwrap();
    }
}
