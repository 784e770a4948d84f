/** Times as people read them in their language. */

import { t } from "../text/index.js";

/** Hours and minutes; `at` in milliseconds of the epoch. */
export function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(t.value.locale, { hour: "2-digit", minute: "2-digit" }).format(at);
}
