//! Desktops of two servers, in any number.

use std::sync::Arc;
use std::time::Duration;

use lab::desktop::Transport;
use lab::desktop::pair::{Network, PairDesktop, Person, Ways};
use lab::{Lab, NodeName};
use sim::node::failover::client::{Server, Settings};
use sim::seen::{Document, Seen};
use sim::switch::{Command, Hand, SwitchConfig};

use crate::bench::crowd::at_once;
use crate::bench::judge::Judge;
use crate::bench::screen::Screen;

/// Attempts at a sign-in; a busy machine may miss a deadline once.
const TRIES: usize = 3;
/// One agent in so many is on a call.
const A_CALL_EVERY: usize = 10;
/// What is still wrong on a screen by then stays wrong: a dialog that is over leaves its collection after five seconds.
const RIGHT_WITHIN: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// All desktops, in the order of the agents.
pub(super) struct Desks(Vec<Arc<PairDesktop>>);

impl Desks {
    /// Everybody signs in on the primary server.
    pub(super) async fn open(
        lab: &Lab,
        switch: &SwitchConfig,
        settings: &Settings,
        (transport, network): (Transport, &Network),
    ) -> Result<Self, String> {
        let hosts: Vec<_> = NodeName::NODES.into_iter().filter_map(|node| lab.net().node(node)).collect();
        let hosts = hosts.try_into().map_err(|_| "the desktop servers have no hosts")?;
        let ways = Ways {
            transport,
            settings: settings.clone(),
            network: network.clone(),
            http: lab.http(),
            clock: lab.clock(),
        };
        let opened = at_once(switch.agents.iter().map(|agent| {
            let person = Person {
                agent: agent.id.clone(),
                password: agent.password.clone(),
                extension: agent.extension.clone(),
                hosts,
            };
            open(person, ways.clone())
        }));
        let desks: Vec<Arc<PairDesktop>> = opened.await.into_iter().collect::<Result<_, _>>()?;
        if desks.len() == switch.agents.len() { Ok(Self(desks)) } else { Err("a sign-in broke off".into()) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The desktops themselves.
    pub(super) fn all(&self) -> Vec<Arc<PairDesktop>> {
        self.0.clone()
    }

    /// A caller reaches every tenth agent, who answers at his phone. How many they are.
    pub(super) async fn begin_calls(&self, lab: &Lab) -> Result<usize, String> {
        let called: Vec<_> = self.0.iter().step_by(A_CALL_EVERY).collect();
        for desk in &called {
            let Person { agent, extension, .. } = desk.person();
            let (from, device) = (format!("03{agent:0>8}"), extension.clone());
            let call = Command::CallIn { from, to: device.clone(), variables: Default::default() };
            for command in [call, Command::Answer(Hand { device, call: None })] {
                lab.command(command).await.map_err(|reason| format!("{agent}: {reason}"))?;
            }
        }
        Ok(called.len())
    }

    /// Waits until every screen shows what the switch holds; what is wrong to the last.
    pub(super) async fn settle(&self, lab: &Lab) -> Result<Vec<String>, String> {
        let until = lab.clock().now() + RIGHT_WITHIN;
        loop {
            let truth = lab.truth().await.map_err(|reason| reason.to_string())?;
            let judge = Judge::new(&truth);
            let wrong: Vec<String> =
                self.0.iter().flat_map(|desk| judge.wrongs(&desk.person().agent, &screen(desk))).collect();
            if wrong.is_empty() || lab.clock().now() > until {
                return Ok(wrong);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until everybody works on that server, or the time is up; how many do.
    pub(super) async fn at_work_on(&self, lab: &Lab, server: Server, within: Duration) -> usize {
        let until = lab.clock().now() + within;
        loop {
            let there = self.0.iter().filter(|desk| works_on(desk, server)).count();
            if there == self.len() || lab.clock().now() > until {
                return there;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// From the fault until each was at work on the secondary server, the quickest first. Who is missing never was.
    pub(super) async fn moved(&self, lab: &Lab, fault: Duration, within: Duration) -> Vec<Duration> {
        self.at_work_on(lab, Server::Secondary, within).await;
        let there = self.0.iter().filter(|desk| works_on(desk, Server::Secondary));
        let mut times: Vec<Duration> = there.map(|desk| desk.view().since.saturating_sub(fault)).collect();
        times.sort();
        times
    }

    /// How often desktops were signed in on another server.
    pub(super) fn moves(&self) -> u64 {
        self.0.iter().map(|desk| desk.view().counters.moves).sum()
    }

    /// How often desktops asked for a transport, and how often they polled.
    pub(super) fn asked(&self) -> [u64; 2] {
        let counters = self.0.iter().map(|desk| desk.view().counters);
        counters.fold([0, 0], |[connects, polls], of| [connects + of.connects, polls + of.polls])
    }

    /// How often agents were told of a lost connection.
    pub(super) fn outages(&self) -> u64 {
        self.0.iter().map(|desk| desk.view().counters.outages).sum()
    }
}

async fn open(person: Person, ways: Ways) -> Result<Arc<PairDesktop>, String> {
    let mut tries = 1;
    loop {
        match PairDesktop::open(person.clone(), Server::Primary, ways.clone()).await {
            Ok(desktop) => return Ok(Arc::new(desktop)),
            Err(_) if tries < TRIES => tries += 1,
            Err(reason) => return Err(format!("{} could not sign in: {reason}", person.agent)),
        }
    }
}

fn works_on(desk: &PairDesktop, server: Server) -> bool {
    let view = desk.view();
    view.is_current && view.server == server
}

/// What was read last, and every event since.
fn screen(desk: &PairDesktop) -> Screen {
    let (picture, updates) = desk.shown();
    let mut screen = Screen::default();
    if let Some(picture) = picture {
        screen.user = Some(Document::read(&picture.user));
        let dialogs = picture.dialogs.children().map(Document::read);
        screen.dialogs = dialogs.map(|dialog| (dialog.id.clone(), dialog)).collect();
    }
    updates.iter().for_each(|update| screen.show(Seen::of(update.at, &update.node, &update.document)));
    screen
}
