// What each group buys, with weights. It steers buys only; without it they follow what is held.
import { card } from "../components/card.js";
import { compared, isDecimal, sum } from "../decimal.js";
import { h } from "../dom.js";
import { groupName, t } from "../i18n.js";
import { assetRows } from "./asset_rows.js";
import { numberInput, shownNumber } from "./cells.js";
import { CASH, GROUPS } from "../groups.js";

/** One card per group that can buy. */
export function primaryTab(context, editor) {
  const groups = GROUPS.filter((group) => group !== CASH || editor.draft.primary[group].length > 0);
  return h("div", { class: "stack" }, h("p", { class: "muted" }, t("targets.primary_text")), h("div", { class: "columns primary-columns" }, groups.map((group) => groupCard(context, editor, group))));
}

function groupCard(context, editor, group) {
  const rows = editor.draft.primary[group];
  const name = groupName(group);
  const made = (asset) => ({ asset, percent: rows.length === 0 ? "100" : "0" });
  const control = (row) => {
    const field = numberInput(editor, row, "percent", { class: "control small num", "aria-label": t("targets.share_of", { asset: editor.nameOf(row.asset).symbol, group: name }) });
    return h("div", { class: "with-unit" }, field, h("span", { "aria-hidden": "true" }, "%"));
  };
  const list = assetRows(context, editor, { rows, label: t("targets.add_asset"), column: `primary.${group}`, made, control, group });
  return card(name, h("div", { class: "stack" }, rows.length === 0 && h("p", { class: "small muted" }, t("targets.primary_none")), list, rows.length > 0 && shareSum(editor, rows)));
}

function shareSum(editor, rows) {
  const words = h("p", { class: "small" });
  editor.watch(() => {
    const texts = rows.map((row) => row.percent.trim());
    const given = texts.every(isDecimal) ? sum(texts) : null;
    const exact = given !== null && compared(given, "100") === 0;
    words.className = exact ? "small muted" : "small warn-text";
    words.textContent = given === null ? t("targets.sum_unknown") : t(exact ? "targets.shares_exact" : "targets.shares_off", { sum: shownNumber(given) });
  });
  return words;
}
