//! Documents that are answered: every element that can be in them. A scalar without a value is there and empty
//! (rest-api.md section 1.4), so types are those of values.

use super::element::{Element, attribute, many, number, part, text, texts, truth, word};

/// The document of this root. Without parts if it is told nowhere.
pub(super) fn document(root: &'static str) -> Element {
    DOCUMENTS.iter().find(|document| document.name == root).copied().unwrap_or(part(root, &[]))
}

const DOCUMENTS: &[Element] = &[
    part("ApiErrors", &[many("ApiError", &[text("ErrorData"), text("ErrorMessage"), text("ErrorType")])]),
    part("SystemInfo", SYSTEM_INFO),
    part("User", USER),
    part("Users", &[many("User", USER)]),
    part("Dialog", DIALOG),
    part("Dialogs", &[many("Dialog", DIALOG)]),
    part("Queue", QUEUE),
    part("Queues", &[many("Queue", QUEUE)]),
    part("Team", TEAM),
    part("Teams", &[many("Team", TEAM_NAME)]),
    part("ReasonCode", REASON),
    part("ReasonCodes", &[attribute("category"), many("ReasonCode", REASON)]),
    part("WrapUpReason", WRAP_UP),
    part("WrapUpReasons", &[many("WrapUpReason", WRAP_UP)]),
    part("PhoneBook", PHONE_BOOK),
    part("PhoneBooks", &[many("PhoneBook", PHONE_BOOK)]),
    part("Contact", CONTACT),
    part("Contacts", &[many("Contact", CONTACT)]),
    part("LayoutConfig", &[text("layoutxml"), text("uri")]),
    part("TeamLayoutConfig", &[text("layoutxml"), text("uri"), truth("useDefault")]),
    part("MediaPropertiesLayout", MEDIA_LAYOUT),
    part("MediaPropertiesLayouts", &[many("MediaPropertiesLayout", MEDIA_LAYOUT)]),
    part("Workflow", WORKFLOW),
    part("Workflows", &[many("Workflow", WORKFLOW)]),
    part("WorkflowAction", WORKFLOW_ACTION),
    part("WorkflowActions", &[many("WorkflowAction", WORKFLOW_ACTION)]),
    part("SystemVariables", &[many("SystemVariable", &[text("name"), text("node"), text("type")])]),
    part("SystemConfig", &[part("cti", CTI), text("uri")]),
    part("ClusterConfig", &[part("secondaryNode", HOST), text("uri")]),
    part("EnterpriseDatabaseConfig", DATABASE),
    part("ConfigInfo", CONFIG_INFO),
];

const HOST: &[Element] = &[text("host")];

const SYSTEM_INFO: &[Element] = &[
    text("currentTimestamp"),
    text("deploymentType"),
    word("lastCTIHeartbeatStatus", &["success", "failure"]),
    text("license"),
    number("peripheralId"),
    part("primaryNode", HOST),
    part("secondaryNode", &[text("host").optional()]),
    word("status", &["IN_SERVICE", "OUT_OF_SERVICE"]),
    text("statusReason"),
    text("systemAuthMode"),
    number("timezoneOffset"),
    text("uri"),
    text("xmppDomain"),
    text("xmppPubSubDomain"),
];

const USER: &[Element] = &[
    text("dialogs"),
    text("extension"),
    text("firstName"),
    text("lastName"),
    text("loginId"),
    text("loginName"),
    text("mediaType"),
    part("mobileAgent", &[text("dialNumber"), text("mode")]).optional(),
    text("pendingState"),
    part("reasonCode", REASON).optional(),
    number("reasonCodeId").optional(),
    part("roles", &[texts("role")]),
    part("settings", &[text("wrapUpOnIncoming"), text("wrapUpOnOutgoing")]),
    text("state"),
    text("stateChangeTime"),
    text("teamId"),
    text("teamName"),
    part("teams", &[many("Team", TEAM_NAME)]).optional(),
    text("uri"),
];

/// A member of a team.
const MEMBER: &[Element] = &[
    text("dialogs"),
    text("extension"),
    text("firstName"),
    text("lastName"),
    text("loginId"),
    text("pendingState"),
    part("reasonCode", REASON).optional(),
    text("state"),
    text("stateChangeTime"),
    text("uri"),
];

const TEAM_NAME: &[Element] = &[number("id"), text("name"), text("uri")];
const TEAM: &[Element] = &[number("id"), text("name"), text("uri"), part("users", &[many("User", MEMBER)])];

const PARTICIPANT: &[Element] = &[
    part("actions", &[texts("action")]),
    text("mediaAddress"),
    text("mediaAddressType"),
    text("startTime"),
    text("state"),
    text("stateCause"),
    text("stateChangeTime"),
];

const MEDIA_PROPERTIES: &[Element] = &[
    text("DNIS"),
    text("callType"),
    text("dialedNumber"),
    text("outboundClassification"),
    part("callvariables", &[many("CallVariable", &[text("name"), text("value")])]),
    text("wrapUpReason").optional(),
];

const DIALOG: &[Element] = &[
    text("associatedDialogUri"),
    text("fromAddress"),
    text("id"),
    part("mediaProperties", MEDIA_PROPERTIES),
    text("mediaType"),
    part("participants", &[many("Participant", PARTICIPANT)]),
    truth("rebuilding").optional(),
    part("scheduledCallbackInfo", &[text("callbackNumber"), text("callbackTime")]).optional(),
    text("secondaryId").optional(),
    text("state"),
    text("toAddress"),
    text("uri"),
];

const STATISTICS: &[Element] = &[
    number("agentsBusyOther"),
    number("agentsLoggedOn"),
    number("agentsNotReady"),
    number("agentsReady"),
    number("agentsTalkingInbound"),
    number("agentsTalkingInternal"),
    number("agentsTalkingOutbound"),
    number("agentsWrapUpNotReady"),
    number("agentsWrapUpReady"),
    number("callsInQueue"),
    text("startTimeOfLongestCallInQueue"),
];
const QUEUE: &[Element] = &[text("name"), part("statistics", STATISTICS), text("uri")];

const REASON: &[Element] = &[
    text("category"),
    number("code"),
    truth("forAll"),
    number("id"),
    text("label"),
    truth("systemCode").optional(),
    text("uri"),
];
const WRAP_UP: &[Element] = &[truth("forAll"), text("label"), text("uri")];

const CONTACT: &[Element] =
    &[text("description"), text("firstName"), text("lastName"), text("phoneNumber"), text("uri")];
/// For agents with the contacts in it, as a member of a team with a capital; for administrators with their address.
const PHONE_BOOK: &[Element] = &[
    part("Contacts", &[many("Contact", CONTACT)]).optional(),
    part("contacts", &[many("Contact", CONTACT)]).optional(),
    text("name"),
    text("type"),
    text("uri"),
];

const ENTRIES: &[Element] = &[many("entry", &[text("displayName"), text("mediaProperty")])];
const MEDIA_LAYOUT: &[Element] = &[
    many("column", ENTRIES),
    text("description"),
    part("header", ENTRIES),
    text("name"),
    text("type"),
    text("uri"),
];

const COMPARED: &[Element] = &[
    part("Variable", &[text("name"), text("node").optional(), text("type").optional()]),
    text("comparator"),
    text("value"),
];
const WORKFLOW: &[Element] = &[
    part("ConditionSet", &[text("applyMethod"), part("conditions", &[many("Condition", COMPARED)])])
        .optional(),
    part("TriggerSet", &[text("name"), part("triggers", &[many("Trigger", COMPARED)]), text("type")]),
    text("description"),
    text("media").optional(),
    text("name"),
    text("uri"),
    part("workflowActions", &[many("WorkflowAction", WORKFLOW_ACTION)]),
];
const WORKFLOW_ACTION: &[Element] = &[
    part(
        "actionVariables",
        &[many("ActionVariable", &[text("name"), text("node"), text("testValue"), text("type")])],
    )
    .optional(),
    text("handledBy").optional(),
    text("name"),
    part("params", &[many("Param", &[text("name"), text("value")])]).optional(),
    text("type").optional(),
    text("uri"),
];

const CTI: &[Element] = &[
    text("backupHost").optional(),
    number("backupPort").optional(),
    text("host"),
    number("peripheralId"),
    number("port"),
];

const DATABASE: &[Element] = &[
    text("backupHost").optional(),
    number("backupPort").optional(),
    text("databaseName"),
    text("domain"),
    text("host"),
    text("password"),
    number("port"),
    text("uri"),
    text("username"),
];

const CONFIG_INFO: &[Element] = &[
    number("totalSkillGroups"),
    number("totalSupervisors"),
    number("totalTeams"),
    number("totalUsers"),
    text("uri"),
    text("versionInfo"),
];

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::element::Of;
    use super::*;

    /// What is told of the element is what is there, all the way down.
    fn compare(told: &[Element], found: &xml::Element, place: &str) {
        for part in found.children() {
            let place = format!("{place}/{}", part.name);
            let Some(known) = told.iter().find(|known| known.name == part.name) else {
                panic!("{place} is not described")
            };
            match known.of {
                Of::Parts(parts) | Of::Many(parts) => compare(parts, part, &place),
                Of::Text | Of::Number | Of::Truth | Of::Word(_) | Of::Attribute | Of::ManyTexts => {
                    assert_eq!(part.children().count(), 0, "{place} has parts");
                }
            }
        }
        for known in told.iter().filter(|known| !known.optional && !matches!(known.of, Of::Attribute)) {
            assert!(
                found.last_child(known.name).is_some(),
                "{place} has no {}, which is said to be always there",
                known.name
            );
        }
    }

    #[test]
    fn every_golden_document_is_as_described() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
        let mut compared = 0;
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let found = xml::Element::parse(text.trim_end().as_bytes(), &xml::Limits::default()).unwrap();
            let told = DOCUMENTS.iter().find(|document| document.name == found.name);
            let Some(Of::Parts(parts)) = told.map(|document| document.of) else { panic!("{}", found.name) };
            compare(parts, &found, &path.display().to_string());
            compared += 1;
        }
        assert!(compared >= 20, "{compared}");
    }
}
