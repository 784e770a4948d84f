//! Who is in which state and who talks to whom when a fault comes. The people act at their phones, so that this takes
//! no part in what is measured.
//!
//! Of every ten agents the first is on a call, now and then the second with him; the others are ready and not ready by
//! turns.

use std::collections::BTreeMap;
use std::time::Duration;

use lab::Lab;
use sim::switch::{CallTruth, Command, Hand, Outcome, Phone, PhoneState, Truth};

use super::crowd::{Crowd, Seat};
use super::judge::Judge;

/// One agent in so many is on a call.
pub(super) const A_CALL_EVERY: usize = 10;
/// Everybody is signed in by then, or something is wrong.
const SIGNED_IN_WITHIN: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The phones of a lab.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    lab: Lab,
}

/// What the first of ten agents does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Play {
    /// Talks to a caller.
    Talk,
    /// Has a caller on hold.
    Hold,
    /// Talks to the agent beside him.
    Inside,
    /// Is in a conference with a caller and the agent beside him.
    Conference,
}

impl Play {
    /// Of the `n`th group of ten.
    pub(super) fn of(n: usize) -> Self {
        match n % 5 {
            0 | 1 => Self::Talk,
            2 => Self::Hold,
            3 => Self::Inside,
            _ => Self::Conference,
        }
    }

    fn fits(self, calls: &[&CallTruth], device: &str) -> bool {
        let [call] = calls else { return false };
        let own = call.parties.iter().find(|party| party.device == device).map(|party| party.state);
        let state = if self == Self::Hold { "HOLD" } else { "CONNECT" };
        let parties = if self == Self::Conference { 3 } else { 2 };
        call.stage == "UP" && own == Some(state) && call.parties.len() == parties
    }

    /// How many of the ten it takes.
    fn agents(self) -> usize {
        match self {
            Self::Talk | Self::Hold => 1,
            Self::Inside | Self::Conference => 2,
        }
    }
}

impl Stage {
    /// Nobody has moved yet.
    pub(super) fn new(lab: Lab) -> Self {
        Self { lab }
    }

    /// The switch's truth.
    pub(super) async fn truth(&self) -> Result<Truth, String> {
        self.lab.truth().await.map_err(|reason| reason.to_string())
    }

    /// Everybody is signed in, in his state and on his call.
    pub(super) async fn set(&self, crowd: &Crowd) -> Result<(), String> {
        self.sign_in(crowd).await?;
        let truth = self.truth().await?;
        let judge = Judge::new(&truth);
        for (n, seats) in crowd.seats.chunks(A_CALL_EVERY).enumerate() {
            self.set_call(n, seats, &judge).await?;
        }
        let truth = self.truth().await?;
        let judge = Judge::new(&truth);
        for (n, seat) in crowd.seats.iter().enumerate() {
            self.set_state(n, seat, &judge).await?;
        }
        Ok(())
    }

    /// Somebody does something at a phone.
    pub(super) async fn act(&self, command: Command) -> Result<Outcome, String> {
        let said = format!("{command:?}");
        self.lab.command(command).await.map_err(|reason| format!("{said}: {reason}"))
    }

    /// A caller reaches an agent, who answers.
    pub(super) async fn call(&self, to: &Seat) -> Result<u32, String> {
        let call = self.ring(to).await?;
        self.act(Command::Answer(hand(&to.extension, call))).await?;
        Ok(call)
    }

    /// A caller reaches an agent's phone.
    pub(super) async fn ring(&self, to: &Seat) -> Result<u32, String> {
        let variables = BTreeMap::from([("callVariable1".into(), format!("order {}", to.agent))]);
        let from = format!("03{:0>8}", to.agent);
        self.new_call(Command::CallIn { from, to: to.extension.clone(), variables }).await
    }

    async fn new_call(&self, command: Command) -> Result<u32, String> {
        match self.act(command).await? {
            Outcome::Call(call) => Ok(call),
            Outcome::Done => Err("a call without an id".into()),
        }
    }

    async fn sign_in(&self, crowd: &Crowd) -> Result<(), String> {
        let until = self.lab.clock().now() + SIGNED_IN_WITHIN;
        let truth = self.truth().await?;
        let out: Vec<String> = signed_out(&truth);
        crowd.sign_in(|seat| out.binary_search(&seat.agent).is_ok()).await?;
        loop {
            let out = signed_out(&self.truth().await?);
            let missing = crowd.seats.iter().filter(|seat| out.binary_search(&seat.agent).is_ok()).count();
            if missing == 0 {
                return Ok(());
            }
            if self.lab.clock().now() > until {
                return Err(format!("{missing} agents are not signed in after {SIGNED_IN_WITHIN:?}"));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn set_call(&self, n: usize, seats: &[Seat], judge: &Judge<'_>) -> Result<(), String> {
        let (Some(first), play) = (seats.first(), Play::of(n)) else { return Ok(()) };
        let fits = play.fits(judge.calls_at(&first.extension), &first.extension);
        for seat in seats.iter().skip(if fits { play.agents() } else { 0 }) {
            self.clear(seat, judge).await;
        }
        if fits { Ok(()) } else { self.begin_call(play, first, seats.get(1)).await }
    }

    async fn clear(&self, seat: &Seat, judge: &Judge<'_>) {
        for call in judge.calls_at(&seat.extension) {
            // The call may have ended with the one who left before.
            let _ = self.act(Command::HangUp(hand(&seat.extension, call.id))).await;
        }
    }

    async fn begin_call(&self, play: Play, first: &Seat, second: Option<&Seat>) -> Result<(), String> {
        match (play, second) {
            (Play::Inside, Some(second)) => {
                let dial = Command::Dial { device: first.extension.clone(), to: second.extension.clone() };
                let call = self.new_call(dial).await?;
                self.act(Command::Answer(hand(&second.extension, call))).await.map(drop)
            }
            (Play::Conference, Some(second)) => {
                self.call(first).await?;
                let (device, to) = (first.extension.clone(), second.extension.clone());
                let consult = Command::Consult { device: device.clone(), to, call: None };
                let call = self.new_call(consult).await?;
                self.act(Command::Answer(hand(&second.extension, call))).await?;
                self.act(Command::CompleteConference(Phone { device })).await.map(drop)
            }
            (Play::Hold, _) => {
                let call = self.call(first).await?;
                self.act(Command::Hold(hand(&first.extension, call))).await.map(drop)
            }
            (Play::Talk, _) | (Play::Inside | Play::Conference, None) => self.call(first).await.map(drop),
        }
    }

    async fn set_state(&self, n: usize, seat: &Seat, judge: &Judge<'_>) -> Result<(), String> {
        let is = judge.agent(&seat.agent).map_or("", |agent| agent.state);
        let free = judge.calls_at(&seat.extension).is_empty();
        let (wanted, to) = state(n);
        if free && is != wanted {
            self.act(Command::AgentState { agent: seat.agent.clone(), to }).await?;
        }
        Ok(())
    }
}

/// The state in which the `n`th agent waits.
pub(super) fn state(n: usize) -> (&'static str, PhoneState) {
    if n.is_multiple_of(2) {
        ("AVAILABLE", PhoneState::Ready)
    } else {
        ("NOT_READY", PhoneState::NotReady(11))
    }
}

/// A phone and one of its calls.
pub(super) fn hand(device: &str, call: u32) -> Hand {
    Hand { device: device.into(), call: Some(call) }
}

/// Agents who are signed out, sorted.
fn signed_out(truth: &Truth) -> Vec<String> {
    let mut out: Vec<String> = truth
        .agents
        .iter()
        .filter(|agent| agent.extension.is_empty())
        .map(|agent| agent.id.clone())
        .collect();
    out.sort();
    out
}
