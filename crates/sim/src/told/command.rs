//! What is done at the switch and to its CTI servers: who does it, and whether something breaks or is mended.

use std::time::Duration;

use switch::{Command, OnClientLoss};

use crate::recorder::Line;
use crate::recording::{Kind, Part};

/// Who does it, and what kind of thing it is.
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
