//! The control socket: a Unix socket in the data directory that only the node's own user, and root, may use.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use node::pair::LINE_BYTES_MAX;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing::{debug, warn};

use super::desk::{Desk, Origin};
use crate::peer::Order;

/// Connections at once: a few people and scripts. One more waits in the kernel's queue.
const CONNECTIONS_MAX: usize = 8;

/// How long the one line may take to arrive, and the answer to be read.
const LINE_WITHIN: Duration = Duration::from_secs(5);

/// Why there is no control socket.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// Somebody answers there.
    #[error("{0}: another node runs with this data directory")]
    Taken(PathBuf),
    /// The system refuses.
    #[error("{path}: the control socket cannot be opened: {reason}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
}

/// The open control socket; the file goes when this is dropped.
pub(crate) struct Control {
    path: PathBuf,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Control {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        let _ = fs::remove_file(&self.path);
    }
}

/// A socket that nobody serves yet.
pub(crate) struct Bound {
    path: PathBuf,
    listener: UnixListener,
    owner: u32,
}

impl Control {
    /// Opens the socket. It has its mode before it has its name, so nobody finds it open to all.
    pub(crate) fn bind(path: PathBuf) -> Result<Bound, ControlError> {
        if std::os::unix::net::UnixStream::connect(&path).is_ok() {
            return Err(ControlError::Taken(path));
        }
        match bind_at(&path) {
            Ok((listener, owner)) => Ok(Bound { path, listener, owner }),
            Err(reason) => Err(ControlError::Io { path, reason }),
        }
    }
}

impl Bound {
    /// Takes orders from now on, also those of the other node.
    pub(crate) fn serve(self, desk: Desk, ordered: mpsc::Receiver<Order>) -> Control {
        let desk = Arc::new(desk);
        let here = tokio::spawn(accept(self.listener, self.owner, Arc::clone(&desk)));
        Control { path: self.path, tasks: vec![here, tokio::spawn(serve_peer(ordered, desk))] }
    }
}

fn bind_at(path: &Path) -> io::Result<(UnixListener, u32)> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let unnamed = path.with_extension("new");
    let _ = fs::remove_file(&unnamed);
    let listener = UnixListener::bind(&unnamed)?;
    fs::set_permissions(&unnamed, Permissions::from_mode(0o600))?;
    let owner = fs::metadata(&unnamed)?.uid();
    fs::rename(&unnamed, path)?;
    Ok((listener, owner))
}

/// Orders of the other node, one after the other.
async fn serve_peer(mut ordered: mpsc::Receiver<Order>, desk: Arc<Desk>) {
    while let Some(Order { line, host, answer }) = ordered.recv().await {
        let said = desk.answer(&line, Origin::Peer { host }).await;
        let _ = answer.send(said);
    }
}

async fn accept(listener: UnixListener, owner: u32, desk: Arc<Desk>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let desk = Arc::clone(&desk);
                tokio::spawn(async move {
                    if let Err(reason) = converse(stream, owner, &desk).await {
                        debug!(%reason, "a conversation on the control socket broke off");
                    }
                    drop(place);
                });
            }
            Err(reason) => {
                warn!(%reason, "the control socket took no connection");
                tokio::time::sleep(LINE_WITHIN / 10).await;
            }
        }
    }
}

async fn converse(stream: UnixStream, owner: u32, desk: &Desk) -> io::Result<()> {
    let asker = stream.peer_cred()?;
    if asker.uid() != owner && asker.uid() != 0 {
        warn!(
            what = "service.stranger",
            uid = asker.uid(),
            "a stranger at the control socket was turned away"
        );
        return Ok(());
    }
    let mut stream = BufReader::new(stream);
    let line = timeout(LINE_WITHIN, read_line(&mut stream)).await??;
    let who = who(asker.uid(), asker.pid());
    let mut answer = desk.answer(&line, Origin::Here { who }).await;
    answer.push('\n');
    timeout(LINE_WITHIN, stream.write_all(answer.as_bytes())).await?
}

/// At most [`LINE_BYTES_MAX`]; a longer line is read no further, and is no order.
async fn read_line(from: &mut BufReader<UnixStream>) -> io::Result<String> {
    let most = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
    let mut line = Vec::new();
    from.take(most).read_until(b'\n', &mut line).await?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// `anna (uid 1000, process 4711)`.
fn who(uid: u32, pid: Option<i32>) -> String {
    let name = fs::read_to_string("/etc/passwd").ok().and_then(|users| name_of(uid, &users));
    let process = pid.map(|pid| format!(", process {pid}")).unwrap_or_default();
    format!("{} (uid {uid}{process})", name.as_deref().unwrap_or("somebody"))
}

fn name_of(uid: u32, users: &str) -> Option<String> {
    let uid = uid.to_string();
    let user = users.lines().find(|line| line.split(':').nth(2) == Some(uid.as_str()))?;
    user.split(':').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_where_the_system_knows_them() {
        let users = "root:x:0:0:root:/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\nbroken\n";
        assert_eq!(name_of(1000, users).as_deref(), Some("anna"));
        assert_eq!(name_of(1001, users), None);
        assert!(who(4_000_000_000, Some(7)).ends_with("(uid 4000000000, process 7)"));
    }
}
