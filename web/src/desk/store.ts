/** What the page shows: the truth as far as the server has told it. Changed by `Desk`, read by `ui`. */

import { computed, signal } from "@preact/signals";

import type { Banner } from "../failover/types.js";
import { isMonitoring } from "../finesse/call-kind.js";
import type { Choice, Dialog, Queue, SystemInfo, User } from "../finesse/model.js";
import type { Contact, Layouts } from "../finesse/site.js";
import type { Update } from "../finesse/update.js";
import type { Unreached } from "./reach.js";
import type { Workflow } from "../workflow/model.js";
import type { Page } from "./pop.js";
import type { Everything, Site } from "./refresh.js";
import type { SignInFailure } from "./sign-in.js";

/** Something that was refused or happened by itself, for the agent to read. */
export interface Notice {
  id: number;
  /** What was asked for. */
  what: string;
  /** The cause: ErrorType of the server, or a word of ours. */
  cause: string;
  detail: string;
  /** Whom it was asked for, if not for oneself. */
  whom: string;
  /** Since when no database answers (milliseconds of the epoch), if that is why. */
  since: number | null;
  /** A page that the browser has not opened by itself. */
  page: Page | null;
}

/** A request on its way. */
export interface Asked {
  /** What it acts on. */
  on: string;
  what: string;
  whom: string;
}

export type Phase = "sign_in" | "signing_in" | "desk";

/** Notices that stay on the page; older ones make room. */
const NOTICES_MAX = 4;

export class Store {
  readonly phase = signal<Phase>("sign_in");
  readonly user = signal<User | null>(null);
  readonly dialogs = signal<readonly Dialog[]>([]);
  /** Those of the agent's own. */
  readonly calls = computed(() => this.dialogs.value.filter((dialog) => !isMonitoring(dialog)));
  /** By which a supervisor listens to calls of others; whom somebody listens to need not see it. */
  readonly monitors = computed(() => this.dialogs.value.filter((one) => isMonitoring(one) && one.from === this.user.value?.extension));
  readonly queues = signal<readonly Queue[]>([]);
  readonly notReadyReasons = signal<readonly Choice[]>([]);
  readonly signOutReasons = signal<readonly Choice[]>([]);
  readonly wrapUpReasons = signal<readonly Choice[]>([]);
  /** Everybody in the phone books. */
  readonly contacts = signal<readonly Contact[]>([]);
  /** Which data of a call are shown where. */
  readonly layouts = signal<Layouts>({ byDefault: null, others: [] });
  /** What the site has the desktop do by itself, in its order. */
  readonly workflows = signal<readonly Workflow[]>([]);
  /** Whether the page shows the truth and its buttons work. */
  readonly current = signal(true);
  readonly banner = signal<Banner | null>(null);
  /** Why the last sign-in on the other server did not succeed. */
  readonly moveFailure = signal<SignInFailure | null>(null);
  /** Hosts of the pair. */
  readonly hosts = signal({ primary: "", secondary: "" });
  readonly server = signal<"primary" | "secondary">("primary");
  /** The page can be loaded again without the server that it came from. */
  readonly kept = signal(false);
  /** Addresses of the other server that this browser has not reached yet. */
  readonly unreached = signal<Unreached>([]);
  readonly notices = signal<readonly Notice[]>([]);
  /** Requests that wait for their outcome, by requestId. */
  readonly waiting = signal<ReadonlyMap<string, Asked>>(new Map());
  /** What the server's clock is ahead of ours, in milliseconds. */
  readonly drift = signal(0);
  private notice = 0;

  /** Applies what the server told; says whose request it answers. */
  apply(update: Update): void {
    switch (update.kind) {
      case "user":
        if (update.user.id === this.user.value?.id || !this.user.value) this.user.value = update.user;
        return;
      case "dialogs":
        for (const dialog of update.dialogs) update.gone ? this.remove(dialog.id) : this.put(dialog);
        return;
      case "dialog":
        return this.put(update.dialog, true);
      case "queue":
        this.queues.value = this.queues.value.map((one) => (one.id === update.queue.id ? update.queue : one));
        return;
      case "system":
      case "member":
      case "error":
        return;
    }
  }

  /** Lists to choose from stay as they were if theirs could not be read. */
  takeEverything({ user, dialogs, queues, notReadyReasons, signOutReasons, wrapUpReasons }: Everything): void {
    this.user.value = user;
    this.dialogs.value = dialogs;
    if (queues) this.queues.value = queues;
    if (notReadyReasons) this.notReadyReasons.value = notReadyReasons;
    if (signOutReasons) this.signOutReasons.value = signOutReasons;
    if (wrapUpReasons) this.wrapUpReasons.value = wrapUpReasons;
  }

  takeSite({ layouts, workflows, contacts }: Site): void {
    this.layouts.value = layouts;
    if (workflows) this.workflows.value = workflows;
    if (contacts) this.contacts.value = contacts;
  }

  clockOf(info: SystemInfo): void {
    if (info.now !== null) this.drift.value = info.now - Date.now();
    this.hosts.value = { primary: info.primary, secondary: info.secondary };
  }

  /** The page came from the other server and cannot be loaded again without it. */
  isStranded(from: string): boolean {
    const { primary, secondary } = this.hosts.value;
    const other = this.server.value === "primary" ? secondary : primary;
    return from === other && !this.kept.value;
  }

  isWaiting(on: string): boolean {
    return [...this.waiting.value.values()].some((one) => one.on === on);
  }

  wait(requestId: string, asked: Asked): void {
    this.waiting.value = new Map(this.waiting.value).set(requestId, asked);
  }

  /** Ends a wait; says what was asked for. */
  answered(requestId: string): Asked | null {
    const found = this.waiting.value.get(requestId);
    if (!found) return null;
    const left = new Map(this.waiting.value);
    left.delete(requestId);
    this.waiting.value = left;
    return found;
  }

  /** Something was told of this: whatever was asked of it has had its outcome. */
  settle(on: string): void {
    for (const [requestId, asked] of this.waiting.value) if (asked.on === on) this.answered(requestId);
  }

  tell(what: string, cause: string, detail = "", whom = "", since: number | null = null): void {
    this.add({ what, cause, detail, whom, since, page: null });
  }

  tellIf(what: string, trouble: { cause: string; detail: string } | null): void {
    if (trouble) this.tell(what, trouble.cause, trouble.detail);
  }

  /** The browser has not opened this page; of an action the newest one is enough. */
  tellOfPage(what: string, page: Page): void {
    this.notices.value = this.notices.value.filter((one) => one.what !== what || one.page === null);
    this.add({ what, cause: "workflow_page", detail: "", whom: "", since: null, page });
  }

  dismiss(id: number): void {
    this.notices.value = this.notices.value.filter((one) => one.id !== id);
  }

  /** Everything of the agent who has left. */
  clear(): void {
    this.user.value = null;
    this.dialogs.value = [];
    this.queues.value = [];
    this.notReadyReasons.value = [];
    this.signOutReasons.value = [];
    this.wrapUpReasons.value = [];
    this.contacts.value = [];
    this.layouts.value = { byDefault: null, others: [] };
    this.workflows.value = [];
    this.notices.value = [];
    this.waiting.value = new Map();
    this.banner.value = null;
    this.moveFailure.value = null;
    this.unreached.value = [];
    this.current.value = true;
  }

  private add(notice: Omit<Notice, "id">): void {
    this.notice += 1;
    this.notices.value = [...this.notices.value, { id: this.notice, ...notice }].slice(-NOTICES_MAX);
  }

  private put(dialog: Dialog, onlyIfKnown = false): void {
    const known = this.dialogs.value.some((one) => one.id === dialog.id);
    if (known) this.dialogs.value = this.dialogs.value.map((one) => (one.id === dialog.id ? dialog : one));
    else if (!onlyIfKnown) this.dialogs.value = [...this.dialogs.value, dialog];
  }

  private remove(id: string): void {
    this.dialogs.value = this.dialogs.value.filter((one) => one.id !== id);
  }
}
