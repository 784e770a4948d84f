/** The desktop in Chromium against a whole contact center. `run` beside this file starts it. Waits for states, never
 * for times. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Lab, NET, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const MARKUP = "<img src=x onerror=alert(1)>";

for (const language of ["en", "ja"]) {
  // One by id, the other by login name.
  const [name, extension] = language === "en" ? ["Alice", "61002"] : ["1003", "1003"];

  test(`${language}: a wrong password is told in the words of failover.md section 7`, async () => {
    const desktop = await Desktop.open(browser, language);
    assert.deepEqual(await desktop.flaws(), []);
    await desktop.picture("sign-in");
    await desktop.signIn(name, extension, "wrong");
    await desktop.page.getByText(desktop.words.wrong).waitFor();
    await desktop.picture("sign-in-refused");
    await desktop.close();
  });

  test(`${language}: the page survives kill -9 of its server in the middle of a call`, async () => {
    const desktop = await Desktop.open(browser, language);
    const { page, words: say } = desktop;
    await desktop.signIn(name, extension);
    await desktop.signedIn();
    await desktop.state("NOT_READY");
    assert.deepEqual(await desktop.flaws(), []);
    await desktop.picture("not-ready");
    await desktop.press(say.ready);
    await desktop.state("READY");

    await lab.ctl("call", "0312345678", "7200", "--var", `1=${MARKUP}`);
    await desktop.call("ALERTING").waitFor();
    await page.getByText(MARKUP, { exact: true }).waitFor();
    await desktop.picture("ringing");
    await desktop.press(say.answer);
    await desktop.call("ACTIVE").waitFor();
    await desktop.state("TALKING");
    const dialog = await desktop.call().getAttribute("data-dialog");
    await page.getByLabel(say.number, { exact: true }).fill("0398");
    await page.getByLabel(say.to).fill("99001");
    await desktop.picture("talking");

    await lab.ctl("kill", "node-1");
    await page.locator(".call.stale").waitFor();
    assert.equal(await desktop.button(say.hold).getAttribute("aria-disabled"), "true");
    await desktop.picture("failing-over");
    await desktop.banner("moved").waitFor();
    await page.getByText(desktop.words.movedTo(`${NET}.12`)).waitFor();
    await desktop.picture("failed-over");
    assert.equal(desktop.loads, 1, "the page was not loaded again");
    assert.equal(await desktop.call().getAttribute("data-dialog"), dialog, "the same call");
    assert.equal(await page.getByLabel(say.number, { exact: true }).inputValue(), "0398");
    assert.equal(await page.getByLabel(say.to).inputValue(), "99001");

    await desktop.press(say.hold);
    await desktop.call("HELD").waitFor();
    await desktop.picture("held");
    await desktop.press(say.retrieve);
    await desktop.call("ACTIVE").waitFor();
    await desktop.press(say.end);
    await desktop.call().waitFor({ state: "detached" });
    assert.deepEqual((await lab.calls()).filter((call) => String(call.id) === dialog), [], "the switch has no such call");
    await desktop.choose(say.notReadyReason, language === "en" ? "Lunch" : "休憩");
    await desktop.state("NOT_READY");
    await desktop.choose(say.signOut, "End of shift");
    await page.getByText(say.signedOut).waitFor();
    await desktop.picture("signed-out");
    await lab.ctl("start", "node-1");
    await lab.inService();
    await desktop.close();
  });
}

test("calls are made, consulted about and joined, and both servers die, over BOSH", async () => {
  const desktop = await Desktop.open(browser, "en", { host: 12, query: "?transport=bosh" });
  const { page, words: say } = desktop;
  await desktop.signIn("1004", "70000");
  await page.locator(".failure").waitFor();
  await page.getByLabel(say.extension).fill("61004");
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
  await desktop.signedIn();

  await page.getByLabel(say.number, { exact: true }).fill("61004");
  await page.getByLabel(say.number, { exact: true }).press("Enter");
  await page.locator(".notice").waitFor();
  assert.equal(await page.getByLabel(say.number, { exact: true }).inputValue(), "61004", "to be corrected");
  await desktop.pictures("refused");
  await desktop.press(say.dismiss);
  await page.locator(".notice").waitFor({ state: "detached" });

  await page.getByLabel(say.number, { exact: true }).fill("99001");
  await desktop.press(say.call);
  await desktop.call("INITIATED").waitFor();
  await lab.ctl("answer", "99001");
  await desktop.call("ACTIVE").waitFor();
  await page.getByLabel(say.to).fill("99002");
  await desktop.press(say.consult);
  await desktop.call("HELD").waitFor();
  await lab.ctl("answer", "99002");
  await desktop.call("ACTIVE").waitFor();
  await desktop.pictures("consulting");
  await desktop.press(say.conference, desktop.call("HELD"));
  await page.locator(".parties li[data-state=ACTIVE]").nth(2).waitFor();
  await desktop.call().nth(1).waitFor({ state: "detached" });
  assert.equal(await desktop.call().count(), 1, "one call of three");
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("conference");

  await lab.ctl("kill", "node-1");
  await lab.ctl("kill", "node-2");
  await desktop.banner("both_down").waitFor();
  await page.getByText(say.neither).waitFor();
  await page.locator(".queues.stale").getByText("Not current").waitFor();
  await desktop.pictures("both-down");
  await lab.ctl("start", "node-2");
  await desktop.banner("reconnected").waitFor();
  await desktop.press(say.end);
  await desktop.call().waitFor({ state: "detached" });
  await desktop.choose(say.signOut, "End of shift");
  await page.getByText(say.signedOut).waitFor();
  await lab.ctl("start", "node-1");
  await lab.inService();
  await desktop.close();
});

test("an input method that composes a number dials nothing", async () => {
  const desktop = await Desktop.open(browser, "ja");
  const { page, words: say } = desktop;
  await desktop.signIn("1006", "61006");
  await desktop.signedIn();
  const number = page.getByLabel(say.number, { exact: true });
  await number.fill("99003");
  const composing = (field) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
  await number.evaluate(composing);
  assert.equal(await number.inputValue(), "99003", "it is still there");
  await number.press("Enter");
  await desktop.call("INITIATED").waitFor();
  assert.equal(await desktop.call().count(), 1, "dialed once");
  await desktop.press(say.end);
  await desktop.call().waitFor({ state: "detached" });
  await desktop.close();
});

test("a CTI failover moves nobody, and another desktop of the same agent takes over", async () => {
  const desktop = await Desktop.open(browser, "en");
  await desktop.signIn("1008", "61008");
  await desktop.signedIn();
  await lab.ctl("kill", "cti-a");
  await desktop.banner("reconnected").waitFor();
  await desktop.pictures("reconnected");
  assert.match(await desktop.page.locator(".banner").innerText(), new RegExp(`${NET}.11`));
  await lab.ctl("revive", "cti-a");
  const second = await Desktop.open(browser, "en");
  await second.signIn("1008", "61008");
  await second.signedIn();
  await desktop.page.getByText("You were signed in on another desktop.").waitFor();
  await desktop.pictures("conflict");
  await desktop.close();
  await second.close();
});
