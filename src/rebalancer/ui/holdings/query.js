// What the address says of the list: filters, order, and whether rows or whole assets are shown.

export const STATUSES = ["priced", "unpriced", "worthless", "unclassified", "ignored"];
export const NO_PLACE = "-"; // in the address; the API knows rows without a place by an empty location
const FILTERS = ["search", "group", "location", "status", "min_value"];
const PAGE = 100;
const WHOLE = 1000;

/** Whether any filter is set. */
export const filtered = (query) => FILTERS.some((name) => query.get(name));

/** Whether assets are shown, each over all its places. */
export const byAsset = (query) => query.get("by") === "asset";

/** Two addresses with the same key show the same list. */
export const listKey = (query) => JSON.stringify([...FILTERS, "sort", "order", "by"].map((name) => query.get(name)));

function pathOf(context, extra) {
  const { query } = context;
  const wanted = new URLSearchParams(extra);
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) wanted.set(name, name === "location" && value === NO_PLACE ? "" : value);
  }
  return `${context.path("holdings")}?${wanted}`;
}

/** One page of rows, from `cursor` on. */
export function fetchRows(context, cursor = null) {
  const { query } = context;
  const extra = { limit: PAGE, sort: query.get("sort") ?? "value" };
  if (query.get("order")) extra.order = query.get("order");
  if (cursor) extra.cursor = cursor;
  return context.api.get(pathOf(context, extra), { signal: context.signal });
}

/** Every row that matches; for the view by asset, whose sums need them all. */
export async function fetchAllRows(context) {
  const items = [];
  let answer = null;
  do {
    const extra = { limit: WHOLE, sort: "value", ...(answer && { cursor: answer.next_cursor }) };
    answer = await context.api.get(pathOf(context, extra), { signal: context.signal });
    items.push(...answer.items);
  } while (answer.next_cursor);
  return { ...answer, items };
}

/** The value of all rows of one status, whatever the filters say. */
export async function valueOfStatus(context, status) {
  const answer = await context.api.get(context.path("holdings"), { params: { status, limit: 1 }, signal: context.signal });
  return answer.totals.matched_value;
}
