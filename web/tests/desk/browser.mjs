/** As much of a browser as a desktop needs: a clock, a network and a memory, all in the hands of a test. Elements travel as
 * JSON, which the parser here reads. */

import { mock } from "node:test";

let clock = 0;
/** Requests that nobody has answered yet. */
export const asked = [];

export function element(localName, content) {
  const children = Array.isArray(content) ? content : [];
  return { localName, children, textContent: Array.isArray(content) ? "" : content };
}

/** Gives a test a browser that remembers nothing yet. */
export function freshBrowser() {
  asked.length = 0;
  const kept = new Map();
  const memory = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
  const deaf = { addEventListener() {}, removeEventListener() {} };
  Object.assign(globalThis, deaf, { window: globalThis, document: deaf, sessionStorage: memory, DOMParser: Parser, fetch: request });
  globalThis.location = { protocol: "http:", host: "127.0.0.1:8082", hostname: "127.0.0.1", port: "8082" };
  Object.defineProperty(globalThis, "performance", { value: { now: () => clock }, configurable: true });
  mock.timers.reset();
  // A quarter of an hour before midnight.
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: new Date(2026, 10, 23, 23, 45) });
}

/** Time goes by; whatever is due happens. */
export async function pass(milliseconds) {
  clock += milliseconds;
  mock.timers.tick(milliseconds);
  await settled();
}

export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Answers the oldest request to this path. The network brings what was given up, too: that is the worst it can do. */
export async function answer(path, document, status = 200) {
  const at = asked.findIndex((one) => one.path === path);
  if (at < 0) throw new Error(`${path} was not asked for, but ${asked.map((one) => one.path)}`);
  const [{ resolve }] = asked.splice(at, 1);
  resolve(new Response(document && JSON.stringify(document), { status }));
  await settled();
}

/** Takes what is asked of this path, to be answered later. */
export function hold(path) {
  const at = asked.findIndex((one) => one.path === path);
  const [one] = asked.splice(at, 1);
  return async (document) => {
    one.resolve(new Response(JSON.stringify(document)));
    await settled();
  };
}

function request(url, { method = "GET", headers = {}, body = null } = {}) {
  const path = new URL(url).pathname.replace("/finesse/api/", "") + new URL(url).search;
  return new Promise((resolve) => asked.push({ host: new URL(url).hostname, method, path, headers, body, resolve }));
}

class Parser {
  parseFromString(text) {
    const root = JSON.parse(text, (_, value) => (value?.children ? { ...value, firstElementChild: value.children[0] ?? null } : value));
    return { documentElement: { ...root, getElementsByTagName: () => [] } };
  }
}
