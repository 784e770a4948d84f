/** What the page says on its way: while it signs in, is moved, is refused and reads. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const STEPS_NET = "127.86.2";
let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: STEPS_NET }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

test("each step of the sign-in and of the way to the other server is told", async () => {
  const desktop = await Desktop.open(browser, "en", { net: STEPS_NET });
  const { page } = desktop;
  const signIn = await held(page, "GET", `http://${STEPS_NET}.11:8082/finesse/api/User/1005`);
  await desktop.signIn("1005", "1005");
  await page.locator("form[aria-busy=true]").getByRole("button", { name: "Signing in…" }).waitFor();
  await desktop.pictures("signing-in");
  signIn();
  await desktop.signedIn();

  const there = `http://${STEPS_NET}.12:8082/finesse/api/User/1005`;
  const refused = await held(page, "PUT", there);
  const reading = await held(page, "GET", there);
  await lab.ctl("kill", "node-1");
  await desktop.banner("moving").getByText(/It begins (in \d+ s|now)\./).waitFor();
  refused({ status: 500, headers: { "access-control-allow-origin": "*" } });
  await desktop.banner("sign_in_failed").waitFor();
  await desktop.pictures("sign-in-failed");
  await desktop.banner("reading").waitFor();
  assert.doesNotMatch(await desktop.banner("reading").innerText(), /Reason/, "nothing is wrong with this server");
  await desktop.pictures("reading");
  reading();
  await desktop.banner("moved").waitFor();
  await desktop.close();
});

/** Keeps the requests of this method until the word is given: to answer the first of them so, or none. */
async function held(page, method, address) {
  let give;
  let over = false;
  const word = new Promise((resolve) => (give = resolve));
  await page.route(address, async (route) => {
    if (over || route.request().method() !== method) return route.fallback();
    const answer = await word;
    over = true;
    return answer ? route.fulfill(answer) : route.continue();
  });
  return (answer = null) => give(answer);
}
