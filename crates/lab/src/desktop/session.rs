//! What a desktop keeps of its notification session, whatever carries that: the events that have come, and whether it
//! is up. The task that keeps the session ends with it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use xml::{Element, Limits};

use super::update::{self, Update};
use crate::clock::Clock;

/// Events that are kept; a drill makes hundreds, a bench takes them out as they come.
const UPDATES_MAX: usize = 100_000;

/// Answers come from our own server: the bounds only keep a broken one from filling the memory. All of a body counts
/// together, and one event has about as many attributes as elements.
pub(super) const LIMITS: Limits = Limits {
    bytes: 8 * 1024 * 1024,
    depth: 64,
    elements: 200_000,
    attributes: 200_000,
    value: 8 * 1024 * 1024,
};

/// How long the server may take for its part of the goodbye.
pub(super) const GOODBYE_AT_LATEST: Duration = Duration::from_secs(5);

/// Whether a notification session is up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Up,
    /// It was lost, and why.
    Lost(String),
}

/// How a desktop is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// Unavailable presence, and the end of the stream.
    Goodbye,
    /// Unavailable presence, and the connections are closed: Back, or another address.
    Hurry,
    /// Nothing more is said or read, and the connections stay: a machine that is off the network.
    Silence,
}

/// A session and the task that keeps it.
#[derive(Debug)]
pub(super) struct Session {
    updates: Arc<watch::Sender<Vec<Update>>>,
    finesse: Arc<watch::Sender<bool>>,
    standing: watch::Receiver<Standing>,
    leave: watch::Sender<Option<Leave>>,
    task: Option<JoinHandle<()>>,
}

/// The keeper's side of a session.
pub(super) struct Record {
    updates: Arc<watch::Sender<Vec<Update>>>,
    finesse: Arc<watch::Sender<bool>>,
    leave: watch::Receiver<Option<Leave>>,
    clock: Clock,
}

impl Session {
    /// A session that is up until `keep` says why it is not any more.
    pub(super) fn new<K>(clock: Clock, keep: impl FnOnce(Record) -> K) -> Self
    where
        K: Future<Output = String> + Send + 'static,
    {
        let updates = Arc::new(watch::Sender::new(Vec::new()));
        let finesse = Arc::new(watch::Sender::new(true));
        let (leave, left) = watch::channel(None);
        let (tell, standing) = watch::channel(Standing::Up);
        let record =
            Record { updates: Arc::clone(&updates), finesse: Arc::clone(&finesse), leave: left, clock };
        let kept = keep(record);
        let task = tokio::spawn(async move { drop(tell.send_replace(Standing::Lost(kept.await))) });
        Self { updates, finesse, standing, leave, task: Some(task) }
    }

    pub(super) fn updates(&self) -> watch::Receiver<Vec<Update>> {
        self.updates.subscribe()
    }

    /// Hands over what has come, and keeps it no longer.
    pub(super) fn take_updates(&self) -> Vec<Update> {
        let mut taken = Vec::new();
        self.updates.send_if_modified(|updates| {
            taken = std::mem::take(updates);
            false
        });
        taken
    }

    /// Whether the web application is there; it is until its presence says otherwise.
    pub(super) fn finesse(&self) -> watch::Receiver<bool> {
        self.finesse.subscribe()
    }

    pub(super) fn standing(&self) -> Standing {
        self.standing.borrow().clone()
    }

    pub(super) fn follow(&self) -> watch::Receiver<Standing> {
        self.standing.clone()
    }

    /// Resolves when the session is lost, and says why.
    pub(super) async fn lost(&self) -> String {
        let mut standing = self.standing.clone();
        let lost = standing.wait_for(|standing| *standing != Standing::Up).await;
        match lost.as_deref() {
            Ok(Standing::Lost(why)) => why.clone(),
            Ok(Standing::Up) | Err(_) => "its task ended".into(),
        }
    }

    /// Begins to leave, and does not wait for the end.
    pub(super) fn begin_to_leave(&self, how: Leave) {
        self.leave.send_replace(Some(how));
    }

    /// Ends the session as told.
    pub(super) async fn close(mut self, how: Leave) {
        self.leave.send_replace(Some(how));
        if let Some(task) = self.task.take() {
            // However the task ended, the session is over.
            let _ = task.await;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

impl Record {
    /// Resolves when the desktop is left, and says how.
    pub(super) async fn left(&self) -> Leave {
        let mut leave = self.leave.clone();
        let left = leave.wait_for(Option::is_some).await.map(|left| *left);
        match left {
            Ok(Some(how)) => how,
            // The desktop is dropped, and this task with it.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }

    /// Takes the events, and the presence of the web application, out of stanzas.
    pub(super) fn collect<'a>(&self, stanzas: impl Iterator<Item = &'a Element>) {
        let stanzas: Vec<&Element> = stanzas.collect();
        if let Some(available) = stanzas.iter().rev().copied().find_map(update::finesse) {
            self.finesse.send_if_modified(|finesse| std::mem::replace(finesse, available) != available);
        }
        let new = update::read(stanzas.into_iter(), self.clock.now());
        if !new.is_empty() {
            self.updates.send_modify(|updates| {
                updates.extend(new.into_iter().take(UPDATES_MAX.saturating_sub(updates.len())));
            });
        }
    }
}
