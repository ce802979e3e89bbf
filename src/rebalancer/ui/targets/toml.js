// The draft as a targets file. Rules that have their usual value are left out, except those that people look for first.
import { GROUPS } from "../groups.js";
import { defaultRules } from "./draft.js";

const BARE = /^[A-Za-z0-9_-]+$/;
const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&").replace(/[\u0000-\u001f\u007f]/g, (sign) => `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`)}"`;
const keyed = (name) => (BARE.test(name) ? name : quoted(name));
const percent = (text) => quoted(`${text.trim()}%`);
const inline = (entries) => `{ ${entries.map(([name, value]) => `${keyed(name)} = ${value}`).join(", ")} }`;
const array = (names) => `[${names.map(quoted).join(", ")}]`;

const WRITERS = {
  to: quoted,
  within: quoted,
  min_trade: quoted,
  max_orders: (text) => (/^\d+$/.test(text.trim()) ? text.trim() : quoted(text)), // else the server says what is wrong with it
  order_price: quoted,
  deviation_price: percent,
  mode: quoted,
  invest: flow,
  withdraw: flow,
  keep: (rows) => inline(rows.map((row) => [row.asset, quoted(row.amount)])),
  freeze: (rows) => inline(rows.map((row) => [row.asset, quoted(row.until)])),
  never_buy: array,
  settle: array,
  cost_cap: percent,
  fee: percent,
  allow_unclassified: String,
  allow_unpriced: String,
  allow_negative: String,
};
const ALWAYS = new Set(["min_trade", "max_orders"]);

function flow({ amount, currency, at }) {
  return inline([["amount", quoted(amount)], ["currency", quoted(currency)], ["at", quoted(at)]]);
}

function band({ band: common, bands }) {
  const own = bands.map(({ group, abs, rel }) => [group, inline([["abs", percent(abs)], ["rel", percent(rel)]])]);
  return inline([["abs", percent(common.abs)], ["rel", percent(common.rel)], ...own]);
}

const isEmpty = (value) => value === null || (Array.isArray(value) && value.length === 0);

function ruleLines(rules) {
  const usual = defaultRules();
  const wanted = Object.keys(WRITERS).filter((name) => ALWAYS.has(name) || (!isEmpty(rules[name]) && JSON.stringify(rules[name]) !== JSON.stringify(usual[name])));
  return [`band = ${band(rules)}`, ...wanted.map((name) => `${name} = ${WRITERS[name](rules[name])}`)];
}

/** The text of the file. */
export function tomlOf(draft) {
  const weights = GROUPS.filter((group) => draft.groups[group].hold || draft.groups[group].percent.trim() !== "").map((group) => {
    const row = draft.groups[group];
    return `${keyed(group)} = ${row.hold ? '"hold"' : percent(row.percent)}`;
  });
  const bought = Object.entries(draft.primary).filter(([, rows]) => rows.length > 0);
  const primary = bought.map(([group, rows]) => `${keyed(group)} = ${inline(rows.map((row) => [row.asset, percent(row.percent)]))}`);
  const parts = [[`base_currency = ${quoted(draft.base_currency)}`], ["[targets]", ...weights], primary.length > 0 && ["[primary]", ...primary], ["[rules]", ...ruleLines(draft.rules)]];
  return `${parts.filter(Boolean).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
