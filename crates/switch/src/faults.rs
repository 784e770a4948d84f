//! Breaking and mending: sides, roles, the peripheral, the central controller.

use std::time::Duration;

use failover::cti::Side;
use ged188::{StatusCode, SystemEventId};

use crate::command::{Command, CommandError, OnClientLoss, WrongNews};
use crate::pair::{ConnId, CtiPair, PairMode, load};
use crate::side::{Role, letter, other};

impl CtiPair {
    /// Carries out the commands that break or mend something.
    pub(crate) fn fault(&mut self, command: Command, now: Duration) -> Result<(), CommandError> {
        match command {
            Command::KillSide(side) => self.kill(side, now),
            Command::ReviveSide(side) => self.revive(side, now)?,
            Command::HangSide(side, true) => self.hang(side, now),
            Command::HangSide(side, false) => self.resume(side, now),
            Command::MuteHeartbeats(side, mute) => self.mute(side, mute, now),
            Command::SwitchOver => self.switch_over(now)?,
            Command::PeripheralOffline => self.set_peripheral(false, now),
            Command::PeripheralOnline => self.set_peripheral(true, now),
            Command::CentralControllerDown => self.set_central(false, now),
            Command::CentralControllerUp => self.set_central(true, now),
            Command::DelayAnswers(delay) => self.delay_answers(delay, now),
            Command::AnswersAfterEvents(after) => self.answer_after_events(after, now),
            Command::RefuseOpens(side, status) => self.refuse_opens(side, status, now)?,
            Command::GarbageToClients(side, kind) => self.send_garbage(side, kind, now)?,
            Command::OnClientLoss(what) => self.set_on_client_loss(what, now),
            Command::WrongConferences(how) => self.set_wrong_conferences(how, now),
            Command::Autopilot { calls_per_minute, phones_answer, joined_percent } => {
                self.autopilot.set(calls_per_minute, phones_answer, joined_percent, now);
            }
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
            | Command::AgentState { .. } => return Err(CommandError::NotNow("this is no fault")),
        }
        Ok(())
    }

    /// The standby side takes over when its time has come.
    pub(crate) fn take_over_if_due(&mut self, now: Duration) {
        if let Some((at, side)) = self.takeover
            && at <= now
        {
            self.takeover = None;
            self.make_active(side, now);
        }
    }

    /// The connections of a side.
    pub(crate) fn connections(&self, side: Side) -> Vec<ConnId> {
        self.clients.values().filter(|client| client.side == side).map(|client| client.conn).collect()
    }

    fn kill(&mut self, side: Side, now: Duration) {
        self.tell_story("fault", format!("CTI server {} is killed", letter(side)), now);
        for conn in self.connections(side) {
            self.close(conn, format!("CTI server {} was killed", letter(side)));
        }
        self.lost_unseen.retain(|(lost_at, _)| *lost_at != side);
        if let Some(server) = self.sides.get_mut(&side) {
            server.restart(Role::Down);
        }
        self.watch_roles(now);
    }

    fn revive(&mut self, side: Side, now: Duration) -> Result<(), CommandError> {
        let role = if self.mode == PairMode::BothActive { Role::Active } else { Role::Standby };
        match self.sides.get_mut(&side) {
            Some(server) if server.role == Role::Down => server.restart(role),
            Some(_) | None => return Err(CommandError::NotNow("the CTI server is running")),
        }
        self.tell_story("fault", format!("CTI server {} starts again", letter(side)), now);
        self.watch_roles(now);
        Ok(())
    }

    fn hang(&mut self, side: Side, now: Duration) {
        self.tell_story("fault", format!("CTI server {} hangs", letter(side)), now);
        if let Some(server) = self.sides.get_mut(&side) {
            server.hung = true;
        }
        self.watch_roles(now);
    }

    /// A hung process goes on: with what it missed if it is still the active side, else it ends its sessions.
    fn resume(&mut self, side: Side, now: Duration) {
        let Some(server) = self.sides.get_mut(&side).filter(|server| server.hung) else { return };
        server.hung = false;
        let active = server.role == Role::Active;
        self.tell_story("fault", format!("CTI server {} goes on", letter(side)), now);
        if active {
            self.catch_up(side, now);
        } else {
            self.dismiss_clients(side);
            self.lost_unseen.retain(|(lost_at, _)| *lost_at != side);
        }
        self.watch_roles(now);
    }

    fn mute(&mut self, side: Side, mute: bool, now: Duration) {
        let says = if mute { "answers no heartbeats" } else { "answers heartbeats again" };
        self.tell_story("fault", format!("CTI server {} {says}", letter(side)), now);
        if let Some(server) = self.sides.get_mut(&side) {
            server.mute = mute;
        }
    }

    fn refuse_opens(&mut self, side: Side, status: Option<u32>, now: Duration) -> Result<(), CommandError> {
        let says = match status.map(StatusCode) {
            Some(status @ StatusCode(number))
                if status == StatusCode::NO_ERROR || status.name().is_none() =>
            {
                return Err(CommandError::NoStatus(number));
            }
            Some(status) => format!("refuses sessions with status {} ({status})", status.0),
            None => "accepts sessions again".to_owned(),
        };
        self.tell_story("fault", format!("CTI server {} {says}", letter(side)), now);
        if let Some(server) = self.sides.get_mut(&side) {
            server.refuse = status;
        }
        Ok(())
    }

    fn switch_over(&mut self, now: Duration) -> Result<(), CommandError> {
        let standby =
            self.sides.iter().find(|(_, server)| server.ready_to_take_over()).map(|(side, _)| *side);
        let side = standby.ok_or(CommandError::NotNow("no side stands by"))?;
        self.make_active(side, now);
        self.watch_roles(now);
        Ok(())
    }

    /// Sets or stops the clock of the take-over.
    fn watch_roles(&mut self, now: Duration) {
        let PairMode::ActiveStandby { takeover, .. } = self.mode else { return };
        let ready = |side: &Side| self.side(*side).is_some_and(|server| server.ready_to_take_over());
        let waiting = self.takeover.filter(|(_, side)| ready(side));
        self.takeover = if self.sides.values().any(|server| server.serving()) {
            None
        } else {
            let next = [Side::A, Side::B].into_iter().find(ready);
            waiting.or(next.map(|side| (now + takeover, side)))
        };
    }

    fn make_active(&mut self, side: Side, now: Duration) {
        self.tell_story("side", format!("CTI server {} becomes active", letter(side)), now);
        let loser = other(side);
        if let Some(server) = self.sides.get_mut(&loser)
            && server.role == Role::Active
        {
            server.role = Role::Standby;
            if !server.hung {
                self.dismiss_clients(loser);
            }
        }
        if let Some(server) = self.sides.get_mut(&side) {
            server.role = Role::Active;
        }
    }

    /// FAILURE_EVENT 15, then the end of the connection (ged188.md section 11.3).
    fn dismiss_clients(&mut self, side: Side) {
        let why = format!("CTI server {} is not active any more", letter(side));
        for conn in self.connections(side) {
            self.dismiss(conn, StatusCode::CTI_SERVER_OFFLINE, why.clone());
        }
    }

    fn set_peripheral(&mut self, online: bool, now: Duration) {
        if self.switch.online() == online {
            return;
        }
        self.switch.set_online(online);
        let (event, says) = if online {
            (SystemEventId::PERIPHERAL_ONLINE, "the CTI servers have the switch again")
        } else {
            (SystemEventId::PERIPHERAL_OFFLINE, "the CTI servers lost the switch")
        };
        self.tell_story("fault", says.into(), now);
        self.tell_system(event, now);
    }

    fn set_central(&mut self, online: bool, now: Duration) {
        if self.central_online == online {
            return;
        }
        self.central_online = online;
        let (event, says) = if online {
            (SystemEventId::CENTRAL_CONTROLLER_ONLINE, "the central controller is back")
        } else {
            (SystemEventId::CENTRAL_CONTROLLER_OFFLINE, "the central controller is lost")
        };
        self.tell_story("fault", says.into(), now);
        self.tell_system(event, now);
    }

    fn delay_answers(&mut self, delay: Duration, now: Duration) {
        let says = match delay {
            Duration::ZERO => "answers to requests come at once again".to_owned(),
            delay => format!("answers to requests come {} ms late", delay.as_millis()),
        };
        self.tell_story("fault", says, now);
        self.answers.delay = delay;
    }

    fn answer_after_events(&mut self, after: bool, now: Duration) {
        let order = if after { "after" } else { "before" };
        self.tell_story("fault", format!("answers to requests come {order} the events they cause"), now);
        self.answers.after_events = after;
    }

    fn set_wrong_conferences(&mut self, how: Option<WrongNews>, now: Duration) {
        let says = match how {
            None => "news of conferences are true again",
            Some(WrongNews::PartyMissing) => "news of conferences leave out the last party",
            Some(WrongNews::CallMissing) => "news of phones leave out conferences",
            Some(WrongNews::Inconsistent) => "news of conferences contradict each other",
            Some(WrongNews::Repeated) => "news of conferences are repeated when somebody leaves",
        };
        self.tell_story("fault", says.into(), now);
        self.conferences.wrong = how;
    }

    fn set_on_client_loss(&mut self, what: OnClientLoss, now: Duration) {
        let says = match what {
            OnClientLoss::Keep => "nothing happens to the agents of a lost client",
            OnClientLoss::Load0 => "agents of a lost client become Not Ready (LOAD 0)",
            OnClientLoss::Load1 => "agents of a lost client are logged out (LOAD 1)",
        };
        self.tell_story("fault", says.into(), now);
        self.on_client_loss = what;
        self.switch.set_load(load(what));
    }
}
