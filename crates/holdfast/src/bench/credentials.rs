//! `holdfast bench credentials`: requests of people who were accepted lately, as fast as one desktop server answers them
//! (failover.md AWDB-6).
//!
//! Counts answers at the clients, questions at the AWDB hosts, and the processor time of the desktop server as the system
//! tells it.

use std::num::{NonZeroU16, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use lab::http::{Ask, Http};
use lab::{AwdbHost, Lab, Net};
use serde_json::json;
use sim::rows::Setting;
use sim::switch::{AgentConfig, OnClientLoss, SwitchConfig};
use tokio::task::JoinSet;

use super::ground::{Ground, PASSWORD, overrides};
use super::process;
use crate::drill::{NODE, network, setting};
use crate::proof::{Figure, Proof, Row};

/// In a second of one core.
const TARGET: f64 = 5_000.0;

/// Arguments of `bench credentials`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Agents who ask, by turns.
    #[arg(long, default_value = "2000")]
    agents: NonZeroUsize,
    /// Connections, each with one request at a time.
    #[arg(long, default_value = "16")]
    connections: NonZeroUsize,
    /// For how long.
    #[arg(long, default_value = "10")]
    seconds: NonZeroU16,
    /// Judge only what was counted, not how fast it was: for machines that have other work to do.
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

/// Asks, and counts.
pub(super) fn bench(args: &Args) -> Result<Proof, String> {
    Ground::claim(args.net)?.prove(async |ground| {
        let switch = SwitchConfig::demo(args.agents.get(), PASSWORD);
        let agents = switch.agents.clone();
        let lab = ground.lab(switch, OnClientLoss::Keep, overrides(&args.node_settings)).await?;
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
    accepted: u64,
    refused: u64,
    awdb_requests: u64,
    seconds: f64,
    cpu: f64,
    times: Vec<Duration>,
}

/// What one client has seen.
#[derive(Default)]
struct Seen {
    accepted: u64,
    refused: u64,
    times: Vec<Duration>,
}

async fn measure(args: &Args, ground: &Ground, lab: &Lab, agents: &[AgentConfig]) -> Result<Outcome, String> {
    let asks: Arc<[Ask]> = agents.iter().map(|agent| ask(lab, agent)).collect();
    let first = crowd(args, lab, &asks, None).await?;
    ground.tell(&format!("{} agents were accepted by the AWDB", first.accepted));
    let node = lab.node(NODE).ok_or("there is no desktop server")?;
    let pid = node.pid().await.ok_or("the desktop server has no process")?;
    let (asked, cpu, begun) = (questions(lab), process::cpu(pid), lab.clock().now());
    let time = Duration::from_secs(args.seconds.get().into());
    let seen = crowd(args, lab, &asks, Some(time)).await?;
    let seconds = (lab.clock().now() - begun).as_secs_f64();
    Ok(Outcome {
        accepted: seen.accepted,
        refused: seen.refused + first.refused,
        awdb_requests: questions(lab) - asked,
        seconds,
        cpu: process::cpu(pid) - cpu,
        times: seen.times,
    })
}

/// He reads himself.
pub(super) fn ask(lab: &Lab, agent: &AgentConfig) -> Ask {
    let host = lab.net().node(NODE).map(|host| host.to_string()).unwrap_or_default();
    Ask::get(format!("http://{host}:8082/finesse/api/User/{}", agent.id)).basic(&agent.id, PASSWORD)
}

/// Everybody once, or again and again for some time.
async fn crowd(args: &Args, lab: &Lab, asks: &Arc<[Ask]>, time: Option<Duration>) -> Result<Seen, String> {
    let clock = lab.clock();
    let until = time.map(|time| clock.now() + time);
    let mut clients = JoinSet::new();
    for first in 0..args.connections.get() {
        let (asks, step) = (Arc::clone(asks), args.connections.get());
        clients.spawn(async move {
            let (http, mut seen) = (Http::default(), Seen::default());
            loop {
                for ask in asks.iter().skip(first).step_by(step) {
                    let asked = clock.now();
                    if until.is_some_and(|until| asked >= until) {
                        return Ok(seen);
                    }
                    let answer = http.ask(ask.clone()).await.map_err(|reason| reason.to_string())?;
                    seen.times.push(clock.now() - asked);
                    if answer.status == 200 { seen.accepted += 1 } else { seen.refused += 1 }
                }
                if until.is_none() {
                    return Ok::<Seen, String>(seen);
                }
            }
        });
    }
    let mut all = Seen::default();
    while let Some(client) = clients.join_next().await {
        let seen = client.map_err(|reason| reason.to_string())??;
        (all.accepted, all.refused) = (all.accepted + seen.accepted, all.refused + seen.refused);
        all.times.extend(seen.times);
    }
    all.times.sort_unstable();
    Ok(all)
}

/// Questions about people; looks in the background read other tables.
fn questions(lab: &Lab) -> u64 {
    let about_people = |queries: std::collections::BTreeMap<String, u64>| -> u64 {
        queries.iter().filter(|(kind, _)| kind.starts_with("Agent(2)")).map(|(_, count)| count).sum()
    };
    AwdbHost::ALL.into_iter().map(|host| about_people(lab.awdb_tally(NODE, host).queries)).sum()
}

impl Outcome {
    fn row(&self) -> Row {
        let passed = self.refused == 0 && self.awdb_requests == 0 && self.accepted > 0;
        Row {
            id: "from-memory".into(),
            passed,
            says: if passed {
                "everybody was answered from memory, no AWDB was asked".into()
            } else {
                format!("{} requests refused, {} questions to an AWDB", self.refused, self.awdb_requests)
            },
            evidence: json!({
                "accepted": self.accepted, "refused": self.refused, "awdb_questions": self.awdb_requests,
                "seconds": self.seconds, "node_cpu_s": self.cpu, "load": process::load(),
                "requests_per_second": self.accepted as f64 / self.seconds,
                "latency_ms": { "p50": quantile(&self.times, 0.5), "p99": quantile(&self.times, 0.99) },
            }),
        }
    }

    fn figures(&self, judged: bool) -> Vec<Figure> {
        let value = self.accepted as f64 / self.cpu;
        let rate = Figure {
            name: "requests_per_core_second".into(),
            value,
            unit: "1/s",
            target: TARGET,
            met: value >= TARGET,
        };
        judged.then_some(rate).into_iter().collect()
    }
}

/// Milliseconds within which so many of these were over; the shortest comes first.
pub(super) fn quantile(times: &[Duration], q: f64) -> f64 {
    let at = ((times.len() as f64 * q) as usize).min(times.len().saturating_sub(1));
    times.get(at).map_or(f64::NAN, Duration::as_secs_f64) * 1000.0
}
