//! Single rules of fencing, at one node. Both nodes together are tested in `presence::pair`.

use std::time::Duration;

use super::*;
use crate::presence::{Agent, Denial, Order};

const MS: Duration = Duration::from_millis(1);
const LINK: LinkId = LinkId(1);

struct Rig {
    machine: Machine,
    now: Duration,
}

impl Rig {
    fn new(settings: Settings) -> Self {
        Self { machine: Machine::new(settings), now: 10_000 * MS }
    }

    /// The primary, its link up and sessions exchanged.
    fn up() -> Self {
        let mut rig = Self::new(Settings::new(Rank::Primary));
        rig.give(Input::LinkUp(LINK));
        rig.told(Message::Sessions { page: vec![], last: true });
        rig
    }

    fn give(&mut self, input: Input) -> Vec<Output> {
        let now = Now { at: self.now, wall_ms: 5_000 };
        self.machine.handle(input, now);
        std::iter::from_fn(|| self.machine.poll_output()).collect()
    }

    fn told(&mut self, message: Message) -> Vec<Output> {
        self.give(Input::Message(LINK, message))
    }

    fn wake(&mut self, time: Duration) -> Vec<Output> {
        self.now += time;
        self.machine.handle_timeout(Now { at: self.now, wall_ms: 5_000 });
        std::iter::from_fn(|| self.machine.poll_output()).collect()
    }

    /// Agent 1001 was here and is gone; the peer is asked.
    fn asking() -> Self {
        let mut rig = Self::up();
        rig.give(Input::Present(agent()));
        rig.give(Input::Gone(agent()));
        let said = rig.give(Input::Ask(agent(), Order(1)));
        assert!(matches!(said.as_slice(), [Output::Send(LINK, Message::Ask { .. })]), "{said:?}");
        rig
    }

    /// The peer asked for agent 1001 with this number and was told so.
    fn asked(&mut self, number: u64) -> Vec<Output> {
        let epoch = theirs(number);
        self.told(Message::Ask { order: Order(9), agent: agent(), epoch })
    }
}

fn agent() -> Agent {
    Agent::from("1001")
}

fn theirs(number: u64) -> Epoch {
    Epoch { number, rank: Rank::Secondary }
}

fn answer(message: Message) -> Output {
    Output::Send(LINK, message)
}

#[test]
fn an_epoch_is_newer_than_all_seen_whatever_the_clock_says() {
    let mut rig = Rig::up();
    rig.told(Message::Began(Agent::from("1002"), theirs(90_000)));
    let said = rig.give(Input::Present(agent()));
    let epoch = Epoch { number: 90_001, rank: Rank::Primary };
    assert_eq!(said, [answer(Message::Began(agent(), epoch))]);
}

#[test]
fn an_epoch_is_the_wall_clock_if_that_is_larger() {
    let mut rig = Rig::up();
    let said = rig.give(Input::Present(agent()));
    let epoch = Epoch { number: 5_000, rank: Rank::Primary };
    assert_eq!(said, [answer(Message::Began(agent(), epoch))]);
}

#[test]
fn the_peer_is_refused_while_the_desktop_is_here_or_was_here_later() {
    let mut rig = Rig::up();
    rig.give(Input::Present(agent()));
    assert_eq!(rig.asked(6_000), [answer(Message::Refuse(Order(9)))], "here");
    rig.give(Input::Gone(agent()));
    assert_eq!(rig.asked(4_000), [answer(Message::Refuse(Order(9)))], "later");
    assert!(rig.asked(6_000).contains(&answer(Message::Grant(Order(9)))));
}

#[test]
fn a_sign_in_is_held_until_the_report() {
    let mut rig = Rig::up();
    rig.asked(6_000);
    let said = rig.give(Input::SignIn(agent(), Ticket(1)));
    assert!(!said.contains(&Output::Admit(agent(), Ticket(1))));
    assert_eq!(rig.told(Message::Report(Order(8))), [], "of another order");
    assert_eq!(rig.told(Message::Report(Order(9))), [Output::Admit(agent(), Ticket(1))]);
}

#[test]
fn a_sign_in_is_held_until_the_link_is_lost() {
    let mut rig = Rig::up();
    rig.asked(6_000);
    rig.give(Input::SignIn(agent(), Ticket(1)));
    assert!(rig.give(Input::LinkDown(LINK)).contains(&Output::Admit(agent(), Ticket(1))));
}

#[test]
fn a_peer_that_never_reports_cannot_keep_an_agent_out() {
    let mut rig = Rig::up();
    rig.asked(6_000);
    rig.give(Input::SignIn(agent(), Ticket(1)));
    assert!(rig.wake(15_000 * MS).contains(&Output::Admit(agent(), Ticket(1))));
    assert_eq!(rig.machine.link(), &Link::Down);
}

#[test]
fn sign_ins_that_wait_are_bounded() {
    let mut rig = Rig::up();
    rig.asked(6_000);
    let refused =
        |ticket: u64, said: Vec<Output>| said.contains(&Output::RefuseSignIn(agent(), Ticket(ticket)));
    let all = (0..=TICKETS_MAX as u64).filter(|&ticket| {
        let said = rig.give(Input::SignIn(agent(), Ticket(ticket)));
        refused(ticket, said)
    });
    assert_eq!(all.collect::<Vec<_>>(), [TICKETS_MAX as u64]);
}

#[test]
fn an_order_must_be_written_within_1_s_of_asking() {
    let mut rig = Rig::asking();
    let write_by = Some(rig.now + 1000 * MS);
    rig.now += 1000 * MS;
    assert_eq!(rig.told(Message::Grant(Order(1))), [Output::Granted { order: Order(1), write_by }]);
}

#[test]
fn permission_after_1_s_drops_the_order_and_frees_the_peer() {
    let mut rig = Rig::asking();
    rig.now += 1001 * MS;
    let said = rig.told(Message::Grant(Order(1)));
    assert_eq!(said, [answer(Message::Report(Order(1))), Output::Denied(Order(1), Denial::TooLate)]);
}

#[test]
fn no_answer_in_2_s_counts_as_link_down() {
    let mut rig = Rig::asking();
    assert_eq!(rig.wake(1999 * MS), []);
    let said = rig.wake(MS);
    assert_eq!(said.first(), Some(&Output::Close(LINK, Fault::NoAnswer)));
    assert_eq!(said.last(), Some(&Output::Granted { order: Order(1), write_by: None }));
}

#[test]
fn orders_wait_for_the_exchange_of_sessions() {
    let mut rig = Rig::new(Settings::new(Rank::Primary));
    rig.give(Input::LinkUp(LINK));
    assert_eq!(rig.give(Input::Ask(agent(), Order(1))), []);
    let said = rig.told(Message::Sessions { page: vec![(agent(), theirs(1))], last: true });
    assert!(said.contains(&Output::Superseded(agent())), "the peer has a session of his: {said:?}");
}

#[test]
fn two_questions_about_one_agent_end_in_one_order() {
    let mut rig = Rig::asking();
    assert_eq!(rig.asked(4_000), [answer(Message::Refuse(Order(9)))], "ours is newer");
    let mut rig = Rig::asking();
    let said = rig.asked(6_000);
    assert!(said.contains(&Output::Superseded(agent())), "theirs is newer");
    assert!(rig.give(Input::Withdraw(Order(1))).contains(&answer(Message::Report(Order(1)))));
}

/// Both nodes were started again, both know the agent from before, and nobody has come back.
#[test]
fn two_questions_about_an_agent_without_a_session_end_in_one_order() {
    let epoch = |rank| Epoch { number: 0, rank };
    let question = |rank| Message::Ask { order: Order(9), agent: agent(), epoch: epoch(rank) };
    let mut primary = Rig::up();
    assert_eq!(primary.give(Input::Ask(agent(), Order(9))), [answer(question(Rank::Primary))]);
    let mut secondary = Rig::new(Settings::new(Rank::Secondary));
    secondary.give(Input::LinkUp(LINK));
    secondary.told(Message::Sessions { page: vec![], last: true });
    assert_eq!(secondary.give(Input::Ask(agent(), Order(9))), [answer(question(Rank::Secondary))]);
    let [to_secondary, to_primary] = [Rank::Primary, Rank::Secondary].map(question);
    assert_eq!(secondary.told(to_secondary), [answer(Message::Refuse(Order(9)))]);
    let said = primary.told(to_primary);
    assert_eq!(said, [Output::Superseded(agent()), answer(Message::Grant(Order(9)))]);
}

#[test]
fn questions_in_flight_are_bounded() {
    let mut rig = Rig::up();
    let asks = (0..2 * WINDOW as u64)
        .map(|id| rig.give(Input::Ask(Agent::from(id.to_string().as_str()), Order(id))));
    assert_eq!(asks.filter(|said| !said.is_empty()).count(), WINDOW);
    rig.told(Message::Refuse(Order(0)));
    assert_eq!(rig.machine.counters().asked, WINDOW as u64 + 1);
}

#[test]
fn a_link_that_is_replaced_asks_again() {
    let mut rig = Rig::asking();
    assert!(rig.give(Input::LinkUp(LinkId(2))).contains(&Output::Close(LINK, Fault::Replaced)));
    let said = rig.give(Input::Message(LinkId(2), Message::Sessions { page: vec![], last: true }));
    assert!(
        said.iter().any(|output| matches!(output, Output::Send(LinkId(2), Message::Ask { .. }))),
        "{said:?}"
    );
    assert_eq!(rig.told(Message::Grant(Order(1))), [], "news of the old link is void");
}

#[test]
fn a_peer_that_misbehaves_loses_the_link() {
    let page = |length: usize| vec![(agent(), theirs(1)); length];
    let sessions = |length, last| Message::Sessions { page: page(length), last };
    let ours = Epoch { number: 1, rank: Rank::Primary };
    let cases = [
        (sessions(1, true), Fault::OutOfOrder),
        (Message::Began(agent(), ours), Fault::BadEpoch),
        (Message::Began(agent(), theirs(NUMBER_MAX + 1)), Fault::BadEpoch),
    ];
    for (message, fault) in cases {
        assert_eq!(Rig::up().told(message).first(), Some(&Output::Close(LINK, fault)));
    }
    for (message, fault) in [
        (sessions(PAGE_MAX + 1, true), Fault::TooMany),
        (sessions(0, false), Fault::OutOfOrder),
        (Message::Ask { order: Order(1), agent: agent(), epoch: theirs(1) }, Fault::OutOfOrder),
    ] {
        let mut rig = Rig::new(Settings::new(Rank::Primary));
        rig.give(Input::LinkUp(LINK));
        assert_eq!(rig.told(message).first(), Some(&Output::Close(LINK, fault)));
    }
}

#[test]
fn with_fencing_off_nobody_is_asked_or_held() {
    let mut rig = Rig::new(Settings { fencing: false, ..Settings::new(Rank::Primary) });
    assert_eq!(rig.give(Input::LinkUp(LINK)), []);
    assert_eq!(
        rig.give(Input::Ask(agent(), Order(1))),
        [Output::Granted { order: Order(1), write_by: None }]
    );
    assert_eq!(rig.give(Input::SignIn(agent(), Ticket(1))), [Output::Admit(agent(), Ticket(1))]);
}
