//! The XMPP stream of a virtual desktop over a lasting connection: sign-in, events as they come, an answer to each
//! ping, and a goodbye.

use std::pin::pin;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use xml::{Element, escape};

use super::line::Line;
use super::session::{GOODBYE_AT_LATEST, Leave, Record, Session};
use super::{DesktopError, Identity, Transport, greeting, protocol};
use crate::clock::Clock;

/// How long the server may take for the whole sign-in.
const SIGN_IN_AT_LATEST: Duration = Duration::from_secs(30);

const UNAVAILABLE: &str = "<presence xmlns='jabber:client' type='unavailable'/>";

pub(super) async fn open(
    transport: Transport,
    who: &Identity,
    domain: &str,
    clock: Clock,
) -> Result<Session, DesktopError> {
    match tokio::time::timeout(SIGN_IN_AT_LATEST, sign_in(transport, who, domain)).await {
        Ok(line) => {
            let line = line?;
            Ok(Session::new(clock, |record| keep(line, record)))
        }
        Err(_) => Err(protocol("the sign-in", "nothing in time")),
    }
}

async fn sign_in(transport: Transport, who: &Identity, domain: &str) -> Result<Line, DesktopError> {
    let mut line = Line::connect(transport, who.host).await?;
    line.begin(domain).await?;
    expect(&mut line, "the opening", "features").await?;
    let plain = BASE64_STANDARD.encode(format!("\0{}\0{}", who.agent, who.password));
    line.send(&format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{plain}</auth>"))
        .await?;
    expect(&mut line, "SASL", "success").await?;
    line.begin(domain).await?;
    expect(&mut line, "the restart", "features").await?;
    let resource = escape(&who.resource);
    line.send(&format!(
        "<iq xmlns='jabber:client' type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
         <resource>{resource}</resource></bind></iq>"
    ))
    .await?;
    let bound = expect(&mut line, "bind", "iq").await?;
    if bound.attr("type") != Some("result") {
        return Err(protocol("bind", bound.attr("type").unwrap_or("no type")));
    }
    for stanza in greeting(domain) {
        line.send(&stanza).await?;
    }
    Ok(line)
}

async fn expect(line: &mut Line, step: &'static str, name: &str) -> Result<Element, DesktopError> {
    let stanza = line.next(step).await?;
    if stanza.name == name { Ok(stanza) } else { Err(protocol(step, stanza.name)) }
}

/// Keeps the session, and says why it is over.
async fn keep(mut line: Line, record: Record) -> String {
    let mut left = pin!(record.left());
    loop {
        let heard = tokio::select! {
            heard = line.next("the stream") => heard,
            how = &mut left => return part(how, line, &record).await,
        };
        match heard {
            Ok(stanza) => {
                record.collect([&stanza].into_iter());
                if let Some(answer) = answer(&stanza)
                    && let Err(error) = line.send(&answer).await
                {
                    return error.to_string();
                }
            }
            Err(error) => return error.to_string(),
        }
    }
}

async fn part(how: Leave, mut line: Line, record: &Record) -> String {
    match how {
        Leave::Goodbye => say_goodbye(line, record).await,
        Leave::Hurry => match line.send(UNAVAILABLE).await {
            Ok(()) => "left by this desktop".into(),
            Err(error) => error.to_string(),
        },
        // The connection is kept.
        Leave::Silence => std::future::pending().await,
    }
}

/// The end brings the events that were on their way.
async fn say_goodbye(mut line: Line, record: &Record) -> String {
    let goodbye = async {
        line.send(UNAVAILABLE).await?;
        line.close().await?;
        loop {
            record.collect([&line.next("the goodbye").await?].into_iter());
        }
    };
    let ended: Result<Result<(), DesktopError>, _> = tokio::time::timeout(GOODBYE_AT_LATEST, goodbye).await;
    drop(ended);
    "closed by this desktop".into()
}

/// What a client answers to a question of the server's, such as a ping (RFC 6120 section 8.4).
fn answer(stanza: &Element) -> Option<String> {
    let asks = stanza.name == "iq" && matches!(stanza.attr("type"), Some("get" | "set"));
    let id = escape(stanza.attr("id").filter(|_| asks)?);
    let to = escape(stanza.attr("from").unwrap_or_default());
    Some(format!("<iq xmlns='jabber:client' type='result' id='{id}' to='{to}'/>"))
}
