/** Tells a supervisor who listened to a call that an interruption has ended that: of his connection, or of the server's. Of
 * one that ends while everything is well, its card says enough. */

import { effect } from "@preact/signals";

import type { Dialog } from "../finesse/model.js";
import type { Store } from "./store.js";

export class Monitoring {
  private before: readonly Dialog[] = [];
  private interrupted = false;
  /** The one that ended last. */
  private last: { extension: string; told: boolean } | null = null;
  private readonly stop: () => void;

  constructor(
    private readonly store: Store,
    private readonly nameAt: (extension: string) => string,
  ) {
    this.stop = effect(() => this.look(store.current.value, store.monitors.value));
  }

  end(): void {
    this.stop();
  }

  /** The server says that it lost sight of one. */
  confirm(): void {
    if (this.last && !this.last.told) this.tell(this.last.extension);
  }

  private look(current: boolean, monitors: readonly Dialog[]): void {
    if (!current) {
      this.interrupted = true;
      return;
    }
    const gone = this.before.filter(({ id }) => !monitors.some((one) => one.id === id));
    for (const { to } of gone) this.last = { extension: to, told: false };
    // Not from within: what is told of it is shown, too.
    if (this.interrupted) queueMicrotask(() => gone.forEach(({ to }) => this.tell(to)));
    [this.before, this.interrupted] = [monitors, false];
  }

  private tell(extension: string): void {
    this.last = { extension, told: true };
    this.store.tell("SILENT_MONITOR", "monitor_lost", "", this.nameAt(extension) || extension);
  }
}
