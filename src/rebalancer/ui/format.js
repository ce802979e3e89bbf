// Numbers as people read them. Money comes as decimal strings and goes to Intl as strings, so no digit passes through a float.
// Every amount of the person's own (money, quantities, weights) obeys the privacy eye here, and nowhere else.
import { t } from "./i18n.js";
import { locale, pref } from "./prefs.js";

export const MASK = "\u2022\u2022\u2022";
const MINUS = "\u2212";
const made = new Map();

function formatter(options) {
  const key = locale() + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.NumberFormat(locale(), options));
  return made.get(key);
}

const write = (options, value) => formatter(options).format(value).replace("-", MINUS);
const amountsShown = () => pref("privacy") === "amounts";
const weightsShown = () => pref("privacy") !== "hidden";
const missing = (value) => value === null || value === undefined || value === "";

/** Whether amounts (money and quantities) may be shown. */
export { amountsShown, weightsShown };

/** Money of the person: `money("1234.5", "USD")`. `compact` for tiles; `sign` writes a plus too; null is a dash. */
export function money(value, currency, { compact = false, sign = false } = {}) {
  if (missing(value)) return t("format.none");
  if (!amountsShown()) return MASK;
  const options = { signDisplay: sign ? "exceptZero" : "negative" };
  if (compact) Object.assign(options, { notation: "compact", maximumFractionDigits: 1 });
  if (currency === "BTC")
    return `${write({ ...options, minimumFractionDigits: 2, maximumFractionDigits: 8 }, value)}\u00a0BTC`;
  const digits = compact ? {} : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return write({ ...options, ...digits, style: "currency", currency, currencyDisplay: "narrowSymbol" }, value);
}

/** Units of an asset: its own digits up to `precision` (8 unless told); tiny amounts keep their first digits. */
export function quantity(value, precision = 8) {
  if (missing(value)) return t("format.none");
  if (!amountsShown()) return MASK;
  const tiny = Number(value) !== 0 && Math.abs(Number(value)) < 10 ** -precision;
  return write(tiny ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: precision }, value);
}

/** A market price (public, never masked): at least two digits, six significant ones when small. */
export function price(value, currency) {
  if (missing(value)) return t("format.none");
  const small = Math.abs(Number(value)) < 1;
  const digits = small ? { maximumSignificantDigits: 4 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (currency === "BTC") return `${write({ maximumFractionDigits: 8 }, value)}\u00a0BTC`;
  return write({ ...digits, style: "currency", currency, currencyDisplay: "narrowSymbol" }, value);
}

/** A weight: the fraction "0.2512" is 25.1 %. */
export function percent(fraction, digits = 1) {
  if (missing(fraction)) return t("format.none");
  if (!weightsShown()) return MASK;
  return write(
    { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "negative" },
    fraction,
  );
}

/** A drift in points, always with its sign: "0.023" is +2.3 pp. */
export function points(fraction, { digits = 1, sign = true } = {}) {
  if (missing(fraction)) return t("format.none");
  if (!weightsShown()) return MASK;
  const parts = formatter({
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: sign ? "exceptZero" : "negative",
  }).formatToParts(fraction);
  const number = parts
    .filter((part) => part.type !== "percentSign")
    .map((part) => part.value)
    .join("")
    .trim()
    .replace("-", MINUS);
  return t("format.points", { number });
}

/** A rate of the world (a fee, a rule): never masked. */
export const rate = (fraction, digits = 2) => write({ style: "percent", maximumFractionDigits: digits }, fraction);

/** A count of things. */
export const count = (value) => write({}, value);

/** "12 minutes", from seconds: the largest unit that fits, rounded down. */
export function duration(seconds) {
  if (missing(seconds)) return t("format.none");
  const steps = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  const [unit, size] = steps.find(([, size]) => Number(seconds) >= size) ?? ["minute", 60];
  return write({ style: "unit", unit, unitDisplay: "long" }, Math.floor(Number(seconds) / size));
}

/** "12 minutes old", "just now": the age of a price or a file. */
export function age(seconds) {
  if (missing(seconds)) return t("format.age_unknown");
  return Number(seconds) < 60 ? t("format.age_now") : t("format.age", { duration: duration(seconds) });
}

/** An instant (RFC 3339) in the reader's zone. `style`: short, medium, long. */
export function instant(text, style = "medium") {
  if (missing(text)) return t("format.none");
  return new Intl.DateTimeFormat(locale(), { dateStyle: style, timeStyle: "short" }).format(new Date(text));
}

/** A day. */
export function day(text, style = "medium") {
  if (missing(text)) return t("format.none");
  return new Intl.DateTimeFormat(locale(), { dateStyle: style }).format(new Date(text));
}

/** "a, b and c". */
export const list = (items) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(items);

/** A file size. */
export function bytes(size) {
  const [unit, factor] = size >= 1e6 ? ["megabyte", 1e6] : ["kilobyte", 1e3];
  return write({ style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }, size / factor);
}

/** Compare two decimal strings for sorting; null sorts last. Floats order, they are never shown. */
export function byNumber(a, b) {
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  return Number(a) - Number(b);
}
