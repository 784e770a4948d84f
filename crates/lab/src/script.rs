//! Scripted callers: somebody calls from outside, and what the script says becomes of the call, step by step, as if
//! people did it at their phones.
//!
//! Owns the order of the steps and how long each may take. Never decides what a call can do: that is `switch`, which is
//! asked for the truth before each step. A call whose script is over goes on until somebody hangs up.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use switch::{CallTruth, Command, Hand, Outcome, PartyTruth, Phone};
use tokio::time::sleep;

use crate::lab::Lab;
use crate::order::OrderError;

/// Scripts that play at a time: more callers than the demo has agents, and still a list that people can follow.
pub(crate) const PLAYING_MAX: usize = 64;
/// Between two looks at the truth. People do not see a shorter delay.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How long a step may wait for a person, such as an agent who has to become ready and to answer.
const PATIENCE: Duration = Duration::from_secs(180);
/// Between two steps in milliseconds, so that people can follow what happens.
const PAUSE_MS: u32 = 1_000;

/// Callers, and what becomes of their calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptOrder {
    /// What becomes of each call.
    pub plot: Plot,
    /// Dialed number or extension.
    pub to: String,
    /// How many call at once.
    #[serde(default = "one")]
    pub callers: u8,
    /// Whether the phone that rings answers by itself; without it a person has to.
    #[serde(default)]
    pub answers: bool,
    /// Between two steps, in milliseconds.
    #[serde(default = "pause_ms")]
    pub pause_ms: u32,
}

/// What becomes of a call once it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plot {
    /// Nothing more.
    Call,
    /// The agent asks a colleague and comes back to the caller.
    Consult,
    /// The agent asks a colleague and gives the caller to him.
    Transfer,
    /// The agent asks a colleague and all three talk.
    Conference,
}

impl Plot {
    /// Its name in orders and in the timeline.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Consult => "consult",
            Self::Transfer => "transfer",
            Self::Conference => "conference",
        }
    }
}

impl ScriptOrder {
    /// One caller whose call a person answers, at the pace of people.
    pub fn new(plot: Plot, to: impl Into<String>) -> Self {
        Self { plot, to: to.into(), callers: one(), answers: false, pause_ms: PAUSE_MS }
    }
}

fn one() -> u8 {
    1
}
fn pause_ms() -> u32 {
    PAUSE_MS
}

/// Has all callers of a script call, then plays each in a task of its own.
pub(crate) async fn begin(lab: &Lab, order: ScriptOrder) -> Result<Outcome, OrderError> {
    let mut places = lab.script_places(order.callers)?;
    while let Some(place) = places.split(1) {
        let from = number(lab.next_caller());
        let call = CallerOf { from: from.clone(), to: order.to.clone() }.calls(lab).await?;
        let (plot, says) =
            (order.plot, format!("script `{}`: {from} calls {}", order.plot.as_str(), order.to));
        tell(lab, "script.began", says, plot, &[("from", &from), ("to", &order.to)]);
        let pause = Duration::from_millis(order.pause_ms.into());
        let script = Script { lab: lab.clone(), call, plot, answers: order.answers, pause };
        lab.spawn(async move {
            script.play().await;
            drop(place);
        });
    }
    Ok(Outcome::Done)
}

/// Outside numbers that nobody else of the lab has.
fn number(caller: u32) -> String {
    format!("0457{:06}", 100_001 + caller % 800_000)
}

struct CallerOf {
    from: String,
    to: String,
}

impl CallerOf {
    async fn calls(self, lab: &Lab) -> Result<u32, OrderError> {
        let variables = brought(&self.from);
        match lab.command(Command::CallIn { from: self.from, to: self.to, variables }).await? {
            Outcome::Call(id) => Ok(id),
            Outcome::Done => Err(OrderError::NoCall),
        }
    }
}

/// What the caller has typed in before an agent is found.
fn brought(from: &str) -> BTreeMap<String, String> {
    let number = from.chars().skip(4).collect::<String>();
    let all = [
        ("callVariable1", "北浜商事 Kitahama Trading"),
        ("callVariable2", "Gold"),
        ("callVariable3", "Where is my order? 注文の状況"),
        ("user.customer", number.as_str()),
        ("user.order", "A-20417"),
    ];
    all.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// One call and its plot:
///
/// ```text
/// rings ─(answers)▶ up ─▶ Call: over
///                     └─▶ consult a free phone ─▶ it answers ─▶ back | transfer | conference: over
/// ```
struct Script {
    lab: Lab,
    call: u32,
    plot: Plot,
    answers: bool,
    pause: Duration,
}

impl Script {
    async fn play(self) {
        let plot = self.plot.as_str();
        let (what, says, why) = match self.steps().await {
            Ok(()) => ("script.ended", format!("script `{plot}` is over"), String::new()),
            Err(End::Gone) => ("script.gone", format!("script `{plot}` ends with its call"), String::new()),
            Err(End::Late) => {
                ("script.late", format!("script `{plot}` has waited long enough"), String::new())
            }
            Err(End::Refused(why)) => ("script.refused", format!("script `{plot}` cannot go on: {why}"), why),
        };
        tell(&self.lab, what, says, self.plot, &[("call", &self.call.to_string()), ("why", &why)]);
    }

    async fn steps(&self) -> Result<(), End> {
        if self.answers {
            let phone = self.until(|call| inside(call, "ALERTING")).await?;
            sleep(self.pause).await;
            self.answer(self.call, &phone).await?;
        }
        let phone = self.until(|call| inside(call, "CONNECT")).await?;
        if self.plot == Plot::Call {
            return Ok(());
        }
        sleep(self.pause).await;
        let consult = self.consult(&phone).await?;
        sleep(self.pause).await;
        let about = Phone { device: phone };
        let last = match self.plot {
            Plot::Call => return Ok(()),
            Plot::Consult => Command::Reconnect(about),
            Plot::Transfer => Command::CompleteTransfer(about),
            Plot::Conference => Command::CompleteConference(about),
        };
        self.say(self.plot, &consult);
        self.order(last).await
    }

    /// The agent's phone dials a free one, where nobody sits, so that it answers by itself.
    async fn consult(&self, phone: &str) -> Result<String, End> {
        let colleague = self.free_phone().await?;
        let (device, to, call) = (phone.to_owned(), colleague.clone(), Some(self.call));
        let outcome = self.lab.command(Command::Consult { device, to, call }).await.map_err(refused)?;
        let Outcome::Call(consultation) = outcome else { return Err(End::Gone) };
        sleep(self.pause).await;
        self.answer(consultation, &colleague).await?;
        Ok(colleague)
    }

    async fn free_phone(&self) -> Result<String, End> {
        let truth = self.lab.truth().await.map_err(refused)?;
        let busy = |phone: &str| {
            truth.calls.iter().any(|call| call.parties.iter().any(|party| party.device == phone))
        };
        let free = self.lab.spare_extensions().iter().find(|phone| !busy(phone.as_str()));
        free.cloned().ok_or_else(|| End::Refused("no phone is free for a colleague".into()))
    }

    /// Somebody may have been quicker, which is as good.
    async fn answer(&self, call: u32, phone: &str) -> Result<(), End> {
        let hand = Hand { device: phone.to_owned(), call: Some(call) };
        match self.lab.command(Command::Answer(hand)).await {
            Ok(_) | Err(OrderError::Refused(_)) => Ok(()),
            Err(reason) => Err(refused(reason)),
        }
    }

    async fn order(&self, command: Command) -> Result<(), End> {
        self.lab.command(command).await.map(drop).map_err(refused)
    }

    /// Waits for the call to be as wanted.
    async fn until(&self, wanted: impl Fn(&CallTruth) -> Option<String>) -> Result<String, End> {
        let deadline = self.lab.clock().now() + PATIENCE;
        while self.lab.clock().now() < deadline {
            let truth = self.lab.truth().await.map_err(refused)?;
            let call = truth.calls.iter().find(|call| call.id == self.call).ok_or(End::Gone)?;
            if let Some(found) = wanted(call) {
                return Ok(found);
            }
            sleep(LOOK_EVERY).await;
        }
        Err(End::Late)
    }

    fn say(&self, plot: Plot, colleague: &str) {
        let says = format!("script `{}`: the agent has asked {colleague}", plot.as_str());
        tell(&self.lab, "script.asked", says, plot, &[("colleague", colleague)]);
    }
}

/// Why a script ends before its end.
enum End {
    /// Somebody hung up.
    Gone,
    /// Nobody did what it waited for.
    Late,
    /// The switch said no.
    Refused(String),
}

fn refused(reason: OrderError) -> End {
    End::Refused(reason.to_string())
}

/// The phone of ours that is on the call in this state.
fn inside(call: &CallTruth, state: &str) -> Option<String> {
    let fits = |party: &&PartyTruth| party.inside && party.state == state;
    call.parties.iter().find(fits).map(|party| party.device.clone())
}

fn tell(lab: &Lab, what: &str, says: String, plot: Plot, with: &[(&'static str, &str)]) {
    let with = with.iter().map(|(key, value)| (*key, (*value).to_owned()));
    lab.timeline().tell("lab", what, says, with.chain([("plot", plot.as_str().to_owned())]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_one_caller_unless_it_says_more() {
        let order: ScriptOrder = serde_json::from_str(r#"{"plot":"transfer","to":"7200"}"#).unwrap();
        assert_eq!(order, ScriptOrder::new(Plot::Transfer, "7200"));
    }

    #[test]
    fn each_caller_has_a_number_of_its_own() {
        let numbers: std::collections::BTreeSet<_> = (0..1_000).map(number).collect();
        assert_eq!((numbers.len(), number(7).len()), (1_000, 10));
    }
}
