// What a person may say of an unknown symbol: the choices of one row, those of many at once, and the search for a coin.
import { badge } from "../components/card.js";
import { openDialog } from "../components/dialog.js";
import { searchInput, select } from "../components/field.js";
import { toastError } from "../components/toast.js";
import { data, h } from "../dom.js";
import { GROUPS } from "../groups.js";
import { groupName, t } from "../i18n.js";

const NONE = "";
const SEARCH = "search";
const IGNORE = "ignore";

/** A symbol is unknown per source. */
export const keyOf = (row) => `${row.source}\u0000${row.symbol}`;

const newAssetOptions = () => ({
  label: t("unknown.new_in"),
  options: GROUPS.map((group) => [`new:${group}`, t("unknown.new", { group: groupName(group) })]),
});

/** One answer for every selected row. */
export function bulkChoice(context) {
  const { choices, selected } = context.state;
  const prompt = selected.size === 0 ? t("unknown.bulk_none") : t("unknown.bulk", { n: selected.size });
  const options = [[NONE, prompt], [IGNORE, t("unknown.ignore")], newAssetOptions(), [SEARCH, t("unknown.undecide")]];
  const apply = (value) => {
    for (const key of selected) {
      if (value === SEARCH) choices.delete(key);
      else choices.set(key, value);
    }
    selected.clear();
    context.rerender();
  };
  return select(options, NONE, apply, {
    id: "unknown-bulk",
    class: "control small",
    disabled: selected.size === 0,
    "aria-label": t("unknown.bulk_label"),
  });
}

/** The choices of one row; `changed` is called when one was taken. */
export function rowChoice(context, row, changed) {
  const { choices, picked = (context.state.picked = new Map()) } = context.state;
  const key = keyOf(row);
  const offered = [...row.candidates, ...(picked.has(key) ? [picked.get(key)] : [])];
  const coins = offered.map((coin) => [
    `asset:${coin.id}`,
    `${coin.symbol} \u00b7 ${coin.name} (${groupName(coin.group)})`,
  ]);
  const options = [
    [NONE, t("unknown.undecided")],
    coins.length > 0 && { label: t("unknown.may_be"), options: coins },
    [SEARCH, t("unknown.other")],
    newAssetOptions(),
    [IGNORE, t("unknown.ignore")],
  ];
  const choose = async (value, control) => {
    if (value === SEARCH) {
      control.value = choices.get(key) ?? NONE;
      const coin = await pickCoin(context, row);
      if (!coin) return;
      picked.set(key, coin);
      choices.set(key, `asset:${coin.id}`);
      context.rerender();
    } else {
      if (value === NONE) choices.delete(key);
      else choices.set(key, value);
      control.classList.toggle("chosen", value !== NONE);
      changed();
    }
  };
  const chosen = choices.get(key) ?? NONE;
  return select(options.filter(Boolean), chosen, choose, {
    class: chosen ? "control small chosen" : "control small",
    "aria-label": t("unknown.decide_one", { symbol: row.symbol }),
  });
}

/** Search the registry; resolves to the asset that was chosen, or null. */
async function pickCoin(context, row) {
  let chosen = null;
  const use = await openDialog({
    title: t("unknown.which", { symbol: row.symbol }),
    body: (ready) => coinSearch(context, row.symbol, (coin) => ((chosen = coin), ready(coin !== null))),
    confirm: { label: t("unknown.use"), run: () => true },
  });
  return use ? chosen : null;
}

/** A search box over the registry with its results; `choose` gets the asset that is marked, or null. */
function coinSearch(context, symbol, choose) {
  const results = h("div", { class: "coin-results", role: "status" });
  const show = async (text) => {
    const { items } = await context.api.get("/assets", { params: { search: text, limit: 20 }, signal: context.signal });
    choose(null);
    const choices = items.map((coin) => {
      const radio = h("input", { type: "radio", name: "coin", value: coin.id, on: { change: () => choose(coin) } });
      return h(
        "label",
        { class: "check" },
        radio,
        h("span", {}, data(`${coin.symbol} \u00b7 ${coin.name}`), " ", badge(groupName(coin.group))),
      );
    });
    results.replaceChildren(...(choices.length > 0 ? choices : [h("p", { class: "muted" }, t("unknown.no_coin"))]));
  };
  let timer = 0;
  const search = searchInput(t("unknown.search_coin"), symbol, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(text).catch(toastError), 200);
  });
  search.querySelector("input").setAttribute("autofocus", "");
  show(symbol).catch(toastError);
  return [search, results];
}

/** A choice as the API takes it. */
export function decisionOf(row, choice) {
  const subject = { source: row.source, symbol: row.symbol };
  if (choice === IGNORE) return { ...subject, ignore: true };
  if (choice.startsWith("new:")) return { ...subject, new: { name: row.name || row.symbol, group: choice.slice(4) } };
  return { ...subject, asset: choice.slice(6) };
}
