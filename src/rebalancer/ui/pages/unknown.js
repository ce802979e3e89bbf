// Unknown coins: say what each unidentified symbol is, one or many at once. What is decided lasts, and can be undone.
import { newKey } from "../api.js";
import { button, buttonLink, runOnce } from "../components/button.js";
import { card } from "../components/card.js";
import { checkbox, searchInput } from "../components/field.js";
import { emptyState } from "../components/states.js";
import { dataTable } from "../components/table.js";
import { toast, toastError } from "../components/toast.js";
import { data, h } from "../dom.js";
import { list, money, percent, quantity } from "../format.js";
import { t } from "../i18n.js";
import { link } from "../router.js";
import { bulkChoice, decisionOf, keyOf, rowChoice } from "./unknown_choices.js";

const SHOWN = 50;
const UNDO_MAX = 20; // more than these are undone one by one in the list below

export const page = {
  title: "nav.unknown",
  styles: ["pages/unknown.css"],
  async load(context) {
    const options = { signal: context.signal };
    const [unknown, taxonomy, overview] = await Promise.all([
      context.api.get(context.path("taxonomy", "unknown"), options),
      context.api.get(context.path("taxonomy"), options),
      context.api.get(context.path("overview"), options),
    ]);
    const items = unknown.items.filter((row) => !row.ignored);
    return { items, decisions: taxonomy.decisions, share: overview.unclassified_share, currency: overview.currency };
  },
  render(context, found) {
    context.state.choices ??= new Map();
    context.state.selected ??= new Set();
    context.guard(() => context.state.choices.size > 0);
    const head = h(
      "header",
      { class: "page-head" },
      h(
        "div",
        {},
        h("h1", {}, t("nav.unknown")),
        h("p", { class: "muted" }, t("unknown.text", { share: percent(found.share, 2) })),
      ),
    );
    return h(
      "div",
      { class: "page" },
      head,
      found.items.length > 0 ? undecided(context, found) : nothing(),
      found.decisions.length > 0 && decided(context, found.decisions),
    );
  },
};

const nothing = () =>
  emptyState({
    title: t("unknown.empty.title"),
    text: t("unknown.empty.text"),
    iconName: "check",
    actions: [buttonLink(t("nav.overview"), link("overview"))],
  });

function undecided(context, found) {
  const { state } = context;
  const rows = found.items.filter((row) => matches(row, state));
  const bar = saveBar(context, found);
  const table = dataTable({
    caption: t("nav.unknown"),
    columns: columns(context, found, () => bar.update()),
    rows,
    limit: SHOWN,
    state: (state.table ??= {}),
    rowKey: keyOf,
    empty: h("p", { class: "muted" }, t("unknown.no_match")),
  });
  return card(null, h("div", { class: "stack" }, tools(context, rows), table, bar));
}

function matches(row, { search = "", valued = false }) {
  if (valued && !(Math.abs(Number(row.value ?? 0)) > 0)) return false;
  const wanted = search.trim().toLocaleLowerCase();
  return [row.symbol, row.name ?? ""].some((text) => text.toLocaleLowerCase().includes(wanted));
}

function tools(context, rows) {
  const { state } = context;
  const search = searchInput(
    t("unknown.search"),
    state.search,
    (value) => ((state.search = value), context.rerender()),
  );
  search.querySelector("input").id = "unknown-search";
  const valued = checkbox(
    t("unknown.valued_only"),
    Boolean(state.valued),
    (on) => ((state.valued = on), context.rerender()),
    { id: "unknown-valued" },
  );
  const shown = state.table?.all ? rows : rows.slice(0, SHOWN);
  const all = checkbox(
    t("unknown.select_all", { n: shown.length }),
    shown.length > 0 && shown.every((row) => state.selected.has(keyOf(row))),
    (on) => selectRows(context, shown, on),
    { id: "unknown-all" },
  );
  return h(
    "div",
    { class: "stack unknown-tools" },
    h("div", { class: "row spread" }, search, valued),
    h("div", { class: "row spread unknown-bulk" }, all, bulkChoice(context)),
  );
}

function selectRows(context, rows, on) {
  for (const row of rows) {
    if (on) context.state.selected.add(keyOf(row));
    else context.state.selected.delete(keyOf(row));
  }
  context.rerender();
}

function columns(context, found, changed) {
  const { selected } = context.state;
  const mark = (row) => {
    const toggle = (event) => {
      if (event.target.checked) selected.add(keyOf(row));
      else selected.delete(keyOf(row));
      context.rerender();
    };
    return h("input", {
      type: "checkbox",
      id: `mark-${found.items.indexOf(row)}`,
      checked: selected.has(keyOf(row)),
      "aria-label": t("unknown.select_one", { symbol: row.symbol }),
      on: { change: toggle },
    });
  };
  return [
    { key: "mark", label: h("span", { class: "sr-only" }, t("unknown.select")), phone: true, cell: mark },
    {
      key: "symbol",
      label: t("import.symbol"),
      phone: true,
      header: true,
      cell: symbolCell,
      sort: (row) => row.symbol,
    },
    { key: "candidates", label: t("unknown.may_be"), cell: candidates, wrap: true },
    {
      key: "quantity",
      label: t("import.quantity"),
      align: "end",
      cell: (row) => quantity(row.quantity),
      sort: (row) => Number(row.quantity),
    },
    {
      key: "value",
      label: t("import.value"),
      align: "end",
      cell: (row) => money(row.value, found.currency),
      sort: (row) => (row.value === null ? null : Number(row.value)),
    },
    {
      key: "decision",
      label: t("unknown.decision"),
      align: "end",
      phone: true,
      cell: (row) => rowChoice(context, row, changed),
    },
  ];
}

/** Names of what it may be; a coin that merely looks alike is not it, so nothing is chosen beforehand. */
const candidates = (row) =>
  row.candidates.length > 0 ? data(list(row.candidates.map((coin) => coin.name))) : t("format.none");

function symbolCell(row) {
  return h("span", { class: "unknown-symbol" }, data(row.symbol), row.name && data(row.name, { class: "muted small" }));
}

function saveBar(context, found) {
  const { choices } = context.state;
  const words = h("p", { role: "status" });
  const act = button(t("unknown.save"), { kind: "primary", id: "unknown-save" });
  act.addEventListener("click", () => runOnce(act, () => save(context, found)));
  const bar = h("div", { class: "save-bar" }, words, act);
  bar.update = () => {
    words.textContent = t("unknown.ready", { n: choices.size });
    bar.hidden = choices.size === 0;
  };
  bar.update();
  return bar;
}

async function save(context, found) {
  const { choices, selected } = context.state;
  const decisions = found.items
    .filter((row) => choices.has(keyOf(row)))
    .map((row) => decisionOf(row, choices.get(keyOf(row))));
  try {
    await context.api.post(context.path("taxonomy", "decisions"), { decisions }, { key: newKey() });
    choices.clear();
    selected.clear();
    await context.refresh();
    const action =
      decisions.length <= UNDO_MAX ? { label: t("action.undo"), run: () => undo(context, decisions) } : null;
    toast(t("unknown.saved", { n: decisions.length }), { action });
  } catch (error) {
    if (!error.code) throw error;
    toastError(error);
  }
}

async function undo(context, decisions) {
  try {
    for (const { source, symbol } of decisions)
      await context.api.delete(context.path("taxonomy", "decisions", source, symbol));
    toast(t("unknown.undone", { n: decisions.length }));
  } catch (error) {
    toastError(error);
  }
  await context.refresh();
}

function decided(context, decisions) {
  const columns = [
    {
      key: "symbol",
      label: t("import.symbol"),
      phone: true,
      cell: (row) => data(row.symbol),
      sort: (row) => row.symbol,
    },
    {
      key: "asset",
      label: t("unknown.decision"),
      phone: true,
      cell: (row) => (row.asset === null ? t("status.ignored") : data(row.asset)),
      sort: (row) => row.asset,
    },
    {
      key: "undo",
      label: h("span", { class: "sr-only" }, t("action.undo")),
      align: "end",
      phone: true,
      cell: (row) =>
        button(t("action.undo"), {
          kind: "quiet",
          small: true,
          "aria-label": t("unknown.undo_one", { symbol: row.symbol }),
          run: () => undo(context, [row]),
        }),
    },
  ];
  return card(
    t("unknown.decided"),
    dataTable({
      caption: t("unknown.decided"),
      columns,
      rows: decisions,
      limit: 10,
      state: (context.state.decided ??= {}),
      rowKey: keyOf,
    }),
  );
}
