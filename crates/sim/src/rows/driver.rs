use std::time::Duration;

use node::failover::awdb::Host;
use node::failover::client::{self, Output};
use node::failover::cti::Side;
use switch::{Command, RequestSeen};

use super::knock::Credentials;
use super::step::{Fault, Request, Server, Setting};
use super::truth::Truth;
use crate::seen::Seen;
use crate::world::Leave;

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

    /// The same at one of two desktop servers; what an earlier desktop of the agent left behind stays.
    ///
    /// # Errors
    /// If it cannot be opened.
    fn open_desktop_at(&mut self, agent: &str, server: Server) -> Result<(), Trouble>;

    /// Somebody leaves his desktop in this way.
    ///
    /// # Errors
    /// If there is no desktop, or it cannot be left so.
    fn leave(&mut self, agent: &str, how: Leave) -> Result<(), Trouble>;

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

    /// Whether SystemInfo of every desktop server says IN_SERVICE.
    ///
    /// # Errors
    /// If one does not answer.
    fn all_in_service(&mut self) -> Result<bool, Trouble>;

    /// Whether the two desktop servers have their link, and have told each other of their sessions.
    ///
    /// # Errors
    /// If the lab does not tell.
    fn linked(&mut self) -> Result<bool, Trouble>;

    /// Opens a desktop that knows both servers, with these numbers; the agent signs in at the first.
    ///
    /// # Errors
    /// If he cannot.
    fn open_pair(&mut self, agent: &str, settings: &client::Settings) -> Result<(), Trouble>;

    /// What that desktop does.
    ///
    /// # Errors
    /// If there is no such desktop.
    fn client(&mut self, agent: &str) -> Result<Client, Trouble>;

    /// Every forced logout that reached the CTI servers, in order.
    ///
    /// # Errors
    /// If the lab does not tell.
    fn forced_logouts(&mut self) -> Result<Vec<ForcedLogout>, Trouble>;

    /// Sends a request with these credentials to the desktop server under test, and waits for the answer.
    ///
    /// # Errors
    /// If no answer came.
    fn knock(&mut self, who: Credentials, request: Request<'_>) -> Result<Reply, Trouble>;

    /// The same by the administrator of the desktop servers.
    ///
    /// # Errors
    /// If no answer came.
    fn administer(&mut self, request: Request<'_>) -> Result<Reply, Trouble>;

    /// How often the desktop server under test has asked an AWDB host about people who showed credentials, or has
    /// tried to. Counted where the host is; looks in the background count only as far as they never got through.
    ///
    /// # Errors
    /// If the lab does not tell.
    fn awdb_asked(&mut self, host: Host) -> Result<u64, Trouble>;
}

/// A desktop of two servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// What it did so far, and when.
    pub log: Vec<(Duration, Output)>,
    /// Where it works; `None` while it does not.
    pub works_on: Option<client::Server>,
    /// Whether it shows a call.
    pub shows_calls: bool,
}

/// SET_AGENT_STATE_REQ LOGOUT with ForcedFlag 1 and reason 255 at a CTI server (failover.md DESK-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForcedLogout {
    /// When, in whole milliseconds.
    pub at: Duration,
    /// Who asks; `None` if the CTI servers do not know it as one of the two.
    pub by: Option<Server>,
    /// Whom.
    pub agent: String,
    /// Whether it was carried out.
    pub done: bool,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body, perhaps empty.
    pub body: String,
    /// Since when no AWDB answers, if the answer says so (AWDB-13d).
    pub not_checked: Option<String>,
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

impl ForcedLogout {
    /// Those among the requests that CTI servers received; `clients` are the ClientIDs of primary and secondary.
    pub fn among<'a>(log: impl Iterator<Item = &'a RequestSeen>, clients: [&str; 2]) -> Vec<Self> {
        let servers = [Server::Primary, Server::Secondary];
        let by =
            |client: &str| servers.into_iter().find(|server| clients.get(server.index()) == Some(&client));
        let logout = |seen: &RequestSeen| {
            let asked = seen.forced_logout.as_ref()?;
            let at = Duration::from_millis(seen.at_ms);
            Some(Self { at, by: by(&asked.client), agent: asked.agent.clone(), done: seen.granted })
        };
        log.filter_map(logout).collect()
    }
}
