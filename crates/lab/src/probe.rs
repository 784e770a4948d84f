//! Asks a desktop server for its SystemInfo several times a second, as its clients do, and tells when the answer
//! changes. Knows nothing about the process behind it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::http::{Ask, Http};
use crate::parts::NodeName;
use crate::story::Timeline;

/// Between two questions. A person sees a change at once; a quarter of a second costs a server nothing.
const EVERY: Duration = Duration::from_millis(250);
/// SystemInfo answers within 200 ms (design section 4); five times that is silence.
const DEADLINE: Duration = Duration::from_secs(1);

/// What a desktop server says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "service", rename_all = "kebab-case")]
pub enum Service {
    /// No answer.
    Silent,
    /// IN_SERVICE.
    InService,
    /// Any other status, with its reason.
    OutOfService {
        /// `statusReason`, for people; may be empty.
        reason: String,
    },
}

/// Follows one desktop server until dropped.
#[derive(Debug)]
pub(crate) struct Probe {
    asker: Arc<Asker>,
    task: JoinHandle<()>,
}

impl Probe {
    /// Starts asking `url`.
    pub(crate) fn start(node: NodeName, url: String, http: Http, timeline: Timeline) -> Self {
        let asker = Arc::new(Asker {
            node,
            url,
            http,
            timeline,
            life: AtomicU64::new(0),
            service: watch::Sender::new(Service::Silent),
        });
        let task = tokio::spawn(Arc::clone(&asker).run());
        Self { asker, task }
    }

    pub(crate) fn service(&self) -> Service {
        self.asker.service.borrow().clone()
    }

    pub(crate) fn follow(&self) -> watch::Receiver<Service> {
        self.asker.service.subscribe()
    }

    /// The process is gone: what it said before, and what is still on the way, is void.
    pub(crate) fn silence(&self) {
        self.asker.life.fetch_add(1, Ordering::SeqCst);
        self.asker.take(Service::Silent);
    }

    /// Asks until there is an answer.
    pub(crate) async fn answered(&self) {
        while !self.asker.ask().await {
            tokio::time::sleep(EVERY / 10).await;
        }
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
struct Asker {
    node: NodeName,
    url: String,
    http: Http,
    timeline: Timeline,
    life: AtomicU64,
    service: watch::Sender<Service>,
}

impl Asker {
    async fn run(self: Arc<Self>) {
        loop {
            self.ask().await;
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Whether there was an answer.
    async fn ask(&self) -> bool {
        let life = self.life.load(Ordering::SeqCst);
        let said = match self.http.ask(Ask::get(&self.url).within(DEADLINE)).await {
            Ok(answer) => read(&answer.body),
            Err(_) => Service::Silent,
        };
        let answered = said != Service::Silent;
        if life == self.life.load(Ordering::SeqCst) {
            self.take(said);
        }
        answered
    }

    fn take(&self, said: Service) {
        if self.service.send_if_modified(|service| change(service, said)) {
            self.tell();
        }
    }

    fn tell(&self) {
        let node = self.node;
        let (what, says, reason) = match &*self.service.borrow() {
            Service::Silent => ("node.silent", format!("{node} does not answer"), String::new()),
            Service::InService => ("node.in-service", format!("{node} is in service"), String::new()),
            Service::OutOfService { reason } => {
                let says = format!("{node} is out of service{}", because(reason));
                ("node.out-of-service", says, reason.clone())
            }
        };
        self.timeline.tell(node, what, says, [("part", node.to_string()), ("reason", reason)]);
    }
}

fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}

/// Takes what was said; true if it is news for people, which a reason that is worded anew is not.
fn change(service: &mut Service, said: Service) -> bool {
    let news = std::mem::discriminant(service) != std::mem::discriminant(&said);
    *service = said;
    news
}

fn read(body: &str) -> Service {
    match element(body, "status") {
        Some("IN_SERVICE") => Service::InService,
        Some(_) => {
            Service::OutOfService { reason: element(body, "statusReason").unwrap_or_default().to_owned() }
        }
        None => Service::Silent,
    }
}

/// The text of the first element of that name; the names asked for hold plain words.
fn element<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = body.split_once(&format!("<{name}>"))?;
    after.split_once(&format!("</{name}>")).map(|(text, _)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_read_from_system_info() {
        assert_eq!(read("<SystemInfo><status>IN_SERVICE</status></SystemInfo>"), Service::InService);
        let out =
            "<SystemInfo><status>OUT_OF_SERVICE</status><statusReason>dialing A</statusReason></SystemInfo>";
        assert_eq!(read(out), Service::OutOfService { reason: "dialing A".into() });
        assert_eq!(read("a proxy's error page"), Service::Silent);
    }

    #[test]
    fn a_reason_in_other_words_is_no_news() {
        let mut service = Service::OutOfService { reason: "dialing A".into() };
        assert!(!change(&mut service, Service::OutOfService { reason: "dialing B".into() }));
        assert_eq!(service, Service::OutOfService { reason: "dialing B".into() });
        assert!(change(&mut service, Service::InService));
    }
}
