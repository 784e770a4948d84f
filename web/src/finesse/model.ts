/** What the server tells of people and calls, read from its documents (rest-api.md sections 5 to 9). */

import { child, children, text } from "./xml.js";

export interface User {
  id: string;
  firstName: string;
  lastName: string;
  loginName: string;
  extension: string;
  state: string;
  pendingState: string;
  /** Epoch milliseconds by the server's clock; `null` if it does not know. */
  since: number | null;
  reason: string;
  /** The reason was made by the system, not by people: it has a label in English only. */
  systemReason: boolean;
  teamId: string;
  teamName: string;
  teams: { id: string; name: string }[];
  supervisor: boolean;
  /** Whether the agent may say what a call was about, and after which calls. */
  wrapUpOnIncoming: string;
  mobile: Mobile | null;
}

/** A member of a team as its supervisor sees him (rest-api.md section 8.1). */
export type Member = Pick<
  User,
  "id" | "firstName" | "lastName" | "extension" | "state" | "pendingState" | "since" | "reason" | "systemReason"
>;

export interface Participant {
  address: string;
  /** The telephone of an agent, as far as the server knows. */
  agentDevice: boolean;
  state: string;
  cause: string;
  since: number | null;
  actions: Set<string>;
}

export interface Dialog {
  id: string;
  from: string;
  to: string;
  state: string;
  callType: string;
  /** What the server tells of the call itself, by name: `DNIS`, `queueName`, `dialedNumber` and others. */
  media: ReadonlyMap<string, string>;
  queueName: string;
  /** `null` where wrap-up is not allowed. */
  wrapUpReason: string | null;
  /** Call variables, ECC variables (`user.`) and those of campaigns (`BA`). */
  variables: readonly Variable[];
  participants: Participant[];
  callback: Callback | null;
  /** The id of the call that this one consults about, or that consults about this one. */
  associated: string;
  /** The server is not sure of this call and reads it again. */
  rebuilding: boolean;
  /** All that the server said of it. */
  document: Element;
}

export interface Variable {
  name: string;
  value: string;
}

/** When and where the customer of a campaign wants to be called again; the time as people of the site write it. */
export interface Callback {
  /** `YYYY-MM-DDThh:mm`. */
  time: string;
  number: string;
}

/** A mobile agent: his telephone is outside the site (rest-api.md section 5.3). */
export interface Mobile {
  mode: string;
  number: string;
}

export interface Choice {
  id: string;
  label: string;
}

export interface SystemInfo {
  inService: boolean;
  reason: string;
  primary: string;
  secondary: string;
  domain: string;
  /** The server's clock, epoch milliseconds. */
  now: number | null;
}

export interface Queue {
  id: string;
  name: string;
  calls: number;
  longest: number | null;
  ready: number;
  notReady: number;
  talking: number;
}

export function readMember(of: Element): Member {
  return {
    id: text(of, "loginId"),
    firstName: text(of, "firstName"),
    lastName: text(of, "lastName"),
    extension: text(of, "extension"),
    state: text(of, "state"),
    pendingState: text(of, "pendingState"),
    since: time(text(of, "stateChangeTime")),
    reason: text(of, "reasonCode", "label"),
    systemReason: text(of, "reasonCode", "systemCode") === "true",
  };
}

export function readUser(of: Element): User {
  return {
    ...readMember(of),
    loginName: text(of, "loginName"),
    teamId: text(of, "teamId"),
    teamName: text(of, "teamName"),
    teams: children(child(of, "teams"), "Team").map((team) => ({ id: text(team, "id"), name: text(team, "name") })),
    supervisor: children(child(of, "roles"), "role").some((role) => role.textContent === "Supervisor"),
    wrapUpOnIncoming: text(of, "settings", "wrapUpOnIncoming"),
    mobile: child(of, "mobileAgent") && { mode: text(of, "mobileAgent", "mode"), number: text(of, "mobileAgent", "dialNumber") },
  };
}

export function readDialog(of: Element): Dialog {
  const media = child(of, "mediaProperties");
  const wrapUp = child(media, "wrapUpReason");
  return {
    id: text(of, "id"),
    from: text(of, "fromAddress"),
    to: text(of, "toAddress"),
    state: text(of, "state"),
    callType: text(media, "callType"),
    media: new Map([...(media?.children ?? [])].map((one) => [one.localName, plain(one)])),
    queueName: text(media, "queueName"),
    wrapUpReason: wrapUp && (wrapUp.textContent ?? ""),
    variables: children(child(media, "callvariables"), "CallVariable").map((one) => ({
      name: text(one, "name"),
      value: text(one, "value"),
    })),
    participants: children(child(of, "participants"), "Participant").map(readParticipant),
    callback: callbackOf(child(of, "scheduledCallbackInfo")),
    associated: lastPart(text(of, "associatedDialogUri")),
    rebuilding: text(of, "rebuilding") === "true",
    document: of,
  };
}

function callbackOf(of: Element | null): Callback | null {
  const [time, number] = [text(of, "callbackTime"), text(of, "callbackNumber")];
  return time || number ? { time, number } : null;
}

function readParticipant(of: Element): Participant {
  return {
    address: text(of, "mediaAddress"),
    agentDevice: text(of, "mediaAddressType") === "AGENT_DEVICE",
    state: text(of, "state"),
    cause: text(of, "stateCause"),
    since: time(text(of, "stateChangeTime")) ?? time(text(of, "startTime")),
    actions: new Set(children(child(of, "actions"), "action").map((action) => action.textContent ?? "")),
  };
}

export function readChoice(of: Element): Choice {
  return { id: lastPart(text(of, "uri")), label: text(of, "label") };
}

export function readSystemInfo(of: Element): SystemInfo {
  return {
    inService: text(of, "status") === "IN_SERVICE",
    reason: text(of, "statusReason"),
    primary: text(of, "primaryNode", "host"),
    secondary: text(of, "secondaryNode", "host"),
    domain: text(of, "xmppDomain"),
    now: time(text(of, "currentTimestamp")),
  };
}

export function readQueue(of: Element): Queue {
  const figures = child(of, "statistics");
  const count = (name: string) => Number(text(figures, name) || -1);
  return {
    id: lastPart(text(of, "uri")),
    name: text(of, "name"),
    calls: count("callsInQueue"),
    longest: time(text(figures, "startTimeOfLongestCallInQueue")),
    ready: count("agentsReady"),
    notReady: count("agentsNotReady"),
    talking: count("agentsTalkingInbound") + count("agentsTalkingOutbound") + count("agentsTalkingInternal"),
  };
}

/** The text of an element; empty where it has others in it. */
function plain(of: Element): string {
  return of.children.length > 0 ? "" : (of.textContent ?? "").trim();
}

/** The value of one of its variables; empty if the call has none of that name. */
export function variableOf({ variables }: Pick<Dialog, "variables">, name: string): string {
  return variables.find((one) => one.name === name)?.value ?? "";
}

function lastPart(uri: string): string {
  return uri.replace(/\/$/, "").split("/").pop() ?? "";
}

function time(text: string): number | null {
  const read = Date.parse(text);
  return Number.isNaN(read) ? null : read;
}
