//! `holdfast bench cti-failover`: so many agents at work, the active CTI server breaks, again and again in one lab.

use std::num::NonZeroUsize;
use std::time::Duration;

use lab::Net;
use sim::rows::Setting;
use sim::switch::SwitchConfig;

use super::calibrate::calibrate;
use super::crowd::Crowd;
use super::fault::{ClientLoss, Fault, Links};
use super::figures::{figures, row, said};
use super::ground::{Ground, PASSWORD, overrides};
use super::outage::{Outage, Scene};
use super::process;
use super::settings::Settings;
use super::stage::Stage;
use crate::drill::{NODE, network, setting};
use crate::proof::{Begun, Proof, Row};

/// Arguments of `bench cti-failover`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Agents who are signed in, each with a desktop.
    #[arg(long, default_value = "2000")]
    agents: NonZeroUsize,
    /// Agents who are configured, the signed-in ones among them.
    #[arg(long, default_value = "12000")]
    configured: NonZeroUsize,
    /// Round trip of the CTI links in milliseconds, connects included.
    #[arg(long, value_name = "MS", default_value = "0", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    rtt: u32,
    /// What happens to the active CTI server.
    #[arg(long, value_enum, default_value = "kill")]
    fault: Fault,
    /// What becomes of the agents of a client that is lost.
    #[arg(long, value_enum, default_value = "keep")]
    client_loss: ClientLoss,
    /// How many failovers; the worst of each figure counts.
    #[arg(long, default_value = "5")]
    runs: NonZeroUsize,
    /// Judge only what was lost or wrong, not the times: for machines that have other work to do.
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

/// Carries out all runs.
pub(super) fn bench(args: &Args) -> Result<Proof, String> {
    if args.agents > args.configured {
        return Err("more agents are to sign in than are configured".into());
    }
    Ground::claim(args.net)?.prove(async |ground| {
        let (settings, runs) = measure(args, ground).await?;
        Ok(args.report(ground.begun(), &settings, &runs))
    })
}

/// One run, and what else the machine was doing.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The failover.
    pub(super) outage: Outage,
    /// Seconds of the calibration loop, before and after.
    pub(super) calibration: [f64; 2],
    /// Load average of the last minute, as the system says it.
    pub(super) load: String,
    /// Processor seconds of the desktop server, from the fault to the end of the run.
    pub(super) node_cpu: f64,
    /// Those of the lab and the desktops.
    pub(super) lab_cpu: f64,
    /// Resident memory of the desktop server afterwards, in megabytes.
    pub(super) memory_mb: f64,
}

async fn measure(args: &Args, ground: &Ground) -> Result<(Settings, Vec<Run>), String> {
    let (mut scene, settings) = start(args, ground).await?;
    let measured = runs(args, &mut scene, &settings, ground).await;
    let Scene { lab, crowd, .. } = scene;
    drop(crowd);
    lab.stop().await;
    measured.map(|runs| (settings, runs))
}

async fn start(args: &Args, ground: &Ground) -> Result<(Scene, Settings), String> {
    let switch = SwitchConfig::demo(args.configured.get(), PASSWORD);
    let agents = switch.agents.get(..args.agents.get()).unwrap_or_default().to_vec();
    let overrides = overrides(&args.node_settings);
    let lab = ground.lab(switch, args.client_loss.into(), overrides.clone()).await?;
    let settings = Settings::read(ground.dir(), &overrides)?;
    ground.tell(&format!("with {}", settings.json()));
    let crowd = Crowd::open(&lab, &agents).await?;
    ground.tell(&format!("{} desktops opened", crowd.seats.len()));
    let (links, stage) = (Links::new(lab.clone(), args.rtt), Stage::new(lab.clone()));
    Ok((Scene { lab, links, stage, crowd }, settings))
}

async fn runs(
    args: &Args,
    scene: &mut Scene,
    settings: &Settings,
    ground: &Ground,
) -> Result<Vec<Run>, String> {
    let within = settings.in_service_within(args.fault, args.rtt());
    let mut runs = Vec::new();
    for n in 1..=args.runs.get() {
        scene.prepare().await?;
        if n == 1 {
            ground.tell("everybody is signed in and in place");
        }
        let pid = scene.lab.node(NODE).ok_or("there is no desktop server")?.pid().await.unwrap_or_default();
        let before = (calibrate(), process::cpu(pid), process::cpu(std::process::id()));
        let outage = scene.outage(args.fault, args.client_loss, within).await?;
        let node_cpu = process::cpu(pid) - before.1;
        let lab_cpu = process::cpu(std::process::id()) - before.2;
        ground.tell(&format!("run {n}: {}", said(&outage)));
        let calibration = [before.0, calibrate()];
        let memory_mb = process::memory_mb(pid);
        runs.push(Run { outage, calibration, load: process::load(), node_cpu, lab_cpu, memory_mb });
    }
    Ok(runs)
}

impl Args {
    fn rtt(&self) -> Duration {
        Duration::from_millis(self.rtt.into())
    }

    fn report(&self, begun: Begun, settings: &Settings, runs: &[Run]) -> Proof {
        let within = settings.in_service_within(self.fault, self.rtt());
        let setup = Row {
            id: "settings".into(),
            passed: true,
            says: "what was measured with".into(),
            evidence: settings.json(),
        };
        let rows = std::iter::once(setup).chain(runs.iter().enumerate().map(|(n, run)| row(n + 1, run)));
        let proof = begun.finish(rows.collect(), figures(runs, within, !self.no_figures));
        proof.tell_figures();
        proof
    }
}
