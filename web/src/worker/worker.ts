/** Gives the page back what it kept at sign-in (`desk/keep.ts`) when its own server does not answer, so that loading it
 * again reaches a page even then. Keeps nothing itself, and never touches a request of REST or of the notification
 * service. Shares no module with the page: it is one file, at an address of its own. */

/** How long the server of a page may take for a file: as long as for an answer to a poll (`failover/settings.ts`). */
const PATIENCE_MS = 2000;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && isOfPage(event.request.url)) event.respondWith(answer(event.request));
});

function isOfPage(url: string): boolean {
  const { origin, pathname } = new URL(url);
  return origin === worker.location.origin && pathname.startsWith("/desktop/");
}

/** The server's own answer, if it has one in time. */
async function answer(request: Request): Promise<Response> {
  const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  // A server whose web application is stopped answers, and has no page.
  if (fresh && fresh.status < 500) return fresh;
  return (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fresh ?? Response.error();
}
