//! Fencing with a peer that may say anything, for the target `pair`. Whatever it says, every sign-in and every order is
//! answered once, nothing is said over a link that was given up, and what is said can be said.

use std::collections::BTreeSet;
use std::time::Duration;

use node::failover::fence::{Input, LinkId, Machine, Message, Now, Output, Rank, Settings, Ticket};
use node::failover::presence::{Agent, Order};
use node::pair::Frame;

/// Few, so that the peer means the same ones.
const AGENTS: [&str; 4] = ["1042", "1043", "1044", "1045"];

/// More than one deadline, less than the longest.
const WHILE: Duration = Duration::from_millis(1500);

/// Longer than any deadline of the fence.
const LONG: Duration = Duration::from_secs(100);

/// One node's fence and its owner.
pub struct Fence {
    machine: Machine,
    at: Duration,
    /// The newest one, and whether it is up.
    link: (LinkId, bool),
    last: u64,
    sign_ins: BTreeSet<Ticket>,
    asked: BTreeSet<Order>,
    /// Granted, and not yet carried out.
    granted: Vec<Order>,
}

impl Fence {
    pub fn new(rank: Rank) -> Self {
        let mut fence = Self {
            machine: Machine::new(Settings::new(rank)),
            at: Duration::ZERO,
            link: (LinkId(0), false),
            last: 0,
            sign_ins: BTreeSet::new(),
            asked: BTreeSet::new(),
            granted: Vec::new(),
        };
        fence.connect();
        fence
    }

    /// The peer says something.
    pub fn hear(&mut self, message: Message) {
        self.handle(Input::Message(self.link.0, message));
    }

    /// What happens here between two frames.
    pub fn happen(&mut self, what: u8) {
        let agent = Agent::from(AGENTS[usize::from(what >> 4) % AGENTS.len()]);
        match what % 16 {
            1 => self.sign_in(agent),
            2 => self.handle(Input::SignedOut(agent)),
            3 => self.handle(Input::Present(agent)),
            4 => self.handle(Input::Gone(agent)),
            5 => self.ask(agent),
            6 => self.carry_out(what & 16 == 0),
            7 => self.withdraw(),
            8 => self.connect(),
            9 => self.handle(Input::LinkDown(self.link.0)),
            10 => self.pass(WHILE),
            11 => self.pass(LONG),
            _ => {}
        }
    }

    /// Without a link nothing waits.
    pub fn close(mut self) {
        self.handle(Input::LinkDown(self.link.0));
        assert_eq!(self.machine.poll_timeout(), None, "a timer without a link");
        assert!(self.sign_ins.is_empty(), "sign-ins without an answer: {:?}", self.sign_ins);
        assert!(self.asked.is_empty(), "orders without an answer: {:?}", self.asked);
    }

    fn connect(&mut self) {
        self.link = (LinkId(self.link.0.0 + 1), true);
        self.handle(Input::LinkUp(self.link.0));
    }

    fn sign_in(&mut self, agent: Agent) {
        let ticket = Ticket(self.number());
        self.sign_ins.insert(ticket);
        self.handle(Input::SignIn(agent, ticket));
    }

    fn ask(&mut self, agent: Agent) {
        let order = Order(self.number());
        self.asked.insert(order);
        self.handle(Input::Ask(agent, order));
    }

    fn carry_out(&mut self, settled: bool) {
        if let Some(order) = self.granted.pop() {
            self.handle(Input::Outcome { order, settled });
        }
    }

    fn withdraw(&mut self) {
        if let Some(order) = self.asked.pop_first() {
            self.handle(Input::Withdraw(order));
        }
    }

    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn pass(&mut self, time: Duration) {
        let until = self.at + time;
        while let Some((due, _)) = self.machine.poll_timeout().filter(|(due, _)| *due <= until) {
            self.at = self.at.max(due);
            self.machine.handle_timeout(self.now());
            self.drain();
            assert_ne!(self.machine.poll_timeout().map(|(next, _)| next), Some(due), "it fires for ever");
        }
        self.at = until;
    }

    fn handle(&mut self, input: Input) {
        if let Input::LinkDown(link) = &input {
            self.link.1 &= *link != self.link.0;
        }
        self.machine.handle(input, self.now());
        self.drain();
    }

    fn now(&self) -> Now {
        Now { at: self.at, wall_ms: 1_795_400_000_000 }
    }

    fn drain(&mut self) {
        while let Some(output) = self.machine.poll_output() {
            match output {
                Output::Send(link, message) => self.said(link, message),
                Output::Close(link, _) => self.link.1 &= link != self.link.0,
                Output::Granted { order, .. } => {
                    assert!(self.asked.remove(&order), "{order:?} was answered twice");
                    self.granted.push(order);
                }
                Output::Denied(order, _) => {
                    assert!(self.asked.remove(&order), "{order:?} was answered twice")
                }
                Output::Admit(_, ticket) | Output::RefuseSignIn(_, ticket) => {
                    assert!(self.sign_ins.remove(&ticket), "{ticket:?} was answered twice");
                }
                Output::Superseded(_) | Output::Transition(_) => {}
            }
        }
    }

    fn said(&self, link: LinkId, message: Message) {
        assert_eq!((link, true), self.link, "said over a link that was given up: {message:?}");
        Frame::Fence(message).encode().expect("what is said fits into a frame");
    }
}
