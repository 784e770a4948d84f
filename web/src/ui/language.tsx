/** The choice of the language; each is named in itself. */

import { LANGUAGES, type Language, language, t } from "../text/index.js";

export function LanguageChoice() {
  return (
    <div class="languages" role="group" aria-label={t.value.languageLabel}>
      {(Object.keys(LANGUAGES) as Language[]).map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={language.value === one}
          onClick={() => (language.value = one)}
        >
          {LANGUAGES[one].language}
        </button>
      ))}
    </div>
  );
}
