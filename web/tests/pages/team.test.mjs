/** The supervisor's page in Chromium: the team live, states that a supervisor sets, and the death of his server. Waits for
 * states, never for times. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.80.1";
/** More than are drawn at once. */
const MEMBERS = 30;
/** Headings that sort. */
const COLUMNS = 6;
const MARKUP = "<img src=x onerror=alert(1)>";

const words = {
  en: {
    team: "Team", call: "Inbound 0312345678", search: "Name, ID or extension", signOut: "Sign out…",
    cancel: "Cancel", byState: "State", byTime: "Time", notRead: "The team could not be read.", again: "Try now",
    supervised: "Supervisor Initiated", nobody: "Nobody matches.", all: "Show all",
  },
  ja: {
    team: "チーム", call: "着信 0312345678", search: "名前・ID・内線で検索", signOut: "サインアウト…",
    confirm: "サインアウトさせる", notRead: "チームを読み込めませんでした。",
    again: "今すぐ再試行", supervised: "スーパーバイザーによる変更", nobody: "該当するメンバーはいません。", all: "全員を表示",
  },
};

let lab, browser;

before(async () => {
  [lab, browser] = await Promise.all([Lab.start({ net: NET, agents: 34, teamSize: MEMBERS }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const put = (user, body, host) => lab.rest(user, "PUT", `User/${user}`, `<User>${body}</User>`, host);
const signIn = (user, extension) => put(user, `<extension>${extension}</extension><state>LOGIN</state>`);

/** Signed in as the supervisor of both teams. */
async function supervisor(language) {
  const desktop = await Desktop.open(browser, language, { net: NET });
  await desktop.signIn("1001", "1001");
  await desktop.signedIn();
  return desktop;
}

const openTeam = (desktop) => desktop.button(words[desktop.language].team, desktop.page.getByRole("navigation")).click();
const row = ({ page }, agent) => page.locator(`tr[data-agent="${agent}"]`);
const inState = ({ page }, agent, state) => page.locator(`tr[data-agent="${agent}"][data-state=${state}]`);
const listed = ({ page }) => 
  page.locator("tr[data-agent]").evaluateAll((rows) =>
    rows.sort((one, other) => one.ariaRowIndex - other.ariaRowIndex).map((one) => one.dataset.agent),
  );

const [agent, extension, other] = ["1002", "61002", "1003"];

test("a supervisor sees his team live, sets states, and survives kill -9 of his server, in both languages", async () => {
  const desktop = await supervisor("en");
  const { page } = desktop;
  await openTeam(desktop);
  await desktop.button("ID").click();
  await inState(desktop, agent, "LOGOUT").waitFor();
  assert.equal(await members(desktop), MEMBERS);

  await signIn(agent, extension);
  for (const id of [other, "1005", "1009"]) await signIn(id, id);
  for (const id of ["1005", "1009"]) await put(id, `<state>NOT_READY</state><reasonCodeId>${await aReason(id)}</reasonCodeId>`);
  await inState(desktop, other, "NOT_READY").waitFor();
  await put(agent, "<state>READY</state>");
  await inState(desktop, agent, "READY").waitFor();
  await lab.ctl("call", "0312345678", "7200");
  await lab.ctl("answer", extension);
  for (const language of ["ja", "en"]) {
    await desktop.speak(language);
    await inState(desktop, agent, "TALKING").getByText(words[language].call).waitFor();
  }

  const chosen = await chooseByKeyboard(desktop);
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("team");
  await desktop.press(words.en.signOut, chosen);
  await page.locator("dialog[open]").waitFor();
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.picture("team-sign-out");
  await desktop.press(words.en.cancel, chosen);
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await desktop.press(desktop.words.notReady, chosen);
  await chosen.locator(".pending").waitFor();
  await lab.ctl("hang-up", extension);
  await inState(desktop, agent, "NOT_READY").getByText(words.en.supervised).waitFor();
  await desktop.press(desktop.words.ready, chosen);
  await inState(desktop, agent, "READY").waitFor();

  await lab.ctl("kill", "node-1");
  await page.locator(".roster.stale").waitFor();
  assert.equal(await desktop.button(desktop.words.notReady, chosen).getAttribute("aria-disabled"), "true");
  await desktop.pictures("team-failing-over");
  await desktop.banner("moved").waitFor();
  await page.locator(".roster.stale").waitFor({ state: "detached" });
  await desktop.pictures("team-failed-over");
  assert.equal(desktop.loads, 1, "the page was not loaded again");
  await put(agent, `<state>NOT_READY</state><reasonCodeId>${await aReason(agent, 12)}</reasonCodeId>`, 12);
  await inState(desktop, agent, "NOT_READY").waitFor();

  await desktop.speak("ja");
  const say = words.ja;
  await desktop.press(desktop.words.ready, chosen);
  await inState(desktop, agent, "READY").waitFor();
  await desktop.press(desktop.words.notReady, chosen);
  await inState(desktop, agent, "NOT_READY").getByText(say.supervised).waitFor();
  await desktop.press(say.signOut, chosen);
  await page.locator("dialog[open]").waitFor();
  await desktop.picture("team-sign-out");
  await desktop.press(say.confirm, chosen);
  await inState(desktop, agent, "LOGOUT").waitFor();
  assert.equal(await inState(desktop, other, "NOT_READY").count(), 1, "nobody else was signed out");
  const { truth } = await lab.state();
  const switched = truth.agents.find(({ id }) => id === agent);
  assert.deepEqual([switched.state, switched.reason], ["LOGOUT", 999], "the switch knows by whom");
  await lab.ctl("start", "node-1");
  await lab.inService();
  await desktop.close();
});

/** The panel of the agent, who is searched for and chosen by the keyboard alone. */
async function chooseByKeyboard(desktop) {
  const { page } = desktop;
  const search = page.getByLabel(words.en.search);
  await search.fill(agent);
  await row(desktop, other).waitFor({ state: "detached" });
  assert.deepEqual(await listed(desktop), [agent]);
  for (let stop = 0; stop < 1 + COLUMNS; stop += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const chosen = page.locator(`.chosen[data-chosen="${agent}"]`);
  await chosen.waitFor();
  await search.fill("");
  await row(desktop, other).waitFor();
  return chosen;
}

/** How many are listed, drawn or not. */
const members = async ({ page }) => Number(await page.locator(".roster table").getAttribute("aria-rowcount")) - 1;

/** The row that has the keyboard. */
const focused = (page) =>
  page.evaluate(() => {
    const row = document.activeElement.closest("tr");
    const [seen, list] = [row.getBoundingClientRect(), row.closest(".roster-scroll").getBoundingClientRect()];
    if (seen.bottom > list.bottom + 1 || seen.top < list.top) throw new Error(`${row.dataset.agent} is out of sight`);
    return { agent: row.dataset.agent, index: Number(row.ariaRowIndex) };
  });

/** One of the reasons that the site asks for. */
async function aReason(user, host) {
  const reasons = await lab.rest(user, "GET", `User/${user}/ReasonCodes?category=NOT_READY`, null, host);
  return /ReasonCode\/(\d+)</.exec(reasons)[1];
}

test("a team is listed, sorted and filtered by the keyboard, and another one is looked at", async () => {
  const desktop = await supervisor("en");
  const { page } = desktop;
  await openTeam(desktop);
  await row(desktop, "1010").waitFor();
  await signIn("1008", "61008");
  await inState(desktop, "1008", "NOT_READY").waitFor();
  await page.getByRole("button", { name: words.en.byState, exact: true }).press("Enter");
  await page.locator("th[aria-sort=ascending]").getByText(words.en.byState).waitFor();
  const states = await page.locator("tr[data-agent]").evaluateAll((rows) => rows.map((one) => one.dataset.state));
  assert.ok(states.lastIndexOf("NOT_READY") < states.indexOf("LOGOUT"), `signed in first: ${states}`);
  await page.getByRole("button", { name: words.en.byTime, exact: true }).press("Enter");
  await page.locator("th[aria-sort=descending]").getByText(words.en.byTime).waitFor();
  assert.equal((await listed(desktop)).includes("1008"), false, "who has just signed in is the last");
  await page.locator("[data-filter=signed_out]").press("Enter");
  await row(desktop, "1008").waitFor({ state: "detached" });
  const [first, second] = await listed(desktop);
  await row(desktop, first).getByRole("button").focus();
  await page.keyboard.press("ArrowDown");
  await page.evaluate(() => {
    const enter = { key: "ArrowDown", isComposing: true, bubbles: true };
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", enter));
  });
  assert.equal((await focused(page)).agent, second, "composing moves nothing");
  await page.keyboard.press("End");
  assert.deepEqual((await focused(page)).index, (await members(desktop)) + 1, "the last row, which was not drawn before");
  assert.ok((await listed(desktop)).length < MEMBERS, "rows out of sight are not drawn");
  await page.keyboard.press("Home");
  assert.equal((await focused(page)).agent, first);
  await page.getByLabel(words.en.search).fill("nobody at all");
  await page.getByText(words.en.nobody).waitFor();
  await desktop.pictures("team-nobody");
  await desktop.button("ID").click();
  await desktop.press(words.en.all);
  await row(desktop, "1008").waitFor();
  await page.locator(".roster select").selectOption({ label: "Team Harbor 2" });
  await row(desktop, "1034").waitFor();
  assert.deepEqual((await listed(desktop)).sort(), ["1031", "1032", "1033", "1034"], "its own supervisor is a member, says the AWDB");
  await desktop.close();
});

test("names with markup are text, and a team that cannot be read says why and is read again", async () => {
  const desktop = await Desktop.open(browser, "en", { net: NET });
  const { page } = desktop;
  const refused = { status: 404, contentType: "application/xml", body: error("Not Found", MARKUP) };
  await page.route("**/finesse/api/Team/5000*", (route) => route.fulfill(refused));
  await desktop.signIn("1001", "1001");
  await desktop.signedIn();
  await openTeam(desktop);
  await page.getByText(words.en.notRead).waitFor();
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("team-refused");
  await page.unroute("**/finesse/api/Team/5000*");
  await page.route("**/finesse/api/Team/5000*", async (route) => {
    const answer = await route.fetch();
    const hostile = (await answer.text()).replace("<firstName>Alice</firstName>", `<firstName>${escaped(MARKUP)}</firstName>`);
    await route.fulfill({ response: answer, body: hostile });
  });
  await desktop.press(words.en.again);
  await page.getByText(MARKUP).waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  await desktop.close();
});

const escaped = (text) => text.replace(/</g, "&lt;").replace(/>/g, "&gt;");
const error = (type, message) =>
  `<ApiErrors><ApiError><ErrorData/><ErrorMessage>${escaped(message)}</ErrorMessage><ErrorType>${type}</ErrorType></ApiError></ApiErrors>`;

test("an agent has no team page", async () => {
  const desktop = await Desktop.open(browser, "en", { net: NET });
  await desktop.signIn("1006", "61006");
  await desktop.signedIn();
  assert.equal(await desktop.page.getByRole("navigation").count(), 0);
  await desktop.close();
});
