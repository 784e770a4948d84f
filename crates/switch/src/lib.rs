//! The other side of a desktop server: the switch with its agents and calls, and the CTI servers in front of it.
//!
//! [`Switch`] keeps the truth. [`CtiPair`] serves it on two CTI server sides to any number of GED-188 clients, and
//! breaks where it is told to. Both are pure: bytes, commands and the time come in, bytes come out. The laboratory
//! drives them with sockets, the simulation with virtual links.

mod agents;
mod answers;
mod autopilot;
mod call;
mod calls;
mod campaign;
mod client;
mod command;
mod conferences;
mod config;
mod consult;
mod data;
mod demo;
mod desk;
mod dial;
mod dialer;
mod download;
mod events;
mod faults;
mod feed;
mod garbage;
mod hands;
mod journal;
mod leave;
mod merge;
mod mobile;
mod pair;
mod phone;
mod redirect;
mod refusal;
mod requests;
mod rng;
mod routing;
mod serve;
mod session_requests;
mod sessions;
mod side;
mod supervise;
mod switch;
mod timers;
mod truth;

pub use agents::{AcdState, Agent, Pending, Rest};
pub use call::{Call, Consult, Leg, Monitor, PARTIES_MAX, Party, Place, Stage, Task};
pub use calls::{CALLS_MAX, CALLS_OF_DEVICE_MAX, Calls};
pub use command::{
    Command, CommandError, Garbage, Hand, OnClientLoss, Outcome, Phone, PhoneState, WrongNews,
};
pub use config::{
    AgentConfig, AgentEvents, DeskSettings, OutsideLine, SkillGroupConfig, SwitchConfig, TeamConfig, WrapUp,
};
pub use data::CallData;
pub use desk::{CALL_NOT_ANSWERED, CONNECTION_FAILURE, LOST_DESKTOP, Load};
pub use dialer::{Offer, OfferMode, Record, RecordStatus};
pub use failover::cti::Side;
pub use journal::{ENTRIES_MAX, ForcedLogout, Journal, RequestSeen, Story};
pub use mobile::{MOBILE_CALL_FAILED, MOBILE_LINE_ENDED, Mobile, MobileMode};
pub use pair::{ConnId, CtiPair, PairConfig, PairMode, PairOutput, PairTimer, StandbyAnswer};
pub use refusal::Refusal;
pub use side::{Role, SideCounters, letter};
pub use switch::{Event, Switch};
pub use truth::{AgentTruth, CallTruth, ClientTruth, PartyTruth, SideTruth, Truth};
