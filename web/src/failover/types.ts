/** What goes into client failover and what comes out of it; the twin of `crates/failover/src/client`. Times are in
 * milliseconds on one clock that never goes back. */

export type Server = "primary" | "secondary";

/** Names one request of the machine, and the transport that may come of it. Never used twice. */
export type Ticket = number;

export type Status = "in_service" | "out_of_service";

/** `silent`: nobody answered. An answer without SystemInfo is `out_of_service`. */
export type Answer = Status | "silent";

export type Reason =
  | "out_of_service"
  | "transport_lost"
  | "finesse_unavailable"
  | "silent"
  | "no_transport"
  | "unread"
  | "conflict"
  | "signed_out";

export type BannerKind =
  | "lost"
  | "checking"
  | "waiting"
  | "both_down"
  | "moving"
  | "sign_in_failed"
  | "sign_in_refused"
  | "reading"
  | "reconnected"
  | "moved"
  | "ended";

export type Stage =
  | "connected"
  | "retry_pause"
  | "retry_connect"
  | "poll"
  | "poll_again"
  | "connect"
  | "wait"
  | "refresh_pause"
  | "refresh"
  | "move_pause"
  | "move_connect"
  | "move_sign_in"
  | "ended";

/** One thing that happened. News of any but the newest request or transport is void. */
export type Input =
  | { kind: "transport_up" | "transport_lost" | "conflict" | "signed_in" | "refreshed"; ticket: Ticket }
  /** The server does not accept the agent's sign-in, over the transport that is being opened or in the request. */
  | { kind: "sign_in_refused"; ticket: Ticket }
  | {
      kind: "transport_failed" | "sign_in_failed" | "refresh_failed";
      ticket: Ticket;
      /** The server asked for patience, in milliseconds. */
      retry_after: number | null;
    }
  | { kind: "event"; ticket: Ticket; status: Status }
  | { kind: "finesse"; ticket: Ticket; available: boolean }
  | { kind: "polled"; ticket: Ticket; answer: Answer }
  /** A request was answered with 503 and SERVER_OUT_OF_SERVICE. */
  | { kind: "refused"; server: Server }
  | { kind: "on_call"; on_call: boolean }
  /** The agent was signed out by people. An event LOGOUT says so only while the page is current; otherwise it may be older
   * than the sign-in, and the reading that follows counts. In a reading LOGOUT says so as well, but for the first 10 s
   * after the sign-in of a move: it has not had its effect yet, and everything is read again. */
  | { kind: "signed_out" };

/** What the agent is told: which server, why, and when the next try is (`null`: something is under way). */
export interface Banner {
  banner: BannerKind;
  server: Server;
  reason: Reason;
  next_at: number | null;
}

/** One thing to do, in this order. */
export type Output =
  | { kind: "connect" | "poll" | "sign_in" | "refresh"; ticket: Ticket; server: Server }
  | { kind: "disconnect"; ticket: Ticket }
  | ({ kind: "show" } & Banner);

/** The numbers of client failover, in milliseconds. */
export interface Settings {
  two_servers: boolean;
  tries: readonly number[];
  connect_timeout: number;
  poll_interval: number;
  poll_timeout: number;
  sign_in_timeout: number;
  refresh_timeout: number;
  refresh_pause: number;
  spread_move: number;
  spread_return: number;
  refused_pause: number;
  retry_after_max: number;
}

export interface Link {
  ticket: Ticket;
  finesse: boolean;
}

/** From the first trigger until the page shows the truth again. */
export interface Outage {
  why: Reason;
  next_poll: number | null;
  patience: number;
  hold: number;
  /** The other server did not accept the sign-in, and is not asked for one before this time. */
  refused: number;
  /** The current server could not be read several times in a row. */
  unread: boolean;
}

export type Step = { kind: "pause"; until: number } | { kind: "busy"; ticket: Ticket; until: number };

export type Round = "first" | "regular" | "first_again" | "regular_again";

export type Check =
  | { kind: "polling" | "connecting"; ticket: Ticket; until: number }
  | { kind: "down"; why: Reason; retry_at: number | null };

export type Other =
  | { kind: "polling"; ticket: Ticket; until: number }
  | { kind: "unknown" | "available" | "down" | "failed" | "refused" };

export type Move =
  | { kind: "pause"; until: number }
  | { kind: "connecting"; ticket: Ticket; until: number }
  | { kind: "signing_in"; link: Ticket; ticket: Ticket; until: number };

export interface Seek {
  kind: "seeking";
  outage: Outage;
  link: Link | null;
  round: Round;
  current: Check;
  other: Other;
}

export interface Refreshing {
  kind: "refreshing";
  outage: Outage;
  link: Link;
  moved: boolean;
  attempt: number;
  step: Step;
}

export interface Retrying {
  kind: "retrying";
  outage: Outage;
  attempt: number;
  step: Step;
}

export interface Moving {
  kind: "moving";
  outage: Outage;
  left: Reason;
  step: Move;
}

export type State = { kind: "connected"; link: Link } | Retrying | Seek | Refreshing | Moving | { kind: "ended" };
