//! The dialogs of known clients, and of clients in trouble, that the tests of `xmpp` play.

use std::path::Path;

use super::write;

const DIALOGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/xmpp/tests/dialogs");

const ABBREVIATIONS: [(&str, &str); 5] = [
    ("$FRAMING", "xmlns='urn:ietf:params:xml:ns:xmpp-framing'"),
    ("$SASL", "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'"),
    ("$BODY", "xmlns='http://jabber.org/protocol/httpbind'"),
    ("$STREAM", "xmlns:stream='http://etherx.jabber.org/streams'"),
    ("$CLIENT", "xmlns='jabber:client'"),
];

/// The bytes of `fuzz/src/desk`: a break, and that time passes or something is published.
const ON: [u8; 2] = [0xff, 0];
const LATER: [u8; 2] = [0xff, 2];
const EVENT: [u8; 2] = [0xff, 4];
const GET: [u8; 2] = [0xff, 128];

/// Connections as they come, over both transports.
pub fn stream(folder: &Path) {
    for (name, lines) in dialogs() {
        for way in 0..4 {
            let mut seed = vec![way, 40];
            seed.extend(seed_of(&lines, "recv"));
            write(folder, &format!("{name}-{way}"), &seed);
        }
    }
}

/// Requests with the next id of the session that the fuzzer opened, or their own.
pub fn bosh(folder: &Path) {
    for (name, lines) in dialogs() {
        for way in 0..2 {
            let mut seed = vec![way];
            seed.extend(seed_of(&lines, "post"));
            write(folder, &format!("{name}-{way}"), &seed);
        }
    }
}

/// Every content of `<pubsub/>` in them, one after the other.
pub fn pubsub(folder: &Path) {
    for (name, lines) in dialogs() {
        let contents: Vec<&str> = lines.iter().flat_map(|line| requests(line)).collect();
        for (way, part) in contents.chunks(4).enumerate() {
            let mut seed = vec![way as u8 % 2];
            for content in part {
                seed.extend(if content.contains("<subscriptions") { GET } else { ON });
                seed.extend(content.as_bytes());
                seed.extend(EVENT);
            }
            write(folder, &format!("{name}-{way}"), &seed);
        }
    }
}

fn seed_of(lines: &[String], wanted: &str) -> Vec<u8> {
    let mut seed = Vec::new();
    for line in lines {
        match line.split(' ').next() {
            Some("at") => seed.extend(LATER),
            Some("publish") => seed.extend(EVENT),
            Some(word) if word == wanted => {
                let text = line.splitn(3, ' ').nth(2).unwrap_or_default();
                seed.extend(ON);
                seed.extend(text.replace("$SID1", "$SID").replace("\\n", "\n").as_bytes());
            }
            Some(_) | None => {}
        }
    }
    seed
}

fn requests(line: &str) -> impl Iterator<Item = &str> {
    const BEGIN: &str = "<pubsub xmlns='http://jabber.org/protocol/pubsub'>";
    let sent = line.starts_with("post") || line.starts_with("recv");
    line.split(BEGIN).skip(1).filter(move |_| sent).filter_map(|rest| rest.split("</pubsub>").next())
}

/// Every dialog, with lines that go on joined.
fn dialogs() -> Vec<(String, Vec<String>)> {
    let mut dialogs = Vec::new();
    for entry in std::fs::read_dir(DIALOGS).expect(DIALOGS) {
        let path = entry.expect(DIALOGS).path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        dialogs.push((name, lines(&std::fs::read_to_string(&path).expect("a dialog is text"))));
    }
    dialogs
}

fn lines(script: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in script.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match lines.last_mut() {
            Some(last) if line.starts_with(char::is_whitespace) => {
                let more = line.trim_start();
                last.push_str(if more.starts_with('<') { "" } else { " " });
                last.push_str(more);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    for line in &mut lines {
        for (short, long) in ABBREVIATIONS {
            *line = line.replace(short, long);
        }
    }
    lines
}
