// The table: row by row as the sources have it, or asset by asset over all places.
import { rowMark } from "../actions/row_keys.js";
import { button } from "../components/button.js";
import { badge } from "../components/card.js";
import { codeText, emptyState } from "../components/states.js";
import { dataTable } from "../components/table.js";
import { data, fill, h } from "../dom.js";
import { age, count, money, percent, price, quantity } from "../format.js";
import { groupName, t } from "../i18n.js";
import { byAsset } from "./query.js";

const SORTED_BY_SERVER = { asset: "symbol", location: "location", value: "value", group: "group" };

/** The table for what was loaded; `more()` loads the next rows and resolves to them. */
export function holdingsTable(context, list, totals, more) {
  const assets = byAsset(context.query);
  const { state } = context;
  const spec = {
    caption: t(assets ? "holdings.by_asset" : "holdings.by_row"),
    columns: assets ? assetColumns(totals) : rowColumns(totals),
    rows: list.items,
    rowKey: (row) => (assets ? row.key : `${row.account}/${row.location}/${row.symbol}/${row.availability}/${row.quantity}`),
    rowProps: () => rowMark,
    empty: noMatch(context),
  };
  if (assets) return dataTable({ ...spec, limit: 100, state: (state.assetsTable ??= { key: "value", order: "desc" }) });
  const table = Object.assign((state.rowsTable ??= {}), sortOf(context.query));
  return growing({ ...spec, state: table, onSort: (key, order) => context.setQuery({ sort: SORTED_BY_SERVER[key], order }) }, list, more);
}

/** A table whose next rows are added at its end: what stands there is not drawn again, so a thousand rows stay fluid. */
function growing(spec, list, more) {
  const table = dataTable(spec);
  const foot = h("div", { class: "row spread" });
  const paint = () => fill(foot, ...rest(list, grow));
  const grow = async () => {
    const rows = await more();
    if (!rows) return;
    const added = [...dataTable({ ...spec, rows }).querySelector("tbody").children];
    table.querySelector("tbody").append(...added);
    paint();
    added[0].focus({ preventScroll: true });
  };
  paint();
  return h("div", { class: "stack" }, table, list.items.length > 0 && foot);
}

function sortOf(query) {
  const sort = query.get("sort") ?? "value";
  const key = Object.keys(SORTED_BY_SERVER).find((name) => SORTED_BY_SERVER[name] === sort);
  return { key, order: query.get("order") ?? (sort === "value" ? "desc" : "asc") };
}

function rest(list, grow) {
  const words = h("p", { class: "small muted", role: "status" }, t("holdings.shown", { n: list.items.length, rows: list.totals.rows }));
  return [words, list.next_cursor && button(t("holdings.more"), { id: "holdings-more", run: grow })];
}

const noMatch = (context) =>
  emptyState({
    title: t("holdings.no_match.title"),
    text: t("holdings.no_match.text"),
    iconName: "search",
    actions: [button(t("action.clear_filters"), { run: () => clearFilters(context) })],
  });

/** Forget every filter. */
export const clearFilters = (context) => context.setQuery({ search: null, group: null, location: null, status: null, min_value: null });

const weight = (row, totals) => {
  const counted = row.status === "priced" && row.value !== null && Number(totals.planning_value) > 0;
  return counted ? Number(row.value) / Number(totals.planning_value) : null;
};

const shared = (totals) => ({
  value: { key: "value", label: t("holdings.value"), align: "end", phone: true, cell: (row) => money(row.value, totals.currency), sort: (row) => (row.value === null ? null : Number(row.value)) },
  weight: { key: "weight", label: t("holdings.weight"), align: "end", phone: true, cell: (row) => percent(weight(row, totals), 2) },
  quantity: { key: "quantity", label: t("holdings.quantity"), align: "end", cell: (row) => quantity(row.quantity) },
  price: { key: "price", label: t("holdings.price"), align: "end", cell: (row) => priceCell(row, totals.currency) },
  group: { key: "group", label: t("holdings.group"), cell: (row) => groupName(row.group), sort: (row) => groupName(row.group) },
});

function rowColumns(totals) {
  const { value, weight: share, quantity: units, price: unit, group } = shared(totals);
  const asset = { key: "asset", label: t("holdings.asset"), phone: true, cell: (row) => assetCell(row, [row.status], row.quantity.startsWith("-")), sort: (row) => row.symbol };
  const place = { key: "location", label: t("holdings.location"), cell: (row) => (row.location === null ? h("span", { class: "muted" }, t("holdings.no_place")) : data(row.location)), sort: (row) => row.location };
  const availability = { key: "availability", label: t("holdings.availability"), cell: (row) => t(`availability.${row.availability}`) };
  return [asset, units, unit, value, share, group, place, availability];
}

function assetColumns(totals) {
  const { value, weight: share, quantity: units, price: unit, group } = shared(totals);
  const asset = { key: "asset", label: t("holdings.asset"), phone: true, cell: (row) => assetCell(row, row.statuses, row.negative), sort: (row) => row.symbol };
  const places = { key: "places", label: t("holdings.places"), align: "end", cell: (row) => count(row.places), sort: (row) => row.places };
  return [asset, units, unit, value, { ...share, sort: (row) => weight(row, totals) }, group, places];
}

function assetCell(row, statuses, negative) {
  const odd = statuses.filter((status) => status !== "priced");
  const marks = odd.map((status) => badge(t(`status.${status}`), status === "unpriced" || status === "unclassified" ? "warn" : "plain"));
  if (negative) marks.push(badge(t("holdings.negative"), "warn"));
  const named = row.name && row.name !== row.symbol;
  return h(
    "span",
    { class: "asset-cell" },
    h("span", { class: "asset-name" }, data(row.symbol, { class: "asset-symbol" }), named && data(row.name, { class: "muted small" })),
    marks.length > 0 && h("span", { class: "marks" }, marks),
  );
}

function priceCell(row, currency) {
  if (row.price === null) return t("format.none");
  const note = t("holdings.price_from", { source: sourceName(row.price_source), age: row.price_age_s === null ? t("holdings.undated") : age(row.price_age_s) });
  return h("span", { class: "price-cell" }, h("span", {}, price(row.price, currency)), h("span", { class: "muted small" }, note));
}

const sourceName = (source) => codeText("holdings.price_source", source);
