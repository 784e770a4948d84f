/** The network between a browser and the servers: a SOCKS proxy that can be told to pass nothing on to a host, in neither
 * direction, without a word to anybody. What was sent meanwhile arrives when the cut is healed, as TCP would have it. */

import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Network {
  #cut = new Set();
  #pairs = new Set();

  /** At an address of its own. */
  static async start(address) {
    const network = new Network();
    network.server = createServer((browser) => void network.#serve(browser).catch(() => browser.destroy()));
    network.server.listen(0, address);
    await once(network.server, "listening");
    network.url = `socks5://${address}:${network.server.address().port}`;
    return network;
  }

  cut(...hosts) {
    for (const host of hosts) this.#cut.add(host);
    for (const pair of this.#pairs) if (this.#cut.has(pair.host)) pair.sockets.forEach((socket) => socket.pause());
  }

  heal() {
    this.#cut.clear();
    for (const pair of this.#pairs) pair.heal();
  }

  stop() {
    for (const { sockets } of this.#pairs) sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }

  /** RFC 1928: no authentication, CONNECT to an address or a name. */
  async #serve(browser) {
    browser.on("error", () => browser.destroy());
    await read(browser, 2).then(([, methods]) => read(browser, methods));
    browser.write(Uint8Array.of(5, 0));
    const [, , , kind] = await read(browser, 4);
    const host = kind === 1 ? (await read(browser, 4)).join(".") : String(await read(browser, (await read(browser, 1))[0]));
    const port = (await read(browser, 2)).readUInt16BE();
    const pair = { host, sockets: [browser], heal: () => pair.sockets.forEach((socket) => socket.resume()) };
    this.#pairs.add(pair);
    browser.on("close", () => this.#pairs.delete(pair));
    // A connection that is asked for during the cut comes about after it.
    if (this.#cut.has(host)) await new Promise((healed) => (pair.heal = healed));
    const server = connect(port, host);
    pair.sockets.push(server);
    pair.heal = () => pair.sockets.forEach((socket) => socket.resume());
    const refuse = () => browser.end(Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0));
    server.once("error", refuse);
    await once(server, "connect");
    server.off("error", refuse);
    browser.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    join(browser, server);
    join(server, browser);
    if (this.#cut.has(host)) pair.sockets.forEach((socket) => socket.pause());
  }
}

function join(from, to) {
  from.on("data", (data) => to.write(data));
  from.on("end", () => to.end());
  from.on("error", () => to.destroy());
  from.on("close", () => to.destroy());
}

async function read(socket, length) {
  for (;;) {
    const data = socket.read(length);
    if (data) return data;
    await once(socket, "readable");
  }
}
