/** A lab of its own network, and a browser in front of it. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** Far longer than anything here takes; only a hang reaches it. */
export const GUARD_MS = 40_000;

export const NET = "127.76.1";
export const PASSWORD = "holdfast";
const HOLDFAST = process.env.HOLDFAST ?? "target/ci/holdfast";

export class Lab {
  /** Up when both servers are in service. */
  static async start() {
    const lab = new Lab();
    lab.process = spawn(HOLDFAST, ["lab", "--net", NET, "--agents", "12"], { stdio: ["ignore", "pipe", "inherit"] });
    lab.ended = new Promise((resolve) => lab.process.on("exit", resolve));
    process.on("exit", () => lab.process.kill("SIGKILL"));
    for await (const line of createInterface({ input: lab.process.stdout })) if (line.includes("Ctrl-C")) break;
    if (lab.process.exitCode !== null) throw new Error("the lab did not start");
    return lab;
  }

  async ctl(...words) {
    const order = spawn(HOLDFAST, ["lab", "--net", NET, "ctl", ...words], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    order.stdout.on("data", (data) => (said += data));
    const code = await new Promise((resolve) => order.on("close", resolve));
    if (code !== 0) throw new Error(`lab ctl ${words.join(" ")}: exit status ${code}`);
    return said;
  }

  /** Calls of the switch's truth. */
  async calls() {
    return JSON.parse(await this.ctl("state", "--json")).truth.calls;
  }

  /** Waits until both servers are in service. */
  async inService() {
    const serves = async () => JSON.parse(await this.ctl("state", "--json")).nodes.every((node) => node.service === "in-service");
    while (!(await serves())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async stop() {
    this.process.kill("SIGINT");
    await this.ended;
  }
}

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

export async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: [...QUIET, "--disable-component-update", "--disable-sync"] });
}
