//! `holdfast serve`: reads the settings, starts the logs and runs one desktop server until it is told to stop.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use server::config::Config;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tracing::{error, info};
use tracing_subscriber::EnvFilter;

/// How long an orderly end may take before the process ends anyway. Answers in hand take milliseconds.
const END_AT_LATEST: Duration = Duration::from_secs(3);

/// Arguments of `serve`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The settings (docs/holdfast.toml is a sample).
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// Overrides one setting, for example `cti.attempts_per_side=4`; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// End when standard input reaches its end: children of a lab end with the lab, however it ends.
    #[arg(long)]
    until_stdin_closes: bool,
}

/// Exit status 0 after an orderly end, 2 if the server could not start.
pub(crate) fn run(args: Args) -> ExitCode {
    match start(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            error!("{reason}");
            ExitCode::from(2)
        }
    }
}

fn start(args: &Args) -> Result<(), String> {
    let config = Config::load(&args.config, &args.set);
    log_to_stderr(config.as_ref().map_or("info", |config| config.log.filter.as_str()));
    let config = config.map_err(|reason| reason.to_string())?;
    let stdin_closed = args.until_stdin_closes.then(watch_stdin);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|reason| format!("no runtime: {reason}"))?
        .block_on(server::run(config, stop_order(stdin_closed)))
        .map_err(|reason| reason.to_string())
}

/// One line per event on standard error; standard output stays free for results.
fn log_to_stderr(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // The SQL Server driver repeats what a server says, which may quote a stored password; ours says what went wrong.
    let filter = match "tiberius=off".parse() {
        Ok(silent) => filter.add_directive(silent),
        Err(_) => filter,
    };
    let colours = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    lines.with_target(false).with_ansi(colours).init();
}

/// Resolves with the first of SIGTERM, SIGINT and the end of standard input.
async fn stop_order(stdin_closed: Option<oneshot::Receiver<()>>) {
    let stdin_closed = async move {
        match stdin_closed {
            Some(closed) => drop(closed.await),
            None => std::future::pending().await,
        }
    };
    let why = tokio::select! {
        () = signalled(SignalKind::terminate()) => "SIGTERM",
        () = signalled(SignalKind::interrupt()) => "SIGINT",
        () = stdin_closed => "standard input closed",
    };
    info!("ending: {why}");
    end_at_latest();
}

async fn signalled(kind: SignalKind) {
    match signal(kind) {
        Ok(mut signals) => drop(signals.recv().await),
        Err(reason) => {
            error!("signals cannot be watched: {reason}");
            std::future::pending().await
        }
    }
}

fn watch_stdin() -> oneshot::Receiver<()> {
    let (closed, watcher) = oneshot::channel();
    std::thread::spawn(move || {
        let mut sink = [0; 256];
        while matches!(std::io::stdin().read(&mut sink), Ok(read) if read > 0) {}
        let _ = closed.send(());
    });
    watcher
}

fn end_at_latest() {
    std::thread::spawn(|| {
        std::thread::sleep(END_AT_LATEST);
        std::process::exit(1);
    });
}
