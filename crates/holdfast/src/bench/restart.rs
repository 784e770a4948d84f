//! `holdfast bench notification-restart`: the service `notification` is stopped and started under so many agents. Who
//! comes back is not logged out; who stays away is (failover.md CLIENT-18d, DESK-5, DESK-6).
//!
//! Counts the requests that reach the switch and asks it what has become of its agents.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use lab::subscriber::{Over, Place, Subscriber};
use lab::{CtiServer, Lab, Link, Net, NodeService, Order, ServiceOrder};
use serde_json::json;
use sim::node::ged188::SetAgentStateReq;
use sim::switch::{AgentConfig, CONNECTION_FAILURE, OnClientLoss, SwitchConfig};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::ground::{Ground, PASSWORD};
use super::pace;
use crate::drill::{NODE, network};
use crate::proof::{Figure, Proof, Row};

/// One agent in so many does not come back.
const ONE_AWAY_IN: usize = 50;
/// A tenth of the documented times: of 120 s of silence and of 60 s of grace.
const FACTOR: u32 = 10;
const DETECTION: Duration = Duration::from_secs(120 / FACTOR as u64);
const GRACE: Duration = Duration::from_secs(60 / FACTOR as u64);
/// How long the service rests.
const STOPPED_FOR: Duration = Duration::from_secs(1);
/// Between two tries of a desktop to come back.
const RETRY: Duration = Duration::from_millis(500);
/// Sign-ins at one time.
const AT_ONCE: usize = 32;
/// All desktops are there, or gone, by then.
const ALL_WITHIN: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Arguments of `bench notification-restart`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Agents who are signed in, each with a desktop.
    #[arg(long, default_value = "2000")]
    sessions: NonZeroUsize,
    /// The loopback network to use, such as 127.7.1; a free one if absent.
    #[arg(long, value_parser = network)]
    net: Option<Net>,
    /// Write the report as one JSON document to standard output.
    #[arg(long)]
    pub(super) json: bool,
}

/// Stops and starts the service once.
pub(super) fn bench(args: &Args) -> Result<Proof, String> {
    Ground::claim(args.net)?.prove(async |ground| {
        let switch = SwitchConfig::demo(args.sessions.get(), PASSWORD);
        let agents = switch.agents.clone();
        let millis = |time: Duration| format!("{}ms", time.as_millis());
        let settings = vec![
            format!("presence.detection={}", millis(DETECTION)),
            format!("presence.grace={}", millis(GRACE)),
            format!("presence.comeback={}", millis(DETECTION)),
        ];
        let lab = ground.lab(switch, OnClientLoss::Keep, settings).await?;
        let outcome = restart(ground, &lab, &agents).await;
        lab.stop().await;
        let outcome = outcome?;
        let proof = ground.begun().finish(vec![outcome.row()], outcome.figures());
        proof.tell_figures();
        Ok(proof)
    })
}

/// What came of it.
#[derive(Clone, Debug, Default)]
struct Outcome {
    agents: usize,
    away: usize,
    back_after: Duration,
    requests: u64,
    /// Who came back and is not as before.
    wronged: usize,
    /// Who stayed away and was logged out.
    logged_out: usize,
}

async fn restart(ground: &Ground, lab: &Lab, agents: &[AgentConfig]) -> Result<Outcome, String> {
    pace::sign_in(lab, agents).await?;
    let away = agents.len().div_ceil(ONE_AWAY_IN).min(agents.len() - 1);
    let (online, _desktops) = desktops(lab, agents, away)?;
    wait(&online, agents.len(), "desktops are there").await?;
    ground.tell(&format!("{} desktops are there, {away} of which will not come back", agents.len()));
    let before = requests(lab);
    notification(lab, false).await?;
    wait(&online, 0, "desktops are left").await?;
    tokio::time::sleep(STOPPED_FOR).await;
    let began = lab.clock().now();
    notification(lab, true).await?;
    wait(&online, agents.len() - away, "desktops are back").await?;
    let back_after = lab.clock().now().saturating_sub(began);
    ground.tell(&format!("all others are back after {:.1} s", back_after.as_secs_f64()));
    // Whoever is to be logged out is by then, and whoever is not, would be.
    tokio::time::sleep((DETECTION + GRACE) * 2).await;
    let truth = lab.truth().await.map_err(|reason| reason.to_string())?;
    let lost = |agent: &&AgentConfig| {
        let is = truth.agents.iter().find(|truth| truth.id == agent.id);
        is.is_none_or(|is| is.extension.is_empty() || is.reason == CONNECTION_FAILURE)
    };
    let (gone, back) = agents.split_at(away);
    Ok(Outcome {
        agents: agents.len(),
        away,
        back_after,
        requests: requests(lab) - before,
        wronged: back.iter().filter(lost).count(),
        logged_out: gone.iter().filter(lost).count(),
    })
}

impl Outcome {
    fn row(&self) -> Row {
        let Self { agents, away, back_after, requests, wronged, logged_out } = self;
        let back = back_after.as_secs_f64();
        Row {
            id: "notification-restart".into(),
            passed: self.figures().iter().all(|figure| figure.met),
            says: format!(
                "{wronged} of {} agents who came back within {back:.1} s were logged out, and {logged_out} of {away} \
                 who stayed away; the switch was asked {requests} times",
                agents - away
            ),
            evidence: json!({
                "agents": agents,
                "stayed_away": away,
                "back_after_s": back,
                "forced_logouts_asked": requests,
                "came_back_and_logged_out": wronged,
                "stayed_away_and_logged_out": logged_out,
                "times_divided_by": FACTOR,
            }),
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let none = |name: &str, value: f64| Figure {
            name: name.into(),
            value,
            unit: "",
            target: 0.0,
            met: value == 0.0,
        };
        vec![
            none("came_back_and_logged_out", self.wronged as f64),
            none("stayed_away_and_forgotten", (self.away - self.logged_out) as f64),
            none("requests_too_many", self.requests.saturating_sub(self.away as u64) as f64),
        ]
    }
}

/// Requests for a state of an agent; nobody but the desktop server itself has a reason for one.
fn requests(lab: &Lab) -> u64 {
    let asked = |cti| {
        let tally = lab.tally(Link { node: NODE, cti });
        tally.messages_up.get(&SetAgentStateReq::KIND).copied().unwrap_or_default()
    };
    CtiServer::ALL.into_iter().map(asked).sum()
}

async fn notification(lab: &Lab, run: bool) -> Result<(), String> {
    let order = ServiceOrder { node: NODE, name: NodeService::Notification, run };
    lab.order(Order::Service(order)).await.map(drop).map_err(|reason| reason.to_string())
}

async fn wait(online: &watch::Sender<usize>, many: usize, what: &str) -> Result<(), String> {
    let mut seen = online.subscribe();
    let arrived = tokio::time::timeout(ALL_WITHIN, seen.wait_for(|online| *online == many)).await;
    // Tasks that have just seen their connection end are given a moment.
    tokio::time::sleep(LOOK_EVERY).await;
    match arrived {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(format!("{} {what}, and {many} should", *online.borrow())),
    }
}

/// All desktops; the first ones do not come back.
fn desktops(
    lab: &Lab,
    agents: &[AgentConfig],
    away: usize,
) -> Result<(Arc<watch::Sender<usize>>, JoinSet<()>), String> {
    let host = lab.net().node(NODE).ok_or("the desktop server has no host")?;
    let place = Place { host, domain: Arc::from(host.to_string()), tls: None };
    let (online, turns) = (Arc::new(watch::Sender::new(0)), Arc::new(Semaphore::new(AT_ONCE)));
    let mut tasks = JoinSet::new();
    for (n, agent) in agents.iter().enumerate() {
        let desktop = Desktop {
            place: place.clone(),
            agent: agent.clone(),
            online: Arc::clone(&online),
            turns: Arc::clone(&turns),
            lab: lab.clone(),
        };
        tasks.spawn(desktop.live(n >= away));
    }
    Ok((online, tasks))
}

/// A desktop that comes back, or not.
struct Desktop {
    place: Place,
    agent: AgentConfig,
    online: Arc<watch::Sender<usize>>,
    turns: Arc<Semaphore>,
    lab: Lab,
}

impl Desktop {
    async fn live(self, comes_back: bool) {
        loop {
            if let Some(mut session) = self.sign_in().await {
                self.online.send_modify(|online| *online += 1);
                while session.hear(self.lab.clock()).await.is_ok() {}
                self.online.send_modify(|online| *online -= 1);
                if !comes_back {
                    return;
                }
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn sign_in(&self) -> Option<Subscriber> {
        let _turn = self.turns.acquire().await;
        let AgentConfig { id, password, .. } = &self.agent;
        Subscriber::sign_in(Over::Bosh, &self.place, id, password).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unmet(outcome: &Outcome) -> usize {
        outcome.figures().iter().filter(|figure| !figure.met).count()
    }

    #[test]
    fn who_came_back_and_who_did_not_are_judged_apart() {
        let right = Outcome { agents: 100, away: 2, requests: 2, logged_out: 2, ..Outcome::default() };
        assert!(unmet(&right) == 0 && right.row().passed);
        assert_eq!(unmet(&Outcome { wronged: 1, requests: 3, ..right.clone() }), 2);
        assert_eq!(unmet(&Outcome { logged_out: 1, ..right.clone() }), 1);
        assert!(!Outcome { requests: 3, ..right }.row().passed);
    }
}
