//! A node: from the bytes of CTI to the bytes of a notification, and the reading of state after a loss.
//! `cargo bench -p node`; instruction counts by `make bench-code`.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark whose input is broken has nothing better to do than to stop"
)]

#[path = "../../../benches/harness.rs"]
mod harness;
mod stage;

use std::time::Duration;

use node::LinkNews;
use node::ged188::{AgentState, Message};

use harness::{Case, Run};
use stage::{Stage, VERSION, server};

const AGENTS: usize = 1000;
/// The agent of the moment moves on by this much, so that no part of the maps is always at hand.
const STRIDE: usize = 377;

const CASES: [Case; 4] = [
    Case { name: "agent_state_event_to_notification", operations: 1, make: || Box::new(StateEvent::new()) },
    Case { name: "call_from_begin_to_end", operations: 1, make: || Box::new(OneCall::new()) },
    Case { name: "sign_out", operations: 1, make: || Box::new(SignOut::new()) },
    Case { name: "recovery_of_1000_agents", operations: 1, make: || Box::new(Recovery::new()) },
];

fn main() {
    harness::main(&CASES);
}

/// One AGENT_STATE_EVENT, from its bytes to the answer of the open request of the agent's desktop. A thousand agents
/// are signed in, each at a desktop.
struct StateEvent {
    stage: Stage,
    agent: usize,
    bytes: Vec<u8>,
    replies: usize,
}

impl StateEvent {
    fn new() -> Self {
        let stage = Stage::new(AGENTS, true);
        let replies = stage.replies();
        Self { stage, agent: 0, bytes: Vec::new(), replies }
    }
}

impl Run for StateEvent {
    fn prepare(&mut self) {
        assert_eq!(self.stage.replies(), self.replies, "each event is told once");
        self.stage.settle();
        self.agent = (self.agent + STRIDE) % AGENTS;
        let state = self.stage.server.turn(self.agent);
        self.bytes = server::agent_state(self.agent, state).encode(VERSION).unwrap();
        self.replies = self.stage.replies() + 1;
    }

    fn run(&mut self) {
        self.stage.link(LinkNews::Bytes(std::mem::take(&mut self.bytes)));
    }
}

/// The ten events of a call to an agent, each of them alone, with the requests of his desktop between them.
struct OneCall {
    stage: Stage,
    agent: usize,
    id: u32,
    bytes: Vec<Vec<u8>>,
}

impl OneCall {
    fn new() -> Self {
        Self { stage: Stage::new(AGENTS, true), agent: 0, id: 0, bytes: Vec::new() }
    }
}

impl Run for OneCall {
    fn prepare(&mut self) {
        self.stage.pass(Duration::from_secs(1));
        self.agent = (self.agent + STRIDE) % AGENTS;
        self.id += 1;
        let encoded = |message: &Message| message.encode(VERSION).unwrap();
        self.bytes = server::call(self.agent, self.id).iter().map(encoded).collect();
    }

    fn run(&mut self) {
        for bytes in std::mem::take(&mut self.bytes) {
            self.stage.link(LinkNews::Bytes(bytes));
            self.stage.settle();
        }
    }
}

/// An agent signs out.
struct SignOut {
    stage: Stage,
    agent: usize,
    bytes: Vec<u8>,
}

impl SignOut {
    fn new() -> Self {
        Self { stage: Stage::new(AGENTS, false), agent: 0, bytes: Vec::new() }
    }
}

impl Run for SignOut {
    fn prepare(&mut self) {
        self.stage.say(&server::agent_state(self.agent, AgentState::NOT_READY));
        self.agent = (self.agent + STRIDE) % AGENTS;
        self.bytes = server::agent_state(self.agent, AgentState::LOGOUT).encode(VERSION).unwrap();
    }

    fn run(&mut self) {
        self.stage.link(LinkNews::Bytes(std::mem::take(&mut self.bytes)));
    }
}

/// From the loss of the session to service: a thousand agents are read, a tenth of them on calls and a tenth changed.
/// What the scripted server does for its answers is in the figure.
struct Recovery {
    stage: Stage,
    recoveries: u64,
}

impl Recovery {
    fn new() -> Self {
        Self { stage: Stage::new(AGENTS, false), recoveries: 1 }
    }
}

impl Run for Recovery {
    fn prepare(&mut self) {
        // A session lost at once would count as an attempt to dial, and be dialed again later.
        self.stage.pass(Duration::from_secs(10));
        assert!(self.stage.in_service());
        assert_eq!(self.stage.node.counters().recoveries, self.recoveries);
        for agent in (1..AGENTS).step_by(10) {
            self.stage.server.turn(agent);
        }
        self.recoveries += 1;
    }

    fn run(&mut self) {
        self.stage.link(LinkNews::Closed("reset".into()));
        self.stage.settle();
    }
}
