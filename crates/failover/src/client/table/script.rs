//! One machine, led by a script: what it was given and what it did, step by step.

use std::time::Duration;

use super::super::{Answer, Input, Machine, Output, Place, Server, Settings, Stage, Status, Ticket};
use super::Json;

/// A machine on its own clock. Deadlines fire by themselves when time passes.
#[derive(Clone, Debug)]
pub struct Script {
    machine: Machine,
    now: Duration,
    taken: Vec<Taken>,
}

/// One step, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// When, since the sign-in.
    pub at: Duration,
    /// What happened; `None` if a deadline came.
    pub input: Option<Input>,
    /// What the machine did.
    pub outputs: Vec<Output>,
    /// Where it stood then.
    pub stage: Stage,
    /// Its current server then.
    pub server: Server,
    /// Its next deadline then.
    pub deadline: Option<Duration>,
}

impl Script {
    /// Begins with a signed-in agent on the primary server.
    pub fn new(settings: Settings, place: Place) -> Self {
        Self {
            machine: Machine::new(settings, place, Server::Primary),
            now: Duration::ZERO,
            taken: Vec::new(),
        }
    }

    /// The machine as it stands.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// What time it is.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// All steps so far.
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// All outputs so far, with their times.
    pub fn outputs(&self) -> impl Iterator<Item = (Duration, Output)> + '_ {
        self.taken.iter().flat_map(|taken| taken.outputs.iter().map(|output| (taken.at, *output)))
    }

    /// Gives the machine an input, now.
    pub fn give(&mut self, input: Input) {
        self.machine.handle(input, self.now);
        self.note(Some(input));
    }

    /// Tells the machine the time, now.
    pub fn tell_time(&mut self) {
        self.machine.handle_timeout(self.now);
        self.note(None);
    }

    /// Lets time pass, to this moment since the sign-in; every deadline on the way fires at its time.
    pub fn until(&mut self, milliseconds: u64) {
        self.pass_to(Duration::from_millis(milliseconds));
    }

    /// Lets that much time pass.
    pub fn pass(&mut self, time: Duration) {
        self.pass_to(self.now.saturating_add(time));
    }

    /// Forgets the steps so far, but not where they led.
    pub fn forget(&mut self) {
        self.taken.clear();
    }

    /// Lets time pass, to this moment.
    pub fn pass_to(&mut self, moment: Duration) {
        while let Some((due, _)) = self.machine.poll_timeout().filter(|(due, _)| *due <= moment) {
            self.now = self.now.max(due);
            self.tell_time();
        }
        self.now = self.now.max(moment);
    }

    /// The transport is up, after it was asked for.
    pub fn transport_up(&mut self) {
        self.give(Input::TransportUp(self.connecting()));
    }

    /// The transport is refused.
    pub fn transport_failed(&mut self, retry_after: Option<u64>) {
        let retry_after = retry_after.map(Duration::from_secs);
        self.give(Input::TransportFailed { ticket: self.connecting(), retry_after });
    }

    /// The transport is gone.
    pub fn transport_lost(&mut self) {
        self.give(Input::TransportLost(self.link()));
    }

    /// A SystemInfo event.
    pub fn event(&mut self, status: Status) {
        self.give(Input::Event(self.link(), status));
    }

    /// Presence of `finesse`.
    pub fn finesse(&mut self, available: bool) {
        self.give(Input::Finesse(self.link(), available));
    }

    /// The same agent signed in elsewhere.
    pub fn conflict(&mut self) {
        self.give(Input::Conflict(self.link()));
    }

    /// The current server answers its poll.
    pub fn current(&mut self, answer: Answer) {
        self.give(Input::Polled(or_none(self.machine.state().polls().0), answer));
    }

    /// The other server answers its poll.
    pub fn other(&mut self, answer: Answer) {
        self.give(Input::Polled(or_none(self.machine.state().polls().1), answer));
    }

    /// The agent is signed in.
    pub fn signed_in(&mut self) {
        self.give(Input::SignedIn(self.request()));
    }

    /// The sign-in is refused.
    pub fn sign_in_failed(&mut self, retry_after: Option<u64>) {
        let retry_after = retry_after.map(Duration::from_secs);
        self.give(Input::SignInFailed { ticket: self.request(), retry_after });
    }

    /// The sign-in is not accepted, in the request or before.
    pub fn sign_in_refused(&mut self) {
        let state = self.machine.state();
        self.give(Input::SignInRefused(or_none(state.request().or(state.connecting()))));
    }

    /// All has been read.
    pub fn refreshed(&mut self) {
        self.give(Input::Refreshed(self.request()));
    }

    /// Not all could be read.
    pub fn refresh_failed(&mut self, retry_after: Option<u64>) {
        let retry_after = retry_after.map(Duration::from_secs);
        self.give(Input::RefreshFailed { ticket: self.request(), retry_after });
    }

    fn link(&self) -> Ticket {
        or_none(self.machine.state().link())
    }

    fn connecting(&self) -> Ticket {
        or_none(self.machine.state().connecting())
    }

    fn request(&self) -> Ticket {
        or_none(self.machine.state().request())
    }

    fn note(&mut self, input: Option<Input>) {
        let outputs = std::iter::from_fn(|| self.machine.poll_output()).collect();
        self.taken.push(Taken {
            at: self.now,
            input,
            outputs,
            stage: self.machine.state().stage(),
            server: self.machine.server(),
            deadline: self.machine.poll_timeout().map(|(due, _)| due),
        });
    }

    /// The steps as JSON.
    pub fn json(&self) -> Json {
        Json::List(self.taken.iter().map(Taken::json).collect())
    }

    /// The steps as JSON, with what came of it only for the last `shown` of them.
    pub(super) fn json_of_last(&self, shown: usize) -> Json {
        let (way, end) = self.taken.split_at(self.taken.len().saturating_sub(shown));
        let way = way.iter().map(|taken| Json::map(taken.given()));
        Json::List(way.chain(end.iter().map(Taken::json)).collect())
    }
}

/// A ticket that nothing has.
const NOTHING: Ticket = Ticket(999_999);

fn or_none(ticket: Option<Ticket>) -> Ticket {
    ticket.unwrap_or(NOTHING)
}

impl Taken {
    fn given(&self) -> [(&'static str, Json); 2] {
        let given = self.input.as_ref().map_or(Json::map([("kind", Json::text("timeout"))]), input);
        [("at", Json::time(self.at)), ("input", given)]
    }

    fn json(&self) -> Json {
        let [at, input] = self.given();
        Json::map([
            at,
            input,
            ("outputs", Json::List(self.outputs.iter().map(output).collect())),
            ("stage", Json::text(stage_word(self.stage))),
            ("server", Json::text(self.server.word())),
            ("deadline", Json::time_or_null(self.deadline)),
        ])
    }
}

fn input(input: &Input) -> Json {
    let kind = ("kind", Json::text(input_word(input)));
    let named = |ticket: &Ticket| ("ticket", Json::Number(ticket.0));
    match input {
        Input::TransportUp(ticket)
        | Input::TransportLost(ticket)
        | Input::Conflict(ticket)
        | Input::SignedIn(ticket)
        | Input::SignInRefused(ticket)
        | Input::Refreshed(ticket) => Json::map([kind, named(ticket)]),
        Input::TransportFailed { ticket, retry_after }
        | Input::SignInFailed { ticket, retry_after }
        | Input::RefreshFailed { ticket, retry_after } => {
            Json::map([kind, named(ticket), ("retry_after", Json::time_or_null(*retry_after))])
        }
        Input::Event(ticket, status) => {
            Json::map([kind, named(ticket), ("status", Json::text(status_word(*status)))])
        }
        Input::Finesse(ticket, available) => {
            Json::map([kind, named(ticket), ("available", Json::Bool(*available))])
        }
        Input::Polled(ticket, answer) => {
            Json::map([kind, named(ticket), ("answer", Json::text(answer_word(*answer)))])
        }
        Input::Refused(server) => Json::map([kind, ("server", Json::text(server.word()))]),
        Input::OnCall(on_call) => Json::map([kind, ("on_call", Json::Bool(*on_call))]),
        Input::SignedOut => Json::map([kind]),
    }
}

fn output(output: &Output) -> Json {
    let kind = ("kind", Json::text(output_word(output)));
    match output {
        Output::Connect { ticket, server }
        | Output::Poll { ticket, server }
        | Output::SignIn { ticket, server }
        | Output::Refresh { ticket, server } => {
            Json::map([kind, ("ticket", Json::Number(ticket.0)), ("server", Json::text(server.word()))])
        }
        Output::Disconnect(ticket) => Json::map([kind, ("ticket", Json::Number(ticket.0))]),
        Output::Show(banner) => Json::map([
            kind,
            ("banner", Json::text(banner.kind.word())),
            ("server", Json::text(banner.server.word())),
            ("reason", Json::text(banner.reason.word())),
            ("next_at", Json::time_or_null(banner.next_at)),
        ]),
    }
}

fn input_word(input: &Input) -> &'static str {
    match input {
        Input::TransportUp(_) => "transport_up",
        Input::TransportFailed { .. } => "transport_failed",
        Input::TransportLost(_) => "transport_lost",
        Input::Conflict(_) => "conflict",
        Input::Event(..) => "event",
        Input::Finesse(..) => "finesse",
        Input::Refused(_) => "refused",
        Input::Polled(..) => "polled",
        Input::SignedIn(_) => "signed_in",
        Input::SignInFailed { .. } => "sign_in_failed",
        Input::SignInRefused(_) => "sign_in_refused",
        Input::Refreshed(_) => "refreshed",
        Input::RefreshFailed { .. } => "refresh_failed",
        Input::OnCall(_) => "on_call",
        Input::SignedOut => "signed_out",
    }
}

/// A stable word for machines.
pub(super) fn output_word(output: &Output) -> &'static str {
    match output {
        Output::Connect { .. } => "connect",
        Output::Disconnect(_) => "disconnect",
        Output::Poll { .. } => "poll",
        Output::SignIn { .. } => "sign_in",
        Output::Refresh { .. } => "refresh",
        Output::Show(_) => "show",
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::InService => "in_service",
        Status::OutOfService => "out_of_service",
    }
}

fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::InService => "in_service",
        Answer::OutOfService => "out_of_service",
        Answer::Silent => "silent",
    }
}

/// A stable word for machines.
pub(super) fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Connected => "connected",
        Stage::RetryPause => "retry_pause",
        Stage::RetryConnect => "retry_connect",
        Stage::Poll => "poll",
        Stage::PollAgain => "poll_again",
        Stage::Connect => "connect",
        Stage::Wait => "wait",
        Stage::RefreshPause => "refresh_pause",
        Stage::Refresh => "refresh",
        Stage::MovePause => "move_pause",
        Stage::MoveConnect => "move_connect",
        Stage::MoveSignIn => "move_sign_in",
        Stage::Ended => "ended",
    }
}
