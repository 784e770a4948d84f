/** The team that a supervisor looks at: its members, live, and the calls of those whom somebody sees. Each member has
 * signals of his own, so that one change costs one row. Owns no connection: `Desk` subscribes, hears and asks for it. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import { type Dialog, type Member, readMember } from "../finesse/model.js";
import type { Rest } from "../finesse/rest.js";
import { child, children } from "../finesse/xml.js";
import { nameOf } from "../text/name.js";
import { TeamCalls } from "./team-calls.js";

/** What a supervisor tells apart at a glance. */
export type Group = "ready" | "busy" | "wrap_up" | "not_ready" | "signed_out";

export const GROUPS: readonly Group[] = ["ready", "busy", "wrap_up", "not_ready", "signed_out"];

export type TeamPhase =
  | { kind: "nobody_asked" }
  | { kind: "loading" }
  | { kind: "shown" }
  | { kind: "refused"; cause: string; detail: string };

export interface Row {
  readonly id: string;
  readonly member: Signal<Member>;
  /** `null`: not read. */
  readonly calls: Signal<readonly Dialog[] | null>;
}

/** What a team needs of its desktop. */
export interface TeamWire {
  rest(): Rest;
  /** Whether the server took it. */
  subscribe(node: string): Promise<boolean>;
  unsubscribe(node: string): void;
}

/** A reading that failed is repeated after this, unless the server names another time. */
const AGAIN_MS = 5_000;

export class Team {
  readonly id = signal("");
  readonly phase = signal<TeamPhase>({ kind: "nobody_asked" });
  /** What is shown was read from the server that serves now. */
  readonly fresh = signal(false);
  /** By id; changes only when somebody joins. */
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly counts = signal<Readonly<Record<Group, number>>>(none());
  private readonly known = signal<ReadonlyMap<string, Row>>(new Map());
  /** Counts the readings of the team: the answer to an older one is not wanted any more. */
  private epoch = 0;
  /** What is told while the team is read; it is newer than what was read. */
  private meanwhile: Member[] | null = null;
  private again = 0;
  private readonly calls: TeamCalls;

  constructor(private readonly wire: TeamWire) {
    this.rows = computed(() => [...this.known.value.values()]);
    const isOnCall = (id: string) => groupOf(this.row(id)?.member.peek().state ?? "") === "busy";
    this.calls = new TeamCalls(() => wire.rest(), isOnCall, (id, calls) => this.takeCalls(id, calls));
  }

  /** Shows this team from now on. */
  look(id: string): void {
    if (id === this.id.value) return;
    if (this.id.value) this.wire.unsubscribe(nodeOf(this.id.value));
    batch(() => {
      this.id.value = id;
      this.known.value = new Map();
      this.counts.value = none();
    });
    void this.read();
  }

  row(id: string): Row | null {
    return this.known.peek().get(id) ?? null;
  }

  /** Who signed in at this extension, as far as the team that is looked at knows; empty if nobody did. */
  nameAt(extension: string): string {
    const row = this.rows.value.find(({ member }) => member.peek().extension === extension);
    return row ? nameOf(row.member.peek()) : "";
  }

  /** What is shown may be old: the server is lost. */
  lost(): void {
    clearTimeout(this.again);
    this.epoch += 1;
    this.meanwhile = null;
    this.fresh.value = false;
  }

  /** Subscribes and reads everything, if somebody looks at a team. */
  async read(): Promise<void> {
    const id = this.id.value;
    if (!id) return;
    this.lost();
    const epoch = this.epoch;
    if (this.known.value.size === 0) this.phase.value = { kind: "loading" };
    this.meanwhile = [];
    const taken = await this.wire.subscribe(nodeOf(id));
    if (epoch !== this.epoch) return;
    if (!taken) return this.refuse("no_subscription", "", null);
    const answer = await this.wire.rest().get(`Team/${encodeURIComponent(id)}`);
    if (epoch !== this.epoch) return;
    if (!answer.ok) {
      const { status, type, message, retryAfter } = answer.refusal;
      return this.refuse(status === 0 ? "silent" : type || String(status), message, retryAfter);
    }
    this.take(children(child(answer.document, "users"), "User").map(readMember));
  }

  /** What the server told of a member of this team. */
  hear(team: string, member: Member): void {
    if (team !== this.id.value) return;
    this.meanwhile?.push(member);
    this.apply(member);
  }

  /** A row came into sight, or left it. */
  see(row: Row, seen: boolean): void {
    this.calls.see(row.id, seen);
  }

  private refuse(cause: string, detail: string, retryAfter: number | null): void {
    this.meanwhile = null;
    this.phase.value = { kind: "refused", cause, detail };
    this.again = setTimeout(() => void this.read(), retryAfter ?? AGAIN_MS);
  }

  private take(members: Member[]): void {
    const before = this.known.value;
    const rows = new Map(members.map((member) => [member.id, before.get(member.id) ?? newRow(member)]));
    batch(() => {
      this.known.value = rows;
      for (const member of members) this.apply(member);
      for (const member of this.meanwhile ?? []) this.apply(member);
      this.meanwhile = null;
      this.counts.value = this.counted();
      this.phase.value = { kind: "shown" };
      this.fresh.value = true;
    });
  }

  private apply(member: Member): void {
    const row = this.known.value.get(member.id);
    if (!row) return this.join(member);
    const before = groupOf(row.member.value.state);
    row.member.value = member;
    this.count(before, groupOf(member.state));
    this.calls.changed(member.id);
  }

  private join(member: Member): void {
    // Before the team has been read it is not known who is in it.
    if (this.phase.value.kind !== "shown") return;
    this.known.value = new Map(this.known.value).set(member.id, newRow(member));
    this.counts.value = this.counted();
  }

  private count(before: Group, after: Group): void {
    if (before === after) return;
    const { counts } = this;
    counts.value = { ...counts.value, [before]: counts.value[before] - 1, [after]: counts.value[after] + 1 };
  }

  private counted(): Record<Group, number> {
    const counts = none();
    for (const row of this.known.value.values()) counts[groupOf(row.member.value.state)] += 1;
    return counts;
  }

  private takeCalls(id: string, calls: readonly Dialog[] | null): void {
    const row = this.row(id);
    if (row) row.calls.value = calls;
  }
}

export function groupOf(state: string): Group {
  switch (state) {
    case "READY":
      return "ready";
    case "NOT_READY":
      return "not_ready";
    case "WORK":
    case "WORK_READY":
      return "wrap_up";
    case "":
    case "LOGOUT":
    case "LOGIN":
    case "UNKNOWN":
      return "signed_out";
    default:
      return "busy";
  }
}

function none(): Record<Group, number> {
  return { ready: 0, busy: 0, wrap_up: 0, not_ready: 0, signed_out: 0 };
}

function newRow(member: Member): Row {
  return { id: member.id, member: signal(member), calls: signal(null) };
}

function nodeOf(team: string): string {
  return `/finesse/api/Team/${team}/Users`;
}
