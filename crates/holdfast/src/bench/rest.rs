//! `holdfast bench rest`: so many GETs of a user a second, at one desktop server that has one core.
//!
//! Each request has its time, whether the one before is answered or not, and its answer counts from that time: a
//! server that stops for a moment pays for everything that was due meanwhile.

use std::num::{NonZeroU16, NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use lab::http::{Ask, Http};
use lab::{Lab, Net};
use rustix::process::Pid;
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use serde_json::json;
use sim::switch::{AgentConfig, OnClientLoss, SwitchConfig};
use tokio::task::JoinSet;

use super::credentials::{ask, quantile};
use super::ground::{Ground, PASSWORD, overrides};
use super::process;
use crate::drill::{NODE, network};
use crate::proof::{Figure, Proof, Row};

/// Milliseconds, of ninety-nine in a hundred.
const TARGET_P99: f64 = 10.0;
/// Of the requests that were due; a client that cannot keep up measures itself.
const DUE_MIN: f64 = 0.99;

/// Arguments of `bench rest`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Requests a second.
    #[arg(long, default_value = "5000")]
    rate: NonZeroU32,
    /// Agents who are asked for, by turns.
    #[arg(long, default_value = "2000")]
    agents: NonZeroUsize,
    /// Connections, each with one request at a time.
    #[arg(long, default_value = "64")]
    connections: NonZeroUsize,
    /// For how long.
    #[arg(long, default_value = "10")]
    seconds: NonZeroU16,
    /// Judge only what was counted, not how fast it was: for machines that have other work to do.
    #[arg(long)]
    no_figures: bool,
    /// The loopback network to use, such as 127.7.1; a free one if absent.
    #[arg(long, value_parser = network)]
    net: Option<Net>,
    /// Write the report as one JSON document to standard output.
    #[arg(long)]
    pub(super) json: bool,
}

/// Asks at its pace, and counts.
pub(super) fn bench(args: &Args) -> Result<Proof, String> {
    Ground::claim(args.net)?.prove(async |ground| {
        let switch = SwitchConfig::demo(args.agents.get(), PASSWORD);
        let agents = switch.agents.clone();
        let lab = ground.lab(switch, OnClientLoss::Keep, overrides(&[])).await?;
        let outcome = measure(args, ground, &lab, &agents).await;
        lab.stop().await;
        let outcome = outcome?;
        let proof = ground.begun().finish(vec![outcome.row()], outcome.figures(!args.no_figures));
        proof.tell_figures();
        Ok(proof)
    })
}

/// What came of it.
#[derive(Clone, Debug, Default)]
struct Outcome {
    /// Requests a second that were due.
    rate: f64,
    due: usize,
    refused: usize,
    seconds: f64,
    cpu: f64,
    /// From when each was due, in order.
    times: Vec<Duration>,
}

async fn measure(args: &Args, ground: &Ground, lab: &Lab, agents: &[AgentConfig]) -> Result<Outcome, String> {
    let asks: Arc<[Ask]> = agents.iter().map(|agent| ask(lab, agent)).collect();
    let node = lab.node(NODE).ok_or("there is no desktop server")?;
    let pid = node.pid().await.ok_or("the desktop server has no process")?;
    let cores = give_one_core(pid)?;
    ground.tell("the desktop server has one core and no other");
    let once = Pace { count: asks.len(), every: Duration::from_millis(1) };
    at_pace(args, lab, &asks, once).await?;
    ground.tell(&format!("{} agents were accepted by the AWDB", asks.len()));
    let count = args.rate.get() as usize * usize::from(args.seconds.get());
    let every = Duration::from_secs(1) / args.rate.get();
    let (cpu, begun) = (process::cpu(pid), lab.clock().now());
    let outcome = at_pace(args, lab, &asks, Pace { count, every }).await?;
    let seconds = (lab.clock().now() - begun).as_secs_f64();
    pin(std::process::id(), &cores)?;
    let rate = args.rate.get().into();
    Ok(Outcome { rate, seconds, cpu: process::cpu(pid) - cpu, ..outcome })
}

/// Every thread of the process, and those that it will start, on one core; this process on the others, if there are any.
/// All that there are.
fn give_one_core(pid: u32) -> Result<Vec<usize>, String> {
    let all = sched_getaffinity(None).map_err(|why| why.to_string())?;
    let cores: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|core| all.is_set(*core)).collect();
    let (core, others) = cores.split_first().ok_or("this process has no core")?;
    pin(pid, &[*core])?;
    if !others.is_empty() {
        pin(std::process::id(), others)?;
    }
    Ok(cores)
}

fn pin(pid: u32, cores: &[usize]) -> Result<(), String> {
    let mut set = CpuSet::new();
    cores.iter().for_each(|core| set.set(*core));
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).map_err(|why| why.to_string())?;
    for thread in threads.flatten() {
        let id = thread.file_name().to_str().and_then(|id| id.parse().ok()).and_then(Pid::from_raw);
        // A thread may have ended meanwhile.
        let _ = sched_setaffinity(id, &set);
    }
    Ok(())
}

/// How many requests, and how far apart.
#[derive(Clone, Copy)]
struct Pace {
    count: usize,
    every: Duration,
}

/// The `n`th request belongs to the connection with the rest of `n` as its number.
async fn at_pace(args: &Args, lab: &Lab, asks: &Arc<[Ask]>, pace: Pace) -> Result<Outcome, String> {
    let (clock, step) = (lab.clock(), args.connections.get());
    let begun = clock.now();
    let mut clients = JoinSet::new();
    for first in 0..step {
        let asks = Arc::clone(asks);
        clients.spawn(async move {
            let (http, mut seen) = (Http::default(), Outcome::default());
            for n in (first..pace.count).step_by(step) {
                let due = begun + pace.every.saturating_mul(u32::try_from(n).unwrap_or(u32::MAX));
                tokio::time::sleep(due.saturating_sub(clock.now())).await;
                let Some(ask) = asks.get(n % asks.len().max(1)) else { break };
                let answer = http.ask(ask.clone()).await.map_err(|reason| reason.to_string())?;
                seen.times.push(clock.now().saturating_sub(due));
                seen.refused += usize::from(answer.status != 200);
            }
            Ok::<Outcome, String>(seen)
        });
    }
    let mut all = Outcome { due: pace.count, ..Outcome::default() };
    while let Some(client) = clients.join_next().await {
        let seen = client.map_err(|reason| reason.to_string())??;
        all.refused += seen.refused;
        all.times.extend(seen.times);
    }
    all.times.sort_unstable();
    Ok(all)
}

impl Outcome {
    fn row(&self) -> Row {
        let answered = self.times.len().saturating_sub(self.refused);
        let passed = self.refused == 0 && answered as f64 >= self.due as f64 * DUE_MIN;
        Row {
            id: "get-user".into(),
            passed,
            says: match passed {
                true => "every request was answered with the user".into(),
                false => format!("{answered} of {} requests were answered with the user", self.due),
            },
            evidence: json!({
                "due": self.due, "answered": answered, "seconds": self.seconds, "node_cpu_s": self.cpu,
                "load": process::load(), "requests_per_second": answered as f64 / self.seconds,
                "latency_ms": {
                    "p50": quantile(&self.times, 0.5), "p99": quantile(&self.times, 0.99),
                    "max": quantile(&self.times, 1.0),
                },
            }),
        }
    }

    fn figures(&self, judged: bool) -> Vec<Figure> {
        let (value, wanted) = (self.times.len() as f64 / self.seconds, self.rate * DUE_MIN);
        let p99 = quantile(&self.times, 0.99);
        let rate = Figure {
            name: "requests_per_second_on_one_core".into(),
            value,
            unit: "1/s",
            target: wanted,
            met: value >= wanted,
        };
        let latency = Figure {
            name: "answer_p99".into(),
            value: p99,
            unit: "ms",
            target: TARGET_P99,
            met: p99 < TARGET_P99,
        };
        if judged { vec![rate, latency] } else { Vec::new() }
    }
}
