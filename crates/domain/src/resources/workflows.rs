//! Workflows: what a desktop does by itself when a call comes, goes or is answered (rest-api.md section 14).
//!
//! Owns their form and limits. Carries none out: that is the desktop's.

use serde::{Deserialize, Serialize};

use super::actions::Variable;
use super::collection::{Collection, Numbered};
use super::fault::{Fault, line, lines, room};
use super::words::words;

/// Longest name of a workflow in characters (rest-api.md section 14).
const NAME_MAX: usize = 40;
/// Longest description in characters (rest-api.md section 14).
const DESCRIPTION_MAX: usize = 128;
/// Workflows (rest-api.md section 14).
const WORKFLOWS_MAX: usize = 100;
/// Conditions of a workflow (rest-api.md section 14).
const CONDITIONS_MAX: usize = 5;
/// Actions of a workflow (rest-api.md section 14).
const ACTIONS_MAX: usize = 5;
/// Triggers of a set: stock clients send three, for the medium, the type and the state of the call.
const TRIGGERS_MAX: usize = 10;
/// Longest value that something is compared with, in characters: every call type in one list is a quarter of it.
const VALUE_MAX: usize = 1_000;

words! {
    /// What sets a workflow off.
    TriggerName {
        CallArrives = "CALL_ARRIVES",
        CallAnswered = "CALL_ANSWERED",
        CallMade = "CALL_MADE",
        CallPreviewed = "CALL_PREVIEWED",
        CallEnded = "CALL_ENDED",
    }
}

words! {
    /// How a value is compared.
    Comparator {
        IsEqual = "IS_EQUAL",
        IsNotEqual = "IS_NOT_EQUAL",
        Contains = "CONTAINS",
        NotContains = "NOT_CONTAINS",
        BeginsWith = "BEGINS_WITH",
        EndsWith = "ENDS_WITH",
        IsEmpty = "IS_EMPTY",
        IsNotEmpty = "IS_NOT_EMPTY",
        IsInList = "IS_IN_LIST",
    }
}

words! {
    /// How many of the conditions must hold.
    ApplyMethod {
        All = "ALL",
        Any = "ANY",
    }
}

/// A value of the call, compared with another: a trigger or a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Which value.
    pub variable: Variable,
    /// How.
    pub comparator: Comparator,
    /// With what; empty for those that need nothing.
    pub value: String,
}

/// When a workflow is looked at. Its type is always `SYSTEM`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriggerSet {
    /// What must happen.
    pub name: TriggerName,
    /// As the client sent them.
    pub triggers: Vec<Comparison>,
}

/// What must hold besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionSet {
    /// All of them or any.
    pub apply: ApplyMethod,
    /// Up to five.
    pub conditions: Vec<Comparison>,
}

/// One workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// Id in our own configuration; the last part of its URI.
    #[serde(skip)]
    pub id: i32,
    /// What people read.
    pub name: String,
    /// For people; may be empty.
    pub description: String,
    /// `Voice`, if the client said so (11.6).
    pub media: Option<String>,
    /// When it is looked at.
    pub trigger: TriggerSet,
    /// What must hold; nothing: it always runs.
    pub conditions: Option<ConditionSet>,
    /// The ids of what is done, in this order.
    pub actions: Vec<i32>,
}

impl Numbered for Workflow {
    fn id(&self) -> i32 {
        self.id
    }
}

impl Comparison {
    fn check(&self) -> Result<(), Fault> {
        self.variable.check()?;
        lines("value", &self.value, VALUE_MAX)
    }
}

impl Workflow {
    /// Whether it can be, by itself.
    ///
    /// # Errors
    /// [`Fault::Value`].
    pub fn check(&self) -> Result<(), Fault> {
        line("name", &self.name, 1, NAME_MAX)?;
        lines("description", &self.description, DESCRIPTION_MAX)?;
        line("media", self.media.as_deref().unwrap_or_default(), 0, NAME_MAX)?;
        let conditions = self.conditions.as_ref().map_or(&[][..], |set| &set.conditions);
        at_most("conditions", conditions.len(), CONDITIONS_MAX)?;
        at_most("triggers", self.trigger.triggers.len(), TRIGGERS_MAX)?;
        at_most("workflowActions", self.actions.len(), ACTIONS_MAX)?;
        conditions.iter().chain(&self.trigger.triggers).try_for_each(Comparison::check)
    }
}

impl Collection<Workflow> {
    /// Whether this workflow may stand among the others; its actions are looked at elsewhere.
    ///
    /// # Errors
    /// A value that cannot be, a name that is taken, a full list.
    pub fn judge(&self, new: &Workflow) -> Result<(), Fault> {
        new.check()?;
        if self.others(new.id).any(|other| other.name == new.name) {
            return Err(Fault::Taken { name: "name" });
        }
        room(self.others(new.id).count(), WORKFLOWS_MAX, "workflows")
    }
}

pub(super) fn at_most(name: &'static str, there: usize, max: usize) -> Result<(), Fault> {
    if there <= max {
        return Ok(());
    }
    Err(Fault::value(name, format!("{name} must be up to {max}")))
}

#[cfg(test)]
mod tests {
    use super::super::actions::VariableKind;
    use super::*;

    fn comparison(value: &str) -> Comparison {
        let variable = Variable {
            name: "callVariable1".to_owned(),
            node: "//callVariable1".to_owned(),
            kind: VariableKind::System,
        };
        Comparison { variable, comparator: Comparator::IsEqual, value: value.to_owned() }
    }

    fn workflow(id: i32, conditions: usize) -> Workflow {
        let conditions = vec![comparison("gold"); conditions];
        Workflow {
            id,
            name: format!("workflow {id}"),
            description: String::new(),
            media: None,
            trigger: TriggerSet { name: TriggerName::CallArrives, triggers: Vec::new() },
            conditions: Some(ConditionSet { apply: ApplyMethod::Any, conditions }),
            actions: vec![1],
        }
    }

    #[test]
    fn a_workflow_has_five_conditions_and_five_actions() {
        assert_eq!(workflow(1, 5).check(), Ok(()));
        assert!(matches!(workflow(1, 6).check(), Err(Fault::Value { name: "conditions", .. })));
        let busy = Workflow { actions: vec![1; 6], ..workflow(1, 0) };
        assert!(matches!(busy.check(), Err(Fault::Value { name: "workflowActions", .. })));
        let mut long = workflow(1, 1);
        long.trigger.triggers = vec![comparison(&"x".repeat(1_001))];
        assert!(matches!(long.check(), Err(Fault::Value { name: "value", .. })));
        let media = Workflow { media: Some("x".repeat(41)), ..workflow(1, 1) };
        assert!(matches!(media.check(), Err(Fault::Value { name: "media", .. })));
    }

    #[test]
    fn names_differ_and_there_are_a_hundred() {
        let full: Collection<_> = (1..=100).map(|id| workflow(id, 1)).collect();
        assert!(matches!(full.judge(&workflow(101, 1)), Err(Fault::Full { max: 100, .. })));
        assert_eq!(full.judge(&workflow(100, 1)), Ok(()));
        let same = Workflow { id: 7, ..workflow(8, 1) };
        assert_eq!(full.judge(&same), Err(Fault::Taken { name: "name" }));
    }

    #[test]
    fn words_have_one_spelling() {
        for word in Comparator::ALL {
            assert_eq!(Comparator::parse(word.as_str()), Some(*word));
        }
        assert_eq!(TriggerName::parse("call_arrives"), None);
    }
}
