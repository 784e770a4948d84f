use std::fmt::Write;
use std::time::Duration;

/// One value of a JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A count, or a time in milliseconds.
    Number(u64),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object; its keys keep their order.
    Map(Vec<(&'static str, Json)>),
}

/// Characters of a value that is written on one line.
const LINE: usize = 160;

impl Json {
    /// A string.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// An object.
    pub fn map<const N: usize>(entries: [(&'static str, Json); N]) -> Self {
        Self::Map(entries.to_vec())
    }

    /// Whole milliseconds.
    pub fn time(time: Duration) -> Self {
        Self::Number(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }

    /// Whole milliseconds, or `null`.
    pub fn time_or_null(time: Option<Duration>) -> Self {
        time.map_or(Self::Null, Self::time)
    }

    /// A document for people and for diffs: whatever is short is on one line.
    pub fn pretty(&self) -> String {
        let mut text = String::new();
        self.write(0, &mut text);
        text.push('\n');
        text
    }

    fn write(&self, depth: usize, to: &mut String) {
        let line = self.line();
        match self {
            Self::List(values) if line.chars().count() > LINE => {
                let values = values.iter().map(|value| (None, value));
                write_block('[', values, ']', depth, to);
            }
            Self::Map(entries) if line.chars().count() > LINE => {
                let entries = entries.iter().map(|(key, value)| (Some(*key), value));
                write_block('{', entries, '}', depth, to);
            }
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Map(_) => {
                to.push_str(&line);
            }
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Bool(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Text(text) => quoted(text),
            Self::List(values) => format!("[{}]", joined(values.iter().map(Self::line))),
            Self::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{}: {}", quoted(key), value.line()));
                format!("{{{}}}", joined(entries))
            }
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn write_block<'a>(
    open: char,
    values: impl Iterator<Item = (Option<&'static str>, &'a Json)>,
    close: char,
    depth: usize,
    to: &mut String,
) {
    to.push(open);
    for (index, (key, value)) in values.enumerate() {
        to.push_str(if index == 0 { "\n" } else { ",\n" });
        to.push_str(&" ".repeat(depth + 1));
        if let Some(key) = key {
            to.push_str(&quoted(key));
            to.push_str(": ");
        }
        value.write(depth + 1, to);
    }
    to.push('\n');
    to.push_str(&" ".repeat(depth));
    to.push(close);
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control < ' ' => drop(write!(quoted, "\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
