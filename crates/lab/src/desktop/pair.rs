//! A virtual desktop of a pair of desktop servers: it fails over as the browser desktop does, by
//! [`failover::client::Machine`] (failover.md CLIENT-1 to CLIENT-18).
//!
//! Owns the transport, the requests that the machine asks for and what the desktop shows. Decides nothing: when to
//! poll, to try again, to stay and to leave is the machine's.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use failover::client::{Banner, Counters, Output, Place, Server, Settings, Stage};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::{Desktop, DesktopError, Identity, Transport, Update};
use crate::clock::Clock;
use crate::http::{Answer, Http};

mod heard;
mod network;
mod picture;
mod pilot;
mod work;

pub use network::Network;
pub use picture::Picture;

use pilot::Pilot;

/// Outputs that are kept: a desktop whose servers are down for an hour makes some thousand.
const LOG_MAX: usize = 10_000;
/// Orders that may wait for the desktop.
const ORDERS_MAX: usize = 16;

/// Who sits at the desktop, and which servers it knows.
#[derive(Clone, Debug)]
pub struct Person {
    /// AgentID.
    pub agent: String,
    /// Password in clear text.
    pub password: String,
    /// The phone to sign in at.
    pub extension: String,
    /// The primary and the secondary desktop server.
    pub hosts: [IpAddr; 2],
}

/// How a desktop is driven.
#[derive(Clone, Debug)]
pub struct Ways {
    /// What carries its notification sessions.
    pub transport: Transport,
    /// The numbers of client failover.
    pub settings: Settings,
    /// The network between the desktop and its servers.
    pub network: Network,
    /// For all requests.
    pub http: Http,
    /// The lab's clock.
    pub clock: Clock,
}

/// Where a desktop stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The stage of the machine.
    pub stage: Stage,
    /// The current server.
    pub server: Server,
    /// Whether what is shown is the truth.
    pub is_current: bool,
    /// Since when it stands so, by the lab's clock.
    pub since: Duration,
    /// What the agent is told.
    pub banner: Option<Banner>,
    /// What has been counted.
    pub counters: Counters,
}

/// A desktop that is signed in. Dropping it ends its session without a word, as a crash does.
#[derive(Debug)]
pub struct PairDesktop {
    shared: Arc<Shared>,
    view: watch::Receiver<View>,
    orders: mpsc::Sender<Order>,
    task: JoinHandle<()>,
}

/// What somebody does to a desktop.
#[derive(Clone, Copy, Debug)]
enum Order {
    /// Its transport is gone, without a word to the server.
    LoseTransport,
    /// An ordinary request was answered with 503.
    Refused(Server),
}

/// What the task of a desktop shares with whoever looks at it.
#[derive(Debug)]
struct Shared {
    ways: Ways,
    person: Person,
    log: Mutex<Vec<(Duration, Output)>>,
    desktop: Mutex<Option<Arc<Desktop>>>,
    picture: Mutex<Option<Picture>>,
}

impl PairDesktop {
    /// Opens a desktop on `home`, signs the agent in there unless he is, and reads all data.
    ///
    /// # Errors
    /// `home` does not let the agent in.
    pub async fn open(person: Person, home: Server, ways: Ways) -> Result<Self, DesktopError> {
        let place = Place::of(&person.agent);
        let shared = Arc::new(Shared::new(person, ways));
        let desktop = Arc::new(shared.connect(home).await?);
        work::sign_in(&desktop).await?;
        let picture = work::read_at_first(&desktop, shared.ways.clock).await?;
        let (orders, ordered) = mpsc::channel(ORDERS_MAX);
        let (pilot, view) = Pilot::new(Arc::clone(&shared), place, home, (desktop, picture));
        let task = tokio::spawn(pilot.run(ordered));
        Ok(Self { shared, view, orders, task })
    }

    /// Who sits there.
    pub fn person(&self) -> &Person {
        &self.shared.person
    }

    /// Where it stands.
    pub fn view(&self) -> View {
        *self.view.borrow()
    }

    /// Follows where it stands.
    pub fn follow(&self) -> watch::Receiver<View> {
        self.view.clone()
    }

    /// What the machine did so far and when, by the lab's clock; the first ten thousand.
    pub fn log(&self) -> Vec<(Duration, Output)> {
        locked(&self.shared.log).clone()
    }

    /// What was read last, and the events that came since it was asked for.
    pub fn shown(&self) -> (Option<Picture>, Vec<Update>) {
        let picture = locked(&self.shared.picture).clone();
        let since = picture.as_ref().map_or(Duration::ZERO, |picture| picture.asked_at);
        let updates = self.desktop().map(|desktop| desktop.updates()).unwrap_or_default();
        (picture, updates.into_iter().filter(|update| update.at >= since).collect())
    }

    /// Whether the agent is shown a call.
    pub fn shows_calls(&self) -> bool {
        let (picture, updates) = self.shown();
        picture::has_calls(picture.as_ref(), &updates)
    }

    /// GET under `/finesse/api`, from the server whose transport is up; `None` while there is none, since the
    /// buttons of the page do not work then.
    pub async fn get(&self, path: &str) -> Option<Result<Answer, DesktopError>> {
        let (server, desktop) = (self.view().server, self.desktop()?);
        let answer = self.shared.ways.network.over(server, desktop.get(path)).await;
        if answer.as_ref().is_ok_and(work::is_out_of_service) {
            // A desktop that has ended needs no news.
            let _ = self.orders.send(Order::Refused(server)).await;
        }
        Some(answer.map_err(DesktopError::from))
    }

    /// Its transport is reset.
    pub async fn lose_transport(&self) {
        // A desktop that has ended has none.
        let _ = self.orders.send(Order::LoseTransport).await;
    }

    fn desktop(&self) -> Option<Arc<Desktop>> {
        locked(&self.shared.desktop).clone()
    }
}

impl Drop for PairDesktop {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn new(person: Person, ways: Ways) -> Self {
        Self { ways, person, log: Mutex::default(), desktop: Mutex::default(), picture: Mutex::default() }
    }

    fn identity(&self, server: Server) -> Identity {
        let Person { agent, password, extension, hosts: [primary, secondary] } = &self.person;
        Identity {
            host: if server == Server::Primary { *primary } else { *secondary },
            agent: agent.clone(),
            password: password.clone(),
            extension: extension.clone(),
            resource: "desktop".into(),
        }
    }

    async fn connect(&self, server: Server) -> Result<Desktop, DesktopError> {
        let Ways { transport, http, clock, network, .. } = &self.ways;
        let opened = Desktop::connect_once(*transport, self.identity(server), http.clone(), *clock);
        network.over(server, opened).await
    }

    fn note(&self, at: Duration, output: Output) {
        let mut log = locked(&self.log);
        if log.len() < LOG_MAX {
            log.push((at, output));
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
