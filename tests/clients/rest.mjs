// An agent's REST requests.

import { GUARD_MS } from "./lab.mjs";

const document = (root, fields) => {
  const inner = Object.entries(fields).map(([name, text]) => `<${name}>${text}</${name}>`).join("");
  return `<${root}>${inner}</${root}>`;
};

let requests = 0;

export class Rest {
  // `before` is called before each request that changes something.
  constructor(lab, { id, extension }, before) {
    Object.assign(this, { lab, id, extension, before, path: `/User/${id}` });
  }

  // PUT User; the requestId that it carried.
  user(fields) {
    return this.#put(this.path, document("User", fields));
  }

  // PUT Dialog.
  act(dialog, requestedAction, more = {}) {
    const fields = { requestedAction, targetMediaAddress: this.extension, ...more };
    return this.#put(`/Dialog/${dialog}`, document("Dialog", fields));
  }

  // Reads below the user until the document is like `wanted`.
  async until(what, path, wanted) {
    for (const before = performance.now(); performance.now() - before < GUARD_MS; ) {
      const answer = await this.#ask("GET", this.path + path);
      const text = await answer.text();
      if (answer.status === 200 && text.search(wanted) >= 0) return text;
    }
    throw new Error(`never: ${what}`);
  }

  async #put(path, body) {
    this.before();
    requests += 1;
    const requestid = `day-${requests}`;
    const answer = await this.#ask("PUT", path, body, { requestid, "content-type": "application/xml" });
    if (answer.status !== 202) throw new Error(`${path} ${body}: ${answer.status} ${await answer.text()}`);
    return requestid;
  }

  #ask(method, path, body, headers = {}) {
    const authorization = `Basic ${btoa(`${this.id}:${this.lab.password}`)}`;
    const signal = AbortSignal.timeout(GUARD_MS);
    const url = `http://${this.lab.node}:8082/finesse/api${path}`;
    return fetch(url, { method, body, headers: { authorization, ...headers }, signal });
  }
}
