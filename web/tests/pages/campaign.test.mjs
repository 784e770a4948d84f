/** Calls of campaigns in Chromium: a customer who may be called, who has answered, and when to call again; and mobile
 * agents. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { dialog, participant, refusal, taking, withCalls } from "./documents.mjs";
import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.87.4";
const CUSTOMER = { BACampaign: "Renewals 更新", BAAccountNumber: "A-1071", BABuddyName: "Kitahama 北浜", BACustomerNumber: "0312345678", BAStatus: "PREVIEW_OUTBOUND_RESERVATION" };

const words = {
  en: { heading: "Customer to be called: 0312345678", accept: "Accept", skip: "Skip", close: "Close", change: "Change", time: "Date and time", number: "Number", schedule: "Schedule",
    machine: "Answering machine", outside: "Mobile agent", outsideNumber: "Dial number", how: "Connection", refused: /Skip was refused/ },
  ja: { heading: "発信予定のお客様: 0312345678", accept: "発信する", skip: "スキップ", close: "リストから外す", change: "変更", time: "日時", number: "電話番号", schedule: "予約する",
    machine: "留守番電話", outside: "モバイルエージェント", outsideNumber: "ダイヤル番号", how: "接続モード", refused: /「スキップ」は拒否されました/ },
};

let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: NET }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const preview = (agent, state = "ALERTING", actions = ["ACCEPT", "CLOSE", "REJECT"]) =>
  dialog("17", { from: "79000", to: "0312345678", callType: "OUTBOUND_PREVIEW", variables: { callVariable1: "", ...CUSTOMER } }, participant(`6${agent}`, state, { actions }));
const talk = (agent, more = "") =>
  dialog("18", { from: "0312345678", to: `6${agent}`, callType: "OUTBOUND", media: "<outboundClassification>VOICE</outboundClassification>", variables: CUSTOMER, more },
    participant(`6${agent}`, "ACTIVE", { actions: ["DROP", "HOLD", "UPDATE_CALL_DATA", "RECLASSIFY", "UPDATE_SCHEDULED_CALLBACK", ...(more ? ["CANCEL_SCHEDULED_CALLBACK"] : [])] }), participant("0312345678", "ACTIVE"));

test("a customer who may be called is shown with his data, and accepted, skipped or closed", async () => {
  const desktop = await Desktop.open(browser, "ja", { net: NET });
  const { page } = desktop;
  await withCalls(desktop, "1002", preview("1002"));
  const asked = await taking(desktop, "Dialog/17", [refusal("Invalid State"), null]);
  await desktop.signIn("1002", "61002");
  await desktop.signedIn();
  const card = page.locator(".call.preview");
  await card.getByRole("heading", { name: words.ja.heading }).waitFor();
  for (const value of ["Renewals 更新", "A-1071", "Kitahama 北浜"]) await card.getByText(value).waitFor();
  assert.match(await page.title(), /0312345678/, "a tab among others tells of it");
  await page.locator("[data-announcer]").getByText(words.ja.heading).waitFor();
  assert.equal(await card.getByRole("button").count(), 3, "nothing else can be done");
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("preview");
  await desktop.press(words.en.skip, card);
  await page.locator(".notice").getByText(words.en.refused).waitFor();
  await desktop.press(words.en.accept, card);
  await page.locator(".call.preview [aria-disabled=true]").first().waitFor();
  assert.deepEqual(asked.map((one) => /<requestedAction>(\w+)<\/requestedAction><targetMediaAddress>(\d+)</.exec(one).slice(1)), [["REJECT", "61002"], ["ACCEPT", "61002"]]);
  assert.equal(await page.locator(".history li").count(), 0, "nobody has called or was called yet");
  await desktop.close();
});

test("of a call of a campaign it is said who has answered, and when to call again", async () => {
  const desktop = await Desktop.open(browser, "en", { net: NET });
  const { page } = desktop;
  await withCalls(desktop, "1008", talk("1008", "<scheduledCallbackInfo><callbackNumber>0611112222</callbackNumber><callbackTime>2026-11-24T10:30</callbackTime></scheduledCallbackInfo>"));
  const asked = await taking(desktop, "Dialog/18");
  await desktop.signIn("1008", "61008");
  await desktop.signedIn();
  const card = desktop.call("ACTIVE");
  await card.getByText("Callback: Nov 24, 2026, 10:30 AM at 0611112222").waitFor();
  await card.getByRole("button", { name: words.en.change, exact: true }).press("Enter");
  await card.getByLabel(words.en.time).fill("2026-11-25T09:15");
  await card.getByLabel(words.en.number, { exact: true }).fill("06-3333-4444");
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("callback");
  await card.getByRole("button", { name: words.en.schedule }).press("Enter");
  await page.locator(".callback input").first().waitFor({ state: "detached" });
  const [scheduled] = asked;
  assert.match(scheduled, /<name>callbackTime<\/name><value>2026-11-25T09:15<\/value>/);
  assert.match(scheduled, /<name>callbackNumber<\/name><value>0633334444<\/value>/);
  await desktop.close();
});

test("who has answered is chosen in a menu", async () => {
  const desktop = await Desktop.open(browser, "ja", { net: NET });
  await withCalls(desktop, "1004", talk("1004"));
  await taking(desktop, "Dialog/18");
  await desktop.signIn("1004", "61004");
  await desktop.signedIn();
  const asked = desktop.page.waitForRequest((request) => request.method() === "PUT" && request.url().endsWith("/Dialog/18"));
  await desktop.choose("応答の分類: 人が応答", words.ja.machine);
  assert.match((await asked).postData(), /RECLASSIFY.*<name>outboundClassification<\/name><value>ANSWERING_MACHINE<\/value>/);
  await desktop.close();
});

test("a mobile agent signs in with mode and number, and learns if he may not", async () => {
  const desktop = await Desktop.open(browser, "ja", { net: NET });
  const { page } = desktop;
  const asked = await taking(desktop, "User/1010", [refusal("Invalid Input", "mobileAgent")]);
  await page.getByText(words.ja.outside).click();
  await page.getByLabel(words.ja.how).selectOption("NAILED_CONNECTION");
  await page.getByLabel(words.ja.outsideNumber).fill("090-1234-5678");
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("mobile");
  await desktop.signIn("1010", "61010");
  await page.locator(".failure").waitFor();
  assert.match(asked[0], /<mobileAgent><dialNumber>09012345678<\/dialNumber><mode>NAILED_CONNECTION<\/mode><\/mobileAgent>/);
  await page.reload();
  assert.equal(await page.getByLabel(words.en.outsideNumber).inputValue(), "09012345678", "a page that is loaded again still has it");
  await page.getByText(words.en.outside).click();
  await page.getByLabel(words.en.outsideNumber).waitFor({ state: "detached" });
  await desktop.close();
});
