/** What the page shows, as one server has it (failover.md CLIENT-10). Asks, and changes nothing. */

import { type Choice, type Dialog, type Queue, type User } from "../finesse/model.js";
import { readChoice, readDialog, readQueue, readUser } from "../finesse/model.js";
import type { Answer, Rest } from "../finesse/rest.js";
import { type Contact, type Layouts, readLayout, readPhoneBook } from "../finesse/site.js";
import { children } from "../finesse/xml.js";
import { type Workflow, readWorkflow } from "../workflow/model.js";

/** An agent with everything that is his. Lists are `null` where they could not be read: not every server has them. */
export interface Everything {
  user: User;
  dialogs: Dialog[];
  queues: Queue[] | null;
  notReadyReasons: Choice[] | null;
  signOutReasons: Choice[] | null;
  wrapUpReasons: Choice[] | null;
}

/** What does not change in a shift; empty or `null` where it could not be read. */
export interface Site {
  layouts: Layouts;
  workflows: Workflow[] | null;
  contacts: Contact[] | null;
}

export type Asked = { ok: true; everything: Everything } | { ok: false; retryAfter: number | null };

/** Nothing without user and calls. */
export async function askEverything(rest: Rest, id: string): Promise<Asked> {
  const at = atUser(id);
  const [user, dialogs, notReady, signOut, wrapUp, queues] = await Promise.all([
    rest.get(at),
    rest.get(`${at}/Dialogs`),
    rest.get(`${at}/ReasonCodes?category=NOT_READY`),
    rest.get(`${at}/ReasonCodes?category=LOGOUT`),
    rest.get(`${at}/WrapUpReasons`),
    rest.get(`${at}/Queues`),
  ]);
  if (!user.ok || !dialogs.ok || !user.document) return { ok: false, retryAfter: wish(user) ?? wish(dialogs) };
  const everything = {
    user: readUser(user.document),
    dialogs: children(dialogs.document, "Dialog").map(readDialog),
    queues: list(queues, "Queue", readQueue),
    notReadyReasons: list(notReady, "ReasonCode", readChoice),
    signOutReasons: list(signOut, "ReasonCode", readChoice),
    wrapUpReasons: list(wrapUp, "WrapUpReason", readChoice),
  };
  return { ok: true, everything };
}

export async function askSite(rest: Rest, id: string): Promise<Site> {
  const at = atUser(id);
  const [layout, layouts, workflows, books] = await Promise.all([
    rest.get(`${at}/MediaPropertiesLayout`),
    rest.get(`${at}/MediaPropertiesLayouts`),
    rest.get(`${at}/Workflows`),
    rest.get(`${at}/PhoneBooks`),
  ]);
  const byDefault = layout.ok && layout.document ? readLayout(layout.document) : null;
  return {
    layouts: { byDefault, others: list(layouts, "MediaPropertiesLayout", readLayout) ?? [] },
    workflows: list(workflows, "Workflow", readWorkflow),
    contacts: list(books, "PhoneBook", readPhoneBook)?.flat() ?? null,
  };
}

function atUser(id: string): string {
  return `User/${encodeURIComponent(id)}`;
}

function list<T>(answer: Answer, name: string, read: (of: Element) => T): T[] | null {
  return answer.ok ? children(answer.document, name).map(read) : null;
}

function wish(answer: Answer): number | null {
  return answer.ok ? null : answer.refusal.retryAfter;
}
