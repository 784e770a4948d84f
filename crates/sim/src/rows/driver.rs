use std::time::Duration;

use node::failover::cti::Side;

use super::step::{Fault, Request, Setting};
use crate::seen::Seen;

/// Why a driver could not do what a row asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

/// Carries out rows: a contact center with two CTI servers, one desktop server under test, desktops and phones.
///
/// All times are since an arbitrary start. Lists grow from [`Driver::start`] on.
pub trait Driver {
    /// Begins anew: nothing broken, nobody signed in, no calls, the desktop server started with these settings beside
    /// its defaults; a later setting replaces an earlier one of the same key. A session that CTI loses leaves agents
    /// as they are.
    ///
    /// # Errors
    /// If the world cannot be set up, or does not know a setting.
    fn start(&mut self, settings: &[Setting]) -> Result<(), Trouble>;

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

    /// Somebody outside calls an extension; the id of the call.
    ///
    /// # Errors
    /// If the switch refuses.
    fn call_in(&mut self, from: &str, extension: &str) -> Result<u32, Trouble>;

    /// `answer`, `hold`, `retrieve` or `hang-up` by hand at a phone.
    ///
    /// # Errors
    /// If the switch refuses.
    fn phone(&mut self, deed: &str, extension: &str, call: u32) -> Result<(), Trouble>;

    /// Opens the desktop of an agent: its events are kept from now on.
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

    /// Every event that the agent's desktop has seen.
    ///
    /// # Errors
    /// If there is no desktop.
    fn seen(&mut self, agent: &str) -> Result<Vec<Seen>, Trouble>;

    /// What the switch knows about an agent.
    ///
    /// # Errors
    /// If there is no such agent.
    fn truth(&mut self, agent: &str) -> Result<Truth, Trouble>;
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

/// The switch's truth about one agent, in the words of REST.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// User state.
    pub state: String,
    /// The usual extension.
    pub extension: String,
    /// Calls at the agent's phone, the oldest first.
    pub legs: Vec<LegTruth>,
}

/// One call at an agent's phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegTruth {
    /// The call.
    pub call: u32,
    /// Participant state of the agent's leg.
    pub state: String,
    /// Call variables 1 to 10.
    pub variables: Vec<String>,
}
