//! One measurement: sessions are opened and rest, then events come.

use std::sync::Arc;
use std::time::Duration;

use lab::Lab;
use lab::subscriber::{Over, Place, Trust};
use sim::switch::AgentConfig;

use super::audience::Audience;
use super::ledger::{Ledger, Settled};
use crate::bench::calibrate::calibrate;
use crate::bench::ground::Ground;
use crate::bench::pace::{self, Pace};
use crate::bench::process;
use crate::drill::NODE;

/// How long everything rests before the memory is looked at, and before the events begin.
const REST: Duration = Duration::from_secs(2);
/// A delivery that takes longer is lost.
const DELIVERED_WITHIN: Duration = Duration::from_secs(10);
/// What is doubled comes within this time after the last entry was settled.
const STRAYS_WITHIN: Duration = Duration::from_millis(500);
const LOOK_EVERY: Duration = Duration::from_millis(20);
const SERVICE_WITHIN: Duration = Duration::from_secs(60);

/// What is to be measured.
pub(super) struct Phase<'a> {
    pub(super) ground: &'a Ground,
    pub(super) lab: &'a Lab,
    pub(super) agents: &'a [AgentConfig],
    pub(super) ledger: Ledger,
    pub(super) over: Over,
    pub(super) rate: u32,
    pub(super) time: Duration,
}

/// What was measured.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    /// Whether over TLS.
    pub(super) tls: bool,
    /// Sessions.
    pub(super) sessions: usize,
    /// How long all sign-ins took.
    pub(super) sign_ins: Duration,
    /// Resident memory of the desktop server in megabytes, before there were sessions and when all rested.
    pub(super) memory_mb: [f64; 2],
    /// What was asked for, a second.
    pub(super) rate: u32,
    /// What was made.
    pub(super) pace: Pace,
    /// What came of it.
    pub(super) settled: Settled,
    /// Processor seconds of the desktop server meanwhile.
    pub(super) node_cpu: f64,
    /// Those of the lab and of all desktops.
    pub(super) bench_cpu: f64,
    /// Seconds of the calibration loop, before and after.
    pub(super) calibration: [f64; 2],
    /// Load average of the last minute.
    pub(super) load: String,
    /// Why sessions ended, if any did.
    pub(super) ended: Option<String>,
}

impl Phase<'_> {
    /// Measures with a desktop server that has no sessions. Agents have moved so many times before; they go on from
    /// there.
    pub(super) async fn measure(&self, tls: bool, moved: u64) -> Result<Measured, String> {
        let lab = self.lab;
        lab.in_service(SERVICE_WITHIN).await.map_err(|reason| reason.to_string())?;
        let place = self.place(tls)?;
        let pid = lab.node(NODE).ok_or("there is no desktop server")?.pid().await.unwrap_or_default();
        tokio::time::sleep(REST).await;
        let before = process::memory_mb(pid);
        let began = lab.clock().now();
        let audience = Audience::open(self.over, &place, self.agents, &self.ledger, lab.clock()).await?;
        let sign_ins = lab.clock().now().saturating_sub(began);
        tokio::time::sleep(REST).await;
        let memory_mb = [before, process::memory_mb(pid)];
        let (sessions, rate) = (self.agents.len(), self.rate);
        let grown = (memory_mb[1] - memory_mb[0]) * 1024.0 / sessions as f64;
        self.ground.tell(&format!(
            "{sessions} sessions after {:.1} s, {grown:.1} kB each; {rate} events a second for {:?}",
            sign_ins.as_secs_f64(),
            self.time
        ));
        let first = calibrate();
        let cpu = || (process::cpu(pid), process::cpu(std::process::id()));
        let (node_cpu, bench_cpu) = cpu();
        let (pace, settled) = self.deliver(moved).await?;
        let (node_after, bench_after) = cpu();
        Ok(Measured {
            tls,
            sessions,
            sign_ins,
            memory_mb,
            rate,
            pace,
            settled,
            node_cpu: node_after - node_cpu,
            bench_cpu: bench_after - bench_cpu,
            calibration: [first, calibrate()],
            load: process::load(),
            ended: audience.ended(),
        })
    }

    async fn deliver(&self, moved: u64) -> Result<(Pace, Settled), String> {
        self.ledger.open();
        let agents = self.agents.iter().map(|agent| agent.id.clone()).collect();
        let moves = pace::keep(self.lab.clone(), agents, self.rate, self.time, moved);
        let pace = self.ground.beside_the_lab(moves).await??;
        let clock = self.lab.clock();
        let until = clock.now() + DELIVERED_WITHIN;
        while self.ledger.waiting() > 0 && clock.now() < until {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        tokio::time::sleep(STRAYS_WITHIN).await;
        Ok((pace, self.ledger.close()))
    }

    fn place(&self, tls: bool) -> Result<Place, String> {
        let host = self.lab.net().node(NODE).ok_or("the desktop server has no host")?;
        let certificate = self.ground.dir().join(NODE.as_str()).join("tls/certificate.pem");
        let trust =
            || Trust::read(&certificate).map_err(|reason| format!("{}: {reason}", certificate.display()));
        let tls = tls.then(trust).transpose()?;
        Ok(Place { host, domain: Arc::from(host.to_string()), tls })
    }
}
