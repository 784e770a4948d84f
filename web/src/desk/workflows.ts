/** Carries out the workflows of the site for the agent's calls: looks at what the store shows while it is the truth, and
 * runs the first workflow that is meant for what has happened, its actions in their order. Tells the agent what failed. */

import { effect } from "@preact/signals";

import type { Answer, Rest } from "../finesse/rest.js";
import { requestId } from "../finesse/request-id.js";
import { isMeant } from "../workflow/conditions.js";
import { type Deed, deedOf } from "../workflow/deed.js";
import { type Happening, Happenings } from "../workflow/happenings.js";
import type { Action, Variable } from "../workflow/model.js";
import { valueIn } from "../workflow/variables.js";
import { follow } from "../workflow/xpath.js";
import { openPage } from "./pop.js";
import type { Store } from "./store.js";

/** Whom a workflow asks may be slow, but nobody waits for it longer. */
const PATIENCE_MS = 10_000;

export class Workflows {
  private readonly happenings = new Happenings();
  private readonly stop: () => void;

  constructor(
    private readonly store: Store,
    private readonly rest: () => Rest,
    /** Where requests may go, besides the agent's own server. */
    private readonly origins: readonly string[],
  ) {
    this.stop = effect(() => {
      const [dialogs, user] = [store.dialogs.value, store.user.value];
      // What is shown while the connection is lost is no news, and nothing is known before the first reading.
      if (!store.current.value || !user) return;
      const happened = this.happenings.look(dialogs, user.extension);
      // Not from within: what is told of it is shown, too.
      if (happened.length > 0) queueMicrotask(() => happened.forEach((one) => this.run(one)));
    });
  }

  end(): void {
    this.stop();
  }

  private run({ trigger, dialog }: Happening): void {
    const user = this.store.user.peek();
    if (!user) return;
    const valueOf = (variable: Variable) => valueIn({ dialog, user }, variable, follow);
    const workflows = this.store.workflows.peek().filter((workflow) => workflow.trigger === trigger);
    const first = workflows.find((workflow) => isMeant(workflow, valueOf));
    const ours = first?.actions.filter(({ handledBy }) => handledBy !== "OTHER") ?? [];
    for (const action of ours) void this.carryOut(action, deedOf(action, valueOf, this.origins));
  }

  private async carryOut({ name }: Action, deed: Deed): Promise<void> {
    switch (deed.kind) {
      case "pop":
        if (!openPage(deed)) this.store.tellOfPage(name, deed);
        return;
      case "own":
        return this.told(name, await this.rest().forward(deed, requestId()));
      case "other":
        return this.store.tellIf(name, await ask(deed));
      case "refused":
        return this.store.tell(name, deed.cause, deed.detail);
    }
  }

  private told(name: string, answer: Answer): void {
    if (answer.ok) return;
    const { status, type, message } = answer.refusal;
    this.store.tell(name, status === 0 ? "silent" : type || String(status), message);
  }
}

/** Never with what the agent signs in with. Resolves to what went wrong, or to nothing. */
async function ask({ url, method, contentType, body }: Extract<Deed, { kind: "other" }>): Promise<{ cause: string; detail: string } | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const headers = { "Content-Type": contentType };
  const apart = { credentials: "omit", redirect: "error", cache: "no-store", referrerPolicy: "no-referrer" } as const;
  const { origin } = new URL(url);
  try {
    const response = await fetch(url, { method, headers, body, signal, ...apart });
    return response.ok ? null : { cause: "workflow_answer", detail: `${origin}: ${response.status}` };
  } catch {
    // Browsers do not tell a server that is silent from one that allows no requests from this page.
    return { cause: "workflow_silent", detail: origin };
  }
}
