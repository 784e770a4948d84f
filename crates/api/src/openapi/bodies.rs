//! Bodies of requests: the elements that are read. Others are ignored, and any order will do (rest-api.md section 1.4).

use super::element::{Element, many, number, part, text, truth, word};

/// The body of a request by this method. Without parts if it is told nowhere.
pub(super) fn body(method: &str, root: &'static str) -> Element {
    let told = BODIES.iter().find(|(by, name, _)| *name == root && (*by == method || *by == ANY));
    part(root, told.map_or(&[], |(_, _, parts)| *parts))
}

const ANY: &str = "";

/// By method and root element; of two that fit, the first.
const BODIES: &[(&str, &str, &[Element])] = &[
    (ANY, "User", USER),
    ("POST", "Dialog", NEW_DIALOG),
    (ANY, "Dialog", DIALOG),
    (ANY, "ClientLog", &[text("logData")]),
    ("POST", "ReasonCode", REASON),
    (ANY, "ReasonCode", REASON_CHANGE),
    ("POST", "WrapUpReason", &[text("label"), truth("forAll")]),
    (ANY, "WrapUpReason", &[text("label").optional(), truth("forAll").optional()]),
    ("POST", "PhoneBook", &[text("name"), word("type", BOOKS)]),
    (ANY, "PhoneBook", &[text("name").optional(), word("type", BOOKS).optional()]),
    (ANY, "Contact", CONTACT),
    (ANY, "Contacts", &[many("Contact", CONTACT)]),
    (ANY, "ReasonCodes", &[many("ReasonCode", URI)]),
    (ANY, "WrapUpReasons", &[many("WrapUpReason", URI)]),
    (ANY, "PhoneBooks", &[many("PhoneBook", URI)]),
    (ANY, "Workflows", &[many("Workflow", URI)]),
    (ANY, "LayoutConfig", &[text("layoutxml")]),
    (ANY, "TeamLayoutConfig", &[truth("useDefault"), text("layoutxml").optional()]),
    ("POST", "MediaPropertiesLayout", MEDIA_LAYOUT),
    (ANY, "MediaPropertiesLayout", MEDIA_LAYOUT_CHANGE),
    ("POST", "Workflow", WORKFLOW),
    (ANY, "Workflow", WORKFLOW_CHANGE),
    ("POST", "WorkflowAction", WORKFLOW_ACTION),
    (ANY, "WorkflowAction", WORKFLOW_ACTION_CHANGE),
    (ANY, "SystemConfig", &[part("cti", CTI)]),
    (ANY, "ClusterConfig", &[part("secondaryNode", &[text("host")])]),
    (ANY, "EnterpriseDatabaseConfig", DATABASE),
];

const URI: &[Element] = &[text("uri")];

const USER: &[Element] = &[
    word("state", &["LOGIN", "LOGOUT", "READY", "NOT_READY", "WORK", "WORK_READY"]),
    text("extension").optional(),
    number("reasonCodeId").optional(),
    part("mobileAgent", &[word("mode", &["CALL_BY_CALL", "NAILED_CONNECTION"]), text("dialNumber")])
        .optional(),
];

const CALL_VARIABLES: Element =
    part("callvariables", &[many("CallVariable", &[text("name"), text("value")])]).optional();

const NEW_DIALOG: &[Element] = &[
    word("requestedAction", &["MAKE_CALL", "SILENT_MONITOR", "BARGE_CALL"]),
    text("fromAddress"),
    text("toAddress"),
    text("associatedDialogUri").optional(),
    part("mediaProperties", &[CALL_VARIABLES]).optional(),
];

const DIALOG: &[Element] = &[
    word(
        "requestedAction",
        &[
            "ANSWER",
            "HOLD",
            "RETRIEVE",
            "DROP",
            "CONSULT_CALL",
            "TRANSFER",
            "CONFERENCE",
            "TRANSFER_SST",
            "SEND_DTMF",
            "UPDATE_CALL_DATA",
            "PARTICIPANT_DROP",
            "START_RECORDING",
            "ACCEPT",
            "CLOSE",
            "REJECT",
            "RECLASSIFY",
            "UPDATE_SCHEDULED_CALLBACK",
            "CANCEL_SCHEDULED_CALLBACK",
        ],
    ),
    text("targetMediaAddress").optional(),
    text("toAddress").optional(),
    part("mediaProperties", &[text("wrapUpReason").optional(), CALL_VARIABLES]).optional(),
    part("actionParams", &[many("ActionParam", &[text("name"), text("value")])]).optional(),
];

const CATEGORIES: &[&str] = &["NOT_READY", "LOGOUT"];
const REASON: &[Element] = &[word("category", CATEGORIES), number("code"), text("label"), truth("forAll")];
const REASON_CHANGE: &[Element] =
    &[number("code").optional(), text("label").optional(), truth("forAll").optional()];

const BOOKS: &[&str] = &["GLOBAL", "TEAM"];
const CONTACT: &[Element] = &[
    text("phoneNumber"),
    text("firstName").optional(),
    text("lastName").optional(),
    text("description").optional(),
];

const ENTRIES: &[Element] = &[many("entry", &[text("displayName"), text("mediaProperty")])];
const MEDIA_LAYOUT: &[Element] =
    &[text("name"), text("description").optional(), part("header", ENTRIES), many("column", ENTRIES)];
const MEDIA_LAYOUT_CHANGE: &[Element] = &[
    text("name").optional(),
    text("description").optional(),
    part("header", ENTRIES).optional(),
    many("column", ENTRIES),
];

const VARIABLE: Element = part("Variable", &[text("name"), text("node").optional(), text("type").optional()]);
const COMPARED: &[Element] = &[VARIABLE, text("comparator"), text("value").optional()];
const TRIGGER_SET: Element = part(
    "TriggerSet",
    &[text("type"), text("name"), part("triggers", &[many("Trigger", COMPARED)]).optional()],
);
const CONDITION_SET: Element = part(
    "ConditionSet",
    &[word("applyMethod", &["ALL", "ANY"]), part("conditions", &[many("Condition", COMPARED)])],
);
const ACTIONS: Element =
    part("workflowActions", &[many("WorkflowAction", &[text("name").optional(), text("uri")])]);
const WORKFLOW: &[Element] =
    &[text("name"), text("description").optional(), TRIGGER_SET, CONDITION_SET.optional(), ACTIONS];
const WORKFLOW_CHANGE: &[Element] = &[
    text("name").optional(),
    text("description").optional(),
    TRIGGER_SET.optional(),
    CONDITION_SET.optional(),
    ACTIONS.optional(),
];

const ACTION_TYPES: &[&str] = &["BROWSER_POP", "HTTP_REQUEST"];
const HANDLERS: &[&str] = &["FINESSE_DESKTOP", "OTHER"];
const PARAMS: Element = part("params", &[many("Param", &[text("name"), text("value")])]);
const ACTION_VARIABLES: Element = part(
    "actionVariables",
    &[many(
        "ActionVariable",
        &[
            text("name"),
            text("node").optional(),
            word("type", &["SYSTEM", "CUSTOM"]),
            text("testValue").optional(),
        ],
    )],
)
.optional();
const WORKFLOW_ACTION: &[Element] =
    &[text("name"), word("type", ACTION_TYPES), word("handledBy", HANDLERS), PARAMS, ACTION_VARIABLES];
const WORKFLOW_ACTION_CHANGE: &[Element] = &[
    text("name").optional(),
    word("type", ACTION_TYPES).optional(),
    word("handledBy", HANDLERS).optional(),
    PARAMS.optional(),
    ACTION_VARIABLES,
];

const CTI: &[Element] = &[
    text("host"),
    number("port"),
    number("peripheralId"),
    text("backupHost").optional(),
    number("backupPort").optional(),
];

const DATABASE: &[Element] = &[
    text("host"),
    number("port"),
    text("backupHost").optional(),
    number("backupPort").optional(),
    text("databaseName"),
    text("domain").optional(),
    text("username"),
    text("password"),
];
