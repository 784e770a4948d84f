/** A call in a few words, as a supervisor needs them: what kind, and with whom. */

import type { Dialog, Member } from "../../finesse/model.js";
import { t } from "../../text/index.js";

export type Kind = "inbound" | "outbound" | "internal" | "consult" | "conference" | "other";

/** callType of rest-api.md section 6.1; a call of three is a conference whatever it began as. */
export function kindOf({ callType, participants }: Dialog): Kind {
  if (participants.filter((one) => one.state !== "DROPPED").length > 2) return "conference";
  for (const [kind, pattern] of KINDS) if (pattern.test(callType)) return kind;
  return "other";
}

const KINDS: readonly [Kind, RegExp][] = [
  ["conference", /^CONFERENCE$/],
  ["consult", /^CONSULT/],
  ["internal", /^AGENT_INSIDE$/],
  ["inbound", /_IN$|^PREROUTE_|^TRANSFER$|^OFFERED$|^NON_ACD$/],
  ["outbound", /^OUT|_OUT$|^PREVIEW$|^RESERVATION$/],
];

/** Who is on the line with the member. */
export function othersOn(dialog: Dialog, member: Member): string[] {
  const others = dialog.participants.filter((one) => one.address !== member.extension && one.state !== "DROPPED");
  return others.map((one) => one.address);
}

/** In one line. */
export function calls(dialogs: readonly Dialog[] | null, member: Member): string {
  const { kinds } = t.value.supervisor;
  return (dialogs ?? []).map((dialog) => [kinds[kindOf(dialog)], ...othersOn(dialog, member)].join(" ")).join(" · ");
}
