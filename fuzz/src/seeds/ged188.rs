//! Every message at four versions, and streams of a session in both directions. The bodies are made from the tables of
//! the specification, as in the tests of the codec.

#[path = "../../../crates/ged188/tests/wire/mod.rs"]
#[expect(dead_code, reason = "the tests of the codec use more of it")]
mod wire;

use std::path::Path;

use ged188::{
    AgentStateMask, CallEventMask, ConfigMask, Message, NULL_ID, OpenConf, OpenReq, ServiceMask, Version,
};

use super::write;

/// The oldest, the two main targets and the newest: all layouts are among them.
const VERSIONS: [u32; 4] = [13, 17, 20, 24];
/// OPEN_REQ, OPEN_CONF, CLOSE_REQ and CLOSE_CONF: a stream would end with them.
const ENDING: [u32; 4] = [3, 4, 7, 8];
/// Messages in one stream; with their usual size, a few hundred bytes each, they stay below the largest input.
const MESSAGES_A_STREAM: usize = 8;
/// The stream is read in pieces of this many bytes, and one more.
const CUT: u8 = 99;

pub fn all(folder: &Path) {
    for version in VERSIONS {
        let version = Version::new(version).expect("a version that is spoken");
        messages(folder, version);
        streams(folder, version, 1, &open_conf(version));
        streams(folder, version, 2, &open_req(version));
    }
}

fn messages(folder: &Path, version: Version) {
    for (kind, name, body) in bodies(version) {
        let seed = [&[0, version_byte(version)], &(kind as u16).to_be_bytes()[..], &body].concat();
        write(folder, &format!("v{version}-{}", name.to_lowercase()), &seed);
    }
}

/// A session is opened, and then comes every message, whether it has a place there or not.
fn streams(folder: &Path, version: Version, way: u8, opening: &Message) {
    let all: Vec<_> = bodies(version).filter(|(kind, ..)| !ENDING.contains(kind)).collect();
    let opening = opening.encode(version).expect("it fits every version");
    for (at, some) in all.chunks(MESSAGES_A_STREAM).enumerate() {
        let mut seed = vec![way, version_byte(version), CUT];
        seed.extend(&opening);
        seed.extend(some.iter().flat_map(|(kind, _, body)| framed(*kind, body)));
        write(folder, &format!("v{version}-stream-{way}-{at}"), &seed);
    }
}

/// A request that is granted, for everything of all peripherals.
fn open_req(version: Version) -> Message {
    Message::OpenReq(OpenReq {
        invoke_id: 1,
        version_number: version.number(),
        idle_timeout: 60,
        peripheral_id: NULL_ID,
        services_requested: ServiceMask::ALL_EVENTS | ServiceMask::CLIENT_CONTROL,
        call_msg_mask: CallEventMask::KNOWN,
        agent_state_mask: AgentStateMask::KNOWN,
        config_msg_mask: ConfigMask::KNOWN,
        client_id: "desk".into(),
        ..OpenReq::default()
    })
}

/// The client's OPEN_REQ had InvokeID 1.
fn open_conf(_version: Version) -> Message {
    Message::OpenConf(OpenConf { invoke_id: 1, services_granted: ServiceMask::KNOWN, ..OpenConf::default() })
}

fn bodies(version: Version) -> impl Iterator<Item = (u32, &'static str, Vec<u8>)> {
    let version = version.number();
    let layouts = wire::layouts().iter().map(|layout| (wire::head(layout), layout));
    layouts.filter(move |((_, _, since), _)| *since <= version).map(move |((kind, name, _), layout)| {
        (kind, name, wire::body(layout, version, u64::from(kind * version)))
    })
}

fn framed(kind: u32, body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32).to_be_bytes(), &kind.to_be_bytes(), body].concat()
}

fn version_byte(version: Version) -> u8 {
    (version.number() - Version::MIN.number()) as u8
}
