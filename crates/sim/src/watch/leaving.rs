//! (8) No desktop leaves a server that serves, and none leaves one that answers before a regular poll has found it out of
//! service again (failover.md CLIENT-13 to CLIENT-15; the design's section 5).

use std::time::Duration;

use super::ensure;
use crate::world::Leaving;

/// What a desktop knows of its server when it leaves is at most as old as a poll may take, and its way.
const NEWS_AT_MOST: Duration = Duration::from_secs(3);
/// A regular poll comes 10 s after the loss was noticed.
const BEFORE_REGULAR_POLL: Duration = Duration::from_millis(9_500);

/// How a node stands, as its desktops could see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// It answers polls: its process runs, and its HTTP is open.
    pub(crate) answers: bool,
    /// It is in service, and all its services run.
    pub(crate) serves: bool,
}

/// Since when each node has been standing as it does.
#[derive(Debug, Default)]
pub(super) struct Standings(Vec<(Option<Duration>, Option<Duration>)>);

impl Standings {
    pub(super) fn stands(&mut self, node: usize, standing: Standing, now: Duration) {
        if self.0.len() <= node {
            self.0.resize(node + 1, (None, None));
        }
        if let Some((answers, serves)) = self.0.get_mut(node) {
            *answers = standing.answers.then(|| answers.unwrap_or(now));
            *serves = standing.serves.then(|| serves.unwrap_or(now));
        }
    }

    pub(super) fn leaves(&self, leaving: &Leaving, now: Duration) -> Result<(), String> {
        let Leaving { desktop, node, connected, lost } = *leaving;
        let (answers, serves) = self.0.get(node).copied().unwrap_or_default();
        // Since when it could see both.
        let seen = |since: Option<Duration>| Some(since?.max(connected?));
        let longer = |since: Option<Duration>, than: Duration| since.is_some_and(|since| since + than < now);
        ensure(!longer(seen(serves), NEWS_AT_MOST), || {
            format!("(8) desktop {desktop} leaves node {node}, which serves")
        })?;
        let answered = seen(answers).is_some_and(|since| since < lost);
        ensure(!answered || lost + BEFORE_REGULAR_POLL <= now, || {
            format!("(8) desktop {desktop} leaves node {node} too soon, which answers")
        })
    }
}
