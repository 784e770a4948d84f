use api::settings::HostPort;
use domain::{
    ActionKind, ActionVariable, ApplyMethod, Comparator, Comparison, ConditionSet, Contact, HandledBy, Kind,
    LayoutEntry, MediaLayout, Param, ReasonCategory, ReasonCode, Secret, TeamId, TriggerName, TriggerSet,
    Variable, VariableKind, Workflow, WorkflowAction, WrapUpReason,
};

use super::*;

fn place(host: &str) -> HostPort {
    HostPort { host: host.into(), port: 1433 }
}

fn lunch() -> ReasonCode {
    let category = ReasonCategory::NotReady;
    ReasonCode { id: 49, category, code: 27, label: "昼食".into(), for_all: false, system: false }
}

fn ann() -> Contact {
    let text = String::from;
    Contact {
        id: 7,
        first_name: text("Ann"),
        last_name: text("Lee"),
        description: String::new(),
        phone_number: text("03"),
    }
}

fn layout() -> MediaLayout {
    let entry = LayoutEntry { display_name: "Name".into(), media_property: "callVariable1".into() };
    let columns = [vec![entry.clone()], Vec::new()];
    MediaLayout { id: 2, name: "VIP".into(), description: "x".into(), header: entry, columns }
}

fn variable() -> Variable {
    Variable { name: "DNIS".into(), node: "//DNIS".into(), kind: VariableKind::System }
}

fn workflow() -> Workflow {
    let comparison = Comparison { variable: variable(), comparator: Comparator::IsEqual, value: "1".into() };
    Workflow {
        id: 1,
        name: "Pop".into(),
        description: String::new(),
        media: None,
        trigger: TriggerSet { name: TriggerName::CallArrives, triggers: Vec::new() },
        conditions: Some(ConditionSet { apply: ApplyMethod::All, conditions: vec![comparison] }),
        actions: vec![3],
    }
}

fn action() -> WorkflowAction {
    WorkflowAction {
        id: 3,
        name: "CRM".into(),
        kind: ActionKind::BrowserPop,
        handled_by: HandledBy::Desktop,
        params: vec![Param { name: "path".into(), value: "/x".into() }],
        variables: vec![ActionVariable { variable: variable(), test_value: "7".into() }],
    }
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
    ] {
        let write = edit.write();
        assert_eq!((write.key.as_str(), write.value.as_deref()), (key, Some(value)));
        assert_eq!(Edit::read(&write), Ok(edit));
    }
}

/// These too.
#[test]
fn every_resource_has_its_key_and_form() {
    use ResourceEdit::*;
    let team = TeamId(500);
    for (edit, key, value) in [
        (
            Reason(49, Some(lunch())),
            "reason/49",
            r#"{"category":"NOT_READY","code":27,"label":"昼食","for_all":false}"#,
        ),
        (
            WrapUp(7, Some(WrapUpReason { id: 7, label: "Sales".into(), for_all: true })),
            "wrapup/7",
            r#"{"label":"Sales","for_all":true}"#,
        ),
        (
            PhoneBook(4, Some(domain::PhoneBook { id: 4, name: "Partners".into(), global: true })),
            "phonebook/4",
            r#"{"name":"Partners","global":true}"#,
        ),
        (
            Contact(4, 7, Some(ann())),
            "contact/4/7",
            r#"{"first_name":"Ann","last_name":"Lee","description":"","phone_number":"03"}"#,
        ),
        (
            MediaLayout(2, Some(layout())),
            "medialayout/2",
            r#"{"name":"VIP","description":"x","header":{"display_name":"Name","media_property":"callVariable1"},"columns":[[{"display_name":"Name","media_property":"callVariable1"}],[]]}"#,
        ),
        (DesktopLayout(Some("<a/>".into())), "layout/default", r#"{"layout":"<a/>"}"#),
        (TeamLayout(team, Some("<a/>".into())), "team/500/layout", r#"{"layout":"<a/>"}"#),
        (
            Workflow(1, Some(workflow())),
            "workflow/1",
            r#"{"name":"Pop","description":"","media":null,"trigger":{"name":"CALL_ARRIVES","triggers":[]},"conditions":{"apply":"ALL","conditions":[{"variable":{"name":"DNIS","node":"//DNIS","kind":"SYSTEM"},"comparator":"IS_EQUAL","value":"1"}]},"actions":[3]}"#,
        ),
        (
            Action(3, Some(action())),
            "workflowaction/3",
            r#"{"name":"CRM","kind":"BROWSER_POP","handled_by":"FINESSE_DESKTOP","params":[{"name":"path","value":"/x"}],"variables":[{"variable":{"name":"DNIS","node":"//DNIS","kind":"SYSTEM"},"test_value":"7"}]}"#,
        ),
        (
            Assigned(team, domain::Assigned::NotReadyReasons, Some(vec![49, 7])),
            "team/500/reasons-not-ready",
            r#"{"ids":[49,7]}"#,
        ),
        (Next(Kind::Contact, Some(50)), "next/contact", r#"{"id":50}"#),
    ] {
        let write = Edit::Resource(edit.clone()).write();
        assert_eq!((write.key.as_str(), write.value.as_deref()), (key, Some(value)));
        assert_eq!(Edit::read(&write), Ok(Edit::Resource(edit)));
    }
    for gone in [
        Reason(49, None),
        Contact(4, 7, None),
        TeamLayout(team, None),
        Assigned(team, domain::Assigned::Workflows, None),
    ] {
        let write = Edit::Resource(gone.clone()).write();
        assert_eq!((write.value.as_deref(), Edit::read(&write)), (None, Ok(Edit::Resource(gone))));
    }
}

#[test]
fn what_cannot_be_is_named_and_its_value_is_not() {
    for (key, value, why) in [
        ("lunch/1", "{}", "no such kind"),
        ("reason/x", "{}", "no number"),
        ("reason/1/2", "{}", "no name"),
        ("reason/01", r#"{"category":"LOGOUT","code":1,"label":"x","for_all":true}"#, "another way"),
        (
            "reason/1",
            r#"{"category":"hunter2","code":1,"label":"x","for_all":true}"#,
            "a value that cannot be",
        ),
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
