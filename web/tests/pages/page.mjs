/** The desktop as a person uses it: by what is written on it. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { GUARD_MS, NET, PASSWORD } from "./lab.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where pictures go, if they are wanted. */
const SHOTS = process.env.SCREENSHOTS;

export const words = {
  en: {
    user: "Agent ID or login name", password: "Password", extension: "Extension", signIn: "Sign in",
    ready: "Ready", answer: "Answer", hold: "Hold", retrieve: "Retrieve", end: "End", consult: "Consult",
    conference: "Conference", number: "Number", to: "Consult or transfer to", call: "Call", held: "On hold",
    talking: "Talking", notReady: "Not ready", wrong: "Invalid user ID or password", wrapUp: "Wrap-up reason",
    signedOut: "You are signed out.", signOut: "Sign out: Choose a reason", dismiss: "Dismiss",
    notReadyReason: "Not ready: Choose a reason", busy: "This extension is used by another agent.",
    movedTo: (host) => `You are signed in on the server ${host} now.`, neither: "Neither server is available.",
    noCalls: "No calls.", certificate: "its certificate has not been accepted yet",
  },
  ja: {
    user: "エージェント ID またはログイン名", password: "パスワード", extension: "内線番号", signIn: "サインイン",
    ready: "受信可", answer: "応答", hold: "保留", retrieve: "保留解除", end: "終了", consult: "打診",
    conference: "会議", number: "番号", to: "打診・転送先", call: "発信", held: "保留中",
    talking: "通話中", notReady: "受信不可", wrong: "無効なユーザ ID またはパスワード", wrapUp: "後処理の理由",
    signedOut: "サインアウトしました。", signOut: "サインアウト: 理由を選択", dismiss: "閉じる",
    notReadyReason: "受信不可: 理由を選択", busy: "この内線番号は別のエージェントが使用しています。",
    movedTo: (host) => `サーバー ${host} にサインインしました。`, neither: "どちらのサーバーも利用できません。",
    noCalls: "通話はありません。", certificate: "証明書がまだ承認されていません",
  },
};

export class Desktop {
  /** A browser of its own, at one of the two servers. */
  static async open(browser, language, { net = NET, host = 11, query = "", origin = `http://${net}.${host}:8082`, context: more = {} } = {}) {
    const locale = language === "ja" ? "ja-JP" : "en-US";
    const context = await browser.newContext({ locale, viewport: { width: 1100, height: 640 }, ...more });
    context.setDefaultTimeout(GUARD_MS);
    const page = await context.newPage();
    const desktop = new Desktop();
    Object.assign(desktop, { page, context, language, words: words[language], troubles: [], loads: 0 });
    page.on("pageerror", (error) => desktop.troubles.push(String(error)));
    page.on("load", () => (desktop.loads += 1));
    page.on("console", (said) => {
      if (/Content Security Policy/.test(said.text())) desktop.troubles.push(said.text());
    });
    await page.goto(`${origin}/desktop/${query}`);
    return desktop;
  }

  async signIn(user, extension, password = PASSWORD) {
    const { page, words: say } = this;
    await page.getByLabel(say.user).fill(user);
    await page.getByLabel(say.password).fill(password);
    await page.getByLabel(say.extension).fill(extension);
    await page.getByRole("button", { name: say.signIn, exact: true }).click();
  }

  /** The process that shows the page dies. */
  async crash() {
    const crashed = this.page.waitForEvent("crash");
    void this.page.goto("chrome://crash").catch(() => {});
    await crashed;
  }

  async signedIn() {
    await this.page.locator(".desk").waitFor();
  }

  button(name, within = this.page) {
    return within.getByRole("button", { name, exact: true });
  }

  async press(name, within = this.page) {
    await this.button(name, within).and(this.page.locator("[aria-disabled=false]")).click();
  }

  /** The browser has kept the whole page. */
  async kept() {
    await this.page.waitForFunction(async () => (await caches.match("/desktop/")) && (await navigator.serviceWorker.ready));
  }

  async state(state) {
    await this.page.locator(`.state .now[data-state=${state}]`).waitFor();
  }

  call(state) {
    return this.page.locator(state ? `.call[data-state=${state}]` : ".call");
  }

  banner(kind) {
    return this.page.locator(`[data-banner=${kind}]`);
  }

  /** From the menu of a button. */
  async choose(label, option) {
    await this.page.getByRole("button", { name: label }).and(this.page.locator("[aria-disabled=false]")).click();
    await this.page.getByRole("menu", { name: label }).getByText(option, { exact: true }).click();
  }

  /** Whether the keyboard is on this, or within it. */
  async isFocused(locator) {
    return locator.evaluate((element) => element.contains(document.activeElement));
  }

  /** What axe-core finds that keeps people out. */
  async flaws() {
    if (!(await this.page.evaluate(() => "axe" in globalThis))) {
      // Evaluated by the debugger, which the policy of the page does not bind.
      await this.page.evaluate(AXE);
    }
    const { violations } = await this.page.evaluate(() => globalThis.axe.run());
    const grave = violations.filter(({ id, impact }) => impact === "serious" || impact === "critical" || id === "landmark-unique");
    return grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  }

  async picture(name) {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: `${SHOTS}/${name}-${this.language}.png` });
  }

  /** Switches the language, which can be done at any time. */
  async speak(language) {
    await this.page.getByRole("button", { name: { en: "English", ja: "日本語" }[language] }).click();
    await this.page.locator(`html[lang=${language}]`).waitFor();
    [this.language, this.words] = [language, words[language]];
  }

  async pictures(name) {
    for (const language of ["ja", "en"]) {
      await this.speak(language);
      await this.picture(name);
    }
  }

  /** Nothing went wrong that a person would not see. */
  async close() {
    assert.deepEqual(this.troubles, []);
    await this.context.close();
  }
}
