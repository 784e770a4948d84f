//! Every event in every reachable state, breadth first.
//!
//! Time comes in units, tickets are nameless and deadlines are looked at relative to now, so that the number of states
//! is finite.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use super::super::{
    Answer, Check, Input, Link, Machine, Move, Other, Outage, Output, Place, Seek, Server, Settings, State,
    Status, Step, Ticket,
};
use super::{Json, Script};

/// The unit of time.
const UNIT: Duration = Duration::from_secs(1);

/// `Retry-After` of a busy server: longer than a server's time to answer, shorter than the time between polls.
const BUSY: Option<u64> = Some(2);

/// Short times with the order of the true ones.
pub fn settings() -> Settings {
    Settings {
        two_servers: true,
        tries: [UNIT; 3],
        connect_timeout: UNIT,
        poll_interval: UNIT * 5,
        poll_timeout: UNIT,
        sign_in_timeout: UNIT,
        refresh_timeout: UNIT,
        refresh_pause: UNIT,
        spread_move: UNIT * 2,
        spread_return: UNIT * 2,
        refused_pause: UNIT * 3,
        retry_after_max: UNIT * 3,
        #[cfg(test)]
        hasty: false,
    }
}

/// In the middle of the line: a unit of each spread.
fn place() -> Place {
    Place::from_seed(500)
}

macro_rules! events {
    ($($name:ident $word:literal,)*) => {
        /// What can happen, whatever the machine waits for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each is the input of its name, of the request or transport in question")]
        pub enum Event { $($name,)* }

        /// All events.
        pub const EVENTS: &[Event] = &[$(Event::$name,)*];

        impl Event {
            /// A stable word for machines.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

events! {
    TransportUp "transport_up",
    TransportFailed "transport_failed",
    TransportBusy "transport_busy",
    TransportLost "transport_lost",
    Conflict "conflict",
    EventInService "event_in_service",
    EventOutOfService "event_out_of_service",
    FinesseAvailable "finesse_available",
    FinesseUnavailable "finesse_unavailable",
    Refused "refused",
    CurrentInService "current_in_service",
    CurrentOutOfService "current_out_of_service",
    CurrentSilent "current_silent",
    OtherInService "other_in_service",
    OtherOutOfService "other_out_of_service",
    OtherSilent "other_silent",
    SignedIn "signed_in",
    SignInFailed "sign_in_failed",
    SignInBusy "sign_in_busy",
    SignInRefused "sign_in_refused",
    Refreshed "refreshed",
    RefreshFailed "refresh_failed",
    RefreshBusy "refresh_busy",
    CallStarted "call_started",
    CallEnded "call_ended",
    SignedOut "signed_out",
    OldNews "old_news",
    SpuriousTimeout "spurious_timeout",
    TimePasses "time_passes",
}

/// A machine and its clock.
#[derive(Clone, Debug)]
pub struct World {
    script: Script,
}

/// What tells two states apart.
pub type Key = (State, Server, bool);

impl World {
    /// A signed-in agent on the primary server.
    pub fn new(settings: Settings) -> Self {
        Self { script: Script::new(settings, place()) }
    }

    /// The machine as it stands.
    pub fn machine(&self) -> &Machine {
        self.script.machine()
    }

    /// Lets it happen, and returns what the machine did.
    pub fn take(&mut self, event: Event) -> Vec<Output> {
        self.script.forget();
        happen(&mut self.script, event);
        self.script.outputs().map(|(_, output)| output).collect()
    }

    /// The state, whenever it was reached and whatever its tickets are.
    pub fn key(&self) -> Key {
        let machine = self.machine();
        (nameless(*machine.state(), self.script.now()), machine.server(), machine.is_on_call())
    }
}

/// Walks everything with the settings of this module.
pub(super) fn walk(mut visit: impl FnMut(&[Event], &World, Event, &World, &[Output])) {
    let start = World::new(settings());
    let mut seen = BTreeSet::from([start.key()]);
    let mut queue = VecDeque::from([(start, Vec::new())]);
    while let Some((world, path)) = queue.pop_front() {
        for event in EVENTS {
            let mut next = world.clone();
            let outputs = next.take(*event);
            visit(&path, &world, *event, &next, &outputs);
            if seen.insert(next.key()) {
                queue.push_back((next, path.iter().copied().chain([*event]).collect()));
            }
        }
    }
}

/// The script of these events, with what came of the last.
pub(super) fn replay(path: &[Event]) -> Json {
    let mut script = Script::new(settings(), place());
    let mut before = 0;
    for event in path {
        before = script.taken().len();
        happen(&mut script, *event);
    }
    script.json_of_last(script.taken().len().saturating_sub(before))
}

/// A deadline that the event brings about at this very moment fires at once.
fn happen(script: &mut Script, event: Event) {
    give(script, event);
    script.pass(Duration::ZERO);
}

fn give(script: &mut Script, event: Event) {
    match event {
        Event::TransportUp => script.transport_up(),
        Event::TransportFailed => script.transport_failed(None),
        Event::TransportBusy => script.transport_failed(BUSY),
        Event::TransportLost => script.transport_lost(),
        Event::Conflict => script.conflict(),
        Event::EventInService => script.event(Status::InService),
        Event::EventOutOfService => script.event(Status::OutOfService),
        Event::FinesseAvailable => script.finesse(true),
        Event::FinesseUnavailable => script.finesse(false),
        Event::Refused => script.give(Input::Refused(script.machine().server())),
        Event::CurrentInService => script.current(Answer::InService),
        Event::CurrentOutOfService => script.current(Answer::OutOfService),
        Event::CurrentSilent => script.current(Answer::Silent),
        Event::OtherInService => script.other(Answer::InService),
        Event::OtherOutOfService => script.other(Answer::OutOfService),
        Event::OtherSilent => script.other(Answer::Silent),
        Event::SignedIn => script.signed_in(),
        Event::SignInFailed => script.sign_in_failed(None),
        Event::SignInBusy => script.sign_in_failed(BUSY),
        Event::SignInRefused => script.sign_in_refused(),
        Event::Refreshed => script.refreshed(),
        Event::RefreshFailed => script.refresh_failed(None),
        Event::RefreshBusy => script.refresh_failed(BUSY),
        Event::CallStarted => script.give(Input::OnCall(true)),
        Event::CallEnded => script.give(Input::OnCall(false)),
        Event::SignedOut => script.give(Input::SignedOut),
        Event::OldNews => script.give(Input::Refused(script.machine().server().other())),
        Event::SpuriousTimeout => script.tell_time(),
        Event::TimePasses => script.pass(UNIT),
    }
}

fn nameless(mut state: State, now: Duration) -> State {
    let near = |until: &mut Duration| *until = until.saturating_sub(now);
    let blank = |ticket: &mut Ticket, until: &mut Duration| {
        *ticket = Machine::FIRST;
        near(until);
    };
    let blank_step = |step: &mut Step| match step {
        Step::Pause { until } => near(until),
        Step::Busy { ticket, until } => blank(ticket, until),
    };
    let blank_outage = |outage: &mut Outage| {
        outage.next_poll.iter_mut().for_each(near);
        near(&mut outage.patience);
        near(&mut outage.hold);
        near(&mut outage.refused);
    };
    let blank_link = |link: &mut Link| link.ticket = Machine::FIRST;
    match &mut state {
        State::Connected { link } => blank_link(link),
        State::Retrying { outage, step, .. } => {
            blank_outage(outage);
            blank_step(step);
        }
        State::Seeking(Seek { outage, link, current, other, .. }) => {
            blank_outage(outage);
            link.iter_mut().for_each(blank_link);
            match current {
                Check::Polling { ticket, until } | Check::Connecting { ticket, until } => {
                    blank(ticket, until)
                }
                Check::Down { retry_at, .. } => retry_at.iter_mut().for_each(near),
            }
            if let Other::Polling { ticket, until } = other {
                blank(ticket, until);
            }
        }
        State::Refreshing { outage, link, step, .. } => {
            blank_outage(outage);
            blank_link(link);
            blank_step(step);
        }
        State::Moving { outage, step, .. } => {
            blank_outage(outage);
            match step {
                Move::Pause { until } => near(until),
                Move::Connecting { ticket, until } => blank(ticket, until),
                Move::SigningIn { link, ticket, until } => {
                    *link = Machine::FIRST;
                    blank(ticket, until);
                }
            }
        }
        State::Ended(_) => {}
    }
    state
}
