//! `holdfast lab`: a whole contact center on this machine, until Ctrl-C.

mod dir;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Subcommand, ValueEnum};
use lab::clock::Clock;
use lab::{Lab, LabConfig, LabError, Net, NodeName, People, SettingsLogin};
use sim::switch::{OnClientLoss, PairConfig, PairMode, StandbyAnswer, SwitchConfig};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use self::dir::Dir;
use crate::{admin, ctl, people};

/// The target is 5 s for the whole start; a machine that is busy building may take longer.
const IN_SERVICE_WITHIN: Duration = Duration::from_secs(30);

/// Arguments of `lab`.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = false)]
pub(crate) struct Args {
    /// First three numbers of the lab's addresses; each lab on a machine needs its own.
    #[arg(long, value_name = "127.N.M", default_value = "127.0.0", global = true)]
    net: Net,
    /// Allows a network that is not loopback: everybody on it can then control the lab.
    #[arg(long)]
    i_know_this_listens_beyond_loopback: bool,
    /// How many agents there are, from 1001 on.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=20_000))]
    agents: u16,
    /// How many of them are a team; the first of each is its supervisor.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    team_size: u16,
    /// Everybody's password.
    #[arg(long, default_value = "holdfast")]
    password: String,
    /// A setting of the desktop servers, for example cti.heartbeat_interval=1s; may be repeated.
    #[arg(long = "node-setting", value_name = "KEY=VALUE")]
    node_settings: Vec<String>,
    /// Both CTI servers serve; without it B stands by.
    #[arg(long)]
    both_active: bool,
    /// What a CTI server does to the agents of a desktop server that is gone.
    #[arg(long, value_enum, default_value_t = Loss::Keep)]
    on_client_loss: Loss,
    /// Where settings, logs and the AWDB go; kept if given, else a directory of its own that is removed at the end.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Shows the timeline on standard error.
    #[arg(long, short)]
    verbose: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Controls a lab that runs: breaks parts, makes calls, shows what is true.
    Ctl(ctl::Args),
}

/// `--on-client-loss`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Loss {
    /// Nothing.
    Keep,
    /// Not Ready, reason 50002, after the call.
    Load0,
    /// Logged out.
    Load1,
}

impl From<Loss> for OnClientLoss {
    fn from(loss: Loss) -> Self {
        match loss {
            Loss::Keep => Self::Keep,
            Loss::Load0 => Self::Load0,
            Loss::Load1 => Self::Load1,
        }
    }
}

/// Exit status 0 after Ctrl-C, 2 if the lab could not start; of `ctl`, see there.
pub(crate) fn run(args: Args) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(reason) => return failed(&reason),
    };
    match args.command {
        Some(Command::Ctl(order)) => runtime.block_on(ctl::run(args.net, order)),
        None => match runtime.block_on(start_and_wait(&args)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(reason) => failed(&reason),
        },
    }
}

fn failed(reason: &dyn std::fmt::Display) -> ExitCode {
    progress(reason);
    ExitCode::from(2)
}

async fn start_and_wait(args: &Args) -> Result<(), String> {
    log_to_stderr(args.verbose);
    args.net.guard(args.i_know_this_listens_beyond_loopback).map_err(|reason| reason.to_string())?;
    let dir = Dir::new(args.net, args.dir.as_deref())?;
    let config = config(args, &dir.path)?;
    let (switch, administrator) = (config.pair.switch.clone(), config.administrator.clone());
    let people = People::of(&switch, administrator.as_ref());
    if let Err(reason) = people::write_awdb(&config.awdb, &switch) {
        dir.remove();
        return Err(reason.to_string());
    }
    let clock = Clock::start();
    progress(&format_args!("starting two CTI servers and two desktop servers on {}.x ...", args.net));
    tokio::select! {
        up = come_up(config) => {
            let lab = match up {
                Ok(lab) => lab,
                Err(reason) => return Err(dir.after(&reason)),
            };
            welcome(&lab, &people, &dir.path, clock.now()).map_err(|reason| reason.to_string())?;
            stop_order().await;
            progress(&"ending ...");
            lab.stop().await;
        }
        () = stop_order() => progress(&"ended while starting"),
    }
    dir.remove();
    Ok(())
}

async fn come_up(config: LabConfig) -> Result<Lab, LabError> {
    let lab = Lab::start(config).await?;
    progress(&"desktop servers answer; waiting until they are in service ...");
    match lab.in_service(IN_SERVICE_WITHIN).await {
        Ok(()) => Ok(lab),
        Err(reason) => {
            lab.stop().await;
            Err(reason)
        }
    }
}

fn config(args: &Args, dir: &Path) -> Result<LabConfig, String> {
    let binary =
        std::env::current_exe().map_err(|reason| format!("this program cannot find itself: {reason}"))?;
    Ok(LabConfig {
        net: args.net,
        pair: PairConfig {
            mode: mode(args.both_active),
            on_client_loss: args.on_client_loss.into(),
            versions: 13..=20,
            switch: SwitchConfig::demo_in_teams(args.agents.into(), args.team_size.into(), &args.password),
        },
        nodes: NodeName::NODES.to_vec(),
        node_settings: args.node_settings.clone(),
        binary,
        dir: dir.to_owned(),
        administrator: Some(admin::of_a_lab()?),
        awdb: dir.join("awdb.sqlite"),
    })
}

/// A standby side takes over at once, and tells clients that it stands by with FAILURE_CONF 15.
fn mode(both_active: bool) -> PairMode {
    match both_active {
        true => PairMode::BothActive,
        false => PairMode::ActiveStandby { takeover: Duration::ZERO, standby: StandbyAnswer::Status15 },
    }
}

fn log_to_stderr(verbose: bool) {
    // Clients of the AWDB hosts that name an address where TLS wants a name are nothing to warn of.
    let filter = EnvFilter::new(if verbose { "info,rustls=error" } else { "warn,rustls=error" });
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_target(false).init();
}

async fn stop_order() {
    tokio::select! {
        () = signalled(SignalKind::interrupt()) => {}
        () = signalled(SignalKind::terminate()) => {}
    }
}

async fn signalled(kind: SignalKind) {
    match signal(kind) {
        Ok(mut signals) => drop(signals.recv().await),
        // Without the handler the signal ends the process by itself.
        Err(_) => std::future::pending().await,
    }
}

fn progress(line: &dyn std::fmt::Display) {
    // Nobody left to tell is no reason to stop.
    let _ = writeln!(io::stderr(), "holdfast lab: {line}");
}

/// What to open, who there is, what to try.
fn welcome(lab: &Lab, people: &People, dir: &Path, took: Duration) -> io::Result<()> {
    let net = lab.net();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\nThe lab is up: both desktop servers are in service after {:.1} s.\n",
        took.as_secs_f64()
    )?;
    writeln!(out, "  lab page         http://{}    start here: see and break every part", net.page())?;
    writeln!(out, "  agent desktop    http://{net}.11:8082/desktop/ and http://{net}.12:8082/desktop/")?;
    writeln!(
        out,
        "  desktop servers  {net}.11 and {net}.12: REST 8082, 8445; notifications 7071, 7443, 5222, 5223"
    )?;
    writeln!(out, "  CTI servers      {net}.21:42027 (cti-a) and {net}.22:43027 (cti-b)")?;
    writeln!(
        out,
        "  AWDB hosts       {net}.31:1433 (awdb-1) and {net}.32:1433 (awdb-2); login: see {}",
        lab.awdb_login().display()
    )?;
    writeln!(out, "  files and logs   {}\n", dir.display())?;
    agents(&mut out, people)?;
    tries(&mut out, lab, people)?;
    writeln!(out, "\nCtrl-C ends all of it.")?;
    out.flush()
}

/// Agents that are listed; the page shows all of them.
const LISTED_MAX: usize = 12;

fn agents(out: &mut impl Write, people: &People) -> io::Result<()> {
    writeln!(out, "  agent  extension  login name  name")?;
    for person in people.agents.iter().take(LISTED_MAX) {
        let role = if person.supervisor { " (supervisor)" } else { "" };
        let (id, extension, login) = (&person.id, &person.extension, &person.login_name);
        writeln!(out, "  {id:5}  {extension:9}  {login:10}  {}{role}", person.full_name())?;
    }
    if let Some(more) = people.agents.len().checked_sub(LISTED_MAX + 1) {
        writeln!(out, "  ... and {} more, all of them on the lab page", more + 1)?;
    }
    writeln!(out, "  password of all: {}", people.password.as_deref().unwrap_or_default())?;
    if let Some(SettingsLogin { name, password }) = &people.administrator {
        writeln!(out, "  administrator (settings by REST on node-1): {name}, password {password}")?;
    }
    Ok(())
}

fn tries(out: &mut impl Write, lab: &Lab, people: &People) -> io::Result<()> {
    let (net, password) = (lab.net(), people.password.as_deref().unwrap_or_default());
    let Some(agent) = people.agents.first() else { return Ok(()) };
    let user = format!("http://{net}.11:8082/finesse/api/User/{}", agent.id);
    let curl = format!("curl -u {}:{password}", agent.id);
    let put = format!("{curl} -X PUT -H 'Content-Type: application/xml' {user}");
    let ctl = if net == Net::default() {
        "holdfast lab ctl".into()
    } else {
        format!("holdfast lab --net {net} ctl")
    };
    writeln!(out, "\nTry in another terminal:")?;
    writeln!(
        out,
        "  {put} -d '<User><state>LOGIN</state><extension>{}</extension></User>'",
        agent.extension
    )?;
    writeln!(out, "  {put} -d '<User><state>READY</state></User>'")?;
    writeln!(out, "  {ctl} call 0312345678 7200")?;
    writeln!(out, "  {ctl} answer {}", agent.extension)?;
    writeln!(out, "  {curl} {user}/Dialogs")?;
    writeln!(out, "  {ctl} kill cti-a")
}
