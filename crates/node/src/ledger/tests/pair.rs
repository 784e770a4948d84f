//! Two keepers with their disks and the link between them: what one lacks and the other has, in every way.

use std::collections::VecDeque;

use domain::{Now, WallMs};
use failover::fence::{LinkId, Rank};
use proptest::prelude::*;

use super::*;

const PRIMARY: usize = 0;
const SECONDARY: usize = 1;

/// A node: its disk outlives its process.
struct Node {
    rank: Rank,
    keeper: Keeper,
    disk: Option<Log>,
    writing: Option<(BatchId, Batch)>,
    /// What is packed or unpacked beside it.
    working: VecDeque<Work>,
    aside: Vec<Head>,
    notes: Vec<&'static str>,
    applied: usize,
}

impl Node {
    fn new(rank: Rank, disk: Option<Log>) -> Self {
        let keeper = Keeper::new(rank, disk.clone());
        Self {
            rank,
            keeper,
            disk,
            writing: None,
            working: VecDeque::new(),
            aside: Vec::new(),
            notes: Vec::new(),
            applied: 0,
        }
    }

    fn head(&self) -> Option<Head> {
        self.disk.as_ref().map(Log::head)
    }

    fn write_down(&mut self, batch: &Batch) {
        match batch {
            Batch::Append { entries, .. } => {
                let log = self.disk.as_mut().unwrap();
                assert_eq!(log.follow(entries), Ok(()), "nothing else is ever written down");
                entries.iter().for_each(|entry| log.append(entry.clone()));
            }
            Batch::Replace { snapshot, keep } => {
                self.aside.extend(self.head().filter(|_| *keep));
                self.disk = Some(Log::of(snapshot.as_ref().clone()).unwrap());
            }
        }
    }

    fn is(&self, word: WithPeer) -> bool {
        self.keeper.standing().with_peer == word
    }
}

struct Pair {
    nodes: [Node; 2],
    /// What is on its way to each node.
    wires: [VecDeque<Message>; 2],
    link: Option<LinkId>,
    last_link: u64,
    now: Duration,
    /// Changes that were told to be done, by their value.
    acknowledged: Vec<u32>,
    proposed: Option<(BatchId, u32)>,
    count: u32,
}

fn at(mono: Duration) -> Now {
    Now { mono, wall: WallMs(mono.as_millis() as i64) }
}

impl Pair {
    fn new(primary: Option<Log>, secondary: Option<Log>) -> Self {
        let primary = primary.or_else(|| Some(log()));
        Self {
            nodes: [Node::new(Rank::Primary, primary), Node::new(Rank::Secondary, secondary)],
            wires: [VecDeque::new(), VecDeque::new()],
            link: None,
            last_link: 0,
            now: Duration::ZERO,
            acknowledged: Vec::new(),
            proposed: None,
            count: 0,
        }
    }

    fn drain(&mut self, index: usize) {
        while let Some(output) = self.nodes[index].keeper.poll_output() {
            match output {
                Output::Persist(id, batch) => {
                    let node = &mut self.nodes[index];
                    assert!(node.writing.replace((id, batch)).is_none(), "one at a time");
                }
                Output::Work(work) => self.nodes[index].working.push_back(work),
                Output::Send(link, message) if self.link == Some(link) => {
                    self.wires[1 - index].push_back(message);
                    assert!(self.wires[1 - index].len() < 100, "somebody does not stop talking");
                }
                Output::Send(..) => {}
                Output::Begun => assert_eq!(index, SECONDARY),
                Output::Applied(_) => self.nodes[index].applied += 1,
                Output::Note(what, _) => self.nodes[index].notes.push(what),
            }
        }
    }

    fn connect(&mut self) {
        self.disconnect();
        self.last_link += 1;
        let link = LinkId(self.last_link);
        self.link = Some(link);
        for index in [SECONDARY, PRIMARY] {
            self.nodes[index].keeper.link_up(link, at(self.now));
            self.drain(index);
        }
    }

    fn disconnect(&mut self) {
        let Some(link) = self.link.take() else { return };
        self.wires.iter_mut().for_each(VecDeque::clear);
        for index in [PRIMARY, SECONDARY] {
            self.nodes[index].keeper.link_down(link, at(self.now));
            self.drain(index);
        }
    }

    fn propose(&mut self) {
        self.count += 1;
        let change = change(vec![set(&format!("reason/{}", self.count % 7), &self.count.to_string())]);
        if let Ok(id) = self.nodes[PRIMARY].keeper.propose(change) {
            self.proposed = Some((id, self.count));
        }
        self.drain(PRIMARY);
    }

    fn deliver(&mut self, index: usize) {
        let (Some(link), Some(message)) = (self.link, self.wires[index].pop_front()) else { return };
        self.nodes[index].keeper.said(link, message, at(self.now));
        self.drain(index);
    }

    fn work(&mut self, index: usize) {
        let Some(work) = self.nodes[index].working.pop_front() else { return };
        self.nodes[index].keeper.worked(work.run(), at(self.now));
        self.drain(index);
    }

    /// The disk is done; only then a change is acknowledged.
    fn store(&mut self, index: usize, works: bool) {
        let Some((id, batch)) = self.nodes[index].writing.take() else { return };
        if works {
            self.nodes[index].write_down(&batch);
        }
        let outcome = if works { Ok(()) } else { Err("no space left".to_owned()) };
        self.nodes[index].keeper.stored(id, &outcome, at(self.now));
        if let Some((_, count)) = self.proposed.take_if(|(proposed, _)| index == PRIMARY && *proposed == id)
            && works
        {
            self.acknowledged.push(count);
        }
        self.drain(index);
    }

    /// Killed, perhaps after the disk was done and before anybody heard of it, and started again.
    fn crash(&mut self, index: usize, written: bool) {
        self.disconnect();
        if let Some((_, batch)) = self.nodes[index].writing.take().filter(|_| written) {
            self.nodes[index].write_down(&batch);
        }
        self.proposed.take_if(|_| index == PRIMARY);
        let node = &mut self.nodes[index];
        node.working.clear();
        node.keeper = Keeper::new(node.rank, node.disk.clone());
        self.drain(index);
    }

    fn spoil(&mut self, index: usize, byte: usize) {
        for message in &mut self.wires[index] {
            if let Message::Piece(piece) = message
                && !piece.bytes.is_empty()
            {
                let at = byte % piece.bytes.len();
                piece.bytes[at] ^= 0x15;
            }
        }
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
        for index in [PRIMARY, SECONDARY] {
            self.nodes[index].keeper.handle_timeout(at(self.now));
            self.drain(index);
        }
    }

    fn adopt(&mut self, winner: Rank) {
        self.nodes[PRIMARY].keeper.adopt(winner, adoption(), at(self.now)).unwrap();
        self.drain(PRIMARY);
    }

    /// The primary gets this disk.
    fn restore(&mut self, disk: Option<Log>) {
        self.crash(PRIMARY, false);
        self.nodes[PRIMARY].disk = disk;
        self.crash(PRIMARY, false);
    }

    fn logs(&self) -> [Log; 2] {
        self.nodes.each_ref().map(|node| node.disk.clone().unwrap())
    }

    /// So many things happen that are about to.
    fn stir(&mut self, times: usize) {
        for _ in 0..times {
            let writing = (0..2).find(|index| self.nodes[*index].writing.is_some());
            let working = (0..2).find(|index| !self.nodes[*index].working.is_empty());
            let told = (0..2).find(|index| !self.wires[*index].is_empty());
            match (writing, working, told) {
                (Some(index), ..) => self.store(index, true),
                (None, Some(index), _) => self.work(index),
                (None, None, Some(index)) => self.deliver(index),
                (None, None, None) => return,
            }
        }
    }

    /// Disks work, the link is up, and nobody changes anything.
    fn calm(&mut self) {
        for round in 0..2_000 {
            [PRIMARY, SECONDARY].into_iter().for_each(|index| self.store(index, true));
            [PRIMARY, SECONDARY].into_iter().for_each(|index| self.work(index));
            [PRIMARY, SECONDARY].into_iter().for_each(|index| self.deliver(index));
            let silent = self.wires.iter().all(VecDeque::is_empty);
            if silent && self.nodes.iter().all(|node| node.writing.is_none() && node.working.is_empty()) {
                if self.link.is_none() {
                    self.connect();
                } else if self.nodes.iter().any(|node| node.keeper.poll_timeout().is_some()) {
                    self.wait(Duration::from_secs(5));
                } else {
                    return;
                }
            }
            assert!(round < 1_999, "no end: {:?}", self.nodes.each_ref().map(|node| node.keeper.standing()));
        }
    }

    fn assert_even(&self) {
        let [primary, secondary] = &self.nodes;
        assert!(
            primary.is(WithPeer::Even) && secondary.is(WithPeer::Even),
            "{:?}",
            primary.keeper.standing()
        );
        assert_eq!(primary.head(), secondary.head());
        for node in &self.nodes {
            assert_eq!(node.keeper.log().map(Log::objects), node.disk.as_ref().map(Log::objects));
        }
        assert_eq!(primary.keeper.log().map(Log::objects), secondary.keeper.log().map(Log::objects));
        assert_eq!(primary.keeper.standing().behind_since, None);
    }

    /// Every one is there, or a later one of its key.
    fn assert_nothing_lost(&self) {
        let objects = self.nodes[PRIMARY].disk.as_ref().unwrap().objects();
        for count in &self.acknowledged {
            let there = objects.get(format!("reason/{}", count % 7).as_str()).unwrap();
            assert!(there.parse::<u32>().is_ok_and(|there| there >= *count), "{count} was lost: {there}");
        }
    }
}

fn changed(log: Option<Log>, times: u32, first: u32) -> Log {
    let mut log = log.unwrap_or_else(self::log);
    for n in 0..times {
        log = with(&log, vec![set("reason/1", &(first + n).to_string())]);
    }
    log
}

fn adoption() -> Adoption {
    Adoption { generation: Generation(99), by: "root".into() }
}

#[test]
fn a_new_secondary_takes_everything_and_then_each_change() {
    let mut pair = Pair::new(Some(changed(None, 3, 1)), None);
    pair.calm();
    pair.assert_even();
    assert!(pair.nodes[PRIMARY].notes.contains(&"settings.whole"));
    let before = pair.nodes[SECONDARY].applied;
    pair.propose();
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.nodes[SECONDARY].applied, before + 1);
    assert_eq!(
        pair.nodes[PRIMARY].notes.len(),
        1,
        "only what follows was carried over: {:?}",
        pair.nodes[0].notes
    );
}

#[test]
fn a_change_is_given_when_it_is_on_disk_and_not_before() {
    let mut pair = Pair::new(None, None);
    pair.calm();
    pair.propose();
    assert!(pair.wires[SECONDARY].is_empty() && pair.acknowledged.is_empty());
    pair.store(PRIMARY, false);
    assert!(pair.wires[SECONDARY].is_empty() && pair.acknowledged.is_empty());
    pair.propose();
    pair.store(PRIMARY, true);
    pair.work(PRIMARY);
    assert!(!pair.wires[SECONDARY].is_empty() && pair.acknowledged == [2]);
    assert_eq!(pair.nodes[PRIMARY].keeper.standing().behind_since, Some(WallMs(0)));
    pair.calm();
    pair.assert_even();
}

#[test]
fn who_was_away_reads_on_where_it_was() {
    let old = changed(None, 3, 1);
    let mut pair = Pair::new(Some(changed(Some(old.clone()), 50, 10)), Some(old));
    pair.calm();
    pair.assert_even();
    assert!(pair.nodes[PRIMARY].notes.is_empty(), "{:?}", pair.nodes[PRIMARY].notes);
}

/// A log whose changes are gone; of so many the checksum is left.
fn long_ago(log: &Log, past: usize) -> Log {
    let mut log = log.clone();
    log.forget(0, past);
    log
}

#[test]
fn who_was_long_away_takes_everything() {
    let old = changed(None, 3, 1);
    let new = changed(Some(old.clone()), 50, 10);
    let mut pair = Pair::new(Some(long_ago(&new, 50)), Some(old));
    pair.calm();
    pair.assert_even();
    assert!(pair.nodes[SECONDARY].aside.is_empty(), "all that it had is there");
    assert_eq!(pair.nodes[SECONDARY].disk.as_ref().map(|log| log.past().hashes().len()), Some(50));
}

#[test]
fn who_was_away_for_longer_than_anybody_knows_waits_for_a_decision() {
    let old = changed(None, 3, 1);
    let new = changed(Some(old.clone()), 50, 10);
    let mut pair = Pair::new(Some(long_ago(&new, 49)), Some(old.clone()));
    pair.calm();
    assert!(pair.nodes.iter().all(|node| node.is(WithPeer::Diverged)));
    assert_eq!(pair.nodes[SECONDARY].head(), Some(old.head()), "nothing was carried over");
    pair.adopt(Rank::Primary);
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.nodes[SECONDARY].aside, [old.head()]);
}

#[test]
fn a_primary_from_an_old_copy_takes_everything_if_its_changes_are_gone() {
    let old = changed(None, 3, 1);
    let new = changed(Some(old.clone()), 50, 10);
    for (past, even) in [(50, true), (49, false)] {
        let mut pair = Pair::new(Some(old.clone()), Some(long_ago(&new, past)));
        pair.calm();
        assert_eq!(pair.nodes[PRIMARY].head() == Some(new.head()), even);
        assert!(pair.nodes.iter().all(|node| node.is(WithPeer::Even) == even));
        assert!(pair.nodes.iter().all(|node| node.is(WithPeer::Diverged) != even));
    }
}

#[test]
fn what_a_node_was_given_whole_it_can_give_to_a_primary_from_an_old_copy() {
    let old = changed(None, 3, 1);
    let new = changed(Some(old.clone()), 5, 10);
    let mut pair = Pair::new(Some(new.clone()), None);
    pair.calm();
    pair.restore(Some(old));
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.nodes[PRIMARY].head(), Some(new.head()));
}

/// In the moment after a link came up a change would make the logs diverge.
#[test]
fn a_primary_from_an_old_copy_takes_no_change_before_it_knows_the_secondary() {
    let old = changed(None, 3, 1);
    let mut pair = Pair::new(Some(old.clone()), Some(changed(Some(old), 5, 10)));
    pair.connect();
    assert!(!pair.nodes[PRIMARY].keeper.accepts());
    pair.propose();
    pair.calm();
    pair.assert_even();
}

#[test]
fn a_secondary_that_does_not_answer_holds_changes_up_for_two_seconds() {
    let mut pair = Pair::new(None, None);
    pair.connect();
    pair.wait(HOLD_AT_FIRST - Duration::from_millis(1));
    assert!(!pair.nodes[PRIMARY].keeper.accepts());
    pair.wait(Duration::from_millis(1));
    assert!(pair.nodes[PRIMARY].keeper.accepts());
    pair.propose();
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.acknowledged, [1]);
}

#[test]
fn a_restored_primary_takes_what_it_lacks_before_it_takes_a_change() {
    let old = changed(None, 3, 1);
    let new = changed(Some(old.clone()), 5, 10);
    let mut pair = Pair::new(Some(old), Some(new.clone()));
    pair.connect();
    pair.deliver(SECONDARY);
    pair.deliver(PRIMARY);
    assert!(pair.nodes[PRIMARY].is(WithPeer::Taking) && !pair.nodes[PRIMARY].keeper.accepts());
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.nodes[PRIMARY].head(), Some(new.head()));
    assert!(pair.nodes[PRIMARY].keeper.accepts() && pair.nodes[PRIMARY].aside.is_empty());
}

#[test]
fn a_primary_that_lost_its_disk_takes_everything() {
    let theirs = changed(None, 5, 1);
    let fresh = Log::begin(Generation(8), &[set("reason/9", "of the file")]);
    let mut pair = Pair::new(Some(fresh), Some(theirs.clone()));
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.nodes[PRIMARY].head(), Some(theirs.head()));
}

#[test]
fn two_that_are_new_are_as_the_primary() {
    let [ours, theirs] = [3, 4].map(|generation| Log::begin(Generation(generation), &[]));
    let mut pair = Pair::new(Some(ours.clone()), Some(theirs));
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.nodes[SECONDARY].head(), Some(ours.head()));
}

/// The primary was restored from an older copy, and changed before it heard of the secondary.
fn diverged() -> Pair {
    let old = changed(None, 3, 1);
    let (ours, theirs) = (changed(Some(old.clone()), 2, 20), changed(Some(old), 4, 30));
    let mut pair = Pair::new(Some(ours), Some(theirs));
    pair.calm();
    pair
}

#[test]
fn a_restored_primary_never_diverges_silently() {
    let mut pair = diverged();
    assert!(pair.nodes.iter().all(|node| node.is(WithPeer::Diverged)));
    assert!(pair.nodes.iter().all(|node| node.notes.contains(&"settings.diverged")));
    let theirs = pair.nodes[SECONDARY].head();
    pair.propose();
    pair.calm();
    assert_eq!(pair.acknowledged, [1], "the primary goes on serving");
    assert_eq!(pair.nodes[SECONDARY].head(), theirs, "and nothing is carried over");
    pair.disconnect();
    pair.calm();
    assert!(pair.nodes.iter().all(|node| node.is(WithPeer::Diverged)), "also after the next link");
}

/// After the order the settings of the winner are on both, and those of the other are kept beside.
fn assert_settled(pair: &Pair, before: [Log; 2], winner: usize) {
    pair.assert_even();
    let (right, wrong) = (&before[winner], before[1 - winner].head());
    let now = pair.nodes[PRIMARY].disk.as_ref().unwrap();
    assert_eq!((now.head().generation, now.head().seq), (Generation(99), right.head().seq + 1));
    assert_eq!(now.writes_from(right.objects()), [Write::overrule(&wrong)]);
    assert_eq!(pair.nodes[1 - winner].aside, [wrong]);
    assert!(pair.nodes[winner].aside.is_empty());
}

const WINNERS: [(usize, Rank); 2] = [(PRIMARY, Rank::Primary), (SECONDARY, Rank::Secondary)];

#[test]
fn an_order_settles_it() {
    for (index, winner) in WINNERS {
        let mut pair = diverged();
        let before = pair.logs();
        pair.adopt(winner);
        pair.calm();
        assert_settled(&pair, before, index);
    }
}

/// At whatever moment: nobody has to give the order again.
#[test]
fn an_order_holds_over_a_link_that_is_lost() {
    for (index, winner) in WINNERS {
        for moment in 0..12 {
            let mut pair = diverged();
            let before = pair.logs();
            pair.adopt(winner);
            pair.stir(moment);
            pair.disconnect();
            pair.calm();
            assert_settled(&pair, before, index);
        }
    }
}

/// What is on disk by then holds for ever; an order that is not is one that was never answered.
#[test]
fn an_order_that_was_written_down_holds_over_a_crash() {
    for moment in 0..12 {
        let mut pair = diverged();
        let before = pair.logs();
        pair.adopt(Rank::Primary);
        pair.store(PRIMARY, true);
        pair.stir(moment);
        pair.crash(moment % 2, moment % 3 == 0);
        pair.calm();
        assert_settled(&pair, before, PRIMARY);
    }
}

#[test]
fn an_order_is_not_kept_for_settings_that_change_meanwhile() {
    let mut pair = diverged();
    pair.adopt(Rank::Secondary);
    pair.disconnect();
    pair.propose();
    pair.store(PRIMARY, true);
    pair.calm();
    assert!(pair.nodes.iter().all(|node| node.is(WithPeer::Diverged)), "it would be lost");
}

/// Somebody has decided against these very settings before.
#[test]
fn what_was_overruled_gives_way_wherever_it_comes_back() {
    for (index, winner) in WINNERS {
        let mut pair = diverged();
        let before = pair.logs();
        pair.adopt(winner);
        pair.calm();
        let now = pair.nodes[PRIMARY].head();
        pair.crash(1 - index, false);
        pair.nodes[1 - index].disk = Some(before[1 - index].clone());
        pair.crash(1 - index, false);
        pair.calm();
        pair.assert_even();
        assert_eq!(pair.nodes[PRIMARY].head(), now);
    }
}

#[test]
fn nobody_decides_what_is_not_open() {
    let mut pair = Pair::new(None, None);
    pair.calm();
    for node in &mut pair.nodes {
        assert!(node.keeper.adopt(Rank::Primary, adoption(), at(Duration::ZERO)).is_err());
    }
}

#[test]
fn what_comes_damaged_is_thrown_away_and_read_again() {
    let mut pair = Pair::new(None, None);
    pair.calm();
    pair.propose();
    pair.store(PRIMARY, true);
    pair.work(PRIMARY);
    pair.spoil(SECONDARY, 40);
    pair.calm();
    pair.assert_even();
    assert_eq!(pair.nodes[SECONDARY].keeper.standing().thrown_away, 1);
    assert!(pair.nodes[SECONDARY].notes.contains(&"settings.damaged"));
}

#[test]
fn damage_that_stays_is_told_once_and_again_if_it_comes_back() {
    let mut pair = Pair::new(None, None);
    pair.calm();
    for times in 1..3 {
        pair.propose();
        for _ in 0..10 {
            [PRIMARY, SECONDARY].into_iter().for_each(|index| pair.store(index, true));
            pair.work(PRIMARY);
            pair.spoil(SECONDARY, 40);
            while pair.wires.iter().any(|wire| !wire.is_empty()) {
                pair.deliver(SECONDARY);
                pair.work(SECONDARY);
                pair.deliver(PRIMARY);
                pair.work(PRIMARY);
                pair.spoil(SECONDARY, 40);
            }
            pair.wait(REST_AFTER_DAMAGE);
        }
        let standing = pair.nodes[SECONDARY].keeper.standing();
        assert!(standing.thrown_away >= 3 * times, "{standing:?}");
        pair.calm();
        pair.assert_even();
        let told = |index: usize, what| pair.nodes[index].notes.iter().filter(|note| **note == what).count();
        assert_eq!(told(SECONDARY, "settings.damaged"), times as usize);
        assert!(told(PRIMARY, "settings.whole") <= 1 + times as usize);
    }
}

#[test]
fn no_byte_of_a_whole_state_can_be_another_one() {
    let log = changed(None, 2, 1);
    for byte in 0..600 {
        let mut pair = Pair::new(Some(log.clone()), None);
        pair.connect();
        pair.deliver(SECONDARY);
        pair.deliver(PRIMARY);
        pair.work(PRIMARY);
        pair.spoil(SECONDARY, byte);
        pair.calm();
        pair.assert_even();
        assert_eq!(pair.nodes[SECONDARY].keeper.standing().thrown_away, 1, "byte {byte}");
    }
}

#[test]
fn a_full_disk_of_the_secondary_is_tried_again() {
    let mut pair = Pair::new(None, None);
    pair.calm();
    pair.propose();
    pair.store(PRIMARY, true);
    pair.work(PRIMARY);
    pair.deliver(SECONDARY);
    pair.work(SECONDARY);
    pair.store(SECONDARY, false);
    assert!(pair.nodes[SECONDARY].is(WithPeer::Resting));
    assert_eq!(pair.nodes[SECONDARY].keeper.standing().unwritten, 1);
    pair.calm();
    pair.assert_even();
}

#[test]
fn pieces_are_paced() {
    let long = "x".repeat(PIECE_BYTES_MAX);
    let writes = (0..40).map(|n| set(&format!("layout/{n}"), &long)).collect();
    let mut pair = Pair::new(Some(with(&log(), writes)), None);
    pair.connect();
    let mut most = 0;
    while !pair.nodes.iter().all(|node| node.is(WithPeer::Even)) {
        pair.deliver(PRIMARY);
        let pieces = pair.wires[SECONDARY].iter().filter(|message| matches!(message, Message::Piece(_)));
        most = most.max(pieces.count());
        pair.deliver(SECONDARY);
        [PRIMARY, SECONDARY].into_iter().for_each(|index| pair.work(index));
        [PRIMARY, SECONDARY].into_iter().for_each(|index| pair.store(index, true));
    }
    assert_eq!(most, PIECES_AHEAD);
    pair.assert_even();
}

/// What can happen to a pair.
#[derive(Clone, Debug)]
enum Step {
    Propose,
    Deliver(usize),
    Store(usize, bool),
    Work(usize),
    Crash(usize, bool),
    Connect,
    Disconnect,
    Spoil(usize, usize),
    Wait,
    /// The primary gets a copy of its disk back that was made earlier.
    Copy,
    Restore,
    /// A node is as if its changes were of long ago, and checksums are left of so many.
    Forget(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    let node = 0..2_usize;
    prop_oneof![
        6 => Just(Step::Propose),
        12 => node.clone().prop_map(Step::Deliver),
        8 => node.clone().prop_map(Step::Work),
        8 => (node.clone(), prop::bool::weighted(0.9)).prop_map(|(node, works)| Step::Store(node, works)),
        1 => (node.clone(), any::<bool>()).prop_map(|(node, written)| Step::Crash(node, written)),
        3 => Just(Step::Connect),
        1 => Just(Step::Disconnect),
        1 => (node, 0..400_usize).prop_map(|(node, byte)| Step::Spoil(node, byte)),
        1 => Just(Step::Wait),
    ]
}

fn restored() -> impl Strategy<Value = Step> {
    prop_oneof![30 => step(), 1 => Just(Step::Copy), 1 => Just(Step::Restore), 1 => forget(0..4)]
}

fn forget(past: std::ops::Range<usize>) -> impl Strategy<Value = Step> {
    (0..2_usize, past).prop_map(|(node, past)| Step::Forget(node, past))
}

/// The pair at its end, and where the secondary stood whenever the primary was restored.
fn walk(steps: Vec<Step>) -> (Pair, Vec<Head>) {
    let mut pair = Pair::new(None, None);
    let mut copy = pair.nodes[PRIMARY].disk.clone();
    let mut theirs = Vec::new();
    for step in steps {
        match step {
            Step::Propose => pair.propose(),
            Step::Deliver(node) => pair.deliver(node),
            Step::Work(node) => pair.work(node),
            Step::Store(node, works) => pair.store(node, works),
            Step::Crash(node, written) => pair.crash(node, written),
            Step::Connect => pair.connect(),
            Step::Disconnect => pair.disconnect(),
            Step::Spoil(node, byte) => pair.spoil(node, byte),
            Step::Wait => pair.wait(Duration::from_secs(6)),
            Step::Copy => copy.clone_from(&pair.nodes[PRIMARY].disk),
            Step::Restore => {
                theirs.extend(pair.nodes[SECONDARY].head().filter(|head| head.seq > 0));
                pair.restore(copy.clone());
            }
            Step::Forget(node, past) => {
                pair.crash(node, false);
                pair.nodes[node].disk.iter_mut().for_each(|log| log.forget(0, past));
                pair.crash(node, false);
            }
        }
    }
    pair.calm();
    (pair, theirs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Crashes, torn links, damage, full disks and changes of long ago at every moment: nothing that was acknowledged is
    /// lost, and both are equal at the end.
    #[test]
    fn nothing_that_was_acknowledged_is_lost(
        steps in prop::collection::vec(prop_oneof![30 => step(), 1 => forget(200..201)], 0..120),
    ) {
        let (pair, _) = walk(steps);
        pair.assert_even();
        pair.assert_nothing_lost();
    }

    /// With a primary that was restored from a copy both are equal at the end, or say that they are not.
    #[test]
    fn a_restored_primary_is_equal_or_says_that_it_is_not(steps in prop::collection::vec(restored(), 0..120)) {
        let (pair, theirs) = walk(steps);
        if pair.nodes.iter().all(|node| node.is(WithPeer::Diverged)) {
            prop_assert!(pair.nodes.iter().all(|node| node.notes.contains(&"settings.diverged")));
        } else {
            pair.assert_even();
            let log = pair.nodes[PRIMARY].disk.as_ref().unwrap();
            for head in theirs {
                prop_assert_ne!(log.contains(&head), Some(false), "what the secondary had is still there");
                prop_assert!(pair.nodes.iter().all(|node| node.aside.is_empty()), "nobody has decided anything");
            }
        }
    }
}
