//! `holdfast bench`: measurements with desktops and calls in any number, each against a lab of its own.
//!
//! Counts at the lab's side (its dial log, what passed its links, the truth of its switch) and at the desktops; never
//! asks the desktop server about itself, but for the SystemInfo that every client sees.

mod calibrate;
mod credentials;
mod crowd;
mod failover;
mod fanout;
mod fault;
mod figures;
mod ground;
mod judge;
mod kills;
mod nodes;
mod outage;
mod pace;
mod process;
mod rest;
mod restart;
mod screen;
mod settings;
mod stage;
mod stir;
mod told;
mod witness;

use std::process::ExitCode;

use crate::proof::could_not_run;

/// Arguments of `bench`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// How soon a CTI failover is over for that many agents, and whether all of them are told the truth.
    CtiFailover(failover::Args),
    /// How many requests a second a desktop server authenticates from memory on one core.
    Credentials(credentials::Args),
    /// How long so many GETs of a user a second take at a desktop server that has one core.
    Rest(rest::Args),
    /// How soon events reach that many idle desktops, and what a desktop costs the desktop server.
    Fanout(fanout::Args),
    /// How soon that many agents are at work on the other desktop server when theirs dies or is cut off.
    NodeFailover(nodes::Args),
    /// Whether settings survive: both desktop servers are killed at random instants while they are changed.
    Settings(kills::Args),
    /// Whether the service `notification` can be stopped and started without logging out anybody who comes back.
    NotificationRestart(restart::Args),
}

/// Exit status 0 if every figure was met, 1 if one was not, 2 if the bench could not run.
pub(crate) fn run(args: &Args) -> ExitCode {
    let (proof, json) = match &args.what {
        What::CtiFailover(failover) => (failover::bench(failover), failover.json),
        What::Credentials(credentials) => (credentials::bench(credentials), credentials.json),
        What::Rest(rest) => (rest::bench(rest), rest.json),
        What::Fanout(fanout) => (fanout::bench(fanout), fanout.json),
        What::NodeFailover(nodes) => (nodes::bench(nodes), nodes.json),
        What::Settings(kills) => (kills::bench(kills), kills.json),
        What::NotificationRestart(restart) => (restart::bench(restart), restart.json),
    };
    match proof {
        Ok(proof) => proof.conclude(json),
        Err(reason) => could_not_run(reason),
    }
}
