/** What a desktop takes from its servers, and when, however late it comes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { History } from "../../node_modules/.cache/desk/desk/history.js";
import { answer, asked, element, hold, pass } from "./browser.mjs";
import { Desktop, call, calls, user } from "./desktop.mjs";

/** Both servers are silent to it; then the other one serves, and takes its transport. */
async function goingOver(desktop) {
  desktop.ear.lost();
  for (const pause of [200, 500, 1000]) {
    await pass(pause);
    desktop.ear.failed({ wrongPassword: false, retryAfter: null });
    await pass(0);
  }
  await polledUntilItMoves(desktop);
  await desktop.up();
}

async function polledUntilItMoves(desktop) {
  for (let polls = 0; desktop.stage !== "move_connect" && polls < 30; polls += 1) {
    if (!asked.some(({ path }) => path === "SystemInfo")) await pass(1000);
    else await desktop.pollAll();
  }
  assert.equal(desktop.stage, "move_connect");
}

test("the late answer of an older reading brings no ended call back", async () => {
  const desktop = await Desktop.signedIn();
  await desktop.reconnect();
  const [late, userLate] = [hold("User/1001/Dialogs"), hold("User/1001")];
  await desktop.lists();
  await desktop.reconnect();
  await desktop.tell(element("Dialogs", [call("17")]), { event: "POST" });
  await late(calls(call("16")));
  await userLate(user("LOGOUT"));
  assert.equal(desktop.stage, "refresh", "the newer reading goes on");
  await desktop.read(user("TALKING"), calls());
  assert.deepEqual(desktop.callIds, ["17"], "what was told during the newer reading is newer than it");
  assert.equal(desktop.stage, "connected");
  assert.equal(desktop.ended, null);
});

test("the late answer of a reading whose connection is lost changes nothing", async () => {
  const desktop = await Desktop.signedIn();
  await desktop.reconnect();
  desktop.ear.lost();
  desktop.store.wait("r", { on: "user", what: "READY", whom: "" });
  await desktop.read(user("LOGOUT"), calls(call("16")));
  assert.deepEqual(desktop.callIds, []);
  assert.ok(desktop.store.isWaiting("user"));
  assert.equal(desktop.store.user.value.state, "NOT_READY");
});

test("a LOGOUT that is told while the page is current signs out", async () => {
  const desktop = await Desktop.signedIn();
  await desktop.tell(user("LOGOUT"));
  assert.equal(desktop.ended, "signed_out");
});

test("a LOGOUT that is told while the page is not current is left to the reading", async () => {
  const desktop = await Desktop.signedIn();
  desktop.ear.finesse(false);
  await desktop.tell(user("LOGOUT"));
  assert.equal(desktop.ended, null);
  desktop.ear.finesse(true);
  await desktop.poll(true);
  await pass(500);
  await desktop.read(user("READY"), calls());
  assert.equal(desktop.stage, "connected");
  assert.equal(desktop.store.user.value.state, "READY");
});

test("who is read as signed out on the same server was signed out", async () => {
  const desktop = await Desktop.signedIn();
  await desktop.reconnect();
  await desktop.read(user("LOGOUT"), calls());
  assert.equal(desktop.ended, "signed_out");
});

test("after a move LOGOUT is read again for 10 s, and then it counts", async () => {
  const desktop = await Desktop.signedIn();
  await goingOver(desktop);
  await desktop.takeSignIn();
  for (let second = 0; second < 10; second += 1) {
    assert.equal(desktop.stage, "refresh");
    await desktop.read(user("LOGOUT"), calls());
    assert.equal(desktop.ended, null, `after ${second} s`);
    await pass(1000);
  }
  await desktop.read(user("LOGOUT"), calls());
  assert.equal(desktop.ended, "signed_out");
});

test("a sign-in that is refused on the move keeps its cause until it is asked for again", async () => {
  const desktop = await Desktop.signedIn();
  await goingOver(desktop);
  const { headers } = asked.find(({ method }) => method === "PUT");
  await answer("User/1001", null, 202);
  const error = element("apiError", [element("errorType", "Device Busy"), element("errorMessage", "61001")]);
  await desktop.tell(element("apiErrors", [error]), { requestId: headers.requestId });
  assert.equal(desktop.store.banner.value.banner, "sign_in_failed");
  assert.deepEqual(desktop.store.moveFailure.value, { cause: "device_busy", detail: "61001" });
  await polledUntilItMoves(desktop);
  desktop.ear.failed({ wrongPassword: false, retryAfter: null });
  assert.equal(desktop.store.banner.value.banner, "sign_in_failed");
  assert.equal(desktop.store.moveFailure.value, null, "it was not asked this time");
});

test("a request without an outcome says so; a key of the telephone has none", async () => {
  const desktop = await Desktop.signedIn();
  const ready = desktop.desk.acts.setState("READY", null);
  await answer("User/1001", null, 202);
  assert.equal(await ready, true);
  await pass(9_999);
  assert.deepEqual(desktop.store.notices.value, []);
  await pass(1);
  const [{ what, cause }] = desktop.store.notices.value;
  assert.deepEqual([what, cause], ["READY", "no_outcome"]);
  assert.equal(desktop.store.isWaiting("user"), false);
  const same = desktop.desk.acts.setState("NOT_READY", "7");
  await answer("User/1001", null, 202);
  await same;
  await pass(10_000);
  assert.equal(desktop.store.notices.value.length, 1, "he is Not Ready already: there is nothing to tell");
  await desktop.tell(calls(call("16")), { event: "POST" });
  desktop.store.dialogs.value = [{ ...desktop.store.dialogs.value[0], wrapUpReason: "Order" }];
  await desktop.desk.acts.wrapUp("16", "Order");
  assert.deepEqual(asked, [], "a reason that stands there already is not sent");
  const key = desktop.desk.acts.sendDtmf("16", "4");
  await answer("Dialog/16", null, 202);
  await key;
  assert.equal(desktop.store.isWaiting("16"), false, "the next key can be pressed at once");
  await pass(10_000);
  assert.equal(desktop.store.notices.value.length, 1);
});

test("who signs in after somebody else sees nothing of him", async () => {
  const { store } = await Desktop.signedIn();
  const lists = ["notReadyReasons", "signOutReasons", "wrapUpReasons"];
  for (const list of lists) store[list].value = [{ id: "1", label: "Break" }];
  store.clear();
  for (const list of lists) assert.deepEqual(store[list].value, [], list);
});

test("the calls of yesterday go at midnight, from an open page and from one that is loaded again", async () => {
  const desktop = await Desktop.signedIn();
  const numbers = () => desktop.desk.history.entries.value.map(({ dialog }) => dialog);
  await desktop.tell(calls(call("16")), { event: "POST" });
  await desktop.tell(calls(call("16", "DROPPED")), { event: "DELETE" });
  await desktop.tell(calls(call("17")), { event: "POST" });
  assert.deepEqual(numbers(), ["17", "16"]);
  await pass(14 * 60_000);
  assert.deepEqual(numbers(), ["17", "16"]);
  await pass(60_000);
  assert.deepEqual(numbers(), ["17"], "it is under way");
  await desktop.tell(calls(call("17", "DROPPED")), { event: "DELETE" });
  await pass(23 * 60 * 60_000);
  assert.deepEqual(numbers(), ["17"], "it ended today");
  desktop.desk.history.end();
  await pass(60 * 60_000);
  assert.deepEqual(new History(desktop.store, "1001").entries.value, [], "nobody was there at midnight");
});
