/** Asks over a connection at regular times whether somebody is there (failover.md CLIENT-X7): a network that was cut says
 * nothing, and a connection without news looks the same as one without end. */

/** Questions in a row that nobody answers before the connection counts as lost. */
const UNANSWERED_MAX = 3;

export class Heartbeat {
  private heard = true;
  private unanswered = 0;
  private readonly timer: number;

  constructor(
    interval: number,
    private readonly ask: () => void,
    private readonly lost: () => void,
  ) {
    this.timer = window.setInterval(() => this.beat(), interval);
  }

  /** Whatever is heard answers the question. */
  hear(): void {
    this.heard = true;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private beat(): void {
    this.unanswered = this.heard ? 0 : this.unanswered + 1;
    this.heard = false;
    if (this.unanswered < UNANSWERED_MAX) return this.ask();
    this.stop();
    this.lost();
  }
}
