// The rules: how far a group may drift, what an order must be worth, what may never happen. One field per rule, each with what it does.
import { iconButton } from "../components/button.js";
import { card } from "../components/card.js";
import { checkbox, input, select } from "../components/field.js";
import { data, h } from "../dom.js";
import { groupName, t } from "../i18n.js";
import { assetRows } from "./asset_rows.js";
import { PERCENT, cell, choiceInput, numberInput, readNumber, shownNumber, switchInput, withErrors } from "./cells.js";
import { GROUPS } from "../groups.js";

const CURRENCIES = ["USD", "EUR", "CHF", "BTC"];
const CASH_IDS = { USD: "usd", EUR: "eur", CHF: "chf", USDC: "usd-coin", USDT: "tether" };

/** The whole form. `places`: names of the locations that are known. */
export function rulesTab(context, editor, places) {
  return h("div", { class: "stack" }, bandsCard(context, editor), ordersCard(editor), costCard(editor), flowsCard(context, editor, places), aloneCard(context, editor), allowCard(editor));
}

const grid = (...cells) => h("div", { class: "rule-grid" }, cells);
const rule = (editor, name, control, props) => cell(editor, `rules.${name}`, t(`targets.rule.${name}`), control, { hint: t(`targets.rule.${name}_hint`), ...props });
const number = (editor, name, unit = null) => rule(editor, name, numberInput(editor, editor.draft.rules, name), { unit });
const choice = (editor, name, values) => rule(editor, name, choiceInput(editor, editor.draft.rules, name, values.map((value) => [value, t(`targets.${name}.${value}`)])));

function bandsCard(context, editor) {
  const { rules } = editor.draft;
  const bandField = (holder, name, column) => cell(editor, column, t(`targets.band.${name}`), numberInput(editor, holder, name), { unit: name === "abs" ? t("targets.band.points") : PERCENT, hint: holder === rules.band ? t(`targets.band.${name}_hint`) : null });
  const own = rules.bands.map((band, index) => {
    const remove = iconButton("close", t("targets.band.remove", { group: groupName(band.group) }), () => (rules.bands.splice(index, 1), editor.formChanged(), context.rerender()), { class: "icon-button small" });
    return h("li", { class: "own-band" }, h("strong", {}, groupName(band.group)), bandField(band, "abs", `rules.band.${band.group}.abs`), bandField(band, "rel", `rules.band.${band.group}.rel`), remove);
  });
  const free = GROUPS.filter((group) => !rules.bands.some((band) => band.group === group));
  const add = select([["", t("targets.band.add")], ...free.map((group) => [group, groupName(group)])], "", (group) => {
    if (!group) return;
    rules.bands.push({ group, ...rules.band });
    editor.formChanged();
    context.rerender();
  }, { "aria-label": t("targets.band.add"), id: "band-add", class: "control small" });
  const body = h("div", { class: "stack" }, grid(bandField(rules.band, "abs", "rules.band.abs"), bandField(rules.band, "rel", "rules.band.rel"), choice(editor, "to", ["target", "edge"])), own.length > 0 && h("ul", { class: "own-bands" }, own), h("div", { class: "narrow-select" }, add));
  return card(t("targets.section.bands"), body, { note: t("targets.section.bands_text") });
}

function ordersCard(editor) {
  const { draft } = editor;
  const currency = cell(editor, "base_currency", t("targets.base_currency"), select(CURRENCIES.map((name) => [name, name]), draft.base_currency, (value) => ((draft.base_currency = value), editor.formChanged())), { hint: t("targets.base_currency_hint") });
  const fields = grid(currency, number(editor, "min_trade", data(draft.base_currency)), number(editor, "max_orders"), choice(editor, "mode", ["full", "buy-only", "sell-only"]), choice(editor, "within", ["proportional", "few", "weights"]));
  return card(t("targets.section.orders"), fields);
}

function costCard(editor) {
  const fields = grid(number(editor, "deviation_price", PERCENT), number(editor, "order_price", data(editor.draft.base_currency)), number(editor, "cost_cap", PERCENT), number(editor, "fee", PERCENT));
  return card(t("targets.section.cost"), fields, { note: t("targets.section.cost_text") });
}

function flowsCard(context, editor, places) {
  const known = h("datalist", { id: "known-places" }, places.map((place) => h("option", { value: place })));
  return card(t("targets.section.flows"), h("div", { class: "stack" }, known, flow(context, editor, "invest"), flow(context, editor, "withdraw")));
}

function flow(context, editor, name) {
  const { rules } = editor.draft;
  const wanted = rules[name];
  const toggle = (on) => {
    rules[name] = on ? { amount: "1000", currency: CASH_IDS[editor.draft.base_currency] ?? "usd", at: "" } : null;
    editor.formChanged();
    context.rerender();
  };
  const box = checkbox(t(`targets.rule.${name}`), wanted !== null, toggle, { id: `flow-${name}` });
  if (!wanted) return h("div", { class: "switch" }, box, h("p", { class: "hint" }, t(`targets.rule.${name}_hint`)));
  const coins = [...new Set([wanted.currency, ...Object.values(CASH_IDS)])].map((id) => [id, Object.keys(CASH_IDS).find((symbol) => CASH_IDS[symbol] === id) ?? editor.nameOf(id).symbol]);
  const column = `rules.${name}`;
  const whole = withErrors(editor, column, box.querySelector("input"));
  const fields = grid(
    cell(editor, `${column}.amount`, t("targets.flow.amount"), numberInput(editor, wanted, "amount", { id: `${name}-amount`, class: "control num private-amount" })),
    cell(editor, `${column}.currency`, t("targets.flow.currency"), choiceInput(editor, wanted, "currency", coins)),
    cell(editor, `${column}.at`, t("targets.flow.at"), input(wanted.at, (text) => ((wanted.at = text), editor.formChanged()), { list: "known-places", id: `${name}-at` })),
  );
  return h("div", { class: "stack switch" }, box, fields, whole);
}

function aloneCard(context, editor) {
  const { rules, base_currency: base } = editor.draft;
  const amount = (row) => h("div", { class: "with-unit" }, input(shownNumber(row.amount), (text) => ((row.amount = readNumber(text)), editor.formChanged()), { inputmode: "decimal", class: "control small num private-amount", "aria-label": t("targets.keep_of", { asset: editor.nameOf(row.asset).symbol }) }), data(editor.nameOf(row.asset).symbol));
  const date = (row) => input(row.until, (text) => ((row.until = text), editor.formChanged()), { type: "date", class: "control small", "aria-label": t("targets.until_of", { asset: editor.nameOf(row.asset).symbol }) });
  const part = (name, props) => h("div", { class: "alone" }, h("h3", {}, t(`targets.rule.${name}`)), h("p", { class: "hint" }, t(`targets.rule.${name}_hint`, { currency: base })), assetRows(context, editor, { rows: rules[name], column: `rules.${name}`, label: t("targets.add_asset"), ...props }));
  const plainRow = { assetOf: (row) => row, made: (asset) => asset };
  const parts = [
    part("keep", { made: (asset) => ({ asset, amount: "0" }), control: amount }),
    part("freeze", { made: (asset) => ({ asset, until: nextYear() }), control: date }),
    part("never_buy", plainRow),
    part("settle", plainRow),
  ];
  return card(t("targets.section.alone"), h("div", { class: "columns alone-columns" }, parts));
}

const nextYear = () => `${new Date().getUTCFullYear() + 1}-01-01`;

function allowCard(editor) {
  const switches = ["allow_unclassified", "allow_unpriced", "allow_negative"].map((name) => switchInput(editor, editor.draft.rules, name, t(`targets.rule.${name}`), t(`targets.rule.${name}_hint`)));
  return card(t("targets.section.allow"), h("div", { class: "stack" }, switches), { note: t("targets.section.allow_text") });
}

