//! What administrators set for people: created, read, changed, assigned, imported, refused (rest-api.md sections 8.2, 10
//! to 14), and what agents see of it.

use std::collections::BTreeSet;

use ged188::TeamConfigOperation;
use node::api::{self, ErrorType, HttpRequest, IMPORTED, SKIPPED};
use node::domain::{
    ActionKind, Contact, HandledBy, MediaLayout, Param, PhoneBook, ReasonCategory, ReasonCode, Resources,
    Secret, TriggerName, TriggerSet, Workflow, WorkflowAction, WrapUpReason,
};
use node::failover::fence::{self, Rank};
use node::{Config, HttpId, Input};

use crate::matrix::{is_setting, path};
use crate::stage::*;
use ErrorType::*;

const API: &str = "/finesse/api";
const FILE: &str = "PhoneBook/1/Contacts/csvFileContent";
const NAMES: &str = "First Name,Last Name,Phone Number,Notes\r\n";

const TRIGGER: &str = "<TriggerSet><type>SYSTEM</type><name>CALL_ARRIVES</name></TriggerSet>";
const POP: &str = "<WorkflowAction><name>CRM</name><type>BROWSER_POP</type><handledBy>FINESSE_DESKTOP</handledBy>\
                   <params><Param><name>path</name><value>http://crm/</value></Param></params></WorkflowAction>";

/// A node in service, in whose only team agent 1001 is.
fn at_work(config: Config) -> Stage {
    let mut stage = Stage::with(config);
    stage.serve();
    stage.team(TeamConfigOperation::RESTORE_PERMANENT, "1001");
    stage
}

fn request(method: &str, path: &str, content_type: &str, body: &str) -> HttpRequest {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    HttpRequest {
        method: method.into(),
        query: query.into(),
        authorization: Some(Secret::new("Basic YWRtaW46c2VjcmV0")),
        content_type: (!body.is_empty()).then(|| content_type.into()),
        body: body.into(),
        ..HttpRequest::page(&format!("{API}/{path}"))
    }
}

impl Stage {
    /// Asks as the administrator, and lets a change be written down; the status.
    fn manage(&mut self, request: HttpRequest) -> u16 {
        let (replies, changes) = (self.replies.len(), self.asked.changes.len());
        let checks = self.asked.administrators.len();
        self.input(Input::Http { id: HttpId(1), request });
        if self.asked.administrators.len() > checks {
            let check = *self.asked.administrators.last().unwrap();
            self.input(Input::AdministratorChecked { check, right: true });
        }
        if self.asked.changes.len() > changes {
            let batch = self.asked.changes.last().unwrap().0;
            self.input(Input::Persisted { batch, outcome: Ok(()) });
        }
        self.replies.get(replies).unwrap().1
    }

    fn xml(&mut self, method: &str, path: &str, body: &str) -> u16 {
        self.manage(request(method, path, "application/xml", body))
    }

    /// What the administrator reads.
    fn read(&mut self, path: &str) -> String {
        assert_eq!(self.xml("GET", path, ""), 200, "{path}: {}", self.reply);
        self.reply.clone()
    }

    fn own(&mut self, path: &str) -> String {
        let (status, body) = self.ask("GET", &format!("{API}/User/1001/{path}"), "");
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| *header == name).map(|(_, value)| value.as_str())
    }
}

#[test]
fn each_object_is_created_read_changed_and_deleted() {
    let mut stage = at_work(config());
    for (name, new, change, shown) in [
        (
            "ReasonCode",
            "<category>LOGOUT</category><code>27</code><label>Home</label><forAll>true</forAll>",
            "<label>Gone</label>",
            "<label>Gone</label>",
        ),
        (
            "WrapUpReason",
            "<label>Sales</label><forAll>true</forAll>",
            "<forAll>false</forAll>",
            "<label>Sales</label>",
        ),
        ("PhoneBook", "<name>Partners</name><type>TEAM</type>", "<type>GLOBAL</type>", "<type>GLOBAL</type>"),
        (
            "MediaPropertiesLayout",
            "<name>VIP</name><header><entry><mediaProperty>DNIS</mediaProperty></entry></header>",
            "<description>gold</description>",
            "<description>gold</description><header><entry><displayName></displayName><mediaProperty>DNIS",
        ),
        (
            "Workflow",
            &format!("<name>Pop</name>{TRIGGER}<workflowActions/>"),
            "<description>x</description>",
            "<name>CALL_ARRIVES</name>",
        ),
        (
            "WorkflowAction",
            POP.trim_start_matches("<WorkflowAction>").trim_end_matches("</WorkflowAction>"),
            "<name>Other</name>",
            "<value>http://crm/</value>",
        ),
    ] {
        let of = |inner: &str| format!("<{name}>{inner}</{name}>");
        assert_eq!(stage.xml("POST", name, &of(new)), 200, "{name}: {}", stage.reply);
        assert_eq!(stage.reply, "");
        let place = stage.header("Location").unwrap().trim_start_matches("/finesse/api/").to_owned();
        assert!(stage.read(&place).contains(&format!("<uri>{API}/{place}</uri>")));
        assert_eq!(stage.xml("PUT", &place, &of(change)), 200, "{name}: {}", stage.reply);
        assert!(stage.read(&place).contains(shown), "{name}: {}", stage.reply);
        let list =
            if name == "ReasonCode" { "ReasonCodes?category=LOGOUT".into() } else { format!("{name}s") };
        let item = stage.read(&place);
        assert!(stage.read(&list).contains(&item), "{name}: {}", stage.reply);
        assert_eq!(stage.xml("DELETE", &place, ""), 200, "{name}");
        assert_eq!(stage.xml("GET", &place, ""), 404, "{name}");
        assert!(!stage.read(&list).contains(&place), "{name}");
        assert_eq!(stage.xml("POST", name, &of(new)), 200);
        assert!(!stage.header("Location").unwrap().ends_with(&place), "{name}: no id is given twice");
    }
}

#[test]
fn a_team_has_what_is_assigned_to_it_and_its_members_see_it() {
    let mut stage = at_work(config());
    for (name, body) in [
        (
            "ReasonCode",
            "<category>NOT_READY</category><code>27</code><label>Tea</label><forAll>false</forAll>",
        ),
        ("WrapUpReason", "<label>Sales</label><forAll>false</forAll>"),
        ("PhoneBook", "<name>Partners</name><type>TEAM</type>"),
        ("Workflow", &format!("<name>A</name>{TRIGGER}<workflowActions/>")),
        ("Workflow", &format!("<name>B</name>{TRIGGER}<workflowActions/>")),
    ] {
        assert_eq!(stage.xml("POST", name, &format!("<{name}>{body}</{name}>")), 200, "{}", stage.reply);
    }
    for (list, ids) in [
        ("ReasonCodes?category=NOT_READY", &[1][..]),
        ("WrapUpReasons", &[1]),
        ("PhoneBooks", &[1]),
        ("Workflows", &[2, 1]),
    ] {
        let name = list.split("s?").next().unwrap().trim_end_matches('s');
        let before = stage.own(list);
        assert!(before.ends_with("/>"), "{before}");
        let item = |id: &i32| format!("<{name}><uri>{API}/{name}/{id}</uri></{name}>");
        let items: String = ids.iter().map(item).collect();
        let path = format!("Team/5001/{list}");
        assert_eq!(stage.xml("PUT", &path, &format!("<{name}s>{items}</{name}s>")), 200, "{}", stage.reply);
        let uris: Vec<_> = ids.iter().map(|id| format!("<uri>{API}/{name}/{id}</uri>")).collect();
        for shown in [stage.read(&path), stage.own(list)] {
            let places: Vec<_> = uris.iter().map(|uri| shown.find(uri.as_str()).expect(uri)).collect();
            assert!(places.is_sorted(), "{shown}");
        }
        assert_eq!(
            stage.xml("DELETE", &format!("{name}/1"), ""),
            if name == "PhoneBook" { 400 } else { 200 }
        );
        assert_eq!(stage.xml("PUT", &path, &format!("<{name}s/>")), 200);
        assert!(stage.own(list).ends_with("/>"));
    }
}

#[test]
fn members_of_a_team_read_the_same_by_the_team() {
    let mut stage = at_work(config());
    for (id, category) in [(1, "NOT_READY"), (2, "LOGOUT")] {
        let body = format!(
            "<ReasonCode><category>{category}</category><code>{id}</code><label>x</label><forAll>true</forAll></ReasonCode>"
        );
        assert_eq!(stage.xml("POST", "ReasonCode", &body), 200);
    }
    for (of_team, of_user) in [
        ("ReasonCodes?category=LOGOUT", "ReasonCodes?category=LOGOUT"),
        ("WrapUpReasons", "WrapUpReasons"),
        ("MediaPropertiesLayouts", "MediaPropertiesLayouts"),
        ("PhoneBooks", "PhoneBooks"),
        ("Workflows", "Workflows"),
        ("Layout", "LayoutConfig"),
    ] {
        let (status, body) = stage.ask("GET", &format!("{API}/TeamResource/5001/{of_team}"), "");
        assert_eq!((status, body), (200, stage.own(of_user)), "{of_team}");
    }
    let (_, all) = stage.ask("GET", &format!("{API}/TeamResource/5001/ReasonCodes?category=ALL"), "");
    assert!(
        all.starts_with("<ReasonCodes category=\"ALL\">") && all.matches("<ReasonCode>").count() == 2,
        "{all}"
    );
    for (team, status, kind) in [("9999", 404, "TeamId Not Found"), ("x", 404, "TeamId Not Found")] {
        let (answered, _) = stage.ask("GET", &format!("{API}/TeamResource/{team}/Workflows"), "");
        assert_eq!((answered, stage.error()), (status, kind));
    }
}

#[test]
fn a_deleted_action_leaves_the_workflows_and_what_is_for_everybody_leaves_a_team() {
    let mut stage = at_work(config());
    stage.xml("POST", "WorkflowAction", POP);
    let action = format!("<WorkflowAction><uri>{API}/WorkflowAction/1</uri></WorkflowAction>");
    let body =
        format!("<Workflow><name>A</name>{TRIGGER}<workflowActions>{action}</workflowActions></Workflow>");
    assert_eq!(stage.xml("POST", "Workflow", &body.replace("WorkflowAction/1", "WorkflowAction/9")), 400);
    assert_eq!(stage.error(), "Finesse API Error");
    assert_eq!(stage.xml("POST", "Workflow", &body), 200, "{}", stage.reply);
    let assign = format!("<Workflows><Workflow><uri>{API}/Workflow/1</uri></Workflow></Workflows>");
    assert_eq!(stage.xml("PUT", "Team/5001/Workflows", &assign), 200);
    assert!(stage.own("Workflows").contains("<handledBy>FINESSE_DESKTOP</handledBy><name>CRM</name>"));
    assert!(stage.read("Workflows").contains("<WorkflowAction><name>CRM</name><uri>"));
    assert_eq!(stage.xml("DELETE", "WorkflowAction/1", ""), 200);
    assert!(stage.read("Workflow/1").contains("<workflowActions/>"));

    stage.xml("POST", "WrapUpReason", "<WrapUpReason><label>x</label><forAll>false</forAll></WrapUpReason>");
    let reasons = format!(
        "<WrapUpReasons><WrapUpReason><uri>{API}/WrapUpReason/1</uri></WrapUpReason></WrapUpReasons>"
    );
    assert_eq!(stage.xml("PUT", "Team/5001/WrapUpReasons", &reasons), 200);
    stage.xml("PUT", "WrapUpReason/1", "<WrapUpReason><forAll>true</forAll></WrapUpReason>");
    assert_eq!(stage.read("Team/5001/WrapUpReasons"), "<WrapUpReasons/>");
    assert!(stage.own("WrapUpReasons").contains("<label>x</label>"));
}

#[test]
fn a_layout_is_given_to_everybody_and_to_a_team() {
    let mut stage = at_work(config());
    assert!(stage.own("LayoutConfig").contains("&lt;finesseLayout"));
    let layout = |label: &str| format!("&lt;finesseLayout&gt;{label}&lt;/finesseLayout&gt;");
    let everybody = format!("<LayoutConfig><layoutxml>{}</layoutxml></LayoutConfig>", layout("all"));
    assert_eq!(stage.xml("PUT", "LayoutConfig/default", &everybody), 200, "{}", stage.reply);
    assert!(stage.own("LayoutConfig").contains(&layout("all")));
    let own = layout("R&amp;amp;D");
    let team = format!(
        "<TeamLayoutConfig><useDefault>false</useDefault><layoutxml>{own}</layoutxml></TeamLayoutConfig>"
    );
    assert_eq!(stage.xml("PUT", "Team/5001/LayoutConfig", &team), 200, "{}", stage.reply);
    assert!(
        stage.own("LayoutConfig").contains(&own) && stage.reply.contains("/Team/5001/LayoutConfig</uri>")
    );
    assert!(stage.read("Team/5001/LayoutConfig").contains("<useDefault>false</useDefault>"));
    let default = "<TeamLayoutConfig><useDefault>true</useDefault></TeamLayoutConfig>";
    assert_eq!(stage.xml("PUT", "Team/5001/LayoutConfig", default), 200);
    assert!(stage.read("Team/5001/LayoutConfig").contains("<useDefault>true</useDefault>"));
    assert!(stage.own("LayoutConfig").contains(&layout("all")));
}

#[test]
fn the_default_layout_of_call_data_has_three_paths() {
    let mut stage = at_work(config());
    for (path, name) in [
        ("MediaPropertiesLayout/default", "one"),
        ("MediaPropertiesLayout/1", "two"),
        ("User/1001/MediaPropertiesLayout", "three"),
    ] {
        let body = format!(
            "<MediaPropertiesLayout><name>{name}</name><header><entry><mediaProperty>DNIS</mediaProperty></entry>\
             </header></MediaPropertiesLayout>"
        );
        assert_eq!(stage.xml("PUT", path, &body), 200, "{path}: {}", stage.reply);
        assert!(
            stage.own("MediaPropertiesLayout").contains(&format!("<name>{name}</name><type>DEFAULT</type>"))
        );
    }
    let (status, body) = stage.ask("GET", &format!("{API}/MediaPropertiesLayout/default"), "");
    assert_eq!((status, body), (200, stage.own("MediaPropertiesLayout")));
    assert!(stage.own("MediaPropertiesLayouts").contains("<name>three</name>"));
}

#[test]
fn a_file_of_contacts_takes_the_place_of_those_that_are_there() {
    let mut stage = at_work(config());
    stage.xml("POST", "PhoneBook", "<PhoneBook><name>P</name><type>GLOBAL</type></PhoneBook>");
    let import = |stage: &mut Stage, rows: &str| {
        let form = format!("--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n{NAMES}{rows}\r\n--b--");
        assert_eq!(
            stage.manage(request("POST", FILE, "multipart/form-data; boundary=b", &form)),
            202,
            "{}",
            stage.reply
        );
        assert_eq!(stage.reply, "");
    };
    import(&mut stage, "Ann,Lee,1,\r\n直美,加藤,,x\r\nBob,Ray,2,\"a \"\"b\"\"\"");
    assert_eq!(
        (stage.header(IMPORTED), stage.header(SKIPPED)),
        (Some("2"), Some("3 no phone number of 1 to 32 characters"))
    );
    assert_eq!(
        stage.told("were imported"),
        "2 contacts were imported into PhoneBook/1, 1 lines skipped by \"admin\""
    );
    let all = stage.read("PhoneBook/1/Contacts");
    assert!(
        all.contains("/PhoneBook/1/Contact/1</uri>") && all.contains("<description>a \"b\"</description>"),
        "{all}"
    );
    import(&mut stage, "Bob,Ray,2,\"a \"\"b\"\"\"\r\nEve,Low,3,");
    let all = stage.read("PhoneBook/1/Contacts");
    assert!(
        all.contains("Contact/2</uri>") && all.contains("Contact/3</uri>") && !all.contains("Ann"),
        "{all}"
    );
    assert_eq!(stage.own("PhoneBooks").matches("<Contact>").count(), 2);
    assert_eq!(
        stage.read(FILE),
        "\"First Name\",\"Last Name\",\"Phone Number\",\"Notes\"\r\n\"Bob\",\"Ray\",\"2\",\"a \"\"b\"\"\"\r\n\
         \"Eve\",\"Low\",\"3\",\"\"\r\n"
    );
    assert_eq!(stage.header("Content-Type"), Some("text/csv; charset=utf-8"));
    assert_eq!(stage.xml("DELETE", "PhoneBook/1", ""), 200);
    assert!(stage.node.domain().resources().contacts.is_empty(), "contacts go with their book");
}

#[test]
fn ten_thousand_contacts_are_one_change() {
    let mut stage = at_work(config());
    stage.xml("POST", "PhoneBook", "<PhoneBook><name>P</name><type>GLOBAL</type></PhoneBook>");
    let rows: String = (0..10_000).map(|n| format!("First {n},Last {n},{n},Notes of {n}\r\n")).collect();
    let changes = stage.asked.changes.len();
    assert_eq!(stage.manage(request("POST", FILE, "text/csv", &format!("{NAMES}{rows}"))), 202);
    assert_eq!((stage.header(IMPORTED), stage.asked.changes.len()), (Some("10000"), changes + 1));
    assert_eq!(stage.read("PhoneBook/1/Contacts").matches("<Contact>").count(), 10_000);
}

type Provoked = BTreeSet<(&'static str, &'static str, &'static str)>;

/// The lists are as long as they may be.
fn full() -> Resources {
    let name = |id: i32| format!("n{id}");
    let mut full = Resources::default();
    for id in 1..=200 {
        if id <= 100 {
            let code = u16::try_from(id).unwrap();
            let category = ReasonCategory::NotReady;
            full.reasons.put(ReasonCode {
                id,
                category,
                code,
                label: name(id),
                for_all: true,
                system: false,
            });
            full.wrap_ups.put(WrapUpReason { id, label: name(id), for_all: true });
            full.workflows.put(Workflow {
                id,
                name: name(id),
                description: String::new(),
                media: None,
                trigger: TriggerSet { name: TriggerName::CallMade, triggers: Vec::new() },
                conditions: None,
                actions: Vec::new(),
            });
            full.actions.put(WorkflowAction {
                id,
                name: name(id),
                kind: ActionKind::BrowserPop,
                handled_by: HandledBy::Desktop,
                params: vec![Param { name: "path".into(), value: "/".into() }],
                variables: Vec::new(),
            });
        }
        full.media_layouts.put(MediaLayout { id, name: name(id), ..MediaLayout::default() });
    }
    (1..=10).for_each(|id| full.phone_books.put(PhoneBook { id, name: name(id), global: true }));
    full.phone_books.put(PhoneBook { id: 11, name: name(11), global: false });
    for id in 1..=10_000 {
        let (first_name, last_name) = (name(id), String::new());
        let contact =
            Contact { id, first_name, last_name, description: String::new(), phone_number: "1".into() };
        full.contacts.put(1, contact);
    }
    full
}

/// Which request is refused for what, when every list is full.
fn refusals() -> Vec<(&'static str, &'static str, String, ErrorType)> {
    let of = |name: &str, inner: &str| format!("<{name}>{inner}</{name}>");
    let reason = |inner: &str| of("ReasonCode", inner);
    let wrap_up = |inner: &str| of("WrapUpReason", inner);
    let book = |inner: &str| of("PhoneBook", inner);
    let contact = |inner: &str| of("Contact", inner);
    let layout = |inner: &str| of("MediaPropertiesLayout", inner);
    let workflow = |inner: &str| of("Workflow", inner);
    let header =
        |property: &str| format!("<header><entry><mediaProperty>{property}</mediaProperty></entry></header>");
    let whole = |name: &str| format!("<name>{name}</name>{TRIGGER}<workflowActions/>");
    let code = |code: &str, label: &str| {
        format!(
            "<category>NOT_READY</category><code>{code}</code><label>{label}</label><forAll>true</forAll>"
        )
    };
    let assign =
        |kind: &str, id: &str| format!("<{kind}s><{kind}><uri>{API}/{kind}/{id}</uri></{kind}></{kind}s>");
    let wrong = |kind: &str| format!("<{kind}s><{kind}><uri>x</uri></{kind}></{kind}s>");
    vec![
        ("POST", "ReasonCode", reason(&code("201", "n7")), FinesseApiError),
        ("POST", "ReasonCode", reason(&code("50002", "x")), InvalidInput),
        ("POST", "ReasonCode", reason(&code("201", "x")), MaximumExceeded),
        ("PUT", "ReasonCode/1", reason("<label>n7</label>"), FinesseApiError),
        ("PUT", "ReasonCode/1", reason("<code>0</code>"), InvalidInput),
        ("POST", "WrapUpReason", wrap_up("<label>n7</label><forAll>true</forAll>"), FinesseApiError),
        ("POST", "WrapUpReason", wrap_up("<label>x</label><forAll>?</forAll>"), InvalidInput),
        ("POST", "WrapUpReason", wrap_up("<label>x</label><forAll>true</forAll>"), MaximumExceeded),
        ("PUT", "WrapUpReason/1", wrap_up("<label>n7</label>"), FinesseApiError),
        ("PUT", "WrapUpReason/1", wrap_up(""), InvalidInput),
        ("POST", "PhoneBook", book("<name>n7</name><type>TEAM</type>"), FinesseApiError),
        ("POST", "PhoneBook", book("<name>x</name><type>?</type>"), InvalidInput),
        ("POST", "PhoneBook", book("<name>x</name><type>GLOBAL</type>"), MaximumExceeded),
        ("POST", "PhoneBook", book("<name>x</name>"), ParameterMissing),
        ("PUT", "Team/5001/PhoneBooks", assign("PhoneBook", "11"), ErrorType::ServiceUnavailable),
        ("PUT", "PhoneBook/11", book("<type>GLOBAL</type>"), InUse),
        ("DELETE", "PhoneBook/11", String::new(), InUse),
        ("PUT", "PhoneBook/1", book("<name>n7</name>"), FinesseApiError),
        ("PUT", "PhoneBook/1", book("<type>?</type>"), InvalidInput),
        ("PUT", "PhoneBook/1/Contacts", of("Contacts", &contact("<firstName>x</firstName>")), InvalidInput),
        (
            "PUT",
            "PhoneBook/1/Contacts",
            of("Contacts", &contact("<phoneNumber>1</phoneNumber>").repeat(10_001)),
            MaximumExceeded,
        ),
        ("POST", "PhoneBook/1/Contact", contact("<firstName>x</firstName>"), ParameterMissing),
        (
            "POST",
            "PhoneBook/2/Contact",
            contact(&format!("<phoneNumber>{}</phoneNumber>", "1".repeat(33))),
            InvalidInput,
        ),
        ("POST", "PhoneBook/1/Contact", contact("<phoneNumber>1</phoneNumber>"), MaximumExceeded),
        ("PUT", "PhoneBook/1/Contact/1", contact("<firstName>x</firstName>"), ParameterMissing),
        (
            "PUT",
            "PhoneBook/1/Contact/1",
            contact(&format!("<phoneNumber>{}</phoneNumber>", "1".repeat(33))),
            InvalidInput,
        ),
        ("PUT", "LayoutConfig/default", of("LayoutConfig", ""), ParameterMissing),
        ("PUT", "LayoutConfig/default", of("LayoutConfig", "<layoutxml>x</layoutxml>"), InvalidInput),
        (
            "POST",
            "MediaPropertiesLayout",
            layout(&format!("<name>n7</name>{}", header("DNIS"))),
            FinesseApiError,
        ),
        ("POST", "MediaPropertiesLayout", layout(&format!("<name>x</name>{}", header("?"))), InvalidInput),
        (
            "POST",
            "MediaPropertiesLayout",
            layout(&format!("<name>x</name>{}", header("DNIS"))),
            MaximumExceeded,
        ),
        ("POST", "MediaPropertiesLayout", layout("<name>x</name>"), ParameterMissing),
        ("PUT", "MediaPropertiesLayout/2", layout("<name>n7</name>"), FinesseApiError),
        ("PUT", "MediaPropertiesLayout/2", layout(""), InvalidInput),
        ("PUT", "MediaPropertiesLayout/2", layout("<header/>"), ParameterMissing),
        ("PUT", "MediaPropertiesLayout/default", layout("<name>n7</name>"), FinesseApiError),
        ("PUT", "MediaPropertiesLayout/default", layout(""), InvalidInput),
        ("PUT", "MediaPropertiesLayout/default", layout("<header/>"), ParameterMissing),
        ("PUT", "User/1001/MediaPropertiesLayout", layout("<name>n7</name>"), FinesseApiError),
        ("PUT", "User/1001/MediaPropertiesLayout", layout(""), InvalidInput),
        ("PUT", "User/1001/MediaPropertiesLayout", layout("<header/>"), ParameterMissing),
        ("PUT", "User/9999/MediaPropertiesLayout", layout("<name>x</name>"), UserNotFound),
        ("DELETE", "MediaPropertiesLayout/1", String::new(), Forbidden),
        ("POST", "Workflow", workflow(&whole("n7")), DatabaseConstraintViolation),
        ("POST", "Workflow", workflow(&whole("x")), MaximumExceeded),
        (
            "POST",
            "Workflow",
            workflow(&whole("x").replace(
                "<workflowActions/>",
                &assign("WorkflowAction", "999").replace("WorkflowActions>", "workflowActions>"),
            )),
            MaximumExceeded,
        ),
        ("PUT", "Workflow/1", workflow("<name>n7</name>"), DatabaseConstraintViolation),
        (
            "PUT",
            "Workflow/1",
            workflow(&assign("WorkflowAction", "999").replace("WorkflowActions>", "workflowActions>")),
            FinesseApiError,
        ),
        ("POST", "WorkflowAction", POP.replace("CRM", "n7"), DatabaseConstraintViolation),
        ("POST", "WorkflowAction", POP.into(), MaximumExceeded),
        ("PUT", "WorkflowAction/1", of("WorkflowAction", "<name>n7</name>"), DatabaseConstraintViolation),
        ("PUT", "Team/5001/ReasonCodes?category=LOGOUT", assign("ReasonCode", "1"), FinesseApiError),
        ("PUT", "Team/5001/ReasonCodes?category=LOGOUT", wrong("ReasonCode"), InvalidInput),
        ("PUT", "Team/5001/WrapUpReasons", assign("WrapUpReason", "999"), FinesseApiError),
        ("PUT", "Team/5001/WrapUpReasons", wrong("WrapUpReason"), InvalidInput),
        ("PUT", "Team/5001/PhoneBooks", assign("PhoneBook", "1"), FinesseApiError),
        ("PUT", "Team/5001/PhoneBooks", wrong("PhoneBook"), InvalidInput),
        ("PUT", "Team/5001/Workflows", assign("Workflow", "999"), FinesseApiError),
        ("PUT", "Team/5001/Workflows", wrong("Workflow"), InvalidInput),
        ("PUT", "Team/5001/LayoutConfig", of("TeamLayoutConfig", "<useDefault>?</useDefault>"), InvalidInput),
        ("PUT", "SystemConfig", of("SystemConfig", ""), ParameterMissing),
        ("PUT", "SystemConfig", of("SystemConfig", "<cti><host>?</host></cti>"), InvalidInput),
        ("PUT", "ClusterConfig", of("ClusterConfig", ""), ParameterMissing),
        (
            "PUT",
            "ClusterConfig",
            of("ClusterConfig", "<secondaryNode><host>?</host></secondaryNode>"),
            InvalidInput,
        ),
        ("PUT", "EnterpriseDatabaseConfig", of("EnterpriseDatabaseConfig", ""), ParameterMissing),
        ("PUT", "EnterpriseDatabaseConfig", of("EnterpriseDatabaseConfig", "<host>?</host>"), InvalidInput),
    ]
}

fn note(provoked: &mut Provoked, request: &HttpRequest, stage: &Stage) {
    let Ok(matched) = api::route(request) else { return };
    let known = matched.route.errors.iter().chain(matched.route.also);
    if let Some(kind) = known.map(|kind| kind.as_str()).find(|kind| *kind == stage.error()) {
        provoked.insert((matched.route.method, matched.route.path, kind));
    }
}

fn ask(provoked: &mut Provoked, stage: &mut Stage, request: HttpRequest) {
    stage.manage(request.clone());
    note(provoked, &request, stage);
}

#[test]
fn what_cannot_be_is_refused_for_what_is_wrong_with_it() {
    let mut stage = at_work(Config { resources: full(), ..config() });
    for (method, path, body, kind) in refusals() {
        let before = stage.node.domain().resources().clone();
        let status = stage.xml(method, path, &body);
        if kind == ServiceUnavailable {
            assert_eq!(status, 200, "a step on the way: {}", stage.reply);
            continue;
        }
        let shown: String = body.chars().take(200).collect();
        assert_eq!((status, stage.error()), (kind.status(), kind.as_str()), "{method} {path} {shown}");
        assert_eq!(stage.node.domain().resources(), &before, "{method} {path} {shown}");
    }
    let rows = "a,b,1,c\r\n".repeat(10_001);
    assert_eq!(stage.manage(request("POST", FILE, "text/csv", &format!("{NAMES}{rows}"))), 400);
    assert_eq!(stage.error(), "Maximum Exceeded");
    assert_eq!(stage.manage(request("POST", FILE, "text/csv", "a,b,1,c")), 400);
    assert_eq!(stage.error(), "Invalid Input");
}

/// What no request leads to, and why.
fn is_out_of_reach(method: &str, path: &str, error: ErrorType) -> bool {
    let has_parameter = path.ends_with("ReasonCodes");
    match error {
        // There is nobody to be named but the administrator.
        InvalidAuthorizationUserSpecified => true,
        // Nothing but the parameter of a read or a removal can be wrong.
        BadRequest => matches!(method, "GET" | "DELETE") && !has_parameter,
        // Nothing that is configured is stale, and two contacts may be the same. A layout of a team is its own.
        FinesseApiError => {
            matches!(method, "GET" | "DELETE")
                || path.contains("Contact")
                || path.ends_with("LayoutConfig")
                || ["/finesse/api/SystemConfig", "/finesse/api/ClusterConfig"].contains(&path)
                // The AWDB is tried in tests of its own; workflow actions name nothing.
                || path.ends_with("EnterpriseDatabaseConfig")
                || path.contains("WorkflowAction")
                // Provoked where the list is not full (`a_deleted_action_leaves_the_workflows_...`).
                || (method == "POST" && path.ends_with("/Workflow"))
        }
        // Nothing is named by the path of what is new.
        NotFound => method == "POST" && !path.contains('{'),
        // A new phone book is in nobody's use.
        InUse => method == "POST",
        // Always a change of something that is named.
        ParameterMissing => method == "PUT" && path == "/finesse/api/PhoneBook/{id}",
        // Of other methods than those of the table, not of this line.
        MethodNotAllowed => true,
        // Served without CTI and without an AWDB.
        InternalServerError | ServiceUnavailable => {
            path.ends_with("SystemConfig")
                || path.ends_with("ClusterConfig")
                || path.ends_with("EnterpriseDatabaseConfig")
        }
        _ => false,
    }
}

#[test]
fn every_documented_error_of_the_settings_is_provoked() {
    let mut provoked = Provoked::new();
    let settings: Vec<_> = api::routes().filter(|route| is_setting(route)).collect();
    let mut stage = at_work(Config { resources: full(), ..config() });
    for (method, path, body, _) in refusals() {
        ask(&mut provoked, &mut stage, request(method, path, "application/xml", &body));
    }
    let rows = "a,b,1,c\r\n".repeat(10_001);
    for file in [format!("{NAMES}{rows}"), "a,b,1,c".into()] {
        ask(&mut provoked, &mut stage, request("POST", FILE, "text/csv", &file));
    }
    let secondary = Config { fence: fence::Settings::new(Rank::Secondary), ..config() };
    let (mut secondary, mut out_of_service) = (at_work(secondary), Stage::new());
    let mut without_awdb = at_work(config());
    without_awdb.lose_the_awdb();
    let (last, first): (Vec<_>, Vec<_>) = settings.iter().partition(|route| route.method == "DELETE");
    for route in first.into_iter().chain(last) {
        let there = path(route).replace("1002", "1001");
        let there = there.trim_start_matches("/finesse/api/");
        let unknown = there.replace("5001", "9999").replace("/1", "/9999").replace("/2", "/9999");
        let nobody = |request| HttpRequest { authorization: None, ..request };
        for asked in
            [there.to_owned(), format!("{there}?category=LOGOUT"), format!("{unknown}?category=LOGOUT")]
        {
            let one = request(route.method, &asked, "application/xml", "not XML");
            ask(&mut provoked, &mut stage, one.clone());
            ask(&mut provoked, &mut stage, nobody(one.clone()));
            ask(&mut provoked, &mut secondary, one.clone());
            ask(&mut provoked, &mut out_of_service, one.clone());
            ask(&mut provoked, &mut without_awdb, one);
        }
    }
    let documented = settings.iter().flat_map(|route| route.errors.iter().map(|error| (*route, *error)));
    let missing: Vec<_> = documented
        .filter(|(route, error)| !is_out_of_reach(route.method, route.path, *error))
        .map(|(route, error)| (route.method, route.path, error.as_str()))
        .filter(|row| !provoked.contains(row))
        .collect();
    assert!(missing.is_empty(), "never provoked: {missing:#?}");
}
