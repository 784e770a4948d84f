/** Whether a workflow is meant for a call. Pure. */

import type { Condition, Variable, Workflow } from "./model.js";

/** What a variable is worth; empty if nobody knows it. */
export type ValueOf = (variable: Variable) => string;

/** Whether its conditions hold; one without conditions is meant for every call. */
export function isMeant({ conditions, any }: Workflow, valueOf: ValueOf): boolean {
  if (conditions.length === 0) return true;
  const holds = ({ variable, comparator, value }: Condition) => compare(comparator, valueOf(variable).trim(), value.trim());
  return any ? conditions.some(holds) : conditions.every(holds);
}

/** A comparator that nobody knows holds for nothing. */
function compare(comparator: string, value: string, wanted: string): boolean {
  switch (comparator) {
    case "IS_EQUAL":
      return value === wanted;
    case "IS_NOT_EQUAL":
      return value !== wanted;
    case "CONTAINS":
      return value.includes(wanted);
    case "NOT_CONTAINS":
      return !value.includes(wanted);
    case "BEGINS_WITH":
      return value.startsWith(wanted);
    case "ENDS_WITH":
      return value.endsWith(wanted);
    case "IS_EMPTY":
      return value === "";
    case "IS_NOT_EMPTY":
      return value !== "";
    case "IS_IN_LIST":
      return wanted.split(",").some((one) => one.trim() === value);
    default:
      return false;
  }
}
