//! Desktops that fail over as the browser does: `failover::client` decides, the world carries out.
//!
//! A desktop without a pilot stays with its node for ever. Whoever leaves the page leaves its pilot, and gets one again
//! once he is at work.

use std::time::Duration;

use node::HttpId;
use node::api::{HttpRequest, HttpResponse, NOT_CHECKED};
use node::failover::client::{
    self, Answer, Banner, BannerKind, Input, Machine, Output, Place, Server, Stage, Status, Ticket,
};

use super::desks::DESK_LATENCY;
use super::{Asked, Asker, Desk, Happening, Leave, ToNode, World};
use crate::desktop::Desktop;
use crate::peer::PRIMARY;
use crate::people::Click;
use crate::recording::{Kind, Part};
use crate::seen::{Object, Seen};

/// A browser finds a connection dead that says nothing: three of its pings.
const NOTICED_AFTER: Duration = Duration::from_secs(3);
/// After a sign-in was taken, its agent shows as signed in within this time, or somebody else signed him out.
const SIGNED_IN_WITHIN: Duration = Duration::from_secs(10);
/// How soon it looks again whether he does.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How a desktop hears the answer of a server, which may be its current one, to a poll.
pub type Hearing = fn(current: bool, Answer) -> Answer;

/// What a desktop does wrong: tests break desktops with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whim {
    /// Nothing.
    #[default]
    None,
    /// Whoever is on a call takes himself for somebody who is not, and the other way round.
    CallsLast,
    /// It goes back to the primary as soon as that serves again.
    GoHome,
    /// It shows for ever what it showed first.
    KeepScreen,
}

/// The machine of a desktop, and what it waits for.
pub(super) struct Pilot {
    machine: Machine,
    /// The transport, and whether it is up.
    transport: Option<(Ticket, bool)>,
    signing_in: Option<(Ticket, HttpId)>,
    reading: Option<Ticket>,
    signed_in_at: Duration,
    /// Since when what it shows is not current.
    lost_at: Option<Duration>,
}

/// What the world knows of a desktop that says that it leaves its server.
pub(crate) struct Leaving {
    /// Which.
    pub(crate) desktop: usize,
    /// The node that it leaves.
    pub(crate) node: usize,
    /// Since when its connection is whole; `None` if it is not.
    pub(crate) connected: Option<Duration>,
    /// Since when it shows what is not current.
    pub(crate) lost: Duration,
}

impl World {
    /// Everybody who is at work on a desktop without a pilot gets one.
    pub fn pilot_everybody(&mut self) {
        for desk in &mut self.desks {
            if desk.pilot.is_none() && desk.wanted && !desk.cut && is_signed_in(&desk.desktop) {
                let settings = self.plan.client.clone();
                desk.pilot = Some(Pilot::new(settings, &desk.desktop, server(desk.node)));
            }
        }
        if self.plan.whim == Whim::GoHome && self.in_service(PRIMARY) {
            (0..self.desks.len()).for_each(|index| self.go_home(index));
        }
    }

    fn go_home(&mut self, index: usize) {
        let away = |desk: &&Desk| desk.node != PRIMARY && !desk.cut;
        let Some(desk) = self.desks.get(index).filter(away) else { return };
        if desk.pilot.as_ref().is_some_and(|pilot| pilot.machine.is_current()) {
            let connected = Some(desk.connected_since);
            let leaving = Leaving { desktop: index, node: desk.node, connected, lost: self.now };
            self.watch.leaves(&leaving, self.now);
            self.relocate_desktop(index, PRIMARY, Leave::Goodbye, Duration::ZERO);
        }
    }

    /// How often agents were signed in on the other node by their desktops.
    pub fn moved(&self) -> u64 {
        self.moved
    }

    /// A desktop with a pilot that is not at work.
    pub(super) fn homeless(&self) -> Option<String> {
        let away = |desk: &&Desk| desk.pilot.as_ref().is_some_and(|pilot| !self.at_home(desk, pilot));
        let desk = self.desks.iter().find(away)?;
        let state = desk.pilot.as_ref().map(|pilot| pilot.machine.state().stage());
        Some(format!("the desktop of {} is not back, but {state:?}", desk.desktop.person().id))
    }

    fn at_home(&self, desk: &Desk, pilot: &Pilot) -> bool {
        pilot.machine.is_current() && is_signed_in(&desk.desktop) && self.in_service(desk.node)
    }

    /// The next deadline of a pilot.
    pub(super) fn pilots_due(&self) -> Option<Duration> {
        let due = |desk: &Desk| Some(desk.pilot.as_ref()?.machine.poll_timeout()?.0);
        self.desks.iter().filter_map(due).min()
    }

    pub(super) fn wake_pilots(&mut self) {
        for index in 0..self.desks.len() {
            let now = self.now;
            let due = |pilot: &&mut Pilot| pilot.machine.poll_timeout().is_some_and(|(due, _)| due <= now);
            if let Some(pilot) = self.pilot(index).filter(due) {
                let before = pilot.machine.state().stage();
                pilot.machine.handle_timeout(now);
                self.note_stage(index, before);
                self.fly(index);
            }
        }
    }

    fn pilot(&mut self, index: usize) -> Option<&mut Pilot> {
        self.desks.get_mut(index)?.pilot.as_mut()
    }

    /// The pilot hears of something, with the news that the network brings.
    fn tell_later(&mut self, desktop: usize, input: Input) {
        self.queue.put(self.now + DESK_LATENCY, Happening::Pilot { desktop, input });
    }

    pub(super) fn tell_pilot(&mut self, index: usize, input: Input) {
        let now = self.now;
        let on_call = self.desks.get(index).is_some_and(|desk| !desk.desktop.shown().dialogs.is_empty());
        let on_call = on_call != (self.plan.whim == Whim::CallsLast);
        let Some(pilot) = self.pilot(index) else { return };
        let before = pilot.machine.state().stage();
        pilot.machine.handle(Input::OnCall(on_call), now);
        pilot.machine.handle(input, now);
        self.note_stage(index, before);
        self.fly(index);
    }

    /// What a pilot has come to.
    fn note_stage(&mut self, index: usize, before: Stage) {
        let Some(after) = self.pilot(index).map(|pilot| pilot.machine.state().stage()) else { return };
        if after != before {
            let line = Part::Desktop(index).alone(Kind::Decision);
            self.recorder.note(self.now, line, format_args!("{before:?} -> {after:?}"));
        }
    }

    fn fly(&mut self, index: usize) {
        let now = self.now;
        if let Some(pilot) = self.pilot(index) {
            let current = pilot.machine.is_current();
            pilot.lost_at = if current { None } else { pilot.lost_at.or(Some(now)) };
            self.count_screen(index, current);
        }
        while let Some(output) = self.pilot(index).and_then(|pilot| pilot.machine.poll_output()) {
            if let Output::Show(banner) = &output {
                self.recorder.note(now, Part::Desktop(index).alone(Kind::Decision), format_args!("{banner}"));
            }
            self.obey_pilot(index, output);
        }
    }

    fn obey_pilot(&mut self, index: usize, output: Output) {
        match output {
            Output::Connect { ticket, server } => self.connect_to(index, ticket, node(server)),
            Output::Disconnect(ticket) => {
                if self.pilot(index).and_then(|pilot| pilot.transport.take_if(|it| it.0 == ticket)).is_some()
                {
                    self.leave_session(index, Leave::Goodbye);
                }
            }
            Output::Poll { ticket, server } => self.poll_node(index, ticket, node(server)),
            Output::SignIn { ticket, .. } => {
                let Click { method, path, body, .. } = Click::sign_in(self, index);
                if let Some(id) = self.press(index, method, &path, &body) {
                    self.pilot(index).into_iter().for_each(|it| it.signing_in = Some((ticket, id)));
                }
            }
            Output::Refresh { ticket, .. } => {
                let Some(desk) = self.desks.get_mut(index) else { return };
                desk.pilot.iter_mut().for_each(|pilot| pilot.reading = Some(ticket));
                let wires = desk.desktop.read_again();
                self.send_wires(index, wires);
            }
            Output::Show(banner) => self.shown(index, banner),
        }
    }

    fn shown(&mut self, index: usize, Banner { kind, server, .. }: Banner) {
        let now = self.now;
        match kind {
            // Shown twice: when it is decided, and when it is its turn.
            BannerKind::Moving => {
                let Some(desk) = self.desks.get(index).filter(|desk| desk.node == node(server.other()))
                else {
                    return;
                };
                let lost = desk.pilot.as_ref().and_then(|pilot| pilot.lost_at).unwrap_or(now);
                let connected = (!desk.cut).then_some(desk.connected_since);
                self.watch.leaves(&Leaving { desktop: index, node: desk.node, connected, lost }, now);
            }
            BannerKind::Moved => self.moved += 1,
            BannerKind::Lost
            | BannerKind::Checking
            | BannerKind::Waiting
            | BannerKind::BothDown
            | BannerKind::SignInFailed
            | BannerKind::SignInRefused
            | BannerKind::Reading
            | BannerKind::Reconnected
            | BannerKind::Ended => {}
        }
    }

    fn connect_to(&mut self, index: usize, ticket: Ticket, node: usize) {
        let (host, first_rid) = (self.plan.host(node), self.rng.number());
        self.watch.desktop_lost(index);
        let Some(desk) = self.desks.get_mut(index) else { return };
        (desk.node, desk.session) = (node, desk.session + 1);
        let line = Part::Desktop(index).to(Part::Node(node), Kind::Connection);
        self.recorder.note(self.now, line, format_args!("opens a session"));
        desk.desktop.move_to(&host);
        desk.pilot.iter_mut().for_each(|pilot| pilot.transport = Some((ticket, false)));
        let wires = desk.desktop.open(first_rid);
        self.send_wires(index, wires);
    }

    /// CLIENT-7, CLIENT-11: without credentials, and over a connection of its own.
    fn poll_node(&mut self, index: usize, ticket: Ticket, node: usize) {
        let at = self.now + DESK_LATENCY;
        let id = self.next_http();
        let Some(seat) = self.seats.get(node) else { return };
        if self.desks.get(index).is_none_or(|desk| desk.cut) {
            return;
        }
        let line = Part::Desktop(index).to(Part::Node(node), Kind::Request);
        self.recorder.note(self.now, line, format_args!("polls SystemInfo"));
        if seat.node.is_none() || !seat.services.platform {
            let answer = self.heard(index, node, Answer::Silent);
            return self.tell_later(index, Input::Polled(ticket, answer));
        }
        let request = HttpRequest::page("/finesse/api/SystemInfo");
        let (asker, path) = (Asker::Poll(ticket), request.path.clone());
        self.asked.insert(id, Asked { desktop: index, node, session: 0, asker, path });
        let news = ToNode::Http { id, request: Box::new(request) };
        self.queue.put(at, Happening::ToNode { node, life: seat.life, news });
    }

    /// Its session is over: true if there is a pilot, who hears of it.
    pub(super) fn pilot_lost(&mut self, index: usize) -> bool {
        let Some(pilot) = self.pilot(index) else { return false };
        let news = pilot.transport.take().map(|(ticket, up)| match up {
            true => Input::TransportLost(ticket),
            false => Input::TransportFailed { ticket, retry_after: None },
        });
        news.into_iter().for_each(|news| self.tell_later(index, news));
        true
    }

    /// Its session is open.
    pub(super) fn pilot_opened(&mut self, index: usize) {
        if let Some((ticket, up)) = self.pilot(index).and_then(|pilot| pilot.transport.as_mut()) {
            *up = true;
            let ticket = *ticket;
            self.tell_pilot(index, Input::TransportUp(ticket));
        }
    }

    /// What its events say to the pilot.
    pub(super) fn pilot_sees(&mut self, index: usize, events: &[Seen], finesse: &[bool]) {
        let Some((ticket, _)) = self.pilot(index).and_then(|pilot| pilot.transport) else { return };
        for available in finesse {
            self.tell_pilot(index, Input::Finesse(ticket, *available));
        }
        for seen in events {
            match &seen.object {
                Object::System { in_service: true } => {
                    self.tell_pilot(index, Input::Event(ticket, Status::InService))
                }
                Object::System { in_service: false } => {
                    self.tell_pilot(index, Input::Event(ticket, Status::OutOfService));
                }
                Object::User(user) if user.state == "LOGOUT" && !seen.is_of_member() => {
                    self.signed_out(index)
                }
                Object::User(_) | Object::Dialog(_) | Object::Error { .. } | Object::Other(_) => {}
            }
        }
    }

    /// Where the page shows the sign-in form, nothing fails over. While the pilot is at work, what comes is older.
    fn signed_out(&mut self, index: usize) {
        if let Some(desk) = self.desks.get_mut(index) {
            desk.pilot.take_if(|pilot| pilot.machine.is_current());
        }
    }

    /// An answer to a request by the pilot.
    pub(super) fn pilot_answered(&mut self, index: usize, id: HttpId, response: &HttpResponse) {
        let now = self.now;
        let Some(pilot) = self.pilot(index) else { return };
        let Some((ticket, _)) = pilot.signing_in.take_if(|(_, of)| *of == id) else { return };
        let checked = response.headers.iter().all(|(name, _)| *name != NOT_CHECKED);
        let news = match response.status {
            202 => {
                pilot.signed_in_at = now;
                Input::SignedIn(ticket)
            }
            // An AWDB has said that the password is wrong.
            401 if checked => Input::SignInRefused(ticket),
            _ => Input::SignInFailed { ticket, retry_after: patience(response) },
        };
        self.tell_pilot(index, news);
    }

    fn heard(&self, index: usize, node: usize, answer: Answer) -> Answer {
        (self.plan.hearing)(self.node_of(index) == Some(node), answer)
    }

    pub(super) fn pilot_polled(
        &mut self,
        index: usize,
        (ticket, node): (Ticket, usize),
        response: &HttpResponse,
    ) {
        let in_service = response.status == 200 && response.body.contains("<status>IN_SERVICE</status>");
        let answer = if in_service { Answer::InService } else { Answer::OutOfService };
        let answer = self.heard(index, node, answer);
        if self.desks.get(index).is_some_and(|desk| !desk.cut) {
            self.tell_pilot(index, Input::Polled(ticket, answer));
        }
    }

    /// Something has been read, or could not be.
    pub(super) fn pilot_read(&mut self, index: usize, response: &HttpResponse) {
        let now = self.now;
        let Some(desk) = self.desks.get_mut(index) else { return };
        let (fresh, signed_in) = (desk.desktop.is_fresh(), is_signed_in(&desk.desktop));
        let Some(pilot) = &mut desk.pilot else { return };
        let Some(ticket) = pilot.reading.take_if(|_| fresh || response.status != 200) else { return };
        let news = if response.status != 200 {
            Input::RefreshFailed { ticket, retry_after: patience(response) }
        } else if signed_in {
            Input::Refreshed(ticket)
        } else if now < pilot.signed_in_at + SIGNED_IN_WITHIN {
            // It could be read; the sign-in has not had its effect yet.
            Input::RefreshFailed { ticket, retry_after: Some(LOOK_AGAIN) }
        } else {
            // Somebody signed him out meanwhile: the page shows the sign-in form.
            desk.pilot = None;
            return self.ledger.grounded(index);
        };
        self.tell_pilot(index, news);
    }

    /// The connection of a desktop broke, and says nothing.
    pub(super) fn break_silently(&mut self, desktop: usize, session: u64) {
        if self.pilot(desktop).is_some() {
            self.queue.put(self.now + NOTICED_AFTER, Happening::Noticed { desktop, session });
        }
    }

    pub(super) fn notice(&mut self, index: usize, session: u64) {
        let broken = |desk: &Desk| desk.cut && desk.session == session && desk.pilot.is_some();
        if self.desks.get(index).is_some_and(broken) {
            self.desk_lost(index);
        }
    }
}

impl Pilot {
    fn new(settings: client::Settings, desktop: &Desktop, home: Server) -> Self {
        let machine = Machine::new(settings, Place::of(&desktop.person().id), home);
        let transport = Some((Machine::FIRST, true));
        let (signing_in, reading, lost_at, signed_in_at) = (None, None, None, Duration::ZERO);
        Self { machine, transport, signing_in, reading, signed_in_at, lost_at }
    }
}

fn is_signed_in(desktop: &Desktop) -> bool {
    let state = desktop.shown().user.as_ref().map(|user| user.state.as_str());
    desktop.is_fresh() && state.is_some_and(|state| state != "LOGOUT")
}

fn patience(response: &HttpResponse) -> Option<Duration> {
    let header = response.headers.iter().find(|(name, _)| *name == "Retry-After")?;
    header.1.parse().map(Duration::from_secs).ok()
}

fn server(node: usize) -> Server {
    if node == 0 { Server::Primary } else { Server::Secondary }
}

fn node(server: Server) -> usize {
    match server {
        Server::Primary => 0,
        Server::Secondary => 1,
    }
}
