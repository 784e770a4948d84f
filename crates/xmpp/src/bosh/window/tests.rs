//! The rules of the window, one by one.

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn window(hold: usize) -> Window {
    let terms = Terms { hold, wait: 30 * SECOND, inactivity: 60 * SECOND, pause_max: 300 * SECOND };
    Window::new(terms, 100, "created".to_owned(), Queue::new(256, 1 << 20), Duration::ZERO)
}

/// Sends request `rid` as HTTP request `rid`; gives the answers as `(id, body)`.
fn post(w: &mut Window, rid: u64, now: Duration) -> Result<Vec<(u64, String)>, Condition> {
    post_as(w, rid, rid, Body::default(), now)
}

fn post_as(
    w: &mut Window,
    id: u64,
    rid: u64,
    body: Body,
    now: Duration,
) -> Result<Vec<(u64, String)>, Condition> {
    let mut replies = w.accept(id, rid, body, now)?;
    while w.take_turn().is_some() {
        replies.extend(w.flush(now));
    }
    Ok(pairs(replies))
}

fn pairs(replies: Vec<Reply>) -> Vec<(u64, String)> {
    replies.into_iter().map(|reply| (reply.id, reply.body)).collect()
}

fn send(w: &mut Window, stanza: &str, now: Duration) -> Vec<(u64, String)> {
    w.send(Outgoing::Stanza(stanza.to_owned())).unwrap();
    pairs(w.flush(now))
}

fn empty() -> String {
    content([].iter())
}

#[test]
fn a_second_request_releases_the_first() {
    let mut w = window(1);
    assert_eq!(post(&mut w, 101, SECOND), Ok(vec![]));
    assert_eq!(post(&mut w, 102, SECOND), Ok(vec![(101, empty())]));
    assert_eq!(w.deadline(), Some((31 * SECOND, Timer::Wait)));
}

#[test]
fn without_hold_every_request_is_answered_at_once() {
    assert_eq!(post(&mut window(0), 101, SECOND), Ok(vec![(101, empty())]));
}

#[test]
fn an_answer_lost_on_the_way_is_sent_again_word_for_word() {
    let mut w = window(1);
    post(&mut w, 101, SECOND).unwrap();
    let sent = send(&mut w, "<a/>", SECOND);
    assert!(sent[0].1.contains("<a/>"));
    assert_eq!(post_as(&mut w, 7, 101, Body::default(), SECOND), Ok(vec![(7, sent[0].1.clone())]));
    assert_eq!(post_as(&mut w, 8, 100, Body::default(), SECOND), Ok(vec![(8, "created".to_owned())]));
    assert_eq!(post(&mut w, 99, SECOND), Err(Condition::ItemNotFound));
}

#[test]
fn a_request_whose_connection_broke_is_held_again() {
    let mut w = window(1);
    post(&mut w, 101, SECOND).unwrap();
    w.gone(101, 2 * SECOND);
    assert_eq!(send(&mut w, "<a/>", 2 * SECOND), vec![]);
    w.accept(7, 101, Body::default(), 3 * SECOND).unwrap();
    assert!(w.take_turn().is_none(), "its content had its turn");
    assert_eq!(w.flush(3 * SECOND).len(), 1);
}

#[test]
fn the_same_request_on_a_new_connection_takes_the_place_of_the_old() {
    let mut w = window(1);
    post(&mut w, 101, SECOND).unwrap();
    assert_eq!(post_as(&mut w, 7, 101, Body::default(), SECOND), Ok(vec![(101, empty())]));
    assert_eq!(send(&mut w, "<a/>", SECOND)[0].0, 7);
}

#[test]
fn requests_that_overtook_each_other_are_put_in_order() {
    let mut w = window(1);
    assert_eq!(post(&mut w, 102, SECOND), Ok(vec![]));
    assert_eq!(w.deadline(), Some((31 * SECOND, Timer::Gap)));
    assert_eq!(post(&mut w, 101, SECOND), Ok(vec![(101, empty())]));
    assert_eq!(w.handle_timeout(31 * SECOND), Ok(vec![Reply { id: 102, body: empty() }]));
}

/// A request that was held is due in the same instant: it is among those that hear of the end.
#[test]
fn a_gap_ends_the_session_before_anything_else_is_answered() {
    let mut w = window(1);
    assert_eq!(post(&mut w, 101, SECOND), Ok(vec![]));
    let pause = Body { pause: Some(SECOND), ..Body::default() };
    assert_eq!(post_as(&mut w, 103, 103, pause, SECOND), Ok(vec![]));
    assert_eq!(w.handle_timeout(31 * SECOND), Err(Silence::Gap));
    assert_eq!(w.close().0, [101, 103]);
}

#[test]
fn a_gap_that_nobody_fills_ends_the_session() {
    let mut w = window(1);
    post(&mut w, 102, SECOND).unwrap();
    assert_eq!(w.handle_timeout(30 * SECOND), Ok(vec![]));
    assert_eq!(w.handle_timeout(31 * SECOND), Err(Silence::Gap));
}

/// A client that wants no holding gives its requests no time either: they may cross all the same.
#[test]
fn a_gap_lasts_half_the_allowed_silence_without_wait() {
    let terms = Terms { hold: 0, wait: Duration::ZERO, inactivity: 60 * SECOND, pause_max: 300 * SECOND };
    let mut w = Window::new(terms, 100, String::new(), Queue::new(256, 1 << 20), Duration::ZERO);
    post(&mut w, 102, SECOND).unwrap();
    assert_eq!(w.deadline(), Some((31 * SECOND, Timer::Gap)));
}

/// What was agreed on is the time to the answer, however long the client may be silent afterwards.
#[test]
fn a_short_wait_is_kept_while_a_late_predecessor_has_the_gap() {
    let terms = Terms { hold: 1, wait: 2 * SECOND, inactivity: 60 * SECOND, pause_max: 300 * SECOND };
    let mut w = Window::new(terms, 100, String::new(), Queue::new(256, 1 << 20), Duration::ZERO);
    post(&mut w, 101, SECOND).unwrap();
    assert_eq!(w.deadline(), Some((3 * SECOND, Timer::Wait)));
    assert_eq!(w.handle_timeout(3 * SECOND), Ok(vec![Reply { id: 101, body: empty() }]));

    post(&mut w, 103, 10 * SECOND).unwrap();
    assert_eq!(w.deadline(), Some((40 * SECOND, Timer::Gap)));
    assert_eq!(w.handle_timeout(39 * SECOND), Ok(vec![]));
    assert_eq!(post(&mut w, 102, 39 * SECOND), Ok(vec![(102, empty())]));
    assert_eq!(w.handle_timeout(39 * SECOND), Ok(vec![Reply { id: 103, body: empty() }]));
}

#[test]
fn request_ids_have_a_window() {
    assert_eq!(post(&mut window(1), 103, SECOND), Err(Condition::ItemNotFound));
    let mut w = window(1);
    post(&mut w, 101, SECOND).unwrap();
    assert_eq!(post(&mut w, 103, SECOND), Err(Condition::PolicyViolation));
    let last = Body { terminate: true, ..Body::default() };
    let mut w = window(1);
    post(&mut w, 101, SECOND).unwrap();
    assert_eq!(post_as(&mut w, 103, 103, last, SECOND), Ok(vec![]));
}

#[test]
fn inactivity_counts_from_the_last_answer_and_not_while_a_request_is_held() {
    let mut w = window(1);
    assert_eq!(w.deadline(), Some((60 * SECOND, Timer::Inactivity)));
    post(&mut w, 101, 50 * SECOND).unwrap();
    assert_eq!(w.handle_timeout(79 * SECOND), Ok(vec![]));
    assert_eq!(w.handle_timeout(80 * SECOND), Ok(vec![Reply { id: 101, body: empty() }]));
    assert_eq!(w.deadline(), Some((140 * SECOND, Timer::Inactivity)));
    assert_eq!(w.handle_timeout(140 * SECOND), Err(Silence::Inactive));
}

#[test]
fn a_client_that_polls_may_ask_in_vain_once_in_the_polling_interval() {
    let mut w = window(0);
    post(&mut w, 101, SECOND).unwrap();
    post(&mut w, 102, 6 * SECOND).unwrap();
    let news = Body { restart: true, ..Body::default() };
    post_as(&mut w, 103, 103, news, 7 * SECOND).unwrap();
    post(&mut w, 104, 8 * SECOND).unwrap();
    assert_eq!(post_as(&mut w, 7, 104, Body::default(), 9 * SECOND), Ok(vec![(7, empty())]), "a repeat");
    assert_eq!(post(&mut w, 105, 9 * SECOND), Err(Condition::PolicyViolation));
    let mut w = window(0);
    post(&mut w, 101, SECOND).unwrap();
    send(&mut w, "<a/>", SECOND);
    post(&mut w, 102, 6 * SECOND).unwrap();
    assert!(post(&mut w, 103, 7 * SECOND).is_ok(), "the one before was not in vain");
}

#[test]
fn what_waits_stays_for_the_first_request_after_a_pause() {
    let mut w = window(1);
    w.send(Outgoing::Stanza("<a/>".to_owned())).unwrap();
    w.accept(101, 101, Body::default(), SECOND).unwrap();
    assert!(w.take_turn().is_some());
    assert_eq!(pairs(w.pause(100 * SECOND, SECOND)), vec![(101, empty())]);
    let replies = post(&mut w, 102, 50 * SECOND).unwrap();
    assert!(replies[0].1.contains("<a/>"), "{replies:?}");
}

#[test]
fn a_pause_releases_everything_and_allows_a_longer_silence() {
    let mut w = window(1);
    post(&mut w, 101, SECOND).unwrap();
    assert_eq!(pairs(w.pause(1000 * SECOND, SECOND)), vec![(101, empty())]);
    assert_eq!(w.deadline(), Some((301 * SECOND, Timer::Inactivity)));
    post(&mut w, 102, 200 * SECOND).unwrap();
    w.handle_timeout(230 * SECOND).unwrap();
    assert_eq!(w.deadline(), Some((290 * SECOND, Timer::Inactivity)));
}
