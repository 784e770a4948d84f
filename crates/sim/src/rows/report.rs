use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// What was counted, by name; a name that comes twice gets a number.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Evidence(BTreeMap<String, Value>);

impl Evidence {
    /// Adds one finding.
    pub fn add(&mut self, name: &str, value: impl Into<Value>) {
        let taken = |n: usize| if n == 1 { name.to_owned() } else { format!("{name}_{n}") };
        let free = (1..).map(taken).find(|name| !self.0.contains_key(name));
        self.0.insert(free.unwrap_or_default(), value.into());
    }

    /// A finding by name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

/// The outcome of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The row's id.
    pub id: &'static str,
    /// Whether everything held.
    pub passed: bool,
    /// What passing means; if the row failed, what went wrong.
    pub says: String,
    /// What was counted.
    pub evidence: Evidence,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_comes_twice_gets_a_number() {
        let mut evidence = Evidence::default();
        evidence.add("dials", "A");
        evidence.add("dials", "B");
        assert_eq!(serde_json::to_string(&evidence).unwrap(), r#"{"dials":"A","dials_2":"B"}"#);
    }
}
