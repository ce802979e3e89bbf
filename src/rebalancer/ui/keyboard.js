// Keys. Single keys can be switched off in Settings (WCAG 2.1.4) and are silent while someone types.
import { pref } from "./prefs.js";

const bindings = new Map(); // "p", "?", "Shift+L", "g o" -> {run, label, group}
let pending = "";
let pendingTimer = 0;

/**
 * Bind a key or a pair ("g o"); returns the function that releases it.
 *
 * `label` is the text key shown by the help; `group` is `go`, `look` or `page`.
 */
export function bind(keys, run, label, group = "page") {
  const before = bindings.get(keys);
  bindings.set(keys, { run, label, group });
  return () => (before ? bindings.set(keys, before) : bindings.delete(keys));
}

/** All bindings, for the help: `[{keys, label, group}]`. */
export const allBindings = () => [...bindings].map(([keys, { label, group }]) => ({ keys, label, group }));

const typing = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches(
      "textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])",
    ));

const nameOf = (event) =>
  event.shiftKey && /^[a-z]$/i.test(event.key) ? `Shift+${event.key.toUpperCase()}` : event.key;

function onKey(event) {
  if (pref("shortcuts") === "off" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const name = nameOf(event);
  const pair = bindings.get(`${pending} ${name}`);
  const found = (pending && pair) || bindings.get(name);
  clearTimeout(pendingTimer);
  pending = "";
  if (found) {
    event.preventDefault();
    found.run();
  } else if ([...bindings.keys()].some((keys) => keys.startsWith(`${name} `))) {
    pending = name;
    pendingTimer = setTimeout(() => (pending = ""), 1200);
  }
}

/** Listen for keys; once, at start. */
export const listen = () => document.addEventListener("keydown", onKey);
