//! `lab ctl campaign`: the dialer offers a customer's call to an agent, who decides at the desktop; and its books.

use clap::ValueEnum;
use lab::Order;
use serde_json::Value;
use sim::switch::{Command, Offer, OfferMode};

use super::show::text;

/// Arguments of `lab ctl campaign`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Somebody who is ready, such as 1001.
    agent: String,
    /// The customer's number, such as 0312345678.
    number: String,
    /// Why he gets it.
    #[arg(long, value_enum, default_value_t = Mode::Preview)]
    mode: Mode,
    /// The agent takes incoming calls, too.
    #[arg(long)]
    blended: bool,
    /// Name of the campaign.
    #[arg(long, default_value = "Spring")]
    name: String,
}

/// The kinds of reservation.
#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    Preview,
    DirectPreview,
    Callback,
    PersonalCallback,
}

impl From<Args> for Order {
    fn from(Args { agent, number, mode, blended, name }: Args) -> Self {
        let mode = match mode {
            Mode::Preview => OfferMode::Preview,
            Mode::DirectPreview => OfferMode::DirectPreview,
            Mode::Callback => OfferMode::Callback,
            Mode::PersonalCallback => OfferMode::PersonalCallback,
        };
        Self::Switch(Command::Campaign(Offer { agent, number, mode, blended, campaign: name }))
    }
}

/// The customers in the dialer's books; nothing while there are none.
pub(super) fn books(state: &Value) -> String {
    let Some(records) = state["truth"]["campaign"].as_object().filter(|records| !records.is_empty()) else {
        return String::new();
    };
    let lines = records.iter().map(|(number, record)| format!("  {number:12} {}\n", line(record)));
    std::iter::once("campaign customers\n".to_owned()).chain(lines).collect()
}

fn line(record: &Value) -> String {
    let callback = match (record["callback_time"].as_str(), record["callback_number"].as_str()) {
        (None, None) => String::new(),
        (time, number) => format!(", callback {} {}", time.unwrap_or("-"), number.unwrap_or("-")),
    };
    let said = record["classification"].as_str().map(|word| format!(", {word}")).unwrap_or_default();
    format!("{} (offered {} times){callback}{said}", text(&record["status"]), record["offers"])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_books_name_each_customer_and_what_was_promised() {
        let record = json!({"status": "scheduled", "offers": 2, "callback_time": "2026-12-31T09:30",
                            "callback_number": null, "classification": "Voice"});
        let shown = books(&json!({"truth": {"campaign": {"0312345678": record}}}));
        assert_eq!(
            shown,
            "campaign customers\n  0312345678   scheduled (offered 2 times), callback 2026-12-31T09:30 -, Voice\n"
        );
        assert_eq!(books(&json!({"truth": {"campaign": {}}})), "");
    }
}
