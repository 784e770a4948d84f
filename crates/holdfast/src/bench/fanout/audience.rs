//! The desktops: each a session with a task that listens and settles its account.

use std::sync::{Arc, Mutex, PoisonError};

use lab::clock::Clock;
use lab::subscriber::{Over, Place, Subscriber};
use sim::switch::AgentConfig;
use tokio::task::JoinSet;

use super::ledger::Ledger;
use crate::bench::crowd::at_once;

/// All desktops; dropped, they are gone without a word.
pub(super) struct Audience {
    listening: JoinSet<()>,
    ended: Ended,
}

/// Sessions that are over, with the reason of each.
type Ended = Arc<Mutex<Vec<String>>>;

impl Audience {
    /// Signs all agents in, some at a time, and listens.
    pub(super) async fn open(
        over: Over,
        place: &Place,
        agents: &[AgentConfig],
        ledger: &Ledger,
        clock: Clock,
    ) -> Result<Self, String> {
        let opened = at_once(agents.iter().map(|agent| {
            let (place, agent) = (place.clone(), agent.clone());
            async move {
                let opened = Subscriber::sign_in(over, &place, &agent.id, &agent.password).await;
                opened.map_err(|reason| format!("agent {} has no session: {reason}", agent.id))
            }
        }));
        let (mut listening, ended) = (JoinSet::new(), Ended::default());
        for (n, subscriber) in opened.await.into_iter().enumerate() {
            listening.spawn(listen(subscriber?, n, ledger.clone(), clock, Arc::clone(&ended)));
        }
        Ok(Self { listening, ended })
    }

    /// How many sessions have ended, and why the first did.
    pub(super) fn ended(&self) -> Option<String> {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended
            .first()
            .map(|first| format!("{} of {} sessions ended: {first}", ended.len(), self.listening.len()))
    }
}

async fn listen(mut subscriber: Subscriber, n: usize, ledger: Ledger, clock: Clock, ended: Ended) {
    loop {
        match subscriber.hear(clock).await {
            Ok(heard) => ledger.heard(n, heard.at, &heard.text),
            Err(reason) => {
                ended.lock().unwrap_or_else(PoisonError::into_inner).push(reason.to_string());
                return;
            }
        }
    }
}
