/** Client failover in the browser (failover.md section 3): the twin of the Rust machine `failover::client`, tested
 * against every step of `web/tests/failover/table.json`, which that machine writes. Decides only; it opens no connection
 * and reads no clock. After each call do what `outputs` holds, and wake it at `deadline`. */

import { Hands } from "./hands.js";
import {
  type Deadline,
  type Timer,
  connectingOf,
  deadlineOf,
  linkOf,
  newOutage,
  otherOf,
  renewed,
  requestOf,
  stageOf,
} from "./state.js";
import type {
  Answer,
  Input,
  Link,
  Moving,
  Other,
  Outage,
  Reason,
  Refreshing,
  Retrying,
  Round,
  Seek,
  Server,
  Settings,
  Stage,
  State,
  Status,
  Ticket,
} from "./types.js";

/** The longest growth of the pause between two readings. */
const PAUSES_MAX = 10;

/** Readings in a row that fail before a server counts as one that cannot be read. */
const UNREAD_MAX = 3;

export class Machine extends Hands {
  /** The name of the transport that the agent signed in with. */
  static readonly FIRST: Ticket = 0;

  private state: State = { kind: "connected", link: { ticket: Machine.FIRST, finesse: true } };

  /** Starts when the agent is signed in on `server`, the transport is up and all data are shown. */
  constructor(
    settings: Settings,
    place: number,
    private home: Server,
  ) {
    super(settings, place, Machine.FIRST);
  }

  /** The current server: requests go there, and nowhere else. */
  get server(): Server {
    return this.home;
  }

  get stage(): Stage {
    return stageOf(this.state);
  }

  /** Whether the page shows the truth and its buttons work. */
  get isCurrent(): boolean {
    return this.state.kind === "connected";
  }

  get deadline(): number | null {
    return deadlineOf(this.state)?.at ?? null;
  }

  /** Takes one piece of news. */
  handle(input: Input, now: number): void {
    switch (input.kind) {
      case "on_call":
        this.onCall = input.on_call;
        return;
      case "signed_out":
        return this.end("signed_out");
      case "refused":
        return input.server === this.home ? this.refused(now) : undefined;
      case "conflict":
        return linkOf(this.state) === input.ticket ? this.end("conflict") : undefined;
      case "transport_lost":
        return linkOf(this.state) === input.ticket ? this.transportLost(now) : undefined;
      case "event":
        return linkOf(this.state) === input.ticket ? this.event(input.status, now) : undefined;
      case "finesse":
        return linkOf(this.state) === input.ticket ? this.finesse(input.available, now) : undefined;
      case "transport_up":
        return connectingOf(this.state) === input.ticket ? this.transportUp(input.ticket, now) : undefined;
      case "transport_failed":
        return connectingOf(this.state) === input.ticket ? this.transportFailed(input.retry_after, now) : undefined;
      case "sign_in_refused":
        return this.signInRefused(input.ticket, now);
      case "polled":
        return this.polled(input.ticket, input.answer, now);
      case "signed_in":
      case "sign_in_failed":
      case "refreshed":
      case "refresh_failed":
        return requestOf(this.state) === input.ticket ? this.requested(input, now) : undefined;
    }
  }

  /** Acts on the deadline if it has come; otherwise does nothing. */
  handleTimeout(now: number): void {
    const deadline: Deadline | null = deadlineOf(this.state);
    if (!deadline || deadline.at > now) return;
    const state = this.state;
    switch (state.kind) {
      case "connected":
      case "ended":
        return;
      case "retrying":
        return this.retryingDue(state, now);
      case "seeking":
        return this.seekingDue(state, deadline.timer, now);
      case "refreshing":
        return state.step.kind === "pause" ? this.read(state, state.attempt, now) : this.readingFailed(state, null, now);
      case "moving":
        return this.movingDue(state, deadline.timer, now);
    }
  }

  // News, by kind.

  private transportLost(now: number): void {
    const state = this.state;
    if (state.kind === "moving") return this.moveFailed(state, null, null, now);
    const why = "transport_lost";
    if (state.kind === "seeking") this.pauseBeforeTry({ ...state.outage, why }, 1, now);
    else this.pauseBeforeTry(this.outageOf(state, why), 1, now);
  }

  private event(status: Status, now: number): void {
    const state = this.state;
    const out = status === "out_of_service";
    switch (state.kind) {
      case "connected":
      case "refreshing":
        return out ? this.seek(this.outageOf(state, "out_of_service"), state.link, now) : undefined;
      case "seeking":
        return out ? this.stillOutOfService(state, now) : this.currentPolled(state, "in_service", now);
      case "moving":
        return out ? this.moveFailed(state, linkOf(state), null, now) : undefined;
      case "retrying":
      case "ended":
        return;
    }
  }

  private finesse(finesse: boolean, now: number): void {
    const state = this.state;
    switch (state.kind) {
      case "connected":
      case "refreshing":
        if (!finesse) this.seek(this.outageOf(state, "finesse_unavailable"), { ...state.link, finesse }, now);
        return;
      case "seeking":
        return this.finesseChanged(state, finesse, now);
      case "moving":
        return finesse ? undefined : this.moveFailed(state, linkOf(state), null, now);
      case "retrying":
      case "ended":
        return;
    }
  }

  private refused(now: number): void {
    const state = this.state;
    switch (state.kind) {
      case "connected":
        return this.seek(newOutage("out_of_service"), state.link, now);
      case "seeking":
        return this.stillOutOfService(state, now);
      case "refreshing":
        return this.decide(this.waiting(renewed(state.outage, "out_of_service"), state.link, "out_of_service", now), now);
      case "retrying":
      case "moving":
      case "ended":
        return;
    }
  }

  private transportUp(ticket: Ticket, now: number): void {
    const state = this.state;
    const link = { ticket, finesse: true };
    if (state.kind === "retrying") this.seek(state.outage, link, now);
    if (state.kind === "seeking") this.refresh(state.outage, link, false, now);
    if (state.kind === "moving") this.signIn(state, ticket, now);
  }

  private transportFailed(retryAfter: number | null, now: number): void {
    const state = this.state;
    if (state.kind === "retrying") this.tryFailed(state, retryAfter, now);
    if (state.kind === "seeking") this.noTransport(state, retryAfter, now);
    if (state.kind === "moving") this.moveFailed(state, null, retryAfter, now);
  }

  private signInRefused(ticket: Ticket, now: number): void {
    const state = this.state;
    const connecting = connectingOf(state) === ticket;
    if (state.kind === "moving") {
      if (connecting) this.moveRefused(state, null, now);
      else if (requestOf(state) === ticket) this.moveRefused(state, linkOf(state), now);
    } else if (connecting) this.refusedHere(state, now);
  }

  private polled(ticket: Ticket, answer: Answer, now: number): void {
    const state = this.state;
    if (state.kind !== "seeking") return;
    const { current, other } = state;
    if (current.kind === "polling" && current.ticket === ticket) this.currentPolled(state, answer, now);
    else if (other.kind === "polling" && other.ticket === ticket) this.otherPolled(state, answer, now);
  }

  private requested(input: Extract<Input, { ticket: Ticket }>, now: number): void {
    const state = this.state;
    if (state.kind === "moving" && state.step.kind === "signing_in") {
      if (input.kind === "signed_in") this.moved(state.left, state.step.link, now);
      if (input.kind === "sign_in_failed") this.moveFailed(state, state.step.link, input.retry_after, now);
    }
    if (state.kind === "refreshing") {
      if (input.kind === "refreshed") this.allRead(state);
      if (input.kind === "refresh_failed") this.readingFailed(state, input.retry_after, now);
    }
  }

  // The three tries of a lost transport.

  private retryingDue(state: Retrying, now: number): void {
    const { outage, attempt, step } = state;
    if (step.kind === "busy") {
      this.put({ kind: "disconnect", ticket: step.ticket });
      return this.tryFailed(state, null, now);
    }
    const busy = this.connect(this.home, now);
    this.state = { kind: "retrying", outage, attempt, step: { kind: "busy", ...busy } };
    this.show("lost", this.home, outage.why, null);
  }

  private tryFailed({ outage, attempt }: Retrying, retryAfter: number | null, now: number): void {
    this.pauseBeforeTry({ ...outage, patience: now + this.obeyed(retryAfter) }, attempt + 1, now);
  }

  private pauseBeforeTry(outage: Outage, attempt: number, now: number): void {
    const pause = this.settings.tries[attempt - 1];
    if (pause === undefined) return this.seek(outage, null, now);
    const until = Math.max(now + pause, outage.patience);
    this.state = { kind: "retrying", outage, attempt, step: { kind: "pause", until } };
    this.show("lost", this.home, outage.why, until);
  }

  /** The current server does not accept the sign-in over a transport any more: it is asked for none for a while. */
  private refusedHere(state: State, now: number): void {
    const patience = now + this.settings.refused_pause;
    if (state.kind === "retrying") this.seek({ ...state.outage, patience }, null, now);
    if (state.kind === "seeking") {
      this.currentDown({ ...state, outage: { ...state.outage, patience } }, "no_transport", now);
    }
  }

  // Watching both servers.

  private seek(outage: Outage, link: Link | null, now: number): void {
    const overdue = outage.next_poll !== null && outage.next_poll <= now;
    const seek = this.waiting(outage, link, outage.why, now);
    this.show("checking", this.home, outage.why, null);
    if (overdue) this.pollBoth(seek, now);
    else this.pollCurrent(seek, "first", now);
  }

  private waiting(outage: Outage, link: Link | null, why: Reason, now: number): Seek {
    const first = now + this.settings.poll_interval + this.share(this.settings.spread_move);
    return {
      kind: "seeking",
      outage: { ...outage, next_poll: outage.next_poll ?? first },
      link,
      round: "first",
      current: { kind: "down", why, retry_at: null },
      other: { kind: "unknown" },
    };
  }

  private pollBoth(seek: Seek, now: number): void {
    if (seek.current.kind === "connecting") this.put({ kind: "disconnect", ticket: seek.current.ticket });
    const outage = { ...seek.outage, next_poll: now + this.settings.poll_interval };
    const polled = this.pollCurrent({ ...seek, outage }, "regular", now);
    if (this.settings.two_servers) this.pollOther(polled, now);
  }

  private pollCurrent(seek: Seek, round: Round, now: number): Seek {
    const polled: Seek = { ...seek, round, current: { kind: "polling", ...this.poll(this.home, now) } };
    this.state = polled;
    return polled;
  }

  private pollOther(seek: Seek, now: number): void {
    this.state = { ...seek, other: { kind: "polling", ...this.poll(otherOf(this.home), now) } };
  }

  private requestTransport(seek: Seek, now: number): void {
    this.state = { ...seek, current: { kind: "connecting", ...this.connect(this.home, now) } };
  }

  private seekingDue(seek: Seek, timer: Timer, now: number): void {
    if (timer === "poll") return this.pollBoth(seek, now);
    if (timer === "pause") return this.requestTransport(seek, now);
    const { current } = seek;
    if (current.kind === "down" || current.until > now) return this.otherPolled(seek, "silent", now);
    if (current.kind === "polling") return this.currentPolled(seek, "silent", now);
    this.put({ kind: "disconnect", ticket: current.ticket });
    this.noTransport(seek, null, now);
  }

  /** In this order: in service, transport, `finesse`. */
  private currentPolled(seek: Seek, answer: Answer, now: number): void {
    if (answer !== "in_service") return this.currentDown(seek, answer, now);
    if (seek.link?.finesse && seek.outage.unread) return this.currentDown(seek, "unread", now);
    if (seek.link?.finesse) return this.refresh(seek.outage, seek.link, false, now);
    if (seek.link) return this.currentDown(seek, "finesse_unavailable", now);
    if (now < seek.outage.patience) return this.currentDown(seek, "no_transport", now);
    this.requestTransport(seek, now);
  }

  private otherPolled(seek: Seek, answer: Answer, now: number): void {
    const available = now < seek.outage.refused ? "refused" : "available";
    const other: Other = { kind: answer === "in_service" ? available : "down" };
    const told: Seek = { ...seek, other };
    if (seek.current.kind === "down") this.decide(told, now);
    else this.state = told;
  }

  private noTransport(seek: Seek, retryAfter: number | null, now: number): void {
    const outage = { ...seek.outage, patience: now + this.obeyed(retryAfter) };
    this.currentDown({ ...seek, outage }, "no_transport", now);
  }

  private stillOutOfService(seek: Seek, now: number): void {
    if (seek.current.kind === "down") this.currentDown(seek, "out_of_service", now);
  }

  private finesseChanged(seek: Seek, finesse: boolean, now: number): void {
    const link = seek.link && { ...seek.link, finesse };
    const missed = seek.current.kind === "down" && seek.current.why === "finesse_unavailable";
    if (link && finesse && missed) this.refresh(seek.outage, link, false, now);
    else this.state = { ...seek, link };
  }

  private currentDown(seek: Seek, why: Reason, now: number): void {
    const { patience } = seek.outage;
    const retry_at = why === "no_transport" && patience > now ? patience : null;
    this.decide({ ...seek, current: { kind: "down", why, retry_at } }, now);
  }

  /** The one place where a server is left. Staying has priority. */
  private decide(seek: Seek, now: number): void {
    this.state = seek;
    if (seek.current.kind !== "down") return;
    const { why } = seek.current;
    const silent = why === "silent" && seek.link === null;
    const regular = seek.round === "regular" || seek.round === "regular_again";
    const again = seek.round === "first_again" || seek.round === "regular_again";
    if (seek.other.kind === "available" && (silent || regular)) {
      if (again) return this.moveOver(seek, why, now);
      this.pollCurrent(seek, regular ? "regular_again" : "first_again", now);
      return;
    }
    const worse = seek.other.kind === "down" || seek.other.kind === "failed" || seek.other.kind === "refused";
    // There is no better server.
    if (worse && why === "unread" && seek.link) return this.refresh(seek.outage, seek.link, false, now);
    if (seek.other.kind === "unknown" && silent && this.settings.two_servers) this.pollOther(seek, now);
    this.tellOfWaiting(seek, why);
  }

  private tellOfWaiting({ other, outage }: Seek, why: Reason): void {
    if (other.kind === "failed") this.show("sign_in_failed", otherOf(this.home), why, outage.next_poll);
    else if (other.kind === "refused") this.show("sign_in_refused", otherOf(this.home), why, outage.next_poll);
    else this.show(other.kind === "down" ? "both_down" : "waiting", this.home, why, outage.next_poll);
  }

  // Reading all data again.

  private refresh(outage: Outage, link: Link, moved: boolean, now: number): void {
    const pause = moved ? 0 : this.share(this.settings.spread_return);
    const reading = { outage: renewed(outage, outage.why), link, moved };
    if (pause === 0) this.read(reading, 1, now);
    else this.pauseBeforeReading(reading, 1, pause, now);
  }

  private read({ outage, link, moved }: Pick<Refreshing, "outage" | "link" | "moved">, attempt: number, now: number): void {
    const ticket = this.ticket();
    const step = { kind: "busy" as const, ticket, until: now + this.settings.refresh_timeout };
    this.state = { kind: "refreshing", outage, link, moved, attempt, step };
    this.put({ kind: "refresh", ticket, server: this.home });
    this.show("reading", this.home, outage.why, null);
  }

  private pauseBeforeReading(
    { outage, link, moved }: Pick<Refreshing, "outage" | "link" | "moved">,
    attempt: number,
    pause: number,
    now: number,
  ): void {
    const until = now + pause;
    this.state = { kind: "refreshing", outage, link, moved, attempt, step: { kind: "pause", until } };
    this.show("reading", this.home, outage.why, until);
  }

  /** A server that asks for patience gets it, and is not counted among those that cannot be read. */
  private readingFailed(state: Refreshing, retryAfter: number | null, now: number): void {
    const { outage, attempt } = state;
    const busy = retryAfter !== null;
    if (!busy && this.settings.two_servers && (outage.unread || attempt >= UNREAD_MAX)) {
      return this.waitUnread(state, now);
    }
    const pause = Math.max(this.settings.refresh_pause * attempt, this.obeyed(retryAfter));
    this.pauseBeforeReading(state, busy ? attempt : Math.min(attempt + 1, PAUSES_MAX), pause, now);
  }

  /** It says that it is in service, and could not be read: both are asked at the regular time, then it may be left. */
  private waitUnread({ outage, link }: Refreshing, now: number): void {
    this.decide(this.waiting({ ...outage, why: "unread", unread: true }, link, "unread", now), now);
  }

  private allRead({ outage, link, moved }: Refreshing): void {
    this.state = { kind: "connected", link };
    this.show(moved ? "moved" : "reconnected", this.home, outage.why, null);
  }

  // Signing in on the other server.

  private moveOver({ outage, link }: Seek, left: Reason, now: number): void {
    if (link) this.put({ kind: "disconnect", ticket: link.ticket });
    const turn = now + this.share(this.settings.spread_move);
    this.pauseBeforeMove(outage, left, Math.max(turn, outage.hold), now);
  }

  private pauseBeforeMove(outage: Outage, left: Reason, until: number, now: number): void {
    if (until <= now) return this.connectOther(outage, left, now);
    this.state = { kind: "moving", outage, left, step: { kind: "pause", until } };
    this.show("moving", otherOf(this.home), left, until);
  }

  private connectOther(outage: Outage, left: Reason, now: number): void {
    // It has just said that it is in service, and all desktops come at once: it is given the time of a sign-in.
    const { ticket } = this.connect(otherOf(this.home), now);
    const step = { kind: "connecting" as const, ticket, until: now + this.settings.sign_in_timeout };
    this.state = { kind: "moving", outage, left, step };
    this.show("moving", otherOf(this.home), left, null);
  }

  private movingDue(state: Moving, timer: Timer, now: number): void {
    const { outage, left, step } = state;
    if (step.kind !== "pause") {
      return this.moveFailed(state, step.kind === "connecting" ? step.ticket : step.link, null, now);
    }
    if (timer === "poll") this.seek(outage, null, now);
    else this.connectOther(outage, left, now);
  }

  private signIn({ outage, left }: Moving, link: Ticket, now: number): void {
    const ticket = this.ticket();
    const until = now + this.settings.sign_in_timeout;
    this.state = { kind: "moving", outage, left, step: { kind: "signing_in", link, ticket, until } };
    this.put({ kind: "sign_in", ticket, server: otherOf(this.home) });
  }

  private moved(left: Reason, ticket: Ticket, now: number): void {
    this.home = otherOf(this.home);
    this.refresh(newOutage(left), { ticket, finesse: true }, true, now);
  }

  private moveFailed(state: Moving, transport: Ticket | null, retryAfter: number | null, now: number): void {
    const { outage, left } = state;
    if (transport !== null) this.put({ kind: "disconnect", ticket: transport });
    if (retryAfter === null) {
      return this.decide({ ...this.waiting(outage, null, left, now), other: { kind: "failed" } }, now);
    }
    const hold = now + this.obeyed(retryAfter);
    this.pauseBeforeMove({ ...outage, hold }, left, hold, now);
  }

  private moveRefused({ outage, left }: Moving, transport: Ticket | null, now: number): void {
    if (transport !== null) this.put({ kind: "disconnect", ticket: transport });
    const refused = now + this.settings.refused_pause;
    this.decide({ ...this.waiting({ ...outage, refused }, null, left, now), other: { kind: "refused" } }, now);
  }

  // The end.

  /** A trigger while connected begins an outage; while everything is read, it goes on. */
  private outageOf(state: State, why: Reason): Outage {
    return state.kind === "refreshing" ? renewed(state.outage, why) : newOutage(why);
  }

  private end(reason: "conflict" | "signed_out"): void {
    if (this.state.kind === "ended") return;
    const ticket = linkOf(this.state) ?? connectingOf(this.state);
    if (ticket !== null) this.put({ kind: "disconnect", ticket });
    this.state = { kind: "ended" };
    this.show("ended", this.home, reason, null);
  }
}
