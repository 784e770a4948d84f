use std::time::Duration;

use super::*;

const SAMPLE: &str = include_str!("../../../../docs/holdfast.toml");

const SMALL: &str = r#"
data_dir = "/tmp/h"
node = { rank = "primary", primary = "fin-a" }
listen = { address = "127.0.0.11" }
cti.a = { host = "127.0.0.21", port = 42027 }
awdb.sqlite = "/tmp/h/awdb"
"#;

fn parse(text: &str, overrides: &[&str]) -> Result<Config, String> {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    Config::parse("h.toml", text, &overrides).map_err(|reason| reason.to_string())
}

/// Every key of the sample, the commented ones included, as if all were written out.
fn uncommented(sample: &str) -> String {
    sample.lines().map(|line| setting(line).unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn setting(line: &str) -> Option<&str> {
    line.strip_prefix("# ").filter(|rest| rest.contains(" = ") || rest.starts_with('['))
}

#[test]
fn the_sample_is_valid_as_it_stands() {
    let config = parse(SAMPLE, &[]).unwrap();
    assert_eq!(config.node.host, "fin-a.example.com");
    assert_eq!(config.node.cti, cti::Settings::default());
    assert_eq!(config.node.recovery, node::RecoveryConfig::default());
    assert_eq!(config.node.presence, presence::Settings::default());
    assert_eq!(config.node.fence, fence::Settings::new(fence::Rank::Primary));
    let resources = &config.node.resources;
    assert_eq!(
        (resources.reasons.len(), resources.wrap_ups.len(), resources.contacts.of(1).count()),
        (2, 2, 2)
    );
    assert_eq!(resources.default_media_layout().header.display_name, "Customer");
    assert_eq!(config.cti.b.unwrap().to_string(), "cti-b.example.com:43027");
}

#[test]
fn the_defaults_that_the_sample_shows_are_the_defaults() {
    let as_it_stands = parse(SAMPLE, &[]).unwrap();
    let mut written_out = parse(&uncommented(SAMPLE), &[]).unwrap();
    assert_eq!(
        written_out.tls,
        tls::Settings::Files {
            certificate: "/etc/holdfast/certificate.pem".into(),
            key: "/etc/holdfast/key.pem".into(),
        }
    );
    assert!(written_out.cti.bind.is_some());
    assert_eq!(written_out.peer.take().unwrap().end, peer_end("0.0.0.0:8446"));
    assert_eq!(format!("{:?}", written_out.administrators), "{\"ADMIN\"}");
    // These five have no default that could be shown.
    written_out.tls = as_it_stands.tls.clone();
    written_out.cti.bind = None;
    written_out.administrators = as_it_stands.administrators.clone();
    written_out.node.administrators = as_it_stands.node.administrators.clone();
    written_out.node.key = as_it_stands.node.key;
    assert_eq!(format!("{written_out:?}"), format!("{as_it_stands:?}"));
}

#[test]
fn a_hash_that_is_none_is_told_of_without_it() {
    let told = parse(SMALL, &["administrator=[{name='admin', password_hash='hunter2'}]"]).unwrap_err();
    assert!(told.contains("\"admin\": password_hash must be what") && !told.contains("hunter2"), "{told}");
}

#[test]
fn the_secondary_is_named_by_its_own_host() {
    let config = parse(SAMPLE, &["node.rank=secondary"]).unwrap();
    assert_eq!(config.node.host, "fin-b.example.com");
    assert_eq!(config.node.xmpp.domain, "fin-b.example.com");
    assert_eq!(config.node.session.client_id, "holdfast-secondary");
    assert!(parse(SMALL, &["node.rank=secondary"]).unwrap_err().contains("node.secondary"));
}

#[test]
fn overrides_reach_into_sections() {
    let config =
        parse(SMALL, &["cti.attempts_per_side=4", "cti.retry=2s", "cti.b={host='b', port=1}"]).unwrap();
    assert_eq!(config.node.cti.attempts_per_side, 4);
    assert_eq!(config.node.cti.retry, Duration::from_secs(2));
    assert!(config.node.cti.has_b);
}

#[test]
fn an_override_without_a_value_leaves_the_key_out() {
    assert!(!parse(SAMPLE, &["cti.b="]).unwrap().node.cti.has_b);
    assert!(parse(SMALL, &["cti.a="]).unwrap_err().contains("missing field `a`"));
}

#[test]
fn a_mistake_is_told_with_its_line_and_key() {
    for (wrong, says) in [
        ("cti.retri = \"1s\"", "h.toml:7: cti.retri: unknown field `retri`"),
        ("cti.retry = \"1 s\"", "h.toml:7: cti.retry: \"1 s\" is not a duration"),
        ("bosh.wait_max = 60", "h.toml:7: bosh.wait_max: invalid type"),
        ("what", "h.toml:7: what: "),
    ] {
        let told = parse(&format!("{SMALL}{wrong}"), &[]).unwrap_err();
        assert!(told.starts_with(says), "{told}");
    }
}

#[test]
fn a_mistake_in_an_override_is_told_as_such() {
    for (wrong, says) in [
        ("cti.atempts=4", "unknown field `atempts`"),
        ("cti.retry=fast", "\"fast\" is not a duration"),
        ("cti.retry", "--set cti.retry: write KEY=VALUE"),
        ("=4", "the key is empty"),
        ("data_dir.x=4", "leads through a plain value"),
    ] {
        let told = parse(SMALL, &[wrong]).unwrap_err();
        assert!(told.contains("--set") && told.contains(says), "{told}");
    }
}

#[test]
fn numbers_that_could_not_work_are_refused() {
    for wrong in [
        "cti.attempts_per_side=0",
        "cti.heartbeat_interval=0s",
        "cti.versions={min=18, max=17}",
        "cti.versions={min=12, max=17}",
        "cti.client_id=''",
        "recovery.window=0",
        "awdb.deadline=0ms",
        "limits.connections_per_address=0",
        "limits.attempts_per_minute=0",
        "reason_code=[{id=0, category='LOGOUT', code=1, label='x'}]",
        "wrap_up_reason=[{id=0, label='x'}]",
        "wrap_up_reason=[{id=1, label=''}]",
        "wrap_up_reason=[{id=1, label='ああああああああああああああ'}]",
        "phone_book=[{id=0, name='x'}]",
        "phone_book=[{id=1, name=''}]",
        "phone_book=[{id=1, name='x', contacts=[{first_name='Ann', phone_number=''}]}]",
        "phone_book=[{id=1, name='x', contacts=[{phone_number='123456789012345678901234567890123'}]}]",
        "call_layout={header={name='x', property=''}}",
        "call_layout={header={property='callVariable1'}, left=[{},{}]}",
    ] {
        assert!(parse(SMALL, &[wrong]).is_err(), "{wrong}");
    }
}

#[test]
fn no_message_repeats_a_password() {
    let with = |line: &str| format!("{SMALL}{line}\n");
    for text in
        [with("cti.client_password = 471147"), with("cti.client_password = \"471147"), with("x.y = 471147")]
    {
        assert!(!parse(&text, &[]).unwrap_err().contains("471147"));
    }
    let config = parse(SMALL, &["cti.client_password='471147'"]).unwrap();
    assert_eq!(config.node.session.password.expose(), "471147");
    assert!(!format!("{config:?}").contains("471147"));
}

#[test]
fn clear_ports_can_be_left_closed() {
    let config = parse(SMALL, &["listen.clear=false"]).unwrap();
    let ports = config.ports;
    assert_eq!((ports.rest_http, ports.bosh_http, ports.xmpp_tcp), (None, None, None));
}

#[test]
fn each_process_has_a_key_of_its_own() {
    assert_ne!(parse(SMALL, &[]).unwrap().node.key, parse(SMALL, &[]).unwrap().node.key);
}

#[test]
fn presence_can_be_made_quick_and_the_other_node_left_unasked() {
    let config = parse(
        SMALL,
        &["presence.detection=1s", "presence.grace=0s", "presence.comeback=500ms", "presence.fencing=off"],
    );
    let node = config.unwrap().node;
    assert_eq!(node.presence.detection, Duration::from_secs(1));
    assert_eq!(node.presence.grace, Duration::ZERO);
    assert_eq!(node.presence.comeback, Duration::from_millis(500));
    assert!(!node.fence.fencing);
    assert!(parse(SMALL, &["presence.fencing=perhaps"]).unwrap_err().contains("`on` or `off`"));
}

fn peer_end(address: &str) -> crate::peer::End {
    crate::peer::End::Listens(address.parse().unwrap())
}

const PIN: &str = "peer.fingerprints=['AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD']";

#[test]
fn the_primary_listens_for_its_peer_and_the_secondary_dials_it() {
    assert!(parse(SMALL, &[]).unwrap().peer.is_none());
    let both = ["node.secondary=fin-b", PIN];
    let primary = parse(SMALL, &both).unwrap().peer.unwrap();
    assert_eq!(primary.end, peer_end("127.0.0.11:8446"));
    assert_eq!(primary.key, Path::new("/tmp/h/tls/key.pem"), "by default that of [tls]");
    let dials = |more: &[&str]| {
        let all = [&both[..], &["node.rank=secondary"], more].concat();
        parse(SMALL, &all).unwrap().peer.unwrap().end
    };
    let host = |host: &str, port| crate::peer::End::Dials(net::cti::Host { host: host.into(), port });
    assert_eq!(dials(&[]), host("fin-a", 8446));
    assert_eq!(dials(&["peer.host=127.0.0.41", "peer.port=9446"]), host("127.0.0.41", 9446));
}

#[test]
fn a_peer_that_nobody_could_know_is_refused() {
    let wrong = |more: &[&str]| parse(SMALL, &[&["node.secondary=fin-b"][..], more].concat()).unwrap_err();
    assert!(wrong(&["peer.port=1"]).contains("say how the other server is known"));
    assert!(wrong(&["peer.fingerprints=['AB:CD']"]).contains("64 hexadecimal digits"));
    assert!(wrong(&[PIN, "peer.ca=/ca.pem"]).contains("not both"));
    assert!(wrong(&[PIN, "peer.key=/key.pem"]).contains("go together"));
    assert!(parse(SMALL, &[PIN]).unwrap_err().contains("there is no node.secondary"));
}

/// SMALL with a pair of SQL Servers instead of its file.
const SERVERS: [&str; 6] = [
    "awdb.sqlite=",
    "awdb.kind=sqlserver",
    "awdb.primary={host='aw-a'}",
    "awdb.database='ucce_awdb'",
    "awdb.username='holdfast'",
    "awdb.password='471147'",
];

fn servers(more: &[&str]) -> Result<crate::awdb::sqlserver::Settings, String> {
    let config = parse(SMALL, &[&SERVERS[..], more].concat())?;
    match config.awdb.databases {
        crate::awdb::Databases::SqlServer(servers) => Ok(servers),
        other => panic!("{other:?}"),
    }
}

const AW_PIN: &str = "awdb.fingerprint='AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD:AB:CD'";

#[test]
fn a_pair_of_sql_servers_is_encrypted_and_known_unless_said_otherwise() {
    use crate::awdb::sqlserver::{Encrypt, Trust};
    let pair = servers(&["awdb.ca=/ca.pem", "awdb.secondary={host='aw-b'}"]).unwrap();
    assert_eq!(pair.primary.to_string(), "aw-a:1433");
    assert_eq!((pair.encrypt, pair.trust), (Encrypt::Required, Trust::Authority("/ca.pem".into())));
    assert_eq!(pair.timeouts.connect, Duration::from_secs(2));
    let own = servers(&[AW_PIN, "awdb.primary.port=1444", "awdb.secondary={host='aw-b'}"]).unwrap();
    assert_eq!(own.secondary.unwrap().to_string(), "aw-b:1444", "the primary's port");
    assert!(matches!(own.trust, Trust::Fingerprints(pins) if pins.len() == 1));
    assert_eq!(servers(&["awdb.encrypt=off"]).unwrap().trust, Trust::Nobody);
    let alone = parse(SMALL, &[&SERVERS[..], &[AW_PIN]].concat()).unwrap();
    assert_eq!((alone.awdb.concurrent, alone.node.awdb.places, alone.node.awdb.secondary), (34, 16, false));
    let both = parse(SMALL, &[&SERVERS[..], &[AW_PIN, "awdb.secondary={host='aw-b'}"]].concat()).unwrap();
    assert!(
        both.node.awdb.secondary && parse(SMALL, &["awdb.sqlite_secondary=/b"]).unwrap().node.awdb.secondary
    );
}

/// The lines of the sample that are marked for a pair of SQL Servers, in place of its file.
#[test]
fn the_pair_of_the_sample_is_valid_and_its_times_are_the_defaults() {
    let pair = |line: &str| line.strip_prefix("## ").is_some_and(|rest| !rest.contains("sqlite"));
    let lines = SAMPLE.lines().filter(|line| !line.starts_with("sqlite = "));
    let text: Vec<&str> =
        lines.map(|line| if pair(line) { line.strip_prefix("## ").unwrap_or(line) } else { line }).collect();
    let config = parse(&text.join("\n"), &[]).unwrap();
    let crate::awdb::Databases::SqlServer(sample) = config.awdb.databases else { panic!("a pair") };
    assert_eq!(sample.secondary.unwrap().to_string(), "aw-b.example.com:1433");
    let smallest = servers(&["awdb.ca=/ca.pem"]).unwrap();
    assert_eq!((sample.timeouts, sample.encrypt), (smallest.timeouts, smallest.encrypt));
}

#[test]
fn servers_that_could_not_be_asked_are_refused_with_the_key() {
    for (wrong, says) in [
        (&["awdb.ca=/ca.pem", "awdb.domain='example'"][..], "awdb.domain: an account of a domain"),
        (&["awdb.ca="], "say how the servers are known"),
        (&["awdb.encrypt=none"], "expected one of `required`, `login`, `off`"),
        (&["awdb.ca=/ca.pem", AW_PIN], "not both"),
        (&["awdb.fingerprint='AB'"], "awdb.fingerprint: `AB` is no SHA-256"),
        (&["awdb.fingerprint=[]"], "awdb.fingerprint: there is none"),
        (&["awdb.ca=/ca.pem", "awdb.primary="], "awdb.primary: missing"),
        (&["awdb.ca=/ca.pem", "awdb.primary={host=''}"], "awdb.primary: the host is empty"),
        (&["awdb.ca=/ca.pem", "awdb.secondary={host='b', port=0}"], "awdb.secondary: a port from 1"),
        (&["awdb.ca=/ca.pem", "awdb.database="], "awdb.database: missing"),
        (&["awdb.ca=/ca.pem", "awdb.username=''"], "awdb.username: empty"),
        (&["awdb.ca=/ca.pem", "awdb.password="], "awdb.password: missing"),
        (&["awdb.ca=/ca.pem", "awdb.query_timeout=0s"], "awdb.query_timeout: must be more than nothing"),
        (&["awdb.ca=/ca.pem", "awdb.sqlite='x'"], "not both"),
        (&["awdb.ca=/ca.pem", "awdb.sqlite_secondary='x'"], "only with kind = \"sqlite\""),
        (&["awdb.kind="], "awdb.kind: missing"),
    ] {
        let told = servers(wrong).unwrap_err();
        assert!(told.contains(says), "{wrong:?}: {told}");
        assert!(!told.contains("471147"), "{told}");
    }
    assert!(parse(SMALL, &["awdb.primary={host='a'}"]).unwrap_err().contains("not both"));
    assert!(!format!("{:?}", servers(&["awdb.ca=/ca.pem"]).unwrap()).contains("471147"));
}

#[test]
fn workflows_send_requests_to_named_origins_only() {
    let origins = |text: &str| parse(SMALL, &[&format!("desktop.workflow_origins=[{text}]")]);
    let named =
        origins(r#""https://crm.example.com", "http://10.0.0.1:8080""#).unwrap().desktop.workflow_origins;
    let named: Vec<_> = named.iter().map(WebOrigin::as_str).collect();
    assert_eq!(named, ["https://crm.example.com", "http://10.0.0.1:8080"]);
    let wrong = origins(r#""https://crm.example.com/path""#).unwrap_err();
    assert!(wrong.contains("https://crm.example.com/path"), "{wrong}");
    let many = vec![r#""https://a""#; WORKFLOW_ORIGINS_MAX + 1].join(",");
    assert!(origins(&many).unwrap_err().contains("20"));
}
