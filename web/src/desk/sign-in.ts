/** Signing an agent in at one server: the request, and its outcome as an event. */

import { type Mobile, readUser } from "../finesse/model.js";
import { requestId } from "../finesse/request-id.js";
import type { Credentials, Refusal, Rest } from "../finesse/rest.js";
import type { Update } from "../finesse/update.js";
import type { Content } from "../finesse/xml.js";

/** What is told to somebody who could not sign in; `text` has a sentence for each. */
export interface SignInFailure {
  cause:
    | "wrong_password"
    | "not_checked"
    | "unknown_user"
    | "out_of_service"
    | "silent"
    | "no_notifications"
    | "no_data"
    | "no_outcome"
    | "device"
    | "device_busy"
    | "extension"
    | "mode"
    | "mobile_unreached"
    | "refused";
  detail?: string;
  retryAfter?: number | null;
  /** Since when no database answers (milliseconds of the epoch), if nothing was checked. */
  since?: number;
}

/** How long the switch may take. */
const OUTCOME_WITHIN_MS = 8_000;
/** How long a person may take to answer the telephone that stays connected for the whole shift. */
const ANSWERED_WITHIN_MS = 45_000;

/** What the server says when that telephone was busy, or nobody answered it. */
const MOBILE_UNREACHED = "MOBILE_AGENT_CALL_FAILED";

/** How the telephone of a mobile agent is reached (rest-api.md section 5.3). */
export const MOBILE_MODES = ["CALL_BY_CALL", "NAILED_CONNECTION"] as const;

type Listen = (listener: (update: Update) => void) => () => void;

export async function signInAt(
  rest: Rest,
  { user, extension, mobile }: Credentials & { extension: string; mobile: Mobile | null },
  listen: Listen,
): Promise<SignInFailure | null> {
  const id = requestId();
  const patience = mobile?.mode === "NAILED_CONNECTION" ? ANSWERED_WITHIN_MS : OUTCOME_WITHIN_MS;
  const { outcome, stop } = outcomeOf(id, listen, patience);
  const content: [string, Content][] = [["extension", extension], ["state", "LOGIN"]];
  if (mobile) content.push(["mobileAgent", [["dialNumber", mobile.number], ["mode", mobile.mode]]]);
  const answer = await rest.put(`User/${encodeURIComponent(user)}`, "User", content, id);
  if (!answer.ok) {
    stop();
    return failureOf(answer.refusal);
  }
  return (await outcome) ?? null;
}

/** Checks the password before anything is changed; says who it is, since people may type their login name. */
export async function whoIs(rest: Rest, user: string): Promise<{ id: string } | SignInFailure> {
  const answer = await rest.get(`User/${encodeURIComponent(user)}`);
  if (!answer.ok) return failureOf(answer.refusal);
  return answer.document ? { id: readUser(answer.document).id } : { cause: "no_data" };
}

function outcomeOf(id: string, listen: Listen, patience: number) {
  let stop = () => {};
  const outcome = new Promise<SignInFailure | null>((resolve) => {
    const timer = setTimeout(() => resolve({ cause: "no_outcome" }), patience);
    const unlisten = listen((update) => {
      if (update.kind === "user" && update.requestId === id && update.user.state !== "LOGOUT") resolve(null);
      if (update.kind === "error" && update.requestId === id) resolve(refusedBySwitch(update));
    });
    stop = () => {
      clearTimeout(timer);
      unlisten();
    };
  });
  return { outcome: outcome.finally(() => stop()), stop: () => stop() };
}

function refusedBySwitch({ type, message }: Extract<Update, { kind: "error" }>): SignInFailure {
  if (message === MOBILE_UNREACHED) return { cause: "mobile_unreached" };
  if (type === "Invalid Device") return { cause: "device", detail: message };
  if (type === "Mode Not Allowed") return { cause: "mode", detail: message };
  if (type === "Device Busy") return { cause: "device_busy", detail: message };
  return { cause: "refused", detail: [type, message].filter(Boolean).join(", ") };
}

function failureOf({ status, type, message, retryAfter, notCheckedSince }: Refusal): SignInFailure {
  const detail = [type, message].filter(Boolean).join(", ");
  switch (status) {
    case 0:
      return { cause: "silent" };
    case 401:
      return notCheckedSince === null ? { cause: "wrong_password" } : { cause: "not_checked", since: notCheckedSince };
    case 404:
      return { cause: "unknown_user" };
    case 503:
      return { cause: "out_of_service", retryAfter };
    case 400:
      return { cause: "extension", detail };
    default:
      return { cause: "refused", detail };
  }
}
