/** One clock for all timers of the page; each shows how long something has lasted. */

import { signal } from "@preact/signals";

import type { Store } from "../desk/store.js";

/** The page's own wall clock, once a second. */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 1000);

/** Whole seconds from now until a time on the page's own clock; none where less than one is left. */
export function secondsUntil(at: number): number {
  // Read for the dependency: the page's own clock and the wall go forward together.
  void now.value;
  const left = (at - performance.now()) / 1000;
  return left < 1 ? 0 : Math.round(left);
}

export function Duration({ store, since }: { store: Store; since: number | null }) {
  if (since === null) return <span class="duration" />;
  return (
    <span class="duration" role="timer" aria-live="off">
      {elapsed(store, since)}
    </span>
  );
}

/** How long ago that was by the server's clock; empty if nobody knows when. */
export function elapsed(store: Store, since: number | null, at = now.value): string {
  if (since === null) return "";
  return clock(Math.max(0, Math.floor((at + store.drift.value - since) / 1000)));
}

export function clock(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}
