/** What happens to the calls of an agent, learned by looking at them: each thing once for each call, however often the
 * same is told, read again or moved to another server. Pure. */

import { isMonitoring, isPreview } from "../finesse/call-kind.js";
import type { Dialog } from "../finesse/model.js";
import type { Trigger } from "./model.js";

export interface Happening {
  trigger: Trigger;
  /** The call as it was then. */
  dialog: Dialog;
}

/** Calls that are remembered after their end: as many as a long day has. */
const REMEMBERED_MAX = 200;

export class Happenings {
  /** By call, the oldest first. */
  private readonly known = new Map<string, Set<Trigger>>();
  private before: readonly Dialog[] | null = null;

  /** What has happened since the last look, in its order. At the first look nothing has: what was there before the page
   * came is no news. */
  look(dialogs: readonly Dialog[], own: string): Happening[] {
    const isFirst = this.before === null;
    const there = new Set(dialogs.map(({ id }) => id));
    const gone = (this.before ?? []).filter(({ id }) => !there.has(id));
    this.before = dialogs;
    const ended = gone.flatMap((dialog) => this.note(dialog, ["CALL_ENDED"]));
    const news = dialogs.flatMap((dialog) => this.note(dialog, reached(dialog, own)));
    this.forget(there);
    return isFirst ? [] : [...ended, ...news];
  }

  private note(dialog: Dialog, triggers: readonly Trigger[]): Happening[] {
    const done = this.known.get(dialog.id) ?? new Set();
    this.known.set(dialog.id, done);
    // Neither a customer who was not called nor a call that is over when it is seen first is a call that ends.
    const wasCall = [...done].some((trigger) => trigger !== "CALL_PREVIEWED");
    const news = triggers.filter((trigger) => !done.has(trigger));
    for (const trigger of news) done.add(trigger);
    return news.filter((trigger) => trigger !== "CALL_ENDED" || wasCall).map((trigger) => ({ trigger, dialog }));
  }

  private forget(there: ReadonlySet<string>): void {
    for (const id of this.known.keys()) {
      if (this.known.size <= REMEMBERED_MAX) return;
      if (!there.has(id)) this.known.delete(id);
    }
  }
}

/** How far a call has come, by the part that its agent has in it. */
function reached(dialog: Dialog, own: string): readonly Trigger[] {
  const me = dialog.participants.find(({ address }) => address === own);
  if (!me || isMonitoring(dialog)) return [];
  if (me.state === "DROPPED" || me.state === "WRAP_UP") return ["CALL_ENDED"];
  if (isPreview(dialog, me)) return ["CALL_PREVIEWED"];
  if (dialog.from === own) return me.state === "INITIATING" ? [] : ["CALL_MADE"];
  switch (me.state) {
    case "ALERTING":
      return ["CALL_ARRIVES"];
    case "ACTIVE":
    case "HELD":
      return ["CALL_ARRIVES", "CALL_ANSWERED"];
    default:
      return [];
  }
}
