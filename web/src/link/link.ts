/** One connection to the notification service of one server, by WebSocket or, where that does not work, by BOSH.
 * Hears and tells; what follows from a loss, `failover` decides. */

import { $iq, $pres, Strophe } from "strophe.js";

import { Heartbeat } from "./heartbeat.js";

const PING = "urn:xmpp:ping";
const PUBSUB = "http://jabber.org/protocol/pubsub";
const RESOURCE = "desktop";
const FAILURES_IN_A_ROW = 2;
/** As long as a request of REST may take, about: a server that is slow to answer still serves. */
const ANSWER_WITHIN_MS = 30_000;

Strophe.setLogLevel(Strophe.LogLevel.ERROR);

/** Addresses of one server. */
export interface Endpoint {
  host: string;
  /** `http://host:port` of REST. */
  rest: string;
  bosh: string;
  webSocket: string;
}

export type Ear = {
  up(transport: Transport): void;
  /** It never came up. */
  failed(why: { wrongPassword: boolean; retryAfter: number | null }): void;
  /** It was up. */
  lost(): void;
  /** Another desktop of this agent took over. */
  conflict(): void;
  finesse(available: boolean): void;
  notification(node: string, text: string): void;
};

export type Transport = "websocket" | "bosh";

export class Link {
  private connection: StropheConnection | null = null;
  private heartbeat: Heartbeat | null = null;
  private isUp = false;
  private closed = false;

  constructor(
    private readonly endpoint: Endpoint,
    private readonly who: { user: string; password: string },
    private readonly transports: readonly Transport[],
    private readonly pingInterval: number,
    private readonly ear: Ear,
  ) {
    this.open(0);
  }

  /** Has delivered what is published at a node from now on. Resolves to whether the server does. */
  subscribe(node: string): Promise<boolean> {
    return this.ask("subscribe", node);
  }

  unsubscribe(node: string): void {
    void this.ask("unsubscribe", node);
  }

  private ask(what: "subscribe" | "unsubscribe", node: string): Promise<boolean> {
    const connection = this.connection;
    if (!connection || !this.isUp) return Promise.resolve(false);
    const ask = $iq({ type: "set", to: `pubsub.${this.endpoint.host}` })
      .c("pubsub", { xmlns: PUBSUB })
      .c(what, { node, jid: connection.jid });
    return new Promise((resolve) => {
      connection.sendIQ(ask, () => resolve(true), () => resolve(false), ANSWER_WITHIN_MS);
    });
  }

  /** Ends in order. Nothing is heard afterwards. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.heartbeat?.stop();
    if (this.isUp) this.connection?.send($pres({ type: "unavailable" }));
    this.connection?.disconnect("done");
  }

  /** The last word of a page that goes away (notifications.md section 8): it gets out although nobody waits for an answer. */
  farewell(): void {
    const connection = this.connection;
    if (!connection || !this.isUp || this.closed) return;
    this.closed = true;
    this.heartbeat?.stop();
    const wire = wireOf(connection);
    if (wire.socket) {
      connection.send($pres({ type: "unavailable" }));
      connection.flush();
      wire.socket.close();
      return;
    }
    const presence = `<presence xmlns='jabber:client' type='unavailable'/>`;
    const attributes = `rid='${wire.rid}' sid='${wire.sid}' type='terminate' xmlns='http://jabber.org/protocol/httpbind'`;
    navigator.sendBeacon(this.endpoint.bosh, `<body ${attributes}>${presence}</body>`);
  }

  private open(attempt: number, retryAfter: number | null = null): void {
    const transport = this.transports[attempt];
    if (!transport) return this.ear.failed({ wrongPassword: false, retryAfter });
    const connection = new Strophe.Connection(transport === "bosh" ? this.endpoint.bosh : this.endpoint.webSocket);
    this.connection = connection;
    connection.rawInput = () => this.heartbeat?.hear();
    if (transport === "bosh") this.watch(connection, attempt);
    const { user, password } = this.who;
    connection.connect(`${user}@${this.endpoint.host}/${RESOURCE}`, password, (status: number, why?: string | null, told?: Element) => {
      if (connection === this.connection) this.changed(status, why ?? told?.firstElementChild?.localName ?? "", attempt);
    });
  }

  /** Strophe repeats a request that nobody answers for more than ten seconds. Tries are the business of `failover`: one
   * is over with the first request that fails, and a connection is lost with the second one in a row. */
  private watch(connection: StropheConnection, attempt: number): void {
    let failures = 0;
    connection.rawInput = () => {
      failures = 0;
      this.heartbeat?.hear();
    };
    const failed = () => {
      if (this.closed || connection !== this.connection) return;
      failures += 1;
      if (this.isUp && failures < FAILURES_IN_A_ROW) return;
      const retryAfter = retryAfterOf(connection);
      connection.reset();
      if (this.isUp) this.over(() => this.ear.lost());
      else this.open(attempt + 1, retryAfter);
    };
    for (const status of [0, 502, 503]) connection.addProtocolErrorHandler("HTTP", status, failed);
  }

  private changed(status: number, why: string, attempt: number): void {
    const { CONNECTED, AUTHFAIL, CONNFAIL, ERROR, DISCONNECTED } = Strophe.Status;
    if (this.closed) return;
    if (status === CONNECTED) return this.connected(attempt);
    if (why.includes("conflict") && this.isUp) return this.over(() => this.ear.conflict());
    // Nobody could check the password: that says nothing about it.
    if (status === AUTHFAIL) return this.over(() => this.ear.failed({ wrongPassword: why !== "temporary-auth-failure", retryAfter: null }));
    if (status !== CONNFAIL && status !== ERROR && status !== DISCONNECTED) return;
    if (this.isUp) return this.over(() => this.ear.lost());
    this.connection?.reset();
    this.open(attempt + 1);
  }

  private over(tell: () => void): void {
    this.closed = true;
    this.heartbeat?.stop();
    tell();
  }

  private ping(): void {
    this.connection?.sendIQ($iq({ type: "get", to: this.endpoint.host }).c("ping", { xmlns: PING }));
  }

  /** Nothing is heard any more. The connection must not live on when the network is back: its desktop will be elsewhere. */
  private silent(): void {
    const connection = this.connection;
    if (this.closed || !connection) return;
    const { socket } = wireOf(connection);
    connection.reset();
    socket?.close();
    this.over(() => this.ear.lost());
  }

  private connected(attempt: number): void {
    const connection = this.connection;
    const transport = this.transports[attempt];
    if (!connection || !transport) return;
    this.isUp = true;
    connection.addHandler((message) => this.message(message), null as never, "message", null as never);
    connection.addHandler((presence) => this.presence(presence), null as never, "presence", null as never);
    this.heartbeat = new Heartbeat(this.pingInterval, () => this.ping(), () => this.silent());
    connection.send($pres());
    connection.send($pres({ type: "subscribe", to: `finesse@${this.endpoint.host}` }));
    this.ear.up(transport);
  }

  private message(message: Element): boolean {
    if (this.closed) return false;
    for (const item of message.getElementsByTagName("item")) {
      const text = item.firstElementChild?.textContent;
      if (text) this.ear.notification(item.parentElement?.getAttribute("node") ?? "", text);
    }
    return true;
  }

  private presence(presence: Element): boolean {
    if (this.closed) return false;
    const type = presence.getAttribute("type");
    if (presence.getAttribute("from")?.startsWith("finesse@")) {
      if (type === null || type === "unavailable") this.ear.finesse(type === null);
    }
    return true;
  }
}

/** What Strophe keeps to itself and a page that goes away needs. */
function wireOf(connection: StropheConnection) {
  return connection._proto as { socket?: WebSocket | null; rid?: number; sid?: string; _requests?: { xhr: XMLHttpRequest }[] };
}

/** The wish of a busy server, in milliseconds. */
function retryAfterOf(connection: StropheConnection): number | null {
  const busy = wireOf(connection)._requests?.find(({ xhr }) => xhr.status === 503);
  const seconds = busy?.xhr.getResponseHeader("Retry-After");
  return seconds ? Number(seconds) * 1000 || null : null;
}

type StropheConnection = InstanceType<typeof Strophe.Connection>;
