/** Whether this browser could use a server if it had to: asked before it is needed, since a certificate that nobody has
 * accepted looks like a server that does not answer (failover.md CLIENT-X5). */

import type { Endpoint } from "../link/link.js";

/** Addresses of a server to which the browser has no way, each to be opened by a person. */
export type Unreached = readonly string[];

export async function unreached(endpoint: Endpoint, patience: number): Promise<Unreached> {
  const page = `${endpoint.rest}/desktop/`;
  const notification = new URL("/livez", endpoint.bosh).href;
  const [rest, bosh] = await Promise.all([answers(`${endpoint.rest}/livez`, patience), answers(notification, patience)]);
  return [...(rest ? [] : [page]), ...(bosh ? [] : [notification])];
}

/** Any answer will do: what it says is asked elsewhere. */
async function answers(url: string, patience: number): Promise<boolean> {
  const signal = AbortSignal.timeout(patience);
  const asked = fetch(url, { mode: "no-cors", cache: "no-store", credentials: "omit", signal });
  return asked.then(
    () => true,
    () => false,
  );
}
