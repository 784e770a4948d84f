/** When a connection that says nothing counts as lost (failover.md CLIENT-X7). */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Heartbeat } from "../../node_modules/.cache/desk/link/heartbeat.js";

globalThis.window = globalThis;
const INTERVAL = 1_000;

function beating() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval"] });
  const seen = { asked: 0, lost: 0 };
  const heartbeat = new Heartbeat(INTERVAL, () => (seen.asked += 1), () => (seen.lost += 1));
  return { seen, heartbeat };
}

test("client_x7: three questions that nobody answers, and it is lost", () => {
  const { seen } = beating();
  mock.timers.tick(3 * INTERVAL);
  assert.deepEqual(seen, { asked: 3, lost: 0 });
  mock.timers.tick(INTERVAL);
  assert.deepEqual(seen, { asked: 3, lost: 1 });
});

test("client_x7: whatever is heard answers, and one that was stopped asks nothing", () => {
  const { seen, heartbeat } = beating();
  for (let beat = 0; beat < 10; beat += 1) {
    mock.timers.tick(2 * INTERVAL);
    heartbeat.hear();
  }
  assert.deepEqual(seen, { asked: 20, lost: 0 });
  heartbeat.stop();
  mock.timers.tick(10 * INTERVAL);
  assert.deepEqual(seen, { asked: 20, lost: 0 });
});
