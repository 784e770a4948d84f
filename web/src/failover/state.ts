/** What can be read off a state without knowing what comes next. */

import type { Outage, Reason, Seek, Server, Stage, State, Ticket } from "./types.js";

export type Timer = "pause" | "patience" | "poll";

export interface Deadline {
  at: number;
  timer: Timer;
}

export function otherOf(server: Server): Server {
  return server === "primary" ? "secondary" : "primary";
}

export function newOutage(why: Reason): Outage {
  return { why, next_poll: null, patience: 0, hold: 0, refused: 0, unread: false };
}

/** The current server is available, or was: all begins anew, but for what its data were like. */
export function renewed({ unread }: Outage, why: Reason): Outage {
  return { ...newOutage(why), unread };
}

/** Where an agent stands in line, 0 to 999: FNV-1a of the id's UTF-8, modulo 1000. */
export function placeOf(agent: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(agent)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash % 1000;
}

export function stageOf(state: State): Stage {
  switch (state.kind) {
    case "connected":
    case "ended":
      return state.kind;
    case "retrying":
      return state.step.kind === "pause" ? "retry_pause" : "retry_connect";
    case "refreshing":
      return state.step.kind === "pause" ? "refresh_pause" : "refresh";
    case "moving":
      return ({ pause: "move_pause", connecting: "move_connect", signing_in: "move_sign_in" } as const)[
        state.step.kind
      ];
    case "seeking":
      if (state.current.kind === "connecting") return "connect";
      if (state.current.kind === "down") return "wait";
      return state.round === "first" || state.round === "regular" ? "poll" : "poll_again";
  }
}

/** The transport that is up. */
export function linkOf(state: State): Ticket | null {
  switch (state.kind) {
    case "connected":
    case "refreshing":
      return state.link.ticket;
    case "seeking":
      return state.link?.ticket ?? null;
    case "moving":
      return state.step.kind === "signing_in" ? state.step.link : null;
    case "retrying":
    case "ended":
      return null;
  }
}

/** The transport that is being opened; never while another is up. */
export function connectingOf(state: State): Ticket | null {
  switch (state.kind) {
    case "retrying":
      return state.step.kind === "busy" ? state.step.ticket : null;
    case "seeking":
      return state.current.kind === "connecting" ? state.current.ticket : null;
    case "moving":
      return state.step.kind === "connecting" ? state.step.ticket : null;
    case "connected":
    case "refreshing":
    case "ended":
      return null;
  }
}

/** The sign-in, or the reading of all data, that is under way. */
export function requestOf(state: State): Ticket | null {
  switch (state.kind) {
    case "refreshing":
      return state.step.kind === "busy" ? state.step.ticket : null;
    case "moving":
      return state.step.kind === "signing_in" ? state.step.ticket : null;
    case "connected":
    case "retrying":
    case "seeking":
    case "ended":
      return null;
  }
}

/** The next deadline, and what it is for. */
export function deadlineOf(state: State): Deadline | null {
  switch (state.kind) {
    case "connected":
    case "ended":
      return null;
    case "retrying":
    case "refreshing":
      return { at: state.step.until, timer: state.step.kind === "pause" ? "pause" : "patience" };
    case "seeking":
      return first(seekDeadlines(state));
    case "moving":
      if (state.step.kind !== "pause") return { at: state.step.until, timer: "patience" };
      return first([due(state.step.until, "pause"), due(state.outage.next_poll, "poll")]);
  }
}

function seekDeadlines({ current, other, outage }: Seek): (Deadline | null)[] {
  return [
    current.kind === "down" ? due(current.retry_at, "pause") : due(current.until, "patience"),
    other.kind === "polling" ? due(other.until, "patience") : null,
    due(outage.next_poll, "poll"),
  ];
}

function due(at: number | null, timer: Timer): Deadline | null {
  return at === null ? null : { at, timer };
}

/** The earliest; of two at the same time the one that stands first, in the order pause, patience, poll. */
function first(deadlines: (Deadline | null)[]): Deadline | null {
  return deadlines.reduce((best, one) => (one && (!best || one.at < best.at) ? one : best), null);
}
