// Sentences behind the codes of plans and checks: the server's own catalogue, the one that the command line speaks from.
import { language } from "./prefs.js";

const catalogues = new Map(); // language -> promise of an object
let texts = {};

/** Load the catalogue of the language in use; a page that shows codes awaits this in its `load`. */
export async function loadServerTexts(api) {
  const lang = language();
  if (!catalogues.has(lang)) {
    const answer = api.get(`/texts/${lang}`).then((found) => found.texts);
    answer.catch(() => catalogues.delete(lang));
    catalogues.set(lang, answer);
  }
  texts = await catalogues.get(lang);
}

/**
 * The sentence of a key, for example `reason.overweight`; a key without a text shows itself.
 *
 * Its places, `{name}` or `{name:percent}`, are filled by `write(name, value, asPercent)`, so that privacy and the reader's way of writing
 * numbers hold here too. A number that nobody gave is left open, visibly.
 */
export function sentence(key, numbers = {}, write = (_, value) => value) {
  const template = texts[key];
  if (template === undefined) return key;
  return template.replace(/\{(\w+)(:percent)?\}/g, (_, name, asPercent) => {
    const value = numbers[name];
    return value === undefined || value === null ? "\u2026" : write(name, value, Boolean(asPercent));
  });
}
