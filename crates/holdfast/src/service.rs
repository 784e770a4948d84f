//! `holdfast service`: stops, starts and shows the services of a node that runs on this machine, or of the other node
//! through it.
//!
//! Exit status 0 if it is as ordered, 1 if the node refused or falls short, 2 if no node answers.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, ErrorKind, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Subcommand, ValueEnum};
use server::config::Config;
use server::service::{
    Action, LinkWord, Reply, Request, ServiceName, SettingsStanding, Side, Standing, WithPeer, socket_path,
};

/// The other node has 8 s to answer, and a service 5 s to start; whoever takes longer hangs.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);

/// Arguments of `service`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Starts a service.
    Start(Order),
    /// Stops a service; it stays stopped until it is started, or the node is.
    Stop(Order),
    /// Shows which services run, and the link to the other node.
    Status(Look),
    /// Forgets who was accepted lately: the next request is checked at an AWDB.
    Forget(Forget),
    /// Shows how the settings of the two servers stand, or says whose are right after they have diverged.
    Settings(Settings),
}

#[derive(clap::Args)]
#[group(skip)]
struct Settings {
    /// From now on the settings of this server are those of both. Those of the other one are kept in a file beside its
    /// database. The primary takes this order.
    #[arg(long, value_name = "SERVER")]
    adopt: Option<Winner>,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, ValueEnum)]
enum Winner {
    Primary,
    Secondary,
}

#[derive(clap::Args)]
#[group(skip)]
struct Forget {
    /// Whose credentials, by agent id or login name.
    #[arg(long, required_unless_present = "all", conflicts_with = "all")]
    user: Option<String>,
    /// Everybody's.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(clap::Args)]
struct Order {
    /// Which.
    service: Name,
    #[command(flatten)]
    place: Place,
}

#[derive(clap::Args)]
struct Look {
    /// Which; all without a name.
    service: Option<Name>,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// HTTP: REST and pages. Without it the web application does not run either.
    Platform,
    /// The web application: CTI, REST's answers. Without it REST answers 503, and the user `finesse` is unavailable.
    Webapp,
    /// XMPP over BOSH, WebSocket and TCP.
    Notification,
}

#[derive(clap::Args)]
struct Place {
    /// The settings of the node.
    #[arg(long, value_name = "FILE", required_unless_present = "data_dir")]
    config: Option<PathBuf>,
    /// Its data directory, instead of its settings.
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "config")]
    data_dir: Option<PathBuf>,
    /// Acts on the other node, over the link between the two.
    #[arg(long)]
    peer: bool,
    /// Prints the node's answer as it is.
    #[arg(long)]
    json: bool,
}

/// Does it, and says what came of it.
pub(crate) fn run(args: Args) -> ExitCode {
    let (action, service, user, adopt, place) = match args.verb {
        Verb::Start(Order { service, place }) => (Action::Start, Some(service), None, None, place),
        Verb::Stop(Order { service, place }) => (Action::Stop, Some(service), None, None, place),
        Verb::Status(Look { service, place }) => (Action::Status, service, None, None, place),
        Verb::Forget(Forget { user, place, .. }) => (Action::Forget, None, user, None, place),
        Verb::Settings(Settings { adopt: None, place }) => (Action::Status, None, None, None, place),
        Verb::Settings(Settings { adopt, place }) => (Action::Adopt, None, None, adopt, place),
    };
    let service = service.map(ServiceName::from);
    let request = Request { action, service, user, peer: place.peer, adopt: adopt.map(Side::from), by: None };
    match place.data_dir().and_then(|data_dir| ask(&socket_path(&data_dir), &request)) {
        Ok((line, reply)) => conclude(&line, &reply, action, place.json),
        Err(reason) => {
            complain(&reason);
            ExitCode::from(2)
        }
    }
}

impl Place {
    fn data_dir(&self) -> Result<PathBuf, String> {
        match (&self.data_dir, &self.config) {
            (Some(data_dir), _) => Ok(data_dir.clone()),
            (None, Some(config)) => {
                Config::load(config, &[]).map(|config| config.data_dir).map_err(|reason| reason.to_string())
            }
            (None, None) => Err("say which node: --config or --data-dir".into()),
        }
    }
}

/// The answer as it came, and as it is understood.
pub(crate) fn ask(socket: &Path, request: &Request) -> Result<(String, Reply), String> {
    let line = converse(socket, request).map_err(|reason| nobody(socket, &reason))?;
    match serde_json::from_str(&line) {
        Ok(reply) => Ok((line, reply)),
        Err(_) if line.is_empty() => Err(format!("{}: the node ended the conversation", socket.display())),
        Err(reason) => {
            Err(format!("{}: what answers there is no node of this version: {reason}", socket.display()))
        }
    }
}

fn converse(socket: &Path, request: &Request) -> io::Result<String> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(ANSWERED_WITHIN))?;
    stream.set_write_timeout(Some(ANSWERED_WITHIN))?;
    writeln!(stream, "{}", serde_json::to_string(request)?)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line)
}

fn nobody(socket: &Path, reason: &io::Error) -> String {
    let place = socket.display();
    match reason.kind() {
        ErrorKind::NotFound => format!(
            "no node runs here: there is no {place}. Is `holdfast serve` running, and is this the data directory of its settings?"
        ),
        ErrorKind::ConnectionRefused => format!("the node that made {place} does not run any more"),
        ErrorKind::PermissionDenied => {
            format!("{place}: only the user of the node, and root, may give orders")
        }
        ErrorKind::WouldBlock | ErrorKind::TimedOut => {
            format!("{place}: no answer within {ANSWERED_WITHIN:?}")
        }
        _ => format!("{place}: {reason}"),
    }
}

fn conclude(line: &str, reply: &Reply, action: Action, json: bool) -> ExitCode {
    if json {
        print(line);
    }
    let (says, node, reason) = match reply {
        Reply::Done { node } if action == Action::Status => (None, Some(node), None),
        Reply::Done { node } => (Some("done"), Some(node), None),
        Reply::Already { node } => (Some("it was so already"), Some(node), None),
        Reply::Failed { reason, node } => (None, Some(node), Some(reason)),
        Reply::Refused { reason } => (None, None, Some(reason)),
    };
    if !json {
        let says = says.map(|says| format!("{says}\n")).unwrap_or_default();
        print(&(says + &node.map(table).unwrap_or_default()));
    }
    if let Some(reason) = reason {
        complain(reason);
    }
    ExitCode::from(u8::from(reason.is_some()))
}

fn table(node: &Standing) -> String {
    let mut out = format!("{}\n", node.host);
    let mut row = |name: &str, word: &str, note: &str| {
        // Writing into a string does not fail.
        let _ = writeln!(out, "{}", format!("  {name:13} {word:8} {note}").trim_end());
    };
    for service in &node.services {
        row(&service.name.to_string(), if service.running { "running" } else { "stopped" }, &service.note);
    }
    let link = match node.peer.link {
        LinkWord::Off => "off",
        LinkWord::Down => "down",
        LinkWord::Up => "up",
    };
    row("peer link", link, &node.peer.note);
    if let Some(settings) = &node.settings {
        row("settings", &settings.with_peer.to_string(), &note(settings));
    }
    out
}

/// How the settings stand, in a sentence.
fn note(settings: &SettingsStanding) -> String {
    let SettingsStanding { seq, peer_seq, lag_entries, lag_seconds, .. } = settings;
    let role = match settings.role {
        Side::Primary => "takes changes",
        Side::Secondary => "follows the primary",
    };
    let log = settings.generation.as_ref().map_or("no settings yet".to_owned(), |generation| {
        format!("change {seq} of generation {generation}")
    });
    let lag = match settings.with_peer {
        WithPeer::Diverged => {
            format!("; the other server is at change {peer_seq} of its own: say whose are right with --adopt")
        }
        _ if *lag_entries > 0 => {
            format!("; the other server lacks {lag_entries} changes, for {lag_seconds} s")
        }
        _ => String::new(),
    };
    let file = if settings.file_ignored {
        "; what the settings file has for people was changed and does not count: set it through the API"
    } else {
        ""
    };
    format!("{role}, {log}{lag}{file}")
}

fn print(text: &str) {
    // A closed pipe ends the output, not the order.
    let _ = io::stdout().write_all(text.as_bytes());
}

fn complain(reason: &str) {
    // Nobody left to tell is no reason for another error.
    let _ = writeln!(io::stderr(), "holdfast service: {reason}");
}

impl From<Winner> for Side {
    fn from(winner: Winner) -> Self {
        match winner {
            Winner::Primary => Self::Primary,
            Winner::Secondary => Self::Secondary,
        }
    }
}

impl From<Name> for ServiceName {
    fn from(name: Name) -> Self {
        match name {
            Name::Platform => Self::Platform,
            Name::Webapp => Self::Webapp,
            Name::Notification => Self::Notification,
        }
    }
}
