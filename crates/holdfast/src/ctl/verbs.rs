//! The verbs of `lab ctl` that break and mend parts, links, CTI servers and the switch, and the orders they are.

use std::num::NonZeroU32;
use std::time::Duration;

use clap::{Subcommand, ValueEnum};
use lab::fault::LinkFault;
use lab::{CtiServer, LinkOrder, NodeName, NodeService, Order, Part, ServiceOrder};
use sim::switch::{Command, Garbage, WrongNews};

use super::words::{millis, some_millis};
use crate::lab::Loss;

/// Orders about parts and links.
#[derive(Subcommand)]
pub(crate) enum PartVerb {
    /// Kills a part: a CTI server or an AWDB host closes its address and resets its connections, a desktop server gets
    /// SIGKILL.
    Kill {
        /// cti-a, cti-b, awdb-1, awdb-2, node-1 or node-2.
        part: Part,
    },
    /// Starts a part that is down.
    #[command(visible_alias = "revive")]
    Start {
        /// cti-a, cti-b, awdb-1, awdb-2, node-1 or node-2.
        part: Part,
    },
    /// Lets a CTI server take connections and bytes and answer nothing.
    Hang {
        /// cti-a or cti-b.
        cti: CtiServer,
    },
    /// Lets a CTI server go on.
    Unhang {
        /// cti-a or cti-b.
        cti: CtiServer,
    },
    /// Breaks or heals the way from a desktop server to a CTI server.
    Link {
        /// node-1 or node-2.
        node: NodeName,
        /// cti-a or cti-b.
        cti: CtiServer,
        #[command(subcommand)]
        fault: Fault,
    },
    /// Breaks or heals the link between the two desktop servers.
    Peer {
        #[command(subcommand)]
        fault: PeerFault,
    },
    /// Stops or starts a service of a desktop server, as `holdfast service` does.
    Service {
        /// node-1 or node-2.
        node: NodeName,
        /// Which.
        service: Service,
        /// What with it.
        action: Action,
    },
}

/// What can happen to the link between the desktop servers.
#[derive(Subcommand)]
pub(crate) enum PeerFault {
    /// Resets it, and refuses it from now on.
    Cut,
    /// Ends every fault.
    Restore,
    /// Delays what passes, each way.
    Delay {
        /// How long, such as 200ms.
        #[arg(value_parser = millis)]
        by: u32,
    },
    /// Resets it once.
    Reset,
    /// Takes what is said and passes nothing on.
    Hang,
    /// Loses every packet.
    Blackhole,
}

/// The services of a desktop server.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Service {
    Platform,
    Webapp,
    Notification,
}

/// What can be done with one.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Action {
    Stop,
    Start,
}

/// Orders for the switch and its CTI servers.
#[derive(Subcommand)]
pub(crate) enum SwitchVerb {
    /// Takes the peripheral offline at the CTI servers, or brings it back.
    Peripheral {
        /// Whether the CTI servers have the switch.
        state: Reach,
    },
    /// Takes the central controller away from the CTI servers, or brings it back.
    Central {
        /// Whether the CTI servers have the central controller.
        state: Reach,
    },
    /// Makes the standby CTI server the active one.
    SwitchOver,
    /// Leaves heartbeats to a CTI server unanswered.
    MuteHeartbeats {
        /// cti-a or cti-b.
        cti: CtiServer,
        /// On leaves them unanswered, off answers them again.
        state: Toggle,
    },
    /// Answers OPEN_REQ at a CTI server with this FAILURE_CONF status; without one, normally again.
    RefuseOpens {
        /// cti-a or cti-b.
        cti: CtiServer,
        /// A status of GED-188, such as 15 (CTI server offline), 92 or 107.
        status: Option<u32>,
    },
    /// Sends something that is no GED-188 to the clients of a CTI server.
    Garbage {
        /// cti-a or cti-b; it must have clients.
        cti: CtiServer,
        /// What is sent.
        kind: Nonsense,
    },
    /// Answers requests late; events and heartbeats stay punctual.
    DelayAnswers {
        /// How late, such as 700ms or 2s; 0s ends it.
        #[arg(value_parser = millis)]
        by: u32,
    },
    /// Sends answers after the events that the requests cause.
    AnswersAfterEvents {
        /// On turns the order around, off restores it.
        state: Toggle,
    },
    /// What a CTI server does to the agents of a desktop server that is gone.
    OnClientLoss {
        /// From the next loss on.
        what: Loss,
    },
    /// Tells CTI clients wrong news of conferences; calls and phones are not affected.
    WrongConferences {
        /// How they are wrong; off tells the truth again.
        kind: WrongKind,
    },
    /// Callers arrive by themselves.
    Autopilot {
        /// Off lets calls under way end by themselves.
        state: Toggle,
        /// How many in a minute.
        #[arg(long, default_value_t = 12)]
        per_minute: u32,
        /// Leaves answering and hanging up to desktops.
        #[arg(long)]
        phones_rest: bool,
        /// Of 100 answered calls, how many a phone consults about, transfers, or makes a conference.
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=100))]
        joined_percent: u8,
    },
}

/// What is wrong with a link.
#[derive(Subcommand)]
pub(crate) enum Fault {
    /// Ends all faults of the link.
    Clear,
    /// New connections are reset at once, those that are up end.
    Refuse,
    /// Resets the connections that are up, once.
    Reset,
    /// Takes connections and bytes and passes none.
    Hang,
    /// Loses every packet.
    Blackhole,
    /// Delays each direction; a connect takes both.
    Latency {
        /// Such as 200ms.
        #[arg(value_parser = millis)]
        up: u32,
        /// The way back, if it differs.
        #[arg(value_parser = millis)]
        down: Option<u32>,
    },
    /// Goes down and up by turns.
    Flap {
        /// How long it is down, such as 2s.
        #[arg(value_parser = some_millis)]
        down: NonZeroU32,
        /// How long it is up.
        #[arg(value_parser = some_millis)]
        up: NonZeroU32,
    },
    /// Flips one byte in so many on its way to the desktop server.
    Corrupt {
        /// In how many bytes one is flipped, such as 20.
        every: NonZeroU32,
    },
}

/// How news of conferences are wrong.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum WrongKind {
    /// True.
    Off,
    /// Lists leave out the party that joined last.
    PartyMissing,
    /// The calls of a device are told without conferences.
    CallMissing,
    /// A list names somebody who is not on the call.
    Inconsistent,
    /// What is told when somebody leaves is told again.
    Repeated,
}

/// On or off.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Toggle {
    On,
    Off,
}

/// Within reach, or not.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Reach {
    Online,
    Offline,
}

/// What is no GED-188.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Nonsense {
    RandomBytes,
    HalfMessage,
    WrongLength,
    EndlessStream,
}

impl From<PartVerb> for Order {
    fn from(verb: PartVerb) -> Self {
        match verb {
            PartVerb::Kill { part } => Self::Kill(part),
            PartVerb::Start { part } => Self::Start(part),
            PartVerb::Hang { cti } => Self::Hang(cti),
            PartVerb::Unhang { cti } => Self::Unhang(cti),
            PartVerb::Link { node, cti, fault } => Self::Link(LinkOrder { node, cti, fault: fault.into() }),
            PartVerb::Peer { fault } => Self::Peer(fault.into()),
            PartVerb::Service { node, service, action } => {
                let run = matches!(action, Action::Start);
                Self::Service(ServiceOrder { node, name: service.into(), run })
            }
        }
    }
}

impl From<Fault> for LinkFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Clear => Self::Clear,
            Fault::Refuse => Self::Refuse,
            Fault::Reset => Self::Reset,
            Fault::Hang => Self::Hang,
            Fault::Blackhole => Self::Blackhole,
            Fault::Latency { up, down } => Self::Latency { up_ms: up, down_ms: down.unwrap_or(up) },
            Fault::Flap { down, up } => Self::Flap { down_ms: down, up_ms: up },
            Fault::Corrupt { every } => Self::Corrupt { every },
        }
    }
}

impl From<PeerFault> for LinkFault {
    fn from(fault: PeerFault) -> Self {
        match fault {
            PeerFault::Cut => Self::Refuse,
            PeerFault::Restore => Self::Clear,
            PeerFault::Delay { by } => Self::Latency { up_ms: by, down_ms: by },
            PeerFault::Reset => Self::Reset,
            PeerFault::Hang => Self::Hang,
            PeerFault::Blackhole => Self::Blackhole,
        }
    }
}

impl From<Service> for NodeService {
    fn from(service: Service) -> Self {
        match service {
            Service::Platform => Self::Platform,
            Service::Webapp => Self::Webapp,
            Service::Notification => Self::Notification,
        }
    }
}

impl From<SwitchVerb> for Command {
    fn from(verb: SwitchVerb) -> Self {
        match verb {
            SwitchVerb::Peripheral { state: Reach::Online } => Self::PeripheralOnline,
            SwitchVerb::Peripheral { state: Reach::Offline } => Self::PeripheralOffline,
            SwitchVerb::Central { state: Reach::Online } => Self::CentralControllerUp,
            SwitchVerb::Central { state: Reach::Offline } => Self::CentralControllerDown,
            SwitchVerb::SwitchOver => Self::SwitchOver,
            SwitchVerb::MuteHeartbeats { cti, state } => Self::MuteHeartbeats(cti.side(), state.is_on()),
            SwitchVerb::RefuseOpens { cti, status } => Self::RefuseOpens(cti.side(), status),
            SwitchVerb::Garbage { cti, kind } => Self::GarbageToClients(cti.side(), kind.into()),
            SwitchVerb::DelayAnswers { by } => Self::DelayAnswers(Duration::from_millis(by.into())),
            SwitchVerb::AnswersAfterEvents { state } => Self::AnswersAfterEvents(state.is_on()),
            SwitchVerb::OnClientLoss { what } => Self::OnClientLoss(what.into()),
            SwitchVerb::WrongConferences { kind } => Self::WrongConferences(kind.into()),
            SwitchVerb::Autopilot { state, per_minute, phones_rest, joined_percent } => {
                let calls_per_minute = if state.is_on() { per_minute } else { 0 };
                Self::Autopilot { calls_per_minute, phones_answer: !phones_rest, joined_percent }
            }
        }
    }
}

impl From<WrongKind> for Option<WrongNews> {
    fn from(kind: WrongKind) -> Self {
        match kind {
            WrongKind::Off => None,
            WrongKind::PartyMissing => Some(WrongNews::PartyMissing),
            WrongKind::CallMissing => Some(WrongNews::CallMissing),
            WrongKind::Inconsistent => Some(WrongNews::Inconsistent),
            WrongKind::Repeated => Some(WrongNews::Repeated),
        }
    }
}

impl From<Nonsense> for Garbage {
    fn from(kind: Nonsense) -> Self {
        match kind {
            Nonsense::RandomBytes => Self::RandomBytes,
            Nonsense::HalfMessage => Self::HalfMessage,
            Nonsense::WrongLength => Self::WrongLength,
            Nonsense::EndlessStream => Self::EndlessStream,
        }
    }
}

impl Toggle {
    fn is_on(self) -> bool {
        matches!(self, Self::On)
    }
}
