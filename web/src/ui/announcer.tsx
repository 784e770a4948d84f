/** Says aloud that a call has come in, to those who do not see it. */

import { ringing } from "../desk/ringing.js";
import type { Store } from "../desk/store.js";
import { t } from "../text/index.js";

export function Announcer({ store }: { store: Store }) {
  return (
    <p class="unseen" role="status" aria-live="polite" data-announcer>
      {ringing(store).map(t.value.incomingFrom).join(" ")}
    </p>
  );
}
