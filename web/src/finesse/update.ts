/** What a notification says (notifications.md section 7). */

import { type Dialog, readDialog, readQueue, readSystemInfo, readUser, type Queue, type SystemInfo, type User } from "./model.js";
import { child, children, parse, text } from "./xml.js";

export type Update =
  | { kind: "user"; user: User; requestId: string }
  | { kind: "dialogs"; dialogs: Dialog[]; gone: boolean; requestId: string }
  | { kind: "dialog"; dialog: Dialog; requestId: string }
  | { kind: "system"; info: SystemInfo }
  | { kind: "queue"; queue: Queue }
  | { kind: "error"; type: string; message: string; code: string; requestId: string };

/** `null`: not for this page. */
export function readUpdate(notification: string): Update | null {
  const update = parse(notification);
  const data = child(update, "data")?.firstElementChild;
  if (!update || !data) return null;
  const requestId = text(update, "requestId");
  switch (data.localName.toLowerCase()) {
    case "user":
      return { kind: "user", user: readUser(data), requestId };
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
