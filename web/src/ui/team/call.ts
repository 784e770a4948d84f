/** The calls of a member in one line: of what kind, and with whom. */

import { kindOf, othersOn } from "../../finesse/call-kind.js";
import type { Dialog, Member } from "../../finesse/model.js";
import { t } from "../../text/index.js";

export function calls(dialogs: readonly Dialog[] | null, { extension }: Member): string {
  const { kinds } = t.value.supervisor;
  return (dialogs ?? []).map((dialog) => [kinds[kindOf(dialog)], ...othersOn(dialog, extension)].join(" ")).join(" · ");
}
