/** What an agent can do, each as one request whose outcome comes as an event. A refusal becomes a notice. */

import type { Input } from "../failover/types.js";
import type { Answer, Rest } from "../finesse/rest.js";
import type { Content } from "../finesse/xml.js";
import type { Callback } from "../finesse/model.js";
import { requestId } from "../finesse/request-id.js";
import type { Store } from "./store.js";

/** Without an outcome for this long a button works again, and the agent is told. */
const OUTCOME_WITHIN_MS = 10_000;

/** Of a key nobody tells afterwards: it is sent as soon as the server takes it. */
const WITHOUT_OUTCOME = new Set(["SEND_DTMF"]);

/** What an agent says to a customer of a campaign whom he may have called, and to a callback that was agreed. */
export type Word = "ACCEPT" | "REJECT" | "CLOSE" | "CANCEL_SCHEDULED_CALLBACK";

/** Actions on a call that need nothing but the call. */
export type PlainAction = "ANSWER" | "HOLD" | "RETRIEVE" | "DROP" | "TRANSFER" | "CONFERENCE" | Word;

/** What the request to listen to a call acts on: nobody listens to two. */
export const MONITORING = "monitoring";

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
    return this.dialogTo("new", "MAKE_CALL", to, []);
  }

  /** Listens to the call of a member of a team that one supervises, unheard (rest-api.md section 6.4). */
  monitor(member: { extension: string; name: string }): Promise<boolean> {
    return this.dialogTo(MONITORING, "SILENT_MONITOR", member.extension, [], member.name);
  }

  /** Joins the call that one listens to. */
  bargeIn(monitor: { id: string; to: string }, name: string): Promise<boolean> {
    const about: [string, Content][] = [["associatedDialogUri", `/finesse/api/Dialog/${monitor.id}`]];
    return this.dialogTo(monitor.id, "BARGE_CALL", monitor.to, about, name);
  }

  /** Takes the telephone of another agent off a conference. */
  takeOff(dialog: string, extension: string): Promise<boolean> {
    const content: Content = [["requestedAction", "PARTICIPANT_DROP"], ["targetMediaAddress", extension]];
    return this.send(dialog, "PARTICIPANT_DROP", (rest, id) => rest.put(`Dialog/${dialog}`, "Dialog", content, id), extension);
  }

  act(dialog: string, action: PlainAction): Promise<boolean> {
    return this.dialog(dialog, action, []);
  }

  /** A consultation, or a transfer without one. */
  reach(dialog: string, action: "CONSULT_CALL" | "TRANSFER_SST", to: string): Promise<boolean> {
    return this.dialog(dialog, action, [["toAddress", to]]);
  }

  sendDtmf(dialog: string, digits: string): Promise<boolean> {
    return this.dialog(dialog, "SEND_DTMF", [params({ dtmfString: digits })]);
  }

  /** Who or what has answered the call of a campaign. */
  reclassify(dialog: string, outboundClassification: string): Promise<boolean> {
    return this.dialog(dialog, "RECLASSIFY", [params({ outboundClassification })]);
  }

  /** The customer is to be called again; what is empty stays as it is. */
  scheduleCallback(dialog: string, { time, number }: Callback): Promise<boolean> {
    const given = { ...(time && { callbackTime: time }), ...(number && { callbackNumber: number }) };
    return this.dialog(dialog, "UPDATE_SCHEDULED_CALLBACK", [params(given)]);
  }

  wrapUp(dialog: string, reason: string): Promise<boolean> {
    // Nothing would change, so nothing would be told.
    if (this.store.dialogs.value.some((one) => one.id === dialog && one.wrapUpReason === reason)) return Promise.resolve(true);
    const content: Content = [["requestedAction", "UPDATE_CALL_DATA"], ["mediaProperties", [["wrapUpReason", reason]]]];
    return this.send(dialog, "UPDATE_CALL_DATA", (rest, id) => rest.put(`Dialog/${dialog}`, "Dialog", content, id));
  }

  /** A new one, from the own telephone. */
  private dialogTo(on: string, action: string, to: string, more: [string, Content][], whom = ""): Promise<boolean> {
    const from = this.store.user.value?.extension ?? "";
    const content: Content = [["requestedAction", action], ["fromAddress", from], ["toAddress", to], ...more];
    return this.send(on, action, (rest, id) => rest.post(`${this.own()}/Dialogs`, "Dialog", content, id), whom);
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

/** `actionParams` of a request (rest-api.md section 6.5). */
function params(given: Readonly<Record<string, string>>): [string, Content] {
  const all = Object.entries(given).map(([name, value]): [string, Content] => ["ActionParam", [["name", name], ["value", value]]]);
  return ["actionParams", all];
}
