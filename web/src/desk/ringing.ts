/** What waits for the agent: calls that ring, and customers of a campaign whom he may have called. */

import { isPreview, partnerOf } from "../finesse/call-kind.js";
import { contactOf } from "../finesse/site.js";
import { nameOf } from "../text/name.js";
import type { Store } from "./store.js";

export interface Ringing {
  /** Number and, where the phone books know it, name. */
  who: string;
  preview: boolean;
}

/** Nothing while no server tells. */
export function ringing(store: Store): Ringing[] {
  const own = store.user.value?.extension;
  if (!own || !store.current.value) return [];
  return store.calls.value.flatMap((dialog) => {
    const me = dialog.participants.find(({ address }) => address === own);
    if (me?.state !== "ALERTING") return [];
    const preview = isPreview(dialog, me);
    if (!preview && dialog.from === own) return [];
    return [{ who: called(store, partnerOf(dialog, own)), preview }];
  });
}

function called(store: Store, number: string): string {
  const contact = contactOf(store.contacts.value, number);
  return contact ? `${number} ${nameOf(contact)}` : number;
}
