/** What the server tells every page before anybody has signed in; it is the same on both servers. */

import type { Ports } from "../link/endpoint.js";

export interface Served {
  notification: Ports;
  /** Time between two polls of SystemInfo after a loss, in milliseconds (failover.md CLIENT-7). */
  poll_interval: number;
  /** Time between two questions whether the connection is alive, in milliseconds (failover.md CLIENT-X7). */
  ping_interval: number;
  /** Where workflows may send requests, besides the servers. */
  workflow_origins?: readonly string[];
}

/** Read with the page, for an agent who signs in elsewhere when the server of the page is dead. */
const withPage = read().catch(() => null);

/** `silent`: the server of this page does not answer. */
export async function readServed(silent: boolean): Promise<Served> {
  return silent ? ((await withPage) ?? read()) : read();
}

async function read(): Promise<Served> {
  const response = await fetch("/desktop/settings.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`settings: ${response.status}`);
  return (await response.json()) as Served;
}
