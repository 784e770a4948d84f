//! How many failovers a world has seen, of each mechanism.
//!
//! A failover is one loss-to-in-service of any mechanism in a world of at least two nodes and four desktops in use, while
//! there was a call: when it was lost, or when it was in service again. What happened in a smaller world or without a
//! call is counted apart. A loss counts once, when it is over; what never comes back counts nowhere.
//!
//! Told by the world what happened in its network, at its AWDB hosts, at its switch and on its desktops. Of what nodes
//! say of themselves it takes only that they are in service, which the watch has judged by then (rule 3).

use std::collections::BTreeMap;
use std::iter::Sum;
use std::ops::Add;

use node::failover::awdb::Host;
use serde::Serialize;

/// Losses that are over, of one mechanism.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Failovers.
    pub failovers: u64,
    /// Those without a call, or in a world that is too small.
    pub apart: u64,
}

/// Losses that are over, of each mechanism.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// A node in service lost its CTI session, dialed, and is in service again.
    pub cti: Count,
    /// An AWDB host left a question of a node unanswered that had asked there so far; a host has answered a check since.
    pub awdb: Count,
    /// A desktop lost its server and is at work again on the same one.
    pub stayed: Count,
    /// The same on the other one.
    pub moved: Count,
    /// Somebody was signed in when his desktop was gone, and was logged out by force.
    pub logged_out: Count,
    /// Or his desktop was opened again before that, by himself: one that fails over by itself is counted above.
    pub returned: Count,
}

impl Tally {
    /// Of all mechanisms.
    pub fn all(&self) -> Count {
        let Self { cti, awdb, stayed, moved, logged_out, returned } = *self;
        [cti, awdb, stayed, moved, logged_out, returned].into_iter().sum()
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { failovers: self.failovers + other.failovers, apart: self.apart + other.apart }
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            cti: self.cti + other.cti,
            awdb: self.awdb + other.awdb,
            stayed: self.stayed + other.stayed,
            moved: self.moved + other.moved,
            logged_out: self.logged_out + other.logged_out,
            returned: self.returned + other.returned,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

/// What the world is like at a moment: whether a loss in it makes a failover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scene {
    /// Nodes, running or not.
    pub(crate) nodes: usize,
    /// Desktops that somebody wants open.
    pub(crate) desktops: usize,
    /// Whether the switch has a call.
    pub(crate) call: bool,
}

impl Scene {
    fn counts(self) -> bool {
        self.nodes >= 2 && self.desktops >= 4 && self.call
    }
}

/// Whether a loss began in a scene that counts.
type Counts = bool;

/// ```text
/// Unknown ──in service──▶ Serving ──dials, or out of service──▶ Lost ──in service, dialed──▶ Serving, counted
///    ▲                                                            └──in service, not dialed──▶ Serving
///    └── crashed, or stopped by order
/// ```
#[derive(Clone, Copy, Debug, Default)]
enum Cti {
    #[default]
    Unknown,
    Serving,
    Lost {
        began: Counts,
        dialed: bool,
    },
}

/// The host that a node asks, and whether it has left a question unanswered.
#[derive(Clone, Copy, Debug)]
struct Awdb {
    host: Host,
    lost: Option<Counts>,
}

/// What is lost and not yet over.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    tally: Tally,
    cti: BTreeMap<usize, Cti>,
    awdb: BTreeMap<usize, Awdb>,
    /// By desktop: the node that it has lost.
    servers: BTreeMap<usize, (usize, Counts)>,
    /// By desktop: it is gone, and its agent is signed in.
    gone: BTreeMap<usize, Counts>,
}

impl Ledger {
    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }

    // CTI -------------------------------------------------------------------------------------------------------

    pub(crate) fn dialed(&mut self, node: usize, scene: Scene) {
        let cti = self.cti.entry(node).or_default();
        *cti = match *cti {
            Cti::Unknown => Cti::Unknown,
            Cti::Serving => Cti::Lost { began: scene.counts(), dialed: true },
            Cti::Lost { began, .. } => Cti::Lost { began, dialed: true },
        };
    }

    pub(crate) fn out_of_service(&mut self, node: usize, scene: Scene) {
        let cti = self.cti.entry(node).or_default();
        if let Cti::Serving = *cti {
            *cti = Cti::Lost { began: scene.counts(), dialed: false };
        }
    }

    pub(crate) fn in_service(&mut self, node: usize, scene: Scene) {
        if let Some(Cti::Lost { began, dialed: true }) = self.cti.insert(node, Cti::Serving) {
            self.tally.cti.over(began, scene);
        }
    }

    /// Whoever stops it does not fail it over.
    pub(crate) fn stopped(&mut self, node: usize) {
        self.cti.remove(&node);
    }

    /// With the process goes what it had lost.
    pub(crate) fn crashed(&mut self, node: usize) {
        self.cti.remove(&node);
        self.awdb.remove(&node);
    }

    // AWDB ------------------------------------------------------------------------------------------------------

    /// A host is down or says nothing, and a node has a question for it.
    pub(crate) fn unanswered(&mut self, node: usize, host: Host, scene: Scene) {
        let awdb = self.awdb.entry(node).or_default();
        if awdb.host == host {
            awdb.lost = awdb.lost.or(Some(scene.counts()));
        }
    }

    /// A host answers a check of a node.
    pub(crate) fn answered(&mut self, node: usize, host: Host, scene: Scene) {
        if let Some(Awdb { lost: Some(began), .. }) = self.awdb.insert(node, Awdb { host, lost: None }) {
            self.tally.awdb.over(began, scene);
        }
    }

    // Desktops --------------------------------------------------------------------------------------------------

    /// A desktop that fails over by itself shows what is not current, or what is.
    pub(crate) fn shows(&mut self, desktop: usize, node: usize, current: bool, scene: Scene) {
        if !current {
            self.servers.entry(desktop).or_insert((node, scene.counts()));
        } else if let Some((lost, began)) = self.servers.remove(&desktop) {
            let count = if lost == node { &mut self.tally.stayed } else { &mut self.tally.moved };
            count.over(began, scene);
        }
    }

    /// The page is left, or shows the sign-in form: nothing will fail over.
    pub(crate) fn grounded(&mut self, desktop: usize) {
        self.servers.remove(&desktop);
    }

    /// A desktop cannot be heard any more, and its agent is signed in.
    pub(crate) fn gone(&mut self, desktop: usize, scene: Scene) {
        self.gone.entry(desktop).or_insert(scene.counts());
    }

    /// Its agent was logged out by force.
    pub(crate) fn logged_out(&mut self, desktop: usize, scene: Scene) {
        if let Some(began) = self.gone.remove(&desktop) {
            self.tally.logged_out.over(began, scene);
        }
    }

    /// It was opened again by its agent, who is still signed in.
    pub(crate) fn returned(&mut self, desktop: usize, scene: Scene) {
        if let Some(began) = self.gone.remove(&desktop) {
            self.tally.returned.over(began, scene);
        }
    }

    /// It can be heard again, and is counted elsewhere or not at all.
    pub(crate) fn heard(&mut self, desktop: usize) {
        self.gone.remove(&desktop);
    }
}

impl Default for Awdb {
    fn default() -> Self {
        Self { host: Host::Primary, lost: None }
    }
}

impl Count {
    fn over(&mut self, began: Counts, scene: Scene) {
        let count = if began || scene.counts() { &mut self.failovers } else { &mut self.apart };
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: Scene = Scene { nodes: 2, desktops: 4, call: true };
    const QUIET: Scene = Scene { call: false, ..CALL };
    const ONE: Count = Count { failovers: 1, apart: 0 };
    const APART: Count = Count { failovers: 0, apart: 1 };
    const NONE: Count = Count { failovers: 0, apart: 0 };

    #[test]
    fn a_lost_session_counts_once_when_its_node_is_in_service_again() {
        let mut ledger = Ledger::default();
        ledger.in_service(0, CALL);
        assert_eq!(ledger.tally().cti, NONE, "a start is no failover");
        ledger.out_of_service(0, CALL);
        (0..5).for_each(|_| ledger.dialed(0, QUIET));
        assert_eq!(ledger.tally().cti, NONE, "not over");
        ledger.in_service(0, QUIET);
        ledger.in_service(0, QUIET);
        assert_eq!(ledger.tally().cti, ONE);
    }

    #[test]
    fn neither_an_order_nor_a_crash_nor_a_peripheral_is_a_lost_session() {
        let ends: [fn(&mut Ledger); 3] =
            [|ledger| ledger.stopped(0), |ledger| ledger.crashed(0), |ledger| ledger.out_of_service(0, CALL)];
        for end in ends {
            let mut ledger = Ledger::default();
            ledger.in_service(0, CALL);
            end(&mut ledger);
            ledger.in_service(0, CALL);
            assert_eq!(ledger.tally().all(), NONE);
        }
    }

    #[test]
    fn an_awdb_counts_if_the_host_was_lost_that_was_asked_so_far() {
        let mut ledger = Ledger::default();
        ledger.unanswered(0, Host::Secondary, CALL);
        ledger.answered(0, Host::Primary, CALL);
        assert_eq!(ledger.tally().awdb, NONE);
        ledger.unanswered(0, Host::Primary, CALL);
        ledger.unanswered(0, Host::Primary, CALL);
        ledger.answered(0, Host::Secondary, CALL);
        ledger.answered(0, Host::Secondary, CALL);
        assert_eq!(ledger.tally().awdb, ONE);
        ledger.unanswered(0, Host::Primary, CALL);
        ledger.answered(0, Host::Secondary, CALL);
        assert_eq!(ledger.tally().awdb, ONE, "nobody asked there any more");
    }

    #[test]
    fn desktops_stay_or_move() {
        let mut ledger = Ledger::default();
        ledger.shows(3, 0, true, CALL);
        for node in [0, 1, 1] {
            ledger.shows(3, 0, false, CALL);
            ledger.shows(3, node, false, CALL);
            ledger.shows(3, node, true, CALL);
        }
        ledger.shows(3, 1, false, CALL);
        ledger.grounded(3);
        ledger.shows(3, 1, true, CALL);
        assert_eq!((ledger.tally().stayed.failovers, ledger.tally().moved.failovers), (1, 2));
    }

    #[test]
    fn whoever_is_gone_is_logged_out_or_comes_back() {
        let mut ledger = Ledger::default();
        ledger.logged_out(1, CALL);
        ledger.gone(1, QUIET);
        ledger.logged_out(1, CALL);
        ledger.gone(1, QUIET);
        ledger.returned(1, QUIET);
        ledger.gone(1, CALL);
        ledger.heard(1);
        ledger.returned(1, CALL);
        assert_eq!((ledger.tally().logged_out, ledger.tally().returned), (ONE, APART));
        assert_eq!(ledger.tally().all(), ONE + APART);
    }

    #[test]
    fn a_small_world_counts_apart() {
        for scene in [Scene { nodes: 1, ..CALL }, Scene { desktops: 3, ..CALL }, QUIET] {
            let mut ledger = Ledger::default();
            ledger.shows(0, 0, false, scene);
            ledger.shows(0, 0, true, scene);
            assert_eq!(ledger.tally().stayed, APART, "{scene:?}");
        }
    }
}
