/** Numbers as people type them. */

/** What parts a number for the eye: spaces, brackets, and all kinds of hyphens, with the long vowel mark that a Japanese
 * keyboard has in the place of one. */
const FOR_THE_EYE = /[\s()\p{Dash_Punctuation}\u2212\u30fc]/gu;

/** As it is dialed: full-width digits of an input method become plain ones. */
export function dialable(typed: string): string {
  return typed.normalize("NFKC").replace(FOR_THE_EYE, "");
}

/** Whether there is something to dial in it. */
export function isNumber(typed: string): boolean {
  return /[0-9*#]/.test(dialable(typed));
}
