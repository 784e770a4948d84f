//! A door: one address that is listened on while its service runs.
//!
//! Owns binding, closing and opening again. Never reads a byte: what serves a door is given to it as a [`Serve`].
//!
//! ```text
//!           wanted                    bound
//!   Closed ────────▶ Opening(why not) ──────▶ Open ──no longer wanted──▶ Closed
//!                      ▲ 1 s  │                 │
//!                      └──────┘ ◀───broken──────┘
//! ```

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::time::Duration;

use tokio::sync::watch;
use tracing::{info, warn};

/// Between two tries to open an address that somebody else has, or that the system refuses.
const RETRY: Duration = Duration::from_secs(1);

/// Serves an open door. When [`Closing`] resolves it takes no more connections, ends those that came through this door
/// within [`GRACE`], and only then resolves itself. An error means that the listener broke; the door opens it again.
pub(crate) type Serve = Box<dyn Fn(TcpListener, Closing) -> Serving + Send + Sync>;

/// What [`Serve`] returns.
pub(crate) type Serving = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

/// At the end answers in hand may still go out; whoever holds a connection longer is cut off.
pub(crate) const GRACE: Duration = Duration::from_millis(300);

/// Tells whoever serves a door, and each connection that outlives its listener, that the door closes.
#[derive(Clone)]
pub(crate) struct Closing(watch::Receiver<bool>);

impl Closing {
    /// Resolves when the door closes. Cancel safe; resolves at once if it has closed already.
    pub(crate) async fn asked(&mut self) {
        let _ = self.0.wait_for(|wanted| !wanted).await;
    }

    /// Resolves so long after the door began to close.
    pub(crate) async fn elapsed(&mut self, time: Duration) {
        self.asked().await;
        tokio::time::sleep(time).await;
    }

    /// Whether the door closes.
    pub(crate) fn has_begun(&self) -> bool {
        !*self.0.borrow()
    }
}

/// A listener that can be closed and opened again on the same address.
pub(crate) struct Door {
    /// What is served here, for people: `REST over TLS`.
    pub(crate) what: &'static str,
    /// As it was bound the first time.
    pub(crate) address: SocketAddr,
    /// Who takes the connections.
    pub(crate) serve: Serve,
}

/// How a door stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Posture {
    /// Connections are taken.
    Open,
    /// It should be open and is not; in words why.
    Opening(String),
    /// Nobody listens, and no connection is left.
    Closed,
}

impl Door {
    /// Keeps the door as `wanted` says, from the socket that is bound already, until `wanted` has no sender any more.
    pub(crate) async fn attend(
        self,
        bound: TcpListener,
        mut wanted: watch::Receiver<bool>,
        posture: watch::Sender<Posture>,
    ) {
        let mut bound = Some(bound);
        while wanted.has_changed().is_ok() {
            if *wanted.borrow_and_update() {
                let closing = Closing(wanted.clone());
                self.open(bound.take(), closing, &posture).await;
            } else {
                bound = None;
                posture.send_replace(Posture::Closed);
                let _ = wanted.changed().await;
            }
        }
        posture.send_replace(Posture::Closed);
    }

    async fn open(&self, bound: Option<TcpListener>, mut closing: Closing, posture: &watch::Sender<Posture>) {
        let socket = match bound {
            Some(socket) => Some(socket),
            None => self.bind(&mut closing, posture).await,
        };
        if let Some(socket) = socket {
            posture.send_replace(Posture::Open);
            self.keep_open(socket, closing, posture).await;
        }
    }

    /// The socket, or `None` if the door is to stay closed meanwhile. Connections of the time before do not stand in
    /// the way: the standard library binds with SO_REUSEADDR.
    async fn bind(&self, closing: &mut Closing, posture: &watch::Sender<Posture>) -> Option<TcpListener> {
        loop {
            match TcpListener::bind(self.address) {
                Ok(socket) => {
                    info!(address = %self.address, "{} is open again", self.what);
                    return Some(socket);
                }
                Err(reason) => self.fails(&reason, posture),
            }
            tokio::select! {
                () = closing.asked() => return None,
                () = tokio::time::sleep(RETRY) => {}
            }
        }
    }

    async fn keep_open(&self, socket: TcpListener, mut closing: Closing, posture: &watch::Sender<Posture>) {
        if let Err(reason) = (self.serve)(socket, closing.clone()).await {
            self.fails(&reason, posture);
            tokio::select! {
                () = closing.asked() => {}
                () = tokio::time::sleep(RETRY) => {}
            }
        }
    }

    /// Told once for each reason, not once for each try.
    fn fails(&self, reason: &io::Error, posture: &watch::Sender<Posture>) {
        let why = format!("cannot listen on {}: {reason}", self.address);
        let news = Posture::Opening(why);
        if *posture.borrow() != news {
            warn!("{}: {news}; trying again every {RETRY:?}", self.what);
        }
        posture.send_replace(news);
    }
}

impl fmt::Display for Posture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("open"),
            Self::Opening(why) => f.write_str(why),
            Self::Closed => f.write_str("closed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use tokio::net::TcpStream;
    use tokio::task::JoinHandle;

    use super::*;

    /// Far longer than anything here takes; only a hang of the code under test reaches it.
    const GUARD: Duration = Duration::from_secs(20);

    struct Attended {
        address: SocketAddr,
        wanted: watch::Sender<bool>,
        posture: watch::Receiver<Posture>,
        task: JoinHandle<()>,
    }

    impl Attended {
        fn new(serve: Serve) -> Self {
            let bound = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = bound.local_addr().unwrap();
            let ((wanted, want), (report, posture)) = (watch::channel(true), watch::channel(Posture::Open));
            let task = tokio::spawn(Door { what: "a test", address, serve }.attend(bound, want, report));
            Self { address, wanted, posture, task }
        }

        async fn until(&mut self, posture: impl Fn(&Posture) -> bool) {
            tokio::time::timeout(GUARD, self.posture.wait_for(posture)).await.unwrap().unwrap();
        }

        async fn refused(&self) -> bool {
            let refusal = TcpStream::connect(self.address).await.map_err(|error| error.kind());
            matches!(refusal, Err(ErrorKind::ConnectionRefused))
        }
    }

    /// Holds the socket open and answers nobody.
    fn holding() -> Serve {
        Box::new(|socket, mut closing| {
            Box::pin(async move {
                closing.asked().await;
                drop(socket);
                Ok(())
            })
        })
    }

    #[tokio::test]
    async fn a_door_closes_and_opens_on_the_same_address() {
        let mut door = Attended::new(holding());
        for _ in 0..2 {
            door.until(|posture| *posture == Posture::Open).await;
            TcpStream::connect(door.address).await.unwrap();
            door.wanted.send_replace(false);
            door.until(|posture| *posture == Posture::Closed).await;
            assert!(door.refused().await);
            door.wanted.send_replace(true);
        }
        door.until(|posture| *posture == Posture::Open).await;
        drop(door.wanted);
        tokio::time::timeout(GUARD, door.task).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn an_address_that_is_taken_meanwhile_is_told_of_and_tried_again() {
        let mut door = Attended::new(holding());
        door.wanted.send_replace(false);
        door.until(|posture| *posture == Posture::Closed).await;
        let thief = TcpListener::bind(door.address).unwrap();
        door.wanted.send_replace(true);
        door.until(|posture| matches!(posture, Posture::Opening(why) if why.contains("in use"))).await;
        drop(thief);
        door.until(|posture| *posture == Posture::Open).await;
        TcpStream::connect(door.address).await.unwrap();
    }

    #[tokio::test]
    async fn a_door_that_cannot_open_can_still_be_closed() {
        let mut door = Attended::new(holding());
        door.wanted.send_replace(false);
        door.until(|posture| *posture == Posture::Closed).await;
        let _thief = TcpListener::bind(door.address).unwrap();
        door.wanted.send_replace(true);
        door.until(|posture| matches!(posture, Posture::Opening(_))).await;
        door.wanted.send_replace(false);
        door.until(|posture| *posture == Posture::Closed).await;
    }

    #[tokio::test]
    async fn a_listener_that_breaks_is_opened_again() {
        let broken = std::sync::atomic::AtomicBool::new(false);
        let mut door = Attended::new(Box::new(move |socket, mut closing| {
            let breaks = !broken.swap(true, std::sync::atomic::Ordering::Relaxed);
            Box::pin(async move {
                if breaks {
                    return Err(io::Error::other("broken"));
                }
                closing.asked().await;
                drop(socket);
                Ok(())
            })
        }));
        door.until(|posture| matches!(posture, Posture::Opening(why) if why.contains("broken"))).await;
        door.until(|posture| *posture == Posture::Open).await;
        TcpStream::connect(door.address).await.unwrap();
    }
}
