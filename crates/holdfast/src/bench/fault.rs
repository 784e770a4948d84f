//! The faults, and what they leave to be mended.

use std::time::Duration;

use lab::fault::LinkFault;
use lab::{CtiServer, Lab, Link};
use sim::node::failover::cti::Side;
use sim::switch::{Command, OnClientLoss, Role, letter};

use crate::drill::NODE;

/// What happens to the active CTI server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Fault {
    /// It dies: its connections are reset, every dial is refused, the other side serves at once.
    Kill,
    /// The connection is reset; the server goes on.
    Reset,
    /// It takes connections and bytes and answers nothing; the other side serves at once.
    Hang,
}

/// What becomes of the agents of a client that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ClientLoss {
    /// Nothing.
    Keep,
    /// LOAD 0: Not Ready.
    Load0,
    /// LOAD 1: logged out.
    Load1,
}

impl From<ClientLoss> for OnClientLoss {
    fn from(loss: ClientLoss) -> Self {
        match loss {
            ClientLoss::Keep => Self::Keep,
            ClientLoss::Load0 => Self::Load0,
            ClientLoss::Load1 => Self::Load1,
        }
    }
}

/// How long a dying server needs to see that its client is gone; only a bug of the lab takes so long.
const GONE_WITHIN: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// The CTI links of a lab, as slow as they are to be.
#[derive(Clone, Debug)]
pub(super) struct Links {
    lab: Lab,
    rtt_ms: u32,
}

impl Links {
    /// Every link takes half the round trip each way, connects a whole one.
    pub(super) fn new(lab: Lab, rtt_ms: u32) -> Self {
        let links = Self { lab, rtt_ms };
        CtiServer::ALL.into_iter().for_each(|cti| links.mend(cti.side()));
        links
    }

    /// The side that serves.
    pub(super) async fn active(&self) -> Result<Side, String> {
        let truth = self.lab.truth().await.map_err(|reason| reason.to_string())?;
        let serving = |side: &Side| {
            truth.sides.iter().any(|known| known.side == letter(*side) && known.role == Role::Active)
        };
        [Side::A, Side::B].into_iter().find(serving).ok_or_else(|| "no CTI server is active".into())
    }

    /// From here on the desktop server hears nothing of the side.
    pub(super) fn silence(&self, side: Side) {
        self.lab.link_fault(link(side), &LinkFault::Hang);
    }

    /// Breaks the side, and says when.
    pub(super) async fn apply(&self, fault: Fault, side: Side) -> Result<Duration, String> {
        let at = self.lab.clock().now();
        match fault {
            Fault::Kill => {
                self.lab.link_fault(link(side), &LinkFault::Refuse);
                self.gone(side, at + GONE_WITHIN).await?;
                self.command(Command::SwitchOver).await?;
            }
            Fault::Reset => {
                self.lab.link_fault(link(side), &LinkFault::Reset);
                self.mend(side);
            }
            Fault::Hang => self.command(Command::HangSide(side, true)).await?,
        }
        Ok(at)
    }

    /// Mends it; the side is there again, as the standby if the other has taken over.
    pub(super) async fn heal(&self, fault: Fault, side: Side) -> Result<(), String> {
        self.mend(side);
        match fault {
            Fault::Hang => self.command(Command::HangSide(side, false)).await,
            Fault::Kill | Fault::Reset => Ok(()),
        }
    }

    fn mend(&self, side: Side) {
        self.lab.link_fault(link(side), &LinkFault::Clear);
        let up_ms = self.rtt_ms / 2;
        let down_ms = self.rtt_ms - up_ms;
        if self.rtt_ms > 0 {
            self.lab.link_fault(link(side), &LinkFault::Latency { up_ms, down_ms });
        }
    }

    /// The server sees its client go before the other side takes over, so what it does to the client's agents counts.
    async fn gone(&self, side: Side, until: Duration) -> Result<(), String> {
        while self.lab.tally(link(side)).up > 0 {
            if self.lab.clock().now() > until {
                return Err("the lab's link did not end".into());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    async fn command(&self, command: Command) -> Result<(), String> {
        self.lab.command(command).await.map(drop).map_err(|reason| reason.to_string())
    }
}

/// The desktop server's link to a side.
pub(super) fn link(side: Side) -> Link {
    Link { node: NODE, cti: CtiServer::of(side) }
}
