use super::*;
use UserState::{
    Hold, Logout, NotReady, Ready, Reserved, ReservedOutbound, ReservedOutboundPreview, Talking, Unknown,
    Work, WorkReady,
};

const LOST: WallMs = WallMs(1_000_000);
const BACK: Duration = Duration::from_secs(2_000);

fn status(state: UserState) -> Status {
    Status { state, extension: "6001".to_owned(), ..Status::default() }
}

fn by(reason: Option<u16>, since: Option<i64>) -> Status {
    Status { reason, since: since.map(|after| WallMs(LOST.0 + after)), ..status(NotReady) }
}

fn struck() -> Status {
    by(Some(CLIENT_GONE), None)
}

fn ada() -> AgentId {
    AgentId::new("1001")
}

/// Lost with this status.
fn after(lost: &Status) -> OwnLoss {
    let mut own_loss = OwnLoss::default();
    own_loss.lost([(&ada(), lost)].into_iter(), LOST);
    own_loss
}

/// Lost while READY, and told this since.
fn told(status: &Status) -> OwnLoss {
    let mut own_loss = after(&self::status(Ready));
    own_loss.judge(&ada(), status, BACK);
    own_loss
}

fn is_watched(own_loss: &OwnLoss) -> bool {
    !own_loss.watched().is_empty()
}

#[test]
fn who_was_ready_or_would_be_is_watched() {
    let with = |state, pending, before_call| Status { pending, before_call, ..status(state) };
    for (state, watched) in [
        (Ready, true),
        (Reserved, true),
        (ReservedOutbound, true),
        (ReservedOutboundPreview, true),
        (WorkReady, true),
        (Logout, false),
        (NotReady, false),
        (Talking, false),
        (Hold, false),
        (Work, false),
        (Unknown, false),
    ] {
        assert_eq!(is_watched(&after(&status(state))), watched, "{state:?}");
    }
    for state in [Talking, Hold] {
        for (pending, before_call, watched) in [
            (None, Some(Ready), true),
            (None, Some(WorkReady), true),
            (None, Some(NotReady), false),
            (Some(PendingState::Ready), Some(NotReady), true),
            (Some(PendingState::WorkReady), None, true),
            (Some(PendingState::NotReady), Some(Ready), false),
            (Some(PendingState::Logout), Some(Ready), false),
            (Some(PendingState::Work), Some(Ready), false),
        ] {
            let lost = with(state, pending, before_call);
            assert_eq!(is_watched(&after(&lost)), watched, "{lost:?}");
        }
    }
    assert!(!is_watched(&after(&with(WorkReady, Some(PendingState::NotReady), None))));
}

/// What is read or told of somebody who was READY: whether READY is asked for at his desktop's next request, or he
/// is watched on.
#[test]
fn only_the_loss_is_undone() {
    let elsewhere = Status { extension: "6002".to_owned(), ..struck() };
    for (read, asked, watched) in [
        (struck(), true, false),
        (by(None, Some(0)), true, false),
        (by(None, Some(-BEFORE_MS)), true, false),
        (by(None, Some(AFTER_MS)), true, false),
        (by(None, Some(-BEFORE_MS - 1)), false, false),
        (by(None, Some(AFTER_MS + 1)), false, false),
        (by(None, None), false, false),
        (by(Some(0), Some(0)), false, false),
        (by(Some(999), Some(0)), false, false),
        (by(Some(32767), Some(0)), false, false),
        (elsewhere, false, false),
        (status(Logout), false, false),
        (status(Work), false, true),
        (status(Ready), false, true),
        (status(Reserved), false, true),
        (status(Talking), false, true),
        (status(Hold), false, true),
        (status(WorkReady), false, true),
        (Status::default(), false, true),
    ] {
        let mut own_loss = told(&read);
        assert_eq!(own_loss.heard(&ada()), asked, "{read:?}");
        assert_eq!(is_watched(&own_loss), watched, "{read:?}");
    }
}

#[test]
fn the_end_of_a_call_is_waited_for_however_long_it_takes() {
    let on_call = Status { before_call: Some(Ready), ..status(Talking) };
    let mut own_loss = after(&on_call);
    own_loss.judge(&ada(), &on_call, BACK);
    assert_eq!(own_loss.next_deadline(), None);
    own_loss.judge(&ada(), &status(Hold), BACK + WAIT * 9);
    own_loss.judge(&ada(), &struck(), BACK + WAIT * 10);
    assert!(own_loss.heard(&ada()));
}

#[test]
fn who_stays_ready_is_forgotten_after_a_while() {
    let mut own_loss = told(&status(Ready));
    own_loss.judge(&ada(), &status(Ready), BACK + WAIT / 2);
    assert_eq!(own_loss.next_deadline(), Some(BACK + WAIT), "the first look counts");
    own_loss.expire(BACK + WAIT);
    own_loss.judge(&ada(), &struck(), BACK + WAIT);
    assert!(!own_loss.heard(&ada()));
    assert_eq!(own_loss.next_deadline(), None);
}

#[test]
fn the_desktop_is_waited_for() {
    let mut own_loss = told(&struck());
    assert!(!own_loss.heard(&AgentId::new("1002")), "another one");
    assert!(own_loss.heard(&ada()));
    assert_eq!(own_loss.next_deadline(), None);
}

#[test]
fn a_desktop_that_comes_too_late_finds_him_not_ready() {
    let mut own_loss = told(&struck());
    own_loss.expire(BACK + WAIT);
    assert!(!own_loss.heard(&ada()));
}

#[test]
fn it_is_undone_once() {
    let mut own_loss = told(&struck());
    assert!(own_loss.heard(&ada()));
    own_loss.judge(&ada(), &struck(), BACK);
    assert!(!own_loss.heard(&ada()));
}

#[test]
fn what_happens_before_the_desktop_is_heard_ends_it() {
    for happens in [by(Some(7), None), status(Ready), status(Talking), status(Logout), status(Work)] {
        let mut own_loss = told(&struck());
        own_loss.judge(&ada(), &happens, BACK);
        assert!(!is_watched(&own_loss), "{happens:?}");
    }
    let mut own_loss = told(&struck());
    own_loss.judge(&ada(), &struck(), BACK + WAIT / 2);
    assert_eq!(own_loss.next_deadline(), Some(BACK + WAIT), "told again, for another skill group");
}

#[test]
fn who_acts_decides() {
    let mut own_loss = told(&struck());
    own_loss.acted(&ada());
    assert!(!own_loss.heard(&ada()));
}

#[test]
fn a_second_loss_keeps_what_the_first_one_did() {
    let since_the_loss = by(None, Some(100));
    let mut own_loss = told(&since_the_loss);
    own_loss.lost([(&ada(), &since_the_loss)].into_iter(), WallMs(LOST.0 + 30_000));
    assert_eq!(own_loss.next_deadline(), None, "time stands still while nothing is known");
    own_loss.judge(&ada(), &since_the_loss, BACK + WAIT * 2);
    assert_eq!(own_loss.next_deadline(), Some(BACK + WAIT * 3));
    assert!(own_loss.heard(&ada()));
}
