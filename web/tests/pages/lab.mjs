/** A lab of its own network, and a browser in front of it. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** Far longer than anything here takes; only a hang reaches it. */
export const GUARD_MS = 40_000;

/** Of a lab that was given no other network. */
export const NET = "127.76.1";
export const PASSWORD = "holdfast";
const HOLDFAST = process.env.HOLDFAST ?? "target/ci/holdfast";

export class Lab {
  /** Up when both servers are in service. */
  static async start({ net = NET, agents = 12, teamSize = 10, settings = [] } = {}) {
    const lab = new Lab();
    lab.net = net;
    const set = settings.flatMap((setting) => ["--node-setting", setting]);
    const words = ["lab", "--net", net, "--agents", String(agents), "--team-size", String(teamSize), ...set];
    lab.process = spawn(HOLDFAST, words, { stdio: ["ignore", "pipe", "inherit"] });
    lab.ended = new Promise((resolve) => lab.process.on("exit", resolve));
    process.on("exit", () => lab.process.kill("SIGKILL"));
    for await (const line of createInterface({ input: lab.process.stdout })) if (line.includes("Ctrl-C")) break;
    if (lab.process.exitCode !== null) throw new Error("the lab did not start");
    return lab;
  }

  async ctl(...words) {
    const order = spawn(HOLDFAST, ["lab", "--net", this.net, "ctl", ...words], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    order.stdout.on("data", (data) => (said += data));
    const code = await new Promise((resolve) => order.on("close", resolve));
    if (code !== 0) throw new Error(`lab ctl ${words.join(" ")}: exit status ${code}`);
    return said;
  }

  async state() {
    return JSON.parse(await this.ctl("state", "--json"));
  }

  /** Calls of the switch's truth. */
  async calls() {
    return (await this.state()).truth.calls;
  }

  /** What the switch knows of an agent. */
  async agent(id) {
    return (await this.state()).truth.agents.find((agent) => agent.id === id);
  }

  /** Waits until both servers are in service. */
  async inService() {
    await this.until(({ nodes }) => nodes.every((node) => node.service === "in-service"));
  }

  /** Waits until the lab is as wanted. */
  async until(wanted) {
    const end = Date.now() + GUARD_MS;
    while (!wanted(await this.state())) {
      if (Date.now() > end) throw new Error(`the lab never came to: ${wanted}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A request of REST by one of the people, at one of the servers. */
  async rest(user, method, path, body = null, host = 11) {
    return (await this.#request({ name: user, password: PASSWORD }, method, path, body, host)).text();
  }

  /** Makes an object of the settings, as the administrator. Gives its URI. */
  async make(kind, body) {
    const made = await this.#administer("POST", kind, `<${kind}>${body}</${kind}>`);
    return new URL(made.headers.get("location")).pathname;
  }

  /** Gives these objects, and no others, to a team. */
  async assign(team, kind, uris) {
    const list = uris.map((uri) => `<${kind}><uri>${uri}</uri></${kind}>`).join("");
    await this.#administer("PUT", `Team/${team}/${kind}s`, `<${kind}s>${list}</${kind}s>`);
  }

  async #administer(method, path, body) {
    const { people } = await this.state();
    return this.#request(people.administrator, method, path, body, 11);
  }

  async #request({ name, password }, method, path, body, host) {
    const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
    const headers = { authorization, ...(body && { "content-type": "application/xml" }) };
    const answer = await fetch(`http://${this.net}.${host}:8082/finesse/api/${path}`, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async stop() {
    this.process.kill("SIGINT");
    await this.ended;
  }
}

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

export async function openBrowser({ args = [], ...more } = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: [...QUIET, "--disable-component-update", "--disable-sync", ...args], ...more });
}
