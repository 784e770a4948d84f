//! One client at an AWDB host: TDS, TLS inside of it, the sign-in and the queries, and the faults of a session.
//!
//! Owns the connection to the file. Bytes come and go through the fault point of the link ([`crate::wire`]).

use std::io::{self, Read, Write};
use std::time::Duration;

use tds::{Failure, Login, Output, Query, Server, Session, packets};
use tokio::sync::{mpsc, watch};
use tokio_rustls::rustls::ServerConnection;

use super::database::Reader;
use super::fault::SessionFaults;
use super::host::Place;
use super::sql::DATABASE;
use crate::clock::Clock;
use crate::wire::Heard;

/// How long a query may take; the longest list is read in a fraction of a second.
const QUERY_MAX: Duration = Duration::from_secs(10);
/// Between the halves of a packet: long enough to be two reads at the client.
const HALF_PAUSE: Duration = Duration::from_millis(30);
/// Between pieces where a link is slow.
const SLOW_PAUSE: Duration = Duration::from_millis(50);

/// Why a conversation is over.
enum Over {
    /// The client is gone, or has been told to go.
    Gone,
    /// What it said is not TLS.
    Broken,
}

impl From<io::Error> for Over {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

/// Talks with one client until either is done.
pub(super) async fn converse(mut heard: mpsc::Receiver<(u64, Heard)>, place: Place) {
    let Some((_, Heard::Opened { say, .. })) = heard.recv().await else { return };
    let Ok(tls) = ServerConnection::new(place.tls.clone()) else { return };
    let server = Server { name: place.name.to_string(), encryption: tds::Encryption::Offered };
    let mut talk = Talk {
        session: Session::new(server),
        tls,
        clock: place.clock,
        faults: place.faults.clone(),
        place,
        say,
        reader: None,
        result: false,
    };
    while let Some((_, Heard::Bytes(bytes))) = heard.recv().await {
        talk.session.heard(&bytes);
        match talk.drain().await {
            Ok(()) => {}
            Err(Over::Gone) => return,
            Err(Over::Broken) => return talk.place.counts.count(|tally| tally.broken += 1),
        }
    }
}

struct Talk {
    session: Session,
    tls: ServerConnection,
    clock: Clock,
    faults: watch::Receiver<SessionFaults>,
    place: Place,
    say: mpsc::Sender<Vec<u8>>,
    reader: Option<Reader>,
    /// What is said next is a result.
    result: bool,
}

impl Talk {
    async fn drain(&mut self) -> Result<(), Over> {
        while let Some(output) = self.session.poll_output() {
            match output {
                Output::Send(bytes) => self.tell(&bytes, false).await?,
                Output::Seal(bytes) => self.tell(&bytes, true).await?,
                Output::ToTls(bytes) => self.handed_to_tls(&bytes)?,
                Output::Login(login) => self.log_in(&login).await?,
                Output::Query(query) => self.query(query).await?,
                Output::Close(None) => return Err(Over::Gone),
                Output::Close(Some(why)) => {
                    tracing::debug!(host = %self.place.name, %why, "a TDS client was not understood");
                    return Err(Over::Broken);
                }
            }
        }
        Ok(())
    }

    /// What comes of it goes back into the session, in the order in which a client expects it: first the last words of the
    /// handshake, still wrapped, then what was decrypted.
    fn handed_to_tls(&mut self, mut bytes: &[u8]) -> Result<(), Over> {
        let mut opened = Vec::new();
        while !bytes.is_empty() {
            self.tls.read_tls(&mut bytes)?;
            let state = self.tls.process_new_packets().map_err(|_| Over::Broken)?;
            let mut plain = vec![0; state.plaintext_bytes_to_read()];
            self.tls.reader().read_exact(&mut plain)?;
            opened.append(&mut plain);
        }
        let said = self.sealed()?;
        if !said.is_empty() {
            self.session.tls_said(&said);
        }
        if !self.tls.is_handshaking() && !self.session.is_sealed() {
            self.session.tls_ready();
            self.place.counts.count(|tally| tally.encrypted += 1);
        }
        self.session.tls_opened(&opened);
        Ok(())
    }

    /// What TLS wants to send.
    fn sealed(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while self.tls.wants_write() {
            self.tls.write_tls(&mut bytes)?;
        }
        Ok(bytes)
    }

    async fn log_in(&mut self, login: &Login) -> Result<(), Over> {
        self.place.counts.count(|tally| tally.logins_asked += 1);
        self.until(|faults| !faults.hang_login).await?;
        let failed = Failure::login_failed(&login.user);
        if login.windows || !self.place.account.is(&login.user, &login.password) {
            self.place.counts.count(|tally| tally.logins_refused += 1);
            self.session.refuse(&[failed]);
        } else if !login.database.is_empty() && !login.database.eq_ignore_ascii_case(DATABASE) {
            self.place.counts.count(|tally| tally.wrong_database += 1);
            self.session.refuse(&[Failure::no_database(&login.database), failed]);
        } else {
            self.place.counts.count(|tally| tally.logins += 1);
            self.session.admit(DATABASE);
        }
        Ok(())
    }

    async fn query(&mut self, query: Query) -> Result<(), Over> {
        self.place.counts.count(|tally| tally.requests += 1);
        let reader = match self.reader.take() {
            Some(reader) => Ok(reader),
            None => self.place.file.read(),
        };
        let Ok(reader) = reader else {
            self.session
                .answer(&tds::Answer { outcomes: vec![], failure: Some(Failure::no_database(DATABASE)) });
            return Ok(());
        };
        let interrupt = reader.interrupt();
        let mut asked = tokio::task::spawn_blocking(move || {
            let answered = reader.answer(&query);
            (reader, answered)
        });
        let until = self.clock.now() + QUERY_MAX;
        let done = tokio::select! {
            done = &mut asked => done,
            () = self.clock.sleep_until(until) => {
                interrupt.interrupt();
                asked.await
            }
        };
        let (reader, (answer, kinds)) = done.map_err(|_| Over::Broken)?;
        self.reader = Some(reader);
        self.place.counts.queried(kinds);
        self.session.answer(&answer);
        self.result = true;
        Ok(())
    }

    /// Says something as the faults of the moment will have it.
    async fn tell(&mut self, bytes: &[u8], seal: bool) -> Result<(), Over> {
        let result = std::mem::take(&mut self.result);
        if result && self.faults.borrow().hang_result {
            let (first, second) = bytes.split_at(bytes.len() / 2);
            self.pass(first, seal).await?;
            self.until(|faults| !faults.hang_result).await?;
            return self.pass(second, seal).await;
        }
        let faults = *self.faults.borrow();
        if !faults.half_packets && faults.bytes_per_second.is_none() {
            return self.pass(bytes, seal).await;
        }
        for packet in packets(bytes) {
            self.pass(packet, seal).await?;
        }
        Ok(())
    }

    async fn pass(&mut self, bytes: &[u8], seal: bool) -> Result<(), Over> {
        if !seal {
            return self.write(bytes).await;
        }
        // TLS keeps no more than its buffer holds, so a large result goes through it in parts.
        let mut rest = bytes;
        while !rest.is_empty() {
            let taken = self.tls.writer().write(rest)?;
            rest = rest.get(taken..).unwrap_or_default();
            let sealed = self.sealed()?;
            self.write(&sealed).await?;
        }
        Ok(())
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Over> {
        let faults = *self.faults.borrow();
        let (size, pause) = match faults.bytes_per_second {
            Some(rate) => (usize::try_from(rate.get() / 20).unwrap_or(usize::MAX).max(1), SLOW_PAUSE),
            None if faults.half_packets => (bytes.len().div_ceil(2).max(1), HALF_PAUSE),
            None => (bytes.len().max(1), Duration::ZERO),
        };
        for (at, piece) in bytes.chunks(size).enumerate() {
            if at > 0 {
                self.pause(pause).await?;
            }
            self.say.send(piece.to_vec()).await.map_err(|_| Over::Gone)?;
        }
        Ok(())
    }

    async fn pause(&mut self, pause: Duration) -> Result<(), Over> {
        let until = self.clock.now() + pause;
        tokio::select! {
            () = self.clock.sleep_until(until) => Ok(()),
            () = self.say.closed() => Err(Over::Gone),
        }
    }

    /// Waits until the faults of the link allow it, or the client is gone.
    async fn until(&mut self, allowed: impl FnMut(&SessionFaults) -> bool) -> Result<(), Over> {
        tokio::select! {
            waited = self.faults.wait_for(allowed) => waited.map(drop).map_err(|_| Over::Gone),
            () = self.say.closed() => Err(Over::Gone),
        }
    }
}
