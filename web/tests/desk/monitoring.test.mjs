/** What a supervisor's desktop makes of the calls that he listens to. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, answer, element } from "./browser.mjs";
import { Desktop, call, calls, user } from "./desktop.mjs";

const session = (id, from = "61001", to = "61002") =>
  element("Dialog", [
    element("id", id),
    element("fromAddress", from),
    element("toAddress", to),
    element("mediaProperties", [element("callType", "SUPERVISOR_MONITOR")]),
    element("participants", [from, to].map((one) => element("Participant", [element("mediaAddress", one), element("state", "ACTIVE")]))),
  ]);
const ended = element("apiErrors", [
  element("apiError", [element("errorType", "Generic Error"), element("errorMessage", "MONITORING_ENDED_WHILE_OUT_OF_SERVICE")]),
]);

const told = ({ store }) => store.notices.value.map(({ cause, whom }) => [cause, whom]);
const ids = (dialogs) => dialogs.map(({ id }) => id);

async function listening() {
  const desktop = await Desktop.signedIn();
  await desktop.tell(calls(session("21")), { event: "POST" });
  return desktop;
}

test("who listens has no call of his own by it, and who is listened to sees nothing", async () => {
  const desktop = await listening();
  await desktop.tell(calls(session("22", "61009", "61001")), { event: "POST" });
  await desktop.tell(calls(call("16")), { event: "POST" });
  assert.deepEqual(ids(desktop.store.calls.value), ["16"]);
  assert.deepEqual(ids(desktop.store.monitors.value), ["21"]);
  assert.deepEqual(desktop.desk.history.entries.value.map(({ dialog }) => dialog), ["16"]);
});

test("after an interruption a session that goes on is shown, and nothing is told", async () => {
  const desktop = await listening();
  await desktop.reconnect();
  assert.deepEqual(ids(desktop.store.monitors.value), ["21"], "marked meanwhile, but not gone");
  await desktop.read(user("NOT_READY"), calls(session("21")));
  assert.deepEqual([ids(desktop.store.monitors.value), told(desktop)], [["21"], []]);
});

test("of a session that an interruption has ended the supervisor is told once", async () => {
  const desktop = await listening();
  await desktop.reconnect();
  await desktop.read(user("NOT_READY"), calls());
  assert.deepEqual(told(desktop), [["monitor_lost", "61002"]]);
  await desktop.tell(ended);
  assert.deepEqual(told(desktop), [["monitor_lost", "61002"]], "the server's word on it is no more news");
});

test("a session that ends while all is well goes without a word, unless the server lost sight of it", async () => {
  const desktop = await listening();
  await desktop.tell(calls(session("21")), { event: "DELETE" });
  assert.deepEqual([ids(desktop.store.monitors.value), told(desktop)], [[], []]);
  await desktop.tell(ended);
  assert.deepEqual(told(desktop), [["monitor_lost", "61002"]]);
});

test("listening, joining and taking off are requests of the reference's form", async () => {
  const desktop = await listening();
  const { acts } = desktop.desk;
  const [session] = desktop.store.monitors.value;
  const all = [acts.monitor({ extension: "61003", name: "Bob" }), acts.bargeIn(session, "Alice"), acts.takeOff("16", "61002")];
  const [monitor, barge, off] = asked.map(({ method, path, body }) => `${method} ${path} ${body}`);
  assert.match(monitor, /^POST User\/1001\/Dialogs .*SILENT_MONITOR.*<fromAddress>61001<\/fromAddress><toAddress>61003</);
  assert.match(barge, /^POST User\/1001\/Dialogs .*BARGE_CALL.*<toAddress>61002<.*<associatedDialogUri>\/finesse\/api\/Dialog\/21</);
  assert.match(off, /^PUT Dialog\/16 .*PARTICIPANT_DROP.*<targetMediaAddress>61002</);
  await answer("User/1001/Dialogs", null, 202);
  await answer("User/1001/Dialogs", null, 400);
  await answer("Dialog/16", null, 202);
  assert.deepEqual(await Promise.all(all), [true, false, true]);
  assert.deepEqual(told(desktop), [["400", "Alice"]]);
});
