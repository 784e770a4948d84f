//! `WorkflowAction`, new or changed (rest-api.md section 14). Whatever is wrong with one is `Bad Request`.

use domain::{ActionKind, ActionVariable, HandledBy, Param, WorkflowAction};
use xml::Element;

use super::workflow::{needed, variable, word};
use super::{body, given, optional, or_before, something};
use crate::{ApiFailure, HttpRequest};

/// Reads the body of `POST WorkflowAction`, or of `PUT WorkflowAction/{id}`, which keeps of the action before what it
/// does not name.
///
/// # Errors
/// 400 `Bad Request`.
pub fn workflow_action(
    request: &HttpRequest,
    id: i32,
    before: Option<&WorkflowAction>,
) -> Result<WorkflowAction, ApiFailure> {
    let action = body(request, "WorkflowAction")?;
    if before.is_some() {
        let names = ["name", "type", "handledBy", "params", "actionVariables"];
        something(&action, &names, |why| ApiFailure::bad_request(why, ""))?;
    }
    let kind = or_word(&action, "type", ActionKind::parse, before.map(|before| before.kind))?;
    Ok(WorkflowAction {
        id,
        name: or_before(optional(&action, "name"), before.map(|before| before.name.clone()), needed("name"))?,
        kind,
        handled_by: or_word(&action, "handledBy", HandledBy::parse, before.map(|before| before.handled_by))?,
        params: params(&action, kind, before),
        variables: match action.last_child("actionVariables") {
            Some(list) => variables(list)?,
            None => before.map(|before| before.variables.clone()).unwrap_or_default(),
        },
    })
}

fn or_word<T>(
    action: &Element,
    name: &'static str,
    parse: fn(&str) -> Option<T>,
    before: Option<T>,
) -> Result<T, ApiFailure> {
    match before {
        Some(before) if optional(action, name).is_none() => Ok(before),
        Some(_) | None => word(action, name, parse),
    }
}

/// All parameters of the kind: as given, else as before, else empty. Others are ignored.
fn params(action: &Element, kind: ActionKind, before: Option<&WorkflowAction>) -> Vec<Param> {
    let list = action.last_child("params");
    let new = |name: &str| {
        let mut items = list.into_iter().flat_map(Element::children).filter(|child| child.name == "Param");
        let item = items.find(|item| optional(item, "name").as_deref() == Some(name))?;
        Some(given(item, "value").unwrap_or_default())
    };
    let old = |name: &str| before.map(|before| before.param(name).to_owned()).unwrap_or_default();
    let param =
        |name: &&str| Param { name: (*name).to_owned(), value: new(name).unwrap_or_else(|| old(name)) };
    kind.params().iter().map(param).collect()
}

fn variables(list: &Element) -> Result<Vec<ActionVariable>, ApiFailure> {
    let items = list.children().filter(|child| child.name == "ActionVariable");
    let read = |item: &Element| {
        let test_value = given(item, "testValue").unwrap_or_default();
        Ok(ActionVariable { variable: variable(item)?, test_value })
    };
    items.map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    const POP: &str = "<name>CRM</name><type>BROWSER_POP</type><handledBy>FINESSE_DESKTOP</handledBy><params><Param>\
                       <name>path</name><value>http://crm/?id=${callVariable1}&amp;x</value></Param></params>\
                       <actionVariables><ActionVariable><name>callVariable1</name><node>//x</node><type>SYSTEM</type>\
                       <testValue>7</testValue></ActionVariable></actionVariables>";

    fn read(inner: &str, before: Option<&WorkflowAction>) -> Result<WorkflowAction, (&'static str, String)> {
        let request = put(&format!("<WorkflowAction>{inner}</WorkflowAction>"));
        workflow_action(&request, 1, before).map_err(|failure| (failure.kind.as_str(), failure.data))
    }

    #[test]
    fn an_action_has_all_parameters_of_its_kind() {
        let pop = read(POP, None).unwrap();
        assert_eq!(pop.param("path"), "http://crm/?id=${callVariable1}&x");
        assert_eq!(
            pop.params.iter().map(|param| param.name.as_str()).collect::<Vec<_>>(),
            ["windowName", "path"]
        );
        assert_eq!(pop.variables[0].test_value, "7");
        let other = read(
            "<params><Param><name>windowName</name><value>crm</value></Param></params><actionVariables/>",
            Some(&pop),
        );
        let other = other.unwrap();
        assert_eq!((other.param("windowName"), other.param("path")), ("crm", pop.param("path")));
        assert!(other.variables.is_empty());
        let request = read("<type>HTTP_REQUEST</type>", Some(&pop)).unwrap();
        assert_eq!((request.params.len(), request.param("path")), (5, pop.param("path")));
    }

    #[test]
    fn whatever_is_wrong_is_a_bad_request() {
        let pop = read(POP, None).unwrap();
        assert_eq!(read("", Some(&pop)), Err(("Bad Request", String::new())));
        for (from, to, data) in [
            ("<name>CRM</name>", "", "name"),
            ("BROWSER_POP", "POP", "POP"),
            ("<handledBy>FINESSE_DESKTOP</handledBy>", "", "handledBy"),
            ("FINESSE_DESKTOP", "ME", "ME"),
            ("<name>callVariable1</name>", "", "name"),
        ] {
            assert_eq!(read(&POP.replace(from, to), None), Err(("Bad Request", data.to_owned())), "{to}");
        }
    }
}
