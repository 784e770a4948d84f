//! The link against a server that opens the session and then answers nothing.

use domain::{Resources, Secret, Ticket};
use ged188::{OpenConf, QueryAgentStateConf, QueryAgentStateReq};

use super::*;
use crate::config::{RecoveryConfig, SessionConfig};

const VERSION: Version = Version::V20;

pub(crate) fn config() -> Config {
    Config {
        host: "fin-a".into(),
        primary: "fin-a".into(),
        secondary: None,
        peripheral_id: 5000,
        timezone_offset_minutes: 0,
        cti: cti::Settings::default(),
        session: SessionConfig {
            client_id: "holdfast-primary".into(),
            password: Secret::new(""),
            versions: VERSION..=VERSION,
        },
        recovery: RecoveryConfig::default(),
        presence: failover::presence::Settings::default(),
        fence: failover::fence::Settings::new(failover::fence::Rank::Primary),
        xmpp: xmpp::ServiceConfig::new("fin-a"),
        settings: crate::Settings::default(),
        administrators: failover::administrators::Settings::default(),
        resources: Resources::default(),
        key: crate::config::Key([7; 32]),
        credentials_key: crate::config::Key([8; 32]),
        awdb: every_request_is_checked(),
    }
}

/// A link with an open session, and its epoch.
fn open() -> (Link, Epoch) {
    let mut link = Link::new(&config(), Duration::ZERO);
    let dialed = |output| if let LinkOutput::Dial { epoch, .. } = output { Some(epoch) } else { None };
    let epoch = std::iter::from_fn(|| link.poll_output()).find_map(dialed).unwrap();
    link.news(epoch, LinkNews::Connected, Duration::ZERO);
    hear(&mut link, epoch, OpenConf { invoke_id: 1, ..OpenConf::default() }, Duration::ZERO);
    while link.poll_output().is_some() {}
    (link, epoch)
}

fn hear(link: &mut Link, epoch: Epoch, message: impl Into<Message>, now: Duration) {
    let bytes = message.into().encode(VERSION).unwrap();
    link.news(epoch, LinkNews::Bytes(bytes), now);
}

/// Asks, and returns the InvokeID that went out.
fn ask(link: &mut Link, ticket: u64, now: Duration) -> u32 {
    assert!(link.ask(Asker::Domain(Ticket(ticket)), QueryAgentStateReq::default().into(), now));
    let Some(LinkOutput::Write { bytes, .. }) = link.poll_output() else { unreachable!("a request is sent") };
    u32::from_be_bytes(bytes[8..12].try_into().unwrap())
}

#[test]
fn requests_that_are_never_answered_do_not_pile_up() {
    let (mut link, epoch) = open();
    let invokes: Vec<u32> = (0..1_000).map(|n| ask(&mut link, n, Duration::from_secs(n))).collect();
    assert_eq!(link.asked.len(), 151, "one a second, the last 150 s");
    let now = Duration::from_secs(999);
    let mut answer = |invoke_id| {
        hear(&mut link, epoch, QueryAgentStateConf { invoke_id, ..Default::default() }, now);
        link.poll_output()
    };
    assert!(matches!(answer(invokes[0]), Some(LinkOutput::Event(_))), "nobody waits for it");
    assert!(matches!(answer(invokes[900]), Some(LinkOutput::Answer(Asker::Domain(Ticket(900)), _))));
}

/// Nobody is known longer than a moment: a check can be told apart from a request.
fn every_request_is_checked() -> failover::awdb::Settings {
    failover::awdb::Settings { window: Duration::ZERO, ..Default::default() }
}
