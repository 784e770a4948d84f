/** What a browser must have before the first server dies: the page kept, and the other server's certificate accepted (CLIENT-X5). */

import assert from "node:assert/strict";
import { X509Certificate, createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { connect } from "node:tls";

import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.81.3";
const [FIRST, SECOND] = [`${NET}.11`, `${NET}.12`];

let lab;

before(async () => {
  lab = await Lab.start({ net: NET, settings: ["desktop.poll_interval=2500ms"] });
});

after(async () => {
  await lab?.stop();
});

/** The key of a server as Chromium wants to be told of it: a person would have accepted its certificate. */
async function keyOf(host) {
  const socket = connect({ host, port: 8445, rejectUnauthorized: false });
  await new Promise((resolve) => socket.once("secureConnect", resolve));
  const { publicKey } = new X509Certificate(socket.getPeerCertificate().raw);
  socket.destroy();
  return createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("base64");
}

/** Runs with a browser that trusts these servers. */
async function withBrowser(hosts, run) {
  const keys = await Promise.all(hosts.map(keyOf));
  const args = keys.length ? [`--ignore-certificate-errors-spki-list=${keys.join(",")}`] : [];
  const browser = await openBrowser({ args });
  await run(browser).finally(() => browser.close());
}

for (const scheme of ["http", "https"]) {
  const origin = scheme === "http" ? `http://${FIRST}:8082` : `https://${FIRST}:8445`;
  const language = scheme === "http" ? "en" : "ja";

  test(`after a move the page can be loaded again although its server is dead, over ${scheme}`, () =>
    withBrowser(scheme === "http" ? [] : [FIRST, SECOND], async (browser) => {
      const desktop = await Desktop.open(browser, language, { origin });
      const { page, words: say } = desktop;
      await desktop.signIn("1002", "61002");
      await desktop.signedIn();
      await desktop.kept();
      await lab.ctl("kill", "node-1");
      await desktop.banner("moved").waitFor();
      assert.equal(await page.locator(".stranded").count(), 0, "nothing to be afraid of");
      await page.reload();
      assert.equal(await page.getByLabel(say.extension).inputValue(), "61002", "what was typed is still there");
      await desktop.signIn("1002", "61002");
      await desktop.signedIn();
      assert.match(await page.locator(".banner").innerText(), new RegExp(SECOND));
      await lab.ctl("start", "node-1");
      await lab.inService();
      await desktop.choose(say.signOut, "End of shift");
      await page.getByText(say.signedOut).waitFor();
      await desktop.close();
    }));
}

test("where the browser keeps no page, it asks before the page is loaded again, and the page says where to go", () =>
  withBrowser([], async (browser) => {
    const desktop = await Desktop.open(browser, "en", { net: NET, context: { serviceWorkers: "block" } });
    const { page } = desktop;
    await desktop.signIn("1005", "1005");
    await desktop.signedIn();
    await lab.ctl("kill", "node-1");
    await desktop.banner("moved").waitFor();
    assert.equal(await page.locator(".stranded a").getAttribute("href"), `http://${SECOND}:8082/desktop/`);
    await desktop.pictures("stranded");
    const asked = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
    await desktop.state("NOT_READY");
    assert.equal(desktop.loads, 1);
    await lab.ctl("start", "node-1");
    await lab.inService();
    await desktop.close();
  }));

test("whoever has the sign-in page open when its server dies signs in at the other one, though nothing was kept", () =>
  withBrowser([], async (browser) => {
    const desktop = await Desktop.open(browser, "ja", { net: NET, context: { serviceWorkers: "block" } });
    const { page, words: say } = desktop;
    await desktop.signIn("1006", "61006", "not the password");
    await page.getByText(say.wrong).waitFor();
    await lab.ctl("kill", "node-1");
    await desktop.signIn("1006", "61006");
    await desktop.signedIn();
    assert.match(await page.locator(".banner").innerText(), new RegExp(SECOND));
    await lab.ctl("start", "node-1");
    await lab.inService();
    await desktop.close();
  }));

for (const language of ["en", "ja"]) {
  test(`${language}: a certificate that is not accepted is told of at sign-in, and nobody is moved there`, () =>
    withBrowser([FIRST], async (browser) => {
      const desktop = await Desktop.open(browser, language, { origin: `https://${FIRST}:8445` });
      const { page, words: say } = desktop;
      const [user, extension] = language === "en" ? ["1003", "1003"] : ["1004", "61004"];
      await desktop.signIn(user, extension);
      await desktop.signedIn();
      const note = page.locator(".note");
      await note.getByText(say.certificate).waitFor();
      assert.deepEqual(
        await note.getByRole("link").evaluateAll((links) => links.map((link) => link.href)),
        [`https://${SECOND}:8445/desktop/`, `https://${SECOND}:7443/livez`],
      );
      assert.deepEqual(await desktop.flaws(), []);
      await desktop.picture("certificate");
      await desktop.press(say.ready);
      await desktop.state("READY");

      await lab.ctl("kill", "node-1");
      await desktop.banner("both_down").waitFor();
      // Neither what is of no use now nor what nobody knows.
      await note.waitFor({ state: "hidden" });
      await page.getByText(say.noCalls, { exact: true }).waitFor();
      await lab.ctl("start", "node-1");
      await desktop.banner("reconnected").waitFor();
      await note.getByText(say.certificate).waitFor();

      // The person accepts it in another tab, and comes back.
      const debug = await desktop.context.newCDPSession(page);
      await debug.send("Security.setIgnoreCertificateErrors", { ignore: true });
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await note.waitFor({ state: "hidden" });
      await desktop.close();
      await lab.inService();
    }));
}
