/** Tells a supervisor who listened to a call that the interruption of his connection has ended it. Of one that ends while
 * everything is well, its card says enough. */

import { effect } from "@preact/signals";

import type { Dialog } from "../finesse/model.js";
import type { Store } from "./store.js";

export class Monitoring {
  private before: readonly Dialog[] = [];
  private interrupted = false;
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

  private look(current: boolean, monitors: readonly Dialog[]): void {
    if (!current) {
      this.interrupted = true;
      return;
    }
    const gone = this.before.filter(({ id }) => !monitors.some((one) => one.id === id));
    if (this.interrupted) queueMicrotask(() => gone.forEach(({ to }) => this.tell(to)));
    [this.before, this.interrupted] = [monitors, false];
  }

  private tell(extension: string): void {
    this.store.tell("SILENT_MONITOR", "monitor_lost", "", this.nameAt(extension) || extension);
  }
}
