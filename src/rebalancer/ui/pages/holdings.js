// Holdings: every row of every account with its price, value and weight; the two totals; and the files that they rest on.
import { rowKeys } from "../actions/row_keys.js";
import { buttonLink } from "../components/button.js";
import { emptyState } from "../components/states.js";
import { toastError } from "../components/toast.js";
import { h } from "../dom.js";
import { assetsOf } from "../holdings/assets.js";
import { filterBar } from "../holdings/filters.js";
import { holdingsTable } from "../holdings/list.js";
import { byAsset, fetchAllRows, fetchRows, listKey, valueOfStatus } from "../holdings/query.js";
import { sourcesSection } from "../holdings/sources.js";
import { totalsCard } from "../holdings/totals.js";
import { valueTreemap } from "../holdings/treemap.js";
import { t } from "../i18n.js";
import { link } from "../router.js";

export const page = {
  title: "nav.holdings",
  catalogue: "holdings",
  styles: ["pages/holdings.css"],
  async load(context) {
    const { state, query } = context;
    const key = listKey(query);
    if (state.key !== key) state.list = null;
    const [fixed, list] = await Promise.all([state.fixed ?? fetchFixed(context), state.list ?? fetchList(context)]);
    Object.assign(state, { fixed, list, key });
    return { ...fixed, list };
  },
  render(context, found) {
    const head = h("header", { class: "page-head" }, h("div", {}, h("h1", {}, t("nav.holdings")), h("p", { class: "muted" }, t("holdings.text"))), buttonLink(t("action.import"), link("import"), { iconName: "import" }));
    if (found.overview.counts.rows === 0) return h("div", { class: "page" }, head, nothing(), sourcesSection(context, found));
    rowKeys(context);
    const { list, overview } = found;
    const page = h(
      "div",
      { class: "page" },
      head,
      h("div", { class: "holdings-top" }, valueTreemap(found.taxonomy, (context.state.treemap ??= {})), totalsCard(list.totals, found.statusValues)),
      h("section", { class: "card", "aria-label": t("holdings.list") }, filterBar(context, overview), matched(list, context.query), holdingsTable(context, list, list.totals, () => more(context))),
      sourcesSection(context, found),
    );
    if (context.query.get("find")) focusSearch(context, page);
    return page;
  },
};

const nothing = () =>
  emptyState({ title: t("holdings.empty.title"), text: t("holdings.empty.text"), iconName: "import", actions: [buttonLink(t("action.import"), link("import"), { kind: "primary", iconName: "import" })] });

/** What filters do not change: once per visit, and again after a file came or went. */
async function fetchFixed(context) {
  const get = (path) => context.api.get(context.path(path), { signal: context.signal });
  const [overview, taxonomy, accounts, prices, markets, unclassified, ignored] = await Promise.all([
    get("overview"),
    get("taxonomy"),
    get("accounts"),
    get("prices"),
    get("markets"),
    valueOfStatus(context, "unclassified"),
    valueOfStatus(context, "ignored"),
  ]);
  return { overview, taxonomy, accounts: accounts.items, prices, markets, statusValues: { unclassified, ignored } };
}

async function fetchList(context) {
  if (!byAsset(context.query)) return fetchRows(context);
  const all = await fetchAllRows(context);
  return { ...all, items: assetsOf(all.items) };
}

/** Load the next rows; resolves to them, or to null when they could not be had. */
async function more(context) {
  const { list } = context.state;
  try {
    const next = await fetchRows(context, list.next_cursor);
    list.items.push(...next.items);
    list.next_cursor = next.next_cursor;
    return next.items;
  } catch (error) {
    if (error.name === "AbortError") return null;
    if (!error.code) throw error;
    toastError(error);
    return null;
  }
}

function matched(list, query) {
  const words = byAsset(query) ? t("holdings.matched_assets", { n: list.items.length }) : t("holdings.matched_rows", { n: list.totals.rows });
  return h("p", { class: "small muted", role: "status" }, words);
}

/** The "/" key of another page leads here. */
function focusSearch(context, page) {
  if (context.state.searched) return;
  context.state.searched = true;
  setTimeout(() => page.querySelector("[data-search]")?.focus());
}
