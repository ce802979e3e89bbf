// What narrows the list: search, group, place, status, least value; and whether rows or assets are shown.
import { button } from "../components/button.js";
import { field, input, searchInput, segmented, select } from "../components/field.js";
import { isDecimal } from "../decimal.js";
import { h } from "../dom.js";
import { groupName, t } from "../i18n.js";
import { clearFilters } from "./list.js";
import { NO_PLACE, STATUSES, byAsset, filtered } from "./query.js";

const PAUSE_MS = 250;

/** The controls above the table. `found`: overview and places. */
export function filterBar(context, overview) {
  const { query } = context;
  const set = (name) => (value) => context.setQuery({ [name]: value || null });
  const later = delayed(context);
  const search = searchInput(t("holdings.search"), query.get("search"), (value) => later(() => set("search")(value.trim())));
  search.querySelector("input").id = "holdings-search";
  const by = segmented(t("holdings.show"), [["row", t("holdings.rows")], ["asset", t("holdings.assets")]], byAsset(query) ? "asset" : "row", (value) => context.setQuery({ by: value === "row" ? null : value }), { legendHidden: true, name: "holdings-by" });
  return h(
    "div",
    { class: "stack filters", role: "search" },
    h("div", { class: "row" }, search, by),
    h(
      "div",
      { class: "filter-grid" },
      field(t("holdings.group"), choose("filter-group", groups(overview), query.get("group"), set("group"))),
      field(t("holdings.location"), choose("filter-location", places(overview), query.get("location"), set("location"))),
      field(t("holdings.status"), choose("filter-status", statuses(), query.get("status"), set("status"))),
      leastValue(query, later, set("min_value"), overview.currency),
    ),
    filtered(query) && h("div", { class: "row" }, button(t("action.clear_filters"), { kind: "quiet", small: true, iconName: "close", run: () => clearFilters(context) })),
  );
}

/** Runs the last of several calls once typing has paused. */
function delayed(context) {
  return (run) => {
    clearTimeout(context.state.typing);
    context.state.typing = setTimeout(run, PAUSE_MS);
  };
}

const choose = (id, options, value, onChange) => select([["", t("holdings.all")], ...options], value ?? "", onChange, { id });

const groups = (overview) => [...overview.by_group.map((row) => row.group), "Unclassified"].map((group) => [group, groupName(group)]).sort((a, b) => a[1].localeCompare(b[1]));

const places = (overview) =>
  overview.by_location.map(({ location }) => (location === null ? [NO_PLACE, t("holdings.no_place")] : [location, location])).sort((a, b) => a[1].localeCompare(b[1]));

const statuses = () => STATUSES.map((status) => [status, t(`status.${status}`)]);

function leastValue(query, later, set, currency) {
  const control = input(query.get("min_value"), (text) => {
    const value = text.trim().replace(",", ".");
    const usable = value === "" || (isDecimal(value) && !value.startsWith("-"));
    control.setAttribute("aria-invalid", String(!usable));
    if (usable) later(() => set(value));
  }, { id: "filter-min", inputmode: "decimal" });
  return field(t("holdings.min_value", { currency }), control);
}
