/** When a desktop carries out the workflows of the site. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, asked, element, settled } from "./browser.mjs";
import { Desktop, call, calls, user } from "./desktop.mjs";

const names = (name, values) => Object.entries(values).map(([key, value]) => element(name, [element("name", key), element("value", value)]));
const workflow = (trigger, type, params) =>
  element("Workflow", [
    element("TriggerSet", [element("name", trigger)]),
    element("workflowActions", [
      element("WorkflowAction", [element("name", trigger), element("type", type), element("handledBy", "FINESSE_DESKTOP"), element("params", names("Param", params))]),
    ]),
  ]);
const pop = (trigger) => workflow(trigger, "BROWSER_POP", { windowName: "_self", path: `https://crm.example/${trigger}/\${id}` });

/** Pages that were opened, if the browser opens any. */
function browsing(opens = true) {
  const opened = [];
  globalThis.open = (url, name) => (opened.push(`${name} ${new URL(url).pathname}`), opens ? {} : null);
  return opened;
}

const all = element("Workflows", ["CALL_ARRIVES", "CALL_ANSWERED", "CALL_ENDED"].map(pop));

test("what the first reading finds is no news, and what becomes of it is", async () => {
  const opened = browsing();
  const desktop = await Desktop.signedIn({ dialogs: calls(call("16", "ALERTING")), lists: { Workflows: all } });
  assert.deepEqual(opened, []);
  await desktop.tell(call("16", "ACTIVE"));
  await desktop.tell(calls(call("17", "ALERTING")), { event: "POST" });
  assert.deepEqual(opened, ["holdfast-_self /CALL_ANSWERED/16", "holdfast-_self /CALL_ARRIVES/17"]);
});

test("a failover repeats nothing, and what happened meanwhile is done after it", async () => {
  const opened = browsing();
  const desktop = await Desktop.signedIn({ lists: { Workflows: all } });
  await desktop.tell(calls(call("16"), call("17")), { event: "POST" });
  assert.equal(opened.splice(0).length, 4);
  await desktop.reconnect();
  await desktop.read(user("TALKING"), calls(call("17"), call("18", "ALERTING")));
  assert.deepEqual(opened, ["holdfast-_self /CALL_ENDED/16", "holdfast-_self /CALL_ARRIVES/18"]);
});

test("a page that is not opened is told, the newest of an action only", async () => {
  browsing(false);
  const desktop = await Desktop.signedIn({ lists: { Workflows: all } });
  for (const id of ["16", "17"]) await desktop.tell(calls(call(id, "ALERTING")), { event: "POST" });
  const [{ what, cause, page }, ...more] = desktop.store.notices.value;
  assert.deepEqual([what, cause, page.url, more.length], ["CALL_ARRIVES", "workflow_page", "https://crm.example/CALL_ARRIVES/17", 0]);
});

test("requests to others carry nothing of the agent, and a refusal is told", async () => {
  browsing();
  const post = workflow("CALL_ARRIVES", "HTTP_REQUEST", { method: "POST", location: "OTHER", contentType: "text/plain", path: "https://crm.example/calls", body: "${fromAddress}" });
  const desktop = await Desktop.signedIn({ lists: { Workflows: element("Workflows", [post]) } });
  await desktop.tell(calls(call("16", "ALERTING")), { event: "POST" });
  const [{ host, method, headers, body }] = asked;
  assert.deepEqual([host, method, headers, body], ["crm.example", "POST", { "Content-Type": "text/plain" }, "555"]);
  await answer("/calls", null, 500);
  await settled();
  const [{ what, cause, detail }] = desktop.store.notices.value;
  assert.deepEqual([what, cause, detail], ["CALL_ARRIVES", "workflow_answer", "https://crm.example: 500"]);
});

test("requests to the own server go to the one that serves", async () => {
  browsing();
  const put = workflow("CALL_ARRIVES", "HTTP_REQUEST", { method: "PUT", location: "FINESSE", path: "/finesse/api/Dialog/${id}", body: "<Dialog/>" });
  const desktop = await Desktop.signedIn({ lists: { Workflows: element("Workflows", [put]) } });
  await desktop.tell(calls(call("16", "ALERTING")), { event: "POST" });
  const [{ host, method, path, headers }] = asked;
  assert.deepEqual([host, method, path, headers["Content-Type"]], ["127.87.1.11", "PUT", "Dialog/16", "application/xml"]);
  assert.match(headers.Authorization, /^Basic /);
});
