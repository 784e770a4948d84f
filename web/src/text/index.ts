/** The language of the page: chosen by the person, remembered by the browser, told to screen readers and fonts. */

import { computed, effect, signal } from "@preact/signals";

import { type Texts, en } from "./en.js";
import { ja } from "./ja.js";

export const LANGUAGES = { en, ja } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "holdfast.language";

export const language = signal<Language>(remembered());

export const t = computed<Texts>(() => LANGUAGES[language.value]);

/** The reason of a state in the language of the page, as far as it is not a text of the site's own. */
export function reasonOf({ reason, systemReason }: { reason: string; systemReason: boolean }): string {
  return systemReason ? (t.value.systemReasons[reason] ?? reason) : reason;
}

effect(() => {
  document.documentElement.lang = language.value;
  try {
    localStorage.setItem(KEY, language.value);
  } catch {
    // A browser that keeps nothing forgets the language, too.
  }
});

function remembered(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "en" || kept === "ja") return kept;
  } catch {
    // As above.
  }
  return navigator.language.startsWith("ja") ? "ja" : "en";
}
