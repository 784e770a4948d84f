/** What an agent has besides calls: the phone book, call data by the layout of the site, and the calls of the day. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const AGENT_NET = "127.82.5";
let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: AGENT_NET }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const texts = { history: "My calls today", callBack: "Call back: 99003", noAnswer: "no answer", dialing: "dialing" };

test("a contact is found by name and called, and stands in the history, also after the death of the server", async () => {
  const desktop = await Desktop.open(browser, "en", { net: AGENT_NET });
  const { page, words: say } = desktop;
  await desktop.signIn("1002", "61002");
  await desktop.signedIn();

  const number = page.getByLabel(say.number, { exact: true });
  await number.fill("lopez");
  const option = page.getByRole("option", { name: /Maria Lopez/ });
  await option.waitFor();
  await desktop.picture("phone-book");
  const composing = (field) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", isComposing: true, bubbles: true }));
  await number.evaluate(composing);
  assert.equal(await page.locator("[role=option][aria-selected=true]").count(), 0, "the input method has the arrow keys");
  await number.press("ArrowDown");
  await page.locator("[role=option][aria-selected=true]").waitFor();
  assert.deepEqual(await desktop.flaws(), []);
  await number.press("Enter");
  assert.equal(await number.inputValue(), "99003");
  await number.press("Enter");
  await desktop.call("INITIATED").waitFor();
  const history = page.getByRole("region", { name: texts.history });
  await history.getByText(texts.dialing).waitFor();
  await lab.ctl("answer", "99003");
  await desktop.call("ACTIVE").waitFor();
  assert.equal(await desktop.call().locator(".contact").innerText(), "Maria Lopez");

  await lab.ctl("kill", "node-1");
  await desktop.banner("moved").waitFor();
  await desktop.press(say.end);
  await desktop.call().waitFor({ state: "detached" });
  await history.getByText("To 99003").waitFor();
  await history.getByText(/^Maria Lopez · /).waitFor();
  assert.equal(await history.getByRole("listitem").count(), 1, "one call, on whichever server");
  assert.match(await history.getByRole("listitem").innerText(), /\d\d:\d\d/);
  await number.fill("加藤");
  await page.getByRole("option", { name: /99004/ }).waitFor();
  await number.fill("");

  await history.getByRole("button", { name: texts.callBack }).click();
  await desktop.call("INITIATED").waitFor();
  await desktop.press(say.end);
  await desktop.call().waitFor({ state: "detached" });
  await history.getByText(texts.noAnswer).waitFor();
  await desktop.choose(say.signOut, "End of shift");
  await page.getByText(say.signedOut).waitFor();
  await lab.ctl("start", "node-1");
  await lab.inService();

  await page.reload();
  await desktop.signIn("1002", "61002");
  await desktop.signedIn();
  assert.equal(await history.getByRole("listitem").count(), 2, "the day goes on in a page that was loaded again");
  await desktop.close();
});

test("call data stand where the layout of the site has them, under its names", async () => {
  const desktop = await Desktop.open(browser, "ja", { net: AGENT_NET });
  const { page, words: say } = desktop;
  await desktop.signIn("1003", "1003");
  await desktop.signedIn();
  await desktop.press(say.ready);
  await desktop.state("READY");
  await lab.ctl("script", "call");
  await desktop.call("ALERTING").waitFor();
  await page.locator(".history").getByText("着信中").waitFor();
  const call = desktop.call();
  await call.locator(".header-variable", { hasText: "北浜商事 Kitahama Trading" }).waitFor();
  const columns = await call.locator(".variables dl").evaluateAll((lists) => lists.map((list) => [...list.querySelectorAll("dt")].map((one) => one.textContent)));
  assert.deepEqual(columns, [["Rank ランク", "Customer no. お客様番号"], ["About 用件", "Order 注文番号"]]);
  await desktop.press(say.answer);
  await desktop.call("ACTIVE").waitFor();
  assert.deepEqual(await desktop.flaws(), []);
  await page.getByLabel(say.to).fill("加藤");
  await page.getByRole("option", { name: /加藤 直美/ }).waitFor();
  await desktop.picture("phone-book");
  await page.getByLabel(say.to).press("Escape");
  assert.equal(await page.locator(".contact-field [role=option]").count(), 0);
  await desktop.pictures("call-data");
  await desktop.close();
});

test("a call chooses another layout of the site by user.Layout", async () => {
  const column = "<column><entry><displayName>Claim 事故番号</displayName><mediaProperty>callVariable3</mediaProperty></entry></column><column></column>";
  await lab.make("MediaPropertiesLayout", `<name>Claims</name><description></description><header><entry><displayName>From</displayName><mediaProperty>callVariable1</mediaProperty></entry></header>${column}`);
  const desktop = await Desktop.open(browser, "en", { net: AGENT_NET });
  await desktop.signIn("1006", "61006");
  await desktop.signedIn();
  await lab.ctl("call", "0312345678", "61006", "--var", "1=Kitahama", "--var", "3=C-77", "--var", "user.Layout=Claims");
  const call = desktop.call("ALERTING");
  await call.locator(".header-variable", { hasText: "From Kitahama" }).waitFor();
  const shown = await call.locator(".variables dt, .variables dd").allInnerTexts();
  assert.deepEqual(shown, ["Claim 事故番号", "C-77"]);
  await desktop.close();
});
