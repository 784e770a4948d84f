//! Where orders are taken, carried out, written down and answered. One order at a time.

use std::sync::Arc;
use std::time::Duration;

use node::failover::fence::Rank;
use node::{Input, ServiceName, Services, Status, ledger};
use tokio::sync::{Mutex, mpsc, oneshot, watch};
use tokio::time::timeout;
use tracing::error;

use super::audit::{Audit, Line, when};
use super::{Action, LinkWord, PeerStanding, Reply, Request, ServiceStanding, Side, Standing};
use crate::clock::Clock;
use crate::drive::Figures;
use crate::net::listen::Postures;
use crate::net::refusals::Refusals;
use crate::peer::{Hub, Stand};
use crate::tls;

/// Orders that may wait for the node: people give them, one after the other.
pub(crate) const ORDERS_MAX: usize = 4;

/// How long an order may take: the node carries it out at once, listeners close within 300 ms, and one that cannot open
/// says so at its first try.
const CARRIED_OUT_WITHIN: Duration = Duration::from_secs(5);

const ALL: [ServiceName; 3] = [ServiceName::Platform, ServiceName::Webapp, ServiceName::Notification];

/// Everything that an order touches.
pub(crate) struct Desk {
    pub(crate) host: String,
    pub(crate) clock: Clock,
    pub(crate) orders: mpsc::Sender<Input>,
    pub(crate) figures: mpsc::Sender<oneshot::Sender<Figures>>,
    pub(crate) refusals: Arc<Refusals>,
    pub(crate) services: watch::Receiver<Services>,
    pub(crate) platform: Postures,
    pub(crate) notification: Postures,
    pub(crate) snapshot: watch::Receiver<Option<Arc<Status>>>,
    pub(crate) rank: Rank,
    pub(crate) file_ignored: bool,
    pub(crate) settings: watch::Receiver<Option<ledger::Standing>>,
    pub(crate) hub: Hub,
    pub(crate) audit: Audit,
    pub(crate) one_at_a_time: Mutex<()>,
}

/// Who asks.
pub(crate) enum Origin {
    /// Somebody on this machine, as the kernel knows him.
    Here { who: String },
    /// The other node.
    Peer { host: String },
}

impl Desk {
    /// Answers one line with one line.
    pub(crate) async fn answer(&self, line: &str, origin: Origin) -> String {
        let reply = match serde_json::from_str::<Request>(line) {
            Ok(request) => self.take(request, origin).await,
            Err(reason) => Reply::Refused { reason: format!("this is no order: {reason}") },
        };
        serde_json::to_string(&reply).unwrap_or_default()
    }

    async fn take(&self, request: Request, origin: Origin) -> Reply {
        let (who, from) = match (&origin, &request.by) {
            (Origin::Peer { .. }, _) if request.peer => {
                return refused("an order goes to the other node once, not back");
            }
            (Origin::Here { .. }, Some(_)) => {
                return refused("who asks is said by the system, not by the order");
            }
            (Origin::Here { who }, None) => (who.clone(), "control socket".to_owned()),
            (Origin::Peer { host }, by) => {
                let who = by.clone().unwrap_or_else(|| "somebody".into());
                (format!("{who} on {host}"), format!("peer link from {host}"))
            }
        };
        match (request.action, request.service) {
            (Action::Status, _) if !request.peer => {
                let figures = self.figures().await;
                Reply::Done { node: Standing { figures, ..self.standing(request.service) } }
            }
            (Action::Status, _) => self.pass_on(request, &who).await,
            (Action::Forget, None) => self.order(request, &who, &from).await,
            (Action::Adopt, None) => self.order(request, &who, &from).await,
            (Action::Adopt, Some(_)) => refused("settings are not a service's"),
            (Action::Forget, Some(_)) => refused("credentials are not a service's"),
            (Action::Start | Action::Stop, None) => {
                refused("say which service: platform, webapp or notification")
            }
            (Action::Start | Action::Stop, Some(_)) => self.order(request, &who, &from).await,
        }
    }

    /// Carries out an order and writes it down.
    async fn order(&self, request: Request, who: &str, from: &str) -> Reply {
        let _turn = self.one_at_a_time.lock().await;
        let what = what(&request);
        let mut file = match self.audit.open().await {
            Ok(file) => file,
            Err(reason) => return Reply::Refused { reason },
        };
        let reply = if request.peer {
            self.pass_on(request, who).await
        } else {
            match (request.service, request.adopt) {
                (Some(name), _) => self.carry_out(name, request.action == Action::Start, who).await,
                (None, Some(winner)) if request.action == Action::Adopt => self.adopt(winner, who).await,
                (None, None) if request.action == Action::Adopt => refused("say whose: primary or secondary"),
                (None, _) => self.forget(request.user, who).await,
            }
        };
        let (when, outcome) = (when(self.clock.now().wall), outcome(&reply));
        let line = Line { when, who, what: &what, from, outcome: &outcome };
        if let Err(reason) = Audit::write(&mut file, &line).await {
            error!(what = "service.unaudited", "{what} by {who} was not written to the audit log: {reason}");
        }
        reply
    }

    async fn forget(&self, user: Option<String>, who: &str) -> Reply {
        let order = Input::ForgetCredentials { who: user, by: who.to_owned() };
        match timeout(CARRIED_OUT_WITHIN, self.orders.send(order)).await {
            Ok(Ok(())) => Reply::Done { node: self.standing(None) },
            Ok(Err(_)) => refused("the node is ending"),
            Err(_) => refused("the node is too busy"),
        }
    }

    /// Resolves when the decision is the first change of a new generation.
    async fn adopt(&self, winner: Side, who: &str) -> Reply {
        if self.rank == Rank::Secondary {
            return refused("the primary takes this order: give it there, or with --peer");
        }
        let mut settings = self.settings.clone();
        let diverged = |standing: &Option<ledger::Standing>| {
            standing.is_some_and(|standing| standing.with_peer == ledger::WithPeer::Diverged)
        };
        if !diverged(&settings.borrow_and_update()) {
            return refused("the settings of the two servers have not diverged");
        }
        let Ok(generation) = tls::generation() else { return refused("the system gives no random bytes") };
        let adoption = ledger::Adoption { generation, by: who.to_owned() };
        let order = Input::AdoptSettings { winner: super::settings::rank(winner), adoption };
        let decided = |now: &Option<ledger::Standing>| {
            now.and_then(|standing| standing.head).is_some_and(|head| head.generation == generation)
        };
        let settled = timeout(CARRIED_OUT_WITHIN, async {
            self.orders.send(order).await.map_err(|_| "the node is ending")?;
            settings.wait_for(decided).await.map(drop).map_err(|_| "the node is ending")
        });
        let late = "it is not carried out yet; `holdfast service settings` shows how it stands";
        let outcome = settled.await.unwrap_or(Err(late));
        let node = self.standing(None);
        match outcome {
            Ok(()) => Reply::Done { node },
            Err(reason) => Reply::Failed { reason: reason.into(), node },
        }
    }

    async fn carry_out(&self, name: ServiceName, run: bool, who: &str) -> Reply {
        let (mut services, mut snapshot) = (self.services.clone(), self.snapshot.clone());
        let before = *services.borrow_and_update();
        snapshot.mark_unchanged();
        if wanted(before, name) == run {
            return Reply::Already { node: self.standing(Some(name)) };
        }
        let carried_out = timeout(CARRIED_OUT_WITHIN, async {
            let order = Input::Service { name, run, by: who.to_owned() };
            self.orders.send(order).await.map_err(|_| "the node is ending".to_owned())?;
            let done = services.wait_for(|services| wanted(*services, name) == run).await;
            let now = *done.map_err(|_| "the node is ending".to_owned())?;
            // With the web application the word on CTI changes, and whoever ordered it wants the new one.
            if now.webapp_runs() != before.webapp_runs() {
                snapshot.changed().await.map_err(|_| "the node is ending".to_owned())?;
            }
            self.settled(name, run).await
        });
        let late = || Err(format!("it was not carried out within {CARRIED_OUT_WITHIN:?}"));
        let outcome = carried_out.await.unwrap_or_else(|_| late());
        let node = self.standing(Some(name));
        match outcome {
            Ok(()) => Reply::Done { node },
            Err(reason) => Reply::Failed { reason, node },
        }
    }

    async fn settled(&self, name: ServiceName, open: bool) -> Result<(), String> {
        match name {
            ServiceName::Platform => self.platform.settled(open).await,
            ServiceName::Webapp => Ok(()),
            ServiceName::Notification => self.notification.settled(open).await,
        }
    }

    async fn pass_on(&self, request: Request, who: &str) -> Reply {
        let request = Request { peer: false, by: Some(who.to_owned()), ..request };
        let line = serde_json::to_string(&request).unwrap_or_default();
        match self.hub.ask(line).await {
            Ok(answer) => serde_json::from_str(&answer).unwrap_or_else(|reason| {
                refused(&format!("the other node's answer is not understood: {reason}"))
            }),
            Err(reason) => refused(&reason.to_string()),
        }
    }

    /// Everything counted, by the node and by its listeners. Nothing if the node is too busy to say.
    async fn figures(&self) -> Figures {
        let (ask, told) = oneshot::channel();
        let asked = timeout(CARRIED_OUT_WITHIN, async {
            self.figures.send(ask).await.ok()?;
            told.await.ok()
        });
        let mut figures = asked.await.ok().flatten().unwrap_or_default();
        figures.extend(self.refusals.totals().figures());
        figures
    }

    /// One service is shown with those that need it.
    fn standing(&self, only: Option<ServiceName>) -> Standing {
        let needs = |name, only| name == ServiceName::Webapp && only == ServiceName::Platform;
        let shown = |name: &ServiceName| only.is_none_or(|only| only == *name || needs(*name, only));
        let names = ALL.into_iter().filter(shown);
        Standing {
            host: self.host.clone(),
            services: names.map(|name| self.service(name)).collect(),
            peer: self.peer(),
            settings: self.settings.borrow().map(|standing| {
                super::settings::shown(&standing, self.rank, self.file_ignored, self.clock.now().wall)
            }),
            figures: Figures::new(),
        }
    }

    fn service(&self, name: ServiceName) -> ServiceStanding {
        let services = *self.services.borrow();
        let running = wanted(services, name);
        let note = match name {
            ServiceName::Platform => self.platform.trouble(),
            ServiceName::Webapp if running && !services.platform => "waits for platform".into(),
            ServiceName::Webapp if running => self.webapp(),
            ServiceName::Webapp => String::new(),
            ServiceName::Notification => self.notification.trouble(),
        };
        ServiceStanding { name, running, note }
    }

    fn webapp(&self) -> String {
        match self.snapshot.borrow().as_ref().map(|status| &status.info) {
            Some(info) if info.in_service => "in service".into(),
            Some(info) if info.reason.is_empty() => "out of service".into(),
            Some(info) => format!("out of service: {}", info.reason),
            None => "starting".into(),
        }
    }

    fn peer(&self) -> PeerStanding {
        let (link, note) = match self.hub.stand() {
            Stand::Off => (LinkWord::Off, Stand::Off.to_string()),
            Stand::Down(why) => (LinkWord::Down, why),
            Stand::Up(host) => (LinkWord::Up, host),
        };
        PeerStanding { link, note, mishaps: self.hub.mishaps() }
    }
}

/// In the words of the audit.
fn what(request: &Request) -> String {
    let place = if request.peer { " on the other node" } else { "" };
    match (request.action, request.service) {
        (Action::Start, Some(name)) => format!("start {name}{place}"),
        (Action::Stop, Some(name)) => format!("stop {name}{place}"),
        (Action::Forget, _) => {
            let whose = request.user.as_deref().unwrap_or("everybody");
            format!("forget the credentials of {whose}{place}")
        }
        (Action::Adopt, _) => {
            let whose = match request.adopt {
                Some(Side::Primary) => "primary",
                Some(Side::Secondary) => "secondary",
                None => "no server",
            };
            format!("adopt the settings of the {whose}{place}")
        }
        (Action::Status, _) | (_, None) => "look".into(),
    }
}

fn wanted(services: Services, name: ServiceName) -> bool {
    match name {
        ServiceName::Platform => services.platform,
        ServiceName::Webapp => services.webapp,
        ServiceName::Notification => services.notification,
    }
}

fn refused(reason: &str) -> Reply {
    Reply::Refused { reason: reason.to_owned() }
}

fn outcome(reply: &Reply) -> String {
    match reply {
        Reply::Done { .. } => "done".into(),
        Reply::Already { .. } => "already so".into(),
        Reply::Failed { reason, .. } => format!("failed: {reason}"),
        Reply::Refused { reason } => format!("refused: {reason}"),
    }
}
