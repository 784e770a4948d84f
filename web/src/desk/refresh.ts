/** Reads everything that the page shows from one server (failover.md CLIENT-10). */

import { batch } from "@preact/signals";

import { type Choice, readChoice, readDialog, readQueue, readUser } from "../finesse/model.js";
import type { Answer, Rest } from "../finesse/rest.js";
import { readLayout, readPhoneBook } from "../finesse/site.js";
import { children } from "../finesse/xml.js";
import type { Store } from "./store.js";

/** What is shown changes only when user and calls could be read. Lists to choose from stay as they were if theirs could
 * not: not every server has them. */
export async function refresh(rest: Rest, id: string, store: Store): Promise<{ ok: boolean; retryAfter: number | null }> {
  const at = `User/${encodeURIComponent(id)}`;
  const [user, dialogs, notReady, signOut, wrapUp, queues] = await Promise.all([
    rest.get(at),
    rest.get(`${at}/Dialogs`),
    rest.get(`${at}/ReasonCodes?category=NOT_READY`),
    rest.get(`${at}/ReasonCodes?category=LOGOUT`),
    rest.get(`${at}/WrapUpReasons`),
    rest.get(`${at}/Queues`),
  ]);
  if (!user.ok || !dialogs.ok || !user.document) return { ok: false, retryAfter: wish(user) ?? wish(dialogs) };
  const read = readUser(user.document);
  // Together: an agent without his calls was never true.
  batch(() => {
    store.user.value = read;
    store.dialogs.value = children(dialogs.document, "Dialog").map(readDialog);
  });
  choices(notReady, "ReasonCode", (read) => (store.notReadyReasons.value = read));
  choices(signOut, "ReasonCode", (read) => (store.signOutReasons.value = read));
  choices(wrapUp, "WrapUpReason", (read) => (store.wrapUpReasons.value = read));
  if (queues.ok) store.queues.value = children(queues.document, "Queue").map(readQueue);
  return { ok: true, retryAfter: null };
}

/** What does not change in a shift is read once, so that a failover of thousands does not read it again. */
export async function readSite(rest: Rest, id: string, store: Store): Promise<void> {
  const at = `User/${encodeURIComponent(id)}`;
  const [layout, books] = await Promise.all([rest.get(`${at}/MediaPropertiesLayout`), rest.get(`${at}/PhoneBooks`)]);
  if (layout.ok && layout.document) store.layout.value = readLayout(layout.document);
  if (books.ok) store.contacts.value = children(books.document, "PhoneBook").flatMap(readPhoneBook);
}

function choices(answer: Answer, name: string, take: (read: Choice[]) => void): void {
  if (answer.ok) take(children(answer.document, name).map(readChoice));
}

function wish(answer: Answer): number | null {
  return answer.ok ? null : answer.refusal.retryAfter;
}
