// Rows added up per asset. What is not identified stays apart by its symbol, since nobody knows what it is.
import { sum } from "../decimal.js";

const keyOf = (row) => row.asset ?? `?${row.symbol}`;

/** One entry per asset, in the order of the first row of each: quantity and value over all places. */
export function assetsOf(rows) {
  const found = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(row);
  }
  return [...found].map(([key, same]) => added(key, same));
}

function added(key, rows) {
  const [first] = rows;
  const values = rows.map((row) => row.value).filter((value) => value !== null);
  return {
    ...first,
    key,
    quantity: sum(rows.map((row) => row.quantity)),
    value: values.length > 0 ? sum(values) : null,
    places: new Set(rows.map((row) => row.location)).size,
    rows: rows.length,
    statuses: [...new Set(rows.map((row) => row.status))],
    negative: rows.some((row) => row.quantity.startsWith("-")),
  };
}
