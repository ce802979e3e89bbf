// Choose an asset of the registry: a search field and its results, in a dialog.
import { badge } from "../components/card.js";
import { openDialog } from "../components/dialog.js";
import { searchInput } from "../components/field.js";
import { problemBox } from "../components/states.js";
import { data, fill, h } from "../dom.js";
import { groupName, t } from "../i18n.js";

const PAUSE_MS = 200;
const SHOWN = 30;

/** Resolves to the asset (`{id, symbol, name, group}`), or to null. `group` only puts a mark beside assets of another group. */
export async function pickAsset(context, title, { group = null } = {}) {
  let chosen = null;
  const results = h("ul", { class: "picks", "aria-label": t("targets.results") });
  const choose = (asset) => {
    chosen = asset;
    results.closest("dialog").close();
  };
  const show = async (text) => {
    try {
      const { items } = await context.api.get("/assets", { params: { search: text, limit: SHOWN } });
      if (text !== wanted) return;
      fill(results, items.length > 0 ? items.map((asset) => pick(asset, group, choose)) : h("li", { class: "muted" }, t("targets.no_asset")));
    } catch (error) {
      fill(results, h("li", {}, problemBox(error)));
    }
  };
  let wanted = "";
  let timer = 0;
  const search = searchInput(t("targets.search_asset"), "", (text) => {
    wanted = text.trim();
    clearTimeout(timer);
    timer = setTimeout(() => show(wanted), PAUSE_MS);
  });
  search.querySelector("input").setAttribute("autofocus", "");
  show("");
  await openDialog({ title, body: [search, results] });
  return chosen;
}

function pick(asset, group, choose) {
  const other = group !== null && asset.group !== group;
  const button = h("button", { type: "button", class: "pick" }, h("span", {}, data(asset.symbol, { class: "asset-symbol" }), " ", data(asset.name, { class: "muted" })), other && badge(groupName(asset.group)));
  button.addEventListener("click", () => choose(asset));
  return h("li", {}, button);
}
