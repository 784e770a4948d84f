/** Workflows in Chromium: pages that are opened, requests that are sent, and what is refused. An administrator
 * has set them. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { Lab, openBrowser } from "./lab.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.87.3";
const CRM = `http://${NET}.99`;

const words = {
  en: { blocked: /^Workflow “Customer”: Your browser has not opened its page/, open: `Open ${NET}.99`, origin: /Requests to its server are not allowed here/ },
  ja: { blocked: /^ワークフロー「Customer」: ブラウザーがページを開きませんでした/, open: `${NET}.99 を開く`, origin: /このサーバーへの要求は許可されていません/ },
};

let lab, browser, crm;

/** A server of the site's own, that notes what it is asked. */
class Crm {
  asked = [];
  posted = new Promise((resolve) => (this.heardPost = resolve));

  async start() {
    this.server = createServer((request, response) => {
      let body = "";
      request.on("data", (data) => (body += data));
      request.on("end", () => {
        if (!request.url.startsWith("/favicon")) this.asked.push({ method: request.method, url: request.url, headers: request.headers, body });
        if (request.method === "POST") this.heardPost();
        const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type", "access-control-allow-methods": "PUT, POST" };
        response.writeHead(200, { "content-type": "text/html", ...cors });
        response.end("<!doctype html><title>CRM</title><p>Customer</p>");
      });
    });
    this.server.listen(0, `${NET}.99`);
    await once(this.server, "listening");
    this.origin = `${CRM}:${this.server.address().port}`;
    return this;
  }

  of(method) {
    return this.asked.filter((one) => one.method === method);
  }
}

before(async () => {
  crm = await new Crm().start();
  const settings = [`desktop.workflow_origins=["${crm.origin}"]`];
  [lab, browser] = await Promise.all([Lab.start({ net: NET, settings }), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
  crm?.server.close();
});

const TEAM = "5000";
const params = (values) => Object.entries(values).map(([name, value]) => `<Param><name>${name}</name><value>${value}</value></Param>`).join("");
const condition = (name, comparator, value) =>
  `<Condition><Variable><name>${name}</name><type>SYSTEM</type></Variable><comparator>${comparator}</comparator><value>${value}</value></Condition>`;
const action = (name, type, values, variables = "") =>
  lab.make("WorkflowAction", `<name>${name}</name><type>${type}</type><handledBy>FINESSE_DESKTOP</handledBy><params>${params(values)}</params><actionVariables>${variables}</actionVariables>`);
const workflow = (name, trigger, conditions, ...actions) =>
  lab.make("Workflow", `<name>${name}</name><TriggerSet><name>${trigger}</name><type>SYSTEM</type></TriggerSet>`
    + `<ConditionSet><applyMethod>ALL</applyMethod><conditions>${conditions}</conditions></ConditionSet>`
    + `<workflowActions>${actions.map((uri) => `<WorkflowAction><uri>${uri}</uri></WorkflowAction>`).join("")}</workflowActions>`);

/** As browsers do it: a window opens when a person has pressed something, and later finds itself again by its name. Under a
 * debugger everything counts as pressed. */
function blockWindows() {
  const [open, known] = [window.open, new Set()];
  window.open = (url, name) => {
    if (window.event?.type !== "click" && !known.has(name)) return null;
    known.add(name);
    return open.call(window, url, name);
  };
}

/** Signed in at a site with these workflows. */
async function signedIn(language, agent, ...workflows) {
  await lab.assign(TEAM, "Workflow", workflows);
  const desktop = await Desktop.open(browser, language, { net: NET });
  await desktop.page.addInitScript(blockWindows);
  await desktop.page.reload();
  await desktop.signIn(agent, `6${agent}`);
  await desktop.signedIn();
  crm.asked.length = 0;
  return desktop;
}

const places = ({ context }) => context.pages().map((page) => page.url());

async function makeCall({ page, words: say }, number) {
  await page.getByLabel(say.number, { exact: true }).fill(number);
  await page.getByLabel(say.number, { exact: true }).press("Enter");
}

const NUMBER = "<ActionVariable><name>number</name><node>//Dialog/fromAddress</node><type>CUSTOM</type></ActionVariable>";
const pop = (name) => action(name, "BROWSER_POP", { windowName: "crm", path: `${crm.origin}/${name}?number=\${number}&amp;agent=\${loginId}` }, NUMBER);

test("a caller's page opens in one window; where the browser opens none, a notice has the link", async () => {
  const unmeant = await workflow("unmeant", "CALL_ARRIVES", condition("callType", "IS_EQUAL", "CONFERENCE"), await pop("Unmeant"));
  const meant = await workflow("meant", "CALL_ARRIVES", condition("fromAddress", "BEGINS_WITH", "03"), await pop("Customer"));
  const second = await workflow("second", "CALL_ARRIVES", "", await pop("Second"));
  const desktop = await signedIn("ja", "1002", unmeant, meant, second);
  const { page, context } = desktop;
  await desktop.press(desktop.words.ready);
  await desktop.state("READY");
  await lab.ctl("call", "0312345678", "61002");
  await desktop.call("ALERTING").waitFor();
  const notice = page.locator(".notice");
  await notice.getByText(words.ja.blocked).waitFor();
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("workflow-blocked");
  const [opened] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: words[desktop.language].open }).click()]);
  await opened.waitForLoadState();
  assert.equal(opened.url(), `${crm.origin}/Customer?number=0312345678&agent=1002`);
  await notice.waitFor({ state: "detached" });

  await lab.ctl("kill", "node-1");
  await desktop.banner("moved").waitFor();
  await desktop.press(desktop.words.answer);
  await desktop.call("ACTIVE").waitFor();
  await desktop.press(desktop.words.end);
  await desktop.call().waitFor({ state: "detached" });
  assert.equal(crm.of("GET").length, 1, "neither the move nor the answer was news of its arrival");
  await lab.ctl("start", "node-1");
  await lab.inService();
  await desktop.state("READY");
  await lab.ctl("call", "0399999999", "61002");
  await opened.waitForURL(/0399999999/);
  assert.equal(places(desktop).length, 2, `the window is used again: ${places(desktop)}`);
  assert.equal(await notice.count(), 0);
  await desktop.close();
});

test("requests go to the own server with the agent's name, and to named origins without", async () => {
  const data = "&lt;Dialog&gt;&lt;requestedAction&gt;UPDATE_CALL_DATA&lt;/requestedAction&gt;&lt;mediaProperties&gt;&lt;callvariables&gt;&lt;CallVariable&gt;&lt;name&gt;callVariable5&lt;/name&gt;&lt;value&gt;&amp;amp;${toAddress}&lt;/value&gt;&lt;/CallVariable&gt;&lt;/callvariables&gt;&lt;/mediaProperties&gt;&lt;/Dialog&gt;";
  const own = await action("Mark", "HTTP_REQUEST", { method: "PUT", location: "FINESSE", contentType: "application/xml", path: "/finesse/api/Dialog/${dialogId}", body: data });
  const named = await action("Log", "HTTP_REQUEST", { method: "POST", location: "OTHER", contentType: "application/json", path: `${crm.origin}/calls`, body: '{"to":"${toAddress}"}' });
  const elsewhere = await action("Spy", "HTTP_REQUEST", { method: "POST", location: "OTHER", contentType: "text/plain", path: `http://${NET}.99:1/calls`, body: "x" });
  const desktop = await signedIn("en", "1004", await workflow("made", "CALL_MADE", "", own, named, elsewhere));
  const { page } = desktop;
  await makeCall(desktop, "99003");
  await desktop.call("INITIATED").waitFor();
  await page.locator(".notice").getByText(words.en.origin).waitFor();
  await desktop.pictures("workflow-refused");
  await page.locator(".variables").getByText("&99003").waitFor();
  await crm.posted;
  const [{ url, headers, body }] = crm.of("POST");
  assert.deepEqual([url, body, headers["content-type"]], ["/calls", '{"to":"99003"}', "application/json"]);
  assert.deepEqual([headers.authorization, headers.cookie, headers.referer], [undefined, undefined, undefined]);
  assert.equal(await page.locator(".notice").count(), 1, "what was done is not worth a word");
  await desktop.press(desktop.words.end);
  await desktop.call().waitFor({ state: "detached" });
  await desktop.close();
});

test("the policy of the page keeps requests from every other origin", async () => {
  const desktop = await Desktop.open(browser, "en", { net: NET });
  const asked = (url) => desktop.page.evaluate((url) => fetch(url).then(() => "answered", () => "refused"), url);
  assert.equal(await asked(`${crm.origin}/`), "answered");
  assert.equal(await asked(`http://${NET}.99:1/`), "refused");
  assert.equal(desktop.troubles.splice(0).length > 0, true, "the browser says why");
  await desktop.close();
});
