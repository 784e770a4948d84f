//! Random requests, hands and faults: nothing panics, each request is answered once, events and snapshots are true.

use std::collections::BTreeMap;
use std::time::Duration;

use failover::cti::Side;
use ged188::*;
use proptest::prelude::*;
use switch::{
    AcdState, CallTruth, Command, Hand, Leg, Offer, OfferMode, OnClientLoss, PARTIES_MAX, PairConfig,
    PhoneState, Stage, WrapUp,
};

use crate::shadow::Shadow;
use crate::world::*;

const AGENTS: usize = 4;
const PHONES: [&str; AGENTS] = ["1001", "61002", "1003", "61004"];
const OUTSIDE: [&str; 4] = ["0312345678", "0398765432", "0300000486", "0300000404"];

/// What an agent may say to the dialer, and what not.
const WORDS: [&str; 7] =
    ["Accept", "Accept", "Reject", "Reject-Close", "Callback 12312026 09:30", "Callback Cancel", "?"];

/// One random thing to do; the numbers choose agents, phones and calls.
#[derive(Clone, Debug)]
enum Act {
    Login(usize),
    State(usize, u16, u16),
    Forced(usize, u16, u16),
    Answer(usize, usize),
    Hold(usize, usize),
    Retrieve(usize, usize),
    Clear(usize, usize),
    MakeCall(usize, usize),
    Consult(usize, usize, usize),
    SingleStep(usize, usize, usize),
    Transfer(usize, usize, usize),
    Conference(usize, usize, usize),
    Alternate(usize, usize, usize),
    Reconnect(usize, usize, usize),
    DropParty(usize, usize, usize),
    /// Calls in and answers, consults whom it may and is answered, joins: single steps would seldom get so far.
    Bring(usize, Vec<usize>, bool),
    /// 1001 supervises: the action, the call of his, the agent.
    Supervise(u16, usize, usize),
    /// An agent is called and answers, and 1001, if he may, listens and barges in.
    Listen(usize, bool),
    Data(usize, usize, String),
    Release(usize, usize),
    Nonsense(u32, Vec<u8>),
    CallIn(usize),
    Offer(usize, usize),
    Respond(usize, usize),
    Mobile(usize, usize, bool),
    HandAnswers(usize, usize),
    HandHangsUp(usize, usize),
    CallerHangsUp(usize),
    AtThePhone(usize, usize),
    Wait(u64),
    Order(bool),
    Load(bool),
}

fn act() -> impl Strategy<Value = Act> {
    let agent = 0..AGENTS;
    let call = 0..6_usize;
    prop_oneof![
        4 => agent.clone().prop_map(Act::Login),
        8 => (agent.clone(), 0..12_u16, 0..3_u16).prop_map(|(a, s, r)| Act::State(a, s, r)),
        2 => (agent.clone(), 1..7_u16, prop_oneof![Just(0_u16), Just(255), Just(999)])
            .prop_map(|(a, s, r)| Act::Forced(a, s, r)),
        6 => (agent.clone(), call.clone()).prop_map(|(a, c)| Act::Answer(a, c)),
        3 => (agent.clone(), call.clone()).prop_map(|(a, c)| Act::Hold(a, c)),
        3 => (agent.clone(), call.clone()).prop_map(|(a, c)| Act::Retrieve(a, c)),
        3 => (agent.clone(), call.clone()).prop_map(|(a, c)| Act::Clear(a, c)),
        4 => (agent.clone(), 0..11_usize).prop_map(|(a, n)| Act::MakeCall(a, n)),
        6 => (agent.clone(), call.clone(), 0..11_usize).prop_map(|(a, c, n)| Act::Consult(a, c, n)),
        3 => (agent.clone(), call.clone(), 0..11_usize).prop_map(|(a, c, n)| Act::SingleStep(a, c, n)),
        4 => (agent.clone(), call.clone(), call.clone()).prop_map(|(a, c, d)| Act::Transfer(a, c, d)),
        6 => (agent.clone(), call.clone(), call.clone()).prop_map(|(a, c, d)| Act::Conference(a, c, d)),
        2 => (agent.clone(), call.clone(), call.clone()).prop_map(|(a, c, d)| Act::Alternate(a, c, d)),
        2 => (agent.clone(), call.clone(), call.clone()).prop_map(|(a, c, d)| Act::Reconnect(a, c, d)),
        2 => (agent.clone(), call.clone(), 0..5_usize).prop_map(|(a, c, p)| Act::DropParty(a, c, p)),
        6 => (agent.clone(), proptest::collection::vec(2..11_usize, 1..6), any::<bool>())
            .prop_map(|(a, numbers, stay)| Act::Bring(a, numbers, stay)),
        3 => (0..6_u16, call.clone(), agent.clone()).prop_map(|(w, c, a)| Act::Supervise(w, c, a)),
        6 => (agent.clone(), any::<bool>()).prop_map(|(a, barge)| Act::Listen(a, barge)),
        3 => (agent.clone(), call.clone(), "[a-z]{0,45}").prop_map(|(a, c, t)| Act::Data(a, c, t)),
        2 => (agent.clone(), call.clone()).prop_map(|(a, c)| Act::Release(a, c)),
        1 => (0..300_u32, proptest::collection::vec(any::<u8>(), 4..80)).prop_map(|(k, b)| Act::Nonsense(k, b)),
        6 => (0..8_usize).prop_map(Act::CallIn),
        5 => (agent.clone(), 0..4_usize).prop_map(|(a, n)| Act::Offer(a, n)),
        5 => (agent.clone(), 0..WORDS.len()).prop_map(|(a, w)| Act::Respond(a, w)),
        2 => (agent.clone(), 0..4_usize, any::<bool>()).prop_map(|(a, n, nail)| Act::Mobile(a, n, nail)),
        3 => (agent.clone(), call.clone()).prop_map(|(a, c)| Act::HandAnswers(a, c)),
        2 => (agent.clone(), call.clone()).prop_map(|(a, c)| Act::HandHangsUp(a, c)),
        2 => call.prop_map(Act::CallerHangsUp),
        2 => (agent, 0..6_usize).prop_map(|(a, s)| Act::AtThePhone(a, s)),
        4 => (0..15_000_u64).prop_map(Act::Wait),
        1 => any::<bool>().prop_map(Act::Order),
        1 => any::<bool>().prop_map(Act::Load),
    ]
}

/// A world with one client and what that client believes.
struct Run {
    world: World,
    desk: u64,
    shadow: Shadow,
    /// Calls that were told to this session, and how often their end was.
    ends: BTreeMap<u32, usize>,
}

impl Run {
    fn new(version: u32, wrap_up: WrapUp, reserve_ms: u64) -> Self {
        let mut switch = demo(AGENTS);
        switch.desk.wrap_up_incoming = wrap_up;
        switch.reserve_delay = Duration::from_millis(reserve_ms);
        let mut world = World::new(pair_config(switch));
        let desk = world.desk(version);
        for id in ["1001", "1002"] {
            world.ready(desk, id);
        }
        let shadow = Shadow::of(&world.pair.truth(world.now));
        Self { world, desk, shadow, ends: BTreeMap::new() }
    }

    fn act(&mut self, act: Act) -> Result<(), TestCaseError> {
        match act {
            Act::Login(a) => self.ask(login(&agent(a), PHONES[a], PASSWORD)),
            Act::State(a, state, reason) => self.ask(set_state(&agent(a), AgentState(state), reason)),
            Act::Forced(a, state, reason) => self.ask(forced(&agent(a), AgentState(state), reason)),
            Act::Answer(a, c) => self.ask(answer(self.call_at(a, c), PHONES[a])),
            Act::Hold(a, c) => self.ask(hold(self.call_at(a, c), PHONES[a])),
            Act::Retrieve(a, c) => self.ask(retrieve(self.call_at(a, c), PHONES[a])),
            Act::Clear(a, c) => self.ask(clear(self.call_at(a, c), PHONES[a])),
            Act::MakeCall(a, n) => self.ask(make_call(PHONES[a], number(n))),
            Act::Consult(a, c, n) => self.ask(consult(self.call_at(a, c), PHONES[a], number(n))),
            Act::SingleStep(a, c, n) => self.ask(single_step(self.call_at(a, c), PHONES[a], number(n))),
            Act::Transfer(a, c, d) => self.pair(a, c, d, transfer),
            Act::Conference(a, c, d) => self.pair(a, c, d, conference),
            Act::Alternate(a, c, d) => self.pair(a, c, d, alternate),
            Act::Reconnect(a, c, d) => self.pair(a, c, d, reconnect),
            Act::DropParty(a, c, p) => {
                let parties = self.truth_of(c).map(|call| call.parties).unwrap_or_default();
                let party = parties.get(p).map_or("1003", |party| party.device.as_str());
                self.ask(drop_party(self.call_at(a, c), PHONES[a], party))
            }
            Act::Bring(a, numbers, stay) => {
                numbers.into_iter().try_for_each(|n| self.bring(a, number(n), stay))
            }
            Act::Supervise(action, c, a) => {
                self.ask(supervise(SupervisoryAction(action), self.call_at(0, c), PHONES[a]))
            }
            Act::Listen(a, barge) => self.listen(a, barge),
            Act::Data(a, c, text) => self.ask(data(self.call_at(a, c), PHONES[a], text)),
            Act::Release(a, c) => self.ask(release(self.call_at(a, c), PHONES[a])),
            Act::Nonsense(kind, body) => self.nonsense(kind, &body),
            Act::CallIn(n) => self.order(Command::CallIn {
                from: format!("09{n:08}"),
                to: number(n).into(),
                variables: BTreeMap::new(),
            }),
            Act::Offer(a, n) => self.order(Command::Campaign(Offer {
                agent: agent(a),
                number: OUTSIDE[n].into(),
                mode: [OfferMode::Preview, OfferMode::Callback][n % 2],
                blended: n > 1,
                campaign: "Spring".into(),
            })),
            Act::Respond(a, word) => {
                let mut request = data(self.call_at(a, 0), PHONES[a], String::new());
                request.named_variables =
                    vec![NamedVariable { name: "BAResponse".into(), value: WORDS[word].into() }];
                self.ask(request)
            }
            Act::Mobile(a, n, nail) => {
                let mode =
                    if nail { AgentWorkMode::RA_NAILED_CONNECTION } else { AgentWorkMode::RA_CALL_BY_CALL };
                let instrument = format!("{};{}", PHONES[a], OUTSIDE[n]);
                let request = login(&agent(a), &instrument, PASSWORD);
                self.ask(SetAgentStateReq { agent_work_mode: mode, ..request })
            }
            Act::HandAnswers(a, c) => self.order(Command::Answer(self.hand(a, c))),
            Act::HandHangsUp(a, c) => self.order(Command::HangUp(self.hand(a, c))),
            Act::CallerHangsUp(c) => {
                let device = self.truth_of(c).map(|call| call.from).unwrap_or_default();
                self.order(Command::HangUp(Hand { device, call: Some(self.call(c)) }))
            }
            Act::AtThePhone(a, s) => self.order(Command::AgentState { agent: agent(a), to: phone_state(s) }),
            Act::Wait(ms) => {
                self.world.wait(Duration::from_millis(ms));
                Ok(())
            }
            Act::Order(after) => self.order(Command::AnswersAfterEvents(after)),
            Act::Load(logout) => self.order(Command::OnClientLoss(if logout {
                OnClientLoss::Load1
            } else {
                OnClientLoss::Keep
            })),
        }?;
        let told = self.world.take(self.desk);
        self.believe(&told);
        self.check()
    }

    /// A request has exactly one answer.
    fn ask(&mut self, request: impl Into<Message>) -> Result<(), TestCaseError> {
        let request = request.into();
        let name = request.name();
        let id = self.world.request(self.desk, request);
        let told = self.world.take(self.desk);
        let answers = told.iter().filter(|message| message.invoke_id() == Some(id)).count();
        prop_assert_eq!(answers, 1, "{} got {:?}", name, told);
        self.believe(&told);
        Ok(())
    }

    fn bring(&mut self, a: usize, to: &str, stay: bool) -> Result<(), TestCaseError> {
        if self.leg_of(a, Leg::Connected).is_none() {
            self.order(Command::CallIn {
                from: "0911112222".into(),
                to: PHONES[a].into(),
                variables: BTreeMap::new(),
            })?;
            self.order(Command::Answer(Hand { device: PHONES[a].into(), call: None }))?;
        }
        self.ask(consult(self.leg_of(a, Leg::Connected).unwrap_or(0), PHONES[a], to))?;
        self.order(Command::Answer(Hand { device: to.into(), call: None }))?;
        self.pair(a, 1, 0, if stay { join } else { give })
    }

    fn listen(&mut self, a: usize, barge: bool) -> Result<(), TestCaseError> {
        self.ask(login("1001", PHONES[0], PASSWORD))?;
        self.ask(set_state("1001", AgentState::NOT_READY, 1))?;
        self.order(Command::CallIn {
            from: "0911113333".into(),
            to: PHONES[a].into(),
            variables: BTreeMap::new(),
        })?;
        self.order(Command::Answer(Hand { device: PHONES[a].into(), call: None }))?;
        self.ask(supervise(SupervisoryAction::MONITOR, NULL_ID, PHONES[a]))?;
        match self.leg_of(0, Leg::Connected) {
            Some(session) if barge => self.ask(supervise(SupervisoryAction::BARGE_IN, session, PHONES[a])),
            Some(_) | None => Ok(()),
        }
    }

    fn leg_of(&self, a: usize, leg: Leg) -> Option<u32> {
        let mut legs = self.world.pair.switch().calls().legs(PHONES[a]);
        legs.find(|(_, party)| party.leg == leg).map(|(call, _)| call.id)
    }

    /// A request about two calls: mostly those of the phone that fit.
    fn pair<R: Into<Message>>(
        &mut self,
        a: usize,
        c: usize,
        d: usize,
        request: fn(u32, u32, &str) -> R,
    ) -> Result<(), TestCaseError> {
        let (held, active) = (self.leg_of(a, Leg::Held), self.leg_of(a, Leg::Connected));
        let (first, second) = if c == 0 { (active, held) } else { (held, active) };
        let (first, second) = (first.unwrap_or(self.call_at(a, c)), second.unwrap_or(self.call_at(a, d)));
        self.ask(request(first, second, PHONES[a]))
    }

    fn believe(&mut self, told: &[Message]) {
        for message in told {
            self.shadow.apply(message);
            match message {
                Message::BeginCallEvent(event) => drop(self.ends.insert(event.connection_call_id, 0)),
                Message::EndCallEvent(event) => {
                    self.ends.entry(event.connection_call_id).and_modify(|ends| *ends += 1);
                }
                _ => {}
            }
        }
    }

    /// Bytes that are a message of some kind, or none: the session may end, and begins anew.
    fn nonsense(&mut self, kind: u32, body: &[u8]) -> Result<(), TestCaseError> {
        let told = self.world.take(self.desk);
        self.believe(&told);
        let length = u32::try_from(body.len()).unwrap_or(0).to_be_bytes();
        let bytes = [&length, &kind.to_be_bytes(), body].concat();
        self.world.pair.handle_bytes(switch::ConnId(self.desk), &bytes, self.world.now);
        self.world.pump();
        if self.world.end(self.desk).closed.is_some() {
            let conn = self.world.connect(Side::A, 17);
            self.world.take(conn);
            self.desk = conn;
            self.shadow = Shadow::of(&self.world.pair.truth(self.world.now));
            self.ends.clear();
        }
        Ok(())
    }

    fn order(&mut self, command: Command) -> Result<(), TestCaseError> {
        // Whether the switch does it or refuses is not the question here.
        drop(self.world.command(command));
        Ok(())
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let truth = self.world.pair.truth(self.world.now);
        prop_assert_eq!(&self.shadow, &Shadow::of(&truth));
        for call in &truth.calls {
            prop_assert!(!call.parties.is_empty(), "a call without parties: {:?}", call);
            prop_assert!(call.parties.len() <= PARTIES_MAX, "too many parties: {:?}", call);
        }
        self.check_phones(&truth.calls)?;
        self.check_sessions()?;
        self.check_agents()
    }

    /// A phone speaks on one call at most, and is found on exactly the calls that it is on.
    fn check_phones(&self, calls: &[CallTruth]) -> Result<(), TestCaseError> {
        let switch = self.world.pair.switch();
        for phone in PHONES.iter().chain(&OUTSIDE[..2]) {
            let engaged = switch.calls().legs(phone).filter(|(_, party)| party.leg.engaged()).count();
            prop_assert!(engaged <= 1 || OUTSIDE.contains(phone), "{} speaks {} times", phone, engaged);
            let found: Vec<u32> = switch.calls().of_device(phone).map(|call| call.id).collect();
            let on = |call: &&CallTruth| call.parties.iter().any(|party| party.device == *phone);
            prop_assert_eq!(found, calls.iter().filter(on).map(|call| call.id).collect::<Vec<_>>());
        }
        Ok(())
    }

    /// Who is listened to speaks or holds that call, and one supervisor listens.
    fn check_sessions(&self) -> Result<(), TestCaseError> {
        let calls = self.world.pair.switch().calls();
        for call in calls.iter().filter(|call| call.live()) {
            let Some(monitor) = &call.monitor else { continue };
            let heard = calls.get(monitor.about).and_then(|call| call.party(&monitor.device));
            let heard = heard.is_some_and(|party| matches!(party.leg, Leg::Connected | Leg::Held));
            prop_assert!(heard && call.parties.len() == 2, "nobody to listen to: {:?}", call);
            let listened = calls.legs(&monitor.device).filter(|(_, party)| party.leg == Leg::Listened);
            prop_assert_eq!(listened.count(), 1);
        }
        Ok(())
    }

    /// Everybody hangs up: all calls end, and each that was told ends once.
    fn finish(&mut self) -> Result<(), TestCaseError> {
        while let Some(call) = self.world.pair.truth(self.world.now).calls.into_iter().next() {
            let hand = Hand { device: call.parties[0].device.clone(), call: Some(call.id) };
            let gone = self.world.command(Command::HangUp(hand));
            prop_assert!(gone.is_ok(), "{:?} for {:?}", gone, call);
        }
        self.world.wait(Duration::from_secs(200));
        let told = self.world.take(self.desk);
        self.believe(&told);
        prop_assert!(self.ends.values().all(|ends| *ends == 1), "{:?}", self.ends);
        prop_assert_eq!(self.world.pair.switch().calls().iter().count(), 0);
        Ok(())
    }

    /// States and phones belong together.
    fn check_agents(&self) -> Result<(), TestCaseError> {
        let switch = self.world.pair.switch();
        for agent in switch.agents() {
            let phone = agent.extension.clone().unwrap_or_default();
            let engaged = switch.calls().legs(&phone).any(|(_, party)| party.leg.engaged());
            let routed = switch.calls().iter().any(|call| match &call.stage {
                Stage::Reserved { device, .. } | Stage::Ringing { device, .. } => {
                    *device == phone && call.skill_group.is_some()
                }
                Stage::Queued { .. } | Stage::Up | Stage::Failed | Stage::Over { .. } => false,
            });
            prop_assert_eq!(agent.state == AcdState::Talking, engaged, "{:?}", agent);
            prop_assert_eq!(agent.state == AcdState::Reserved, routed, "{:?}", agent);
        }
        Ok(())
    }

    /// What a client reads is what is true.
    fn check_snapshots(&mut self) -> Result<(), TestCaseError> {
        // What is due at this very instant is told first.
        self.world.wait(Duration::ZERO);
        let told = self.world.take(self.desk);
        self.believe(&told);
        let truth = self.world.pair.truth(self.world.now);
        for agent in &truth.agents {
            let request = QueryAgentStateReq {
                peripheral_id: 5000,
                mrd_id: 1,
                agent_id: agent.id.clone(),
                ..Default::default()
            };
            self.world.request(self.desk, request);
            let told = self.world.take(self.desk);
            let [Message::QueryAgentStateConf(conf)] = &told[..] else {
                return Err(TestCaseError::fail(format!("{told:?}")));
            };
            prop_assert_eq!(
                (conf.agent_state.0, &conf.agent_extension),
                (agent.state_code, &agent.extension)
            );
        }
        for phone in PHONES {
            self.check_phone(phone, &truth.calls)?;
        }
        Ok(())
    }

    fn check_phone(&mut self, phone: &str, calls: &[CallTruth]) -> Result<(), TestCaseError> {
        let request =
            SnapshotDeviceReq { peripheral_id: 5000, agent_instrument: phone.into(), ..Default::default() };
        self.world.request(self.desk, request);
        let told = self.world.take(self.desk);
        let [Message::SnapshotDeviceConf(conf)] = &told[..] else {
            return Err(TestCaseError::fail(format!("{told:?}")));
        };
        let read: Vec<_> = conf
            .calls
            .iter()
            .map(|item| (item.call_connection_call_id, item.call_state.map(|s| s.0)))
            .collect();
        let on = |call: &CallTruth| {
            let party = call.parties.iter().find(|party| party.device == phone)?;
            Some((Some(call.id), Some(party.state_code)))
        };
        prop_assert_eq!(&read, &calls.iter().filter_map(on).collect::<Vec<_>>());
        for (id, _) in read {
            let call = calls.iter().find(|call| Some(call.id) == id).cloned();
            self.check_call(call)?;
        }
        Ok(())
    }

    fn check_call(&mut self, call: Option<CallTruth>) -> Result<(), TestCaseError> {
        let Some(call) = call else { return Err(TestCaseError::fail("a call that is not true")) };
        let request =
            SnapshotCallReq { peripheral_id: 5000, connection_call_id: call.id, ..Default::default() };
        self.world.request(self.desk, request);
        let told = self.world.take(self.desk);
        let [Message::SnapshotCallConf(conf)] = &told[..] else {
            return Err(TestCaseError::fail(format!("{told:?}")));
        };
        let read: Vec<_> = conf
            .call_devices
            .iter()
            .map(|item| (item.call_device_id.clone(), item.call_device_connection_state.map(|s| s.0)))
            .collect();
        let parties = call.parties.iter().map(|party| (party.device.clone(), Some(party.state_code)));
        prop_assert_eq!(read, parties.collect::<Vec<_>>());
        prop_assert_eq!(conf.call_variables.to_vec(), call.variables);
        Ok(())
    }

    fn truth_of(&self, index: usize) -> Option<CallTruth> {
        let calls = self.world.pair.truth(self.world.now).calls;
        calls.get(index % calls.len().max(1)).cloned()
    }

    /// One of the calls there are, or of those that were, or none.
    fn call(&self, index: usize) -> u32 {
        self.truth_of(index).map_or(16_777_217, |call| call.id)
    }

    /// Mostly a call of the phone; sometimes any call.
    fn call_at(&self, a: usize, c: usize) -> u32 {
        let own = self.world.pair.switch().calls().of_device(PHONES[a]).nth(c / 2);
        own.map_or_else(|| self.call(c), |call| call.id)
    }

    fn hand(&self, a: usize, c: usize) -> Hand {
        Hand { device: PHONES[a].into(), call: Some(self.call_at(a, c)) }
    }
}

fn join(held: u32, active: u32, device: &str) -> Message {
    conference(held, active, device).into()
}

fn give(held: u32, active: u32, device: &str) -> Message {
    transfer(held, active, device).into()
}

fn supervise(action: SupervisoryAction, session: u32, agent: &str) -> SuperviseCallReq {
    SuperviseCallReq {
        peripheral_id: 5000,
        agent_connection_call_id: NULL_ID,
        supervisor_connection_call_id: session,
        supervisory_action: action,
        agent_instrument: agent.into(),
        supervisor_instrument: PHONES[0].into(),
        ..SuperviseCallReq::default()
    }
}

fn agent(index: usize) -> String {
    (1001 + index).to_string()
}

/// Dialed numbers, phones, outside numbers, and one that is none of these.
fn number(index: usize) -> &'static str {
    const DIALED: [&str; 2] = ["7200", "7202"];
    DIALED.iter().chain(&PHONES).chain(&OUTSIDE).nth(index).copied().unwrap_or("not a number")
}

fn phone_state(index: usize) -> PhoneState {
    match index {
        0 => PhoneState::Login { extension: None },
        1 => PhoneState::Login { extension: Some("99001".into()) },
        2 => PhoneState::Logout(0),
        3 => PhoneState::NotReady(3),
        4 => PhoneState::Work,
        _ => PhoneState::Ready,
    }
}

fn data(call: u32, device: &str, text: String) -> SetCallDataReq {
    let mut request = wrap_up_data(call, device, "");
    request.call_variables[4] = text.chars().take(40).collect();
    request.named_variables = vec![NamedVariable { name: "user.customer".into(), value: text }];
    request
}

fn wrap_up() -> impl Strategy<Value = WrapUp> {
    prop_oneof![Just(WrapUp::Required), Just(WrapUp::Optional), Just(WrapUp::NotAllowed)]
}

fn run(version: u32, wrap_up: WrapUp, reserve_ms: u64, acts: Vec<Act>) -> Result<(), TestCaseError> {
    let mut run = Run::new(version, wrap_up, reserve_ms);
    for act in acts {
        run.act(act)?;
    }
    run.check_snapshots()?;
    run.finish()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn everything_that_happens_is_told_and_every_request_is_answered(
        version in prop_oneof![Just(13_u32), Just(17), Just(20)],
        wrap_up in wrap_up(),
        reserve_ms in prop_oneof![Just(0_u64), Just(400)],
        acts in proptest::collection::vec(act(), 1..120),
    ) {
        run(version, wrap_up, reserve_ms, acts)?;
    }

    #[test]
    fn random_bytes_never_break_the_pair(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let config = PairConfig { on_client_loss: OnClientLoss::Load1, ..pair_config(demo(2)) };
        let mut world = World::new(config);
        let desk = world.desk(17);
        world.pair.handle_bytes(switch::ConnId(desk), &bytes, world.now);
        world.pump();
        world.wait(Duration::from_secs(60));
        let again = world.connect(Side::A, 17);
        prop_assert!(world.end(again).opened.is_some());
    }
}
