//! The secondary's part: it dials the primary for ever.

use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::GREETED_WITHIN;
use super::hub::Hub;
use super::link::{Greeted, carry, greet, is_tls};
use super::tally::Mishap;
use crate::net::cti::Host;

/// After a loss the first try comes at once, as people see it.
const RETRY_FIRST: Duration = Duration::from_millis(100);

/// A primary that is down is not asked more often than this.
const RETRY_LAST: Duration = Duration::from_secs(1);

pub(super) async fn dial(to: Host, tls: TlsConnector, hub: Hub) {
    let mut pause = RETRY_FIRST;
    loop {
        match timeout(GREETED_WITHIN, connect(&to, &tls, &hub)).await {
            Ok(Ok(greeted)) => {
                carry(greeted, &hub).await;
                pause = RETRY_FIRST;
            }
            Ok(Err(why)) => hub.not_up(why),
            Err(_) => {
                hub.note(Mishap::Late);
                hub.not_up(format!("{to} did not greet within {GREETED_WITHIN:?}"));
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(RETRY_LAST);
    }
}

async fn connect(to: &Host, tls: &TlsConnector, hub: &Hub) -> Result<Greeted<TlsStream<TcpStream>>, String> {
    let say = |why: &dyn std::fmt::Display| format!("{to}: {why}");
    let name = ServerName::try_from(to.host.clone()).map_err(|why| say(&why))?;
    let stream = TcpStream::connect((to.host.as_str(), to.port)).await.map_err(|why| say(&why))?;
    stream.set_nodelay(true).map_err(|why| say(&why))?;
    let stream = tls.connect(name, stream).await.map_err(|why| {
        is_tls(&why).then(|| hub.note(Mishap::Unauthenticated));
        say(&why)
    })?;
    greet(stream, hub).await.map_err(|why| {
        why.mishap().into_iter().for_each(|mishap| hub.note(mishap));
        say(&why)
    })
}
