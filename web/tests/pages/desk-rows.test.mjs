/** DESK rows of failover.md in Chromium: how a browser goes away, and what the switch gets for it. 120 s until a crash is
 * seen are 3 s here, and 60 s of grace 4 s. That somebody is not logged out is seen when somebody else is who left as
 * he did, at the same time, and stayed away. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.81.2";
/** How the lab's CTI server tells of a forced logout, reason 255: Not Ready with this reason (DESK-1, DESK-3). */
const FORCED = 50002;

let lab, browser;

before(async () => {
  const settings = ["presence.detection=3s", "presence.grace=4s", "presence.comeback=3s"];
  // Playwright keeps no page in memory unless it is asked to.
  const ignoreDefaultArgs = ["--disable-back-forward-cache"];
  [lab, browser] = await Promise.all([Lab.start({ net: NET, settings }), openBrowser({ ignoreDefaultArgs })]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

/** An agent who is Ready, in a browser of his own. */
async function ready(user, extension, language = "en") {
  const desktop = await Desktop.open(browser, language, { net: NET });
  await again(Object.assign(desktop, { user, extension }));
  return desktop;
}

/** Signs in, and goes Ready if he is not. */
async function again(desktop) {
  await desktop.signIn(desktop.user, desktop.extension);
  await desktop.signedIn();
  const { state } = await lab.agent(desktop.user);
  if (state !== "AVAILABLE") await desktop.press(desktop.words.ready);
  await desktop.state("READY");
}

async function loggedOut({ user }) {
  await lab.until(({ truth }) => truth.agents.find(({ id }) => id === user).reason === FORCED);
  assert.equal((await lab.agent(user)).state, "NOT_READY", "LOAD by default (DESK-3)");
}

async function stillReady({ user }) {
  assert.equal((await lab.agent(user)).state, "AVAILABLE");
}

async function pressBack({ page }) {
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForURL("about:blank", { waitUntil: "commit" });
}

async function pressForward({ page }) {
  await page.evaluate(() => void setTimeout(() => history.forward()));
  await page.waitForURL("**/desktop/", { waitUntil: "commit" });
}

test("desk_5: a tab that is closed says goodbye; one that crashes is missed later", async () => {
  const [closed, crashed] = await Promise.all([ready("1002", "61002"), ready("1003", "1003", "ja")]);
  await Promise.all([closed.page.close(), crashed.crash()]);
  await loggedOut(closed);
  await stillReady(crashed);
  await loggedOut(crashed);
  await Promise.all([closed.close(), crashed.close()]);
});

test("desk_5: who presses Back is logged out, unless he presses Forward within the grace", async () => {
  const [gone, back] = await Promise.all([ready("1004", "61004"), ready("1005", "1005", "ja")]);
  await Promise.all([gone, back].map(pressBack));
  await pressForward(back);
  await back.banner("reconnected").waitFor();
  await loggedOut(gone);
  await stillReady(back);
  await back.state("READY");
  await pressForward(gone);
  // Out of the page cache, so nobody has to sign in; the page says what has become of its agent meanwhile.
  await gone.state("NOT_READY");
  await gone.press(gone.words.ready);
  await gone.state("READY");
  await Promise.all([gone.close(), back.close()]);
});

test("desk_6: who loads the page again within the grace is not logged out; who comes later is, and works again", async () => {
  const [late, quick] = await Promise.all([ready("1006", "61006"), ready("1007", "1007", "ja")]);
  await Promise.all([late, quick].map(({ page }) => page.reload()));
  await again(quick);
  await loggedOut(late);
  await stillReady(quick);
  await again(late);
  assert.equal((await lab.agent(late.user)).state, "AVAILABLE");
  await Promise.all([late.close(), quick.close()]);
});
