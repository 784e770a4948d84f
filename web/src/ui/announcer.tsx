/** Says aloud that a call has come in, to those who do not see it. */

import { type Ringing, ringing } from "../desk/ringing.js";
import type { Store } from "../desk/store.js";
import { t } from "../text/index.js";

/** Who or what waits, in a sentence. */
export function told({ who, preview }: Ringing): string {
  return preview ? t.value.previewOf(who) : t.value.incomingFrom(who);
}

export function Announcer({ store }: { store: Store }) {
  return (
    <p class="unseen" role="status" aria-live="polite" data-announcer>
      {ringing(store).map(told).join(" ")}
    </p>
  );
}
