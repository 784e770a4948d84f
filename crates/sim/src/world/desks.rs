//! Desktops and their requests: carried to the node, answered in order, checked against the list of people.

use std::time::Duration;

use node::api::{HttpRequest, HttpResponse};
use node::{HttpId, Input};

use super::{Asked, Asker, Desk, Happening, Leave, ToDesktop, ToNode, Whim, World};
use crate::desktop::{Desktop, Wire};
use crate::recording::{Kind, Part};
use crate::told::{Answered, Asking};

/// Between a desktop and its node: a campus network.
pub(super) const DESK_LATENCY: Duration = Duration::from_micros(300);
const DESK_JITTER: Duration = Duration::from_micros(400);
/// A browser that lost its session tries again after this.
const REOPEN_AFTER: Duration = Duration::from_millis(500);
/// One whose reading was refused because no AWDB answered reads again after this.
const REREAD_AFTER: Duration = Duration::from_secs(1);

impl World {
    /// How many desktops there are, one for each agent.
    pub fn desktops(&self) -> usize {
        self.desks.len()
    }

    /// A desktop.
    pub fn desktop(&self, index: usize) -> Option<&Desktop> {
        self.desks.get(index).map(|desk| &desk.desktop)
    }

    /// The desktop of an agent.
    pub fn desktop_of(&self, agent: &str) -> Option<usize> {
        self.desks.iter().position(|desk| desk.desktop.person().id == agent)
    }

    /// The node that a desktop uses.
    pub fn node_of(&self, desktop: usize) -> Option<usize> {
        self.desks.get(desktop).map(|desk| desk.node)
    }

    /// A desktop subscribes to this node whenever it opens.
    pub fn subscribe(&mut self, index: usize, node: &str) {
        if let Some(desk) = self.desks.get_mut(index) {
            desk.desktop.subscribe_to(node);
        }
    }

    /// Opens a desktop. It opens itself again whenever its session ends.
    pub fn open_desktop(&mut self, index: usize) {
        if let Some(desk) = self.desks.get_mut(index).filter(|desk| !desk.wanted) {
            desk.wanted = true;
            let session = desk.session;
            self.reopen(index, session);
        }
    }

    /// Moves a desktop to another node: its old session falls silent.
    pub fn move_desktop(&mut self, index: usize, node: usize) {
        if self.node_of(index).is_some_and(|of| of != node) {
            self.relocate_desktop(index, node, Leave::Silence, Duration::ZERO);
        }
    }

    /// An agent presses a button: a request with his credentials. The answer comes to [`World::answer`]. Nobody does at
    /// a desktop that is closed, or has no connection.
    pub fn press(&mut self, index: usize, method: &str, path: &str, body: &str) -> Option<HttpId> {
        let id = self.next_http();
        let desk = self.desks.get(index).filter(|desk| desk.wanted && !desk.cut)?;
        let request_id = format!("r{}", id.0);
        let request = desk.desktop.request(method, path, body, &request_id);
        let line = Part::Desktop(index).to(Part::Node(desk.node), Kind::Request);
        self.recorder.note(self.now, line, Asking(&request));
        self.watch.pressed(index, desk.node, &desk.desktop, id, &request);
        self.ask(index, id, ToNode::Http { id, request: Box::new(request) }, Asker::Person);
        Some(id)
    }

    /// Somebody without a desktop looks at a page of a node. The answer comes to [`World::answer`].
    pub fn visit(&mut self, node: usize, path: &str) -> Option<HttpId> {
        self.ask_without_desktop(node, HttpRequest::page(path))
    }

    pub(super) fn ask_without_desktop(&mut self, node: usize, request: HttpRequest) -> Option<HttpId> {
        let id = self.next_http();
        let seat = self.seats.get(node).filter(|seat| seat.node.is_some() && seat.services.platform)?;
        let line = Part::Visitor.to(Part::Node(node), Kind::Request);
        self.recorder.note(self.now, line, Asking(&request));
        let path = request.path.clone();
        let asked = Asked { desktop: 0, node, session: 0, asker: Asker::Person, path };
        let news = ToNode::Http { id, request: Box::new(request) };
        self.asked.insert(id, asked);
        self.queue.put(self.now + DESK_LATENCY, Happening::ToNode { node, life: seat.life, news });
        Some(id)
    }

    /// The answer to a request, once it is there; each can be taken once.
    pub fn answer(&mut self, id: HttpId) -> Option<HttpResponse> {
        self.answers.remove(&id)
    }

    pub(super) fn reopen(&mut self, index: usize, session: u64) {
        let first_rid = self.rng.number();
        let Some(desk) = self.desks.get_mut(index) else { return };
        if desk.session != session || !desk.wanted || !desk.desktop.is_closed() {
            return;
        }
        desk.session += 1;
        let line = Part::Desktop(index).to(Part::Node(desk.node), Kind::Connection);
        self.recorder.note(self.now, line, format_args!("opens a session"));
        let wires = desk.desktop.open(first_rid);
        self.send_wires(index, wires);
    }

    /// What is shown is still of an earlier session.
    pub(super) fn reread(&mut self, index: usize, session: u64) {
        let waits = |desk: &&mut Desk| {
            desk.session == session && desk.desktop.is_open() && !desk.desktop.is_fresh() && !desk.cut
        };
        let Some(desk) = self.desks.get_mut(index).filter(waits).filter(|desk| desk.pilot.is_none()) else {
            return;
        };
        let wires = desk.desktop.read_again();
        self.send_wires(index, wires);
    }

    /// Whoever uses this node hears that his connection is gone.
    pub(super) fn lose_desks(&mut self, node: usize) {
        for index in 0..self.desks.len() {
            let here = self.desks.get(index).filter(|desk| desk.node == node && !desk.cut);
            if here.is_some_and(|desk| !desk.desktop.is_closed()) {
                self.desk_gone(index);
                self.desk_lost(index);
            }
        }
    }

    /// The session of a desktop is over; it will try again.
    pub(super) fn desk_lost(&mut self, index: usize) {
        let Some(desk) = self.desks.get_mut(index) else { return };
        desk.session += 1;
        desk.desktop.drop_session();
        let session = desk.session;
        self.watch.desktop_lost(index);
        if !self.pilot_lost(index) {
            self.queue.put(self.now + REOPEN_AFTER, Happening::Reopen { desktop: index, session });
        }
    }

    pub(super) fn reach_node(&mut self, index: usize, life: u64, news: ToNode) {
        if self.seats.get(index).is_none_or(|seat| seat.life != life || seat.node.is_none()) {
            return;
        }
        match news {
            ToNode::Http { id, request } => {
                self.watch.request_arrives(index, id, self.now);
                self.tell_node(index, Input::Http { id, request: *request });
            }
            ToNode::Bosh { id, body } => {
                self.hear_desk(index, id);
                self.tell_node(index, Input::Bosh { id, body });
            }
            ToNode::BoshGone { id } => self.bosh_gone(index, id),
            ToNode::Checked { query, answer } => self.tell_node(index, Input::Checked { query, answer }),
            ToNode::Probed { query, time } => self.tell_node(index, Input::Probed { query, time }),
            ToNode::Office(news) => self.tell_node(index, news.into()),
            ToNode::People(people) => self.tell_node(index, Input::People(Box::new(people))),
        }
    }

    /// A request of an open desktop tells its node that it is there.
    fn hear_desk(&mut self, node: usize, id: HttpId) {
        let Some(asked) = self.asked.get(&id) else { return };
        let open = |desk: &&Desk| desk.session == asked.session && !desk.cut && desk.desktop.is_open();
        if let Some(desk) = self.desks.get(asked.desktop).filter(open) {
            self.watch.desk_heard(&desk.desktop.person().id, node, self.now);
            self.count_heard(asked.desktop);
        }
    }

    pub(super) fn reach_desktop(&mut self, index: usize, session: u64, answer: ToDesktop) {
        if let ToDesktop::Http { id, response } = answer {
            self.pilot_answered(index, id, &response);
            self.answers.insert(id, response);
            return;
        }
        if let ToDesktop::Polled { ticket, node, response } = answer {
            return self.pilot_polled(index, (ticket, node), &response);
        }
        let now = self.now;
        let Some(desk) = self.desks.get_mut(index).filter(|desk| desk.session == session) else { return };
        match answer {
            ToDesktop::Bosh { status, body } => {
                let before = desk.desktop.is_open();
                let wires = desk.desktop.bosh_answer(status, &body, now);
                let opened = !before && desk.desktop.is_open();
                self.after_bosh(index, wires);
                if opened {
                    self.desk_opened(index);
                }
            }
            ToDesktop::Read { read, response } => {
                if self.plan.whim == Whim::KeepScreen {
                    desk.desktop.keep_screen(read, &response);
                } else {
                    desk.desktop.read_answer(read, &response);
                }
                if response.status == 401 && desk.pilot.is_none() {
                    self.queue.put(now + REREAD_AFTER, Happening::Reread { desktop: index, session });
                }
                self.pilot_read(index, &response);
            }
            ToDesktop::Http { .. } | ToDesktop::Polled { .. } => {}
        }
    }

    fn after_bosh(&mut self, index: usize, wires: Result<Vec<Wire>, String>) {
        let Some(desk) = self.desks.get_mut(index) else { return };
        let (fresh, finesse) = (desk.desktop.take_fresh(), desk.desktop.take_finesse());
        for seen in &fresh {
            let line = Part::Node(desk.node).to(Part::Desktop(index), Kind::Event);
            self.recorder.note(self.now, line, format_args!("{seen}"));
            self.watch.seen(index, desk.node, seen, self.now);
            if self.keep_seen {
                desk.seen.push(seen.clone());
            }
        }
        match wires {
            Ok(wires) if desk.desktop.is_closed() => {
                debug_assert!(wires.is_empty(), "a closed desktop sends nothing");
                self.desk_lost(index);
            }
            Ok(wires) => self.send_wires(index, wires),
            Err(why) => self.watch.report(self.now, format!("desktop {index} cannot read its node: {why}")),
        }
        self.pilot_sees(index, &fresh, &finesse);
    }

    pub(super) fn send_wires(&mut self, index: usize, wires: Vec<Wire>) {
        for wire in wires {
            let id = self.next_http();
            match wire {
                Wire::Bosh(body) => self.ask(index, id, ToNode::Bosh { id, body }, Asker::Bosh),
                Wire::Read(request, read) => {
                    self.ask(index, id, ToNode::Http { id, request }, Asker::Read(read))
                }
            }
        }
    }

    /// Requests of one desktop arrive in order, and so do their answers. Without a connection they are lost.
    pub(super) fn ask(&mut self, index: usize, id: HttpId, news: ToNode, asker: Asker) {
        let at = self.desk_arrival(index, 0);
        let Some(desk) = self.desks.get(index).filter(|desk| !desk.cut) else { return };
        let Some(seat) = self.seats.get(desk.node) else { return };
        let listens = match asker {
            Asker::Bosh => seat.services.notification,
            Asker::Read(_) | Asker::Person | Asker::Poll(_) => seat.services.platform,
        };
        if seat.node.is_none() || !listens {
            return self.nobody_there(index, asker);
        }
        let path = match &news {
            ToNode::Http { request, .. } => request.path.clone(),
            ToNode::Bosh { .. }
            | ToNode::BoshGone { .. }
            | ToNode::Checked { .. }
            | ToNode::Probed { .. }
            | ToNode::Office(_)
            | ToNode::People(_) => String::new(),
        };
        let asked = Asked { desktop: index, node: desk.node, session: desk.session, asker, path };
        self.asked.insert(id, asked);
        self.queue.put(at, Happening::ToNode { node: desk.node, life: seat.life, news });
    }

    /// The node does not run: a browser notices at once and tries again later.
    fn nobody_there(&mut self, index: usize, asker: Asker) {
        match asker {
            Asker::Bosh => self.desk_lost(index),
            Asker::Read(_) | Asker::Person | Asker::Poll(_) => {}
        }
    }

    pub(super) fn desk_arrival(&mut self, index: usize, way: usize) -> Duration {
        let at = self.now + DESK_LATENCY + self.rng.time_below(DESK_JITTER);
        let last = self.desks.get_mut(index).and_then(|desk: &mut Desk| desk.last.get_mut(way));
        match last {
            Some(last) => {
                *last = at.max(*last);
                *last
            }
            None => at,
        }
    }

    pub(super) fn http_reply(&mut self, node: usize, id: HttpId, response: HttpResponse) {
        let Some(Asked { desktop, session, asker, path, .. }) = self.asked.remove(&id) else {
            return self.watch.report(self.now, format!("(1) request {} was answered twice", id.0));
        };
        self.watch.answered(node, id, &path, &response, self.now);
        let line = Part::Node(node).to(asked_by(desktop, session, asker), Kind::Answer);
        self.recorder.note(self.now, line, Answered { path: &path, response: &response });
        let at = self.desk_arrival(desktop, 1);
        let answer = match asker {
            Asker::Read(read) => ToDesktop::Read { read, response },
            Asker::Poll(ticket) => ToDesktop::Polled { ticket, node, response },
            Asker::Person | Asker::Bosh => ToDesktop::Http { id, response },
        };
        self.queue.put(at, Happening::ToDesktop { desktop, session, answer });
    }

    pub(super) fn bosh_reply(&mut self, id: HttpId, status: u16, body: String) {
        let Some(Asked { desktop, session, node, .. }) = self.asked.remove(&id) else {
            return self.watch.report(self.now, format!("(1) BOSH request {} was answered twice", id.0));
        };
        self.watch.handed_over(node, &body, self.now);
        let ends = status != 200 || body.contains("type=\"terminate\"");
        if ends && self.desks.get(desktop).is_some_and(|desk| desk.session == session && desk.node == node) {
            self.desk_gone(desktop);
        }
        let at = self.desk_arrival(desktop, 1);
        self.queue
            .put(at, Happening::ToDesktop { desktop, session, answer: ToDesktop::Bosh { status, body } });
    }
}

/// Whoever asked; those without a desktop have no session.
fn asked_by(desktop: usize, session: u64, asker: Asker) -> Part {
    match asker {
        Asker::Person if session == 0 => Part::Visitor,
        Asker::Person | Asker::Bosh | Asker::Read(_) | Asker::Poll(_) => Part::Desktop(desktop),
    }
}
