//! Rounds of reads: begun when their time has come, asked within the window, concluded when all is answered.

use ged188::{DeviceIdType, LocalConnectionState, Message};

use super::round::{Look, Question, Round, by};
use super::{AGREE, Case, DOUBTED, Doubt, IN_FLIGHT_MAX, Snapshot, Stage, Trust, Verdict, weigh};
use crate::calls::{Call, CallRef, Leg};
use crate::command::Output;
use crate::device_reads::{connections, list_agents};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now};
use crate::recovery::is_gone;
use crate::snapshots::{leg_state, remembered};
use crate::view::{LegState, UserState};

impl Domain {
    /// Begins the rounds whose time has come, and asks what there is room for.
    pub(crate) fn look(&mut self, now: Now) {
        while self.phase.is_live() {
            self.ask();
            let Some(id) = self.rebuilds.due(now.mono) else { return };
            self.begin_round(id, now);
        }
    }

    fn ask(&mut self) {
        while self.rebuilds.in_flight < IN_FLIGHT_MAX
            && let Some(look) = self.rebuilds.queue.pop_front()
        {
            self.rebuilds.in_flight += 1;
            self.out.push_back(Output::Look(look));
        }
    }

    fn begin_round(&mut self, id: CallId, now: Now) {
        let Some(mut case) = self.rebuilds.take(id) else { return };
        case.rounds += 1;
        self.rebuilds.last_round += 1;
        let mut round = Round::new(self.rebuilds.last_round, self.heard);
        self.enqueue(id, &mut round, self.first_questions(id, case.hint.as_ref()));
        let done = round.is_done();
        case.stage = if done { Stage::Waiting { until: case.next(now.mono) } } else { Stage::Asking(round) };
        self.rebuilds.put(id, case);
    }

    fn enqueue(&mut self, call: CallId, round: &mut Round, questions: Vec<Question>) {
        for question in round.admit(questions) {
            self.rebuilds.last_look += 1;
            let id = self.rebuilds.last_look;
            self.rebuilds.queue.push_back(Look { id, call, round: round.number, question });
        }
    }

    fn first_questions(&self, id: CallId, hint: Option<&CallRef>) -> Vec<Question> {
        let Some(call) = self.calls.get(&id) else { return hint.map(by_hint).into_iter().collect() };
        let legs = || call.living().chain(&call.legs);
        let own = legs().filter(|leg| leg.party.agent.is_some()).find_map(by);
        let first = own.or_else(|| legs().find_map(by)).or_else(|| hint.map(by_hint));
        let agents = call.living().filter(|leg| self.is_agents(leg));
        let vanished = call.vanished().filter(|_| call.is_conference());
        first.into_iter().chain(agents.chain(vanished).map(|leg| self.device_of_party(leg))).collect()
    }

    fn is_agents(&self, leg: &Leg) -> bool {
        leg.party.agent.is_some() || self.devices.contains_key(&leg.party.address)
    }

    fn device_of_party(&self, leg: &Leg) -> Question {
        let of = leg.party.address.clone();
        let agent = leg.party.agent.as_ref().or_else(|| self.devices.get(&of));
        let instrument = agent.and_then(|id| self.agents.get(id)).map(|agent| &agent.status.instrument);
        let device = instrument.filter(|device| !device.is_empty()).unwrap_or(&of).clone();
        Question::Device { of, device, agent: instrument.is_some() }
    }

    /// The answer to a [`Look`]; `None` if there will be none.
    pub fn looked(&mut self, look: &Look, answer: Option<&Message>, now: Now) {
        self.rebuilds.in_flight = self.rebuilds.in_flight.saturating_sub(1);
        if let Some(case) = self.rebuilds.take(look.call) {
            self.answer_case(case, look, answer, now);
        }
        self.look(now);
    }

    fn answer_case(&mut self, mut case: Case, look: &Look, answer: Option<&Message>, now: Now) {
        let id = look.call;
        match &mut case.stage {
            Stage::Asking(round) if round.number == look.round => {
                round.close(&look.question);
                let known = self.calls.get(&id).cloned().unwrap_or_else(|| Call::new(id));
                self.note(round, &known, &look.question, answer);
                let more = self.more_questions(round, &known);
                self.enqueue(id, round, more);
                if round.is_done() { self.conclude(id, case, now) } else { self.rebuilds.put(id, case) }
            }
            Stage::Asking(_) | Stage::Waiting { .. } => self.rebuilds.put(id, case),
        }
    }

    fn more_questions(&self, round: &Round, known: &Call) -> Vec<Question> {
        let agents = round.shown().filter(|leg| self.is_agents(leg));
        let devices = round.lacking(known).chain(agents).map(|leg| self.device_of_party(leg));
        round.by_another(known).into_iter().chain(devices).collect()
    }

    fn note(&self, round: &mut Round, known: &Call, question: &Question, answer: Option<&Message>) {
        match (question, answer) {
            (Question::Call { by, .. }, Some(Message::SnapshotCallConf(conf))) => {
                let call = self.call_from_snapshot(known.id, conf, Some(known));
                round.found.snapshots.push(Snapshot { by: by.clone(), call });
            }
            (Question::Call { by, .. }, Some(Message::FailureConf(failure))) if is_gone(failure.status) => {
                round.found.refused.insert(by.clone());
            }
            (Question::Device { of, device, .. }, Some(Message::SnapshotDeviceConf(conf))) => {
                let own = connections(conf).into_iter().zip(&conf.calls).find(|(own, _)| own.id == known.id);
                let leg = own.map(|(own, item)| self.leg_of_list(device, own, item.call_state, known));
                round.found.lists.insert(of.clone(), leg);
            }
            (Question::Call { .. } | Question::Device { .. }, _) => {}
        }
    }

    /// The leg that a device lists.
    pub(crate) fn leg_of_list(
        &self,
        device: &str,
        connection: CallRef,
        state: Option<LocalConnectionState>,
        known: &Call,
    ) -> Leg {
        let party = self.party(device, DeviceIdType::AGENT_DEVICE, connection);
        let calling = known.find(&party).and_then(|at| known.legs.get(at)).is_some_and(|leg| leg.calling);
        let state = leg_state(state.unwrap_or(LocalConnectionState::NONE), calling, true);
        remembered(party, calling, state, Some(known))
    }

    fn conclude(&mut self, id: CallId, mut case: Case, now: Now) {
        let until = case.next(now.mono);
        let Stage::Asking(round) = std::mem::replace(&mut case.stage, Stage::Waiting { until }) else {
            return;
        };
        let known = self.calls.get(&id).cloned().unwrap_or_else(|| Call::new(id));
        let crossed = known.touched > round.began;
        match weigh(&known, &round.found) {
            Verdict::Gone if !crossed => self.call_is_over(id),
            Verdict::Seen { call, doubt } if !crossed => {
                let keep = believe(&mut case, &known, &call, doubt.is_some());
                case.stage = Stage::Waiting { until: case.next(now.mono) };
                let doubt = case.mark(doubt.or(known.doubt));
                self.rebuilds.put(id, case);
                self.show(id, *call, doubt);
                if !keep || !self.calls.contains_key(&id) {
                    self.rebuilds.forget(id);
                }
            }
            Verdict::Gone | Verdict::Seen { .. } => {
                case.stage = Stage::Waiting { until: case.again(now.mono) };
                self.rebuilds.put(id, case);
            }
            Verdict::Unheard => self.rebuilds.put(id, case),
        }
    }

    /// What an earlier round has read may name an agent who has signed out since.
    fn forget_signed_out(&self, call: &mut Call) {
        let is_out =
            |id: &AgentId| self.agents.get(id).is_some_and(|it| it.status.state == UserState::Logout);
        for leg in &mut call.legs {
            leg.party.agent = leg.party.agent.take().filter(|agent| !is_out(agent));
        }
    }

    /// Takes over what was read; legs that it lacks and that are on their way out stay. A call without agents is not ours.
    pub(crate) fn show(&mut self, id: CallId, mut fresh: Call, doubt: Option<Doubt>) {
        self.forget_signed_out(&mut fresh);
        list_agents(&mut fresh);
        if doubt.is_none() {
            fresh.legs.iter_mut().for_each(|leg| leg.certain = true);
        }
        let ours = self.calls.contains_key(&id) || !fresh.readers().is_empty();
        if !ours || !self.open_call(id) {
            return;
        }
        // What was taken for over and is read alive goes on elsewhere: it was given away.
        let lives = fresh.living().next().is_some();
        self.change_call(id, |call| {
            let (released, over) = (call.released && !lives, call.over && !lives);
            let leaving: Vec<_> = call.legs.drain(..).filter(|leg| leg.listed && !leg.lives()).collect();
            *call = Call { released, over, doubt, ..fresh };
            leaving.into_iter().for_each(|leg| call.restore(leg));
        });
    }

    /// The server knows the call no more: whoever still has it loses it; wrap-up stays.
    fn call_is_over(&mut self, id: CallId) {
        self.change_call(id, |call| {
            call.over = true;
            for leg in call.legs.iter_mut().filter(|leg| leg.lives()) {
                leg.set(LegState::Dropped, None);
                leg.listed = false;
            }
        });
    }
}

impl Case {
    /// What marks the call.
    fn mark(&self, doubt: Option<Doubt>) -> Option<Doubt> {
        match self.trust {
            Trust::Watched => None,
            Trust::Doubted { .. } => doubt.or(Some(Doubt::ReadsDiffer)),
        }
    }
}

/// What a round means for the trust in a call. False if the case is closed.
fn believe(case: &mut Case, known: &Call, call: &Call, doubtful: bool) -> bool {
    let shown = call.form();
    match (&mut case.trust, doubtful) {
        (trust, true) => {
            *trust = DOUBTED;
            true
        }
        (Trust::Watched, false) => {
            if known.form() != shown && known.is_on_a_desk() {
                case.trust = Trust::Doubted { agreed: 1, form: Some(shown) };
                return true;
            }
            call.is_conference()
        }
        (Trust::Doubted { agreed, form }, false) => {
            let same = form.as_ref() == Some(&shown);
            *agreed = if same { agreed.saturating_add(1) } else { 1 };
            *form = Some(shown);
            if *agreed < AGREE {
                return true;
            }
            case.trust = Trust::Watched;
            call.is_conference()
        }
    }
}

fn by_hint(connection: &CallRef) -> Question {
    Question::Call { by: connection.device.clone(), connection: connection.clone() }
}
