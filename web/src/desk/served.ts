/** What the server tells every page before anybody has signed in; it is the same on both servers. */

import type { Ports } from "../link/endpoint.js";

export interface Served {
  notification: Ports;
  /** Time between two polls of SystemInfo after a loss, in milliseconds (failover.md CLIENT-7). */
  poll_interval: number;
  /** Time between two questions whether the connection is alive, in milliseconds (failover.md CLIENT-X7). */
  ping_interval: number;
}

export async function readServed(): Promise<Served> {
  const response = await fetch("/desktop/settings.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`settings: ${response.status}`);
  return (await response.json()) as Served;
}
