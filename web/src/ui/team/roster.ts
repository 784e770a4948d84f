/** Which members of a team are listed, and in which order. The order follows what happens once a second, and stays as it
 * is while somebody points into the list or works in it: nobody must press a row that has just moved. */

import { type ReadonlySignal, batch, effect, signal } from "@preact/signals";

import { type Group, type Row, type Team, groupOf } from "../../desk/team.js";
import { folded } from "../../text/folded.js";
import { t } from "../../text/index.js";
import { nameOf } from "../../text/name.js";
import { now } from "../clock.js";

export type Column = "name" | "id" | "extension" | "state" | "reason" | "since";

/** What keeps the order as it is. */
type Holder = "pointer" | "keyboard";

/** Signed out last, whatever else there is. */
const ATTENTION: Readonly<Record<Group, number>> = { busy: 0, wrap_up: 1, ready: 2, not_ready: 3, signed_out: 4 };

export class Roster {
  readonly shown = signal<readonly Row[]>([]);
  readonly column = signal<Column>("name");
  readonly descending = signal(false);
  readonly group = signal<Group | null>(null);
  readonly query = signal("");
  private readonly holders = new Set<Holder>();
  private ranks: ReadonlyMap<string, number> = new Map();
  private stops: (() => void)[];

  constructor(private readonly team: Team) {
    this.stops = [effect(() => this.rank(team.rows)), effect(() => this.tick()), effect(() => this.asked())];
  }

  /** Sorts by this column; a second time, the other way round. Of times, the longest is what people look for. */
  sort(column: Column): void {
    const again = this.column.value === column;
    batch(() => {
      this.descending.value = again ? !this.descending.value : column === "since";
      this.column.value = column;
    });
  }

  /** Somebody is in the list, or has left it. */
  hold(by: Holder, held: boolean): void {
    if (held) this.holders.add(by);
    else this.holders.delete(by);
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  /** Comparing names as people sort them is slow, and names do not change. */
  private rank(rows: ReadonlySignal<readonly Row[]>): void {
    const { compare } = new Intl.Collator(t.value.locale, { numeric: true });
    const named = rows.value.map(({ id, member }) => ({ id, name: nameOf(member.peek()) }));
    named.sort((one, other) => compare(one.name, other.name));
    this.ranks = new Map(named.map(({ id }, rank) => [id, rank]));
    this.arrange();
  }

  private tick(): void {
    void now.value;
    if (this.holders.size === 0) this.arrange();
  }

  /** What people ask for happens at once. */
  private asked(): void {
    void [this.column.value, this.descending.value, this.group.value, this.query.value];
    this.arrange();
  }

  private arrange(): void {
    const listed = this.team.rows.peek().filter((row) => this.isListed(row));
    const sign = this.descending.peek() ? -1 : 1;
    const order = this.order();
    const arranged = listed.sort((one, other) => sign * order(one, other) || this.byName(one, other));
    const before = this.shown.peek();
    const same = arranged.length === before.length && arranged.every((row, at) => row === before[at]);
    if (!same) this.shown.value = arranged;
  }

  private isListed({ id, member }: Row): boolean {
    const { firstName, lastName, extension, state } = member.peek();
    const group = this.group.peek();
    if (group && groupOf(state) !== group) return false;
    const words = folded(this.query.peek()).split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const text = folded(`${firstName} ${lastName} ${id} ${extension}`);
    return words.every((word) => text.includes(word));
  }

  private order(): (one: Row, other: Row) => number {
    const of = (row: Row) => row.member.peek();
    const numeric = (value: string) => Number(value) || 0;
    switch (this.column.peek()) {
      case "name":
        return (one, other) => this.byName(one, other);
      case "id":
        return (one, other) => numeric(one.id) - numeric(other.id);
      case "extension":
        return (one, other) => numeric(of(one).extension) - numeric(of(other).extension);
      case "reason":
        return (one, other) => Number(of(one).reason === "") - Number(of(other).reason === "") || plain(of(one).reason, of(other).reason);
      case "state":
        return (one, other) => attention(one) - attention(other) || earliest(one) - earliest(other);
      case "since":
        return (one, other) => earliest(other) - earliest(one);
    }
  }

  private byName(one: Row, other: Row): number {
    return (this.ranks.get(one.id) ?? 0) - (this.ranks.get(other.id) ?? 0);
  }
}

function attention(row: Row): number {
  return ATTENTION[groupOf(row.member.peek().state)];
}

/** Longest in his state first; unknown last. */
function earliest(row: Row): number {
  return row.member.peek().since ?? Number.MAX_SAFE_INTEGER;
}

function plain(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
