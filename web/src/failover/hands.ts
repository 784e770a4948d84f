/** What every move of the machine needs, whatever it decides: names for requests, things to do, the agent's place in
 * line, and the banner that is shown. */

import type { Banner, BannerKind, Output, Reason, Server, Settings, Ticket } from "./types.js";

const PLACES = 1000;

export class Hands {
  protected onCall = false;
  private shown: Banner | null = null;
  private todo: Output[] = [];

  constructor(
    protected readonly settings: Settings,
    private readonly place: number,
    private lastTicket: Ticket,
  ) {}

  get banner(): Banner | null {
    return this.shown;
  }

  /** What is to be done, in this order; it is handed out once. */
  outputs(): Output[] {
    return this.todo.splice(0);
  }

  protected share(spread: number): number {
    return this.onCall ? 0 : Math.floor((spread * this.place) / PLACES);
  }

  protected obeyed(retryAfter: number | null): number {
    return Math.min(retryAfter ?? 0, this.settings.retry_after_max);
  }

  protected connect(server: Server, now: number): { ticket: Ticket; until: number } {
    const ticket = this.ticket();
    this.put({ kind: "connect", ticket, server });
    return { ticket, until: now + this.settings.connect_timeout };
  }

  protected poll(server: Server, now: number): { ticket: Ticket; until: number } {
    const ticket = this.ticket();
    this.put({ kind: "poll", ticket, server });
    return { ticket, until: now + this.settings.poll_timeout };
  }

  protected ticket(): Ticket {
    this.lastTicket += 1;
    return this.lastTicket;
  }

  protected put(output: Output): void {
    this.todo.push(output);
  }

  /** Shows a banner, unless it is the one that is shown already. */
  protected show(banner: BannerKind, server: Server, reason: Reason, next_at: number | null): void {
    const now: Banner = { banner, server, reason, next_at };
    if (JSON.stringify(now) === JSON.stringify(this.shown)) return;
    this.shown = now;
    this.put({ kind: "show", ...now });
  }
}
