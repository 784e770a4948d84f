/** The desktop with a keyboard alone: no key does more than it says, and it always is somewhere. With what is told to
 * those who do not look. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Lab, PASSWORD, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const KEYS_NET = "127.86.1";
let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: KEYS_NET }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const CALLER = "0312345678";
/** With the name that a phone book has for it. */
const CALLED = `Call from ${CALLER} 東京本社`;

/** Where the keyboard is comes with the drawing of the page. */
async function focused(desktop, selector) {
  await desktop.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
}

async function signInByKeys(desktop, user, extension) {
  const { page } = desktop;
  await focused(desktop, "input[type=text]");
  for (const word of [user, PASSWORD, extension]) {
    await page.keyboard.type(word);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await desktop.signedIn();
  await focused(desktop, "h1");
}

test("an arrow key opens a menu and moves in it; only Enter chooses", async () => {
  const desktop = await Desktop.open(browser, "en", { net: KEYS_NET });
  const { page, words: say } = desktop;
  await signInByKeys(desktop, "1002", "61002");
  const [notReady, signOut] = [say.notReadyReason, say.signOut].map((name) => desktop.button(name));
  const menu = page.getByRole("menu");
  const items = menu.getByRole("menuitem");
  await signOut.focus();
  await page.keyboard.press("ArrowDown");
  await menu.waitFor();
  assert.ok(await desktop.isFocused(items.first()));
  await desktop.picture("sign-out-menu");
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  assert.ok(await desktop.isFocused(signOut), "back on the button");
  assert.equal((await lab.agent("1002")).state, "NOT_READY", "nobody has signed out");

  await notReady.focus();
  await page.keyboard.press("ArrowUp");
  assert.ok(await desktop.isFocused(items.last()));
  assert.ok((await items.count()) > 2);
  assert.deepEqual(await desktop.flaws(), []);
  await page.keyboard.press("ArrowDown");
  assert.ok(await desktop.isFocused(items.first()), "round and round");
  await page.keyboard.press("ArrowUp");
  assert.ok(await desktop.isFocused(items.last()));
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  assert.ok(await desktop.isFocused(items.nth(1)));
  const reason = await items.nth(1).innerText();
  await page.keyboard.press("Enter");
  await page.locator(".state .now", { hasText: reason }).waitFor();
  assert.ok(await desktop.isFocused(notReady));
  await signOut.and(page.locator("[aria-disabled=false]")).focus();
  await page.keyboard.press("Enter");
  await menu.waitFor();
  await page.keyboard.press("Tab");
  await menu.waitFor({ state: "detached" });
  await signOut.focus();
  // The key is held down.
  await page.keyboard.down("Enter");
  await page.keyboard.down("Enter");
  await menu.waitFor();
  await page.keyboard.up("Enter");
  assert.equal((await lab.agent("1002")).state, "NOT_READY");
  await page.keyboard.press("Enter");
  await page.getByText(say.signedOut).waitFor();
  await focused(desktop, "input[type=password]");
  await desktop.close();
});

test("through a whole call the keyboard is never lost, and the call is told of in words and in the title", async () => {
  const desktop = await Desktop.open(browser, "en", { net: KEYS_NET });
  const { page, words: say } = desktop;
  const title = (wanted) => page.waitForFunction((text) => document.title === text, wanted);
  await signInByKeys(desktop, "1004", "61004");
  await desktop.button(say.ready).focus();
  await page.keyboard.press("Enter");
  await desktop.state("READY");
  assert.ok(await desktop.isFocused(desktop.button(say.ready)));

  await lab.ctl("call", CALLER, "7200");
  await desktop.call("ALERTING").waitFor();
  await title(`${CALLED} – Holdfast`);
  const region = page.locator("[role=status][aria-live=polite]");
  await region.getByText(CALLED, { exact: true }).waitFor({ state: "attached" });
  await desktop.button(say.answer).focus();
  await page.keyboard.press("Enter");
  await desktop.call("ACTIVE").waitFor();
  await focused(desktop, ".call");
  await title("Holdfast – Agent desktop");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await desktop.isFocused(desktop.button(say.hold)), "its first button is next");

  const wrapUp = page.getByRole("button", { name: say.wrapUp });
  await wrapUp.focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("menuitemradio").first().waitFor();
  const reason = await page.getByRole("menuitemradio").nth(1).innerText();
  assert.deepEqual(await desktop.flaws(), []);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await wrapUp.filter({ hasText: reason }).waitFor();
  assert.ok(await desktop.isFocused(wrapUp));
  await wrapUp.and(page.locator("[aria-disabled=false]")).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemradio", { name: reason, checked: true }).waitFor();
  await page.keyboard.press("Escape");

  await desktop.button(say.end).focus();
  await page.keyboard.press("Enter");
  await desktop.call().waitFor({ state: "detached" });
  await focused(desktop, ".calls");

  await page.getByLabel(say.number, { exact: true }).fill("61004");
  await page.keyboard.press("Enter");
  await desktop.button(say.dismiss).focus();
  await page.keyboard.press("Enter");
  await focused(desktop, ".notices");
  await desktop.close();
});

test("a number of full-width digits is dialed, and names keep the order of their script in both languages", async () => {
  const desktop = await Desktop.open(browser, "ja", { net: KEYS_NET });
  const { page } = desktop;
  const name = () => page.locator(".who h1").innerText();
  await signInByKeys(desktop, "1003", "１００３");
  assert.equal(await name(), "鈴木 太郎");
  await desktop.speak("en");
  assert.equal(await name(), "鈴木 太郎");
  await page.getByLabel(desktop.words.number, { exact: true }).fill(" ９９０－０ー３ ");
  await page.getByLabel(desktop.words.number, { exact: true }).press("Enter");
  await desktop.call("INITIATED").waitFor();
  await desktop.call().getByRole("heading", { name: "To 99003" }).waitFor();
  assert.equal(await desktop.call().locator(".contact").innerText(), "Maria Lopez");
  await desktop.speak("ja");
  assert.equal(await desktop.call().locator(".contact").innerText(), "Maria Lopez", "given name first");
  await desktop.press(desktop.words.end);
  await desktop.call().waitFor({ state: "detached" });
  await page.getByRole("button", { name: desktop.words.signOut }).click();
  await page.getByRole("menu").waitFor();
  await desktop.picture("sign-out-menu");
  await desktop.close();
});
