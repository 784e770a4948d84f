//! The specification as the emitter wants it: fields with Rust names and types, lists with their members.

use super::names;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// Messages whose table is published without a layout, or with a damaged one: they are passed on as bytes.
const WITHOUT_LAYOUT: [&str; 3] =
    ["AGENT_TEAM_CONFIG_REQ", "AGENT_TEAM_CONFIG_CONF", "CALL_ATTRIBUTE_CHANGE_EVENT"];

/// Lists inside an element of a list: message, counter, members.
const NESTED: [(&str, &str, &[&str]); 5] = [
    ("CONFIG_AGENT_EVENT", "NumSkills", &["FltSkillGroupNumber", "FltSkillGroupPriority"]),
    ("CONFIG_AGENT_EVENT", "NumMRDs", &["FltAgentMRDID", "FltAgentMRDState"]),
    ("CONFIG_SERVICE_EVENT", "NumServiceMembers", &["ServiceMember", "ServicePriority"]),
    ("CONFIG_AGENT_SERVICE_EVENT", "NumOfEnabledServices", &["FltEnabledServices"]),
    ("CONFIG_TERMINAL_EVENT", "NumInstruments", &["AgentInstrument"]),
];

/// Texts that became longer: tag, version, bytes with NUL (ged188.md section 2.4).
const GROWN: [(&str, u8, u64); 3] =
    [("ClientAddress", 19, 64), ("SendingAddress", 19, 64), ("LoginName", 20, 255)];

pub(crate) struct Spec {
    pub(crate) messages: Vec<Message>,
    pub(crate) kinds: Vec<(u64, String)>,
    pub(crate) tags: Vec<TagRow>,
    pub(crate) enums: Vec<Enum>,
}

pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) module: String,
}

pub(crate) struct Message {
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) direction: &'static str,
    pub(crate) section: String,
    pub(crate) since: u8,
    pub(crate) note: String,
    pub(crate) fixed: Vec<Fixed>,
    pub(crate) floating: Vec<Floating>,
}

pub(crate) struct Fixed {
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) published: String,
    pub(crate) ty: String,
    pub(crate) since: u8,
    /// The list that this field counts; then it is no member.
    pub(crate) counts: Option<String>,
}

/// A floating member of a message, or of an element of a list.
pub(crate) enum Floating {
    Single(Single),
    CallVariables,
    List(List),
}

#[derive(Clone)]
pub(crate) struct Single {
    pub(crate) tag: u64,
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) published: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    /// A password: never to be printed.
    pub(crate) secret: bool,
    pub(crate) since: u8,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Kind {
    Number(String),
    Text,
    Opaque,
    NamedVariable,
    NamedArray,
}

pub(crate) struct List {
    pub(crate) counter: String,
    /// The floating counter, if the counter is not in the fixed part.
    pub(crate) floating_counter: Option<Single>,
    pub(crate) rust: String,
    pub(crate) item: String,
    pub(crate) since: u8,
    pub(crate) members: Vec<Member>,
}

pub(crate) enum Member {
    Single(Single),
    Nested(List),
}

pub(crate) struct TagRow {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) konst: String,
    pub(crate) max: u64,
    pub(crate) grows: Option<(u8, u64)>,
}

pub(crate) struct Enum {
    pub(crate) rust: String,
    pub(crate) published: String,
    pub(crate) is_mask: bool,
    pub(crate) int: &'static str,
    pub(crate) note: String,
    pub(crate) values: Vec<EnumValue>,
}

pub(crate) struct EnumValue {
    pub(crate) name: String,
    pub(crate) value: u64,
    pub(crate) note: String,
    pub(crate) since: u8,
}

impl Spec {
    pub(crate) fn parse(toml: &str) -> Self {
        let mut root: Table = toml.parse().expect("the specification is TOML");
        name_floating_enums(&mut root);
        let all = tables(&root, "message");
        Self {
            kinds: all.iter().map(|m| (number(m, "number"), text(m, "name"))).collect(),
            messages: all.iter().copied().filter(|m| has_layout(m)).map(message).collect(),
            tags: tables(&root, "tag").into_iter().map(tag_row).collect(),
            enums: tables(&root, "enum")
                .into_iter()
                .filter(|e| text(e, "name") != "SpecialValue")
                .map(enumeration)
                .collect(),
        }
    }

    pub(crate) fn sections(&self) -> Vec<Section> {
        let mut titles: Vec<&String> = Vec::new();
        for message in &self.messages {
            if !titles.contains(&&message.section) {
                titles.push(&message.section);
            }
        }
        titles.into_iter().map(|title| Section { title: title.clone(), module: module(title) }).collect()
    }
}

/// The enumeration of a floating number stands in the table of tags only: copies it to the messages.
fn name_floating_enums(root: &mut Table) {
    let enums: BTreeMap<i64, Value> = tables(root, "tag")
        .into_iter()
        .filter_map(|tag| Some((tag.get("id")?.as_integer()?, tag.get("enum")?.clone())))
        .collect();
    let messages = root.get_mut("message").and_then(Value::as_array_mut).expect("there are messages");
    let fields = messages.iter_mut().filter_map(|m| m.get_mut("floating")?.as_array_mut()).flatten();
    for field in fields.filter_map(Value::as_table_mut) {
        let tag = field.get("tag").and_then(Value::as_integer).unwrap_or_default();
        if let Some(name) = enums.get(&tag) {
            field.insert("enum".to_owned(), name.clone());
        }
    }
}

fn module(title: &str) -> String {
    let words = title.split(" (").next().unwrap_or(title).to_lowercase();
    words
        .replace("application data and services", "application")
        .replace("snapshots and devices", "snapshots")
        .replace("teams and supervisor", "teams")
        .replace([' ', '/'], "_")
}

fn has_layout(m: &Table) -> bool {
    text(m, "confidence") != "no layout" && !WITHOUT_LAYOUT.contains(&text(m, "name").as_str())
}

fn message(m: &Table) -> Message {
    let name = text(m, "name");
    let floating = tables(m, "floating");
    let counters: Vec<String> = floating.iter().map(|f| text(f, "count")).filter(|c| !c.is_empty()).collect();
    Message {
        number: number(m, "number"),
        rust: names::pascal(&name.to_lowercase()),
        direction: match text(m, "direction").as_str() {
            "c2s" => "client to server",
            "s2c" => "server to client",
            _ => "both ways",
        },
        section: text(m, "section"),
        since: number(m, "since") as u8,
        note: text(m, "note"),
        fixed: tables(m, "fixed").into_iter().map(|f| fixed(f, &counters)).collect(),
        floating: members(&name, &floating),
        name,
    }
}

fn fixed(f: &Table, counters: &[String]) -> Fixed {
    let name = text(f, "name");
    Fixed {
        rust: names::snake(&name),
        published: text(f, "type"),
        ty: fixed_type(f),
        since: number(f, "since") as u8,
        counts: counters.contains(&name).then(|| name.clone()),
        name,
    }
}

fn fixed_type(f: &Table) -> String {
    match text(f, "type").as_str() {
        "UNSPEC" => format!("[u8; {}]", number(f, "size")),
        _ => number_type(f),
    }
}

fn number_type(f: &Table) -> String {
    let published = text(f, "enum");
    if !published.is_empty() {
        return names::camel(&published);
    }
    match text(f, "type").as_str() {
        "UCHAR" => "u8",
        "USHORT" => "u16",
        "UINT" | "TIME" => "u32",
        "INT" => "i32",
        "BOOL" => "bool",
        other => panic!("{other} is no number"),
    }
    .to_owned()
}

/// The floating members in published order, a list at the place of its first member.
fn members(message: &str, fields: &[&Table]) -> Vec<Floating> {
    let mut out = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        let (name, counter) = (text(field, "name"), text(field, "count"));
        let is_first = fields[..at].iter().all(|before| text(before, "count") != counter);
        let counts_a_list = fields.iter().any(|other| text(other, "count") == name);
        match name.as_str() {
            "CallVariable1" => out.push(Floating::CallVariables),
            n if n.starts_with("CallVariable") => {}
            _ if counts_a_list && counter.is_empty() => {}
            _ if counter.is_empty() => out.push(Floating::Single(single(field))),
            _ if is_first => out.push(Floating::List(list(message, fields, &counter))),
            _ => {}
        }
    }
    out
}

fn list(message: &str, fields: &[&Table], counter: &str) -> List {
    let members: Vec<&&Table> = fields.iter().filter(|f| text(f, "count") == counter).collect();
    let counter_field = fields.iter().find(|f| text(f, "name") == counter);
    let mut out: Vec<Member> = Vec::new();
    for field in &members {
        if let Some(nested) = nested_of(message, &text(field, "name")) {
            if !out.iter().any(|m| matches!(m, Member::Nested(l) if l.counter == nested.1)) {
                out.push(Member::Nested(nested_list(message, &members, nested)));
            }
        } else if !NESTED.iter().any(|n| n.0 == message && n.1 == text(field, "name")) {
            out.push(Member::Single(single(field)));
        }
    }
    new_list(message, counter, counter_field.map(|f| single(f)), out)
}

fn nested_of(
    message: &str,
    member: &str,
) -> Option<&'static (&'static str, &'static str, &'static [&'static str])> {
    NESTED.iter().find(|n| n.0 == message && n.2.contains(&member))
}

fn nested_list(message: &str, fields: &[&&Table], nested: &(&str, &str, &[&str])) -> List {
    let of = |name: &str| fields.iter().find(|f| text(f, "name") == name).map(|f| single(f));
    let members = nested.2.iter().filter_map(|name| of(name)).map(Member::Single).collect();
    new_list(message, nested.1, of(nested.1), members)
}

fn new_list(message: &str, counter: &str, floating_counter: Option<Single>, members: Vec<Member>) -> List {
    let what = names::counted(counter);
    let Some(Member::Single(first)) = members.first() else { panic!("{counter} has no members") };
    List {
        counter: counter.to_owned(),
        floating_counter,
        rust: names::snake(what),
        item: format!("{}{}Item", names::pascal(&message.to_lowercase()), names::camel(what)),
        since: first.since,
        members,
    }
}

fn single(f: &Table) -> Single {
    let name = text(f, "name");
    let kind = match text(f, "type").as_str() {
        "STRING" => Kind::Text,
        "UNSPEC" => Kind::Opaque,
        "NAMEDVAR" => Kind::NamedVariable,
        "NAMEDARRAY" => Kind::NamedArray,
        _ => Kind::Number(number_type(f)),
    };
    Single {
        tag: number(f, "tag"),
        rust: names::snake(&name),
        published: text(f, "type"),
        kind,
        required: text(f, "need") == "required",
        secret: name.ends_with("Password"),
        since: number(f, "since") as u8,
        name,
    }
}

fn tag_row(t: &Table) -> TagRow {
    let name = text(t, "name");
    TagRow {
        id: number(t, "id"),
        konst: names::snake(&name).to_uppercase(),
        max: number(t, "max"),
        grows: GROWN.iter().find(|g| g.0 == name).map(|g| (g.1, g.2)),
        name,
    }
}

fn enumeration(e: &Table) -> Enum {
    let published = text(e, "name");
    Enum {
        rust: names::camel(&published),
        is_mask: text(e, "kind") == "mask",
        int: match number(e, "size") {
            1 => "u8",
            2 => "u16",
            _ => "u32",
        },
        note: text(e, "note"),
        values: tables(e, "values").into_iter().map(enum_value).collect(),
        published,
    }
}

fn enum_value(v: &Table) -> EnumValue {
    EnumValue {
        name: text(v, "name"),
        value: number(v, "value"),
        note: text(v, "note"),
        since: number(v, "since") as u8,
    }
}

fn tables<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    table
        .get(key)
        .and_then(Value::as_array)
        .map(|rows| rows.iter().filter_map(Value::as_table).collect())
        .unwrap_or_default()
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn number(table: &Table, key: &str) -> u64 {
    table.get(key).and_then(Value::as_integer).map_or(0, |n| n as u64)
}
