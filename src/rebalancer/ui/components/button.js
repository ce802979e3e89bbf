// Buttons and links that look like buttons.
import { h } from "../dom.js";
import { icon } from "../icons.js";

/**
 * A button with words. `kind`: primary, plain (default), quiet, danger. `iconName` goes before the words.
 *
 * A handler that returns a promise keeps the button off until the promise ends, so that a second click cannot repeat it.
 */
export function button(label, { kind = "plain", iconName = null, run = null, small = false, ...props } = {}) {
  const element = h(
    "button",
    { type: "button", class: `button ${kind}${small ? " small" : ""}`, ...props },
    iconName && icon(iconName, small ? 16 : 18),
    h("span", {}, label),
  );
  if (run) element.addEventListener("click", (event) => runOnce(element, () => run(event)));
  return element;
}

/** A link that looks like a button. */
export function buttonLink(label, href, { kind = "plain", iconName = null, small = false, ...props } = {}) {
  const words = h("span", {}, label);
  return h(
    "a",
    { href, class: `button ${kind}${small ? " small" : ""}`, ...props },
    iconName && icon(iconName, small ? 16 : 18),
    words,
  );
}

/** A button with only an icon; `label` is its accessible name and its tooltip. */
export function iconButton(iconName, label, run, props = {}) {
  const element = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, ...props },
    icon(iconName),
  );
  element.addEventListener("click", (event) => runOnce(element, () => run(event)));
  return element;
}

/** Run an action with its button off and marked busy until it ends. */
export async function runOnce(element, action) {
  const result = action();
  if (!(result instanceof Promise) || element.getAttribute("aria-busy") === "true") return;
  const focused = document.activeElement === element;
  element.setAttribute("aria-busy", "true");
  element.disabled = true;
  try {
    await result;
  } finally {
    element.removeAttribute("aria-busy");
    element.disabled = false;
    if (focused && document.activeElement === document.body) element.focus();
  }
}
