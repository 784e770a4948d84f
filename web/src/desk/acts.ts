/** What an agent can do, each as one request whose outcome comes as an event. A refusal becomes a notice. */

import type { Input } from "../failover/types.js";
import type { Answer, Rest } from "../finesse/rest.js";
import type { Content } from "../finesse/xml.js";
import { requestId } from "../finesse/request-id.js";
import type { Store } from "./store.js";

/** Without an outcome for this long a button works again, and the agent is told. */
const OUTCOME_WITHIN_MS = 10_000;

/** Of a key nobody tells afterwards: it is sent as soon as the server takes it. */
const WITHOUT_OUTCOME = new Set(["SEND_DTMF"]);

/** Actions on a call that need nothing but the call. */
export type PlainAction = "ANSWER" | "HOLD" | "RETRIEVE" | "DROP" | "TRANSFER" | "CONFERENCE";

type Ask = (rest: Rest, id: string) => Promise<Answer>;

/** What requests about a member act on. */
export function memberOf(id: string): string {
  return `member ${id}`;
}

export class Acts {
  constructor(
    private readonly store: Store,
    private readonly rest: () => Rest,
    private readonly feed: (input: Input) => void,
  ) {}

  setState(state: string, reasonCodeId: string | null): Promise<boolean> {
    const content: [string, Content][] = [["state", state]];
    if (reasonCodeId) content.unshift(["reasonCodeId", reasonCodeId]);
    return this.send("user", state, (rest, id) => rest.put(this.own(), "User", content, id));
  }

  /** Of a member of a team that one supervises. */
  setStateOf(member: { id: string; name: string }, state: "READY" | "NOT_READY" | "LOGOUT"): Promise<boolean> {
    const at = `User/${encodeURIComponent(member.id)}`;
    const put = (rest: Rest, id: string) => rest.put(at, "User", [["state", state]], id);
    return this.send(memberOf(member.id), state, put, member.name);
  }

  call(to: string): Promise<boolean> {
    const from = this.store.user.value?.extension ?? "";
    const content: Content = [["requestedAction", "MAKE_CALL"], ["fromAddress", from], ["toAddress", to]];
    return this.send("new", "MAKE_CALL", (rest, id) => rest.post(`${this.own()}/Dialogs`, "Dialog", content, id));
  }

  act(dialog: string, action: PlainAction): Promise<boolean> {
    return this.dialog(dialog, action, []);
  }

  /** A consultation, or a transfer without one. */
  reach(dialog: string, action: "CONSULT_CALL" | "TRANSFER_SST", to: string): Promise<boolean> {
    return this.dialog(dialog, action, [["toAddress", to]]);
  }

  sendDtmf(dialog: string, digits: string): Promise<boolean> {
    const param: Content = [["name", "dtmfString"], ["value", digits]];
    return this.dialog(dialog, "SEND_DTMF", [["actionParams", [["ActionParam", param]]]]);
  }

  wrapUp(dialog: string, reason: string): Promise<boolean> {
    // Nothing would change, so nothing would be told.
    if (this.store.dialogs.value.some((one) => one.id === dialog && one.wrapUpReason === reason)) return Promise.resolve(true);
    const content: Content = [["requestedAction", "UPDATE_CALL_DATA"], ["mediaProperties", [["wrapUpReason", reason]]]];
    return this.send(dialog, "UPDATE_CALL_DATA", (rest, id) => rest.put(`Dialog/${dialog}`, "Dialog", content, id));
  }

  private dialog(dialog: string, action: string, more: [string, Content][]): Promise<boolean> {
    const target = this.store.user.value?.extension ?? "";
    const content: Content = [["requestedAction", action], ["targetMediaAddress", target], ...more];
    return this.send(dialog, action, (rest, id) => rest.put(`Dialog/${dialog}`, "Dialog", content, id));
  }

  private own(): string {
    return `User/${encodeURIComponent(this.store.user.value?.id ?? "")}`;
  }

  /** Resolves to whether the server took the request. */
  private async send(on: string, what: string, ask: Ask, whom = ""): Promise<boolean> {
    if (!this.store.current.value || this.store.isWaiting(on)) return false;
    const id = requestId();
    const server = this.store.server.value;
    this.store.wait(id, { on, what, whom });
    const answer = await ask(this.rest(), id);
    if (answer.ok) {
      if (WITHOUT_OUTCOME.has(what)) this.store.answered(id);
      else setTimeout(() => this.overdue(id), OUTCOME_WITHIN_MS);
      return true;
    }
    this.store.answered(id);
    const { status, type, message, notCheckedSince } = answer.refusal;
    if (notCheckedSince !== null) this.store.tell(what, "not_checked", "", whom, notCheckedSince);
    else this.store.tell(what, status === 0 ? "silent" : type || String(status), message, whom);
    // Of all refusals only this one says that the server is out of service (rest-api.md section 3.3).
    if (message === "SERVER_OUT_OF_SERVICE") this.feed({ kind: "refused", server });
    return false;
  }

  private overdue(id: string): void {
    const asked = this.store.answered(id);
    // Who is asked to be what he is already tells nothing.
    const { state, pendingState } = this.store.user.value ?? { state: "", pendingState: "" };
    if (!asked || (asked.on === "user" && asked.what === (pendingState || state))) return;
    this.store.tell(asked.what, "no_outcome", "", asked.whom);
  }
}
