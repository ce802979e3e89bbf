// Every saved version: when, by whom, why; what it changed; and the way back to it.
import { button } from "../components/button.js";
import { badge, card } from "../components/card.js";
import { openDialog } from "../components/dialog.js";
import { dataTable } from "../components/table.js";
import { toast, toastError } from "../components/toast.js";
import { data, h } from "../dom.js";
import { instant } from "../format.js";
import { t } from "../i18n.js";
import { differencesOf, differencesTable } from "./differences.js";

/** The list; versions are loaded with the page. */
export function versionsTab(context, editor, versions) {
  const columns = [
    { key: "version", label: t("targets.version"), phone: true, cell: (row) => h("span", { class: "row" }, t("targets.version_n", { n: row.version }), row.version === editor.version && badge(t("targets.current"), "accent")) },
    { key: "saved", label: t("targets.saved_at"), phone: true, cell: (row) => instant(row.saved_at, "short") },
    { key: "note", label: t("targets.note"), wrap: true, cell: (row) => (row.note ? data(row.note) : t("format.none")) },
    { key: "act", label: h("span", { class: "sr-only" }, t("targets.what_to_do")), align: "end", phone: true, cell: (row) => actions(context, editor, row) },
  ];
  const table = dataTable({ caption: t("targets.versions"), columns, rows: versions, rowKey: (row) => row.version, limit: 20, empty: h("p", { class: "muted" }, t("targets.no_versions")) });
  return card(t("targets.versions"), table, { note: t("targets.versions_text") });
}

function actions(context, editor, row) {
  const compare = button(t("targets.compare"), { kind: "quiet", small: true, "aria-label": t("targets.compare_n", { n: row.version }), run: () => show(context, editor, row.version) });
  const back = row.version !== editor.version && button(t("targets.restore"), { kind: "quiet", small: true, "aria-label": t("targets.restore_n", { n: row.version }), run: () => restore(context, editor, row.version) });
  return h("span", { class: "row end" }, compare, back);
}

const load = (context, version) => context.api.get(context.path("targets", "versions", String(version)), { signal: context.signal });

async function show(context, editor, version) {
  try {
    const [after, before] = await Promise.all([load(context, version), version > 1 ? load(context, version - 1) : null]);
    const rows = differencesOf(before?.document ?? null, after.document, (asset) => editor.nameOf(asset).symbol);
    const title = t(before ? "targets.changes_in" : "targets.contents_of", { n: version });
    void openDialog({ title, body: differencesTable(rows), cancel: t("action.close"), wide: true });
  } catch (error) {
    failed(error);
  }
}

async function restore(context, editor, version) {
  try {
    const old = await load(context, version);
    await editor.take(old.toml);
    toast(t("targets.restored", { n: version }));
  } catch (error) {
    failed(error);
  }
}

function failed(error) {
  if (error.name === "AbortError") return;
  if (!error.code) throw error;
  toastError(error);
}
