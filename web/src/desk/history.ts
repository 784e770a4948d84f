/** The agent's own calls of the day, noted from what the page is told of them. Kept for this tab, so that it survives a
 * failover and a page that is loaded again. At midnight all go but those that are under way. */

import { effect, signal } from "@preact/signals";

import { isReservation, partnerOf } from "../finesse/call-kind.js";
import type { Dialog } from "../finesse/model.js";
import type { Store } from "./store.js";

export interface Entry {
  dialog: string;
  /** Who was called or has called. */
  number: string;
  outgoing: boolean;
  queue: string;
  /** By the server's clock, epoch milliseconds. */
  began: number;
  /** `null` while nobody has answered. */
  answered: number | null;
  /** `null` while the call goes on. */
  ended: number | null;
  wrapUpReason: string;
}

/** A day of very short calls; older ones make room. */
const KEPT_MAX = 200;
const TALKING = new Set(["ACTIVE", "HELD"]);
const OVER = new Set(["DROPPED", "WRAP_UP", "FAILED"]);

export class History {
  /** The newest first. */
  readonly entries = signal<readonly Entry[]>([]);
  private readonly stop: () => void;
  private midnight = 0;

  constructor(
    private readonly store: Store,
    private readonly user: string,
  ) {
    this.entries.value = this.kept().filter((entry) => this.isOfToday(entry));
    this.awaitMidnight();
    this.stop = effect(() => {
      const [calls, user] = [store.calls.value, store.user.value];
      // What is shown while the connection is lost may be over, and nothing is known before the first reading.
      const real = calls.filter((call) => !isReservation(call));
      if (store.current.value && user) this.note(real, user.extension, this.now());
    });
  }

  end(): void {
    this.stop();
    clearTimeout(this.midnight);
  }

  private awaitMidnight(): void {
    this.midnight = setTimeout(() => {
      this.take(this.entries.peek().filter((entry) => this.isOfToday(entry)));
      this.awaitMidnight();
    }, untilMidnight(this.now()));
  }

  private isOfToday({ ended }: Entry): boolean {
    return ended === null || dayOf(ended) === dayOf(this.now());
  }

  /** By the server's clock. */
  private now(): number {
    return Date.now() + this.store.drift.peek();
  }

  private note(dialogs: readonly Dialog[], own: string, now: number): void {
    const before = this.entries.peek();
    const known = new Map(before.map((entry) => [entry.dialog, entry]));
    const there = new Set(dialogs.map((dialog) => dialog.id));
    const changed = before.map((entry) => (there.has(entry.dialog) || entry.ended !== null ? entry : { ...entry, ended: now }));
    const seen = changed.map((entry) => {
      const dialog = dialogs.find((one) => one.id === entry.dialog);
      return dialog ? went(entry, dialog, own, now) : entry;
    });
    const news = dialogs.filter((dialog) => !known.has(dialog.id)).map((dialog) => went(began(dialog, own, now), dialog, own, now));
    const after = [...news.reverse(), ...seen].slice(0, KEPT_MAX);
    if (after.length === before.length && after.every((entry, index) => entry === before[index])) return;
    this.take(after);
  }

  private take(entries: readonly Entry[]): void {
    this.entries.value = entries;
    this.keep(entries);
  }

  private get key(): string {
    return `holdfast.history.${this.user}`;
  }
  private kept(): Entry[] {
    try {
      const { entries } = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
      return Array.isArray(entries) ? entries : [];
    } catch {
      return [];
    }
  }
  private keep(entries: readonly Entry[]): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ entries }));
    } catch {
      // A browser that keeps nothing has the history of this page only.
    }
  }
}

function began(dialog: Dialog, own: string, now: number): Entry {
  const outgoing = dialog.from === own;
  const since = dialog.participants.find((one) => one.address === own)?.since ?? now;
  return {
    dialog: dialog.id, number: partnerOf(dialog, own), outgoing, queue: dialog.queueName, began: since, answered: null, ended: null, wrapUpReason: "",
  };
}

/** The same entry if nothing of it has changed. */
function went(entry: Entry, dialog: Dialog, own: string, now: number): Entry {
  const me = dialog.participants.find((one) => one.address === own);
  const others = dialog.participants.some((one) => one.address !== own && TALKING.has(one.state));
  const talks = me !== undefined && TALKING.has(me.state) && others;
  const answered = entry.answered ?? (talks ? (me.since ?? now) : null);
  const ended = me && OVER.has(me.state) ? (entry.ended ?? me.since ?? now) : null;
  const wrapUpReason = dialog.wrapUpReason ?? entry.wrapUpReason;
  const same = answered === entry.answered && ended === entry.ended && wrapUpReason === entry.wrapUpReason;
  return same ? entry : { ...entry, answered, ended, wrapUpReason };
}

function dayOf(time: number): string {
  return new Date(time).toDateString();
}

/** In this browser's time zone, whatever the day is long. */
function untilMidnight(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0) - now;
}
