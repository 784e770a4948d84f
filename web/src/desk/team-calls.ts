/** The calls of those members whom somebody sees. No event of a team tells of calls, so they are read when a member who
 * is on one comes into sight or changes; of all others nothing is asked. */

import { isMonitoring } from "../finesse/call-kind.js";
import { type Dialog, readDialog } from "../finesse/model.js";
import type { Rest } from "../finesse/rest.js";
import { children } from "../finesse/xml.js";

/** Readings at once: a page that is scrolled must not delay what people ask for. */
const READINGS_MAX = 4;

export class TeamCalls {
  private readonly seen = new Set<string>();
  /** Who is to be read; everybody once, however often he changes meanwhile. */
  private readonly open = new Set<string>();
  private readings = 0;

  constructor(
    private readonly rest: () => Rest,
    private readonly isOnCall: (member: string) => boolean,
    /** `null`: he has none, or they are not known. */
    private readonly take: (member: string, calls: readonly Dialog[] | null) => void,
  ) {}

  /** A member came into sight, or left it. */
  see(member: string, seen: boolean): void {
    if (seen) this.seen.add(member);
    else this.seen.delete(member);
    this.changed(member);
  }

  changed(member: string): void {
    const isOnCall = this.isOnCall(member);
    if (!isOnCall) this.take(member, null);
    if (isOnCall && this.seen.has(member)) this.open.add(member);
    else this.open.delete(member);
    this.readOn();
  }

  private readOn(): void {
    for (const member of this.open) {
      if (this.readings >= READINGS_MAX) return;
      this.open.delete(member);
      void this.read(member);
    }
  }

  private async read(member: string): Promise<void> {
    this.readings += 1;
    const answer = await this.rest().get(`User/${encodeURIComponent(member)}/Dialogs`);
    this.readings -= 1;
    if (answer.ok && this.isOnCall(member)) this.take(member, callsIn(answer.document));
    this.readOn();
  }
}

/** That somebody listens to him is no call of his. */
function callsIn(document: Element | null): Dialog[] {
  return children(document, "Dialog").map(readDialog).filter((dialog) => !isMonitoring(dialog));
}
