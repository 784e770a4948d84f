/** Which servers there are, and which of them an agent can sign in at from this page. */

import { readSystemInfo, type SystemInfo } from "../finesse/model.js";
import { Rest } from "../finesse/rest.js";
import { type Ports, endpointOf } from "../link/endpoint.js";
import type { Endpoint } from "../link/link.js";

export interface Pair {
  primary: Endpoint;
  secondary: Endpoint | null;
}

/** What SystemInfo said at one address. */
export type Asked = { origin: string; info: SystemInfo | null };

const HOSTS = "holdfast.hosts";

/** The server of this page, or the other one of the pair if that serves and this one does not: the page may have been
 * loaded without its server (`keep.ts`). */
export async function serverToEnter(patience: number): Promise<Asked> {
  const own = await ask(location.origin, patience);
  if (own.info) remember(own.info);
  if (own.info?.inService) return own;
  const other = otherHost();
  const asked = other === null ? null : await ask(originOf(other), patience);
  return asked?.info?.inService ? asked : own;
}

export function pairOf({ primary, secondary }: SystemInfo, ports: Ports): Pair {
  return { primary: endpointOf(primary, ports), secondary: secondary ? endpointOf(secondary, ports) : null };
}

/** The other server of the pair, as far as this browser knows it. */
export function otherHost(): string | null {
  const hosts = remembered();
  return hosts.includes(location.hostname) ? (hosts.find((host) => host !== location.hostname) ?? null) : null;
}

/** Where the page of that host is: both servers use the same ports. */
export function originOf(host: string): string {
  return `${location.protocol}//${host}${location.port && `:${location.port}`}`;
}

async function ask(origin: string, patience: number): Promise<Asked> {
  const answer = await new Rest(origin, null).get("SystemInfo", patience);
  return { origin, info: answer.ok && answer.document ? readSystemInfo(answer.document) : null };
}

function remember({ primary, secondary }: SystemInfo): void {
  try {
    localStorage.setItem(HOSTS, JSON.stringify([primary, secondary].filter(Boolean)));
  } catch {
    // A browser that keeps nothing knows the other server only while this one answers.
  }
}

function remembered(): string[] {
  try {
    const hosts: unknown = JSON.parse(localStorage.getItem(HOSTS) ?? "[]");
    return Array.isArray(hosts) ? hosts.filter((host) => typeof host === "string") : [];
  } catch {
    return [];
  }
}
