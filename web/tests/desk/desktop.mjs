/** A desktop of agent 1001 on the primary server, whose network is `browser.mjs`. */

import { Desk } from "../../node_modules/.cache/desk/desk/desk.js";
import { Store } from "../../node_modules/.cache/desk/desk/store.js";
import { OURS } from "../../node_modules/.cache/desk/failover/settings.js";
import { answer, asked, element, freshBrowser, pass, settled } from "./browser.mjs";

const AT = "User/1001";

export const user = (state) => element("User", [element("loginId", "1001"), element("extension", "61001"), element("state", state)]);
export const call = (id, state = "ACTIVE") =>
  element("Dialog", [
    element("id", id),
    element("fromAddress", "555"),
    element("participants", [
      element("Participant", [element("mediaAddress", "555"), element("state", state === "ALERTING" ? "INITIATED" : state)]),
      element("Participant", [element("mediaAddress", "61001"), element("state", state)]),
    ]),
  ]);
export const calls = (...dialogs) => element("Dialogs", dialogs);
const inService = element("SystemInfo", [element("status", "IN_SERVICE")]);

const endpoint = (host) => ({ host, rest: `http://${host}:8082`, bosh: `http://${host}:7071/http-bind/`, webSocket: "" });

export class Desktop {
  store = new Store();
  links = [];
  ended = null;

  /** Signed in, Not Ready; without a call or lists, unless told otherwise. */
  static async signedIn({ dialogs = calls(), lists = {} } = {}) {
    freshBrowser();
    const desktop = new Desktop();
    const pair = { primary: endpoint("127.87.1.11"), secondary: endpoint("127.87.1.12") };
    const who = { user: "1001", password: "p", extension: "61001", mobile: null, transports: ["websocket"] };
    const given = { failover: OURS, ping: 1000, workflowOrigins: ["https://crm.example"] };
    const linkTo = (...to) => desktop.linkTo(...to);
    desktop.desk = new Desk(desktop.store, pair, given, who, "primary", (why) => (desktop.ended = why), linkTo);
    const started = desktop.desk.start();
    await desktop.up();
    await desktop.takeSignIn();
    await desktop.read(user("NOT_READY"), dialogs, lists);
    const failure = await started;
    if (failure) throw new Error(failure.cause);
    // Whether the other server could be reached is not asked here.
    asked.length = 0;
    return desktop;
  }

  get ear() {
    return this.links.at(-1).ear;
  }

  get stage() {
    return this.desk.machine.stage;
  }

  linkTo(endpoint, who, transports, ping, ear) {
    const link = { host: endpoint.host, ear, close() {}, farewell() {}, subscribe: () => Promise.resolve(true), unsubscribe() {} };
    this.links.push(link);
    return link;
  }

  async up() {
    this.ear.up("websocket");
    await settled();
  }

  async tell(data, { event = "PUT", requestId = "" } = {}) {
    const update = element("Update", [element("event", event), element("requestId", requestId), element("data", [data])]);
    this.ear.notification("/finesse/api/User/1001", JSON.stringify(update));
    await settled();
  }

  /** The server takes the sign-in, and the switch does it. */
  async takeSignIn() {
    const { headers } = asked.find(({ method }) => method === "PUT");
    await answer(AT, null, 202);
    await this.tell(user("NOT_READY"), { requestId: headers.requestId });
  }

  /** Both servers say whether they serve, as long as they are asked. */
  async poll(primary, secondary = null) {
    for (const info of [primary, secondary]) if (info) await answer("SystemInfo", info === true ? inService : element("SystemInfo", []));
  }

  /** Of the servers only the other one serves. */
  async pollAll() {
    const at = asked.find(({ path }) => path === "SystemInfo");
    await answer("SystemInfo", at.host === "127.87.1.12" ? inService : null, at.host === "127.87.1.12" ? 200 : 503);
  }

  /** The connection is lost and comes back; everything is to be read. */
  async reconnect() {
    this.ear.lost();
    await pass(200);
    await this.up();
    await this.poll(true);
    await pass(500);
  }

  /** Everything is read, but for lists, which not every server has. */
  async read(user, dialogs, lists = {}) {
    await answer(`${AT}/Dialogs`, dialogs);
    await this.lists(lists);
    await answer(AT, user);
  }

  /** Everything is asked for, and nothing is answered but lists; those that are not given are not there. */
  async lists(given = {}) {
    const lists = ["ReasonCodes?category=NOT_READY", "ReasonCodes?category=LOGOUT", "WrapUpReasons", "Queues"];
    for (const list of [...lists, "MediaPropertiesLayout", "MediaPropertiesLayouts", "Workflows", "PhoneBooks"]) {
      const path = `${AT}/${list}`;
      if (asked.some((one) => one.path === path)) await answer(path, given[list] ?? null, given[list] ? 200 : 404);
    }
  }

  get callIds() {
    return this.store.dialogs.value.map(({ id }) => id);
  }
}
