//! Who watches an outage from outside: one asks SystemInfo without pause, another sends the requests that agents send.

use std::sync::Arc;
use std::time::Duration;

use lab::Lab;
use lab::desktop::Desktop;
use lab::http::{Ask, Http};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::drill::NODE;

/// Between two looks at SystemInfo: the grain of the measurement, a hundredth of a second.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// Between two requests of agents.
const ASK_EVERY: Duration = Duration::from_millis(20);

/// What the requests of agents came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Answers {
    /// Carried out.
    pub(super) answered: usize,
    /// 503, as documented.
    pub(super) refused: usize,
    /// Anything else.
    pub(super) odd: usize,
}

/// Both witnesses; dropped, they stop.
#[derive(Debug)]
pub(super) struct Witness {
    service: JoinHandle<()>,
    requests: JoinHandle<()>,
    in_service: watch::Receiver<Option<Duration>>,
    answers: watch::Receiver<Answers>,
}

impl Witness {
    /// They begin while the desktop server is in service.
    pub(super) fn new(lab: &Lab, desktops: Vec<Arc<Desktop>>) -> Self {
        let (seen, in_service) = watch::channel(None);
        let (counted, answers) = watch::channel(Answers::default());
        Self {
            service: tokio::spawn(watch_service(lab.clone(), seen)),
            requests: tokio::spawn(send_requests(desktops, counted)),
            in_service,
            answers,
        }
    }

    /// When SystemInfo said IN_SERVICE after it had said otherwise.
    pub(super) fn in_service(&self) -> Option<Duration> {
        *self.in_service.borrow()
    }

    /// No more requests; what became of them.
    pub(super) fn stop(&self) -> Answers {
        self.requests.abort();
        *self.answers.borrow()
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.service.abort();
        self.requests.abort();
    }
}

async fn watch_service(lab: Lab, seen: watch::Sender<Option<Duration>>) {
    let host = lab.net().node(NODE).map(|host| host.to_string()).unwrap_or_default();
    let (http, url) = (Http::default(), format!("http://{host}:8082/finesse/api/SystemInfo"));
    let mut was_out = false;
    while seen.borrow().is_none() {
        let answer = http.ask(Ask::get(&url)).await;
        // The status element is exact text; what it stands in does not matter here.
        let is_in = answer.is_ok_and(|answer| answer.body.contains("<status>IN_SERVICE</status>"));
        if is_in && was_out {
            seen.send_replace(Some(lab.clock().now()));
        }
        was_out |= !is_in;
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn send_requests(desktops: Vec<Arc<Desktop>>, counted: watch::Sender<Answers>) {
    for desktop in desktops.iter().cycle() {
        let answer = desktop.get(&format!("/User/{}", desktop.identity().agent)).await;
        counted.send_modify(|counts| match answer.map(|answer| answer.status) {
            Ok(200) => counts.answered += 1,
            Ok(503) => counts.refused += 1,
            Ok(_) | Err(_) => counts.odd += 1,
        });
        tokio::time::sleep(ASK_EVERY).await;
    }
}
