//! Where a bench takes place: a network, a directory and threads of its own, and the lab on them.

use std::path::PathBuf;
use std::time::Duration;

use lab::{Administrator, Lab, LabConfig, Net, NodeName};
use sim::rows::Setting;
use sim::switch::{OnClientLoss, PairConfig, PairMode, StandbyAnswer, SwitchConfig};
use tokio::runtime::Runtime;

use crate::admin;
use crate::drill::nets::{self, Claim};
use crate::drill::{NODE, tidy};
use crate::people;
use crate::proof::{Begun, Proof};

/// Of every agent of the lab.
pub(super) const PASSWORD: &str = "bench";
/// A first reading of 12,000 agents included.
const IN_SERVICE_WITHIN: Duration = Duration::from_secs(60);

/// The place; free again when it is dropped.
pub(super) struct Ground {
    claim: Claim,
    dir: PathBuf,
    /// The lab has threads of its own, so that its CTI servers do not wait for the desktops.
    lab: Runtime,
    begun: Begun,
}

impl Ground {
    /// Takes this network, or a free one.
    pub(super) fn claim(wanted: Option<Net>) -> Result<Self, String> {
        let begun = Begun::now();
        let claim = nets::claim(wanted, 1)?.pop().ok_or("no network is free")?;
        let dir = std::env::temp_dir().join(format!("holdfast-bench-{}", std::process::id()));
        std::fs::create_dir_all(&dir).map_err(|reason| format!("{}: {reason}", dir.display()))?;
        Ok(Self { claim, dir, lab: runtime()?, begun })
    }

    /// Runs a bench. Files are kept if it fell short.
    pub(super) fn prove(
        self,
        measure: impl AsyncFnOnce(&Self) -> Result<Proof, String>,
    ) -> Result<Proof, String> {
        let proof = runtime()?.block_on(measure(&self));
        tidy(&self.dir, proof.as_ref().is_ok_and(|proof| proof.passed));
        proof
    }

    /// A lab with one desktop server, in service.
    pub(super) async fn lab(
        &self,
        switch: SwitchConfig,
        on_client_loss: OnClientLoss,
        settings: Vec<String>,
    ) -> Result<Lab, String> {
        self.start(self.config(switch, on_client_loss, settings)?).await
    }

    /// A lab with both desktop servers, in service. Agents stay as they are when a server is lost.
    pub(super) async fn pair(&self, switch: SwitchConfig, settings: Vec<String>) -> Result<Lab, String> {
        let config = self.config(switch, OnClientLoss::Keep, settings)?;
        self.start(LabConfig { nodes: NodeName::NODES.to_vec(), ..config }).await
    }

    /// Such a lab with an administrator.
    pub(super) async fn administered(&self, switch: SwitchConfig) -> Result<(Lab, Administrator), String> {
        let account = admin::of_a_lab()?;
        let config = self.config(switch, OnClientLoss::Keep, Vec::new())?;
        let (nodes, administrator) = (NodeName::NODES.to_vec(), Some(account.clone()));
        Ok((self.start(LabConfig { nodes, administrator, ..config }).await?, account))
    }

    async fn start(&self, config: LabConfig) -> Result<Lab, String> {
        self.tell(&format!("{} agents configured on {}", config.pair.switch.agents.len(), self.claim.net));
        let lab = self.lab.spawn(Lab::start(config)).await.map_err(|reason| reason.to_string())?;
        let lab = lab.map_err(|reason| reason.to_string())?;
        lab.in_service(IN_SERVICE_WITHIN).await.map_err(|reason| reason.to_string())?;
        self.tell("in service");
        Ok(lab)
    }

    /// Runs on the threads of the lab.
    pub(super) async fn beside_the_lab<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, String> {
        self.lab.spawn(work).await.map_err(|reason| reason.to_string())
    }

    /// For settings, logs and whatever the desktop server keeps.
    pub(super) fn dir(&self) -> &std::path::Path {
        &self.dir
    }

    /// When it began.
    pub(super) fn begun(&self) -> Begun {
        self.begun
    }

    /// Tells people how far it is.
    pub(super) fn tell(&self, what: &str) {
        eprintln!("{:6.1} s  {what}", self.begun.elapsed().as_secs_f64());
    }

    fn config(
        &self,
        switch: SwitchConfig,
        on_client_loss: OnClientLoss,
        node_settings: Vec<String>,
    ) -> Result<LabConfig, String> {
        let awdb: PathBuf = self.dir.join("awdb.sqlite");
        people::write_awdb(&awdb, &switch).map_err(|reason| reason.to_string())?;
        let standby = StandbyAnswer::Status15;
        Ok(LabConfig {
            net: self.claim.net,
            pair: PairConfig {
                mode: PairMode::ActiveStandby { takeover: Duration::ZERO, standby },
                on_client_loss,
                versions: 13..=20,
                switch,
            },
            nodes: vec![NODE],
            node_settings,
            binary: std::env::current_exe().map_err(|reason| reason.to_string())?,
            dir: self.dir.clone(),
            administrator: None,
            awdb,
        })
    }
}

/// As the desktop server takes them: `key=value`.
pub(super) fn overrides(settings: &[Setting]) -> Vec<String> {
    settings.iter().map(|Setting { key, value }| format!("{key}={value}")).collect()
}

fn runtime() -> Result<Runtime, String> {
    Runtime::new().map_err(|reason| format!("no runtime: {reason}"))
}
