//! The services of a desktop server, asked of and ordered at its control socket as `holdfast service` does.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::time::timeout;

use crate::parts::NodeName;

/// A look at a node waits no longer: the page asks twice a second.
const LOOK_WITHIN: Duration = Duration::from_millis(300);

/// An order takes at most 5 s at the node.
const ORDER_WITHIN: Duration = Duration::from_secs(10);

/// One service of a desktop server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeService {
    /// HTTP.
    Platform,
    /// The web application.
    Webapp,
    /// XMPP.
    Notification,
}

/// An order for a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOrder {
    /// Whose.
    pub node: NodeName,
    /// Which.
    pub name: NodeService,
    /// Whether it is to run.
    pub run: bool,
}

/// What a desktop server says of its services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Services {
    /// Each with its name, whether it runs, and what else there is to say.
    pub services: Value,
    /// The link to the other desktop server: `link` is `off`, `down` or `up`; `note` says to whom, or why not.
    pub peer: Value,
}

/// Where a desktop server of a lab takes orders.
#[derive(Clone, Debug)]
pub(crate) struct ControlSocket(PathBuf);

impl ControlSocket {
    /// With this data directory.
    pub(crate) fn of(data_dir: &Path) -> Self {
        Self(data_dir.join("control.sock"))
    }

    /// How the services stand; `None` if nobody answers.
    pub(crate) async fn look(&self) -> Option<Services> {
        let answer = timeout(LOOK_WITHIN, self.ask(json!({ "action": "status" }))).await.ok()?.ok()?;
        let node = answer.get("node")?;
        Some(Services { services: node.get("services")?.clone(), peer: node.get("peer")?.clone() })
    }

    /// Has a service stopped or started; says why not.
    pub(crate) async fn order(&self, name: NodeService, run: bool) -> Result<(), String> {
        let action = if run { "start" } else { "stop" };
        let asked = timeout(ORDER_WITHIN, self.ask(json!({ "action": action, "service": name })));
        let late = || Err(io::Error::from(io::ErrorKind::TimedOut));
        let answer =
            asked.await.unwrap_or_else(|_| late()).map_err(|reason| format!("no answer: {reason}"))?;
        match answer.get("reason").and_then(Value::as_str) {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(()),
        }
    }

    async fn ask(&self, request: Value) -> io::Result<Value> {
        let mut stream = BufReader::new(UnixStream::connect(&self.0).await?);
        stream.write_all(format!("{request}\n").as_bytes()).await?;
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        Ok(serde_json::from_str(&line)?)
    }
}
