//! Bytes from a CTI server, in two ways: as one message body, and as the stream of a session. Run by `fuzz/run`.

#![no_main]

use ged188::session::client::{Client, ClientConfig, ClientOutput};
use ged188::session::server::{Server, ServerConfig, ServerOutput};
use ged188::{AgentStateMask, CallEventMask, ConfigMask, Message, NULL_ID, OpenConf, ServiceMask, Version};
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

fuzz_target!(|input: &[u8]| {
    let [way, version, rest @ ..] = input else { return };
    let version = Version::new(13 + u32::from(version % 12)).expect("13 to 24");
    match way % 3 {
        0 => one_body(version, rest),
        1 => stream_to_client(version, rest),
        _ => stream_to_server(version, rest),
    }
});

/// What can be read can be written in one form only, or has a reason why it cannot be written.
fn one_body(version: Version, input: &[u8]) {
    let [k0, k1, body @ ..] = input else { return };
    let kind = u32::from(u16::from_be_bytes([*k0, *k1]));
    let Ok(message) = Message::decode(kind, body, version) else { return };
    let Ok(bytes) = message.encode(version) else { return };
    let again = Message::decode(kind, &bytes[8..], version).expect("what we wrote can be read");
    assert_eq!(again.encode(version).as_ref(), Ok(&bytes), "written in two forms");
}

/// A session under arbitrary bytes, cut into reads by their own first byte: it ends at most once, says nothing after
/// its end, and does not grow.
fn stream_to_client(version: Version, input: &[u8]) {
    let Some((&cut, stream)) = input.split_first() else { return };
    let mut client = Client::new(client_config(), version);
    client.connected();
    let mut over = false;
    for read in stream.chunks(usize::from(cut) + 1) {
        client.handle_bytes(read);
        while let Some(output) = client.poll_output() {
            let sends_open_req = matches!(output, ClientOutput::Send(_));
            assert!(!over, "{output:?} after the end");
            over = !sends_open_req && ends(&output);
        }
    }
    assert!(!over || !client.is_open());
}

fn ends(output: &ClientOutput) -> bool {
    match output {
        ClientOutput::Send(_)
        | ClientOutput::Opened(_)
        | ClientOutput::HeartbeatConfirmed(_)
        | ClientOutput::Message(_) => false,
        ClientOutput::Refused(_)
        | ClientOutput::VersionRefused { .. }
        | ClientOutput::Closing(_)
        | ClientOutput::Broken(_) => true,
    }
}

/// The other end under arbitrary bytes, with an owner that lets everybody in.
fn stream_to_server(version: Version, input: &[u8]) {
    let Some((&cut, stream)) = input.split_first() else { return };
    let config = ServerConfig {
        versions: Version::MIN..=version,
        peripherals: [5000].into(),
        accept: ged188::session::server::Accept::Active,
        client_password: None,
        services: ServiceMask::KNOWN,
    };
    let mut server = Server::new(config, Duration::ZERO);
    let mut over = false;
    for (read, now) in stream.chunks(usize::from(cut) + 1).zip((0..).map(Duration::from_secs)) {
        server.handle_bytes(read, now);
        server.handle_timeout(now);
        while let Some(output) = server.poll_output() {
            assert!(!over, "{output:?} after the end");
            over = matches!(output, ServerOutput::Close { .. });
            if let ServerOutput::OpenRequested(_) = output {
                server.accept(OpenConf::default(), now).expect("an empty OPEN_CONF can be written");
            }
        }
    }
    assert!(!over || server.poll_timeout().is_none());
}

fn client_config() -> ClientConfig {
    ClientConfig {
        client_id: "fuzz".into(),
        password: String::new(),
        signature: "fuzz".into(),
        services: ServiceMask::ALL_EVENTS,
        call_mask: CallEventMask::KNOWN,
        agent_mask: AgentStateMask::KNOWN,
        config_mask: ConfigMask::KNOWN,
        peripheral_id: NULL_ID,
        idle_timeout_s: 20,
        versions: Version::MIN..=Version::MAX,
    }
}
