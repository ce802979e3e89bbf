// Texts by key. A catalogue is a flat JSON object; a value is a text with {name} placeholders, or an object of plural forms
// ({"one": ..., "other": ...}) chosen by the number `n` under the rules of the language.
import { language, locale } from "./prefs.js";

const catalogues = new Map(); // "name/language" -> promise of an object
let texts = {};
const loaded = new Set();

async function fetchCatalogue(name, lang) {
  const file = name === "" ? `${lang}.json` : `${name}.${lang}.json`;
  const answer = await fetch(new URL(`./i18n/${file}`, import.meta.url));
  if (!answer.ok) throw new Error(`catalogue ${file}: HTTP ${answer.status}`);
  return answer.json();
}

/** Load the shared catalogue, or a page's own (`i18n/<name>.<language>.json`), in the language in use. */
export async function loadTexts(...names) {
  const lang = language();
  const wanted = ["", ...loaded, ...names].filter((name) => name !== undefined);
  for (const name of wanted) loaded.add(name);
  const parts = await Promise.all(
    [...new Set(wanted)].map((name) => {
      const key = `${name}/${lang}`;
      if (!catalogues.has(key)) catalogues.set(key, fetchCatalogue(name, lang));
      return catalogues.get(key);
    }),
  );
  texts = Object.assign({}, ...parts);
  document.documentElement.lang = lang;
}

/** Whether the catalogue has a text for this key. */
export const hasText = (key) => Object.hasOwn(texts, key);

/** The text of a key. `n` chooses the plural form; numbers are written in the language; a missing key shows itself. */
export function t(key, values = {}) {
  const entry = texts[key];
  if (entry === undefined) return key;
  const form = typeof entry === "string" ? entry : (entry[plural(values.n)] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined || value === null) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(locale()).format(value) : String(value);
  });
}

const plural = (n) => new Intl.PluralRules(locale()).select(Number(n ?? 0));

/**
 * The text of a key as an array of children for `h`, where placeholders may be nodes (a link or a `data()` name in a sentence).
 */
export function tn(key, values = {}) {
  const marks = Object.fromEntries(
    Object.entries(values).map(([name, v]) => [name, v instanceof Node ? `\u0000${name}\u0000` : v]),
  );
  return t(key, marks)
    .split("\u0000")
    .map((part, index) => (index % 2 ? values[part] : part));
}

/** A group's name as people read it: only cash is renamed. */
export const groupName = (group) => (hasText(`group.${group}`) ? t(`group.${group}`) : group);
