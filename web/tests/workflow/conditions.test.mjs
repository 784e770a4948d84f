/** Which calls a workflow is meant for. `run` beside this file compiles and starts it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isMeant } from "../../node_modules/.cache/workflow/workflow/conditions.js";
import { valueIn } from "../../node_modules/.cache/workflow/workflow/variables.js";

const condition = (comparator, value, name = "v") => ({ variable: { name, node: "" }, comparator, value });
const holds = (comparator, actual, wanted) => isMeant({ any: false, conditions: [condition(comparator, wanted)] }, () => actual);

/** Comparator, what is compared with, what holds, what does not. */
const TABLE = [
  ["IS_EQUAL", "gold", ["gold", " gold "], ["Gold", "golden", ""]],
  ["IS_NOT_EQUAL", "gold", ["Gold", ""], ["gold", "gold "]],
  ["CONTAINS", "old", ["gold", "old"], ["Old", ""]],
  ["NOT_CONTAINS", "old", ["silver", ""], ["gold"]],
  ["BEGINS_WITH", "+81", ["+81312345678"], ["0081", ""]],
  ["ENDS_WITH", "78", ["12345678", " 78 "], ["78x", ""]],
  ["IS_EMPTY", "", ["", "  "], ["x"]],
  ["IS_NOT_EMPTY", "", ["x"], ["", "  "]],
  ["IS_IN_LIST", "8000, 8001 ,\n8002", ["8000", "8001", "8002", " 8001 "], ["800", "8000,8001", ""]],
  ["LOOKS_LIKE", "gold", [], ["gold", ""]],
];

for (const [comparator, wanted, good, bad] of TABLE) {
  test(`${comparator} compares without the blanks around`, () => {
    for (const value of good) assert.equal(holds(comparator, value, wanted), true, `${comparator} ${wanted}: ${value}`);
    for (const value of bad) assert.equal(holds(comparator, value, wanted), false, `${comparator} ${wanted}: ${value}`);
  });
}

test("all conditions hold, or any, and a workflow without conditions is meant for every call", () => {
  const values = ({ name }) => ({ rank: "gold", queue: "Sales" })[name] ?? "";
  const both = [condition("IS_EQUAL", "gold", "rank"), condition("IS_EQUAL", "Help", "queue")];
  assert.equal(isMeant({ any: false, conditions: both }, values), false);
  assert.equal(isMeant({ any: true, conditions: both }, values), true);
  assert.equal(isMeant({ any: false, conditions: [] }, values), true);
  assert.equal(isMeant({ any: true, conditions: [] }, values), true);
});

test("a variable is one of the call, a fact about it, one of its agent, or at a path of its document", () => {
  const dialog = {
    id: "16", from: "0312345678", to: "8000", state: "ACTIVE", media: new Map([["DNIS", "8000"], ["queueName", "Sales"]]),
    variables: [{ name: "callVariable3", value: "A7" }, { name: "user.Layout", value: "Claims" }], document: "the document",
  };
  const user = { id: "1001", loginName: "asato", firstName: "", lastName: "", extension: "61001", teamId: "5", teamName: "Team Harbor" };
  const follow = (node, document) => `${node} of ${document}`;
  const value = (name, node = "") => valueIn({ dialog, user }, { name, node }, follow);
  assert.deepEqual(["callVariable3", "user.Layout", "DNIS", "queueName"].map((name) => value(name)), ["A7", "Claims", "8000", "Sales"]);
  assert.deepEqual(["fromAddress", "extension", "teamName"].map((name) => value(name)), ["0312345678", "61001", "Team Harbor"]);
  assert.equal(value("nobody knows"), "");
  assert.equal(value("constructor"), "", "what every object of the language has is no fact");
  assert.equal(value("rank", "//Dialog/state"), "//Dialog/state of the document");
});
