use api::settings::HostPort;
use domain::{ReasonCategory, ReasonCode, Secret, TeamId};

use super::*;

fn place(host: &str) -> HostPort {
    HostPort { host: host.into(), port: 1433 }
}

fn lunch() -> ConfiguredReason {
    let category = ReasonCategory::NotReady;
    let code =
        ReasonCode { id: 49, category, code: 27, label: "昼食".into(), for_all: false, system: false };
    ConfiguredReason { code, teams: vec![TeamId(500)] }
}

fn database() -> EnterpriseDatabaseConfig {
    EnterpriseDatabaseConfig {
        primary: place("aw-a"),
        backup: Some(place("aw-b")),
        database: "ucce_awdb".into(),
        domain: Some("CORP".into()),
        username: "reader".into(),
        password: Secret::new("hunter2"),
    }
}

/// These texts are on disks: they stay.
#[test]
fn every_object_has_its_key_and_form() {
    let system = SystemConfig { primary: place("cti-a"), backup: None, peripheral_id: 5000 };
    for (edit, key, value) in [
        (
            Edit::System(Some(system)),
            "system",
            r#"{"primary":{"host":"cti-a","port":1433},"backup":null,"peripheral_id":5000}"#,
        ),
        (Edit::Cluster(Some(ClusterConfig { secondary: None })), "cluster", r#"{"secondary":null}"#),
        (
            Edit::Database(Some(database())),
            "database",
            r#"{"primary":{"host":"aw-a","port":1433},"backup":{"host":"aw-b","port":1433},"database":"ucce_awdb","domain":"CORP","username":"reader","password":"hunter2"}"#,
        ),
        (
            Edit::Reason(49, Some(lunch())),
            "reason/49",
            r#"{"category":"NOT_READY","code":27,"label":"昼食","for_all":false,"teams":[500]}"#,
        ),
        (Edit::Next(Series::Reason, Some(50)), "next/reason", r#"{"id":50}"#),
    ] {
        let write = edit.write();
        assert_eq!((write.key.as_str(), write.value.as_deref()), (key, Some(value)));
        assert_eq!(Edit::read(&write), Ok(edit));
    }
    let gone = Edit::Reason(49, None);
    assert_eq!(gone.write(), Write::remove(Key::new("reason/49")));
    assert_eq!(Edit::read(&gone.write()), Ok(gone));
}

#[test]
fn what_cannot_be_is_named_and_its_value_is_not() {
    for (key, value, why) in [
        ("lunch/1", "{}", "no such kind"),
        ("reason/x", "{}", "no number"),
        ("reason/1/2", "{}", "no number"),
        (
            "reason/01",
            r#"{"category":"LOGOUT","code":1,"label":"x","for_all":true,"teams":[]}"#,
            "another way",
        ),
        ("reason/1", r#"{"category":"hunter2","code":1,"label":"x","for_all":true,"teams":[]}"#, "category"),
        ("database", r#"{"password":"hunter2"}"#, "a value that cannot be"),
        ("system", "hunter2", "not JSON"),
        ("cluster", "{", "cut off"),
        ("next/lunch", r#"{"id":1}"#, "no such kind"),
    ] {
        let fault = Edit::read(&Write::set(Key::new(key), value.into())).unwrap_err().to_string();
        assert!(fault.starts_with(&format!("{key}: ")) && fault.contains(why), "{key}: {fault}");
        assert!(!fault.contains("hunter2"), "{fault}");
    }
}
