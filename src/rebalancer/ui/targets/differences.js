// What differs between two readings of targets, setting by setting and in words.
import { dataTable } from "../components/table.js";
import { data, h } from "../dom.js";
import { day, percent, quantity, rate } from "../format.js";
import { groupName, hasText, t } from "../i18n.js";

const FRACTIONS = new Set(["deviation_price", "cost_cap", "fee"]);

/** A document as `[key, label, value]`, one entry per setting. */
function settings(document, symbolOf) {
  const found = [["base_currency", t("targets.base_currency"), document.base_currency]];
  for (const [group, weight] of Object.entries(document.weights)) found.push([`weights.${group}`, groupName(group), percent(weight, 2)]);
  for (const group of document.hold) found.push([`weights.${group}`, groupName(group), t("targets.hold")]);
  for (const [group, shares] of Object.entries(document.primary)) {
    const words = Object.entries(shares).map(([asset, share]) => `${symbolOf(asset)} ${rate(share, 4)}`);
    found.push([`primary.${group}`, t("targets.buys_of", { group: groupName(group) }), words.join(", ")]);
  }
  return [...found, ...ruleSettings(document.rules, symbolOf)];
}

function ruleSettings(rules, symbolOf) {
  const found = [["rules.band", t("targets.section.bands"), bandWords(rules.band)]];
  for (const [group, band] of Object.entries(rules.bands)) found.push([`rules.band.${group}`, t("targets.band_of", { group: groupName(group) }), bandWords(band)]);
  for (const [name, value] of Object.entries(rules)) {
    if (name === "band" || name === "bands") continue;
    const words = valueWords(name, value, symbolOf);
    if (words !== "") found.push([`rules.${name}`, t(`targets.rule.${name}`), words]);
  }
  return found;
}

const bandWords = ({ abs, rel }) => t("targets.band_words", { abs: rate(abs, 4), rel: rate(rel, 4) });

function valueWords(name, value, symbolOf) {
  if (value === null) return "";
  if (typeof value === "boolean") return t(value ? "targets.yes" : "targets.no");
  if (Array.isArray(value)) return value.map(symbolOf).join(", ");
  if (typeof value === "object" && "at" in value) return `${quantity(value.amount)} ${symbolOf(value.currency)}, ${value.at}`;
  if (typeof value === "object") return Object.entries(value).map(([asset, item]) => `${symbolOf(asset)} ${name === "keep" ? quantity(item) : day(item)}`).join(", ");
  if (FRACTIONS.has(name)) return rate(value, 4);
  return hasText(`targets.${name}.${value}`) ? t(`targets.${name}.${value}`) : String(value);
}

/** Settings that differ: `{key, label, before, after}`. `before` null: everything is new. */
export function differencesOf(before, after, symbolOf) {
  const old = new Map((before ? settings(before, symbolOf) : []).map(([key, label, value]) => [key, { label, value }]));
  const now = new Map(settings(after, symbolOf).map(([key, label, value]) => [key, { label, value }]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => old.get(key)?.value !== now.get(key)?.value)
    .map((key) => ({ key, label: (now.get(key) ?? old.get(key)).label, before: old.get(key)?.value ?? null, after: now.get(key)?.value ?? null }));
}

/** The differences as a table, or the words for none. */
export function differencesTable(rows) {
  if (rows.length === 0) return h("p", { class: "muted" }, t("targets.no_difference"));
  const shown = (value) => (value === null ? h("span", { class: "muted" }, t("format.none")) : data(value));
  const columns = [
    { key: "label", label: t("targets.setting"), phone: true, wrap: true, cell: (row) => row.label },
    { key: "before", label: t("targets.before"), align: "end", phone: true, wrap: true, cell: (row) => shown(row.before) },
    { key: "after", label: t("targets.after"), align: "end", phone: true, wrap: true, cell: (row) => h("strong", {}, shown(row.after)) },
  ];
  return dataTable({ caption: t("targets.differences"), columns, rows, rowKey: (row) => row.key });
}
