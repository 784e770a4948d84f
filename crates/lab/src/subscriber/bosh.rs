//! BOSH on a bare socket: HTTP/1.1 as far as it is needed.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{BIND, Heard, PRESENCE, Place, Socket, SubscriberError, broken, require};
use crate::clock::Clock;

/// The longest wait that clients ask for, in seconds.
const WAIT_S: u32 = 60;
/// Above the smallest number that stock clients begin with.
const FIRST_RID: u64 = 100_000;
/// A body of the longest kind, and its head.
const ANSWER_MAX: usize = 4 * 1024 * 1024;
/// An answer to an idle desktop has some three hundred bytes.
const READ_BYTES: usize = 2 * 1024;

/// A session on one connection.
pub(super) struct Bosh {
    socket: Socket,
    host: String,
    sid: String,
    rid: u64,
    /// Read, and not answered yet.
    bytes: Vec<u8>,
}

/// Where an answer ends, and what is in it.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    head: usize,
    length: usize,
}

pub(super) async fn open(socket: Socket, place: &Place, plain: &str) -> Result<Bosh, SubscriberError> {
    let host = place.host.to_string();
    let mut bosh = Bosh { socket, host, sid: String::new(), rid: FIRST_RID, bytes: Vec::new() };
    let domain = xml::escape(&place.domain);
    let created = bosh
        .exchange(
            "session creation",
            &format!(
                "to='{domain}' wait='{WAIT_S}' hold='1' ver='1.9' xmlns:xmpp='urn:xmpp:xbosh' xmpp:version='1.0'"
            ),
            "",
        )
        .await?;
    let sid = attribute(&created, "sid");
    bosh.sid = sid.ok_or_else(|| protocol("session creation", &created))?.to_owned();
    let answer = bosh.exchange("SASL", "", plain).await?;
    require("SASL", &answer, "<success")?;
    let restart = format!("xmlns:xmpp='urn:xmpp:xbosh' xmpp:restart='true' to='{domain}'");
    bosh.exchange("restart", &restart, "").await?;
    let answer = bosh.exchange("bind", "", BIND).await?;
    require("bind", &answer, "<jid>")?;
    bosh.post("presence", "", PRESENCE).await?;
    Ok(bosh)
}

impl Bosh {
    pub(super) async fn hear(&mut self, clock: Clock) -> Result<Heard, SubscriberError> {
        let text = self.answer("a poll").await?;
        let at = clock.now();
        self.post("a poll", "", "").await?;
        Ok(Heard { at, text })
    }

    async fn exchange(
        &mut self,
        step: &'static str,
        attributes: &str,
        stanzas: &str,
    ) -> Result<String, SubscriberError> {
        self.post(step, attributes, stanzas).await?;
        self.answer(step).await
    }

    async fn post(
        &mut self,
        step: &'static str,
        attributes: &str,
        stanzas: &str,
    ) -> Result<(), SubscriberError> {
        let Self { host, sid, rid, .. } = self;
        let sid = if sid.is_empty() { String::new() } else { format!(" sid='{sid}'") };
        let body = format!(
            "<body xmlns='http://jabber.org/protocol/httpbind' rid='{rid}'{sid} {attributes}>{stanzas}</body>"
        );
        let request = format!(
            "POST /http-bind/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/xml; charset=utf-8\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        *rid += 1;
        self.socket.write_all(request.as_bytes()).await.map_err(broken(step))?;
        self.socket.flush().await.map_err(broken(step))
    }

    async fn answer(&mut self, step: &'static str) -> Result<String, SubscriberError> {
        let Answer { status, head, length } = loop {
            if let Some(answer) = read_head(&self.bytes)
                && self.bytes.len() >= answer.head + answer.length
            {
                break answer;
            }
            self.read(step).await?;
        };
        let text =
            String::from_utf8_lossy(self.bytes.get(head..head + length).unwrap_or_default()).into_owned();
        self.bytes.drain(..head + length);
        let ended = status != 200 || attribute(&text, "type") == Some("terminate");
        if ended { Err(protocol(step, &text)) } else { Ok(text) }
    }

    async fn read(&mut self, step: &'static str) -> Result<(), SubscriberError> {
        if self.bytes.len() > ANSWER_MAX {
            return Err(protocol(step, "an answer without an end"));
        }
        self.bytes.reserve(READ_BYTES);
        match self.socket.read_buf(&mut self.bytes).await.map_err(broken(step))? {
            0 => Err(protocol(step, "the end of the connection")),
            _ => Ok(()),
        }
    }
}

/// `None` until the whole head is there.
fn read_head(bytes: &[u8]) -> Option<Answer> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(bytes.get(..head)?).ok()?;
    let status = text.split(' ').nth(1)?.parse().ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    Some(Answer { status, head, length: length.unwrap_or_default() })
}

/// An attribute of the outermost element.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = text.split_once('>').map_or(text, |(start, _)| start);
    let (_, value) = start.split_once(&format!(" {name}="))?;
    let quote = value.chars().next()?;
    value.get(1..)?.split(quote).next()
}

fn protocol(step: &'static str, said: &str) -> SubscriberError {
    SubscriberError::Protocol { step, said: said.chars().take(200).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_when_its_length_is_there() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nContent-Length: 7\r\n\r\n<body/>HTTP";
        assert_eq!(read_head(answer), Some(Answer { status: 200, head: 62, length: 7 }));
        assert_eq!(read_head(&answer[..61]), None);
    }

    #[test]
    fn attributes_are_those_of_the_outermost_element() {
        let text = "<body sid=\"a'b\" wait='60'><message type='terminate'/></body>";
        assert_eq!(attribute(text, "sid"), Some("a'b"));
        assert_eq!((attribute(text, "wait"), attribute(text, "type")), (Some("60"), None));
    }
}
