/** What people read when no user database can be asked: the words of the seed (failover.md AWDB-13a and 13c), and why. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const AWDB_NET = "127.82.7";
/** So long people are known here, instead of 30 minutes. */
const KNOWN_MS = 1_000;
let lab, browser;

before(async () => {
  const settings = [`awdb.cache=${KNOWN_MS}ms`];
  [lab, browser] = await Promise.all([Lab.start({ net: AWDB_NET, settings }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

const texts = {
  en: { timedOut: "Operation timed out", why: /not checked: no user database has been reachable since \d\d:\d\d/ },
  ja: { timedOut: "オペレーションのタイムアウト", why: /パスワードは確認されていません。\d\d:\d\d からユーザデータベースに接続できない/ },
};

const hosts = (verb) => Promise.all(["awdb-1", "awdb-2"].map((host) => lab.ctl(verb, host)));

for (const language of ["en", "ja"]) {
  test(`in ${language}, an outage of both databases is told as one, and work goes on with either of them`, async () => {
    const [one, other] = language === "en" ? ["1002", "1004"] : ["1006", "1008"];
    const desktop = await Desktop.open(browser, language, { net: AWDB_NET });
    const { page, words: say } = desktop;
    await desktop.signIn(one, `6${one}`);
    await desktop.signedIn();
    await hosts("kill");
    // Longer than he is known; however much longer does not matter.
    await page.waitForTimeout(1.5 * KNOWN_MS);

    await desktop.press(say.ready);
    const notice = page.locator(".notice");
    await notice.getByText(texts[language].timedOut).waitFor();
    await notice.getByText(texts[language].why).waitFor();
    await desktop.picture("awdb-timed-out");
    assert.deepEqual(await desktop.flaws(), []);
    await lab.ctl("call", "0312345678", `6${one}`);
    await desktop.call("ALERTING").waitFor();

    const late = await Desktop.open(browser, language, { net: AWDB_NET });
    await late.signIn(other, `6${other}`);
    await late.page.getByText(say.wrong).waitFor();
    await late.page.getByText(texts[language].why).waitFor();
    await late.picture("awdb-not-checked");
    assert.deepEqual(await late.flaws(), []);

    await lab.ctl("start", "awdb-2");
    await late.signIn(other, `6${other}`);
    await late.signedIn();
    await desktop.press(say.dismiss);
    await desktop.press(say.answer);
    await desktop.call("ACTIVE").waitFor();
    await desktop.press(say.end);
    await desktop.call().waitFor({ state: "detached" });

    await lab.ctl("start", "awdb-1");
    await Promise.all([desktop.close(), late.close()]);
  });
}

test("a wrong password is told without a word of databases", async () => {
  const desktop = await Desktop.open(browser, "en", { net: AWDB_NET });
  await desktop.signIn("1010", "61010", "guess");
  await desktop.page.getByText(desktop.words.wrong).waitFor();
  assert.equal(await desktop.page.locator(".not-checked").count(), 0);
  await desktop.close();
});
