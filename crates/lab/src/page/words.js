// The words of the page, in the languages that it speaks.
import { en } from "./en.js";
import { ja } from "./ja.js";

export const languages = { en, ja };
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
export const word = (language, key, values = {}) => filled(languages[language][key] ?? key, values);
