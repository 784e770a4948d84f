//! `holdfast lab ctl`: orders for a lab that runs, and a look at it.
//!
//! Exit status 0 if the order was carried out, 1 if the lab refused it, 2 if no lab answers.

use std::process::ExitCode;

use clap::Subcommand;
use lab::{Net, Order};

mod awdb;
mod campaign;
mod client;
mod phones;
mod scripts;
mod show;
mod verbs;
mod words;

use awdb::AwdbVerb;
use client::Client;
use phones::PhoneVerb;
use verbs::{PartVerb, SwitchVerb};

/// Arguments of `lab ctl`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    #[command(flatten)]
    Part(PartVerb),
    #[command(flatten)]
    Awdb(AwdbVerb),
    #[command(flatten)]
    Phone(PhoneVerb),
    #[command(flatten)]
    Switch(SwitchVerb),
    /// Somebody outside calls, and the call goes the way of a script.
    Script(scripts::Args),
    /// The campaign dialer offers a customer's call to an agent.
    Campaign(campaign::Args),
    /// An order in the JSON form of the lab's own control.
    Send {
        /// Such as '{"kill": "cti-a"}'.
        json: String,
    },
    /// Shows who is in service, the links, agents and calls.
    State {
        /// As the lab's own JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Shows what has happened.
    Story {
        /// Goes on as things happen.
        #[arg(long, short)]
        follow: bool,
        /// One JSON document a line.
        #[arg(long)]
        json: bool,
    },
}

/// Carries out one verb.
pub(crate) async fn run(net: Net, args: Args) -> ExitCode {
    let lab = Client::new(net);
    let done = match args.verb {
        Verb::State { json } => show::state(&lab, json).await,
        Verb::Story { follow, json } => show::story(&lab, follow, json).await,
        Verb::Send { json } => show::outcome(lab.send(json).await),
        Verb::Script(script) => show::outcome(lab.order(&script.into()).await),
        Verb::Campaign(offer) => show::outcome(lab.order(&offer.into()).await),
        Verb::Awdb(verb) => show::outcome(lab.order(&verb.into()).await),
        Verb::Part(verb) => show::outcome(lab.order(&verb.into()).await),
        Verb::Phone(verb) => show::outcome(lab.order(&Order::Switch(verb.into())).await),
        Verb::Switch(verb) => show::outcome(lab.order(&Order::Switch(verb.into())).await),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            show::complain(&error);
            ExitCode::from(error.exit_status())
        }
    }
}
