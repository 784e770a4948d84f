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
  const [agent, extension] = language === "en" ? ["1002", "61002"] : ["1003", "1003"];

  test(`${language}: a wrong password is told in the words of failover.md section 7`, async () => {
    const desktop = await Desktop.open(browser, language);
    await desktop.picture("sign-in");
    await desktop.signIn(agent, extension, "wrong");
    await desktop.page.getByText(desktop.words.wrong).waitFor();
    await desktop.picture("sign-in-refused");
    await desktop.close();
  });

  test(`${language}: the page survives kill -9 of its server in the middle of a call`, async () => {
    const desktop = await Desktop.open(browser, language);
    const { page, words: say } = desktop;
    await desktop.signIn(agent, extension);
    await desktop.signedIn();
    await desktop.state("NOT_READY");
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
