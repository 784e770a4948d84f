/** What was refused, and why. */

import type { TargetedMouseEvent } from "preact";

import { type Page, openPage } from "../desk/pop.js";
import type { Notice, Store } from "../desk/store.js";
import { t } from "../text/index.js";
import { Button } from "./button.js";
import { focusOn, useKeptFocus } from "./focus.js";
import { timeOfDay } from "./time.js";

export function Notices({ store }: { store: Store }) {
  // From one that is dismissed to the next, or to where they stood.
  const list = useKeptFocus<HTMLDivElement>((within) => focusOn(within.querySelector("button") ?? within));
  return (
    <div ref={list} tabIndex={-1} class="notices" role="alert" aria-label={t.value.notices}>
      {store.notices.value.map((notice) => (
        <div class="notice" key={notice.id}>
          <p>
            {sentence(notice)} {notice.detail && <small>{notice.detail}</small>}
            {notice.page && <PageLink page={notice.page} opened={() => store.dismiss(notice.id)} />}
            {notice.since !== null && <small>{t.value.notChecked(timeOfDay(notice.since))}</small>}
          </p>
          <Button onPress={() => store.dismiss(notice.id)}>{t.value.dismiss}</Button>
        </div>
      ))}
    </div>
  );
}

/** Opened by a person, which no browser forbids. */
function PageLink({ page, opened }: { page: Page; opened: () => void }) {
  const open = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    event.preventDefault();
    if (openPage(page)) opened();
  };
  return (
    <a href={page.url} target="_blank" rel="noopener noreferrer" onClick={open}>
      {t.value.openPage(new URL(page.url).host)}
    </a>
  );
}

function sentence({ what, cause, whom }: Notice): string {
  const texts = t.value;
  const action = what === "request" ? texts.request : (texts.actions[what] ?? what);
  const workflow = texts.workflowCauses[cause];
  if (workflow) return texts.ofWorkflow(what, workflow);
  if (cause === "monitor_lost") return texts.supervisor.monitorLost(whom);
  // The words of the seed, as they are (failover.md AWDB-13c).
  if (cause === "not_checked") return `${whom ? `${whom}: ` : ""}${action}: ${texts.timedOut}`;
  if (cause === "no_outcome") return texts.noOutcome(whom ? `${whom}: ${action}` : action);
  const because = texts.causesOf[what]?.[cause] ?? texts.causes[cause] ?? cause;
  return whom ? texts.refusedFor(whom, action, because) : texts.refused(action, because);
}
