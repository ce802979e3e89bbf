// Import: choose a file, see what was understood of it, then store it as the snapshot of one account.
import { takeOffered } from "../actions/offered_file.js";
import { newKey } from "../api.js";
import { card } from "../components/card.js";
import { dropZone } from "../components/drop.js";
import { loadingState, problemBox } from "../components/states.js";
import { dataTable } from "../components/table.js";
import { data, h } from "../dom.js";
import { count, instant } from "../format.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { preview } from "./import_preview.js";

export const page = {
  title: "nav.import",
  styles: ["pages/import.css"],
  async load(context) {
    const { items } = await context.api.get(context.path("accounts"), { signal: context.signal });
    const file = takeOffered();
    if (file) read(context, file);
    return items;
  },
  render(context, accounts) {
    const { state } = context;
    const body = state.reading
      ? loadingState([8, 16])
      : state.preview
        ? preview(context, accounts)
        : chooser(context, accounts);
    return h(
      "div",
      { class: "page" },
      h(
        "header",
        { class: "page-head" },
        h("div", {}, h("h1", {}, t("import.title")), h("p", { class: "muted" }, t("import.text"))),
      ),
      body,
    );
  },
};

/** Send the file for a preview; nothing is stored. */
async function read(context, file) {
  const { state } = context;
  Object.assign(state, { file, preview: null, error: null, storeError: null, reading: true, key: newKey() });
  context.rerender();
  try {
    state.preview = await context.api.upload(
      context.path("holdings", "preview"),
      { file, keep_readable: "true" },
      { signal: context.signal },
    );
    state.account = accountName(state.preview, file);
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!error.code) throw error;
    state.error = error;
  }
  state.reading = false;
  context.rerender();
}

function accountName(preview, file) {
  return preview.source.startsWith("cointracking") ? "CoinTracking" : file.name.replace(/\.[^.]+$/, "");
}

function chooser(context, accounts) {
  const { state } = context;
  const failed =
    state.error &&
    h(
      "section",
      { class: "stack", role: "alert" },
      h("h2", {}, t("import.failed", { file: state.file.name })),
      problemBox(state.error),
    );
  return [
    failed,
    dropZone({ text: t("import.drop"), onFile: (file) => read(context, file) }),
    formats(),
    accounts.length > 0 && accountsCard(context, accounts),
  ];
}

function formats() {
  const rows = [
    "cointracking_balance_by_exchange",
    "cointracking_coins_by_exchange",
    "cointracking_current_balance",
    "generic_csv",
    "generic_json",
  ];
  const items = rows.map((source) =>
    h(
      "li",
      {},
      icon("file", 18),
      h("div", {}, h("p", {}, t(`source.${source}`)), h("p", { class: "small muted" }, t(`import.format.${source}`))),
    ),
  );
  return card(t("import.formats_title"), h("ul", { class: "formats" }, items));
}

function accountsCard(context, accounts) {
  const columns = [
    { key: "name", label: t("import.account"), phone: true, cell: (row) => data(row.name) },
    {
      key: "source",
      label: t("import.format"),
      cell: (row) => (row.snapshot ? t(`source.${row.snapshot.source}`) : t("format.none")),
    },
    {
      key: "rows",
      label: t("import.rows"),
      align: "end",
      phone: true,
      cell: (row) => (row.snapshot ? count(row.snapshot.rows) : t("format.none")),
    },
    {
      key: "imported",
      label: t("import.imported_at"),
      phone: true,
      cell: (row) => instant(row.snapshot?.imported_at, "short"),
    },
  ];
  return card(
    t("import.accounts"),
    dataTable({ caption: t("import.accounts"), columns, rows: accounts, rowKey: (row) => row.name }),
    { note: t("import.accounts_text") },
  );
}
