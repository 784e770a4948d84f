use std::sync::Arc;

use proptest::prelude::*;

use super::*;

mod pair;

fn set(key: &str, value: &str) -> Write {
    Write::set(Key::new(key), value.into())
}

fn change(writes: Vec<Write>) -> Change {
    Change { writes, by: "admin".into(), says: "a change".into() }
}

fn log() -> Log {
    Log::begin(Generation(7), &[set("reason/1", "{}")])
}

fn with(log: &Log, writes: Vec<Write>) -> Log {
    let mut log = log.clone();
    let entry = log.propose(Generation(7), change(writes)).unwrap();
    assert_eq!(log.follow(std::slice::from_ref(&entry)), Ok(()));
    log.append(entry);
    log
}

fn entries(log: &Log) -> Vec<Entry> {
    log.entries().cloned().collect()
}

#[test]
fn a_change_makes_the_next_state() {
    let one = with(&log(), vec![set("reason/2", "[2]"), Write::remove(Key::new("reason/1"))]);
    assert_eq!(one.objects(), &Objects::from([(Key::new("reason/2"), "[2]".to_owned())]));
    assert_eq!(one.head().seq, 1);
    let again = Log::restore(Past::default(), one.base(), entries(&one), one.objects().clone());
    assert_eq!(again, Ok(one));
}

#[test]
fn a_key_that_comes_twice_is_as_the_last_one_says() {
    let one = with(&log(), vec![set("a", "1"), set("a", "2"), set("b", "1"), Write::remove(Key::new("b"))]);
    assert_eq!(one.objects().get("a").map(String::as_str), Some("2"));
    assert_eq!(one.objects().len(), 2);
    assert_eq!(Log::of(one.snapshot()).map(|log| log.head()), Ok(one.head()));
}

#[test]
fn what_does_not_follow_is_refused() {
    let (one, other) = (with(&log(), vec![set("a", "1")]), with(&log(), vec![set("a", "2")]));
    let (two, twin) = (with(&one, vec![set("b", "1")]), with(&other, vec![set("b", "1")]));
    assert_eq!(log().follow(&entries(&two)), Ok(()));
    assert_eq!(one.follow(&entries(&one)), Err(Fault::Gap), "it is there already");
    let last = |log: &Log| entries(log).split_off(1);
    assert_eq!(log().follow(&last(&two)), Err(Fault::Gap));
    assert_eq!(one.follow(&last(&twin)), Err(Fault::Checksum), "of another log");
    let mut forged = entries(&one);
    forged[0].change = Arc::new(change(vec![set("a", "3")]));
    assert_eq!(log().follow(&forged), Err(Fault::Checksum));
}

#[test]
fn damage_is_found() {
    let one = with(&with(&log(), vec![set("a", "1")]), vec![set("b", "1")]);
    let mut objects = one.objects().clone();
    objects.insert(Key::new("a"), "2".into());
    let restore = |entries, objects| Log::restore(Past::default(), one.base(), entries, objects);
    assert_eq!(restore(entries(&one), objects.clone()), Err(Fault::Checksum));
    assert_eq!(Log::of(Snapshot { objects, ..one.snapshot() }), Err(Fault::Checksum));
    let gap = entries(&one).split_off(1);
    assert_eq!(restore(gap, one.objects().clone()), Err(Fault::Gap));
}

#[test]
fn a_log_knows_what_is_in_it() {
    let (one, other) = (with(&log(), vec![set("a", "1")]), with(&log(), vec![set("a", "2")]));
    let two = with(&one, vec![set("b", "1")]);
    assert_eq!(two.contains(&one.head()), Some(true));
    assert_eq!(two.contains(&log().head()), Some(true));
    assert_eq!(two.contains(&other.head()), Some(false));
    assert_eq!(one.contains(&two.head()), Some(false));
    let short = Log::of(two.snapshot()).unwrap();
    assert_eq!(short.entries().count(), 0);
    for (head, known) in [(&log(), true), (&one, true), (&two, true), (&other, false)] {
        assert_eq!(short.contains(&head.head()), Some(known), "checksums are kept for longer");
    }
    let mut cut = two.clone();
    cut.forget(0, 1);
    assert_eq!((cut.contains(&log().head()), cut.contains(&one.head())), (None, Some(true)));
    assert_eq!(two.after(1).map(|entry| entry.head.seq).collect::<Vec<_>>(), [2]);
}

#[test]
fn the_past_is_bounded_and_has_one_form() {
    let hash = |n: usize| Hash::of(&[&n.to_be_bytes()]);
    let past = Past::new((0..PAST_MAX + 3).map(hash));
    assert_eq!((past.hashes().len(), past.hashes().next()), (PAST_MAX, Some(&hash(3))));
    let text = String::from(past.clone());
    assert_eq!(Past::try_from(text.clone()), Ok(past));
    for wrong in [text + &hash(0).to_string(), "00".into(), "g".repeat(64), "é".repeat(32)] {
        assert_eq!(Past::try_from(wrong), Err(Fault::Form));
    }
}

#[test]
fn a_log_is_bounded() {
    let mut log = log();
    for n in 0..ENTRIES_MAX + 10 {
        let entry = log.propose(Generation(7), change(vec![set("a", &n.to_string())])).unwrap();
        log.append(entry);
    }
    assert_eq!((log.entries().count(), log.base().seq, log.past().hashes().len()), (ENTRIES_MAX, 10, 10));
    let long = "x".repeat(VALUE_BYTES_MAX);
    for _ in 0..2 {
        let writes = vec![set("long", &long); 3];
        let entry = log.propose(Generation(7), change(writes)).unwrap();
        log.append(entry);
    }
    assert_eq!(log.entries().count(), 1, "both are more than is kept");
}

#[test]
fn what_is_too_large_is_refused() {
    let propose = |writes| log().propose(Generation(7), change(writes)).map(drop);
    let long = "x".repeat(VALUE_BYTES_MAX);
    assert_eq!(propose(vec![set("a", &(long.clone() + "x"))]), Err(Fault::TooLong));
    assert_eq!(propose((0..9).map(|n| set(&n.to_string(), &long)).collect()), Err(Fault::TooLong));
    assert_eq!(propose(vec![set("a", ""); WRITES_MAX + 1]), Err(Fault::TooLong));
    for key in ["", "a b", "日", &"k".repeat(KEY_BYTES_MAX + 1)] {
        assert_eq!(propose(vec![set(key, "")]), Err(Fault::Key), "{key}");
    }
}

#[test]
fn values_are_not_shown() {
    let change = change(vec![set("database", "hunter2")]);
    let entries = vec![log().propose(Generation(7), change).unwrap()];
    let batch = Batch::Append { base: log().base(), entries };
    assert!(!format!("{batch:?}").contains("hunter2"), "{batch:?}");
}

proptest! {
    /// Whatever is written, the checksum of the state is that of its objects.
    #[test]
    fn the_sum_is_that_of_the_state(
        changes in prop::collection::vec(
            prop::collection::vec(("[a-c]", prop::option::of("[xy]{0,2}")), 0..4), 0..8),
    ) {
        let mut log = log();
        for writes in changes {
            let writes = writes.into_iter().map(|(key, value)| Write { key: Key::new(key), value }).collect();
            log = with(&log, writes);
            prop_assert!(Log::of(log.snapshot()).is_ok());
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".{0,60}") {
        let _ = Change::parse(&text);
    }

    #[test]
    fn what_is_written_is_read(by in ".{0,9}", says in ".{0,9}", value in prop::option::of(".{0,9}")) {
        let change = Change { writes: vec![Write { key: Key::new("a/1"), value }], by, says };
        prop_assert_eq!(Change::parse(&change.text()), Ok(change));
    }
}
