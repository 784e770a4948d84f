/** What an action of a workflow comes to for one call: a page to open or a request to send, or why there is none. Whatever
 * comes from the call is encoded for the place where it stands, so it can change neither host nor path. Pure. */

import { escaped } from "../finesse/xml.js";
import type { ValueOf } from "./conditions.js";
import type { Action } from "./model.js";

/** Why an action is not carried out: its address cannot be used, its origin is not on the site's list, or this page does
 * not know what it is. */
export type Cause = "workflow_address" | "workflow_origin" | "workflow_unknown";

interface Message {
  method: string;
  contentType: string;
  body: string;
}

export type Deed =
  | { kind: "pop"; url: string; window: string }
  /** To the agent's own server, with his credentials; the path is below `/finesse/api/`. */
  | ({ kind: "own"; path: string } & Message)
  | ({ kind: "other"; url: string } & Message)
  | { kind: "refused"; cause: Cause; detail: string };

const API = "/finesse/api/";
/** Segments and signs that a server might read as another path. */
const NO_PLAIN_PATH = /(^|\/)(\.|%2e){1,2}(\/|$)|%2f|%5c|\\/i;

export function deedOf(action: Action, valueOf: ValueOf, origins: readonly string[]): Deed {
  const path = filled(action, "path", valueOf, encodeURIComponent).trim();
  if (action.type === "BROWSER_POP") return popOf(action, path);
  if (action.type !== "HTTP_REQUEST") return { kind: "refused", cause: "workflow_unknown", detail: action.type };
  const message = messageOf(action, valueOf);
  if (!message) return { kind: "refused", cause: "workflow_unknown", detail: action.params.get("method") ?? "" };
  return action.params.get("location") === "FINESSE" ? ownOf(path, message) : otherOf(path, message, origins);
}

function popOf({ params }: Action, path: string): Deed {
  const url = webAddress(path);
  if (!url) return { kind: "refused", cause: "workflow_address", detail: path };
  return { kind: "pop", url: url.href, window: params.get("windowName")?.trim() ?? "" };
}

function ownOf(path: string, message: Message): Deed {
  const [plain = ""] = path.split(/[?#]/, 1);
  if (!plain.startsWith(API) || NO_PLAIN_PATH.test(plain)) return { kind: "refused", cause: "workflow_address", detail: path };
  return { kind: "own", path: path.slice(API.length), ...message };
}

function otherOf(path: string, message: Message, origins: readonly string[]): Deed {
  const url = webAddress(path);
  if (!url) return { kind: "refused", cause: "workflow_address", detail: path };
  if (!origins.includes(url.origin)) return { kind: "refused", cause: "workflow_origin", detail: url.origin };
  return { kind: "other", url: url.href, ...message };
}

function messageOf(action: Action, valueOf: ValueOf): Message | null {
  const method = action.params.get("method")?.toUpperCase() ?? "";
  const contentType = action.params.get("contentType") || "application/xml";
  if (method !== "PUT" && method !== "POST") return null;
  return { method, contentType, body: filled(action, "body", valueOf, encodedFor(contentType)) };
}

/** Nothing but pages of the web: no scripts, files or programs. */
function webAddress(path: string): URL | null {
  const url = URL.canParse(path) ? new URL(path) : null;
  const isPlain = url && (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "";
  return isPlain ? url : null;
}

type Encode = (value: string) => string;

/** A param with its `${variables}` filled in. */
function filled({ params, variables }: Action, name: string, valueOf: ValueOf, encode: Encode): string {
  const value = (name: string) => valueOf(variables.find((one) => one.name === name) ?? { name, node: "" });
  return (params.get(name) ?? "").replace(/\$\{([^{}]*)\}/g, (_, name: string) => encode(value(name.trim())));
}

function encodedFor(contentType: string): Encode {
  if (/xml/i.test(contentType)) return escaped;
  if (/json/i.test(contentType)) return (value) => JSON.stringify(value).slice(1, -1);
  if (/x-www-form-urlencoded/i.test(contentType)) return encodeURIComponent;
  return (value) => value;
}
