//! The only binary: one file per subcommand, nothing else decided here.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod admin;
mod bench;
mod ctl;
mod drill;
mod lab;
mod people;
mod proof;
mod serve;
mod service;
mod simulate;

/// Long-polling servers allocate and free many small buffers on several threads; mimalloc keeps that cheap and compact.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An open agent desktop server for contact centers.
#[derive(Parser)]
#[command(name = "holdfast", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// One desktop server: real CTI servers, a real AWDB, real agents.
    Serve(serve::Args),
    /// Stops, starts and shows the services of a node that runs.
    Service(service::Args),
    /// What the settings file has to say of administrators.
    Admin(admin::Args),
    /// A whole contact center on this machine; `lab ctl` controls it.
    Lab(lab::Args),
    /// The failover rules as live drills against a lab of its own.
    Drill(drill::Args),
    /// Measurements with desktops and calls in any number, each against a lab of its own.
    Bench(bench::Args),
    /// Random walks through the simulated world, and the rules that they broke.
    Sim(simulate::Args),
}

fn main() -> ExitCode {
    server::install_crypto();
    server::descriptors::raise();
    match Cli::parse().command {
        Command::Serve(args) => serve::run(args),
        Command::Service(args) => service::run(args),
        Command::Admin(args) => admin::run(&args),
        Command::Lab(args) => lab::run(args),
        Command::Drill(args) => drill::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Sim(args) => simulate::run(&args),
    }
}
