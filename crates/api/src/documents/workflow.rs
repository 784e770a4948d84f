//! Workflows, their actions and the variables of both (rest-api.md section 14).

use domain::{ActionVariable, Comparison, ConditionSet, TriggerSet, Variable, Workflow, WorkflowAction};
use xml::Writer;

use super::rendered;
use crate::links;

/// One workflow, with the names of what it does.
pub fn workflow<'a>(workflow: &Workflow, actions: impl IntoIterator<Item = &'a WorkflowAction>) -> String {
    rendered(|w| item(w, workflow, actions, write_reference))
}

/// The list for administrators: each with the names of what it does.
pub fn workflows<'a, A>(workflows: impl IntoIterator<Item = (&'a Workflow, A)>) -> String
where
    A: IntoIterator<Item = &'a WorkflowAction>,
{
    list(workflows, write_reference)
}

/// The list for the desktop that carries them out: each with all of what it does.
pub fn workflows_of_user<'a, A>(workflows: impl IntoIterator<Item = (&'a Workflow, A)>) -> String
where
    A: IntoIterator<Item = &'a WorkflowAction>,
{
    list(workflows, write_action)
}

/// One action.
pub fn workflow_action(action: &WorkflowAction) -> String {
    rendered(|w| write_action(w, action))
}

/// The list, in the order given.
pub fn workflow_actions<'a>(actions: impl IntoIterator<Item = &'a WorkflowAction>) -> String {
    rendered(|w| {
        w.open("WorkflowActions");
        actions.into_iter().for_each(|action| write_action(w, action));
    })
}

/// What the editor of workflows offers.
pub fn system_variables(variables: &[Variable]) -> String {
    rendered(|w| {
        w.open("SystemVariables");
        variables.iter().for_each(|variable| write_variable(w, "SystemVariable", variable));
    })
}

fn list<'a, A>(
    workflows: impl IntoIterator<Item = (&'a Workflow, A)>,
    action: fn(&mut Writer, &WorkflowAction),
) -> String
where
    A: IntoIterator<Item = &'a WorkflowAction>,
{
    rendered(|w| {
        w.open("Workflows");
        for (workflow, actions) in workflows {
            item(w, workflow, actions, action);
        }
    })
}

fn item<'a>(
    w: &mut Writer,
    workflow: &Workflow,
    actions: impl IntoIterator<Item = &'a WorkflowAction>,
    action: fn(&mut Writer, &WorkflowAction),
) {
    w.open("Workflow");
    if let Some(set) = &workflow.conditions {
        condition_set(w, set);
    }
    w.leaf("description", &workflow.description);
    if let Some(media) = &workflow.media {
        w.leaf("media", media);
    }
    w.leaf("name", &workflow.name);
    trigger_set(w, &workflow.trigger);
    w.leaf("uri", links::workflow(workflow.id)).open("workflowActions");
    actions.into_iter().for_each(|one| action(w, one));
    w.close().close();
}

fn condition_set(w: &mut Writer, set: &ConditionSet) {
    w.open("ConditionSet").leaf("applyMethod", set.apply.as_str()).open("conditions");
    set.conditions.iter().for_each(|condition| comparison(w, "Condition", condition));
    w.close().close();
}

fn trigger_set(w: &mut Writer, set: &TriggerSet) {
    w.open("TriggerSet").leaf("name", set.name.as_str()).open("triggers");
    set.triggers.iter().for_each(|trigger| comparison(w, "Trigger", trigger));
    w.close().leaf("type", "SYSTEM").close();
}

fn comparison(w: &mut Writer, name: &str, one: &Comparison) {
    w.open(name).leaf("comparator", one.comparator.as_str()).leaf("value", &one.value);
    write_variable(w, "Variable", &one.variable);
    w.close();
}

fn write_variable(w: &mut Writer, name: &str, variable: &Variable) {
    w.open(name).leaf("name", &variable.name).leaf("node", &variable.node);
    w.leaf("type", variable.kind.as_str()).close();
}

fn write_reference(w: &mut Writer, action: &WorkflowAction) {
    w.open("WorkflowAction")
        .leaf("name", &action.name)
        .leaf("uri", links::workflow_action(action.id))
        .close();
}

/// All parameters of the kind, also those without a value: clients iterate over them without a guard.
fn write_action(w: &mut Writer, action: &WorkflowAction) {
    w.open("WorkflowAction").open("actionVariables");
    action.variables.iter().for_each(|variable| action_variable(w, variable));
    w.close().leaf("handledBy", action.handled_by.as_str()).leaf("name", &action.name).open("params");
    for name in action.kind.params() {
        w.open("Param").leaf("name", name).leaf("value", action.param(name)).close();
    }
    w.close().leaf("type", action.kind.as_str()).leaf("uri", links::workflow_action(action.id)).close();
}

fn action_variable(w: &mut Writer, ActionVariable { variable, test_value }: &ActionVariable) {
    let Variable { name, node, kind } = variable;
    w.open("ActionVariable").leaf("name", name).leaf("node", node).leaf("testValue", test_value);
    w.leaf("type", kind.as_str()).close();
}
