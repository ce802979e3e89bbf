// A table that is also good on a phone: at most four columns there, the others in a detail row that opens.
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { uid } from "../dom.js";
import { button } from "./button.js";

/**
 * Build a table.
 *
 * columns: `{key, label, align: "end"?, phone: true?, header: true?, wrap: true?, cell(row), sort(row)?, descendingFirst?}`; `phone` columns stay on
 *   narrow screens, the first one (or the one marked `header`) names the row. `sort` gives what to order by (number, string or null).
 * rows: any objects. caption: accessible name (`captionShown` makes it visible).
 * state: an object that survives re-rendering (`context.state.x ??= {}`): sort and open rows are kept in it.
 * onSort(key, order): sorting by the server; without it rows are sorted here.
 * limit: how many rows to show before "Show all n".
 * rowProps(row): extra props of a row. empty: node shown instead of rows.
 */
export function dataTable(spec) {
  const state = spec.state ?? {};
  state.open ??= new Set();
  const host = h("div", { class: "table-box" });
  const refocus = () => host.querySelector("[aria-sort] button")?.focus();
  const paint = () => host.replaceChildren(...parts(spec, state, (focusSort) => (paint(), focusSort && refocus())));
  paint();
  return host;
}

function parts(spec, state, repaint) {
  if (spec.rows.length === 0 && spec.empty) return [spec.empty];
  const rows = ordered(spec, state);
  const shown = spec.limit && !state.all ? rows.slice(0, spec.limit) : rows;
  const hasDetail = spec.columns.some((column) => !column.phone);
  const body = h(
    "tbody",
    {},
    shown.flatMap((row, index) => rowPair(spec, state, row, index, hasDetail)),
  );
  const caption = h("caption", { class: spec.captionShown ? "" : "sr-only" }, spec.caption);
  const table = h("table", { class: "table" }, caption, head(spec, state, repaint, hasDetail), body);
  const more = () => ((state.all = true), repaint(false));
  const rest =
    shown.length < rows.length &&
    button(t("table.show_all", { n: rows.length }), { kind: "quiet", small: true, run: more });
  return [table, rest && h("div", { class: "table-more" }, rest)].filter(Boolean);
}

function ordered(spec, state) {
  const column = spec.columns.find(({ key }) => key === state.key);
  if (spec.onSort || !column?.sort) return spec.rows;
  const sign = state.order === "desc" ? -1 : 1;
  return [...spec.rows].sort((a, b) => compare(column.sort(a), column.sort(b), sign));
}

function compare(a, b, sign) {
  const missing = (value) => value === null || value === undefined;
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  return sign * (typeof a === "number" ? a - b : String(a).localeCompare(String(b)));
}

const classOf = (column, columns) =>
  [column === columns.at(-1) && "last", column.align === "end" && "num", !column.phone && "wide", column.wrap && "wrap"]
    .filter(Boolean)
    .join(" ");

function head(spec, state, repaint, hasDetail) {
  const cells = spec.columns.map((column) => {
    const active = state.key === column.key;
    const sorted = active ? (state.order === "desc" ? "descending" : "ascending") : null;
    return h(
      "th",
      { scope: "col", class: classOf(column, spec.columns), "aria-sort": sorted },
      column.sort ? sorter(spec, column, state, repaint) : column.label,
    );
  });
  return h(
    "thead",
    {},
    h(
      "tr",
      {},
      cells,
      hasDetail && h("th", { class: "opener", scope: "col" }, h("span", { class: "sr-only" }, t("table.details"))),
    ),
  );
}

function sorter(spec, column, state, repaint) {
  const active = state.key === column.key;
  const run = () => {
    const first = column.align === "end" || column.descendingFirst ? "desc" : "asc";
    state.order = active ? (state.order === "desc" ? "asc" : "desc") : first;
    state.key = column.key;
    if (spec.onSort) spec.onSort(state.key, state.order);
    else repaint(true);
  };
  const arrow = h(
    "span",
    { class: "sort-arrow", "aria-hidden": "true" },
    active ? (state.order === "desc" ? "\u2193" : "\u2191") : "",
  );
  return h("button", { type: "button", class: "sorter", on: { click: run } }, h("span", {}, column.label), arrow);
}

function rowPair(spec, state, row, index, hasDetail) {
  const id = spec.rowKey ? spec.rowKey(row) : index;
  const header = spec.columns.find((column) => column.header) ?? spec.columns[0];
  const cells = spec.columns.map((column) =>
    column === header
      ? h("th", { scope: "row", class: classOf(column, spec.columns) }, column.cell(row))
      : h("td", { class: classOf(column, spec.columns) }, column.cell(row)),
  );
  const main = h("tr", spec.rowProps?.(row) ?? {}, cells);
  if (!hasDetail) return [main];
  const detailId = uid("detail");
  const detail = h("tr", { class: "detail", id: detailId, hidden: true });
  const opener = h(
    "button",
    {
      type: "button",
      class: "icon-button small",
      "aria-expanded": "false",
      "aria-controls": detailId,
      "aria-label": t("table.details"),
    },
    icon("chevron", 16),
  );
  const set = (open) => {
    opener.setAttribute("aria-expanded", String(open));
    if (open && !detail.firstChild) detail.append(detailCell(spec, row));
    detail.hidden = !open;
    if (open) state.open.add(id);
    else state.open.delete(id);
  };
  opener.addEventListener("click", () => set(detail.hidden));
  main.append(h("td", { class: "opener" }, opener));
  if (state.open.has(id)) set(true);
  return [main, detail];
}

function detailCell(spec, row) {
  const hidden = spec.columns.filter((column) => !column.phone);
  const pairs = hidden.map((column) => h("div", {}, h("dt", {}, column.label), h("dd", {}, column.cell(row))));
  return h("td", { colspan: spec.columns.length + 1 }, h("dl", {}, pairs));
}
