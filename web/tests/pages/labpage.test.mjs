/** The lab page in Chromium: the picture shows who is in service, and each fault is a button on the part it breaks. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { GUARD_MS, Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const LAB_NET = "127.82.2";
let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: LAB_NET }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: "en-US", ...options });
  context.setDefaultTimeout(GUARD_MS);
  const page = await context.newPage();
  // A desktop's eye for flaws and pictures.
  const eye = Object.assign(new Desktop(), { page, context, language: "en", troubles: [] });
  page.on("pageerror", (error) => eye.troubles.push(String(error)));
  page.on("console", (said) => /Content Security Policy/.test(said.text()) && eye.troubles.push(said.text()));
  await page.goto(`http://${LAB_NET}.10:8080/`);
  await page.locator("#main[aria-busy=false]").waitFor();
  const part = (id) => page.locator(`.part[data-key="${id}"]`);
  return {
    page, eye, part,
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    says: (id, word) => part(id).locator(".mood", { hasText: word }).waitFor(),
    wire: (id, kind) => page.locator(`#wires path[data-key="${id}"].${kind}`).waitFor({ state: "attached" }),
    places: () => page.locator(".part").evaluateAll((cards) => cards.map((card) => JSON.stringify(card.getBoundingClientRect()))),
    speak: async (language) => {
      await page.getByRole("button", { name: { en: "English", ja: "日本語" }[language] }).click();
      await page.locator(`html[lang=${language}]`).waitFor();
      eye.language = language;
    },
  };
}

test("an AWDB host is killed, left without its distributor and made to hang, each by a click", async () => {
  const { eye, part, press, says, wire, page, places, speak } = await open();
  await says("awdb-1", "Answers");
  await wire("node-1 awdb-1 0", "live");
  const before = await places();
  await press("Kill: awdb-1");
  await says("awdb-1", "Killed");
  await wire("node-1 awdb-1 0", "cut");
  await press("Start again: awdb-1");
  await says("awdb-1", "Answers");
  await press("Stop distributor: awdb-2");
  await says("awdb-2", "Distributor stopped: old data");
  assert.deepEqual(await places(), before, "news move nothing");
  await press("Stop distributor: awdb-2");
  await part("awdb-2").locator("summary").click();
  await press("Hang sign-ins: from node-1, awdb-2");
  await press("Slow: from node-1, awdb-2");
  await part("awdb-2").locator(".why", { hasText: "from node-1: 200 ms each way, sign-ins hang" }).waitFor();
  await wire("node-1 awdb-2 0", "ill");
  assert.deepEqual(await eye.flaws(), []);
  await press("Hang sign-ins: from node-1, awdb-2");
  await part("awdb-2").locator(".why", { hasText: /from node-1: 200 ms each way$/ }).waitFor();
  await press("Slow: from node-1, awdb-2");
  await says("awdb-2", "Answers");
  await speak("ja");
  await says("awdb-2", "応答中");
  assert.deepEqual(await eye.flaws(), []);
  assert.deepEqual(eye.troubles, []);
  await page.context().close();
});

test("a click kills CTI server A, the picture shows B in service, a click revives A", async () => {
  const { page, eye, part, press, says, wire, places, speak } = await open();
  await says("cti-a", "Active");
  await says("node-1", "In service");
  await wire("node-1 cti-a 0", "live");
  await wire("switch cti-a 0", "live");
  assert.deepEqual(await eye.flaws(), []);
  const before = await places();

  await press("Kill: cti-a");
  await says("cti-a", "Killed");
  await says("cti-b", "Active");
  await wire("switch cti-a 0", "cut");
  await wire("node-1 cti-b 1", "live");
  await says("node-1", "In service");
  await part("node-1").getByText("Connected to cti-b").waitFor();
  await page.locator('#timeline li[data-what="cti.in_service"]').first().waitFor();
  assert.deepEqual(await places(), before, "nothing has moved");
  await eye.pictures("lab-cti-killed");

  await press("Start again: cti-a");
  await says("cti-a", "Standby");
  await speak("ja");
  await says("cti-b", "アクティブ");
  await press("強制終了：node-2");
  await says("node-2", "強制終了済み");
  await page.locator("#summary[data-mood=warn]").waitFor();
  await says("desks node-2", "サーバー停止中");
  await press("再起動：node-2");
  await says("node-2", "サービス中");
  const told = await page.locator("#timeline li span").allTextContents();
  assert.ok(told.some((line) => line.includes("接続が失われました")), "why, too");
  assert.deepEqual(told.filter((line) => /[a-z]{3,} [a-z]{2,}/i.test(line)), [], "nothing is left in English");
  assert.deepEqual(eye.troubles, []);
  await eye.context.close();
});

test("by keyboard a link is slowed and healed, and the card shows it", async () => {
  const { page, eye, part, press, says, wire } = await open({ colorScheme: "dark" });
  const slow = page.getByRole("button", { name: "Slow: node-2 → cti-b", exact: true });
  await slow.focus();
  await slow.press("Enter");
  await says("node-2 cti-b", "200 ms each way");
  await wire("node-2 cti-b 0", "ill");
  assert.equal(await slow.getAttribute("aria-pressed"), "true");
  assert.ok(await slow.evaluate((button) => button === document.activeElement), "the focus has stayed");
  assert.deepEqual(await eye.flaws(), []);
  await press("Hang: node-2 → cti-b");
  await says("node-2 cti-b", "Hangs, 200 ms each way");
  await press("Hang: node-2 → cti-b");
  await says("node-2 cti-b", /^200 ms each way$/);
  await slow.press("Space");
  await part("node-2 cti-b").locator("button[aria-pressed=true]").waitFor({ state: "detached" });
  assert.deepEqual(eye.troubles, []);
  await eye.context.close();
});

test("in a window of any width no cell of the agents stands over the next", async () => {
  for (const language of ["en", "ja"]) {
    const { page, eye, speak } = await open({ viewport: { width: 1100, height: 900 } });
    await speak(language);
    const over = (rows) => rows.flatMap((row) => [...row.cells].filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.innerText));
    assert.deepEqual(await page.locator("#agents tr").evaluateAll(over), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1100, "only the table scrolls");
    await eye.context.close();
  }
});

test("on a small screen a scripted caller is answered at the phone, and nothing stands out of the page", async () => {
  const { page, eye, press } = await open({ viewport: { width: 420, height: 900 } });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 420, "nothing stands out");
  await page.getByLabel("Search agents").fill("alice");
  await press("Sign in: agent 1002");
  await press("Ready: agent 1002");
  await page.locator("#agents td.on").waitFor();
  await page.getByLabel("The phone answers by itself").check();
  await page.locator("#plots").getByRole("button", { name: "One call" }).click();
  await page.locator("#calls .leg", { hasText: "61002 · talks" }).waitFor();
  await press("End all calls");
  await page.locator("#no-calls").waitFor();
  await eye.picture("lab-small");
  assert.deepEqual(eye.troubles, []);
  await eye.context.close();
});

test("without its lab the page says so", async () => {
  const { page, eye } = await open();
  await lab.stop();
  await page.getByText("The lab does not answer.").waitFor();
  await page.locator("#main[aria-busy=true]").waitFor();
  await eye.pictures("lab-gone");
  assert.deepEqual(eye.troubles, []);
  await eye.context.close();
});
