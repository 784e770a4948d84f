//! Many virtual desktops: each an agent with a notification session of his own and a screen.

use std::sync::Arc;
use std::time::Duration;

use lab::Lab;
use lab::desktop::{Desktop, DesktopError, Identity};
use lab::xml::{Element, Limits};
use sim::seen::{Document, Seen};
use sim::switch::AgentConfig;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::screen::Screen;
use crate::drill::NODE;

/// Requests of the crowd at one time: enough to keep two cores busy, far below what makes a server refuse.
const AT_ONCE: usize = 32;
/// Attempts at a sign-in or a reading; a busy machine may miss a deadline once.
const TRIES: usize = 3;
/// A document of one agent has a few kilobytes.
const LIMITS: Limits =
    Limits { bytes: 1024 * 1024, depth: 64, elements: 20_000, attributes: 64, value: 1024 * 1024 };

/// An agent with a desktop.
#[derive(Debug)]
pub(super) struct Seat {
    /// AgentID.
    pub(super) agent: String,
    /// The phone.
    pub(super) extension: String,
    /// What the desktop shows.
    pub(super) screen: Screen,
    desktop: Arc<Desktop>,
}

/// All desktops.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// In the order of the agents.
    pub(super) seats: Vec<Seat>,
}

impl Crowd {
    /// Opens a notification session for each agent.
    pub(super) async fn open(lab: &Lab, agents: &[AgentConfig]) -> Result<Self, String> {
        let host = lab.net().node(NODE).ok_or("the desktop server has no host")?;
        let opened = at_once(agents.iter().map(|agent| {
            let who = Identity {
                host,
                agent: agent.id.clone(),
                password: agent.password.clone(),
                extension: agent.extension.clone(),
                resource: "desktop".into(),
            };
            open(who, lab.clone())
        }));
        let desktops: Result<Vec<Desktop>, DesktopError> = opened.await.into_iter().collect();
        let desktops = desktops.map_err(|reason| format!("a desktop could not be opened: {reason}"))?;
        let seat = |(agent, desktop): (&AgentConfig, Desktop)| Seat {
            agent: agent.id.clone(),
            extension: agent.extension.clone(),
            screen: Screen::default(),
            desktop: Arc::new(desktop),
        };
        Ok(Self { seats: agents.iter().zip(desktops).map(seat).collect() })
    }

    /// Signs in those for whom it is wanted.
    pub(super) async fn sign_in(&self, wanted: impl Fn(&Seat) -> bool) -> Result<(), String> {
        let seats = self.seats.iter().filter(|seat| wanted(seat));
        let answers = at_once(seats.map(|seat| sign_in(Arc::clone(&seat.desktop)))).await;
        answers.into_iter().collect()
    }

    /// Every screen takes in what has come.
    pub(super) fn look(&mut self) {
        for Seat { desktop, screen, .. } in &mut self.seats {
            for update in desktop.take_updates() {
                screen.show(Seen::of(update.at, &update.node, &update.document));
            }
        }
    }

    /// The desktops themselves.
    pub(super) fn desktops(&self) -> Vec<Arc<Desktop>> {
        self.seats.iter().map(|seat| Arc::clone(&seat.desktop)).collect()
    }

    /// When the last event of any kind came to anybody.
    pub(super) fn last(&self) -> Option<Duration> {
        self.seats.iter().filter_map(|seat| seat.screen.last).max()
    }

    /// What REST shows each agent of himself.
    pub(super) async fn read_all(&self) -> Result<Vec<Screen>, String> {
        let screens = at_once(self.seats.iter().map(|seat| read(Arc::clone(&seat.desktop)))).await;
        screens.into_iter().collect()
    }
}

/// Runs all, some at a time; the outcomes are in order.
pub(super) async fn at_once<T, F>(work: impl Iterator<Item = F>) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = JoinSet::new();
    for (n, work) in work.enumerate() {
        let places = Arc::clone(&places);
        tasks.spawn(async move {
            // Nobody closes the semaphore; without a place the work would only be done sooner.
            let _place = places.acquire().await;
            (n, work.await)
        });
    }
    let mut done = Vec::new();
    while let Some(outcome) = tasks.join_next().await {
        done.extend(outcome.ok());
    }
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

async fn open(who: Identity, lab: Lab) -> Result<Desktop, DesktopError> {
    let mut tries = 1;
    loop {
        match Desktop::connect(who.clone(), lab.http(), lab.clock()).await {
            Err(_) if tries < TRIES => tries += 1,
            outcome => return outcome,
        }
    }
}

async fn sign_in(desktop: Arc<Desktop>) -> Result<(), String> {
    let agent = &desktop.identity().agent;
    let (answer, _) =
        desktop.sign_in().await.map_err(|reason| format!("{agent} could not sign in: {reason}"))?;
    match answer.status {
        202 => Ok(()),
        status => Err(format!("{agent} could not sign in: {status} {}", answer.body)),
    }
}

async fn read(desktop: Arc<Desktop>) -> Result<Screen, String> {
    let path = format!("/User/{}", desktop.identity().agent);
    let user = document(&desktop, &path).await?;
    let dialogs = document(&desktop, &format!("{path}/Dialogs")).await?;
    let dialogs = dialogs.children().map(Document::read).map(|dialog| (dialog.id.clone(), dialog));
    Ok(Screen { user: Some(Document::read(&user)), dialogs: dialogs.collect(), ..Screen::default() })
}

async fn document(desktop: &Desktop, path: &str) -> Result<Element, String> {
    let mut tries = 1;
    let answer = loop {
        match desktop.get(path).await {
            Err(_) if tries < TRIES => tries += 1,
            outcome => break outcome.map_err(|reason| format!("{path}: {reason}"))?,
        }
    };
    if answer.status != 200 {
        return Err(format!("{path}: {} {}", answer.status, answer.body));
    }
    Element::parse(answer.body.as_bytes(), &LIMITS).map_err(|reason| format!("{path}: {reason}"))
}
