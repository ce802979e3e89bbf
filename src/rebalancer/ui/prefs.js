// Look and habits, kept on this device only: never a token, never an amount.

const KEY = "rebalancer:ui:v1";

export const CHOICES = {
  theme: ["auto", "light", "dark"],
  language: ["auto", "en", "fr"],
  privacy: ["amounts", "percentages", "hidden"],
  scheme: ["blue-orange", "teal-orange", "green-red", "red-up"],
  shortcuts: ["on", "off"],
};
const DEFAULTS = {
  theme: "auto",
  language: "auto",
  privacy: "amounts",
  scheme: "blue-orange",
  shortcuts: "on",
  columns: {},
};

const listeners = new Set();
let current = read();

function read() {
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    stored = {}; // Unreadable or blocked storage: defaults, and changes last until the page is closed.
  }
  const known = { ...DEFAULTS, columns: typeof stored.columns === "object" && stored.columns ? stored.columns : {} };
  for (const [name, values] of Object.entries(CHOICES)) if (values.includes(stored[name])) known[name] = stored[name];
  return known;
}

/** The value of a preference: `theme`, `language`, `privacy`, `scheme`, `shortcuts`. */
export const pref = (name) => current[name];

/** Change one preference, store it, and tell everyone who listens. */
export function setPref(name, value) {
  if (current[name] === value) return;
  current = { ...current, [name]: value };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // As above.
  }
  applyPrefs();
  for (const listener of listeners) listener(name, value);
}

/** The next value in the order of CHOICES, round and round. */
export function cyclePref(name) {
  const values = CHOICES[name];
  setPref(name, values[(values.indexOf(current[name]) + 1) % values.length]);
  return current[name];
}

/** Names of the columns a table shows, or null for the table's own choice. */
export const columnsOf = (table) => current.columns[table] ?? null;
export const setColumns = (table, names) => setPref("columns", { ...current.columns, [table]: names });

/** Call `listener(name, value)` on every change; returns the function that stops it. */
export function onPref(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Write theme, scheme and privacy on <html>, where the style sheets look. */
export function applyPrefs() {
  Object.assign(document.documentElement.dataset, {
    theme: current.theme,
    scheme: current.scheme,
    privacy: current.privacy,
  });
}

/** The language in use: the person's choice, else the browser's, else English. */
export function language() {
  if (current.language !== "auto") return current.language;
  const wanted = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => ["en", "fr"].includes(tag)) ?? "en";
}

/** Intl locale of the language in use, with the browser's own region where it fits. */
export function locale() {
  const short = language();
  const own = (navigator.languages ?? []).find((tag) => tag.slice(0, 2) === short && tag.length > 2);
  return own ?? (short === "fr" ? "fr-FR" : "en-GB");
}
