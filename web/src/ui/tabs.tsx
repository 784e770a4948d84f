/** The pages of a supervisor: the own desktop, and the team. */

import type { Store } from "../desk/store.js";
import { t } from "../text/index.js";

export type Page = "own" | "team";

export function Tabs({ store, page, open }: { store: Store; page: Page; open: (page: Page) => void }) {
  const texts = t.value.supervisor;
  const calls = store.calls.value.length;
  const names = { own: calls ? texts.ownWithCalls(calls) : texts.own, team: texts.team };
  return (
    <nav class="tabs" aria-label={texts.pages}>
      {(["own", "team"] as const).map((one) => (
        <button key={one} type="button" aria-current={page === one ? "page" : undefined} onClick={() => open(one)}>
          {names[one]}
        </button>
      ))}
    </nav>
  );
}
