/** CLIENT rows of failover.md in Chromium, against the services and the network of a whole lab. The 10 s between two
 * polls, and between two pings, are 2.5 s and 0.3 s here. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { Lab, openBrowser } from "./lab.mjs";
import { Network } from "./network.mjs";
import { Desktop } from "./page.mjs";

const NET = "127.81.1";
const [FIRST, SECOND] = [`${NET}.11`, `${NET}.12`];

let lab, browser, network, desktop;

before(async () => {
  const settings = ["desktop.poll_interval=2500ms", "desktop.ping_interval=300ms"];
  [lab, browser, network] = await Promise.all([Lab.start({ net: NET, settings }), openBrowser(), Network.start(`${NET}.81`)]);
});

afterEach(async () => {
  network.heal();
  await desktop?.close();
  await lab.inService();
});

after(async () => {
  await browser?.close();
  network?.stop();
  await lab?.stop();
});

/** An agent at work on the first server, on a call if wanted. */
async function atWork(user, extension, { language = "en", query = "", call = true } = {}) {
  desktop = await Desktop.open(browser, language, { net: NET, query, context: { proxy: { server: network.url } } });
  await desktop.signIn(user, extension);
  await desktop.signedIn();
  if (!call) return;
  await lab.ctl("call", "0312345678", extension);
  await desktop.call("ALERTING").waitFor();
  await desktop.press(desktop.words.answer);
  await desktop.call("ACTIVE").waitFor();
}

/** The call is the same, works, and ends. */
async function callWorks() {
  await desktop.press(desktop.words.hold);
  await desktop.call("HELD").waitFor();
  await desktop.press(desktop.words.retrieve);
  await desktop.call("ACTIVE").waitFor();
  await desktop.press(desktop.words.end);
  await desktop.call().waitFor({ state: "detached" });
  assert.equal(desktop.loads, 1, "the page was not loaded again");
}

async function movedWithCall() {
  await desktop.page.locator(".call.stale").waitFor();
  await desktop.banner("moved").waitFor();
  await desktop.page.getByText(desktop.words.movedTo(SECOND)).waitFor();
  await callWorks();
}

test("client_18a: the platform stops, and the agent on a call is moved after a poll", async () => {
  await atWork("1002", "61002");
  await lab.ctl("service", "node-1", "platform", "stop");
  await movedWithCall();
  await lab.ctl("service", "node-1", "platform", "start");
});

test("client_18b: the web application stops, and the agent on a call is moved after a poll", async () => {
  await atWork("1003", "1003", { language: "ja" });
  await lab.ctl("service", "node-1", "webapp", "stop");
  await desktop.banner("waiting").waitFor();
  await movedWithCall();
  await lab.ctl("service", "node-1", "webapp", "start");
});

test("client_18c: notifications stop, and the agent on a call is moved after a poll", async () => {
  await atWork("1004", "61004");
  await lab.ctl("service", "node-1", "notification", "stop");
  await movedWithCall();
  await lab.ctl("service", "node-1", "notification", "start");
});

test("client_18d, client_7: both CTI servers are lost; who waits is back on his own server", async () => {
  await atWork("1005", "1005", { language: "ja" });
  await Promise.all([lab.ctl("kill", "cti-a"), lab.ctl("kill", "cti-b")]);
  await desktop.banner("both_down").waitFor();
  await Promise.all([lab.ctl("revive", "cti-a"), lab.ctl("revive", "cti-b")]);
  await desktop.banner("reconnected").waitFor();
  assert.match(await desktop.page.locator(".banner").innerText(), new RegExp(FIRST));
  await callWorks();
});

test("client_5, client_12: a service that is back before a poll moves nobody", async () => {
  await atWork("1006", "61006");
  await lab.ctl("service", "node-1", "webapp", "stop");
  await desktop.page.locator(".call.stale").waitFor();
  await lab.ctl("service", "node-1", "webapp", "start");
  await desktop.banner("reconnected").waitFor();
  assert.match(await desktop.page.locator(".banner").innerText(), new RegExp(FIRST));
  await callWorks();
});

for (const transport of ["websocket", "bosh"]) {
  const query = transport === "bosh" ? "?transport=bosh" : "";

  test(`client_6b, client_16: the network is cut and back before a poll, over ${transport}`, async () => {
    const [user, extension] = transport === "bosh" ? ["1010", "61010"] : ["1007", "1007"];
    await atWork(user, extension, { query });
    network.cut(FIRST, SECOND);
    await desktop.banner("lost").waitFor();
    network.heal();
    await desktop.banner("reconnected").waitFor();
    assert.match(await desktop.page.locator(".banner").innerText(), new RegExp(FIRST));
    await callWorks();
  });

  test(`client_4, client_14: the way to one server is cut for good, over ${transport}`, async () => {
    const [user, extension] = transport === "bosh" ? ["1011", "1011"] : ["1008", "61008"];
    await atWork(user, extension, { query });
    network.cut(FIRST);
    await movedWithCall();
  });
}

test("client_2, client_3: the network is cut, and back after polls of both servers", async () => {
  await atWork("1009", "1009", { language: "ja" });
  network.cut(FIRST, SECOND);
  await desktop.banner("both_down").waitFor();
  network.heal();
  await desktop.banner("reconnected").waitFor();
  assert.match(await desktop.page.locator(".banner").innerText(), new RegExp(FIRST));
  await callWorks();
});

test("a server under a storm says when to come back, and is obeyed", async () => {
  await atWork("1012", "61012");
  const asked = [];
  await desktop.page.route(`http://${SECOND}:8082/finesse/api/User/1012`, async (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    asked.push(Date.now());
    if (asked.length > 1) return route.continue();
    const headers = { "Retry-After": "2", "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After" };
    return route.fulfill({ status: 503, headers });
  });
  await lab.ctl("kill", "node-1");
  await movedWithCall();
  assert.equal(asked.length, 2);
  assert.ok(asked[1] - asked[0] >= 2000, `asked again after ${asked[1] - asked[0]} ms`);
  await lab.ctl("start", "node-1");
});

test("a password that the other server does not accept is not tried again and again", async () => {
  await atWork("1001", "1001", { language: "ja", call: false });
  let asked = 0;
  await desktop.page.route(`http://${SECOND}:8082/finesse/api/User/1001`, async (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    asked += 1;
    return route.fulfill({ status: 401, headers: { "Access-Control-Allow-Origin": "*" } });
  });
  const polls = [];
  desktop.page.on("request", (request) => {
    if (request.url() === `http://${SECOND}:8082/finesse/api/SystemInfo`) polls.push(request);
  });
  await lab.ctl("kill", "node-1");
  await desktop.banner("sign_in_refused").waitFor();
  await desktop.pictures("sign-in-refused-elsewhere");
  const before = polls.length;
  while (polls.length < before + 2) await desktop.page.waitForRequest(`http://${SECOND}:8082/finesse/api/SystemInfo`);
  assert.equal(asked, 1, "once, although the server was found available twice more");
  await lab.ctl("start", "node-1");
  await desktop.banner("reconnected").waitFor();
});

test("a move that the other server refuses says why, and is tried again", async () => {
  await atWork("1006", "61006", { call: false });
  const refused = `http://${SECOND}:8082/finesse/api/User/1006`;
  await desktop.page.route(refused, (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    const error = "<ApiErrors><ApiError><ErrorType>Invalid Input</ErrorType><ErrorMessage>61006</ErrorMessage></ApiError></ApiErrors>";
    return route.fulfill({ status: 400, body: error, headers: { "Access-Control-Allow-Origin": "*" } });
  });
  await lab.ctl("kill", "node-1");
  const banner = desktop.banner("sign_in_failed");
  await banner.getByText("The extension is not valid. Invalid Input, 61006").waitFor();
  assert.deepEqual(await desktop.flaws(), []);
  await desktop.pictures("move-refused");
  await desktop.page.unroute(refused);
  await desktop.banner("moved").waitFor();
  assert.equal(await desktop.page.locator(".banner .cause").count(), 0);
  await lab.ctl("start", "node-1");
});
