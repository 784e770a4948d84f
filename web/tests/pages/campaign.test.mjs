/** Calls of campaigns in Chromium: a customer who may be called, who has answered, and when to call again; and mobile
 * agents. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { refusing } from "./refusals.mjs";
import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.87.4";
const CUSTOMER = "0312345678";
const CAMPAIGN = "Renewals 更新";
const BUSY = "0300000486";

const words = {
  en: { heading: `Customer to be called: ${CUSTOMER}`, accept: "Accept", skip: "Skip", close: "Close", callback: "Callback", change: "Change", time: "Date and time", number: "Number", schedule: "Schedule",
    cancel: "Cancel callback", machine: "Answering machine", mobile: "Mobile agent", mobileNumber: "Dial number", how: "Connection", refused: /Skip was refused/ },
  ja: { heading: `発信予定のお客様: ${CUSTOMER}`, accept: "発信する", machine: "留守番電話", answeredBy: /^応答の分類/, mobile: "モバイルエージェント", mobileNumber: "ダイヤル番号", how: "接続モード",
    notReached: "ダイヤル番号の電話機が応答しませんでした。", notMobile: "このモードのモバイルエージェントとして設定されていません。" },
};

let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: NET }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const book = async (number = CUSTOMER) => (await lab.state()).truth.campaign[number];

/** Ready, with a customer of the campaign offered. */
async function offered(language, agent, number = CUSTOMER) {
  const desktop = await Desktop.open(browser, language, { net: NET });
  await desktop.signIn(agent, `6${agent}`);
  await desktop.signedIn();
  await desktop.press(desktop.words.ready);
  await desktop.state("READY");
  await lab.ctl("campaign", agent, number, "--name", CAMPAIGN);
  await desktop.state("RESERVED_OUTBOUND_PREVIEW");
  return { desktop, card: desktop.page.locator(".call.preview") };
}

test("a customer who may be called is shown and skipped, and the page comes back to him after the death of the server", async () => {
  const { desktop, card } = await offered("ja", "1002");
  const { page } = desktop;
  await card.getByRole("heading", { name: words.ja.heading }).waitFor();
  await card.getByText(CAMPAIGN).waitFor();
  assert.match(await page.title(), new RegExp(CUSTOMER), "a tab among others tells of him");
  await page.locator("[data-announcer]").getByText(words.ja.heading).waitFor();
  assert.equal(await card.getByRole("button").count(), 3, "nothing else can be done");
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("preview");
  await lab.ctl("kill", "node-1");
  await desktop.banner("moved").waitFor();
  await card.getByRole("heading", { name: words.en.heading }).waitFor();
  await lab.ctl("start", "node-1");
  await lab.inService();
  await desktop.press(words.en.skip, card);
  await card.waitFor({ state: "detached" });
  await desktop.state("READY");
  assert.equal(await page.locator(".history li").count(), 0, "nobody has called or was called");
  assert.equal((await book()).status, "kept");
  await desktop.close();
});

test("a customer is called, it is said who has answered and when to call again", async () => {
  const { desktop, card } = await offered("ja", "1004");
  const { page } = desktop;
  await desktop.press(words.ja.accept, card);
  const call = desktop.call("ACTIVE");
  await call.getByText(CAMPAIGN).waitFor();
  await card.waitFor({ state: "detached" });
  await page.locator(".history li").waitFor();
  await desktop.choose(words.ja.answeredBy, words.ja.machine);
  await call.getByRole("button", { name: new RegExp(`${words.ja.answeredBy.source}.*${words.ja.machine}`) }).waitFor();
  await desktop.speak("en");
  await call.getByRole("button", { name: words.en.callback, exact: true }).press("Enter");
  await call.getByLabel(words.en.time).fill("2026-12-25T09:15");
  await call.getByLabel(words.en.number, { exact: true }).fill("06-3333-4444");
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("callback");
  await call.getByRole("button", { name: words.en.schedule }).press("Enter");
  await call.getByText("Callback: Dec 25, 2026, 9:15 AM at 0633334444").waitFor();
  await desktop.pictures("callback-agreed");
  const { callback_time, callback_number } = await book();
  assert.deepEqual([callback_time, callback_number], ["2026-12-25T09:15", "0633334444"]);
  await desktop.press(words.en.cancel, call);
  await call.getByText("Dec 25, 2026").waitFor({ state: "detached" });
  await desktop.press(desktop.words.end);
  await desktop.call().waitFor({ state: "detached" });
  await desktop.close();
});

test("a customer is taken off the list, and a word that is refused says so", async () => {
  const { desktop, card } = await offered("en", "1006", "0611112222");
  await refusing(desktop, "Dialog/*", "Invalid State");
  await desktop.press(words.en.skip, card);
  await desktop.page.locator(".notice").getByText(words.en.refused).waitFor();
  await desktop.context.unrouteAll();
  await desktop.press(words.en.close, card);
  await card.waitFor({ state: "detached" });
  assert.equal((await book("0611112222")).status, "closed");
  await desktop.close();
});

async function mobile(desktop, mode, number) {
  const { page, language } = desktop;
  const say = words[language];
  if (!(await page.getByLabel(say.mobileNumber).count())) await page.getByText(say.mobile).click();
  await page.getByLabel(say.how).selectOption(mode);
  await page.getByLabel(say.mobileNumber).fill(number);
}

test("a mobile agent signs in when he answers his telephone, and learns if it was not reached or he may not", async () => {
  const desktop = await Desktop.open(browser, "ja", { net: NET });
  const { page } = desktop;
  await mobile(desktop, "NAILED_CONNECTION", BUSY);
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("mobile");
  await desktop.speak("ja");
  await desktop.signIn("1008", "61008");
  await page.getByText(words.ja.notReached).waitFor();
  await desktop.pictures("mobile-failed");
  await desktop.speak("ja");
  await mobile(desktop, "CALL_BY_CALL", "03-9876-5432");
  await desktop.signIn("1003", "1003");
  await page.getByText(words.ja.notMobile).waitFor();
  await mobile(desktop, "NAILED_CONNECTION", "090-1234-5678");
  await desktop.signIn("1008", "61008");
  await desktop.signedIn();
  await page.locator(".who").getByText("09012345678").waitFor();
  assert.deepEqual((await lab.agent("1008")).mobile, { mode: "NAILED_CONNECTION", number: "09012345678" });
  await lab.ctl("kill", "node-1");
  await desktop.banner("moved").waitFor();
  await page.locator(".who").getByText("09012345678").waitFor();
  await desktop.pictures("mobile-moved");
  await lab.ctl("start", "node-1");
  await lab.inService();
  await desktop.close();
});
