/** A supervisor listens to a call in Chromium, joins it and takes the agent off it. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { refusing } from "./refusals.mjs";
import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.87.5";

const words = {
  en: { team: "Team", monitor: "Monitor", bargeIn: "Barge in", stop: "Stop monitoring", card: "Monitoring Alice Walker", takeOff: "Take off: 61002" },
  ja: { team: "チーム", monitor: "モニター", bargeIn: "割り込む", stop: "モニターを終了", held: /「割り込み」は拒否されました。エージェントが通話を保留しています/, notTalking: /「モニター」は拒否されました。モニターするには/ },
};

let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: NET }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const CALLER = "0312345678";
const SUPERVISOR = ["1001", "1001"];

const signIn = (user, extension) => lab.rest(user, "PUT", `User/${user}`, `<User><extension>${extension}</extension><state>LOGIN</state></User>`);
const openTeam = (desktop) => desktop.button(words[desktop.language].team, desktop.page.getByRole("navigation")).click();

async function supervisor(language) {
  const desktop = await Desktop.open(browser, language, { net: NET });
  await desktop.signIn(...SUPERVISOR);
  await desktop.signedIn();
  return desktop;
}

test("a supervisor listens to a member, keeps listening when his server dies, joins and takes the agent off the call", async () => {
  await signIn("1002", "61002");
  const desktop = await supervisor("en");
  const { page } = desktop;
  await openTeam(desktop);
  await lab.ctl("call", CALLER, "61002");
  await lab.ctl("answer", "61002");
  await page.locator('tr[data-agent="1002"] button').press("Enter");
  await desktop.press(words.en.monitor);
  const card = page.getByRole("article", { name: words.en.card });
  await card.and(page.locator("[data-state=ACTIVE]")).waitFor();
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("monitor");
  const truth = await lab.calls();
  assert.equal(truth.length, 2, "the call, and one by which is listened");
  await page.locator(`tr[data-agent="1002"]`).getByText(`Inbound ${CALLER}`, { exact: true }).waitFor();

  await lab.ctl("kill", "node-1");
  await page.locator(".monitor.stale").waitFor();
  await desktop.banner("moved").waitFor();
  await card.and(page.locator("[data-state=ACTIVE]:not(.stale)")).waitFor();
  await lab.ctl("start", "node-1");
  await lab.inService();

  await desktop.press(words.en.bargeIn, card);
  await desktop.call("ACTIVE").waitFor();
  await card.waitFor({ state: "detached" });
  assert.equal(await page.locator(".parties li[data-state=ACTIVE]").count(), 3);
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("joined");
  assert.equal(await desktop.call().locator(".parties button").count(), 1, "neither oneself nor the customer");
  await desktop.press(words.en.takeOff, desktop.call());
  await page.locator(".parties li[data-state=ACTIVE]").nth(2).waitFor({ state: "detached" });
  const [{ parties }] = await lab.calls();
  assert.deepEqual(parties.filter(({ state }) => state !== "dropped").map(({ address, device }) => device ?? address).sort(), [CALLER, "1001"].sort());
  await desktop.press(desktop.words.end);
  await desktop.call().waitFor({ state: "detached" });
  assert.deepEqual(await lab.calls(), []);
  await desktop.close();
});

test("whoever is listened to sees nothing of it; a CTI failover ends nothing, and what is held cannot be joined", async () => {
  const agent = await Desktop.open(browser, "ja", { net: NET });
  await agent.signIn("1006", "61006");
  await agent.signedIn();
  const desktop = await supervisor("ja");
  const { page } = desktop;
  await lab.ctl("call", CALLER, "61006");
  await agent.press(agent.words.answer);
  await openTeam(desktop);
  await page.locator('tr[data-agent="1006"] button').press("Enter");
  await desktop.press(words.ja.monitor);
  const card = page.locator(".monitor");
  await card.and(page.locator("[data-state=ACTIVE]")).waitFor();
  assert.equal(await agent.page.locator(".monitor").count(), 0);
  assert.equal(await agent.call().count(), 1);
  assert.equal(await agent.page.locator(".history li").count(), 1);
  await desktop.button("自分のデスクトップ", page.getByRole("navigation")).click();
  assert.equal(await desktop.call().count(), 0, "it is no call of the supervisor's");
  assert.equal(await page.locator(".history li").count(), 0);

  await lab.ctl("kill", "cti-a");
  await desktop.banner("reconnected").waitFor();
  await lab.ctl("revive", "cti-a");
  await card.and(page.locator("[data-state=ACTIVE]:not(.stale)")).waitFor();
  await agent.press(agent.words.hold);
  await agent.call("HELD").waitFor();
  await desktop.press(words.ja.bargeIn, card);
  await page.locator(".notice").getByText(words.ja.held).waitFor();
  await desktop.pictures("barge-refused");
  await desktop.press(desktop.words.dismiss);
  await desktop.press(words.en.stop, card);
  await card.waitFor({ state: "detached" });
  assert.equal(await desktop.isFocused(page.locator(".calls")), true, "the keyboard goes on to what is shown");
  assert.equal(await page.locator(".notice").count(), 0);
  await agent.press(agent.words.end);
  await agent.call().waitFor({ state: "detached" });
  await Promise.all([agent.close(), desktop.close()]);
});

test("why nobody can be listened to is told before it is asked, and a refusal afterwards", async () => {
  const desktop = await Desktop.open(browser, "ja", { net: NET });
  const { page } = desktop;
  await refusing(desktop, "User/1001/Dialogs", "Invalid State");
  await lab.rest("1004", "PUT", "User/1004", "<User><extension>61004</extension><state>LOGIN</state></User>");
  await desktop.signIn(...SUPERVISOR);
  await desktop.signedIn();
  await desktop.button(words.ja.team, page.getByRole("navigation")).click();
  await page.locator('tr[data-agent="1004"] button').press("Enter");
  const monitor = desktop.button(words.ja.monitor);
  await monitor.and(page.getByTitle("エージェントの通話中にのみ実行できます。")).waitFor();
  await lab.ctl("call", "0312345678", "61004");
  await lab.ctl("answer", "61004");
  await page.locator('tr[data-agent="1004"][data-state=TALKING]').waitFor();
  await desktop.pictures("monitor-member");
  await desktop.press(words.en.monitor);
  await page.locator(".notice").waitFor();
  await desktop.speak("ja");
  await page.locator(".notice").getByText(words.ja.notTalking).waitFor();
  await lab.ctl("hangup", "61004");
  await desktop.close();
});
