/** The order of what is read and what is told of a team. `run` beside this file compiles and starts it. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Team } from "../../node_modules/.cache/team/desk/team.js";
import { kindOf, othersOn } from "../../node_modules/.cache/team/finesse/call-kind.js";

/** As much of an element as is read: children, or a text. */
function element(localName, content) {
  const children = Array.isArray(content) ? content : [];
  return { localName, children, textContent: Array.isArray(content) ? "" : content };
}

const user = (id, state) => element("User", [element("loginId", id), element("state", state)]);
const team = (...users) => ({ ok: true, document: element("Team", [element("users", users)]) });
const member = (id, state) => ({ id, state, firstName: "", lastName: "", extension: "", pendingState: "", since: null });
const refusal = (status, retryAfter = null) => ({ ok: false, refusal: { status, type: "", message: "", retryAfter } });

/** A desktop that answers when it is told to. */
class Wire {
  asked = [];
  subscribed = [];
  left = [];

  rest() {
    return { get: (path) => new Promise((answer) => this.asked.push({ path, answer })) };
  }

  subscribe(node) {
    this.subscribed.push(node);
    return Promise.resolve(true);
  }

  unsubscribe(node) {
    this.left.push(node);
  }

  /** Answers the oldest request for this path. */
  async answer(path, answer) {
    const at = this.asked.findIndex((one) => one.path === path);
    assert.notEqual(at, -1, `${path} was not asked for, but ${this.asked.map((one) => one.path)}`);
    this.asked.splice(at, 1)[0].answer(answer);
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function looking(...users) {
  const wire = new Wire();
  const looked = new Team(wire);
  looked.look("5000");
  await settled();
  if (users.length) await wire.answer("Team/5000", team(...users));
  return { wire, looked };
}

const states = (looked) => looked.rows.value.map((row) => `${row.id} ${row.member.value.state}`);

test("it subscribes first, and what is told while the team is read is newer", async () => {
  const { wire, looked } = await looking();
  assert.deepEqual(wire.subscribed, ["/finesse/api/Team/5000/Users"]);
  assert.equal(looked.phase.value.kind, "loading");
  looked.hear("5000", member("1002", "READY"));
  looked.hear("5001", member("1003", "READY"));
  await wire.answer("Team/5000", team(user("1002", "NOT_READY"), user("1003", "LOGOUT")));
  assert.deepEqual(states(looked), ["1002 READY", "1003 LOGOUT"]);
  assert.equal(looked.fresh.value, true);
  assert.deepEqual(looked.counts.value, { ready: 1, busy: 0, wrap_up: 0, not_ready: 0, signed_out: 1 });
});

test("numbers follow each change, and whoever joins is listed", async () => {
  const { looked } = await looking(user("1002", "READY"), user("1003", "LOGOUT"));
  looked.hear("5000", member("1002", "HOLD"));
  looked.hear("5000", member("1004", "WORK_READY"));
  assert.deepEqual(states(looked), ["1002 HOLD", "1003 LOGOUT", "1004 WORK_READY"]);
  assert.deepEqual(looked.counts.value, { ready: 0, busy: 1, wrap_up: 1, not_ready: 0, signed_out: 1 });
});

test("a server that is lost leaves the rows, marks them, and its late answer is not taken", async () => {
  const { wire, looked } = await looking(user("1002", "READY"));
  const row = looked.row("1002");
  void looked.read();
  await settled();
  looked.lost();
  assert.equal(looked.fresh.value, false);
  await wire.answer("Team/5000", team(user("1002", "TALKING")));
  assert.deepEqual(states(looked), ["1002 READY"]);
  assert.equal(looked.fresh.value, false);
  void looked.read();
  await settled();
  await wire.answer("Team/5000", team(user("1002", "NOT_READY")));
  assert.deepEqual(states(looked), ["1002 NOT_READY"]);
  assert.equal(looked.row("1002"), row, "the row that was on the page lives on");
  assert.equal(looked.fresh.value, true);
});

test("who looks at another team leaves the first, and nothing of it arrives any more", async () => {
  const { wire, looked } = await looking();
  looked.look("5001");
  assert.deepEqual(wire.left, ["/finesse/api/Team/5000/Users"]);
  await settled();
  await wire.answer("Team/5000", team(user("1002", "READY")));
  await wire.answer("Team/5001", team(user("1012", "READY")));
  looked.hear("5000", member("1002", "READY"));
  assert.deepEqual(states(looked), ["1012 READY"]);
});

test("a team that could not be read is read again when the server wishes", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { wire, looked } = await looking();
  await wire.answer("Team/5000", refusal(503, 2_000));
  assert.equal(looked.phase.value.kind, "refused");
  mock.timers.tick(1_999);
  await settled();
  assert.equal(wire.asked.length, 0);
  mock.timers.tick(1);
  await settled();
  await wire.answer("Team/5000", team(user("1002", "READY")));
  assert.equal(looked.phase.value.kind, "shown");
  mock.timers.reset();
});

test("calls are read of those on a call whom somebody sees, four at a time", async () => {
  const ids = ["1", "2", "3", "4", "5", "6"];
  const { wire, looked } = await looking(...ids.map((id) => user(id, "TALKING")), user("7", "READY"));
  assert.equal(wire.asked.length, 0, "nobody sees them");
  for (const row of looked.rows.value) looked.see(row, true);
  assert.equal(wire.asked.length, 4);
  looked.see(looked.row("6"), false);
  const call = element("Dialogs", [element("Dialog", [element("id", "16")])]);
  for (const id of ids.slice(0, 5)) await wire.answer(`User/${id}/Dialogs`, { ok: true, document: call });
  assert.equal(wire.asked.length, 0, "6 is out of sight");
  assert.equal(looked.row("1").calls.value[0].id, "16");
  looked.hear("5000", member("1", "READY"));
  assert.equal(looked.row("1").calls.value, null);
  looked.hear("5000", member("7", "TALKING"));
  assert.deepEqual(wire.asked.map((one) => one.path), ["User/7/Dialogs"]);
});

test("mapping_3_6 every kind of call is told in a supervisor's words", () => {
  const kinds = {
    inbound: ["ACD_IN", "PREROUTE_ACD_IN", "PREROUTE_DIRECT_AGENT", "TRANSFER", "OVERFLOW_IN", "OTHER_IN", "OFFERED", "NON_ACD"],
    outbound: [
      "AUTO_OUT", "OUTBOUND", "AGENT_OUT", "OUT", "PREVIEW", "RESERVATION", "OUTBOUND_PREVIEW", "OUTBOUND_DIRECT_PREVIEW",
      "OUTBOUND_CALLBACK_PREVIEW", "OUTBOUND_PERSONAL_CALLBACK_PREVIEW", "OUTBOUND_CALLBACK", "OUTBOUND_PERSONAL_CALLBACK",
    ],
    internal: ["AGENT_INSIDE", "ASSIST_CALL", "EMERGENCY", "SUPERVISOR_MONITOR", "SUPERVISOR_WHISPER", "SUPERVISOR_INTERCEPT"],
    consult: ["CONSULT", "CONSULT_OFFERED"],
    conference: ["CONFERENCE", "CONSULT_CONFERENCE", "BARGE_IN_CONSULT"],
    other: ["UNMONITORED", "TASK_ROUTED_BY_ICM", "TASK_ROUTED_BY_APPLICATION", ""],
  };
  for (const [kind, types] of Object.entries(kinds))
    for (const callType of types) assert.equal(kindOf({ callType, participants: [] }), kind, callType);
});

test("three on a call are a conference, and who has left is not on it", () => {
  const party = (address, state) => ({ address, state });
  const participants = [party("555", "ACTIVE"), party("61002", "ACTIVE"), party("1003", "HELD")];
  assert.equal(kindOf({ callType: "ACD_IN", participants }), "conference");
  const left = [...participants.slice(0, 2), party("1003", "DROPPED")];
  assert.equal(kindOf({ callType: "ACD_IN", participants: left }), "inbound");
  assert.deepEqual(othersOn({ participants: left }, "61002"), ["555"]);
});
