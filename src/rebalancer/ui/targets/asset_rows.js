// Rows of assets with something beside each: a weight, an amount, a date, or nothing.
import { button, iconButton } from "../components/button.js";
import { data, h } from "../dom.js";
import { t } from "../i18n.js";
import { pickAsset } from "./asset_picker.js";
import { withErrors } from "./cells.js";

/** Symbol and name of an asset. */
export function assetName(editor, id) {
  const { symbol, name } = editor.nameOf(id);
  return h("span", { class: "asset-name" }, data(symbol, { class: "asset-symbol" }), name && name !== symbol && data(name, { class: "muted small" }));
}

/**
 * A list that grows by search and shrinks by a button.
 *
 * rows: the draft's own array. assetOf(row), made(asset): a row's asset, and a new row. control(row): what stands beside it, or null.
 * column: place in the file; group: marks assets of other groups in the search.
 */
export function assetRows(context, editor, { rows, label, column, assetOf = (row) => row.asset, made, control = () => null, group = null }) {
  const changed = () => (editor.formChanged(), context.rerender());
  const items = rows.map((row, index) => {
    const beside = control(row);
    const errors = beside && withErrors(editor, `${column}.${assetOf(row)}`, beside.matches("input") ? beside : beside.querySelector("input"));
    const remove = iconButton("close", t("targets.remove_asset", { asset: editor.nameOf(assetOf(row)).symbol }), () => (rows.splice(index, 1), changed()), { class: "icon-button small" });
    return h("li", {}, assetName(editor, assetOf(row)), h("div", { class: "asset-beside" }, beside, errors), remove);
  });
  const add = async () => {
    const asset = await pickAsset(context, label, { group });
    if (!asset || rows.some((row) => assetOf(row) === asset.id)) return;
    editor.names.set(asset.id, asset);
    rows.push(made(asset.id));
    changed();
  };
  const act = button(label, { small: true, kind: "quiet", iconName: "plus", run: () => void add() });
  return h("div", { class: "asset-rows" }, items.length > 0 && h("ul", {}, items), withErrors(editor, column, act), h("div", {}, act));
}
