// What was understood of a balance file, and the decision to import it.
import { newKey } from "../api.js";
import { button } from "../components/button.js";
import { badge, card, stat, stats } from "../components/card.js";
import { input } from "../components/field.js";
import { banner, issuesTable, problemBox } from "../components/states.js";
import { dataTable } from "../components/table.js";
import { toast } from "../components/toast.js";
import { data, h } from "../dom.js";
import { bytes, count, instant, money, quantity } from "../format.js";
import { icon } from "../icons.js";
import { groupName, t } from "../i18n.js";
import { link, navigate } from "../router.js";

/** Cards of a preview: what the file is and the decision, what cannot be read or identified, sums per place and group. */
export function preview(context, accounts) {
  const { preview: read } = context.state;
  return [
    understood(context, accounts, read),
    read.rejected.length > 0 &&
      card(
        t("import.rejected", { n: rejectedRows(read) }),
        issuesTable(read.rejected, { caption: t("import.rejected", { n: rejectedRows(read) }), limit: 20 }),
        { note: t("import.rejected_text") },
      ),
    read.unknown.length > 0 && unknownCard(read, (context.state.unknown ??= {})),
    h("div", { class: "columns" }, locationsCard(read, (context.state.locations ??= {})), groupsCard(read)),
  ];
}

/** Rows that were left out; a row may have several mistakes. */
const rejectedRows = (read) => new Set(read.rejected.map((issue) => issue.line)).size;

function understood(context, accounts, read) {
  const { state } = context;
  const assets = new Set(read.holdings.map((row) => row.asset).filter(Boolean)).size;
  const head = h(
    "div",
    { class: "file-head" },
    h("div", { class: "empty-icon" }, icon("file", 24)),
    h(
      "div",
      {},
      h("h2", {}, data(state.file.name)),
      h("p", { class: "muted" }, t(`source.${read.source}`), " \u00b7 ", bytes(state.file.size)),
    ),
  );
  const numbers = stats(
    stat(t("import.rows"), count(read.holdings.length), {
      note: rejectedRows(read) > 0 && t("import.of_rows", { n: read.rows }),
    }),
    stat(
      t("import.total_value"),
      read.total_value === null ? t("import.no_values") : money(read.total_value, read.currency),
      { note: read.as_of && t("import.as_of", { instant: instant(read.as_of) }) },
    ),
    stat(t("import.assets"), count(assets), {
      note: read.unknown.length > 0 && t("import.unknown", { n: read.unknown.length }),
    }),
    stat(t("import.locations"), count(Object.keys(read.by_location).filter((name) => name !== "").length)),
  );
  const notes = [
    read.negative.length > 0 && t("import.negative", { n: read.negative.length }),
    read.worthless.length > 0 && t("import.worthless", { n: read.worthless.length }),
  ].filter(Boolean);
  return h(
    "section",
    { class: "card understood" },
    head,
    numbers,
    notes.length > 0 && h("p", { class: "muted" }, notes.join(" ")),
    noLocation(read),
    decision(context, accounts, read),
  );
}

const noLocation = (read) => "" in read.by_location && banner({ text: t("import.no_location") });

function decision(context, accounts, read) {
  const { state } = context;
  const listId = "known-accounts";
  const known = h(
    "datalist",
    { id: listId },
    accounts.map((account) => h("option", { value: account.name })),
  );
  const name = input(state.account, (value) => ((state.account = value), update()), {
    id: "account-name",
    list: listId,
    maxlength: 120,
    required: true,
  });
  const hint = h("p", { class: "hint", id: "account-hint" });
  name.setAttribute("aria-describedby", hint.id);
  const partial = read.rejected.length > 0;
  const label = partial
    ? t("import.import_readable", { n: read.holdings.length })
    : t("import.import_all", { n: read.holdings.length });
  const act = button(label, {
    kind: "primary",
    iconName: "import",
    id: "import-button",
    run: () => store(context, partial),
  });
  const back = button(t("import.other_file"), {
    run: () => (Object.assign(state, { preview: null, error: null }), context.rerender()),
  });
  const update = () => {
    const old = accounts.find((account) => account.name === state.account.trim() && account.snapshot);
    hint.textContent = old
      ? t("import.replaces", { instant: instant(old.snapshot.imported_at), n: old.snapshot.rows })
      : t("import.account_hint");
    act.disabled = state.account.trim() === "" || read.holdings.length === 0;
  };
  update();
  const problem = state.storeError && h("div", { role: "alert" }, problemBox(state.storeError));
  return h(
    "div",
    { class: "decision" },
    h("div", { class: "field" }, h("label", { for: name.id }, t("import.account")), name, known, hint),
    h("div", { class: "row end" }, back, act),
    problem,
  );
}

async function store(context, keepReadable) {
  const { state } = context;
  const fields = { file: state.file, account: state.account.trim(), keep_readable: String(keepReadable) };
  try {
    const done = await context.api.upload(context.path("holdings", "imports"), fields, { key: state.key });
    toast(
      done.unchanged
        ? t("import.unchanged")
        : t("import.done", { n: done.snapshot.rows, account: done.snapshot.account }),
    );
    navigate(link("overview"));
  } catch (error) {
    if (!error.code) throw error;
    Object.assign(state, { storeError: error, key: newKey() });
    context.rerender();
  }
}

/** What is odd about a symbol: letters of another alphabet that look like a known coin, hidden or reversed characters. */
const marks = (row) => row.marks.map((mark) => [" ", badge(t(`mark.${mark}`, { symbol: row.looks_like }), "warn")]);

function unknownCard(read, state) {
  const columns = [
    {
      key: "symbol",
      label: t("import.symbol"),
      phone: true,
      cell: (row) =>
        h("span", {}, data(row.symbol), row.name && [" ", data(row.name, { class: "muted small" })], marks(row)),
      sort: (row) => row.symbol,
    },
    {
      key: "candidates",
      label: t("import.candidates"),
      cell: (row) => (row.candidates.length > 0 ? data(row.candidates.join(", ")) : t("format.none")),
      wrap: true,
    },
    { key: "quantity", label: t("import.quantity"), align: "end", cell: (row) => quantity(row.quantity) },
    {
      key: "value",
      label: t("import.value"),
      align: "end",
      phone: true,
      cell: (row) => money(row.value, read.currency),
      sort: (row) => (row.value === null ? null : Number(row.value)),
    },
  ];
  const table = dataTable({
    caption: t("import.unknown", { n: read.unknown.length }),
    columns,
    rows: read.unknown,
    limit: 8,
    state,
    rowKey: (row) => row.symbol,
  });
  return card(t("import.unknown", { n: read.unknown.length }), table, { note: t("import.unknown_text") });
}

/** One row per place or group: its sum as the document states it, and how many rows of the file it has. */
function sums(read, part) {
  const rows = new Map();
  for (const row of read.holdings) rows.set(row[part] ?? "", (rows.get(row[part] ?? "") ?? 0) + 1);
  return Object.entries(read[`by_${part}`]).map(([name, value]) => ({
    [part]: name,
    value,
    rows: rows.get(name) ?? 0,
  }));
}

function locationsCard(read, state) {
  const columns = [
    {
      key: "location",
      label: t("import.location"),
      phone: true,
      cell: (row) => (row.location === "" ? t("overview.no_location") : data(row.location)),
      sort: (row) => row.location,
    },
    {
      key: "rows",
      label: t("import.rows"),
      align: "end",
      phone: true,
      cell: (row) => count(row.rows),
      sort: (row) => row.rows,
    },
    {
      key: "value",
      label: t("import.value"),
      align: "end",
      phone: true,
      cell: (row) => money(row.value, read.currency),
      sort: (row) => (row.value === null ? null : Number(row.value)),
    },
  ];
  if (!state.key) Object.assign(state, { key: "value", order: "desc" });
  return card(
    t("import.by_location"),
    dataTable({ caption: t("import.by_location"), columns, rows: sums(read, "location"), state, limit: 12 }),
  );
}

function groupsCard(read) {
  const columns = [
    {
      key: "group",
      label: t("overview.group"),
      phone: true,
      cell: (row) => (row.group === "Unclassified" ? badge(groupName(row.group), "warn") : groupName(row.group)),
    },
    { key: "rows", label: t("import.rows"), align: "end", phone: true, cell: (row) => count(row.rows) },
    {
      key: "value",
      label: t("import.value"),
      align: "end",
      phone: true,
      cell: (row) => money(row.value, read.currency),
    },
  ];
  const rows = sums(read, "group").sort((a, b) => Number(b.value ?? 0) - Number(a.value ?? 0));
  return card(t("import.by_group"), dataTable({ caption: t("import.by_group"), columns, rows }));
}
