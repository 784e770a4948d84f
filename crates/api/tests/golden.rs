//! One document of each resource, whole, against the bytes that clients have seen (rest-api.md sections 1.4, 10 to 14, 19.1).

#![expect(clippy::panic, reason = "a panic is how a test fails")]

use std::collections::BTreeSet;
use std::fs;

use api::documents;
use domain::{
    ActionKind, ActionVariable, ApplyMethod, Comparator, Comparison, ConditionSet, Contact, Contacts,
    HandledBy, LayoutEntry, MediaLayout, Param, PhoneBook, ReasonCategory, ReasonCode, TriggerName,
    TriggerSet, Variable, VariableKind, Workflow, WorkflowAction, WrapUpReason,
};

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

fn golden(name: &str) -> String {
    let path = format!("{DIRECTORY}/{name}.xml");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn lunch() -> ReasonCode {
    let (category, label) = (ReasonCategory::NotReady, "Lunch".to_owned());
    ReasonCode { id: 49, category, code: 27, label, for_all: true, system: false }
}

fn sales() -> WrapUpReason {
    WrapUpReason { id: 7, label: "Sales".to_owned(), for_all: true }
}

fn refund() -> WrapUpReason {
    WrapUpReason { id: 8, label: "返金 & <more>".to_owned(), for_all: false }
}

fn partners() -> PhoneBook {
    PhoneBook { id: 4, name: "Partners".to_owned(), global: false }
}

fn people() -> Contacts {
    let mut contacts = Contacts::default();
    for (id, first_name, last_name, phone_number) in
        [(1, "Ann", "O'Hara", "0312345678"), (2, "", "森", "+81 6")]
    {
        let contact = Contact {
            id,
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            description: String::new(),
            phone_number: phone_number.to_owned(),
        };
        contacts.put(4, contact);
    }
    contacts
}

fn entry(name: &str) -> LayoutEntry {
    LayoutEntry { display_name: name.to_owned(), media_property: "callVariable1".to_owned() }
}

fn layout() -> MediaLayout {
    MediaLayout {
        header: entry("Customer"),
        columns: [vec![entry("Name")], Vec::new()],
        ..MediaLayout::default()
    }
}

fn vip_layout() -> MediaLayout {
    MediaLayout { id: 2, name: "VIP".to_owned(), description: "Gold & platinum".to_owned(), ..layout() }
}

fn variable(name: &str, kind: VariableKind) -> Variable {
    Variable { name: name.to_owned(), node: format!("//Dialog/{name}"), kind }
}

fn comparison(name: &str, comparator: Comparator, value: &str) -> Comparison {
    Comparison { variable: variable(name, VariableKind::Custom), comparator, value: value.to_owned() }
}

fn crm() -> WorkflowAction {
    let param = |name: &str, value: &str| Param { name: name.to_owned(), value: value.to_owned() };
    let variable = variable("fromAddress", VariableKind::System);
    WorkflowAction {
        id: 3,
        name: "CRM".to_owned(),
        kind: ActionKind::BrowserPop,
        handled_by: HandledBy::Desktop,
        params: vec![param("windowName", ""), param("path", "http://crm/?from=${fromAddress}&x=1")],
        variables: vec![ActionVariable { variable, test_value: "03".to_owned() }],
    }
}

fn pop() -> Workflow {
    let trigger = TriggerSet {
        name: TriggerName::CallArrives,
        triggers: vec![comparison("mediaType", Comparator::IsEqual, "Voice")],
    };
    let conditions = ConditionSet {
        apply: ApplyMethod::All,
        conditions: vec![comparison("callType", Comparator::IsInList, "ACD_IN,OTHER_IN")],
    };
    Workflow {
        id: 1,
        name: "Pop".to_owned(),
        description: "When a call arrives".to_owned(),
        media: None,
        trigger,
        conditions: Some(conditions),
        actions: vec![3],
    }
}

const DESKTOP: &str = "<finesseLayout>R&amp;D</finesseLayout>";

/// Every document by the name of its file.
fn all() -> Vec<(&'static str, String)> {
    let (people, none) = (people(), Contacts::default());
    let (action, pop) = (crm(), pop());
    let bare = || Workflow { conditions: None, actions: Vec::new(), ..pop.clone() };
    let nothing: [(&Workflow, [&WorkflowAction; 0]); 0] = [];
    vec![
        ("ReasonCode", documents::reason_code(&lunch())),
        ("ReasonCodes", documents::reason_codes(ReasonCategory::NotReady, &[lunch()])),
        ("ReasonCodes-empty", documents::reason_codes(ReasonCategory::NotReady, &[])),
        ("ReasonCodes-ALL", documents::all_reason_codes(&[lunch()])),
        ("WrapUpReason", documents::wrap_up_reason(&refund())),
        ("WrapUpReasons", documents::wrap_up_reasons(&[sales(), refund()])),
        ("WrapUpReasons-empty", documents::wrap_up_reasons(&[])),
        ("PhoneBook", documents::phone_book(&partners())),
        ("PhoneBooks", documents::phone_books(&[partners()])),
        ("PhoneBooks-empty", documents::phone_books(&[])),
        ("PhoneBooks-of-user", documents::phone_books_of_user(&[partners()], &people, 1).0),
        ("PhoneBooks-of-team", documents::phone_books_of_team(&[partners()], &people, 1).0),
        ("PhoneBooks-of-user-empty", documents::phone_books_of_user(&[], &none, 1).0),
        ("Contact", people.get(4, 1).map(|contact| documents::contact(4, contact)).unwrap_or_default()),
        ("Contacts", documents::contacts(4, people.of(4))),
        ("Contacts-empty", documents::contacts(4, none.of(4))),
        ("MediaPropertiesLayout", documents::media_layout(&layout())),
        ("MediaPropertiesLayouts", documents::media_layouts(&[layout(), vip_layout()])),
        ("LayoutConfig", documents::layout_config(DESKTOP, "/finesse/api/LayoutConfig/default")),
        (
            "TeamLayoutConfig",
            documents::team_layout_config(DESKTOP, "/finesse/api/Team/500/LayoutConfig", false),
        ),
        ("Workflow", documents::workflow(&pop, [&action])),
        ("Workflow-bare", documents::workflow(&bare(), [])),
        ("Workflows", documents::workflows([(&pop, [&action])])),
        ("Workflows-empty", documents::workflows(nothing)),
        ("Workflows-of-user", documents::workflows_of_user([(&pop, [&action])])),
        ("WorkflowAction", documents::workflow_action(&action)),
        ("WorkflowActions", documents::workflow_actions([&action])),
        ("WorkflowActions-empty", documents::workflow_actions([])),
        ("SystemVariables", documents::system_variables(&[variable("DNIS", VariableKind::System)])),
    ]
}

#[test]
fn every_document_is_the_golden_one_byte_for_byte() {
    for (name, document) in all() {
        assert_eq!(document, golden(name), "{name}");
    }
}

#[test]
fn every_golden_document_is_compared() {
    let there = fs::read_dir(DIRECTORY).unwrap_or_else(|error| panic!("{DIRECTORY}: {error}"));
    let there = there.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let there: BTreeSet<_> = there.filter_map(|name| name.strip_suffix(".xml").map(str::to_owned)).collect();
    let compared: BTreeSet<_> = all().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(there, compared);
}

#[test]
fn quirk_19_1_2_an_empty_list_is_one_tag_and_nothing_else() {
    for (name, document) in all().into_iter().filter(|(name, _)| name.ends_with("-empty")) {
        assert!(document.ends_with("/>") && document.matches('<').count() == 1, "{name}: {document}");
    }
}

#[test]
fn quirk_19_1_4_systemcode_is_always_there() {
    assert!(golden("ReasonCodes").contains("<systemCode>false</systemCode>"));
    assert!(golden("ReasonCode").contains("<systemCode>false</systemCode>"));
}

#[test]
fn quirk_19_1_5_every_object_has_a_global_uri_without_a_slash_at_its_end() {
    for (name, document) in all() {
        for uri in document.split("<uri>").skip(1).filter_map(|rest| rest.split('<').next()) {
            let id = uri.rsplit('/').next().unwrap_or_default();
            assert!(!uri.contains("/User/") && !id.is_empty(), "{name}: {uri}");
        }
    }
}

#[test]
fn quirk_19_1_7_children_are_in_alphabetical_order() {
    let document = golden("PhoneBooks-of-user");
    let at = |tag: &str| document.find(tag).unwrap_or_else(|| panic!("{tag}"));
    let order =
        ["<contacts>", "<description>", "<firstName>", "<lastName>", "<phoneNumber>", "<name>", "<type>"];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])));
}

#[test]
fn quirk_19_1_8_empty_elements_are_there() {
    assert!(golden("Contact").contains("<description></description>"));
    assert!(golden("MediaPropertiesLayout").contains("<description></description>"));
}

#[test]
fn quirk_19_1_9_all_parameters_of_an_action_are_there() {
    assert_eq!(golden("WorkflowAction").matches("<Param>").count(), 2);
    assert!(golden("WorkflowAction").contains("<name>windowName</name><value></value>"));
}

#[test]
fn quirk_19_1_10_neither_comment_nor_declaration_nor_single_quote() {
    for (name, document) in all() {
        assert!(!document.contains("<?") && !document.contains("<!") && !document.contains("='"), "{name}");
    }
}

#[test]
fn quirk_19_1_11_a_layout_has_a_header_entry_and_two_columns() {
    let document = golden("MediaPropertiesLayout");
    assert!(document.contains("<header><entry>"));
    assert_eq!(document.matches("</column>").count(), 2);
}

#[test]
fn quirk_19_1_12_a_desktop_layout_is_encoded_once() {
    assert!(golden("LayoutConfig").contains("&lt;finesseLayout&gt;R&amp;amp;D&lt;/finesseLayout&gt;"));
}
