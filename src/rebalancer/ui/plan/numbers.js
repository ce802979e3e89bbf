// How the numbers behind a code are written. The name of a number says what it is, so privacy and units hold wherever it stands.
import { count, day, money, percent, points, quantity, rate } from "../format.js";
import { groupName } from "../i18n.js";

const WEIGHTS = new Set(["weight_held", "weight_now", "weight_after", "weight_target", "share"]);
const MONEY = new Set(["value", "minimum", "short", "left"]);
const RATES = new Set(["cost", "cap", "fee", "deviation_price"]);
const COUNTS = new Set(["count", "max_orders"]);
const UNITS = new Set(["quantity", "net", "keep"]);

/** `write(name, value)` for amounts in `currency`. */
export const numberWriter = (currency) => (name, value) => {
  if (WEIGHTS.has(name)) return percent(value);
  if (name === "drift") return points(value);
  if (name === "band") return points(value, { sign: false });
  if (MONEY.has(name)) return money(value, currency);
  if (RATES.has(name)) return rate(value);
  if (COUNTS.has(name)) return count(value);
  if (UNITS.has(name)) return quantity(value);
  if (name === "until") return day(value);
  if (name === "group") return groupName(value);
  return value;
};
