// Cards, figures and small marks.
import { h } from "../dom.js";
import { shape } from "../icons.js";
import { points } from "../format.js";
import { t } from "../i18n.js";

/** A surface with a heading, optional actions beside it, and content. */
export function card(title, content, { actions = null, note = null, level = 2, ...props } = {}) {
  const heading = title && h("div", {}, h(`h${level}`, {}, title), note && h("p", { class: "small muted" }, note));
  const head =
    (heading || actions) &&
    h("header", { class: "card-head" }, heading, actions && h("div", { class: "row" }, actions));
  return h("section", { class: "card", ...props }, head, content);
}

/** One number with its name: `stat("Total value", "1,234.00 USD", {note})`. */
export function stat(label, value, { note = null, big = false } = {}) {
  return h(
    "div",
    { class: big ? "stat big" : "stat" },
    h("dt", {}, label),
    h("dd", {}, h("span", { class: "stat-value" }, value), note && h("span", { class: "stat-note" }, note)),
  );
}

/** A list of stats. */
export const stats = (...items) => h("dl", { class: "stats" }, items);

/** A small label. `kind`: plain, accent, warn, danger. */
export const badge = (text, kind = "plain", shapeName = null) =>
  h("span", { class: `badge ${kind}` }, shapeName && shape(shapeName, 9), text);

/** A drift: sign, points and an arrow-like shape; coloured only where it is outside its band. */
export function driftMark({ drift, outside = false, on_hold: onHold = false }, options = {}) {
  const side = Number(drift) >= 0 ? "over" : "under";
  const state = onHold ? "hold" : outside ? side : "inside";
  const words = t(`drift.state.${state}`);
  const mark = h(
    "span",
    { class: "drift-shape", title: words },
    shape(state, 9),
    h("span", { class: "sr-only" }, words),
  );
  return h("span", { class: `drift ${state}` }, mark, h("span", {}, points(drift, options)));
}
