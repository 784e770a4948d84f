/** Workflows of the site as the server lists them for an agent, each with its actions (rest-api.md section 14). */

import { child, children, text } from "../finesse/xml.js";

/** What happens to a call. */
export type Trigger = "CALL_ARRIVES" | "CALL_ANSWERED" | "CALL_MADE" | "CALL_PREVIEWED" | "CALL_ENDED";

/** A fact about the call or its agent: known by its name, or found in the document of the call. */
export interface Variable {
  name: string;
  /** An XPath; empty where the name says all. */
  node: string;
}

export interface Condition {
  variable: Variable;
  comparator: string;
  value: string;
}

export interface Action {
  name: string;
  /** `BROWSER_POP` or `HTTP_REQUEST`. */
  type: string;
  /** Of those handled by others, a desktop of the reference tells its gadgets; this one has none. */
  handledBy: string;
  params: ReadonlyMap<string, string>;
  variables: readonly Variable[];
}

export interface Workflow {
  name: string;
  /** A name of a trigger, as far as this page knows it. */
  trigger: string;
  /** One condition is enough. */
  any: boolean;
  conditions: readonly Condition[];
  actions: readonly Action[];
}

export function readWorkflow(of: Element): Workflow {
  const conditions = child(of, "ConditionSet");
  return {
    name: text(of, "name"),
    trigger: text(of, "TriggerSet", "name"),
    any: text(conditions, "applyMethod") === "ANY",
    conditions: children(child(conditions, "conditions"), "Condition").map(readCondition),
    actions: children(child(of, "workflowActions"), "WorkflowAction").map(readAction),
  };
}

function readCondition(of: Element): Condition {
  return { variable: readVariable(child(of, "Variable")), comparator: text(of, "comparator"), value: text(of, "value") };
}

function readAction(of: Element): Action {
  const params = children(child(of, "params"), "Param");
  return {
    name: text(of, "name"),
    type: text(of, "type"),
    handledBy: text(of, "handledBy"),
    params: new Map(params.map((param) => [text(param, "name"), text(param, "value")])),
    variables: children(child(of, "actionVariables"), "ActionVariable").map(readVariable),
  };
}

function readVariable(of: Element | null): Variable {
  // What the system knows by name needs no path, whatever stands there.
  return { name: text(of, "name"), node: text(of, "type") === "SYSTEM" ? "" : text(of, "node") };
}
