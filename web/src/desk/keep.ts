/** Keeps the whole page in the browser, so that it can be loaded again when the server that it came from is dead.
 *
 * Browsers allow this where they trust the connection: over https with a certificate that they trust by themselves, or at
 * a loopback address. A certificate that a person has accepted by hand does not count, and neither does http. */

const KEPT = "holdfast.page";

/** Resolves to whether the page can be loaded again without its server. */
export async function keepPage(): Promise<boolean> {
  if (!isSecureContext || !("serviceWorker" in navigator)) return false;
  const workers = navigator.serviceWorker;
  // Without its server, what was kept before goes on counting.
  const [worker] = await Promise.all([
    workers.register("/desktop/worker.js").catch(() => workers.getRegistration()),
    keepFiles().catch(() => {}),
  ]);
  if (!worker) return false;
  await workers.ready;
  return (await caches.match("/desktop/")) !== undefined;
}

/** All or nothing: `files.json` names what the build has made. */
async function keepFiles(): Promise<void> {
  const answer = await fetch("/desktop/files.json", { cache: "no-store" });
  const files = (await answer.json()) as string[];
  const kept = await caches.open(KEPT);
  await kept.addAll(files);
  const wanted = new Set(files.map((file) => new URL(file, location.href).href));
  for (const { url } of await kept.keys()) if (!wanted.has(url)) await kept.delete(url);
}
