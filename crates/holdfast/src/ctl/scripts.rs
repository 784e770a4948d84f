//! `lab ctl script`: callers whose calls go the way of a script.

use clap::ValueEnum;
use lab::{Order, Plot, ScriptOrder};

/// Arguments of `lab ctl script`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What becomes of the calls once they are answered.
    plot: PlotWord,
    /// Dialed number or extension.
    #[arg(default_value = "7200")]
    to: String,
    /// How many call at once.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=50))]
    callers: u8,
    /// Has the phone that rings answer by itself; without it somebody has to.
    #[arg(long)]
    answers: bool,
}

/// What becomes of a call.
#[derive(Clone, Copy, ValueEnum)]
enum PlotWord {
    /// Nothing more.
    Call,
    /// The agent asks a colleague and comes back.
    Consult,
    /// The agent asks a colleague and gives the caller to him.
    Transfer,
    /// The agent asks a colleague and all three talk.
    Conference,
}

impl From<Args> for Order {
    fn from(Args { plot, to, callers, answers }: Args) -> Self {
        let plot = match plot {
            PlotWord::Call => Plot::Call,
            PlotWord::Consult => Plot::Consult,
            PlotWord::Transfer => Plot::Transfer,
            PlotWord::Conference => Plot::Conference,
        };
        Self::Script(ScriptOrder { callers, answers, ..ScriptOrder::new(plot, to) })
    }
}
