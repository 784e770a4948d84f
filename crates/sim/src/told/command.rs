//! What is done at phones, at the switch and to its CTI servers: by whom, and whether something breaks or is mended.

use std::fmt::{self, Write};
use std::time::Duration;

use switch::{Command, Hand, OnClientLoss};

use crate::recorder::{Fingerprint, Line, Says};
use crate::recording::{Kind, Part};

/// Where a command works, and what kind of thing it is. Faults and their ends the switch tells itself, deeds it does not.
pub(crate) fn kind_of(command: &Command) -> Line {
    let broken = |part: Part, breaks: bool| part.alone(if breaks { Kind::Fault } else { Kind::Mend });
    match command {
        Command::KillSide(side) | Command::GarbageToClients(side, _) => broken(Part::Cti(*side), true),
        Command::ReviveSide(side) => broken(Part::Cti(*side), false),
        Command::HangSide(side, on) | Command::MuteHeartbeats(side, on) => broken(Part::Cti(*side), *on),
        Command::RefuseOpens(side, status) => broken(Part::Cti(*side), status.is_some()),
        Command::SwitchOver | Command::PeripheralOffline | Command::CentralControllerDown => {
            broken(Part::Switch, true)
        }
        Command::PeripheralOnline | Command::CentralControllerUp => broken(Part::Switch, false),
        Command::DelayAnswers(time) => broken(Part::Switch, *time > Duration::ZERO),
        Command::AnswersAfterEvents(on) => broken(Part::Switch, *on),
        Command::OnClientLoss(what) => broken(Part::Switch, *what != OnClientLoss::Keep),
        Command::WrongConferences(how) => broken(Part::Switch, how.is_some()),
        Command::CallIn { .. }
        | Command::Campaign(_)
        | Command::Answer(_)
        | Command::Hold(_)
        | Command::Retrieve(_)
        | Command::HangUp(_)
        | Command::Dial { .. }
        | Command::Consult { .. }
        | Command::CompleteTransfer(_)
        | Command::CompleteConference(_)
        | Command::Alternate(_)
        | Command::Reconnect(_)
        | Command::BlindTransfer { .. }
        | Command::DropParty { .. }
        | Command::SendDtmf { .. }
        | Command::SetCallData { .. }
        | Command::AgentState { .. }
        | Command::Autopilot { .. } => Part::Phones.alone(Kind::Deed),
    }
}

/// What somebody does.
pub(crate) struct Doing<'a>(pub(crate) &'a Command);

impl Says for Doing<'_> {
    fn fold(&self, into: &mut Fingerprint) {
        // It takes everything.
        let _ = write!(into, "{:?}", self.0);
    }

    fn tell(&self) -> String {
        match self.0 {
            Command::CallIn { from, to, .. } => format!("{from} calls {to}"),
            Command::Campaign(offer) => {
                format!("the dialer offers {} to agent {}", offer.number, offer.agent)
            }
            Command::Answer(hand) => format!("{} answers{}", hand.device, Which(hand)),
            Command::Hold(hand) => format!("{} holds{}", hand.device, Which(hand)),
            Command::Retrieve(hand) => format!("{} takes back{}", hand.device, Which(hand)),
            Command::HangUp(hand) => format!("{} hangs up{}", hand.device, Which(hand)),
            Command::Dial { device, to } => format!("{device} dials {to}"),
            Command::Consult { device, to, .. } => format!("{device} asks {to} about its call"),
            Command::CompleteTransfer(phone) => format!("{} transfers the call that it holds", phone.device),
            Command::CompleteConference(phone) => format!("{} joins its calls", phone.device),
            Command::Alternate(phone) => format!("{} changes between its calls", phone.device),
            Command::Reconnect(phone) => format!("{} goes back to the call that it holds", phone.device),
            Command::BlindTransfer { device, to, .. } => format!("{device} gives its call to {to}"),
            Command::DropParty { device, party, .. } => format!("{device} drops {party}"),
            Command::SendDtmf { device, digits, .. } => format!("{device} sends {digits}"),
            Command::SetCallData { call, .. } => format!("the data of call {call} change"),
            Command::AgentState { agent, to } => format!("agent {agent} at the phone: {to:?}"),
            Command::Autopilot { calls_per_minute, .. } => format!("{calls_per_minute} callers a minute"),
            fault @ (Command::KillSide(_)
            | Command::ReviveSide(_)
            | Command::HangSide(..)
            | Command::MuteHeartbeats(..)
            | Command::SwitchOver
            | Command::PeripheralOffline
            | Command::PeripheralOnline
            | Command::CentralControllerDown
            | Command::CentralControllerUp
            | Command::DelayAnswers(_)
            | Command::AnswersAfterEvents(_)
            | Command::RefuseOpens(..)
            | Command::GarbageToClients(..)
            | Command::OnClientLoss(_)
            | Command::WrongConferences(_)) => format!("{fault:?}"),
        }
    }
}

/// Which call, if it is named.
struct Which<'a>(&'a Hand);

impl fmt::Display for Which<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.call.map_or(Ok(()), |call| write!(f, " call {call}"))
    }
}
