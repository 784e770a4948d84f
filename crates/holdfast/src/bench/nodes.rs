//! `holdfast bench node-failover`: so many agents at work on one of two desktop servers, which dies or is cut off from
//! them; and before that a CTI failover of a few seconds, which must move nobody.

mod desks;
mod outcome;
mod presses;

use std::num::NonZeroUsize;
use std::time::Duration;

use lab::desktop::Transport;
use lab::desktop::pair::Network;
use lab::fault::LinkFault;
use lab::{CtiServer, Lab, Link, Net, Order, Part};
use sim::node::failover::client::{Server, Settings};
use sim::rows::{ForcedLogout, Setting};
use sim::switch::{Command, SwitchConfig};

use super::ground::{Ground, PASSWORD, overrides};
use crate::drill::{NODE, network, setting};
use crate::proof::Proof;
use desks::Desks;
use outcome::Outcome;
use presses::Presses;

/// Both CTI servers refuse the server for so long, then side B serves: the longest CTI failover of under 10 s, since by
/// then the server tries side B, once a second.
const CTI_LOST_FOR: Duration = Duration::from_secs(8);
/// After it everybody is back by then.
const BACK_WITHIN: Duration = Duration::from_secs(20);
/// Whoever is not signed in on the other server by then never will be.
const MOVED_WITHIN: Duration = Duration::from_secs(120);
/// The old server logs nobody out any more: 120 s until it misses a desktop, 60 s of grace, and a while.
const WATCHED_FOR: Duration = Duration::from_secs(200);
/// ClientIDs of primary and secondary by default.
const CLIENTS: [&str; 2] = ["holdfast-primary", "holdfast-secondary"];

/// Arguments of `bench node-failover`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Agents who are signed in, each with a desktop of his own.
    #[arg(long, default_value = "2000")]
    agents: NonZeroUsize,
    /// What happens to their server.
    #[arg(long, value_enum, default_value = "kill")]
    fault: Fault,
    /// What carries the sessions of the desktops; if absent, what the desktop in the browser prefers. A network that is
    /// cut breaks nothing, and only BOSH has deadlines of its own: with `cut` it is BOSH.
    #[arg(long, value_enum)]
    transport: Option<Over>,
    /// When a lost transport is tried again: ours, or as the stock library does it.
    #[arg(long, value_enum, default_value = "ours")]
    tries: Tries,
    /// Judge only what was lost or wrong, not the times: for machines that have other work to do.
    #[arg(long)]
    no_figures: bool,
    /// A setting of the desktop servers; may be repeated.
    #[arg(long = "node-setting", value_name = "KEY=VALUE", value_parser = setting)]
    node_settings: Vec<Setting>,
    /// The loopback network to use, such as 127.7.1; a free one if absent.
    #[arg(long, value_parser = network)]
    net: Option<Net>,
    /// Write the report as one JSON document to standard output.
    #[arg(long)]
    pub(super) json: bool,
}

/// What happens to the server of the agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Fault {
    /// It gets SIGKILL.
    Kill,
    /// The network swallows what goes to it and what comes from it. It lives on, and misses its desktops; forced
    /// logouts are counted for 200 s.
    Cut,
}

/// `--transport`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Over {
    /// Long polling, one held request for each desktop.
    Bosh,
    /// One WebSocket for each desktop.
    Ws,
}

/// The pauses before the three tries of a transport (failover.md CLIENT-16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Tries {
    /// 0.2, 0.5 and 1 s.
    Ours,
    /// 0.5, 2 and 4.5 s.
    Stock,
}

impl Tries {
    fn settings(self) -> Settings {
        match self {
            Self::Ours => Settings::default(),
            Self::Stock => Settings::stock(),
        }
    }

    /// 99 of 100 agents are at work on the other server by then.
    fn target(self) -> Duration {
        match self {
            Self::Ours => Duration::from_secs(5),
            Self::Stock => Duration::from_secs(20),
        }
    }
}

impl Args {
    fn transport(&self) -> Transport {
        match (self.transport, self.fault) {
            (Some(Over::Bosh), _) | (None, Fault::Cut) => Transport::Bosh,
            (Some(Over::Ws), _) | (None, Fault::Kill) => Transport::WebSocket,
        }
    }
}

/// Carries out the bench.
pub(super) fn bench(args: &Args) -> Result<Proof, String> {
    Ground::claim(args.net)?.prove(async |ground| {
        let switch = SwitchConfig::demo(args.agents.get(), PASSWORD);
        let lab = ground.pair(switch.clone(), overrides(&args.node_settings)).await?;
        let outcome = measure(args, ground, &lab, &switch).await;
        lab.stop().await;
        let outcome = outcome?;
        let judged = (args.fault == Fault::Kill && !args.no_figures).then(|| args.tries.target());
        let proof = ground.begun().finish(vec![outcome.row()], outcome.figures(judged));
        proof.tell_figures();
        Ok(proof)
    })
}

async fn measure(args: &Args, ground: &Ground, lab: &Lab, switch: &SwitchConfig) -> Result<Outcome, String> {
    let network = Network::default();
    let desks = Desks::open(lab, switch, &args.tries.settings(), (args.transport(), &network)).await?;
    ground.tell(&format!("{} agents are signed in on the primary server", desks.len()));
    let on_calls = desks.begin_calls(lab).await?;
    let wrong_before = desks.settle(lab).await?;
    if let Some(first) = wrong_before.first() {
        return Err(format!("not all is right before the fault: {first}"));
    }
    let moved_by_cti = lose_cti(ground, lab, &desks).await?;
    let before = desks.asked();
    let presses = Presses::begin(desks.all());
    let at = strike(args.fault, lab, &network).await?;
    let moved = desks.moved(lab, at, MOVED_WITHIN).await;
    let answers = presses.stop();
    let [transports, polls] = desks.asked();
    let (transports, polls) = (transports - before[0], polls - before[1]);
    let wrong = desks.settle(lab).await?;
    ground.tell(&format!("{} of {} agents are on the secondary server", moved.len(), desks.len()));
    if args.fault == Fault::Cut {
        tokio::time::sleep((at + WATCHED_FOR).saturating_sub(lab.clock().now())).await;
    }
    let forced = forced_logouts(lab, at).await?;
    let outcome = Outcome {
        agents: desks.len(),
        on_calls,
        moved_by_cti,
        moved,
        answers,
        transports,
        polls,
        wrong,
        ..forced
    };
    ground.tell(&outcome.says());
    Ok(outcome)
}

/// How many desktops have moved although their server was back soon.
async fn lose_cti(ground: &Ground, lab: &Lab, desks: &Desks) -> Result<u64, String> {
    let fault = |fault: &LinkFault| {
        CtiServer::ALL.into_iter().for_each(|cti| lab.link_fault(Link { node: NODE, cti }, fault));
    };
    fault(&LinkFault::Refuse);
    tokio::time::sleep(CTI_LOST_FOR).await;
    let told = desks.outages();
    lab.command(Command::SwitchOver).await.map_err(|reason| reason.to_string())?;
    fault(&LinkFault::Clear);
    let back = desks.at_work_on(lab, Server::Primary, BACK_WITHIN).await;
    let moves = desks.moves();
    ground.tell(&format!(
        "no CTI for more than {} s: {told} desktops told their agents, {back} are back, {moves} have moved",
        CTI_LOST_FOR.as_secs()
    ));
    if told < desks.len() as u64 || back < desks.len() {
        return Err(format!("{told} desktops saw the loss of CTI, and {back} its end, of {}", desks.len()));
    }
    Ok(moves)
}

/// When it happened, by the lab's clock.
async fn strike(fault: Fault, lab: &Lab, network: &Network) -> Result<Duration, String> {
    let at = lab.clock().now();
    match fault {
        Fault::Kill => {
            let kill = Order::Kill(Part::Node(NODE));
            lab.order(kill).await.map_err(|reason| reason.to_string())?;
        }
        Fault::Cut => network.cut(Server::Primary, true),
    }
    Ok(at)
}

/// Nobody has left his desktop: each forced logout is wrong, and so is each agent who is signed out.
async fn forced_logouts(lab: &Lab, since: Duration) -> Result<Outcome, String> {
    let log = lab.request_log().await.map_err(|reason| reason.to_string())?;
    let truth = lab.truth().await.map_err(|reason| reason.to_string())?;
    let forced = ForcedLogout::among(log.iter(), CLIENTS).into_iter().filter(|forced| forced.at >= since);
    Ok(Outcome {
        forced: forced.map(|forced| forced.agent).collect(),
        signed_out: truth
            .agents
            .iter()
            .filter(|agent| agent.extension.is_empty())
            .map(|agent| agent.id.clone())
            .collect(),
        watched: lab.clock().now().saturating_sub(since),
        ..Outcome::default()
    })
}
