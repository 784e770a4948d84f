//! The one task that owns the switch and its two CTI servers: news of connections and orders go in, bytes and stories
//! come out. Decides nothing; only the order in which things reach the pair is made here.

use std::collections::BTreeMap;
use std::future;
use std::time::Duration;

use switch::{Command, CommandError, ConnId, CtiPair, Outcome, PairOutput, RequestSeen, Truth};
use tokio::sync::{mpsc, oneshot};

use crate::clock::Clock;
use crate::links::Links;
use crate::parts::CtiServer;
use crate::story::Timeline;
use crate::wire::Heard;

/// A question to the task.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Do this.
    Command(Command, oneshot::Sender<Result<Outcome, CommandError>>),
    /// Tell the truth.
    Truth(oneshot::Sender<Truth>),
    /// Show the requests of the clients.
    Requests(oneshot::Sender<Vec<RequestSeen>>),
}

/// The task's belongings.
pub(crate) struct Drive {
    pub(crate) pair: CtiPair,
    pub(crate) clock: Clock,
    pub(crate) timeline: Timeline,
    pub(crate) links: Links,
    pub(crate) heard: mpsc::Receiver<(u64, Heard)>,
    pub(crate) asks: mpsc::Receiver<Ask>,
    pub(crate) says: BTreeMap<ConnId, mpsc::Sender<Vec<u8>>>,
}

impl Drive {
    /// Runs until nobody can ask any more.
    pub(crate) async fn run(mut self) {
        loop {
            self.drain();
            let wake = self.pair.poll_timeout().map(|(at, _)| at);
            tokio::select! {
                biased;
                heard = self.heard.recv() => match heard {
                    Some((id, heard)) => self.hear(ConnId(id), heard),
                    None => return,
                },
                ask = self.asks.recv() => match ask {
                    Some(ask) => self.answer(ask),
                    None => return,
                },
                () = sleep(self.clock, wake) => self.pair.handle_timeout(self.clock.now()),
            }
        }
    }

    fn hear(&mut self, conn: ConnId, heard: Heard) {
        let now = self.clock.now();
        match heard {
            Heard::Opened { link, say } => {
                self.says.insert(conn, say);
                self.pair.connection_opened(link.cti.side(), conn, now);
            }
            Heard::Bytes(bytes) => self.pair.handle_bytes(conn, &bytes, now),
            Heard::Closed => {
                self.says.remove(&conn);
                self.pair.connection_closed(conn, now);
            }
        }
    }

    fn answer(&mut self, ask: Ask) {
        // Whoever asked may have stopped waiting; the order counts all the same.
        match ask {
            Ask::Command(command, reply) => drop(reply.send(self.command(command))),
            Ask::Truth(reply) => drop(reply.send(self.pair.truth(self.clock.now()))),
            Ask::Requests(reply) => drop(reply.send(self.pair.request_log().iter().cloned().collect())),
        }
    }

    /// Connections of a side that dies are cut before the pair lets go of them: a process that dies resets, it does
    /// not say goodbye.
    fn command(&mut self, command: Command) -> Result<Outcome, CommandError> {
        if let Command::KillSide(side) = command {
            self.links.cut(CtiServer::of(side));
        }
        self.pair.command(command, self.clock.now())
    }

    fn drain(&mut self) {
        while let Some(output) = self.pair.poll_output() {
            match output {
                PairOutput::Send { conn, bytes } => self.say(conn, bytes),
                PairOutput::Close { conn, why } => self.close(conn, &why),
                PairOutput::Story(story) => self.timeline.tell("switch", story.what, story.says, []),
            }
        }
    }

    /// What was said before still goes out; then the connection ends.
    fn close(&mut self, conn: ConnId, why: &str) {
        if self.says.remove(&conn).is_some() {
            tracing::info!(conn = conn.0, why, "connection closed");
        }
    }

    /// A client that does not read is let go, as a CTI server lets go of it.
    fn say(&mut self, conn: ConnId, bytes: Vec<u8>) {
        if let Some(say) = self.says.get(&conn)
            && say.try_send(bytes).is_err()
        {
            self.says.remove(&conn);
            self.pair.connection_closed(conn, self.clock.now());
        }
    }
}

async fn sleep(clock: Clock, until: Option<Duration>) {
    match until {
        Some(until) => clock.sleep_until(until).await,
        None => future::pending().await,
    }
}
