/** What a notification says (notifications.md section 7). */

import { type Dialog, type Member, type Queue, type SystemInfo, type User } from "./model.js";
import { readDialog, readMember, readQueue, readSystemInfo, readUser } from "./model.js";
import { child, children, parse, text } from "./xml.js";

export type Update =
  | { kind: "user"; user: User; requestId: string }
  | { kind: "dialogs"; dialogs: Dialog[]; gone: boolean; requestId: string }
  | { kind: "dialog"; dialog: Dialog; requestId: string }
  | { kind: "system"; info: SystemInfo }
  | { kind: "queue"; queue: Queue }
  | { kind: "member"; team: string; member: Member }
  | { kind: "error"; type: string; message: string; code: string; requestId: string };

const TEAM_USERS = /^\/finesse\/api\/Team\/(\d+)\/Users$/;

/** What was published on this node; `null`: not for this page. */
export function readUpdate(node: string, notification: string): Update | null {
  const update = parse(notification);
  const data = child(update, "data")?.firstElementChild;
  if (!update || !data) return null;
  const requestId = text(update, "requestId");
  switch (data.localName.toLowerCase()) {
    case "user": {
      // A member in short, who may be the supervisor himself.
      const team = TEAM_USERS.exec(node)?.[1];
      if (team) return { kind: "member", team, member: readMember(data) };
      return { kind: "user", user: readUser(data), requestId };
    }
    case "dialogs": {
      const gone = text(update, "event").toUpperCase() === "DELETE";
      return { kind: "dialogs", dialogs: children(data, "Dialog").map(readDialog), gone, requestId };
    }
    case "dialog":
      return { kind: "dialog", dialog: readDialog(data), requestId };
    case "systeminfo":
      return { kind: "system", info: readSystemInfo(data) };
    case "queue":
      return { kind: "queue", queue: readQueue(data) };
    case "apierrors": {
      const error = child(data, "apiError");
      const [type, message, code] = [text(error, "errorType"), text(error, "errorMessage"), text(error, "errorData")];
      return { kind: "error", type, message, code, requestId };
    }
    default:
      return null;
  }
}
