/** A signed-in desktop: carries out what `failover` decides, and keeps the store true. Owns the link, the requests and
 * the one timer; shows nothing itself. */

import { Machine } from "../failover/machine.js";
import { otherOf, placeOf } from "../failover/state.js";
import type { Answer as Polled, Input, Output, Server, Settings, Ticket } from "../failover/types.js";
import { type Mobile, readSystemInfo } from "../finesse/model.js";
import { type Credentials, Rest } from "../finesse/rest.js";
import { type Update, readUpdate } from "../finesse/update.js";
import { type Ear, type Endpoint, Link, type Transport } from "../link/link.js";
import { Acts, memberOf } from "./acts.js";
import { History } from "./history.js";
import { Monitoring } from "./monitoring.js";
import { OtherServer } from "./other-server.js";
import type { Pair } from "./pair.js";
import type { Unreached } from "./reach.js";
import { type Outcome, Reader } from "./reader.js";
import { type SignInFailure, signInAt } from "./sign-in.js";
import type { Store } from "./store.js";
import { Team } from "./team.js";
import { Workflows } from "./workflows.js";

/** What the server tells a desktop, times in milliseconds. */
export interface Given {
  failover: Settings;
  ping: number;
  /** Where workflows may send requests, besides the servers. */
  workflowOrigins: readonly string[];
}

/** After the sign-in of a move was taken, its agent shows as signed in within this time, or somebody else signed him out. */
const SIGNED_IN_WITHIN_MS = 10_000;
/** What the server says when it lost sight of a session by which a supervisor listened. */
const MONITORING_ENDED = "MONITORING_ENDED_WHILE_OUT_OF_SERVICE";
/** How soon it is looked again whether he does. */
const LOOK_AGAIN_MS = 1_000;

/** What an agent types at sign-in, and how the page talks. */
export interface Who extends Credentials {
  extension: string;
  mobile: Mobile | null;
  transports: readonly Transport[];
}

export class Desk {
  readonly acts: Acts;
  /** Of a supervisor. */
  readonly team: Team;
  /** Noted while signed in. */
  readonly history: History;
  /** From the first reading on: what it finds is no news. */
  private workflows: Workflows | null = null;
  private readonly monitoring: Monitoring;
  private machine: Machine | null = null;
  private link: Link | null = null;
  private linkTicket: Ticket = Machine.FIRST;
  private other: OtherServer | null = null;
  private inUse: Transport | null = null;
  private timer = 0;
  private readonly reader: Reader;
  /** The newest sign-in of a move, and when the last one was taken. */
  private signingIn: Ticket | null = null;
  private signedInAt = Number.NEGATIVE_INFINITY;
  private listeners = new Set<(update: Update) => void>();

  constructor(
    readonly store: Store,
    private readonly pair: Pair,
    private readonly given: Given,
    private readonly who: Who,
    private home: Server,
    private readonly ended: (why: "signed_out" | "conflict") => void,
    private readonly linkTo: (...to: ConstructorParameters<typeof Link>) => Link = (...to) => new Link(...to),
  ) {
    const rest = () => this.rest(this.serving);
    this.history = new History(store, who.user);
    this.reader = new Reader(store);
    this.acts = new Acts(store, rest, (input) => this.feed(input));
    this.team = new Team({
      rest,
      subscribe: (node) => this.link?.subscribe(node) ?? Promise.resolve(false),
      unsubscribe: (node) => this.link?.unsubscribe(node),
    });
    this.monitoring = new Monitoring(store, (extension) => this.team.nameAt(extension));
  }

  /** Signs in where the page was loaded from. Resolves to what went wrong, or to nothing. */
  async start(): Promise<SignInFailure | null> {
    const failed = await new Promise<SignInFailure | null>((resolve) => {
      this.open(Machine.FIRST, this.home, {
        up: (transport) => {
          this.inUse = transport;
          resolve(null);
        },
        failed: ({ wrongPassword }) => resolve({ cause: wrongPassword ? "wrong_password" : "no_notifications" }),
      });
    });
    const trouble = failed ?? (await this.signInAndRead());
    if (trouble) {
      this.noteNoMore();
      this.link?.close();
      return trouble;
    }
    this.workflows = new Workflows(this.store, () => this.rest(this.serving), this.given.workflowOrigins);
    this.machine = new Machine(this.given.failover, placeOf(this.who.user), this.home);
    this.store.phase.value = "desk";
    this.follow();
    this.lookAtOther();
    return null;
  }

  /** The page goes away. */
  farewell(): void {
    this.link?.farewell();
  }

  /** The page is shown again out of the page cache, after its farewell. */
  shownAgain(): void {
    this.feed({ kind: "transport_lost", ticket: this.linkTicket });
  }

  private async signInAndRead(): Promise<SignInFailure | null> {
    const failed = await this.signIn(this.home);
    if (failed) return failed;
    return (await this.readAll(this.home)).kind === "read" ? null : { cause: "no_data" };
  }

  private lookAtOther(): void {
    const other = otherOf(this.home) === "primary" ? this.pair.primary : this.pair.secondary;
    const told = (addresses: Unreached) => (this.store.unreached.value = addresses);
    if (other) this.other = new OtherServer(other, this.given.failover.poll_timeout, told);
  }

  private signIn(server: Server): Promise<SignInFailure | null> {
    return signInAt(this.rest(server), this.who, (listener) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    });
  }

  private get serving(): Server {
    return this.machine?.server ?? this.home;
  }

  private rest(server: Server, givenUp: AbortSignal | null = null): Rest {
    return new Rest(this.endpoint(server).rest, this.who, givenUp);
  }

  private endpoint(server: Server): Endpoint {
    return (server === "primary" ? this.pair.primary : this.pair.secondary) ?? this.pair.primary;
  }

  // The machine.

  private feed(input: Input): void {
    if (!this.machine) return;
    this.machine.handle(input, performance.now());
    this.follow();
  }

  private follow(): void {
    const machine = this.machine;
    if (!machine) return;
    for (const output of machine.outputs()) this.carryOut(output);
    this.store.current.value = machine.isCurrent;
    if (!machine.isCurrent) this.team.lost();
    if (machine.stage !== "refresh") this.reader.giveUp();
    this.store.banner.value = machine.banner;
    this.store.server.value = machine.server;
    clearTimeout(this.timer);
    const { deadline } = machine;
    if (deadline !== null) this.timer = window.setTimeout(() => this.due(), Math.max(0, deadline - performance.now()));
  }

  private due(): void {
    this.machine?.handleTimeout(performance.now());
    this.follow();
  }

  private carryOut(output: Output): void {
    switch (output.kind) {
      case "connect":
        // What is asked for again may be refused for another reason.
        if (output.server !== this.machine?.server) this.store.moveFailure.value = null;
        return this.open(output.ticket, output.server);
      case "disconnect":
        if (this.linkTicket === output.ticket) this.link?.close();
        return;
      case "poll":
        return void this.poll(output.ticket, output.server);
      case "sign_in":
        return void this.signInAgain(output.ticket, output.server);
      case "refresh":
        return void this.readAgain(output.ticket, output.server);
      case "show":
        if (output.banner === "ended") this.end(output.reason === "conflict" ? "conflict" : "signed_out");
        return;
    }
  }

  private end(why: "signed_out" | "conflict"): void {
    clearTimeout(this.timer);
    this.team.lost();
    this.other?.stop();
    // The machine has said what is to be disconnected already.
    queueMicrotask(() => {
      this.machine = null;
      this.noteNoMore();
      this.ended(why);
    });
  }

  private noteNoMore(): void {
    this.history.end();
    this.workflows?.end();
    this.monitoring.end();
  }

  // What it asks for.

  private open(ticket: Ticket, server: Server, first: Partial<Ear> = {}): void {
    this.link?.close();
    this.linkTicket = ticket;
    this.link = this.linkTo(this.endpoint(server), this.who, this.transports(server), this.given.ping, {
      up: (transport) => {
        this.inUse = transport;
        this.feed({ kind: "transport_up", ticket });
      },
      failed: ({ wrongPassword, retryAfter }) => {
        if (wrongPassword) this.feed({ kind: "sign_in_refused", ticket });
        else this.feed({ kind: "transport_failed", ticket, retry_after: retryAfter });
      },
      lost: () => this.feed({ kind: "transport_lost", ticket }),
      conflict: () => this.feed({ kind: "conflict", ticket }),
      finesse: (available) => this.feed({ kind: "finesse", ticket, available }),
      notification: (node, text) => this.heard(ticket, node, text),
      ...first,
    });
  }

  /** The three tries are of the transport in use (failover.md CLIENT-16); elsewhere another one may be needed. */
  private transports(server: Server): readonly Transport[] {
    const { transports } = this.who;
    if (!this.inUse) return transports;
    if (server === this.machine?.server) return [this.inUse];
    return [this.inUse, ...transports.filter((one) => one !== this.inUse)];
  }

  private async poll(ticket: Ticket, server: Server): Promise<void> {
    const answer = await new Rest(this.endpoint(server).rest, null).get("SystemInfo", this.given.failover.poll_timeout);
    const info = answer.ok && answer.document ? readSystemInfo(answer.document) : null;
    const silent = !answer.ok && answer.refusal.status === 0;
    const polled: Polled = silent ? "silent" : info?.inService ? "in_service" : "out_of_service";
    this.feed({ kind: "polled", ticket, answer: polled });
  }

  private async signInAgain(ticket: Ticket, server: Server): Promise<void> {
    // It has been reached by now.
    this.other?.stop();
    this.store.unreached.value = [];
    this.signingIn = ticket;
    const failed = await this.signIn(server);
    // Given up meanwhile, and asked for again.
    if (this.signingIn !== ticket) return;
    this.store.moveFailure.value = failed;
    // The same password again could lock the account; whatever else was refused may be granted later.
    const forGood = failed?.cause === "wrong_password" || failed?.cause === "unknown_user";
    if (forGood) this.feed({ kind: "sign_in_refused", ticket });
    else if (failed) this.feed({ kind: "sign_in_failed", ticket, retry_after: failed.retryAfter ?? null });
    else this.signedIn(ticket);
  }

  private signedIn(ticket: Ticket): void {
    this.signedInAt = performance.now();
    this.feed({ kind: "signed_in", ticket });
  }

  private async readAgain(ticket: Ticket, server: Server): Promise<void> {
    const outcome = await this.readAll(server);
    if (outcome.kind === "void") return;
    if (outcome.kind === "failed") return this.feed({ kind: "refresh_failed", ticket, retry_after: outcome.retryAfter });
    if (this.store.user.value?.state === "LOGOUT") return this.readAsSignedOut(ticket);
    // Whatever was under way when the connection was lost has had its outcome, and it is shown.
    this.store.waiting.value = new Map();
    this.feed({ kind: "refreshed", ticket });
    void this.team.read();
  }

  /** What `signed_out` says of a reading. */
  private readAsSignedOut(ticket: Ticket): void {
    const notYet = performance.now() < this.signedInAt + SIGNED_IN_WITHIN_MS;
    this.feed(notYet ? { kind: "refresh_failed", ticket, retry_after: LOOK_AGAIN_MS } : { kind: "signed_out" });
  }

  private async readAll(server: Server): Promise<Outcome> {
    const outcome = await this.reader.read((givenUp) => this.rest(server, givenUp), this.who.user);
    if (outcome.kind === "void") return outcome;
    for (const queue of this.store.queues.value) void this.link?.subscribe(`/finesse/api/Queue/${queue.id}`);
    this.callsChanged();
    return outcome;
  }

  // News.

  private heard(ticket: Ticket, node: string, text: string): void {
    const update = ticket === this.linkTicket ? readUpdate(node, text) : null;
    if (!update) return;
    for (const listener of this.listeners) listener(update);
    if (update.kind === "system") return this.status(ticket, update);
    if (update.kind === "member") return this.memberChanged(update);
    this.reader.hear(update);
    this.store.apply(update);
    this.outcome(update);
    if (update.kind === "dialogs") this.callsChanged();
    const own = update.kind === "user" && update.user.id === this.store.user.value?.id;
    if (own && update.user.state === "LOGOUT" && this.machine?.isCurrent) this.feed({ kind: "signed_out" });
  }

  private memberChanged({ team, member }: Extract<Update, { kind: "member" }>): void {
    this.team.hear(team, member);
    this.store.settle(memberOf(member.id));
  }

  private status(ticket: Ticket, { info }: Extract<Update, { kind: "system" }>): void {
    this.store.clockOf(info);
    this.feed({ kind: "event", ticket, status: info.inService ? "in_service" : "out_of_service" });
  }

  private outcome(update: Update): void {
    if (update.kind === "queue" || update.kind === "system" || update.kind === "member") return;
    const asked = this.store.answered(update.requestId);
    // A sign-in tells of its failure itself.
    if (update.kind === "error" && update.message === MONITORING_ENDED) return this.monitoring.confirm();
    if (update.kind !== "error" || !(asked || this.machine?.isCurrent)) return;
    this.store.tell(asked?.what ?? "request", update.type, detail(update), asked?.whom);
  }

  private callsChanged(): void {
    this.feed({ kind: "on_call", on_call: this.store.calls.value.length > 0 });
  }
}

function detail({ message, code }: Extract<Update, { kind: "error" }>): string {
  return [message, code].filter(Boolean).join(", ");
}

