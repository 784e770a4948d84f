//! `holdfast bench fanout`: so many idle desktops, so many events a second, each for the desktop of the agent whom it is
//! about.
//!
//! The events are real: agents become ready and not ready at their phones, the CTI server tells the desktop server, and
//! that publishes. The time of a delivery runs from the moment in which the message of the CTI server is on its way to
//! its socket to the moment in which the last byte of the notification has been read by the desktop; so it holds the
//! decoding, the domain, the rendering, the publishing, the transport, and the waits of all of these for a processor.

use std::num::NonZeroUsize;
use std::time::Duration;

use lab::subscriber::Over;
use lab::{Lab, Net};
use serde_json::{Value, json};
use sim::node::xmpp::ServiceConfig;
use sim::rows::Setting;
use sim::switch::{AgentConfig, OnClientLoss, SwitchConfig};

use super::ground::{Ground, PASSWORD, overrides};
use super::pace;
use crate::drill::{NODE, network, setting};
use crate::proof::Proof;

mod audience;
mod figures;
mod ledger;
mod phase;

use figures::{figures, row};
use ledger::Ledger;
use phase::{Measured, Phase};

/// Beside one for each desktop: those of the lab, of its CTI links and of the runtime.
const OTHER_DESCRIPTORS: u64 = 256;

/// Arguments of `bench fanout`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Agents who are signed in, each with an idle desktop.
    #[arg(long, default_value = "5000")]
    sessions: NonZeroUsize,
    /// Deliveries a second.
    #[arg(long, default_value = "2000", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    rate: u32,
    /// How long, in seconds.
    #[arg(long, default_value = "10", value_parser = clap::value_parser!(u32).range(1..=3600))]
    seconds: u32,
    /// What carries the sessions.
    #[arg(long, value_enum, default_value = "bosh")]
    transport: Transport,
    /// The same once more over TLS, with a desktop server that was started anew; shown, and judged for losses only.
    #[arg(long)]
    tls: bool,
    /// Judge only what was lost, doubled or out of order: for machines that have other work to do.
    #[arg(long)]
    no_figures: bool,
    /// A setting of the desktop server; may be repeated.
    #[arg(long = "node-setting", value_name = "KEY=VALUE", value_parser = setting)]
    node_settings: Vec<Setting>,
    /// The loopback network to use, such as 127.7.1; a free one if absent.
    #[arg(long, value_parser = network)]
    net: Option<Net>,
    /// Write the report as one JSON document to standard output.
    #[arg(long)]
    pub(super) json: bool,
}

/// `--transport`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Transport {
    /// Long polling, one held request for each desktop.
    Bosh,
    /// One WebSocket for each desktop.
    Ws,
}

/// Measures in the clear and, where asked for, over TLS.
pub(super) fn bench(args: &Args) -> Result<Proof, String> {
    require_room(args.sessions.get())?;
    Ground::claim(args.net)?.prove(async |ground| {
        let measured = measure(args, ground).await?;
        let rows = measured.iter().map(row);
        let rows = std::iter::once(args.settings()).chain(rows).collect();
        let proof = ground.begun().finish(rows, figures(&measured, args.judged()));
        proof.tell_figures();
        Ok(proof)
    })
}

async fn measure(args: &Args, ground: &Ground) -> Result<Vec<Measured>, String> {
    let switch = SwitchConfig::demo(args.sessions.get(), PASSWORD);
    let agents = switch.agents.clone();
    let lab = ground.lab(switch, OnClientLoss::Keep, overrides(&args.node_settings)).await?;
    let measured = phases(args, ground, &lab, &agents).await;
    lab.stop().await;
    measured
}

async fn phases(
    args: &Args,
    ground: &Ground,
    lab: &Lab,
    agents: &[AgentConfig],
) -> Result<Vec<Measured>, String> {
    pace::sign_in(lab, agents).await?;
    ground.tell("everybody is signed in at the phone");
    let ledger = Ledger::follow(lab, agents)?;
    let phase = Phase { ground, lab, agents, ledger, over: args.over(), rate: args.rate, time: args.time() };
    let clear = phase.measure(false, 0).await?;
    let moved = clear.pace.moves;
    let mut measured = vec![clear];
    if args.tls {
        let node = lab.node(NODE).ok_or("there is no desktop server")?;
        node.restart().await.map_err(|reason| reason.to_string())?;
        ground.tell("the desktop server was started anew");
        measured.push(phase.measure(true, moved).await?);
    }
    Ok(measured)
}

impl Args {
    fn over(&self) -> Over {
        match self.transport {
            Transport::Bosh => Over::Bosh,
            Transport::Ws => Over::WebSocket,
        }
    }

    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }

    fn judged(&self) -> figures::Judged {
        figures::Judged { times: !self.no_figures, memory: self.transport == Transport::Bosh }
    }

    fn settings(&self) -> crate::proof::Row {
        crate::proof::Row {
            id: "settings".into(),
            passed: true,
            says: "what was measured with; a delivery is timed from the CTI server's bytes to the desktop's"
                .into(),
            evidence: self.json(),
        }
    }

    fn json(&self) -> Value {
        json!({
            "sessions": self.sessions,
            "rate": self.rate,
            "seconds": self.seconds,
            "transport": format!("{:?}", self.over()),
            "timed_from": "a message of the CTI server is handed to its socket",
            "timed_to": "the last byte of the notification is read by the desktop",
        })
    }
}

/// Both processes take a descriptor for each desktop. They have raised their limits as far as the system lets them.
fn require_room(sessions: usize) -> Result<(), String> {
    let most = ServiceConfig::new("").sessions_max;
    if sessions > most {
        return Err(format!("a desktop server keeps at most {most} sessions"));
    }
    let needed = sessions as u64 + OTHER_DESCRIPTORS;
    match server::descriptors::limit() {
        Some(limit) if limit < needed => Err(format!(
            "{sessions} sessions need {needed} descriptors, and this process may have {limit}: `ulimit -Hn {needed}`"
        )),
        _ => Ok(()),
    }
}
