/** Whose calls ring at the agent. */

import { contactOf } from "../finesse/site.js";
import { nameOf } from "../text/name.js";
import type { Store } from "./store.js";

/** Number and, where the phone books know it, name of each caller; nobody while no server tells. */
export function ringing(store: Store): string[] {
  const own = store.user.value?.extension;
  if (!own || !store.current.value) return [];
  const alerting = store.dialogs.value.filter(({ from, participants }) =>
    from !== own && participants.some(({ address, state }) => address === own && state === "ALERTING"),
  );
  return alerting.map(({ from }) => called(store, from));
}

function called(store: Store, number: string): string {
  const contact = contactOf(store.contacts.value, number);
  return contact ? `${number} ${nameOf(contact)}` : number;
}
