//! A desktop server as a child process: started, watched, killed for real.
//!
//! Owns the process, the pipe to its standard input and its log file. The pipe is what ends the child when the lab
//! ends, however it ends: `holdfast serve --until-stdin-closes` reads it, and the kernel closes it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio::sync::{oneshot, watch};

use crate::parts::NodeName;
use crate::probe::{Probe, Service};
use crate::services::ControlSocket;
use crate::story::Timeline;

/// A start includes a self-signed certificate and, at its slowest, a busy machine; the target is one second.
const READY_WITHIN: Duration = Duration::from_secs(20);
/// An orderly end takes milliseconds; longer than this is a hang.
const CLOSED_WITHIN: Duration = Duration::from_secs(2);
/// Lines of its log that are shown when a child died by itself.
const LAST_LINES: usize = 12;

/// How a desktop server is started.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Which.
    pub name: NodeName,
    /// The `holdfast` binary.
    pub binary: PathBuf,
    /// Its settings.
    pub config: PathBuf,
    /// Where it keeps what it makes itself.
    pub data_dir: PathBuf,
    /// Settings that override the file, `key=value`.
    pub settings: Vec<String>,
    /// Where its standard error goes; kept over restarts.
    pub log: PathBuf,
}

/// Whether the process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Process {
    /// It runs.
    Running,
    /// It was killed by order, or not started.
    Stopped,
    /// It ended by itself.
    Died,
}

/// Why a desktop server is not up.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// The program could not be started.
    #[error("{name} could not be started from {binary}: {reason}")]
    NotStarted {
        /// Which.
        name: NodeName,
        /// The program.
        binary: String,
        /// What the system said.
        reason: io::Error,
    },
    /// It ended before it answered.
    #[error("{name} ended while starting. Its last lines:\n{last_lines}")]
    Ended {
        /// Which.
        name: NodeName,
        /// The end of its log.
        last_lines: String,
    },
    /// The task that started it failed.
    #[error("a desktop server could not be started: {0}")]
    Panicked(String),
    /// It runs and does not answer.
    #[error("{name} did not answer SystemInfo within {READY_WITHIN:?}. Its last lines:\n{last_lines}")]
    Silent {
        /// Which.
        name: NodeName,
        /// The end of its log.
        last_lines: String,
    },
}

/// How a child is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// SIGKILL.
    Kill,
    /// Its standard input closes; SIGKILL if that does not end it.
    Close,
}

/// A desktop server of the lab.
#[derive(Debug)]
pub struct Node {
    recipe: Recipe,
    probe: Probe,
    timeline: Timeline,
    process: watch::Sender<Process>,
    alive: tokio::sync::Mutex<Option<Alive>>,
}

#[derive(Debug)]
struct Alive {
    pid: u32,
    end: oneshot::Sender<End>,
    gone: oneshot::Receiver<()>,
}

impl Node {
    /// A desktop server that is not started yet.
    pub(crate) fn new(recipe: Recipe, probe: Probe, timeline: Timeline) -> Self {
        let process = watch::Sender::new(Process::Stopped);
        Self { recipe, probe, timeline, process, alive: tokio::sync::Mutex::default() }
    }

    /// Which.
    pub fn name(&self) -> NodeName {
        self.recipe.name
    }

    /// Whether the process runs.
    pub fn process(&self) -> Process {
        *self.process.borrow()
    }

    /// How the desktop server answered when it was last asked.
    pub fn service(&self) -> Service {
        self.probe.service()
    }

    /// Follows how the desktop server answers; asked several times a second.
    pub fn follow(&self) -> watch::Receiver<Service> {
        self.probe.follow()
    }

    /// Where its log is.
    pub fn log(&self) -> &Path {
        &self.recipe.log
    }

    /// Where it takes orders for its services.
    pub(crate) fn control(&self) -> ControlSocket {
        ControlSocket::of(&self.recipe.data_dir)
    }

    /// Agents whose desktops are there or waited for, from the file that it keeps for its next process.
    pub(crate) async fn desktops(&self) -> Vec<String> {
        if self.process() != Process::Running {
            return Vec::new();
        }
        let kept = tokio::fs::read(self.recipe.data_dir.join("desktops.json")).await.unwrap_or_default();
        serde_json::from_slice(&kept).unwrap_or_default()
    }

    /// The process id, while it runs.
    pub async fn pid(&self) -> Option<u32> {
        let running = self.process() == Process::Running;
        self.alive.lock().await.as_ref().filter(|_| running).map(|alive| alive.pid)
    }

    /// Starts it and waits until SystemInfo answers. Does nothing if it runs.
    pub async fn start(&self) -> Result<(), NodeError> {
        let mut alive = self.alive.lock().await;
        if self.process() == Process::Running {
            return Ok(());
        }
        *alive = Some(self.spawn()?);
        drop(alive);
        self.tell("node.started", format!("{} started", self.name()));
        self.ready().await
    }

    /// Kills it (SIGKILL) and waits until it is gone. Does nothing if it does not run.
    pub async fn kill(&self) {
        self.end(End::Kill, "node.killed", "killed").await;
    }

    /// Lets it end in order, and kills it if that takes too long. Does nothing if it does not run.
    pub async fn stop(&self) {
        self.end(End::Close, "node.stopped", "stopped").await;
    }

    /// Kills it and starts it again.
    pub async fn restart(&self) -> Result<(), NodeError> {
        self.kill().await;
        self.start().await
    }

    async fn end(&self, end: End, what: &str, says: &str) {
        let Some(Alive { end: order, gone, .. }) = self.alive.lock().await.take() else { return };
        if order.send(end).is_ok() {
            // The sender goes with the process; there is nothing else to learn.
            let _ = gone.await;
            self.tell(what, format!("{} {says}", self.name()));
            self.probe.silence();
        }
    }

    fn spawn(&self) -> Result<Alive, NodeError> {
        let not_started = |reason| NodeError::NotStarted {
            name: self.name(),
            binary: self.recipe.binary.display().to_string(),
            reason,
        };
        let child = spawn(&self.recipe).map_err(not_started)?;
        let (end, ended) = oneshot::channel();
        let (left, gone) = oneshot::channel();
        let alive = Alive { pid: child.id().unwrap_or_default(), end, gone };
        self.process.send_replace(Process::Running);
        let watcher = Watcher {
            name: self.name(),
            log: self.recipe.log.clone(),
            timeline: self.timeline.clone(),
            process: self.process.clone(),
        };
        tokio::spawn(watcher.watch(child, ended, left));
        Ok(alive)
    }

    async fn ready(&self) -> Result<(), NodeError> {
        let mut process = self.process.subscribe();
        tokio::select! {
            () = self.probe.answered() => Ok(()),
            _ = process.wait_for(|process| *process != Process::Running) => {
                Err(NodeError::Ended { name: self.name(), last_lines: last_lines(&self.recipe.log) })
            }
            () = tokio::time::sleep(READY_WITHIN) => {
                Err(NodeError::Silent { name: self.name(), last_lines: last_lines(&self.recipe.log) })
            }
        }
    }

    fn tell(&self, what: &str, says: String) {
        self.timeline.tell("lab", what, says, [("part", self.name().to_string())]);
    }
}

fn spawn(recipe: &Recipe) -> io::Result<Child> {
    let log = File::options().create(true).append(true).open(&recipe.log)?;
    let mut command = Command::new(&recipe.binary);
    command.arg("serve").arg("--config").arg(&recipe.config).arg("--until-stdin-closes");
    recipe.settings.iter().for_each(|setting| {
        command.arg("--set").arg(setting);
    });
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log)
        .kill_on_drop(true)
        // Ctrl-C is the lab's to hear; it ends its children in order.
        .process_group(0)
        .spawn()
}

/// Sees one process to its end.
struct Watcher {
    name: NodeName,
    log: PathBuf,
    timeline: Timeline,
    process: watch::Sender<Process>,
}

impl Watcher {
    /// `_left` is dropped when the process is gone. The child keeps its standard input until then.
    async fn watch(self, mut child: Child, ended: oneshot::Receiver<End>, _left: oneshot::Sender<()>) {
        let stdin = child.stdin.take();
        tokio::select! {
            status = child.wait() => self.died(status),
            end = ended => {
                if end == Ok(End::Close) {
                    drop(stdin);
                    // In order or not, what follows ends it.
                    let _ = tokio::time::timeout(CLOSED_WITHIN, child.wait()).await;
                }
                // Already gone is as good as killed.
                let _ = child.kill().await;
                self.process.send_replace(Process::Stopped);
            }
        }
    }

    fn died(&self, status: io::Result<ExitStatus>) {
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        let last = last_lines(&self.log);
        tracing::warn!(node = %self.name, status, "a desktop server ended by itself; its last lines:\n{last}");
        let says = format!("{} ended by itself ({status})", self.name);
        let with = [("part", self.name.to_string()), ("status", status), ("log", last)];
        self.timeline.tell("lab", "node.died", says, with);
        self.process.send_replace(Process::Died);
    }
}

fn last_lines(log: &Path) -> String {
    let text =
        std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines.split_at(lines.len().saturating_sub(LAST_LINES)).1.join("\n")
}
