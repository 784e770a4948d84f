//! The language of the scripts.
//!
//! Agents are written `1001@6001` (id and extension), calls by their number, tickets as `#1`. Inputs:
//!
//! ```text
//! live 1001@6001 1002@6002          a session, these agents NOT_READY, no calls; outputs are skipped
//! at 30                             time passes
//! state 1001@6001 TALKING reason 5 for 10 next READY
//! begin 16 type 2 by 555 to 8000 [var3=x]   begin 16 type 9 by 6001 ...   (caller is by)
//! service 16 6001                   SERVICE_INITIATED; also: originated, network, delivered, established A > B
//! held 16 6001                      also: retrieved, diverted, gone (CONNECTION_CLEARED), failed, cleared, end
//! service 17 6001 from 16           with COC* fields: a consultation of 16
//! transferred 16 17 by 6001 with 555 6002     16 is the primary call; `16 -`: in a single step
//! conferenced 16 17 by 6001 with 555 6001 6002
//! data 16 var3=x wrapup=y           CALL_DATA_UPDATE; BAResponse=Callback~Cancel: a variable of a campaign, ~ for a space
//! 1001 READY [by 1009] as r1        a command, or a supervisor's; also LOGIN 6001, NOT_READY 7, call 555, ANSWER 16, update 16 var1=x,
//!                                   ACCEPT 16, REJECT 16, CLOSE 16, RECLASSIFY 16 FAX, SCHEDULE 16 time 2026-12-31T09:30 number 555,
//!                                   CANCEL 16, LOGIN 6001 mobile 555 [nailed], CONSULT 16 6002, TRANSFER 16, CONFERENCE 16, SST 16 777, DTMF 16 1#, KICK 16 6002,
//!                                   MONITOR 6001, BARGE 20 6001
//! conf #1 [made 20 | consult 17 | session 20]    an answer; also: control #1 260, failure #1 9, query #1 READY 6001
//! look #1 type 15 555:CONNECT       an answer to `look 16 by ... #1`; also: look #1 failed 13, look #1 nothing
//! look #2 at 6001 16:HOLD           an answer to `look at 6001 #2`
//! device 1001 16                    SNAPSHOT_DEVICE_CONF; also: device 1001 failed
//! call 16 type 2 to 8000 555:CONNECT 6001:HOLD
//! lost / begin-recovery / finish    recovery; `told 1001@6001 READY` answers QUERY_AGENT_STATE_REQ
//! session-lost                      the session itself, not only its peripheral
//! team 1001 NOT_READY for 10        AGENT_TEAM_CONFIG_EVENT
//! heard 1001                        a request of his desktop
//! groups 81/1=Sales -82             CONFIG_SKILL_GROUP_EVENT: SkillGroupSkillTargetID/SkillGroupNumber=name; - deletes
//! all-groups 81/1=Sales             a complete download
//! serves 1001 1 2                   CONFIG_AGENT_EVENT with these SkillGroupNumbers
//! counted #1 on=2 ready=1 waiting=1 longest=30     an answer to `count 81 #1`
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::*;

use super::queues::say_queue;
use crate::calls::CallRef;
use crate::command::{
    CampaignAnswer, Change, Classification, Command, ErrorSource, Output, Person, RequestedState, Ticket,
};
use crate::domain::{Domain, DomainConfig};
use crate::ids::{AgentId, CallId, Extension, Now, RequestId, Secret, WallMs};
use crate::rebuild::Look;
use crate::view::{Action, DialogView, MobileAgent, MobileMode, ReasonView, UserView};

/// Monday, 2016-03-01 12:00:00 UTC.
pub(super) const START: i64 = 1_456_833_600_000;
pub(super) const PERIPHERAL: u32 = 5000;

/// The first words of outputs; every other line is an input. (The indentation is for people.)
const OUTPUTS: [&str; 13] = [
    "user ", "post ", "put ", "delete ", "error ", "send ", "look ", "read ", "wants ", "refused ", "count ",
    "queue ", "forced ",
];

/// Runs a script: each input must give exactly the outputs written under it.
pub(super) fn check(script: &str) -> World {
    let mut world = World::default();
    world.check(script);
    world
}

/// A domain, and what it said.
pub(super) struct World {
    pub(super) domain: Domain,
    pub(super) now: Now,
    /// What was asked of doubtful calls.
    looks: BTreeMap<u64, Look>,
}

impl Default for World {
    fn default() -> Self {
        let config =
            DomainConfig { peripheral_id: PERIPHERAL, restore_ready: true, ..DomainConfig::default() };
        Self {
            domain: Domain::new(config),
            now: Now { mono: Duration::ZERO, wall: WallMs(START) },
            looks: BTreeMap::new(),
        }
    }
}

impl World {
    /// Agents whom a loss made Not Ready stay so.
    pub(super) fn without_restoring() -> Self {
        let mut world = Self::default();
        world.domain.config.restore_ready = false;
        world
    }

    pub(super) fn check(&mut self, script: &str) {
        let mut lines = script.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
        while let Some(input) = lines.next() {
            let is_answer = |line: &str| line.starts_with("look #");
            let is_output =
                |line: &&str| !is_answer(line) && OUTPUTS.iter().any(|word| line.starts_with(word));
            let expected: Vec<String> =
                std::iter::from_fn(|| lines.next_if(is_output)).map(str::to_owned).collect();
            assert_eq!(self.play(input), expected, "after `{input}`");
        }
    }

    pub(super) fn user(&self, agent: &str) -> UserView {
        self.domain.user(&AgentId::from(agent)).unwrap()
    }

    pub(super) fn dialog(&self, call: u32) -> DialogView {
        self.domain.dialog(CallId(call)).unwrap()
    }

    pub(super) fn event(&mut self, message: impl Into<Message>) {
        self.domain.event(&message.into(), self.now);
    }

    fn drain(&mut self) -> Vec<String> {
        let outputs: Vec<Output> = std::iter::from_fn(|| self.domain.poll_output()).collect();
        let looks = outputs.iter().filter_map(|output| match output {
            Output::Look(look) => Some((look.id, look.clone())),
            Output::Request(..) | Output::Changed(_) | Output::ReadDevice(..) | Output::Forced(..) => None,
        });
        self.looks.extend(looks);
        outputs.iter().map(|output| self.say(output)).collect()
    }

    /// One input; what it gave.
    pub(super) fn play(&mut self, input: &str) -> Vec<String> {
        let words: Vec<&str> = input.split_whitespace().collect();
        let mut said = match words.as_slice() {
            ["live", agents @ ..] => {
                self.go_live(agents);
                return self.skip();
            }
            ["finish"] => {
                let changes = self.domain.finish_recovery(self.now);
                changes.iter().map(|change| self.say_change(change)).collect()
            }
            words => self.play_only(words),
        };
        said.extend(self.drain());
        said
    }

    /// One input, and what it returned at once; the outputs are left in the domain.
    pub(super) fn play_only(&mut self, words: &[&str]) -> Vec<String> {
        match words {
            ["at", seconds] => self.silently(|w| w.at(number(seconds))),
            ["lost"] => self.silently(|w| w.domain.lost(w.now)),
            ["session-lost"] => self.silently(|w| w.domain.lost_session(w.now)),
            ["heard", agent] => self.silently(|w| w.domain.desktop_heard(&AgentId::from(*agent), w.now)),
            ["team", rest @ ..] => self.silently(|w| w.team(rest)),
            ["begin-recovery"] => self.silently(|w| w.domain.begin_recovery(w.now)),
            ["told", agent, rest @ ..] => self.silently(|w| w.told(agent, rest)),
            ["look", look, answer @ ..] => {
                self.silently(|w| w.looked(number(look.trim_start_matches('#')), answer))
            }
            ["device", agent, calls @ ..] => self.device(agent, calls),
            ["call", id, rest @ ..] => self.silently(|w| w.call(number(id), rest)),
            ["groups" | "all-groups" | "serves" | "counted", ..] => self.silently(|w| w.queues(words)),
            ["conf" | "control" | "failure" | "query" | "desk", ..] => self.silently(|w| w.answer(words)),
            [agent, command @ ..] if agent.parse::<u32>().is_ok() => self.command(agent, command),
            _ => self.silently(|w| w.cti(words)),
        }
    }

    fn silently(&mut self, act: impl FnOnce(&mut Self)) -> Vec<String> {
        act(self);
        Vec::new()
    }

    fn skip(&mut self) -> Vec<String> {
        while self.domain.poll_output().is_some() {}
        Vec::new()
    }

    fn at(&mut self, seconds: u32) {
        let mono = Duration::from_secs(seconds.into());
        self.now = Now { mono, wall: WallMs(START + i64::from(seconds) * 1000) };
        self.domain.handle_timeout(self.now);
    }

    fn go_live(&mut self, agents: &[&str]) {
        self.domain.begin_recovery(self.now);
        for agent in agents {
            let (id, extension) = at(agent);
            self.domain.known(person(id), self.now);
            let state = if extension.is_empty() { "LOGOUT" } else { "NOT_READY" };
            self.cti(&["state", agent, state]);
            self.domain.apply_device(&AgentId::from(id), Ok(&SnapshotDeviceConf::default()), self.now);
        }
        let _ = self.domain.finish_recovery(self.now);
    }

    fn told(&mut self, agent: &str, rest: &[&str]) {
        let (id, extension) = at(agent);
        let conf = QueryAgentStateConf {
            agent_state: agent_state(rest[0]),
            mrd_id: 1,
            agent_extension: extension.to_owned(),
            agent_instrument: extension.to_owned(),
            ..Default::default()
        };
        let answer = if rest[0] == "nobody" { Err(StatusCode::AGENT_NOT_LOGGED_ON) } else { Ok(&conf) };
        self.domain.apply_agent_state(&AgentId::from(id), answer, self.now);
    }

    fn team(&mut self, words: &[&str]) {
        let member = AgentTeamConfigEventAgentsItem {
            atc_agent_id: words[0].to_owned(),
            atc_agent_state: Some(agent_state(words[1])),
            atc_state_duration: after(words, "for").map(number),
            ..Default::default()
        };
        self.event(AgentTeamConfigEvent {
            peripheral_id: PERIPHERAL,
            config_operation: TeamConfigOperation::ADD_AGENT,
            team_id: 500,
            agents: vec![member],
            ..Default::default()
        });
    }

    fn device(&mut self, agent: &str, calls: &[&str]) -> Vec<String> {
        let failed = calls == ["failed"];
        let calls = if failed { &[] } else { calls };
        let conf = snapshot_of_device(&self.user(agent).extension, calls);
        let answer = if failed { Err(StatusCode::INVALID_DEVICE) } else { Ok(&conf) };
        let wanted = self.domain.apply_device(&AgentId::from(agent), answer, self.now);
        wanted.iter().map(|call| format!("wants {}", call.id.0)).collect()
    }

    /// A look is to be answered later.
    pub(super) fn asked(&mut self, look: Look) {
        self.looks.insert(look.id, look);
    }

    /// Answers the oldest look, if there is one.
    pub(super) fn answer_next_look(&mut self, answer: &[&str]) {
        if let Some(number) = self.looks.keys().next().copied() {
            self.looked(number as u32, answer);
        }
    }

    /// An answer to a look of this number.
    fn looked(&mut self, number_of_look: u32, answer: &[&str]) {
        let look = self.looks.remove(&number_of_look.into()).expect("that was not asked");
        let answer = match answer {
            ["at", device, calls @ ..] => Some(snapshot_of_device(device, calls).into()),
            ["failed", status] => {
                Some(Message::from(FailureConf { status: StatusCode(number(status)), ..Default::default() }))
            }
            ["nothing"] => None,
            parties => Some(snapshot_of_call(look.call().0, parties).into()),
        };
        self.domain.looked(&look, answer.as_ref(), self.now);
    }

    fn call(&mut self, id: u32, rest: &[&str]) {
        let reference =
            CallRef { id: CallId(id), device_type: ConnectionDeviceIdType::DYNAMIC, device: String::new() };
        let conf = snapshot_of_call(id, rest);
        let answer = match rest[0] {
            "gone" => Err(StatusCode::INVALID_CALLID),
            "failed" => Err(StatusCode::UNSPECIFIED_FAILURE),
            _ => Ok(&conf),
        };
        self.domain.apply_call(&reference, answer, self.now);
    }

    fn answer(&mut self, words: &[&str]) {
        let ticket = Ticket(words[1].trim_start_matches('#').parse().unwrap());
        let message = match (words[0], &words[2..]) {
            ("conf", ["made", call]) => {
                MakeCallConf { new_connection_call_id: number(call), ..Default::default() }.into()
            }
            ("conf", ["session", call]) => {
                SuperviseCallConf { connection_call_id: number(call), ..Default::default() }.into()
            }
            ("conf", ["consult", call]) => {
                ConsultationCallConf { new_connection_call_id: number(call), ..Default::default() }.into()
            }
            ("conf", _) => Message::from(SetAgentStateConf::default()),
            ("control", [code, more @ ..]) => ControlFailureConf {
                failure_code: ControlFailureCode(number(code) as u16),
                peripheral_error_code: more.first().map_or(0, |n| number(n)),
                ..Default::default()
            }
            .into(),
            ("failure", [status]) => {
                FailureConf { status: StatusCode(number(status)), ..Default::default() }.into()
            }
            ("query", [state, extension @ ..]) => QueryAgentStateConf {
                agent_state: agent_state(state),
                agent_extension: extension.first().copied().unwrap_or_default().to_owned(),
                ..Default::default()
            }
            .into(),
            ("desk", [incoming, outgoing]) => AgentDeskSettingsConf {
                wrapup_data_incoming_mode: WrapupDataMode(number(incoming)),
                wrapup_data_outgoing_mode: WrapupDataMode(number(outgoing)),
                ..Default::default()
            }
            .into(),
            other => panic!("no such answer: {other:?}"),
        };
        self.domain.answered(ticket, &message, self.now);
    }

    fn command(&mut self, agent: &str, words: &[&str]) -> Vec<String> {
        let request = after(words, "as").map(RequestId::from);
        let agent = AgentId::from(agent);
        let by = after(words, "by").map(AgentId::from);
        let state = |state| Command::SetState { agent: agent.clone(), state, reason: 0, by: by.clone() };
        let named = |words: &[&str]| -> Vec<(String, String)> {
            let pairs = words.iter().filter_map(|word| word.split_once('='));
            let named = pairs.filter(|(name, _)| *name != "wrapup");
            named.map(|(name, value)| (name.replace("var", "callVariable"), value.to_owned())).collect()
        };
        let command = match words {
            ["LOGIN", extension, ..] => Command::SignIn {
                agent: agent.clone(),
                extension: Extension::from(*extension),
                password: Secret::new("secret"),
                mobile: mobile(words),
            },
            ["NOT_READY", reason, ..] if reason.parse::<u16>().is_ok() => {
                let reason = number(reason) as u16;
                Command::SetState { agent: agent.clone(), state: RequestedState::NotReady, reason, by }
            }
            ["NOT_READY", ..] => state(RequestedState::NotReady),
            ["READY", ..] => state(RequestedState::Ready),
            ["LOGOUT", ..] => state(RequestedState::Logout),
            ["WORK", ..] => state(RequestedState::Work),
            ["WORK_READY", ..] => state(RequestedState::WorkReady),
            ["call", to, rest @ ..] => {
                Command::MakeCall { agent: agent.clone(), to: (*to).to_owned(), variables: named(rest) }
            }
            ["update", call, rest @ ..] => Command::UpdateCallData {
                agent: agent.clone(),
                call: CallId(number(call)),
                variables: named(rest),
                wrap_up_reason: rest.iter().find_map(|word| word.strip_prefix("wrapup=")).map(str::to_owned),
            },
            ["CONSULT", call, to, ..] => {
                Command::Consult { agent: agent.clone(), call: CallId(number(call)), to: (*to).to_owned() }
            }
            ["TRANSFER", call, ..] => Command::Transfer { agent: agent.clone(), call: CallId(number(call)) },
            ["CONFERENCE", call, ..] => {
                Command::Conference { agent: agent.clone(), call: CallId(number(call)) }
            }
            ["SST", call, to, ..] => {
                let (agent, to) = (agent.clone(), (*to).to_owned());
                Command::SingleStepTransfer { agent, call: CallId(number(call)), to }
            }
            ["DTMF", call, digits, ..] => {
                let (agent, digits) = (agent.clone(), (*digits).to_owned());
                Command::SendDtmf { agent, call: CallId(number(call)), digits }
            }
            ["KICK", call, party, ..] => {
                let (agent, party) = (agent.clone(), (*party).to_owned());
                Command::DropParticipant { agent, call: CallId(number(call)), party }
            }
            ["MONITOR", to, ..] => Command::SilentMonitor { agent: agent.clone(), to: (*to).to_owned() },
            ["BARGE", session, to, ..] => {
                let (agent, to) = (agent.clone(), (*to).to_owned());
                Command::Barge { agent, session: CallId(number(session)), to }
            }
            ["ACCEPT" | "REJECT" | "CLOSE" | "RECLASSIFY" | "SCHEDULE" | "CANCEL", call, ..] => {
                let answer = campaign_answer(words);
                Command::Campaign { agent: agent.clone(), call: CallId(number(call)), answer }
            }
            [action, call, ..] => Command::CallAction {
                agent: agent.clone(),
                call: CallId(number(call)),
                action: [Action::Answer, Action::Hold, Action::Retrieve, Action::Drop]
                    .into_iter()
                    .find(|known| known.as_str() == *action)
                    .unwrap(),
            },
            other => panic!("no such command: {other:?}"),
        };
        match self.domain.command(command, request, self.now) {
            Ok(()) => Vec::new(),
            Err(refusal) => vec![format!("refused {refusal:?}")],
        }
    }

    /// A message of the CTI server.
    fn cti(&mut self, words: &[&str]) {
        if words[0] == "state" {
            return self.agent_state(&words[1..]);
        }
        let message = call_event(words);
        self.event(message);
    }

    fn agent_state(&mut self, words: &[&str]) {
        let (id, extension) = at(words[0]);
        self.event(AgentStateEvent {
            peripheral_id: PERIPHERAL,
            mrd_id: after(words, "mrd").map_or(1, |n| number(n) as i32),
            agent_id: id.to_owned(),
            agent_extension: extension.to_owned(),
            agent_instrument: extension.to_owned(),
            agent_state: agent_state(words[1]),
            event_reason_code: after(words, "reason").map_or(0, |n| number(n) as u16),
            duration: after(words, "for").map(number),
            next_agent_state: after(words, "next").map(agent_state),
            direction: after(words, "direction").map(|n| CallDirection(number(n))),
            ..Default::default()
        });
    }

    fn say(&self, output: &Output) -> String {
        match output {
            Output::Request(ticket, Message::QuerySkillGroupStatisticsReq(req)) => {
                format!("count {} #{}", req.skill_group_id, ticket.0)
            }
            Output::Request(ticket, message) => format!("send {} #{}", message.name(), ticket.0),
            Output::Look(look) => match look.request(PERIPHERAL) {
                Message::SnapshotCallReq(req) => {
                    format!("look {} by {} #{}", req.connection_call_id, req.connection_device_id, look.id)
                }
                Message::SnapshotDeviceReq(req) => format!("look at {} #{}", req.agent_instrument, look.id),
                other => panic!("no such look: {other:?}"),
            },
            Output::ReadDevice(agent, instrument) => format!("read {agent}@{instrument}"),
            Output::Changed(change) => self.say_change(change),
            Output::Forced(order, outcome) => format!("forced {} {outcome:?}", order.0),
        }
    }

    fn say_change(&self, change: &Change) -> String {
        match change {
            Change::User { agent, request } => {
                format!("user {}{}", say_user(&self.user(agent.as_str())), say_request(request.as_ref()))
            }
            Change::DialogAdded { agent, call, request } => {
                format!("post {agent} {}{}", self.say_call(*call), say_request(request.as_ref()))
            }
            Change::DialogChanged { agent, call, request } => {
                format!("put {agent} {}{}", self.say_call(*call), say_request(request.as_ref()))
            }
            Change::DialogRemoved { agent, dialog, request } => {
                format!("delete {agent} {}{}", say_dialog(dialog), say_request(request.as_ref()))
            }
            Change::Queue { queue } => format!("queue {}", say_queue(&self.domain.queue(*queue).unwrap())),
            Change::QueueRemoved { queue } => format!("queue {} gone", queue.0),
            Change::Error { agent, source, error, request } => {
                let source = match source {
                    ErrorSource::User => "user".to_owned(),
                    ErrorSource::Member(member) => format!("member {member}"),
                    ErrorSource::Dialog(call) => format!("dialog {}", call.0),
                    ErrorSource::Dialogs => "dialogs".to_owned(),
                };
                let request = say_request(request.as_ref());
                format!("error {agent} {source}: {} {} {}{request}", error.kind, error.data, error.message)
            }
        }
    }

    /// The dialog as it is read when the event is published; it may have left already.
    fn say_call(&self, call: CallId) -> String {
        self.domain.dialog(call).map_or_else(|| format!("{} (left)", call.0), |dialog| say_dialog(&dialog))
    }
}

fn say_request(request: Option<&RequestId>) -> String {
    request.map(|request| format!(" as {request}")).unwrap_or_default()
}

fn say_user(user: &UserView) -> String {
    let mut text = format!("{}@{} {}", user.id, user.extension, user.state.as_str());
    if let Some(pending) = user.pending {
        text += &format!(" then {}", pending.as_str());
    }
    if let ReasonView::Code(code) = &user.reason {
        text += &format!(" ({})", code.label);
    }
    text
}

fn say_dialog(dialog: &DialogView) -> String {
    let legs = dialog.legs.iter().map(|leg| {
        let cause = if leg.cause.is_empty() { String::new() } else { format!("/{}", leg.cause) };
        format!(" {}:{}{cause}", leg.address, leg.state.as_str())
    });
    let beside = [("with", dialog.associated), ("had", dialog.secondary)];
    let beside = beside.iter().filter_map(|(word, call)| call.map(|call| format!(" {word} {}", call.0)));
    let (legs, beside) = (legs.collect::<String>(), beside.collect::<String>());
    let mark = if dialog.rebuilding { " (rebuilding)" } else { "" };
    format!("{} {}{legs}{beside}{mark}", dialog.id.0, dialog.state.as_str())
}

pub(super) fn person(id: &str) -> Person {
    Person {
        id: AgentId::from(id),
        login_name: format!("agent{id}"),
        first_name: "Ada".into(),
        last_name: "Byron".into(),
        supervisor: false,
        team: None,
        supervises: Vec::new(),
    }
}

fn at(agent: &str) -> (&str, &str) {
    agent.split_once('@').unwrap_or((agent, ""))
}

pub(super) fn number(text: &str) -> u32 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn after<'a>(words: &[&'a str], word: &str) -> Option<&'a str> {
    let at = words.iter().position(|candidate| *candidate == word)?;
    words.get(at + 1).copied()
}

pub(super) fn value(words: &[&str], name: &str) -> String {
    let pairs = words.iter().filter_map(|word| word.split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).collect()
}

fn variables(words: &[&str]) -> [String; 10] {
    std::array::from_fn(|index| value(words, &format!("var{}", index + 1)))
}

fn agent_state(name: &str) -> AgentState {
    let numbers = (0..15).map(AgentState);
    let name = if name == "READY" { "AVAILABLE" } else { name };
    let name = if name == "WORK" { "WORK_NOT_READY" } else { name };
    numbers.into_iter().find(|state| state.name() == Some(name)).unwrap_or(AgentState(99))
}

fn connection_state(name: &str) -> LocalConnectionState {
    (0..7)
        .map(LocalConnectionState)
        .find(|state| state.name() == Some(name))
        .unwrap_or(LocalConnectionState::NONE)
}

/// The connected parties after `with`: in the primary call, unless `call/device` says another.
fn listed(words: &[&str]) -> impl Iterator<Item = (u32, String)> {
    let start = words.iter().position(|word| *word == "with").map_or(words.len(), |at| at + 1);
    words[start..].iter().map(|word| match word.split_once('/') {
        Some((call, device)) => (number(call), device.to_owned()),
        None => (number(words[1]), (*word).to_owned()),
    })
}

/// SNAPSHOT_DEVICE_CONF: calls with the states of the device's own legs.
fn snapshot_of_device(device: &str, calls: &[&str]) -> SnapshotDeviceConf {
    let item = |call: &&str| {
        let (id, state) = call.split_once(':').unwrap_or((call, "CONNECT"));
        SnapshotDeviceConfCallsItem {
            call_connection_call_id: Some(number(id)),
            call_connection_device_id_type: Some(ConnectionDeviceIdType::DYNAMIC),
            call_connection_device_id: format!("{id}/{device}"),
            call_state: Some(connection_state(state)),
            ..Default::default()
        }
    };
    SnapshotDeviceConf { calls: calls.iter().map(item).collect(), ..Default::default() }
}

/// SNAPSHOT_CALL_CONF.
fn snapshot_of_call(id: u32, rest: &[&str]) -> SnapshotCallConf {
    let devices = rest.iter().filter_map(|word| word.split_once(':')).map(|(device, state)| {
        SnapshotCallConfCallDevicesItem {
            call_connection_call_id: Some(id),
            call_connection_device_id_type: Some(ConnectionDeviceIdType::DYNAMIC),
            call_connection_device_id: format!("{id}/{device}"),
            call_device_type: Some(DeviceIdType::DEVICE_IDENTIFIER),
            call_device_id: device.to_owned(),
            call_device_connection_state: Some(connection_state(state)),
        }
    });
    SnapshotCallConf {
        call_type: CallType(after(rest, "type").map_or(2, |n| number(n) as u16)),
        ani: after(rest, "by").unwrap_or_default().to_owned(),
        dialed_number: after(rest, "to").unwrap_or_default().to_owned(),
        call_variables: variables(rest),
        named_variables: campaign_variables(rest),
        call_wrapup_data: value(rest, "wrapup"),
        coc_connection_call_id: after(rest, "from").map(number),
        coc_call_connection_device_id: consulting(rest).unwrap_or_default(),
        call_devices: devices.collect(),
        ..Default::default()
    }
}

/// The connection of whoever consults to the call that he consults about.
fn consulting(rest: &[&str]) -> Option<String> {
    Some(format!("{}/{}", after(rest, "from")?, after(rest, "by")?))
}

/// A call event of a script.
pub(super) fn call_event(words: &[&str]) -> Message {
    let id = number(words[1]);
    let device = words.get(2).copied().unwrap_or_default().to_owned();
    let far = after(words, ">").unwrap_or_default().to_owned();
    let cause = EventCause(after(words, "cause").map_or(0xFFFF, |n| number(n) as u16));
    let kind = DeviceIdType(after(words, "kind").map_or(0, |n| number(n) as u16));
    let connection = |device: &str| format!("{id}/{device}");
    macro_rules! event {
        ($kind:ident { $($field:ident: $value:expr),* } at $device:expr) => {
            Message::$kind($kind {
                peripheral_id: PERIPHERAL,
                connection_call_id: id,
                connection_device_id_type: ConnectionDeviceIdType::DYNAMIC,
                connection_device_id: connection(&$device),
                $($field: $value,)*
                ..Default::default()
            })
        };
    }
    match words[0] {
        "begin" => {
            let by = after(words, "by").unwrap_or_default().to_owned();
            Message::BeginCallEvent(BeginCallEvent {
                peripheral_id: PERIPHERAL,
                connection_call_id: id,
                connection_device_id: by.clone(),
                call_type: CallType(after(words, "type").map_or(2, |n| number(n) as u16)),
                ani: by,
                dialed_number: after(words, "to").unwrap_or_default().to_owned(),
                call_variables: variables(words),
                named_variables: campaign_variables(words),
                ..Default::default()
            })
        }
        "service" => event!(CallServiceInitiatedEvent {
            calling_device_id: device.clone(),
            coc_connection_call_id: after(words, "from").map(number)
        } at device),
        "originated" => {
            event!(CallOriginatedEvent { calling_device_id: device.clone(), called_device_id: far } at device)
        }
        "network" => event!(CallReachedNetworkEvent { called_device_id: device.clone() } at "trunk"),
        "delivered" => event!(CallDeliveredEvent {
            calling_device_id: device,
            called_device_id: far.clone(),
            alerting_device_id: far.clone(),
            alerting_device_type: kind
        } at far),
        "established" => event!(CallEstablishedEvent {
            calling_device_id: device,
            called_device_id: far.clone(),
            answering_device_id: far.clone(),
            answering_device_type: kind
        } at far),
        "held" => event!(CallHeldEvent { holding_device_id: device.clone() } at device),
        "retrieved" => event!(CallRetrievedEvent { retrieving_device_id: device.clone() } at device),
        "diverted" => event!(CallDivertedEvent { diverting_device_id: device.clone() } at device),
        "gone" => {
            event!(CallConnectionClearedEvent { releasing_device_id: device.clone(), event_cause: cause } at device)
        }
        "failed" => event!(CallFailedEvent { failing_device_id: far, event_cause: cause } at device),
        "cleared" => event!(CallClearedEvent { event_cause: cause } at device),
        "end" => event!(EndCallEvent {} at device),
        "data" => event!(CallDataUpdateEvent {
            call_type: CallType(after(words, "type").map_or(0xFFFF, |n| number(n) as u16)),
            call_variables: variables(words),
            named_variables: campaign_variables(words),
            call_wrapup_data: value(words, "wrapup"),
            new_connection_call_id: after(words, "new").map_or(id, number)
        } at device),
        "conferenced" => Message::CallConferencedEvent(CallConferencedEvent {
            peripheral_id: PERIPHERAL,
            primary_call_id: id,
            secondary_call_id: number(words[2]),
            controller_device_id: after(words, "by").unwrap_or_default().to_owned(),
            parties: listed(words)
                .map(|(call, device)| CallConferencedEventPartiesItem {
                    connected_party_call_id: Some(call),
                    connected_party_device_id_type: Some(ConnectionDeviceIdType::STATIC),
                    connected_party_device_id: device,
                })
                .collect(),
            ..Default::default()
        }),
        "transferred" => Message::CallTransferredEvent(CallTransferredEvent {
            peripheral_id: PERIPHERAL,
            primary_call_id: id,
            secondary_call_id: words[2].parse().unwrap_or(NULL_ID),
            transferring_device_id: after(words, "by").unwrap_or_default().to_owned(),
            parties: listed(words)
                .map(|(call, device)| CallTransferredEventPartiesItem {
                    connected_party_call_id: Some(call),
                    connected_party_device_id_type: Some(ConnectionDeviceIdType::STATIC),
                    connected_party_device_id: device,
                })
                .collect(),
            ..Default::default()
        }),
        other => panic!("no such event: {other}"),
    }
}

/// Variables of a campaign.
fn campaign_variables(words: &[&str]) -> Vec<NamedVariable> {
    let pairs = words.iter().filter(|word| word.starts_with("BA")).filter_map(|word| word.split_once('='));
    let named =
        pairs.map(|(name, value)| NamedVariable { name: name.to_owned(), value: value.replace('~', " ") });
    named.collect()
}

fn mobile(words: &[&str]) -> Option<MobileAgent> {
    let mode = if words.contains(&"nailed") { MobileMode::NailedConnection } else { MobileMode::CallByCall };
    after(words, "mobile").map(|number| MobileAgent { mode, dial_number: number.to_owned() })
}

fn campaign_answer(words: &[&str]) -> CampaignAnswer {
    match words {
        ["ACCEPT", ..] => CampaignAnswer::Accept,
        ["REJECT", ..] => CampaignAnswer::Reject,
        ["CLOSE", ..] => CampaignAnswer::Close,
        ["RECLASSIFY", _, word, ..] => CampaignAnswer::Reclassify(Classification::parse(word).unwrap()),
        ["SCHEDULE", ..] => CampaignAnswer::ScheduleCallback {
            time: after(words, "time").map(str::to_owned),
            number: after(words, "number").map(str::to_owned),
        },
        _ => CampaignAnswer::CancelCallback,
    }
}
