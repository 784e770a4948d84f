/** Finds out at sign-in whether this browser could use the other server, and asks again until it can: when the person
 * comes back to the page, which is after a certificate has been accepted elsewhere, and now and then. */

import type { Endpoint } from "../link/link.js";
import { type Unreached, unreached } from "./reach.js";

/** As seldom as three polls: nothing is wrong yet. */
const AGAIN_MS = 30_000;

export class OtherServer {
  private timer = 0;
  private stopped = false;
  private readonly ask = () => void this.look();

  constructor(
    private readonly endpoint: Endpoint,
    private readonly patience: number,
    private readonly tell: (addresses: Unreached) => void,
  ) {
    addEventListener("focus", this.ask);
    document.addEventListener("visibilitychange", this.ask);
    this.ask();
  }

  /** Nothing is told afterwards. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    removeEventListener("focus", this.ask);
    document.removeEventListener("visibilitychange", this.ask);
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    const addresses = await unreached(this.endpoint, this.patience);
    if (this.stopped) return;
    this.tell(addresses);
    // Reached once: from now on it is `failover` that asks.
    if (addresses.length === 0) return this.stop();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(this.ask, AGAIN_MS);
  }
}
