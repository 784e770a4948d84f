/** The browser's machine against every script of table.json, which the Rust machine writes by running. `run` beside
 * this file compiles and starts it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Machine } from "../../node_modules/.cache/failover/machine.js";
import { OURS } from "../../node_modules/.cache/failover/settings.js";
import { placeOf } from "../../node_modules/.cache/failover/state.js";

const table = JSON.parse(readFileSync(new URL("table.json", import.meta.url), "utf8"));

function replay(settings, place, script) {
  const machine = new Machine(settings, place, "primary");
  for (const step of script) {
    if (step.input.kind === "timeout") machine.handleTimeout(step.at);
    else machine.handle(step.input, step.at);
    const outputs = machine.outputs();
    if (step.outputs === undefined) continue;
    const { stage, server, deadline } = machine;
    const did = { outputs, stage, server, deadline };
    const expected = { outputs: step.outputs, stage: step.stage, server: step.server, deadline: step.deadline };
    assert.deepEqual(did, expected, `at ${step.at}: ${JSON.stringify(step.input)}`);
  }
}

test("the page runs with the settings of the table", () => assert.deepEqual(OURS, table.settings.ours));

test("the table is whole", () => {
  assert.ok(table.scenarios.length >= 37, `${table.scenarios.length} scenarios`);
  const stages = new Set(table.transitions.map((one) => one.from));
  const events = new Set(table.transitions.map((one) => one.event));
  const pairs = new Set(table.transitions.map((one) => `${one.from} ${one.event}`));
  assert.equal(pairs.size, stages.size * events.size);
});

for (const { id, shows, settings, two_servers, place, script } of table.scenarios) {
  test(`${id}: ${shows} (${settings})`, () => {
    replay({ ...table.settings[settings], two_servers }, place, script);
  });
}

for (const { from, event, to, script } of table.transitions) {
  test(`${from}, ${event}: ${to}`, () => replay(table.walk, 500, script));
}

test("agents have the same place in line", () => {
  for (const { agent, place } of table.places) assert.equal(placeOf(agent), place, agent);
});
