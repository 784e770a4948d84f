// A stock client in a process of its own, and the events that it prints.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { DOMParser } from "@xmldom/xmldom";

import { GUARD_MS } from "./lab.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

// What runs each of them.
export const clients = {
  "strophe-bosh": [process.execPath, `${here}strophe.mjs`, "bosh"],
  "strophe-websocket": [process.execPath, `${here}strophe.mjs`, "websocket"],
  "slixmpp-tcp": [process.env.CLIENTS_PYTHON ?? "python3", `${here}slixmpp_desk.py`],
};

// One Update document.
class Update {
  constructor(node, text) {
    this.node = node;
    this.document = new DOMParser().parseFromString(text, "text/xml").documentElement;
  }

  // The texts of the elements at a path of names, of which the first may stand anywhere.
  texts(path) {
    const [first, ...rest] = path.split(" ");
    const children = (name) => (element) => [...element.childNodes].filter((child) => child.nodeName === name);
    const found = rest.reduce((all, name) => all.flatMap(children(name)), [
      ...this.document.getElementsByTagName(first),
    ]);
    return found.map((element) => element.textContent);
  }

  text(path) {
    return this.texts(path)[0];
  }

  // Whether it is of that node, each path has its text somewhere, and each participant that is named his state.
  is({ node, states = {}, ...paths }) {
    const at = this.texts("Participant mediaAddress").map((address, index) => [
      address,
      this.texts("Participant state")[index],
    ]);
    const participants = Object.fromEntries(at);
    return (
      node === this.node &&
      Object.entries(states).every(([address, state]) => participants[address] === state) &&
      Object.entries(paths).every(([path, text]) => this.texts(path).includes(text))
    );
  }
}

export class Client {
  #said = [];
  #items = new Set();
  #from = 0;
  #heard = () => {};

  constructor(name, lab, { id }, nodes) {
    this.name = name;
    const [program, ...words] = clients[name];
    this.process = spawn(program, [...words, lab.node, id, lab.password, ...nodes], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    process.on("exit", () => this.process.kill("SIGKILL"));
    createInterface({ input: this.process.stdout }).on("line", (line) => this.#hear(JSON.parse(line)));
    this.process.on("exit", (code) => this.#hear({ is: "ended", code }));
  }

  // How many events have come.
  get seen() {
    return this.#items.size;
  }

  // From here on: what came before is not what is waited for next.
  mark() {
    this.#from = this.#said.length;
  }

  // Waits for a word of the client's.
  says(word) {
    return this.#until(`the client says ${word}`, (said) => said.is === word);
  }

  // An event since the last mark that is like `wanted`.
  async event(what, wanted) {
    const { update } = await this.#until(what, ({ is, update }) => is === "event" && update.is(wanted));
    return update;
  }

  // The first event of a node since the last mark, which must be that of the request.
  async first(what, request, wanted) {
    const { update } = await this.#until(what, ({ is, update }) => is === "event" && update.node === wanted.node);
    if (!update.is({ ...wanted, requestId: request })) throw new Error(`${this.name}: ${what}? ${update.document}`);
    return update;
  }

  async leave() {
    this.process.stdin.end();
    await this.says("closed");
    await this.#until("the client ends well", ({ is, code }) => is === "ended" && code === 0);
  }

  #hear(said) {
    if (said.is === "event") {
      if (this.#items.has(said.item)) said = { is: "failed", why: `item ${said.item} came twice` };
      this.#items.add(said.item);
      said.update &&= new Update(said.node, said.update);
    }
    this.#said.push(said);
    this.#heard();
  }

  async #until(what, like) {
    for (let at = this.#from, late = false; ; at += 1) {
      while (at === this.#said.length) {
        if (late) throw new Error(`${this.name}: never: ${what}. Instead:\n${this.#instead()}`);
        late = await this.#next();
      }
      const said = this.#said[at];
      if (like(said)) return said;
      if (said.is === "failed") throw new Error(`${this.name}: ${said.why}`);
      if (said.is === "ended") throw new Error(`${this.name}: ended with ${said.code} before: ${what}`);
    }
  }

  // Resolves when something is heard, or with `true` when nothing is for too long.
  async #next() {
    let guard;
    const late = new Promise((resolve) => (guard = setTimeout(() => resolve(true), GUARD_MS)));
    const heard = new Promise((resolve) => (this.#heard = () => resolve(false)));
    try {
      return await Promise.race([late, heard]);
    } finally {
      clearTimeout(guard);
    }
  }

  #instead() {
    const show = ({ update, ...said }) => (update ? `${update.node}: ${update.document}` : JSON.stringify(said));
    return this.#said.slice(this.#from).map(show).join("\n");
  }
}
