/** Reads everything again, one reading at a time: of a reading that was given up, or overtaken by another one, nothing is
 * taken any more, however late its answers come. */

import { batch } from "@preact/signals";

import type { Rest } from "../finesse/rest.js";
import type { Update } from "../finesse/update.js";
import { type Asked, type Site, askEverything, askSite } from "./refresh.js";
import type { Store } from "./store.js";

export type Outcome = { kind: "read" } | { kind: "failed"; retryAfter: number | null } | { kind: "void" };

/** Requests that can be given up. */
type Asking = (givenUp: AbortSignal) => Rest;

export class Reader {
  private reading: AbortController | null = null;
  /** What was told while everything is read; it is newer than what was read. */
  private meanwhile: Update[] = [];

  constructor(private readonly store: Store) {}

  /** `void`: it was given up. */
  async read(asking: Asking, user: string): Promise<Outcome> {
    this.giveUp();
    const reading = new AbortController();
    this.reading = reading;
    const rest = asking(reading.signal);
    // Read once, so that a failover of thousands does not read it again, and again where it could not be read.
    const site = this.store.layouts.value.byDefault ? null : askSite(rest, user);
    const [asked, found] = await Promise.all([askEverything(rest, user), site]);
    if (reading.signal.aborted) return { kind: "void" };
    this.take(asked, found);
    return asked.ok ? { kind: "read" } : { kind: "failed", retryAfter: asked.retryAfter };
  }

  /** Something was told. */
  hear(update: Update): void {
    if (this.reading) this.meanwhile.push(update);
  }

  /** The answers to what was asked are not wanted any more. */
  giveUp(): void {
    this.reading?.abort();
    this.reading = null;
    this.meanwhile = [];
  }

  /** Together: an agent without his calls was never true. */
  private take(asked: Asked, site: Site | null): void {
    const { store, meanwhile } = this;
    [this.reading, this.meanwhile] = [null, []];
    batch(() => {
      if (asked.ok) store.takeEverything(asked.everything);
      if (site) store.takeSite(site);
      for (const update of meanwhile) store.apply(update);
    });
  }
}
