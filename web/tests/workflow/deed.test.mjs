/** What actions come to: which pages are opened, which requests are sent, and what is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { deedOf } from "../../node_modules/.cache/workflow/workflow/deed.js";

const action = (type, params, variables = []) => ({ name: "a", type, handledBy: "FINESSE_DESKTOP", params: new Map(Object.entries(params)), variables });
const pop = (path, values = {}, windowName = "crm") => deedOf(action("BROWSER_POP", { path, windowName }), ({ name }) => values[name] ?? "", []);
const request = (params, values = {}, origins = ["https://crm.example"]) =>
  deedOf(action("HTTP_REQUEST", { method: "POST", ...params }), ({ name }) => values[name] ?? "", origins);
const own = (path, values) => request({ location: "FINESSE", path }, values);
const other = (path, values, origins) => request({ location: "OTHER", path }, values, origins);

test("a page is opened with the values of the call, encoded", () => {
  const deed = pop("https://crm.example/find?name=${callVariable1}&n=${ fromAddress }#${x}", { callVariable1: "北浜 & Co", fromAddress: "+81" });
  assert.deepEqual(deed, { kind: "pop", url: "https://crm.example/find?name=%E5%8C%97%E6%B5%9C%20%26%20Co&n=%2B81#", window: "crm" });
});

test("a value cannot become another address, host or path", () => {
  const hostile = ["javascript:alert(1)", "https://evil.example/", "evil.example/", "evil.example#", "a@evil.example", "../.."];
  for (const v of hostile) {
    assert.notEqual(pop("${v}", { v }).kind, "pop", v);
    const whole = pop("https://crm.example/${v}", { v });
    assert.ok(whole.kind === "refused" || new URL(whole.url).host === "crm.example", v);
    const host = pop("https://${v}.crm.example/", { v });
    assert.ok(host.kind === "refused" || new URL(host.url).host.endsWith(".crm.example"), `${v}: ${host.url}`);
  }
});

test("nothing but pages of the web is opened", () => {
  for (const path of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "tel:1", "/desktop/", "", "https://user:password@crm.example/"])
    assert.deepEqual(pop(path), { kind: "refused", cause: "workflow_address", detail: path });
});

test("a request to the own server stays below its interface", () => {
  const deed = own("/finesse/api/User/${id}?q=${q}", { id: "1001", q: "../a" });
  assert.deepEqual([deed.kind, deed.path, deed.method, deed.contentType], ["own", "User/1001?q=..%2Fa", "POST", "application/xml"]);
  for (const path of ["/desktop/settings.json", "https://crm.example/finesse/api/User", "/finesse/apix", "/finesse/api/../admin", "/finesse/api/%2e%2E/x", "/finesse/api/a%2fb", "/finesse/api/a\\b", "User/1001"])
    assert.equal(own(path).cause, "workflow_address", path);
  for (const id of ["..", ".", "a/b", "a\\b"]) assert.equal(own("/finesse/api/User/${id}/Dialogs", { id }).cause, "workflow_address", id);
});

test("a request to another server goes to named origins only", () => {
  assert.deepEqual([other("https://crm.example/calls").kind, other("https://CRM.example:443/calls").kind], ["other", "other"]);
  for (const path of ["http://crm.example/", "https://crm.example:8443/", "https://crm.example.evil/", "https://evil.example/?https://crm.example"])
    assert.equal(other(path).cause, "workflow_origin", path);
  assert.deepEqual(other("https://crm.example/", {}, []), { kind: "refused", cause: "workflow_origin", detail: "https://crm.example" });
});

test("values stand in a body as its language has them", () => {
  const values = { name: 'A & "B"\n<c>' };
  const bodyAs = (contentType, body) => request({ location: "OTHER", path: "https://crm.example/", contentType, body }, values).body;
  assert.equal(bodyAs("application/xml", "<n>${name}</n>"), "<n>A &amp; &quot;B&quot;\n&lt;c&gt;</n>");
  assert.equal(JSON.parse(bodyAs("application/json; charset=utf-8", '{"n":"${name}"}')).n, values.name);
  assert.equal(new URLSearchParams(bodyAs("application/x-www-form-urlencoded", "n=${name}&m=1")).get("n"), values.name);
  assert.equal(bodyAs("text/plain", "${name}"), values.name);
});

test("a variable of the action's own is found by its path, all others by their names", () => {
  const variables = [{ name: "rank", node: "//Dialog/rank" }];
  const told = deedOf(action("BROWSER_POP", { path: "https://crm.example/?r=${rank}&d=${DNIS}" }, variables), ({ name, node }) => `${name}:${node}`, []);
  assert.equal(told.url, "https://crm.example/?r=rank%3A%2F%2FDialog%2Frank&d=DNIS%3A");
});

test("what the page does not know is refused by name", () => {
  assert.deepEqual(deedOf(action("SEND_FAX", {}), () => "", []), { kind: "refused", cause: "workflow_unknown", detail: "SEND_FAX" });
  assert.deepEqual(request({ method: "DELETE", location: "FINESSE", path: "/finesse/api/User/1" }), { kind: "refused", cause: "workflow_unknown", detail: "DELETE" });
});
