/** What was refused, and why. */

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
            {notice.since !== null && <small>{t.value.notChecked(timeOfDay(notice.since))}</small>}
          </p>
          <Button onPress={() => store.dismiss(notice.id)}>{t.value.dismiss}</Button>
        </div>
      ))}
    </div>
  );
}

function sentence({ what, cause, whom }: Notice): string {
  const texts = t.value;
  const action = what === "request" ? texts.request : (texts.actions[what] ?? what);
  // The words of the seed, as they are (failover.md AWDB-13c).
  if (cause === "not_checked") return `${whom ? `${whom}: ` : ""}${action}: ${texts.timedOut}`;
  if (cause === "no_outcome") return texts.noOutcome(whom ? `${whom}: ${action}` : action);
  const because = texts.causes[cause] ?? cause;
  return whom ? texts.refusedFor(whom, action, because) : texts.refused(action, because);
}
