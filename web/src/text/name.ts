/** How people are called. */

/** Where the family name comes first, in whichever language the page is. */
const FAMILY_FIRST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The whole name of a person, in the order of the script that it is written in. */
export function nameOf({ firstName, lastName }: { firstName: string; lastName: string }): string {
  const parts = FAMILY_FIRST.test(lastName) ? [lastName, firstName] : [firstName, lastName];
  return parts.join(" ").trim();
}
