/** The page that plays recordings, in Chromium: a recording of this program, step by step, and files that are none. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { GUARD_MS, Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const LAB_NET = "127.82.6";
const HOLDFAST = process.env.HOLDFAST ?? "target/ci/holdfast";
const MB = 1024 * 1024;
let lab, browser, told;

before(async () => {
  const replay = promisify(execFile)(HOLDFAST, ["sim", "--replay", "3", "--until", "9000", "--json"], { maxBuffer: 64 * MB });
  [lab, browser, { stdout: told }] = await Promise.all([Lab.start({ net: LAB_NET, agents: 2 }), openBrowser(), replay]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1150 }, locale: "en-US", ...options });
  context.setDefaultTimeout(GUARD_MS);
  const page = await context.newPage();
  const eye = Object.assign(new Desktop(), { page, context, language: "en", troubles: [], words: {} });
  page.on("pageerror", (error) => eye.troubles.push(String(error)));
  page.on("console", (said) => /Content Security Policy/.test(said.text()) && eye.troubles.push(said.text()));
  await page.goto(`http://${LAB_NET}.10:8080/replay.html`);
  const load = (text) => page.locator("#file").setInputFiles({ name: "recording.json", mimeType: "application/json", buffer: Buffer.from(text) });
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  const speak = async (language) => {
    await press({ en: "English", ja: "日本語" }[language]);
    await page.locator(`html[lang=${language}]`).waitFor();
    eye.language = language;
  };
  return {
    page, eye, load, press, speak,
    number: async () => Number(await page.locator("#now-number").textContent()),
    says: () => page.locator("#now-says").textContent(),
    part: (id) => page.locator(`#map-parts [data-key="${id}"] .word`).textContent(),
    places: () => page.locator("#map, #now, #steps, .controls, .wrong-frame").evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect()))),
  };
}

test("a recording is gone through forward and back, by buttons, keys and the slider, and nothing jumps", async () => {
  const { page, eye, load, press, number, says, part, places, speak } = await open();
  await load(told);
  await page.locator("#summary", { hasText: "Seed 3, 9,000 steps: no rule is broken." }).waitFor();
  assert.equal(await number(), 1);
  assert.match(await says(), /^a world of 2 nodes and 6 agents/);
  const before = await places();
  await press("Forward");
  assert.equal(await says(), "starts");
  assert.deepEqual([await part("node-1"), await part("node-2")], ["Out of service", "Killed"]);
  await page.keyboard.press("ArrowRight");
  assert.equal(await number(), 3);
  await page.keyboard.press("ArrowLeft");
  await press("Back");
  assert.equal(await number(), 1);
  await page.keyboard.press("End");
  const end = await number();
  assert.ok(end > 8_900, `${end}`);
  await page.keyboard.press("Home");
  assert.equal(await number(), 1);
  await page.locator("#slider").fill("1500");
  const there = await number();
  assert.ok(there > 1_500, `signs of life are left out: ${there}`);
  await page.locator("#pulses").check();
  assert.equal(await number(), there, "listing more moves nobody");
  assert.deepEqual(await places(), before, "no step moves anything");
  assert.deepEqual(await eye.flaws(), []);
  await speak("ja");
  await page.locator("#summary", { hasText: "シード 3、全 9,000 ステップ：規則違反はありません。" }).waitFor();
  assert.deepEqual(await eye.flaws(), []);
  await eye.picture("replay");
  await speak("en");
  await eye.picture("replay");
  assert.deepEqual(eye.troubles, []);
  await page.context().close();
});

test("the next fault shows what is broken, the list can be about one part, and play goes on by itself", async () => {
  const { page, eye, load, press, number, part } = await open();
  await load(told);
  await press("Next fault");
  const first = await number();
  assert.ok(first > 1);
  await page.locator("#wrong li").first().waitFor();
  await press("Next fault");
  assert.ok((await number()) > first);
  await page.locator("#map-parts [data-key=node-2]").click();
  assert.equal(await page.locator("#about").inputValue(), "node 2");
  const who = await page.locator("#steps .who").allTextContents();
  assert.ok(who.length > 20 && who.every((names) => names.includes("node 2")), who.join());
  await page.locator("#about").selectOption({ index: 0 });
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.locator("#speed").selectOption("20");
  await press("Play");
  await page.locator("#now-number", { hasText: /^[2-9]\d$/ }).waitFor();
  await press("Pause");
  await press("Next broken rule");
  await page.locator("#summary", { hasText: "There is no later broken rule." }).waitFor();
  assert.notEqual(await part("node-1"), "");
  assert.deepEqual(eye.troubles, []);
  await page.context().close();
});

test("a broken rule is found by a click, and the picture is read on a phone", async () => {
  const { page, eye, load, press, says } = await open({ viewport: { width: 400, height: 900 } });
  const { replay } = JSON.parse(told);
  const rule = { at: replay.steps.at(-1).at, turn: 1, from: "watch", kind: "rule", says: "at 9s: (1) acted twice" };
  await load(JSON.stringify({ ...replay, broken: rule.says, steps: [...replay.steps, rule] }));
  await press("Next broken rule");
  assert.equal(await says(), rule.says);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400, "nothing hangs over the edge");
  assert.deepEqual(await eye.flaws(), []);
  await eye.picture("replay-narrow");
  await page.context().close();
});

test("a file that is no recording is told with what to do, and the page goes on", async () => {
  const { page, eye, load, speak } = await open();
  const trouble = (words) => page.locator("#trouble", { hasText: words }).waitFor();
  const { replay } = JSON.parse(told);
  await load("{");
  await trouble(/This file is not JSON .*holdfast sim --replay SEED --json > FILE/);
  await load("[]");
  await trouble("This is no recording of the simulation.");
  await load(JSON.stringify({ ...replay, recording: 2 }));
  await trouble("This is a recording of version 2; this page plays version 1.");
  await load(JSON.stringify({ ...replay, steps: [] }));
  await trouble("This recording has no steps.");
  await load(JSON.stringify({ ...replay, steps: [replay.steps[0], { ...replay.steps[1], kind: "miracle" }] }));
  await trouble("Step 2 of this recording cannot be read: the file is damaged.");
  await speak("ja");
  await trouble("ステップ 2 を読み取れません。");
  assert.deepEqual(await eye.flaws(), []);
  await eye.picture("replay-damaged");
  await load(told);
  await page.locator("#now-number", { hasText: "1" }).waitFor();
  assert.equal(await page.locator("#trouble").textContent(), "");
  assert.deepEqual(eye.troubles, []);
  await page.context().close();
});
