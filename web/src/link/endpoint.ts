/** Where the two servers are: REST at the port of this page, notifications where the server says. */

import type { Endpoint } from "./link.js";

export interface Ports {
  http: number | null;
  https: number;
}

/** Both servers of a pair use the same ports. */
export function endpointOf(host: string, ports: Ports, page: Pick<Location, "protocol" | "port"> = location): Endpoint {
  const tls = page.protocol === "https:" || ports.http === null;
  const notification = `${host}:${tls ? ports.https : ports.http}`;
  return {
    host,
    rest: `${page.protocol}//${host}${page.port && `:${page.port}`}`,
    bosh: `${tls ? "https" : "http"}://${notification}/http-bind/`,
    webSocket: `${tls ? "wss" : "ws"}://${notification}/ws/`,
  };
}
