/** What kind of call a dialog is to those who only look at it, and who is on it. */

import { type Dialog, type Participant, variableOf } from "./model.js";

export type CallKind = "inbound" | "outbound" | "internal" | "consult" | "conference" | "other";

/** callType as mapping.md section 3.6 names it. */
const KINDS: readonly [CallKind, RegExp][] = [
  ["conference", /CONFERENCE$|^BARGE_IN_CONSULT$/],
  ["consult", /^CONSULT/],
  ["internal", /^AGENT_INSIDE$|^ASSIST_CALL$|^EMERGENCY$|^SUPERVISOR_/],
  ["inbound", /_IN$|^PREROUTE_|^TRANSFER$|^OFFERED$|^NON_ACD$/],
  ["outbound", /^OUT|_OUT$|^PREVIEW$|^RESERVATION$/],
];

/** A call of three is a conference, whatever it began as. */
export function kindOf({ callType, participants }: Pick<Dialog, "callType" | "participants">): CallKind {
  if (participants.filter((one) => one.state !== "DROPPED").length > 2) return "conference";
  return KINDS.find(([, pattern]) => pattern.test(callType))?.[0] ?? "other";
}

/** A supervisor listens to another call by this one; it is no call of his own (rest-api.md section 6.3). */
export function isMonitoring({ callType }: Pick<Dialog, "callType">): boolean {
  return callType === "SUPERVISOR_MONITOR";
}

/** No call yet: a customer of a campaign whom the agent may have called (rest-api.md section 6.1). */
export function isReservation({ callType }: Pick<Dialog, "callType">): boolean {
  return /PREVIEW$|^RESERVATION$/.test(callType);
}

/** It waits for the agent's word, or for what follows it. */
export function isPreview(dialog: Pick<Dialog, "callType">, me: Pick<Participant, "state" | "actions">): boolean {
  return me.actions.has("ACCEPT") || (isReservation(dialog) && (me.state === "ALERTING" || me.state === "ACCEPTED"));
}

/** The number with which the one at this extension speaks, or will: of a reservation the customer's, not the dialer's. */
export function partnerOf(dialog: Pick<Dialog, "from" | "to" | "callType" | "variables">, own: string): string {
  const { from, to } = dialog;
  if (isReservation(dialog)) return variableOf(dialog, "BACustomerNumber") || (to === own ? from : to);
  return from === own ? to : from;
}

/** Who is on the line with the one at this extension. */
export function othersOn(dialog: Pick<Dialog, "participants">, extension: string): string[] {
  const others = dialog.participants.filter((one) => one.address !== extension && one.state !== "DROPPED");
  return others.map((one) => one.address);
}
