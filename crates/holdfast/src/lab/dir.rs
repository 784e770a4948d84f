//! Where a lab keeps its files: a directory that the operator names, or one of its own that ends with it. What a lab
//! that was killed left behind goes when the next one starts on the same network; nothing else is ever removed.

use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use lab::{LabError, Net};
use rustix::process::{Pid, geteuid, test_kill_process};

use super::progress;

/// The directory of a lab that runs.
pub(super) struct Dir {
    pub(super) path: PathBuf,
    ours: bool,
}

impl Dir {
    /// `given`, which may exist, or a new one that only this user can read.
    pub(super) fn new(net: Net, given: Option<&Path>) -> Result<Self, String> {
        let dir = match given {
            Some(path) => Self { path: path.to_owned(), ours: false },
            None => Self { path: std::env::temp_dir().join(own_name(net)), ours: true },
        };
        let made = if dir.ours { create_anew(&dir.path, net) } else { fs::create_dir_all(&dir.path) };
        match made {
            Ok(()) => Ok(dir),
            Err(reason) => Err(format!("cannot create {}: {reason}", dir.path.display())),
        }
    }

    /// What to say after a failed start. Files and logs stay for whoever looks into it, if anything ran at all.
    pub(super) fn after(self, reason: &LabError) -> String {
        if matches!(reason, LabError::Address { .. }) {
            self.remove();
            return reason.to_string();
        }
        let until = if self.ours { " until the next start on these addresses" } else { "" };
        format!("{reason}\nIts files and logs stay in {}{until}", self.path.display())
    }

    /// After an orderly end nobody needs the logs; after any other they stay for whoever looks into it.
    pub(super) fn remove(self) {
        if self.ours {
            remove(&self.path);
        }
    }
}

fn own_name(net: Net) -> String {
    format!("{}{}", prefix(net), std::process::id())
}

fn prefix(net: Net) -> String {
    format!("holdfast-lab-{net}-")
}

/// A directory that was there before would be somebody else's, or has a name that a dead process had.
fn create_anew(path: &Path, net: Net) -> io::Result<()> {
    path.parent().into_iter().for_each(|parent| sweep(parent, net));
    DirBuilder::new().mode(0o700).create(path)
}

/// Removes what dead labs of this network and this user left in `parent`.
fn sweep(parent: &Path, net: Net) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let of_the_dead = owner(&entry.file_name().to_string_lossy(), net).is_some_and(is_dead);
        // Metadata of the entry itself: a symbolic link is no directory.
        if of_the_dead && entry.metadata().is_ok_and(|entry| is_own_directory(&entry)) {
            remove(&entry.path());
        }
    }
}

/// The process whose lab of this network has a directory of this name.
fn owner(name: &str, net: Net) -> Option<Pid> {
    name.strip_prefix(&prefix(net))?.parse().ok().and_then(Pid::from_raw)
}

/// This process has no directory yet: one with its number is of an earlier process.
fn is_dead(pid: Pid) -> bool {
    pid == rustix::process::getpid() || test_kill_process(pid) == Err(rustix::io::Errno::SRCH)
}

fn is_own_directory(entry: &Metadata) -> bool {
    entry.is_dir() && entry.uid() == geteuid().as_raw()
}

fn remove(path: &Path) {
    if let Err(reason) = fs::remove_dir_all(path) {
        progress(&format_args!("{} stays: {reason}", path.display()));
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    fn dead() -> u32 {
        let mut process = Command::new("true").spawn().unwrap();
        process.wait().unwrap();
        process.id()
    }

    /// Fills a directory with what may be there, sweeps it for 127.75.1, and names what stayed.
    fn swept(entries: &[&str], link: &str) -> Vec<String> {
        let parent = std::env::temp_dir().join(format!("holdfast-sweep-{}", std::process::id()));
        let elsewhere = parent.join("elsewhere");
        for path in entries.iter().map(|name| parent.join(name)).chain([elsewhere.clone()]) {
            fs::create_dir_all(&path).unwrap();
            fs::write(path.join("awdb.sqlite"), "people").unwrap();
        }
        symlink(&elsewhere, parent.join(link)).unwrap();
        sweep(&parent, "127.75.1".parse().unwrap());
        assert!(elsewhere.join("awdb.sqlite").exists(), "nothing is removed through a symbolic link");
        let left = fs::read_dir(&parent).unwrap().map(|entry| entry.unwrap().file_name());
        let mut left: Vec<String> = left.map(|name| name.into_string().unwrap()).collect();
        left.sort();
        fs::remove_dir_all(parent).unwrap();
        left
    }

    #[test]
    fn only_directories_of_dead_labs_of_the_network_go() {
        let (gone, other, alive) = (dead(), dead(), std::os::unix::process::parent_id());
        let removed = format!("holdfast-lab-127.75.1-{gone}");
        let stay = [
            format!("holdfast-lab-127.75.1-{alive}"),
            "holdfast-lab-127.75.1-notes".to_owned(),
            format!("holdfast-lab-127.75.11-{gone}"),
        ];
        let link = format!("holdfast-lab-127.75.1-{other}");
        let entries: Vec<&str> = stay.iter().chain([&removed]).map(String::as_str).collect();
        let mut left = [&stay[..], &[link.clone(), "elsewhere".to_owned()]].concat();
        left.sort();
        assert_eq!(swept(&entries, &link), left);
    }
}
