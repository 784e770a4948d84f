//! Workflow actions: what a workflow does (rest-api.md section 14).

use serde::{Deserialize, Serialize};

use super::collection::{Collection, Numbered};
use super::fault::{Fault, line, lines, room};
use super::words::words;
use super::workflows::at_most;

/// Longest name of an action in characters (rest-api.md section 14).
const NAME_MAX: usize = 64;
/// Workflow actions (rest-api.md section 14).
const ACTIONS_MAX: usize = 100;
/// Variables of an action (rest-api.md section 14).
const VARIABLES_MAX: usize = 5;
/// Longest name of a variable in characters (rest-api.md section 14).
const VARIABLE_NAME_MAX: usize = 32;
/// Longest path to a variable in characters (rest-api.md section 14).
const NODE_MAX: usize = 500;
/// Longest value for a try in characters (rest-api.md section 14).
const TEST_VALUE_MAX: usize = 128;
/// Longest value of a parameter in characters: addresses of 2,000 and bodies of some screens.
const PARAM_MAX: usize = 4_000;

words! {
    /// What is done.
    ActionKind {
        BrowserPop = "BROWSER_POP",
        HttpRequest = "HTTP_REQUEST",
    }
}

words! {
    /// Who does it.
    HandledBy {
        Desktop = "FINESSE_DESKTOP",
        Other = "OTHER",
    }
}

words! {
    /// Whose variable it is.
    VariableKind {
        System = "SYSTEM",
        Custom = "CUSTOM",
    }
}

/// A value of the call or the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// What people read.
    pub name: String,
    /// Where it is, as an XPath.
    pub node: String,
    /// SYSTEM or CUSTOM.
    pub kind: VariableKind,
}

/// A variable that an action's parameters name, and a value to try it with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionVariable {
    /// Which.
    pub variable: Variable,
    /// May be empty.
    pub test_value: String,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// One of [`ActionKind::params`].
    pub name: String,
    /// May be empty.
    pub value: String,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkflowAction {
    /// Id in our own configuration; the last part of its URI.
    #[serde(skip)]
    pub id: i32,
    /// What people read.
    pub name: String,
    /// What is done.
    pub kind: ActionKind,
    /// Who does it.
    pub handled_by: HandledBy,
    /// All of [`ActionKind::params`], in their order: clients iterate over them without a guard.
    pub params: Vec<Param>,
    /// Up to five.
    pub variables: Vec<ActionVariable>,
}

impl ActionKind {
    /// The names of its parameters.
    pub fn params(self) -> &'static [&'static str] {
        match self {
            Self::BrowserPop => &["windowName", "path"],
            Self::HttpRequest => &["method", "location", "contentType", "path", "body"],
        }
    }
}

impl Numbered for WorkflowAction {
    fn id(&self) -> i32 {
        self.id
    }
}

impl Variable {
    pub(super) fn check(&self) -> Result<(), Fault> {
        line("name", &self.name, 1, VARIABLE_NAME_MAX)?;
        line("node", &self.node, 0, NODE_MAX)
    }
}

impl ActionVariable {
    fn check(&self) -> Result<(), Fault> {
        self.variable.check()?;
        lines("testValue", &self.test_value, TEST_VALUE_MAX)
    }
}

impl WorkflowAction {
    /// The value of a parameter; empty if it has none.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|param| param.name == name).map_or("", |param| &param.value)
    }

    /// Whether it can be, by itself.
    ///
    /// # Errors
    /// [`Fault::Value`].
    pub fn check(&self) -> Result<(), Fault> {
        line("name", &self.name, 1, NAME_MAX)?;
        at_most("actionVariables", self.variables.len(), VARIABLES_MAX)?;
        self.variables.iter().try_for_each(ActionVariable::check)?;
        self.params.iter().try_for_each(|param| lines("params", &param.value, PARAM_MAX))?;
        self.check_params()
    }

    fn check_params(&self) -> Result<(), Fault> {
        let is = |name, allowed: &[&str]| allowed.contains(&self.param(name));
        if self.param("path").is_empty() {
            return Err(Fault::value("path", "the parameter path is needed"));
        }
        match self.kind {
            ActionKind::BrowserPop => Ok(()),
            ActionKind::HttpRequest if !is("method", &["PUT", "POST"]) => {
                Err(Fault::value("method", "the parameter method must be PUT or POST"))
            }
            ActionKind::HttpRequest if !is("location", &["FINESSE", "OTHER"]) => {
                Err(Fault::value("location", "the parameter location must be FINESSE or OTHER"))
            }
            ActionKind::HttpRequest => Ok(()),
        }
    }
}

impl Collection<WorkflowAction> {
    /// Whether this action may stand among the others.
    ///
    /// # Errors
    /// A value that cannot be, a name that is taken, a full list.
    pub fn judge(&self, new: &WorkflowAction) -> Result<(), Fault> {
        new.check()?;
        if self.others(new.id).any(|other| other.name == new.name) {
            return Err(Fault::Taken { name: "name" });
        }
        room(self.others(new.id).count(), ACTIONS_MAX, "workflow actions")
    }
}

/// The variables that the editor of workflows offers: their names, and where they are.
pub fn system_variables() -> Vec<Variable> {
    let of_call = |name: &str, node: &str| Variable {
        name: name.to_owned(),
        node: node.to_owned(),
        kind: VariableKind::System,
    };
    let numbered = (1..=10).map(|number| {
        let name = format!("callVariable{number}");
        let node = format!("/Dialog/mediaProperties/callvariables/CallVariable/value[../name=\"{name}\"]");
        of_call(&name, &node)
    });
    numbered.chain(PLACES.iter().map(|(name, node)| of_call(name, node))).collect()
}

/// Names and places of what is no call variable.
const PLACES: &[(&str, &str)] = &[
    ("DNIS", "/Dialog/mediaProperties/DNIS"),
    ("callType", "/Dialog/mediaProperties/callType"),
    ("dialedNumber", "/Dialog/mediaProperties/dialedNumber"),
    ("wrapUpReason", "/Dialog/mediaProperties/wrapUpReason"),
    ("fromAddress", "/Dialog/fromAddress"),
    ("toAddress", "/Dialog/toAddress"),
    ("loginId", "/User/loginId"),
    ("loginName", "/User/loginName"),
    ("extension", "/User/extension"),
    ("firstName", "/User/firstName"),
    ("lastName", "/User/lastName"),
    ("teamId", "/User/teamId"),
    ("teamName", "/User/teamName"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn action(kind: ActionKind, values: &[&str]) -> WorkflowAction {
        let params = kind.params().iter().zip(values);
        let params = params.map(|(name, value)| Param { name: (*name).into(), value: (*value).into() });
        WorkflowAction {
            id: 1,
            name: "CRM".to_owned(),
            kind,
            handled_by: HandledBy::Desktop,
            params: params.collect(),
            variables: Vec::new(),
        }
    }

    #[test]
    fn parameters_are_those_of_the_kind() {
        assert_eq!(action(ActionKind::BrowserPop, &["", "http://crm/"]).check(), Ok(()));
        let post = ["POST", "OTHER", "application/xml", "http://crm/", "<a/>\n"];
        assert_eq!(action(ActionKind::HttpRequest, &post).check(), Ok(()));
        for (kind, values, name) in [
            (ActionKind::BrowserPop, &["w", ""][..], "path"),
            (ActionKind::HttpRequest, &["DELETE", "OTHER", "", "/x", ""], "method"),
            (ActionKind::HttpRequest, &["PUT", "HERE", "", "/x", ""], "location"),
        ] {
            let refused = action(kind, values).check();
            assert!(matches!(refused, Err(Fault::Value { name: at, .. }) if at == name), "{name}");
        }
    }

    #[test]
    fn an_action_has_five_variables() {
        let variable = |name: &str| ActionVariable {
            variable: Variable {
                name: name.to_owned(),
                node: "//DNIS".to_owned(),
                kind: VariableKind::Custom,
            },
            test_value: String::new(),
        };
        let mut pop = action(ActionKind::BrowserPop, &["", "/x"]);
        pop.variables = vec![variable("a"); 5];
        assert_eq!(pop.check(), Ok(()));
        pop.variables.push(variable("b"));
        assert!(matches!(pop.check(), Err(Fault::Value { name: "actionVariables", .. })));
        pop.variables = vec![variable(&"x".repeat(33))];
        assert!(matches!(pop.check(), Err(Fault::Value { name: "name", .. })));
    }
}
