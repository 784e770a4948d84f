//! `Workflow`, new or changed (rest-api.md section 14). Whatever is wrong with one is `Bad Request`.

use domain::{
    ApplyMethod, Comparator, Comparison, ConditionSet, TriggerName, TriggerSet, Variable, VariableKind,
    Workflow,
};
use xml::Element;

use super::{body, given, optional, or_before, something};
use crate::{ApiFailure, HttpRequest, links};

/// Reads the body of `POST Workflow`, or of `PUT Workflow/{id}`, which keeps of the workflow before what it does not
/// name.
///
/// # Errors
/// 400 `Bad Request`.
pub fn workflow(request: &HttpRequest, id: i32, before: Option<&Workflow>) -> Result<Workflow, ApiFailure> {
    let workflow = body(request, "Workflow")?;
    if before.is_some() {
        let names = ["name", "description", "media", "TriggerSet", "ConditionSet", "workflowActions"];
        something(&workflow, &names, |why| ApiFailure::bad_request(why, ""))?;
    }
    let (name, actions) = (optional(&workflow, "name"), actions(&workflow)?);
    let trigger = workflow.last_child("TriggerSet").map(trigger_set).transpose()?;
    Ok(Workflow {
        id,
        name: or_before(name, before.map(|before| before.name.clone()), needed("name"))?,
        description: given(&workflow, "description")
            .or(before.map(|before| before.description.clone()))
            .unwrap_or_default(),
        media: optional(&workflow, "media").or(before.and_then(|before| before.media.clone())),
        trigger: or_before(trigger, before.map(|before| before.trigger.clone()), needed("TriggerSet"))?,
        conditions: match workflow.last_child("ConditionSet") {
            Some(set) => condition_set(set)?,
            None => before.and_then(|before| before.conditions.clone()),
        },
        actions: or_before(actions, before.map(|before| before.actions.clone()), needed("workflowActions"))?,
    })
}

/// A variable: SYSTEM unless it says otherwise.
pub(super) fn variable(element: &Element) -> Result<Variable, ApiFailure> {
    let kind =
        optional(element, "type").map_or(Some(VariableKind::System), |kind| VariableKind::parse(&kind));
    Ok(Variable {
        name: optional(element, "name").ok_or_else(needed("name"))?,
        node: given(element, "node").unwrap_or_default(),
        kind: kind.ok_or_else(|| ApiFailure::bad_request("type must be SYSTEM or CUSTOM", "type"))?,
    })
}

/// What must be there.
pub(super) fn needed(name: &'static str) -> impl FnOnce() -> ApiFailure {
    move || ApiFailure::bad_request(format!("{name} is needed"), name)
}

/// A word of a list.
pub(super) fn word<T>(
    parent: &Element,
    name: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, ApiFailure> {
    let text = optional(parent, name).ok_or_else(needed(name))?;
    parse(&text).ok_or_else(|| ApiFailure::bad_request(format!("{name} is not known"), &text))
}

fn trigger_set(set: &Element) -> Result<TriggerSet, ApiFailure> {
    let kind = optional(set, "type").unwrap_or_else(|| "SYSTEM".to_owned());
    if kind != "SYSTEM" {
        return Err(ApiFailure::bad_request("type must be SYSTEM", &kind));
    }
    let triggers = comparisons(set, "triggers", "Trigger")?;
    Ok(TriggerSet { name: word(set, "name", TriggerName::parse)?, triggers })
}

/// An empty set is none.
fn condition_set(set: &Element) -> Result<Option<ConditionSet>, ApiFailure> {
    let conditions = comparisons(set, "conditions", "Condition")?;
    if conditions.is_empty() {
        return Ok(None);
    }
    Ok(Some(ConditionSet { apply: word(set, "applyMethod", ApplyMethod::parse)?, conditions }))
}

fn comparisons(set: &Element, list: &str, item: &str) -> Result<Vec<Comparison>, ApiFailure> {
    let items = set.last_child(list).into_iter().flat_map(Element::children);
    items.filter(|child| child.name == item).map(comparison).collect()
}

fn comparison(element: &Element) -> Result<Comparison, ApiFailure> {
    Ok(Comparison {
        variable: variable(element.last_child("Variable").ok_or_else(needed("Variable"))?)?,
        comparator: word(element, "comparator", Comparator::parse)?,
        value: given(element, "value").unwrap_or_default(),
    })
}

fn actions(workflow: &Element) -> Result<Option<Vec<i32>>, ApiFailure> {
    let Some(list) = workflow.last_child("workflowActions") else { return Ok(None) };
    let items = list.children().filter(|child| child.name == "WorkflowAction");
    let uris = items.map(|item| optional(item, "uri").unwrap_or_default());
    let ids = uris.map(|uri| {
        let id = links::setting_of("WorkflowAction", &uri);
        id.ok_or_else(|| ApiFailure::bad_request("uri must be that of a WorkflowAction", &uri))
    });
    ids.collect::<Result<Vec<_>, _>>().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    const VIP: &str = "<name>VIP</name><TriggerSet><type>SYSTEM</type><name>CALL_ARRIVES</name><triggers><Trigger>\
                       <Variable><name>mediaType</name><node>//Dialog/mediaType</node><type>CUSTOM</type></Variable>\
                       <comparator>IS_EQUAL</comparator><value>Voice</value></Trigger></triggers></TriggerSet>\
                       <ConditionSet><applyMethod>ALL</applyMethod><conditions><Condition><Variable>\
                       <name>callVariable1</name></Variable><comparator>IS_NOT_EMPTY</comparator></Condition>\
                       </conditions></ConditionSet><workflowActions><WorkflowAction><name>x</name>\
                       <uri>/finesse/api/WorkflowAction/3</uri></WorkflowAction></workflowActions>";

    fn read(inner: &str, before: Option<&Workflow>) -> Result<Workflow, (&'static str, String)> {
        let request = put(&format!("<Workflow>{inner}</Workflow>"));
        workflow(&request, 1, before).map_err(|failure| (failure.kind.as_str(), failure.data))
    }

    #[test]
    fn a_workflow_is_read_whole() {
        let vip = read(VIP, None).unwrap();
        assert_eq!((vip.trigger.name, vip.trigger.triggers.len()), (TriggerName::CallArrives, 1));
        let set = vip.conditions.clone().unwrap();
        assert_eq!((set.apply, set.conditions[0].comparator), (ApplyMethod::All, Comparator::IsNotEmpty));
        assert_eq!(
            (set.conditions[0].variable.kind, vip.actions.as_slice()),
            (VariableKind::System, &[3][..])
        );
        let changed = read("<ConditionSet/><media>Voice</media>", Some(&vip)).unwrap();
        assert_eq!((changed.conditions, changed.name.as_str()), (None, "VIP"));
        assert_eq!(changed.media.as_deref(), Some("Voice"));
    }

    #[test]
    fn whatever_is_wrong_is_a_bad_request() {
        let vip = read(VIP, None).unwrap();
        assert_eq!(read("<uri>/x</uri>", Some(&vip)), Err(("Bad Request", String::new())));
        for (from, to, data) in [
            ("<name>VIP</name>", "", "name"),
            ("CALL_ARRIVES", "CALL_COMES", "CALL_COMES"),
            ("<type>SYSTEM</type>", "<type>USER</type>", "USER"),
            ("IS_EQUAL", "EQUALS", "EQUALS"),
            ("<applyMethod>ALL</applyMethod>", "", "applyMethod"),
            ("<type>CUSTOM</type>", "<type>x</type>", "type"),
            ("<name>callVariable1</name>", "", "name"),
            ("WorkflowAction/3", "Workflow/3", "/finesse/api/Workflow/3"),
        ] {
            assert_eq!(read(&VIP.replace(from, to), None), Err(("Bad Request", data.to_owned())), "{to}");
        }
        for part in ["TriggerSet", "workflowActions"] {
            let renamed = VIP.replace(part, "other");
            assert_eq!(read(&renamed, None), Err(("Bad Request", part.to_owned())));
        }
    }
}
