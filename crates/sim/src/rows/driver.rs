use std::time::Duration;

use node::failover::cti::Side;
use switch::Command;

use super::step::{Fault, Request, Setting};
use super::truth::Truth;
use crate::seen::Seen;

/// Why a driver could not do what a row asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

/// Carries out rows: a contact center with two CTI servers, one desktop server under test and perhaps another that
/// follows it, desktops and phones.
///
/// All times are since an arbitrary start. Lists grow from [`Driver::start`] on.
pub trait Driver {
    /// Begins anew: nothing broken, nobody signed in, no calls, the desktop server started with these settings beside
    /// its defaults; a later setting replaces an earlier one of the same key. A session that CTI loses leaves agents
    /// as they are. `nodes` desktop servers run, one or two.
    ///
    /// # Errors
    /// If the world cannot be set up, or does not know a setting.
    fn start(&mut self, settings: &[Setting], nodes: usize) -> Result<(), Trouble>;

    /// The time.
    fn now(&self) -> Duration;

    /// Lets time pass.
    ///
    /// # Errors
    /// If the world broke meanwhile.
    fn wait(&mut self, time: Duration) -> Result<(), Trouble>;

    /// Breaks or mends something.
    ///
    /// # Errors
    /// If that could not be done.
    fn fault(&mut self, fault: Fault) -> Result<(), Trouble>;

    /// Somebody does something at a phone.
    ///
    /// # Errors
    /// If the switch refuses.
    fn command(&mut self, command: Command) -> Result<(), Trouble>;

    /// Opens the desktop of an agent at the desktop server under test: its events are kept from now on.
    ///
    /// # Errors
    /// If it cannot be opened.
    fn open_desktop(&mut self, agent: &str) -> Result<(), Trouble>;

    /// Sends a request with the agent's credentials and waits for the answer.
    ///
    /// # Errors
    /// If no answer came.
    fn ask(&mut self, agent: &str, request: Request<'_>) -> Result<Reply, Trouble>;

    /// Every dial of the desktop server under test, refused ones included, in order.
    ///
    /// # Errors
    /// If the lab does not tell.
    fn dials(&mut self) -> Result<Vec<Dial>, Trouble>;

    /// What arrived at one CTI server from the desktop server under test.
    ///
    /// # Errors
    /// If the lab does not tell.
    fn arrived(&mut self, side: Side) -> Result<Arrived, Trouble>;

    /// Every event that the agent's desktop has seen since it was opened.
    ///
    /// # Errors
    /// If there is no desktop.
    fn seen(&mut self, agent: &str) -> Result<Vec<Seen>, Trouble>;

    /// What the switch knows about an agent.
    ///
    /// # Errors
    /// If there is no such agent.
    fn truth(&mut self, agent: &str) -> Result<Truth, Trouble>;

    /// How many messages about conferences the CTI servers have told wrong.
    ///
    /// # Errors
    /// If the lab does not tell.
    fn told_wrong(&mut self) -> Result<u64, Trouble>;
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body, perhaps empty.
    pub body: String,
}

/// A dial that reached a CTI server's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dial {
    /// When.
    pub at: Duration,
    /// Where.
    pub side: Side,
}

/// Counters of one CTI server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// HEARTBEAT_REQ.
    pub heartbeats: u64,
    /// HEARTBEAT_CONF that it sent.
    pub confirmed: u64,
    /// Requests that people make: agent states, call control, call data (ged188.md section 5: 26, 38, 40 to 64).
    pub commands: u64,
}
