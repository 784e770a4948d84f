//! The task of one desktop: news in, the machine's outputs carried out, until the desktop is dropped.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use failover::client::{Input, Machine, Output, Place, Server, Ticket};
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};

use super::heard::Heard;
use super::work::{self, Done};
use super::{Order, Picture, Shared, View, locked};
use crate::desktop::Desktop;
use crate::desktop::session::Leave;

/// How soon a desktop looks again whether its sign-in has had its effect.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Sessions that were cut off and are not to end: one for each time that the network broke.
const SILENT_MAX: usize = 8;

pub(super) struct Pilot {
    shared: Arc<Shared>,
    machine: Machine,
    transport: Option<Heard>,
    /// Transports that are being opened, which can be given up.
    opening: BTreeMap<Ticket, AbortHandle>,
    works: JoinSet<Done>,
    /// The newest reading.
    reading: Option<Ticket>,
    /// When the sign-in of the last move was taken.
    signed_in_at: Option<Duration>,
    view: watch::Sender<View>,
    /// Kept, so that their connections stay.
    silent: Vec<Arc<Desktop>>,
}

impl Pilot {
    /// Begins with an agent who is signed in on `home`.
    pub(super) fn new(
        shared: Arc<Shared>,
        place: Place,
        home: Server,
        (desktop, picture): (Arc<Desktop>, Picture),
    ) -> (Self, watch::Receiver<View>) {
        let machine = Machine::new(shared.ways.settings.clone(), place, home);
        let (view, seen) = watch::channel(view(&machine, shared.ways.clock.now()));
        let (opening, works, silent) = Default::default();
        let (transport, reading, signed_in_at) = (None, None, None);
        let mut pilot =
            Self { shared, machine, transport, opening, works, reading, signed_in_at, view, silent };
        pilot.show(picture);
        pilot.take_transport(Machine::FIRST, home, desktop);
        (pilot, seen)
    }

    pub(super) async fn run(mut self, mut orders: mpsc::Receiver<Order>) {
        loop {
            let news = tokio::select! {
                news = heard(&mut self.transport) => news,
                Some(Ok(done)) = self.works.join_next(), if !self.works.is_empty() => self.done(done),
                order = orders.recv() => match order {
                    Some(order) => self.obey(order),
                    None => return,
                },
                () = due(self.machine.poll_timeout().map(|(due, _)| due), self.shared.ways.clock) => {
                    self.machine.handle_timeout(self.now());
                    Vec::new()
                }
            };
            self.take(news);
        }
    }

    fn take(&mut self, news: Vec<Input>) {
        let on_call = self.shows_calls();
        for input in news.into_iter().chain([Input::OnCall(on_call)]) {
            if let Input::TransportLost(ticket) | Input::Conflict(ticket) = input {
                self.drop_transport(ticket);
            }
            // What comes while it is not current may be older than its sign-in: the reading counts.
            if input != Input::SignedOut || self.machine.is_current() {
                self.machine.handle(input, self.now());
            }
        }
        while let Some(output) = self.machine.poll_output() {
            self.shared.note(self.now(), output);
            self.carry_out(output);
        }
        let new = view(&self.machine, self.now());
        self.view.send_if_modified(|seen| {
            let changed = View { since: seen.since, ..new } != *seen;
            if changed {
                let moved = (seen.stage, seen.server) != (new.stage, new.server);
                *seen = View { since: if moved { new.since } else { seen.since }, ..new };
            }
            changed
        });
    }

    fn carry_out(&mut self, output: Output) {
        let shared = Arc::clone(&self.shared);
        match output {
            Output::Connect { ticket, server } => {
                let opening = self.works.spawn(work::connect(shared, ticket, server));
                self.opening.insert(ticket, opening);
            }
            Output::Disconnect(ticket) => self.disconnect(ticket),
            Output::Poll { ticket, server } => drop(self.works.spawn(work::poll(shared, ticket, server))),
            Output::SignIn { ticket, server } => {
                if let Some(transport) = &self.transport {
                    let desktop = Arc::clone(&transport.desktop);
                    self.works.spawn(work::move_in(shared, desktop, ticket, server));
                }
            }
            Output::Refresh { ticket, server } => {
                self.reading = Some(ticket);
                if let Some(transport) = &self.transport {
                    let desktop = Arc::clone(&transport.desktop);
                    self.works.spawn(work::refresh(shared, desktop, ticket, server));
                }
            }
            // The view has it.
            Output::Show(_) => {}
        }
    }

    fn done(&mut self, done: Done) -> Vec<Input> {
        match done {
            Done::Opened(ticket, desktop) => {
                // One that was given up in this very moment is left alone: nobody knows it.
                if self.opening.remove(&ticket).is_some() {
                    let server = self.server_of(&desktop);
                    self.take_transport(ticket, server, Arc::from(desktop));
                }
                vec![Input::TransportUp(ticket)]
            }
            Done::Read(ticket, _) | Done::ReadSignedOut(ticket) if self.reading != Some(ticket) => Vec::new(),
            Done::Read(ticket, picture) => {
                self.show(*picture);
                vec![Input::Refreshed(ticket)]
            }
            Done::ReadSignedOut(ticket) => {
                let now = self.now();
                self.machine.handle(read_as_signed_out(ticket, self.signed_in_at, now), now);
                Vec::new()
            }
            Done::Told(Input::SignedIn(ticket)) => {
                self.signed_in_at = Some(self.now());
                vec![Input::SignedIn(ticket)]
            }
            Done::Told(input) => {
                if let Input::TransportFailed { ticket, .. } = input {
                    self.opening.remove(&ticket);
                }
                vec![input]
            }
        }
    }

    fn obey(&mut self, order: Order) -> Vec<Input> {
        match (order, &self.transport) {
            (Order::LoseTransport, Some(transport)) => vec![Input::TransportLost(transport.ticket)],
            (Order::LoseTransport, None) => Vec::new(),
            (Order::Refused(server), _) => vec![Input::Refused(server)],
        }
    }

    /// With unavailable presence, if the transport was up and hears.
    fn disconnect(&mut self, ticket: Ticket) {
        if let Some(opening) = self.opening.remove(&ticket) {
            opening.abort();
        }
        let Some(transport) = self.transport.take_if(|transport| transport.ticket == ticket) else { return };
        locked(&self.shared.desktop).take();
        transport.desktop.session.begin_to_leave(Leave::Goodbye);
        tokio::spawn(async move { drop(transport.desktop.lost().await) });
    }

    fn drop_transport(&mut self, ticket: Ticket) {
        let Some(transport) = self.transport.take_if(|transport| transport.ticket == ticket) else { return };
        locked(&self.shared.desktop).take();
        if transport.is_silent() {
            self.silent.push(transport.desktop);
            self.silent.truncate(SILENT_MAX);
        }
    }

    fn take_transport(&mut self, ticket: Ticket, server: Server, desktop: Arc<Desktop>) {
        *locked(&self.shared.desktop) = Some(Arc::clone(&desktop));
        self.transport = Some(Heard::new(ticket, server, desktop, &self.shared.ways));
    }

    fn server_of(&self, desktop: &Desktop) -> Server {
        let [primary, _] = self.shared.person.hosts;
        if desktop.identity().host == primary { Server::Primary } else { Server::Secondary }
    }

    fn show(&self, picture: Picture) {
        *locked(&self.shared.picture) = Some(picture);
    }

    fn shows_calls(&self) -> bool {
        let picture = locked(&self.shared.picture);
        let since = picture.as_ref().map_or(Duration::ZERO, |picture| picture.asked_at);
        let Some(transport) = &self.transport else { return super::picture::has_calls(picture.as_ref(), []) };
        transport.desktop.with_updates(|updates| {
            let new = updates.iter().filter(|update| update.at >= since);
            super::picture::has_calls(picture.as_ref(), new)
        })
    }

    fn now(&self) -> Duration {
        self.shared.ways.clock.now()
    }
}

/// LOGOUT in a reading, with the time when the sign-in of the last move was taken: the rule of [`Input::SignedOut`].
fn read_as_signed_out(ticket: Ticket, signed_in_at: Option<Duration>, now: Duration) -> Input {
    match signed_in_at {
        Some(at) if now < at + work::SIGNED_IN_WITHIN => {
            Input::RefreshFailed { ticket, retry_after: Some(LOOK_AGAIN) }
        }
        Some(_) | None => Input::SignedOut,
    }
}

fn view(machine: &Machine, now: Duration) -> View {
    View {
        stage: machine.state().stage(),
        server: machine.server(),
        is_current: machine.is_current(),
        since: now,
        banner: machine.banner().copied(),
        counters: machine.counters(),
    }
}

async fn heard(transport: &mut Option<Heard>) -> Vec<Input> {
    match transport {
        Some(transport) => transport.next().await,
        None => std::future::pending().await,
    }
}

async fn due(due: Option<Duration>, clock: crate::clock::Clock) {
    match due {
        Some(due) => tokio::time::sleep(due.saturating_sub(clock.now())).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logout_in_a_reading_is_read_again_for_ten_seconds_after_the_sign_in_of_a_move() {
        let at = |second| Duration::from_secs(second);
        let read = |signed_in_at, now| read_as_signed_out(Machine::FIRST, signed_in_at, at(now));
        let again = Input::RefreshFailed { ticket: Machine::FIRST, retry_after: Some(at(1)) };
        assert_eq!(read(Some(at(100)), 109), again);
        assert_eq!(read(Some(at(100)), 110), Input::SignedOut);
        assert_eq!(read(None, 3), Input::SignedOut, "back on the same server");
    }
}
