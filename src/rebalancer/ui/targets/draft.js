// The draft: what the form holds while it is edited. Percentages are the texts that stand in the fields ("35", not 0.35), so that
// nothing is lost between typing, the file and back; the server alone says whether they can be used.
import { divided, isDecimal, shifted, sum } from "../decimal.js";
import { GROUPS } from "../groups.js";

const percentOf = (fraction) => shifted(fraction, 2);
const bandOf = (band) => ({ abs: percentOf(band.abs), rel: percentOf(band.rel) });
const mapped = (table, write) => Object.entries(table).map(([key, value]) => write(key, value));

/** The rules of an empty file, as the server fills them in. */
export const defaultRules = () => ({
  band: { abs: "5", rel: "25" },
  bands: [],
  to: "target",
  within: "proportional",
  min_trade: "25",
  max_orders: "25",
  order_price: "0.5",
  deviation_price: "5",
  mode: "full",
  invest: null,
  withdraw: null,
  keep: [],
  freeze: [],
  never_buy: [],
  settle: [],
  cost_cap: "1",
  fee: "0.4",
  allow_unclassified: false,
  allow_unpriced: false,
  allow_negative: false,
});

/** A draft without any target. */
export const emptyDraft = () => ({ base_currency: "USD", groups: Object.fromEntries(GROUPS.map((group) => [group, { percent: "", hold: false }])), primary: Object.fromEntries(GROUPS.map((group) => [group, []])), rules: defaultRules() });

/** The draft of a document, as the server reads a targets file. */
export function draftOf(document) {
  const draft = emptyDraft();
  draft.base_currency = document.base_currency;
  for (const [group, weight] of Object.entries(document.weights)) draft.groups[group] = { percent: percentOf(weight), hold: false };
  for (const group of document.hold) draft.groups[group] = { percent: "", hold: true };
  for (const [group, shares] of Object.entries(document.primary)) draft.primary[group] = mapped(shares, (asset, share) => ({ asset, percent: percentOf(share) }));
  draft.rules = rulesOf(document.rules);
  return draft;
}

function rulesOf(rules) {
  return {
    ...rules,
    band: bandOf(rules.band),
    bands: mapped(rules.bands, (group, band) => ({ group, ...bandOf(band) })),
    max_orders: String(rules.max_orders),
    deviation_price: percentOf(rules.deviation_price),
    keep: mapped(rules.keep, (asset, amount) => ({ asset, amount })),
    freeze: mapped(rules.freeze, (asset, until) => ({ asset, until })),
    cost_cap: percentOf(rules.cost_cap),
    fee: percentOf(rules.fee),
  };
}

/** Every asset that the draft names, for their names on the screen. */
export function assetsIn({ primary, rules }) {
  const bought = Object.values(primary).flat().map((row) => row.asset);
  const ruled = [...rules.keep, ...rules.freeze].map((row) => row.asset);
  const flows = [rules.invest, rules.withdraw].filter(Boolean).map((flow) => flow.currency);
  return [...new Set([...bought, ...ruled, ...flows, ...rules.never_buy, ...rules.settle])].filter(Boolean);
}

const named = (draft) => Object.entries(draft.groups).filter(([, row]) => !row.hold && row.percent.trim() !== "");

/** The sum of the weights as a percent text, or null where one is not a number yet. */
export function sumOf(draft) {
  const texts = named(draft).map(([, row]) => row.percent.trim());
  return texts.every(isDecimal) ? sum(texts) : null;
}

/** Scale the weights that are not locked so that all add up to exactly 100 %; false where that is impossible. */
export function normalise(draft, locked) {
  const rows = named(draft).filter(([, row]) => isDecimal(row.percent.trim()));
  const fixed = rows.filter(([group]) => locked.has(group)).map(([, row]) => row.percent.trim());
  const free = rows.filter(([group]) => !locked.has(group));
  const left = sum(["100", ...fixed.map((text) => `-${text}`)]);
  if (free.length === 0 || left.startsWith("-")) return false;
  const parts = divided(left, free.map(([, row]) => row.percent.trim()), 2);
  free.forEach(([group], index) => (draft.groups[group].percent = parts[index]));
  return true;
}

/** Percent texts of what is held now, to a tenth, adding up to exactly 100. */
export function heldWeights(byGroup) {
  const rows = byGroup.filter((row) => GROUPS.includes(row.group));
  const parts = divided("100", rows.map((row) => row.weight), 1);
  return new Map(rows.map((row, index) => [row.group, parts[index]]));
}
