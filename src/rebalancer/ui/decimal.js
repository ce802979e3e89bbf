// Exact arithmetic on decimal texts, for sums and percentages that must come out right to the last digit.
// Only what the pages need; everything else is computed by the server.

const FORM = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Whether a text is a plain decimal number ("12", "-0.5"). */
export const isDecimal = (text) => FORM.test(text);

function parsed(text) {
  const match = FORM.exec(text);
  if (!match) throw new RangeError(`not a decimal: ${text}`);
  const [, sign, whole, part = ""] = match;
  return { units: BigInt(`${sign}${whole}${part}`), scale: part.length };
}

function written(units, scale) {
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const part = digits.slice(digits.length - scale).replace(/0+$/, "");
  return sign + whole + (part ? `.${part}` : "");
}

/** Sum of decimal texts. */
export function sum(texts) {
  const numbers = texts.map(parsed);
  const scale = Math.max(0, ...numbers.map((number) => number.scale));
  const units = numbers.reduce((total, number) => total + number.units * 10n ** BigInt(scale - number.scale), 0n);
  return written(units, scale);
}

/** The number with the other sign. */
export const negated = (text) => (/^-?0*(\.0*)?$/.test(text) ? "0" : text.startsWith("-") ? text.slice(1) : `-${text}`);

/** `a - b`. */
export const difference = (a, b) => sum([a, negated(b)]);

/** -1, 0 or 1: how `a` stands to `b`. */
export function compared(a, b) {
  const { units } = parsed(difference(a, b));
  return units < 0n ? -1 : Number(units > 0n);
}

/** `text` times ten to the power of `places`: `shifted("0.35", 2)` is "35". */
export function shifted(text, places) {
  const { units, scale } = parsed(text);
  const left = scale - places;
  return left >= 0 ? written(units, left) : written(units * 10n ** BigInt(-left), 0);
}

/** Parts in the proportions of `weights` (decimal texts, not negative) that add up to exactly `whole`, in steps of 10^-`digits`. */
export function divided(whole, weights, digits) {
  const unit = 10n ** BigInt(digits);
  const { units, scale: places } = parsed(whole);
  const steps = (units * unit) / 10n ** BigInt(places);
  const scale = Math.max(0, ...weights.map((weight) => parsed(weight).scale));
  const sizes = weights.map((weight) => parsed(shifted(weight, scale)).units);
  const total = sizes.reduce((a, b) => a + b, 0n);
  const shares = sizes.map((size) => (total > 0n ? [(steps * size) / total, (steps * size) % total] : [steps / BigInt(weights.length), 0n]));
  let left = steps - shares.reduce((a, [share]) => a + share, 0n);
  const order = shares.map((_, index) => index).sort((a, b) => (shares[b][1] > shares[a][1] ? 1 : shares[b][1] < shares[a][1] ? -1 : a - b));
  for (const index of order) {
    if (left <= 0n) break;
    shares[index][0] += 1n;
    left -= 1n;
  }
  return shares.map(([share]) => written(share, digits));
}
