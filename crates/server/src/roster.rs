//! Whose desktops are here, on disk, so that the next process of this node waits for those who do not come back: a
//! restart is nobody's absence, but nobody may stay signed in for ever because of it (failover.md DESK-4).
//!
//! Owns one small file. Never decides who is waited for.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use node::domain::AgentId;
use node::failover::presence::AGENTS_MAX;
use node::pair::AGENT_BYTES_MAX;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::{info, warn};

use crate::disk;

/// All agents of a shift come within minutes: one small file a second is nothing. Who came or went within the last
/// second before a power cut is not remembered rightly; then he is waited for by nobody, or asked about in vain.
const WRITTEN_AT_MOST_EVERY: Duration = Duration::from_secs(1);

/// All agents with the longest ids, each with two quotes and a comma, in brackets. What is longer is not ours.
const BYTES_MAX: usize = AGENTS_MAX * (AGENT_BYTES_MAX + 3) + 2;

/// Agents who have a desktop here, or are waited for.
pub(crate) type Roster = BTreeSet<AgentId>;

/// Where the node with this data directory keeps it.
pub(crate) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("desktops.json")
}

/// What the last process left. A file that cannot be read is told of, and remembers nobody.
pub(crate) fn load(path: &Path) -> Roster {
    match read(path) {
        Ok(roster) => {
            info!(what = "roster.read", "{} desktops were here before the restart", roster.len());
            roster
        }
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Roster::new(),
        Err(reason) => {
            warn!(
                what = "roster.unreadable",
                "{} cannot be read: {reason}; desktops that do not return after this restart are not missed",
                path.display()
            );
            Roster::new()
        }
    }
}

/// Writes the file whenever the roster has changed.
pub(crate) struct Keeper {
    hurry: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Keeper {
    pub(crate) fn new(path: PathBuf, roster: watch::Receiver<Roster>) -> Self {
        let (hurry, hurried) = watch::channel(());
        Self { hurry, task: tokio::spawn(keep(path, roster, hurried)) }
    }

    /// Resolves when the last change is on disk; to be called when the roster's sender is gone.
    pub(crate) async fn end(self) {
        drop(self.hurry);
        let _ = self.task.await;
    }
}

async fn keep(path: PathBuf, mut roster: watch::Receiver<Roster>, mut hurried: watch::Receiver<()>) {
    while roster.changed().await.is_ok() {
        let (to, agents) = (path.clone(), roster.borrow_and_update().clone());
        let written = tokio::task::spawn_blocking(move || write(&to, &agents)).await;
        if let Err(reason) = written.unwrap_or_else(|reason| Err(io::Error::other(reason))) {
            let path = path.display();
            warn!(
                what = "roster.unwritable",
                "{path} cannot be written: {reason}; the next change tries again"
            );
        }
        let _ = tokio::time::timeout(WRITTEN_AT_MOST_EVERY, hurried.changed()).await;
    }
}

fn read(path: &Path) -> io::Result<Roster> {
    let agents: Vec<String> = serde_json::from_str(&disk::read(path, BYTES_MAX)?)?;
    Ok(agents.into_iter().take(AGENTS_MAX).map(AgentId::new).collect())
}

fn write(path: &Path, roster: &Roster) -> io::Result<()> {
    disk::replace(path, &serde_json::to_vec(&roster.iter().map(AgentId::as_str).collect::<Vec<_>>())?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn roster(ids: &[&str]) -> Roster {
        ids.iter().map(|id| AgentId::new(*id)).collect()
    }

    /// A path in a directory of its own, gone afterwards.
    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Self {
            let directory =
                std::env::temp_dir().join(format!("holdfast-roster-{}-{name}", std::process::id()));
            fs::create_dir_all(&directory).unwrap();
            Self(directory)
        }

        fn path(&self) -> PathBuf {
            path(&self.0)
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_is_written_is_read_and_the_newest_counts() {
        let place = Place::new("newest");
        assert_eq!(load(&place.path()), Roster::new(), "the first start");
        for ids in [&["1001", "1002", "\"x\" 山田"][..], &["1002"], &[]] {
            write(&place.path(), &roster(ids)).unwrap();
            assert_eq!(load(&place.path()), roster(ids));
        }
    }

    #[test]
    fn all_agents_with_the_longest_ids_fit() {
        let place = Place::new("full");
        let full: Roster = (0..AGENTS_MAX).map(|n| AgentId::new(format!("{n:0>64}"))).collect();
        write(&place.path(), &full).unwrap();
        assert_eq!(load(&place.path()), full);
    }

    #[test]
    fn a_file_that_is_not_ours_remembers_nobody() {
        let place = Place::new("broken");
        for text in ["", "[\"1001\"", "{}", "[1001]", &"[".repeat(BYTES_MAX + 1)] {
            fs::write(place.path(), text).unwrap();
            assert_eq!(load(&place.path()), Roster::new());
        }
    }

    #[tokio::test]
    async fn the_last_change_is_on_disk_at_the_end() {
        let place = Place::new("end");
        let (sender, receiver) = watch::channel(Roster::new());
        let keeper = Keeper::new(place.path(), receiver);
        for ids in [&["1001"][..], &["1001", "1002"], &["1002"]] {
            sender.send_replace(roster(ids));
            tokio::task::yield_now().await;
        }
        drop(sender);
        keeper.end().await;
        assert_eq!(load(&place.path()), roster(&["1002"]));
    }
}
