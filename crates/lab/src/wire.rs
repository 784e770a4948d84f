//! One accepted connection: the socket on one side, the switch on the other, the fault point between them.
//! Owns the socket. Never looks into what it carries, except to count.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncWriteExt, Interest};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};

use crate::clock::Clock;
use crate::delay::DelayLine;
use crate::fault::{Condition, Corruptor, Flow};
use crate::parts::Link;
use crate::tally::{Sniffer, Tally, Way};

/// Read at most so much at once: one full socket buffer of the kernel's default size is four of these.
const READ_MAX: usize = 32 * 1024;

/// Messages of the switch that may wait for a connection. A download and the teams of 12,000 agents come in a few
/// thousand, the answers to a window of requests in as many; a client that lets more pile up has stopped reading.
const OUTBOX_MAX: usize = 16 * 1024;

/// What the switch is told of a connection.
#[derive(Debug)]
pub(crate) enum Heard {
    /// It is there. What is said to it goes where `say` leads; dropping `say` closes the connection.
    Opened {
        /// Who connected to whom.
        link: Link,
        /// Its outbox.
        say: mpsc::Sender<Vec<u8>>,
    },
    /// These bytes came.
    Bytes(Vec<u8>),
    /// It is gone.
    Closed,
}

/// Where the switch hears of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Ear {
    /// Which connection this is.
    pub(crate) id: u64,
    /// Where to say so.
    pub(crate) inbox: mpsc::Sender<(u64, Heard)>,
}

impl Ear {
    async fn hear(&self, heard: Heard) {
        // A closed inbox is a lab that ends, and with it every connection.
        let _ = self.inbox.send((self.id, heard)).await;
    }
}

/// One connection at its fault point.
pub(crate) struct Wire {
    link: Link,
    clock: Clock,
    tally: Tally,
    stream: TcpStream,
    condition: watch::Receiver<Condition>,
    cuts: u64,
    up: DelayLine,
    down: DelayLine,
    writing: Vec<u8>,
    corruptor: Corruptor,
    sniffers: [Sniffer; 2],
    opening: Option<Opening>,
    said: mpsc::Receiver<Vec<u8>>,
    ended: bool,
}

/// A connection of which the switch has not heard yet.
struct Opening {
    at: Duration,
    say: mpsc::Sender<Vec<u8>>,
}

/// How a connection goes on.
enum Step {
    On,
    /// Everything was said.
    End,
    /// A fault.
    Cut,
}

impl Wire {
    /// Takes a connection that has just been accepted.
    pub(crate) fn new(
        link: Link,
        stream: TcpStream,
        condition: watch::Receiver<Condition>,
        clock: Clock,
        tally: Tally,
    ) -> Self {
        let (cuts, round_trip) = {
            let condition = condition.borrow();
            (condition.cuts, condition.latency_up() + condition.latency_down())
        };
        let (say, said) = mpsc::channel(OUTBOX_MAX);
        Self {
            link,
            clock,
            tally,
            stream,
            condition,
            cuts,
            up: DelayLine::default(),
            down: DelayLine::default(),
            writing: Vec::new(),
            corruptor: Corruptor::default(),
            sniffers: Default::default(),
            opening: Some(Opening { at: clock.now() + round_trip, say }),
            said,
            ended: false,
        }
    }

    /// Carries bytes until either end is done or a fault cuts the connection.
    pub(crate) async fn carry(mut self, ear: Ear) {
        self.tally.opened(self.link);
        let last = loop {
            match self.step(&ear).await {
                Ok(Step::On) => {}
                Ok(last) => break last,
                Err(_) => break Step::End,
            }
        };
        if self.opening.is_none() {
            ear.hear(Heard::Closed).await;
        }
        self.tally.closed(self.link);
        if let Step::Cut = last {
            self.reset().await;
        }
    }

    /// A reset takes its time to the desktop server, as bytes do.
    async fn reset(self) {
        let arrives = self.clock.now() + self.condition.borrow().latency_down();
        self.clock.sleep_until(arrives).await;
        // Where it cannot be set the connection just closes, which ends it as well.
        let _ = self.stream.set_zero_linger();
    }

    async fn step(&mut self, ear: &Ear) -> io::Result<Step> {
        let now = self.clock.now();
        let (flow, until) = self.condition.borrow_and_update().flow(self.cuts, now);
        if flow == Flow::Cut {
            return Ok(Step::Cut);
        }
        if flow == Flow::Pass {
            self.deliver(ear, now).await;
            self.take_due(now);
            if self.done() {
                return self.finish().await;
            }
        }
        let wake = [until, self.due(flow)].into_iter().flatten().min();
        self.wait(flow, wake).await
    }

    /// Tells the switch what has arrived by now.
    async fn deliver(&mut self, ear: &Ear, now: Duration) {
        if let Some(Opening { say, .. }) = self.opening.take_if(|opening| opening.at <= now) {
            ear.hear(Heard::Opened { link: self.link, say }).await;
        }
        while self.opening.is_none()
            && let Some(bytes) = self.up.pop(now)
        {
            ear.hear(Heard::Bytes(bytes)).await;
        }
    }

    /// Moves what has arrived by now from the line to the socket's side.
    fn take_due(&mut self, now: Duration) {
        while self.may_queue()
            && let Some(mut bytes) = self.down.pop(now)
        {
            self.count(Way::Down, &bytes);
            if let Some(every) = self.condition.borrow().corrupt_every {
                self.corruptor.corrupt(&mut bytes, every);
            }
            self.writing.append(&mut bytes);
        }
    }

    /// Either end is done, and everything it said before has passed.
    fn done(&self) -> bool {
        let peer_done = self.ended && self.up.is_empty();
        let switch_done = self.switch_is_silent() && self.down.is_empty() && self.writing.is_empty();
        self.opening.is_none() && (peer_done || switch_done)
    }

    /// Whether the switch has closed the connection and everything it said was taken.
    fn switch_is_silent(&self) -> bool {
        self.said.is_closed() && self.said.is_empty()
    }

    async fn finish(&mut self) -> io::Result<Step> {
        self.stream.shutdown().await?;
        Ok(Step::End)
    }

    fn due(&self, flow: Flow) -> Option<Duration> {
        let opening = self.opening.as_ref().map(|opening| opening.at);
        let up = self.up.due().filter(|_| opening.is_none());
        let down = self.down.due().filter(|_| self.may_queue());
        (flow == Flow::Pass).then(|| [opening, up, down].into_iter().flatten().min()).flatten()
    }

    /// Whether the socket keeps up; if not, what is due waits in the line, which is bounded.
    fn may_queue(&self) -> bool {
        self.writing.len() < READ_MAX
    }

    /// Waits for the next thing to happen and takes it in.
    async fn wait(&mut self, flow: Flow, wake: Option<Duration>) -> io::Result<Step> {
        let may_read = flow != Flow::Freeze && !self.ended && self.up.has_room();
        let may_write = flow == Flow::Pass && !self.writing.is_empty();
        let may_hear = self.down.has_room() && !self.switch_is_silent();
        let interest = interest(may_read, may_write);
        tokio::select! {
            changed = self.condition.changed() => Ok(changed.map_or(Step::End, |()| Step::On)),
            ready = self.stream.ready(interest.unwrap_or(Interest::ERROR)), if interest.is_some() => {
                let ready = ready?;
                if may_read && ready.is_readable() {
                    self.read()?;
                }
                if may_write && ready.is_writable() {
                    self.write()?;
                }
                Ok(Step::On)
            }
            bytes = self.said.recv(), if may_hear => {
                if let Some(bytes) = bytes {
                    self.say(bytes);
                }
                Ok(Step::On)
            }
            () = sleep(self.clock, wake), if wake.is_some() => Ok(Step::On),
        }
    }

    fn say(&mut self, bytes: Vec<u8>) {
        let due = self.clock.now() + self.condition.borrow().latency_down();
        self.down.push(due, bytes);
    }

    fn read(&mut self) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(READ_MAX);
        match self.stream.try_read_buf(&mut bytes) {
            Ok(0) => self.ended = true,
            Ok(_) => {
                self.count(Way::Up, &bytes);
                let now = self.clock.now();
                // Nobody could have sent it before the connect was answered.
                let sent = self.opening.as_ref().map_or(now, |opening| opening.at.max(now));
                self.up.push(sent + self.condition.borrow().latency_up(), bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        match self.stream.try_write(&self.writing) {
            Ok(written) => drop(self.writing.drain(..written)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn count(&mut self, way: Way, bytes: &[u8]) {
        let now = self.clock.now();
        if way == Way::Down {
            self.tally.tap.pass(now, bytes);
        }
        let [up, down] = &mut self.sniffers;
        let kinds = match way {
            Way::Up => up.sniff(bytes),
            Way::Down => down.sniff(bytes),
        };
        self.tally.passed(self.link, way, bytes.len() as u64, &kinds, now);
    }
}

fn interest(read: bool, write: bool) -> Option<Interest> {
    match (read, write) {
        (true, true) => Some(Interest::READABLE | Interest::WRITABLE),
        (true, false) => Some(Interest::READABLE),
        (false, true) => Some(Interest::WRITABLE),
        (false, false) => None,
    }
}

async fn sleep(clock: Clock, until: Option<Duration>) {
    if let Some(until) = until {
        clock.sleep_until(until).await;
    }
}
