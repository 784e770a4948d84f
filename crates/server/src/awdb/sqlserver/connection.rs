//! One connection: logged in, then one SELECT after another.

use std::fmt;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use tiberius::{AuthMethod, Client, Config, QueryItem, ToSql};
use tokio::net::TcpStream;

use super::super::ask::Bound;
use super::super::query::Query;
use super::super::row::{Odd, Row};
use super::wire::{Received, Wire};
use super::{Account, Settings, cells, explain, tls};
use crate::net::cti::Host;

/// What the server's people see of us.
const APPLICATION: &str = "Holdfast";

/// Logged in.
pub(super) struct Connection {
    client: Client<Wire>,
    received: Received,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

/// Why there is no answer. Texts name no host, hold no credential and nothing of a row.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The connection was gone before anything of an answer came.
    #[error("{0}")]
    Dead(String),
    /// A step took longer than it may.
    #[error("not {step} within {within:?}")]
    Late { step: &'static str, within: Duration },
    /// The server said why, or said something that it must not.
    #[error("{0}")]
    Nonsense(String),
    /// A column does not hold what it should.
    #[error("{0}")]
    Odd(Odd),
}

impl Connection {
    /// Prelogin, TLS and login, on a connected stream.
    pub(super) async fn open(stream: TcpStream, host: &Host, settings: &Settings) -> Result<Self, Trouble> {
        let wire = tls::cover(stream, host, settings).await.map_err(Trouble::Nonsense)?;
        let mut config = Config::new();
        config.host(&host.host);
        config.port(host.port);
        config.database(&settings.database);
        config.application_name(APPLICATION);
        config.authentication(authentication(&settings.account));
        // Ours are around it.
        config.handshake_timeout(None);
        config.command_timeout(None);
        let received = wire.received();
        let client = Client::connect(config, wire).await;
        client
            .map(|client| Self { client, received })
            .map_err(|error| Trouble::Nonsense(explain::login(&error, &settings.database)))
    }

    /// The rows, each read as it comes.
    pub(super) async fn select<T>(
        &mut self,
        query: &Query,
        bound: &[Bound<'_>],
        read: &mut impl FnMut(&Row<'_>) -> Result<T, Odd>,
    ) -> Result<Vec<T>, Trouble> {
        let values: Vec<Box<dyn ToSql>> = bound.iter().map(value).collect();
        let parameters: Vec<&dyn ToSql> = values.iter().map(|value| &**value).collect();
        self.received.start();
        let asked = self.client.query(query.sql_server, &parameters).await;
        let mut items = asked.map_err(|error| explain::asked(&error, self.received.is_nothing()))?;
        let mut rows = Vec::new();
        while let Some(item) = items.try_next().await.map_err(|error| explain::answered(&error))? {
            match item {
                QueryItem::Metadata(_) => {}
                QueryItem::Row(row) => {
                    let cells = row.cells().map(|(_, data)| cells::cell(data)).collect();
                    rows.push(read(&Row { columns: query.columns, cells }).map_err(Trouble::Odd)?);
                }
            }
        }
        Ok(rows)
    }
}

/// A domain is refused with the settings where NTLM is not built in.
fn authentication(account: &Account) -> AuthMethod {
    #[cfg(feature = "ntlm")]
    if let Some(domain) = &account.domain {
        return AuthMethod::windows(format!("{domain}\\{}", account.username), account.password.expose());
    }
    AuthMethod::sql_server(&account.username, account.password.expose())
}

fn value(bound: &Bound<'_>) -> Box<dyn ToSql> {
    match bound {
        // The keys of the AWDB are int; a number beyond is none of them, and is compared as it is.
        Bound::Number(number) => match i32::try_from(*number) {
            Ok(number) => Box::new(number),
            Err(_) => Box::new(i64::from(*number)),
        },
        Bound::Text(text) => Box::new((*text).to_owned()),
    }
}
