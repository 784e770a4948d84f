/** A name for one request that nobody else gives: 128 random bits. Works on pages without TLS, too. */
export function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
