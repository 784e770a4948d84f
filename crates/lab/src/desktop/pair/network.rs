use std::sync::Arc;
use std::time::Duration;

use failover::client::Server;
use tokio::sync::watch;

/// The network between desktops and the two servers; clones are the same network. Cut off, nothing arrives any more
/// and nobody is told.
#[derive(Clone, Debug)]
pub struct Network(Arc<Ways>);

#[derive(Debug)]
struct Ways {
    cut: [watch::Sender<bool>; 2],
    delay: [watch::Sender<Duration>; 2],
}

impl Default for Network {
    fn default() -> Self {
        let cut = [watch::Sender::new(false), watch::Sender::new(false)];
        let delay = [watch::Sender::new(Duration::ZERO), watch::Sender::new(Duration::ZERO)];
        Self(Arc::new(Ways { cut, delay }))
    }
}

impl Network {
    /// Cuts the way to a server, or mends it. What was under way then is lost.
    pub fn cut(&self, server: Server, cut: bool) {
        of(&self.0.cut, server).send_replace(cut);
    }

    /// From now on whatever is asked of a server is answered so much later.
    pub fn delay(&self, server: Server, delay: Duration) {
        of(&self.0.delay, server).send_replace(delay);
    }

    /// Does something at a server. While the way is cut that never ends.
    pub(super) async fn over<T>(&self, server: Server, work: impl Future<Output = T>) -> T {
        tokio::select! {
            biased;
            () = self.lost(server) => std::future::pending().await,
            done = async {
                let done = work.await;
                let delay = *of(&self.0.delay, server).borrow();
                if !delay.is_zero() {
                    tokio::time::sleep(delay).await;
                }
                done
            } => done,
        }
    }

    /// Resolves when the way is cut.
    pub(super) async fn lost(&self, server: Server) {
        let mut cut = of(&self.0.cut, server).subscribe();
        if cut.wait_for(|cut| *cut).await.is_err() {
            // The sender is part of this network: it never closes.
            std::future::pending().await
        }
    }
}

fn of<T>([primary, secondary]: &[T; 2], server: Server) -> &T {
    match server {
        Server::Primary => primary,
        Server::Secondary => secondary,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_cut_way_swallows_what_goes_to_its_server_only() {
        let network = Network::default();
        network.cut(Server::Primary, true);
        let ask = |server| network.over(server, async { 7 }).now_or_never();
        assert_eq!(ask(Server::Primary), None);
        assert_eq!(ask(Server::Secondary), Some(7));
        network.cut(Server::Primary, false);
        assert_eq!(ask(Server::Primary), Some(7));
    }
}
