// A lab of its own network, as anybody has it: the program, and its `lab ctl`.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// Far longer than anything here takes; only a hang reaches it.
export const GUARD_MS = 60_000;

const NET = "127.75.1";
const HOLDFAST = process.env.HOLDFAST ?? "target/ci/holdfast";

export class Lab {
  node = `${NET}.11`;
  password = "holdfast";
  // The active CTI server first.
  sides = ["cti-a", "cti-b"];

  static async start() {
    const lab = new Lab();
    lab.process = spawn(HOLDFAST, ["lab", "--net", NET, "--agents", "4"], { stdio: ["ignore", "pipe", "inherit"] });
    lab.ended = new Promise((resolve) => lab.process.on("exit", resolve));
    process.on("exit", () => lab.process.kill("SIGKILL"));
    const lines = createInterface({ input: lab.process.stdout });
    for await (const line of lines) if (line.includes("Ctrl-C")) break;
    if (lab.process.exitCode !== null) throw new Error("the lab did not start");
    return lab;
  }

  async ctl(...words) {
    const order = spawn(HOLDFAST, ["lab", "--net", NET, "ctl", ...words], { stdio: ["ignore", "ignore", "inherit"] });
    const code = await new Promise((resolve) => order.on("exit", resolve));
    if (code !== 0) throw new Error(`lab ctl ${words.join(" ")}: exit status ${code}`);
  }

  async stop() {
    this.process.kill("SIGINT");
    await this.ended;
  }
}
