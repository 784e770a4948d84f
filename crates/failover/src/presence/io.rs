use std::time::Duration;

use super::{Agent, Transition, WatchChange};

/// Names one XMPP session of one desktop. Never used twice, so that late news of an old session of the same resource
/// cannot be taken for news of the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub u64);

/// Names one order to log an agent out. Never used twice while the node runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order(pub u64);

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The node is in service: CTI is there and has been read. News of calls that ended or began meanwhile come first.
    CtiInService,
    /// The node is out of service.
    CtiOutOfService,
    /// The notification service runs: the node sees presence.
    NotificationUp,
    /// The notification service has stopped; all its sessions are gone.
    NotificationDown,
    /// A desktop session is available, or is heard again after silence.
    Available(Agent, SessionId),
    /// A desktop session lost its transport without a goodbye; it may be resumed (DESK-4a, DESK-5r3).
    Silent(Agent, SessionId),
    /// A desktop session is over: a goodbye, or a newer session in its place.
    Unavailable(Agent, SessionId),
    /// A desktop session is over because its transport waited for a sign of life in vain.
    Expired(Agent, SessionId),
    /// The agent signed in here over REST.
    SignedIn(Agent),
    /// The agent had a desktop here before the node restarted, as far as the caller remembers.
    Remembered(Agent),
    /// The agent is on a call; repeated news is harmless.
    CallStarted(Agent),
    /// The agent's last call is over; repeated news is harmless.
    CallEnded(Agent),
    /// The order may be carried out.
    Granted {
        /// Which.
        order: Order,
        /// It is void unless it is written to CTI until then.
        write_by: Option<Duration>,
    },
    /// The order must not be carried out.
    Denied(Order, Denial),
    /// What became of an order that was handed to CTI.
    Outcome(Order, Outcome),
    /// A newer session of the agent lives on the other node.
    Superseded(Agent),
}

/// Why an order must not be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denial {
    /// The other node has the agent's desktop: it refused, or it is about to log him out itself.
    Elsewhere,
    /// Permission came too late for the order to be written in time.
    TooLate,
}

/// What became of an order that was handed to CTI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// CTI confirmed it.
    Accepted,
    /// CTI refused it: the agent is signed out already. Harmless (DESK-5r1).
    Refused,
    /// It was not written: CTI was lost before, or its time was over.
    NotWritten,
    /// It was written; CTI was lost before it answered.
    Unknown,
}

/// One thing to do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Refuse this session with a resource constraint: a bound is reached.
    Refuse(Agent, SessionId),
    /// The agent's desktop is here.
    Present(Agent),
    /// The agent's last desktop is gone.
    Gone(Agent),
    /// Ask whether the agent may be logged out; `Granted` or `Denied` answers.
    Ask(Agent, Order),
    /// The order is void, whatever became of the question; no answer is wanted any more.
    Withdraw(Order),
    /// Send SET_AGENT_STATE_REQ LOGOUT, ForcedFlag 1, reason 255 (DESK-1), unless `write_by` is over; then report
    /// [`Input::Outcome`].
    ForceLogout {
        /// Whom.
        agent: Agent,
        /// The order.
        order: Order,
        /// When the order becomes void.
        write_by: Option<Duration>,
    },
    /// What an agent's desktop means has changed; for the log and the timeline.
    Transition(Transition),
    /// Timers run or are held; for the log and the timeline.
    Watch(WatchChange),
}

/// What the next deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// A silent desktop counts as gone.
    Detection,
    /// A desktop should have come back after an outage of ours.
    Comeback,
    /// A desktop that is gone should have come back.
    Grace,
    /// An order that was permitted too late is asked for again.
    Retry,
    /// CTI should have answered an order.
    Answer,
}

/// What has been counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Graces that began.
    pub graces: u64,
    /// Graces that a desktop ended by coming back.
    pub returns: u64,
    /// Orders that waited for the end of a call.
    pub postponed: u64,
    /// Orders handed to CTI.
    pub forced_logouts: u64,
    /// Of these, accepted.
    pub accepted: u64,
    /// Of these, refused (DESK-5r1).
    pub refused: u64,
    /// Orders that were denied because the agent is at the other node.
    pub denied: u64,
    /// News of sessions and orders that are over, dropped.
    pub void: u64,
    /// News that makes no sense in its state, dropped.
    pub unexpected: u64,
    /// News dropped because a bound is reached.
    pub overflow: u64,
}
