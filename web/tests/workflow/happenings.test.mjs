/** What counts as news of a call, and how often. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Happenings } from "../../node_modules/.cache/workflow/workflow/happenings.js";

const OWN = "61001";
const call = (id, state, { from = "0312345678", callType = "ACD_IN", actions = [] } = {}) => ({
  id, from, callType, participants: [{ address: OWN, state, actions: new Set(actions) }, { address: "x", state: "ACTIVE", actions: new Set() }],
});
const outgoing = (id, state) => call(id, state, { from: OWN, callType: "OUT" });
const preview = (id, state = "ALERTING") => call(id, state, { callType: "OUTBOUND_PREVIEW", actions: ["ACCEPT", "REJECT", "CLOSE"] });

/** Looks at these lists one after the other, after a first look at nothing. */
function told(...looks) {
  const happenings = new Happenings();
  happenings.look([], OWN);
  return looks.map((dialogs) => happenings.look(dialogs, OWN).map(({ trigger, dialog }) => `${trigger} ${dialog.id}`));
}

test("a call arrives, is answered and ends, each once", () => {
  const looks = told([call("1", "ALERTING")], [call("1", "ALERTING")], [call("1", "ACTIVE")], [call("1", "HELD")], [call("1", "ACTIVE")], [call("1", "WRAP_UP")], []);
  assert.deepEqual(looks, [["CALL_ARRIVES 1"], [], ["CALL_ANSWERED 1"], [], [], ["CALL_ENDED 1"], []]);
});

test("a call that was missed ends, and one that was transferred arrives answered", () => {
  assert.deepEqual(told([call("1", "ALERTING")], []), [["CALL_ARRIVES 1"], ["CALL_ENDED 1"]]);
  assert.deepEqual(told([call("1", "ACTIVE")]), [["CALL_ARRIVES 1", "CALL_ANSWERED 1"]]);
});

test("a call is made as soon as it is dialed, whoever answers it", () => {
  const looks = told([outgoing("1", "INITIATING")], [outgoing("1", "INITIATED")], [outgoing("1", "ACTIVE")], []);
  assert.deepEqual(looks, [[], ["CALL_MADE 1"], [], ["CALL_ENDED 1"]]);
  assert.deepEqual(told([outgoing("1", "INITIATING")], []), [[], []], "nobody was called");
});

test("a customer is previewed, and only if he was called the call ends", () => {
  assert.deepEqual(told([preview("1")], [preview("1")], []), [["CALL_PREVIEWED 1"], [], []]);
  const accepted = call("1", "ACCEPTED", { callType: "OUTBOUND_PREVIEW" });
  const talks = call("1", "ACTIVE", { callType: "OUTBOUND" });
  assert.deepEqual(told([preview("1")], [accepted], [talks], []), [["CALL_PREVIEWED 1"], [], ["CALL_ARRIVES 1", "CALL_ANSWERED 1"], ["CALL_ENDED 1"]]);
});

test("to listen to the call of somebody else is no call", () => {
  const monitor = (state) => call("1", state, { from: OWN, callType: "SUPERVISOR_MONITOR" });
  assert.deepEqual(told([monitor("INITIATED")], [monitor("ACTIVE")], []), [[], [], []]);
});

test("what was there before the page came is no news, but what becomes of it is", () => {
  const happenings = new Happenings();
  assert.deepEqual(happenings.look([call("1", "ALERTING"), call("2", "ACTIVE")], OWN), []);
  const news = happenings.look([call("1", "ACTIVE")], OWN).map(({ trigger, dialog }) => `${trigger} ${dialog.id}`);
  assert.deepEqual(news, ["CALL_ENDED 2", "CALL_ANSWERED 1"]);
});

test("a call that comes back after a failover is not told again, and one that ended meanwhile has ended once", () => {
  const looks = told([call("1", "ACTIVE"), call("2", "ALERTING")], [call("1", "ACTIVE")], [call("1", "ACTIVE"), call("2", "ALERTING")], [], [call("1", "ACTIVE")]);
  assert.deepEqual(looks, [["CALL_ARRIVES 1", "CALL_ANSWERED 1", "CALL_ARRIVES 2"], ["CALL_ENDED 2"], [], ["CALL_ENDED 1"], []]);
});

test("a call that is over when it is seen first is no call", () => {
  assert.deepEqual(told([call("1", "DROPPED")], []), [[], []]);
});

test("of a long day the last calls are remembered, and those that go on", () => {
  const happenings = new Happenings();
  happenings.look([call("long", "ACTIVE")], OWN);
  for (let id = 0; id < 1000; id += 1) {
    happenings.look([call("long", "ACTIVE"), call(String(id), "ACTIVE")], OWN);
    assert.equal(happenings.look([call("long", "ACTIVE")], OWN).length, 1, `the end of ${id}`);
  }
  assert.ok(happenings.known.size <= 200, `${happenings.known.size}`);
  assert.deepEqual(happenings.look([call("long", "ACTIVE"), call("999", "ACTIVE")], OWN), []);
});
