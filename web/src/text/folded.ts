/** Text as people search for it. */

/** Full-width and half-width, capital and small letters are the same to whoever searches. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
