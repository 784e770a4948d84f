//! `holdfast bench settings`: both desktop servers are killed (`kill -9`) at random instants while an administrator changes
//! settings as fast as they are answered. No change that was answered is lost, none is there by half, and both servers
//! have the same settings at the end.
//!
//! What was answered is counted by the administrator; whether both are equal is told by the checksum over all changes and
//! the whole state, which each server verifies against its disk whenever it starts.

mod administrator;
mod figures;

use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Duration;

use lab::{Lab, Net, Node, NodeName};
use server::service::{Action, Reply, Request, SettingsStanding, WithPeer, socket_path};
use sim::rng::Rng;
use sim::switch::SwitchConfig;
use tokio::sync::watch;

use super::ground::{Ground, PASSWORD};
use crate::drill::network;
use crate::proof::Proof;
use administrator::{Administrator, Known};
use figures::Outcome;

/// Arguments of `bench settings`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// How often a desktop server is killed.
    #[arg(long, default_value = "20")]
    kills: NonZeroUsize,
    /// Decides when, and whom.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The loopback network to use, such as 127.7.1; a free one if absent.
    #[arg(long, value_parser = network)]
    net: Option<Net>,
    /// Write the report as one JSON document to standard output.
    #[arg(long)]
    pub(super) json: bool,
}

/// Between two kills.
const PAUSE: Duration = Duration::from_millis(150);
/// A process is killed again while it starts.
const STARTING: Duration = Duration::from_millis(80);
/// Kills between two looks at everything.
const ROUND: usize = 50;
/// Both are equal by then, after the last kill.
const EQUAL_WITHIN: Duration = Duration::from_secs(30);
/// Changes whose way to the secondary is measured.
const MEASURED: usize = 50;
const LOOK_EVERY: Duration = Duration::from_millis(20);
const AGENTS: usize = 4;

/// Kills so often.
pub(super) fn bench(args: &Args) -> Result<Proof, String> {
    Ground::claim(args.net)?.prove(async |ground| {
        let switch = SwitchConfig::demo(AGENTS, PASSWORD);
        let (lab, account) = ground.administered(switch).await?;
        let outcome = kill(ground, &lab, &account, args).await;
        lab.stop().await;
        let outcome = outcome?;
        let proof = ground.begun().finish(vec![outcome.row()], outcome.figures());
        proof.tell_figures();
        Ok(proof)
    })
}

async fn kill(
    ground: &Ground,
    lab: &Lab,
    account: &lab::Administrator,
    args: &Args,
) -> Result<Outcome, String> {
    let mut administrator = Administrator::new(lab, account);
    let lags = administrator.lags(lab, MEASURED).await?;
    let mut outcome = Outcome { lags, ..Outcome::default() };
    let (mut chance, mut known) = (Rng::new(args.seed), Known::default());
    while outcome.kills < args.kills.get() {
        let until = args.kills.get().min(outcome.kills + ROUND);
        known = round(lab, &administrator, known, &mut chance, &mut outcome, until).await?;
        let standing = equal(ground, lab).await?;
        outcome.judge(&known, &administrator.read(lab).await?);
        outcome.changes = standing.seq;
        ground.tell(&format!(
            "{} kills, {} changes answered, {} lost; both are at change {}",
            outcome.kills, known.answered, outcome.lost, standing.seq
        ));
    }
    outcome.answered = known.answered;
    Ok(outcome)
}

/// The administrator is at work while servers die.
async fn round(
    lab: &Lab,
    administrator: &Administrator,
    known: Known,
    chance: &mut Rng,
    outcome: &mut Outcome,
    until: usize,
) -> Result<Known, String> {
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(administrator.clone().work(lab.clone(), known, stopped));
    let killed = kill_until(lab, chance, outcome, until).await;
    let _ = stop.send(true);
    let known = work.await.map_err(|reason| reason.to_string())?;
    killed.map(|()| known)
}

async fn kill_until(lab: &Lab, chance: &mut Rng, outcome: &mut Outcome, until: usize) -> Result<(), String> {
    while outcome.kills < until {
        tokio::time::sleep(chance.time_below(PAUSE)).await;
        let victims: &[NodeName] = match chance.below(10) {
            0..5 => &[NodeName::One],
            5..8 => &[NodeName::Two],
            _ => &NodeName::NODES,
        };
        for name in victims {
            node(lab, *name)?.kill().await;
            outcome.kills += 1;
        }
        for name in victims {
            start(node(lab, *name)?, chance, outcome).await?;
        }
    }
    Ok(())
}

/// One start in four does not come to its end.
async fn start(node: &Node, chance: &mut Rng, outcome: &mut Outcome) -> Result<(), String> {
    if chance.one_in(4) {
        let soon = tokio::time::sleep(chance.time_below(STARTING));
        let (_, ()) = tokio::join!(node.start(), async {
            soon.await;
            node.kill().await;
        });
        outcome.kills += 1;
    }
    node.start().await.map_err(|reason| reason.to_string())
}

fn node(lab: &Lab, name: NodeName) -> Result<&Node, String> {
    lab.node(name).ok_or_else(|| format!("there is no {name}"))
}

/// Both servers say that they are equal, by the same checksum.
async fn equal(ground: &Ground, lab: &Lab) -> Result<SettingsStanding, String> {
    let begun = lab.clock().now();
    loop {
        let stand = |name: NodeName| standing(&ground.dir().join(name.as_str()));
        if let (Ok(one), Ok(two)) = (stand(NodeName::One), stand(NodeName::Two)) {
            if one.with_peer == WithPeer::Even && one.checksum == two.checksum {
                return Ok(one);
            }
            if lab.clock().now() > begun + EQUAL_WITHIN {
                return Err(format!("the servers do not become equal: {one:?}, {two:?}"));
            }
        } else if lab.clock().now() > begun + EQUAL_WITHIN {
            return Err("the servers do not say how their settings stand".into());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn standing(data_dir: &Path) -> Result<SettingsStanding, String> {
    let action = Action::Status;
    let request = Request { action, service: None, user: None, peer: false, adopt: None, by: None };
    match crate::service::ask(&socket_path(data_dir), &request)?.1 {
        Reply::Done { node } => node.settings.ok_or_else(|| "no settings yet".into()),
        other => Err(format!("{other:?}")),
    }
}
