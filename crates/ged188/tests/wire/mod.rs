//! Bodies made from the tables of `spec/ged188.toml` alone, without the code under test: every message at every
//! version, with random contents.

use std::sync::LazyLock;

use toml::{Table, Value};

/// Lists whose members stand inside an element of another list.
const NESTED: [(&str, &str, &[&str]); 5] = [
    ("CONFIG_AGENT_EVENT", "NumSkills", &["FltSkillGroupNumber", "FltSkillGroupPriority"]),
    ("CONFIG_AGENT_EVENT", "NumMRDs", &["FltAgentMRDID", "FltAgentMRDState"]),
    ("CONFIG_SERVICE_EVENT", "NumServiceMembers", &["ServiceMember", "ServicePriority"]),
    ("CONFIG_AGENT_SERVICE_EVENT", "NumOfEnabledServices", &["FltEnabledServices"]),
    ("CONFIG_TERMINAL_EVENT", "NumInstruments", &["AgentInstrument"]),
];

/// The tables of the messages with a layout.
pub(crate) fn layouts() -> &'static [Table] {
    static LAYOUTS: LazyLock<Vec<Table>> = LazyLock::new(read_layouts);
    &LAYOUTS
}

fn read_layouts() -> Vec<Table> {
    let root: Table = include_str!("../../spec/ged188.toml").parse().unwrap();
    let damaged = ["AGENT_TEAM_CONFIG_REQ", "AGENT_TEAM_CONFIG_CONF", "CALL_ATTRIBUTE_CHANGE_EVENT"];
    let all = rows(&root, "message").into_iter().cloned();
    all.filter(|m| text(m, "confidence") != "no layout" && !damaged.contains(&text(m, "name"))).collect()
}

/// The number, the name and the first version of a message.
pub(crate) fn head(message: &Table) -> (u32, &str, u32) {
    (number(message, "number"), text(message, "name"), number(message, "since"))
}

/// The bytes of the fixed part at a version.
pub(crate) fn fixed_bytes(message: &Table, version: u32) -> usize {
    rows(message, "fixed")
        .into_iter()
        .filter(|f| exists(f, version))
        .map(|f| number(f, "size") as usize)
        .sum()
}

/// A body with random contents, as a server that follows the tables would write it.
pub(crate) fn body(message: &Table, version: u32, seed: u64) -> Vec<u8> {
    let mut maker = Maker { message, version, random: Random(seed | 1), out: Vec::new() };
    maker.body();
    maker.out
}

struct Maker<'a> {
    message: &'a Table,
    version: u32,
    random: Random,
    out: Vec<u8>,
}

impl<'a> Maker<'a> {
    fn body(&mut self) {
        let floating = rows(self.message, "floating");
        let counters: Vec<&str> =
            floating.iter().map(|f| text(f, "count")).filter(|c| !c.is_empty()).collect();
        let mut sizes: Vec<(&str, u32)> = Vec::new();
        for field in rows(self.message, "fixed") {
            let name = text(field, "name");
            if counters.contains(&name) {
                let first = floating.iter().find(|f| text(f, "count") == name).unwrap();
                let elements = if exists(first, self.version) { self.random.below(4) } else { 0 };
                sizes.push((name, elements));
                self.put(elements, number(field, "size"));
            } else if exists(field, self.version) {
                self.fixed(field);
            }
        }
        for (at, field) in floating.iter().enumerate() {
            self.floating(&floating, at, field, &counters, &sizes);
        }
    }

    fn fixed(&mut self, field: &Table) {
        let size = number(field, "size");
        match (text(field, "name"), text(field, "type")) {
            ("VersionNumber", _) => self.put(self.version, size),
            (_, "BOOL") => {
                let flag = self.random.below(2);
                self.put(flag, size);
            }
            (_, "UNSPEC") => {
                for _ in 0..size {
                    let byte = self.random.next() as u8;
                    self.out.push(byte);
                }
            }
            _ => {
                let bits = self.random.next() as u32;
                self.put(bits, size);
            }
        }
    }

    fn floating(
        &mut self,
        all: &[&'a Table],
        at: usize,
        field: &'a Table,
        counters: &[&str],
        sizes: &[(&str, u32)],
    ) {
        let (name, counter) = (text(field, "name"), text(field, "count"));
        if !exists(field, self.version) || counters.contains(&name) {
            return;
        }
        if counter.is_empty() {
            let required = text(field, "need") == "required";
            if required || self.random.below(2) == 0 {
                self.field(field, required);
            }
        } else if all[..at].iter().all(|before| text(before, "count") != counter) {
            self.list(all, counter, sizes);
        }
    }

    fn list(&mut self, all: &[&'a Table], counter: &str, sizes: &[(&str, u32)]) {
        let fixed = sizes.iter().find(|size| size.0 == counter).map(|size| size.1);
        let elements = fixed.unwrap_or_else(|| self.random.below(4));
        if let Some(tag) = all.iter().find(|f| text(f, "name") == counter && elements > 0) {
            self.counter(tag, elements);
        }
        let members: Vec<&Table> = all.iter().copied().filter(|f| text(f, "count") == counter).collect();
        for _ in 0..elements {
            self.element(&members);
        }
    }

    fn element(&mut self, members: &[&'a Table]) {
        let message = text(self.message, "name");
        let mut first = true;
        for (at, member) in
            members.iter().enumerate().filter(|(_, m)| exists(m, self.version)).collect::<Vec<_>>()
        {
            let name = text(member, "name");
            let nested = NESTED.iter().find(|n| n.0 == message && n.2.contains(&name));
            let is_counter = NESTED.iter().any(|n| n.0 == message && n.1 == name);
            match nested {
                _ if is_counter => {}
                Some(nested) if members[..at].iter().all(|m| !nested.2.contains(&text(m, "name"))) => {
                    self.nested(members, nested.1, nested.2);
                }
                Some(_) => {}
                None if first || self.random.below(2) == 0 => self.field(member, first),
                None => {}
            }
            first = false;
        }
    }

    fn nested(&mut self, members: &[&'a Table], counter: &str, names: &[&str]) {
        let elements = self.random.below(3);
        let of = |name: &str| members.iter().copied().find(|m| text(m, "name") == name);
        if let Some(tag) = of(counter).filter(|_| elements > 0) {
            self.counter(tag, elements);
        }
        for _ in 0..elements {
            for (at, name) in names.iter().enumerate() {
                if at == 0 || self.random.below(2) == 0 {
                    self.field(of(name).unwrap(), true);
                }
            }
        }
    }

    fn counter(&mut self, tag: &Table, elements: u32) {
        let width = number(tag, "max");
        let mut value = Vec::new();
        value.extend_from_slice(&elements.to_be_bytes()[4 - width as usize..]);
        self.tagged(tag, &value);
    }

    fn field(&mut self, field: &Table, may_be_empty: bool) {
        let max = self.max(field);
        let value = match text(field, "type") {
            "STRING" => self.random.text(max, may_be_empty),
            "UNSPEC" => self.random.opaque(max, may_be_empty),
            "NAMEDVAR" => [self.random.text(33, true), self.random.text(211, true)].concat(),
            "NAMEDARRAY" => {
                [vec![self.random.next() as u8], self.random.text(33, true), self.random.text(211, true)]
                    .concat()
            }
            "BOOL" => vec![0, self.random.below(2) as u8],
            kind => {
                let width = match kind {
                    "UCHAR" => 1,
                    "USHORT" => 2,
                    _ => 4,
                };
                (self.random.next() as u32).to_be_bytes()[4 - width..].to_vec()
            }
        };
        self.tagged(field, &value);
    }

    fn max(&self, field: &Table) -> usize {
        match (text(field, "name"), number(field, "max")) {
            ("ClientAddress" | "SendingAddress", _) if self.version >= 19 => 64,
            ("LoginName", _) if self.version >= 20 => 255,
            (_, 0) => 255,
            (_, max) => max as usize,
        }
    }

    fn tagged(&mut self, field: &Table, value: &[u8]) {
        let (width, tag) = (if self.version >= 20 { 2 } else { 1 }, number(field, "tag"));
        self.put(tag, width);
        self.put(value.len() as u32, width);
        self.out.extend_from_slice(value);
    }

    fn put(&mut self, number: u32, width: u32) {
        self.out.extend_from_slice(&number.to_be_bytes()[4 - width as usize..]);
    }
}

/// xorshift64, for contents only.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u32) -> u32 {
        (self.next() >> 33) as u32 % end
    }

    /// Short most of the time, now and then as long as it may be; with its NUL.
    fn text(&mut self, max: usize, may_be_empty: bool) -> Vec<u8> {
        let longest = max - 1;
        let wanted = if self.below(40) == 0 { longest } else { self.below(12) as usize };
        let mut text = String::new();
        while text.len() < wanted.clamp(usize::from(!may_be_empty), longest) {
            let letter = ['7', 'a', 'Z', ' ', 'é'][self.below(5) as usize];
            text.push(if text.len() + letter.len_utf8() > longest { '1' } else { letter });
        }
        text.push('\0');
        text.into_bytes()
    }

    fn opaque(&mut self, max: usize, may_be_empty: bool) -> Vec<u8> {
        let least = usize::from(!may_be_empty);
        let length = (self.below(9) as usize).clamp(least, max);
        (0..length).map(|_| self.next() as u8).collect()
    }
}

fn exists(field: &Table, version: u32) -> bool {
    number(field, "since") <= version
}

fn rows<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    table.get(key).and_then(Value::as_array).unwrap().iter().filter_map(Value::as_table).collect()
}

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(table: &Table, key: &str) -> u32 {
    table.get(key).and_then(Value::as_integer).unwrap_or_default() as u32
}
