// What a page shows when there is nothing, when it waits, and when something went wrong.
import { data, h } from "../dom.js";
import { icon } from "../icons.js";
import { hasText, t } from "../i18n.js";
import { button } from "./button.js";
import { dataTable } from "./table.js";

/** Nothing here yet: a title, one sentence, and what to do about it. */
export function emptyState({ title, text, actions = [], iconName = "info" }) {
  return h(
    "section",
    { class: "empty" },
    h("div", { class: "empty-icon" }, icon(iconName, 28)),
    h("h2", {}, title),
    h("p", { class: "muted" }, text),
    actions.length > 0 && h("div", { class: "row" }, actions),
  );
}

/** Grey shapes of about the final size while a page loads. `blocks`: heights in rem. */
export function loadingState(blocks = [6, 18, 14]) {
  const shapes = blocks.map((height) => h("div", { class: "skeleton", style: { "block-size": `${height}rem` } }));
  return h(
    "div",
    { class: "page", "aria-busy": "true" },
    h("p", { class: "sr-only", role: "status" }, t("state.loading")),
    shapes,
  );
}

/** A whole page or card that failed, with the server's words and a way to try again. */
export function errorState(error, retry = null) {
  return h(
    "section",
    { class: "stack" },
    problemBox(error),
    retry && h("div", { class: "row" }, button(t("action.retry"), { run: retry })),
  );
}

/** A problem in place: title, detail, the list of places in the input, the code and the trace id. */
export function problemBox(error) {
  if (!error.code) throw error; // Not a problem of the world but a mistake of ours: let it be seen.
  const facts = [
    t("error.code", { code: error.code }),
    error.traceId && t("error.trace", { id: error.traceId }),
  ].filter(Boolean);
  return h(
    "div",
    { class: "banner danger" },
    icon("warn"),
    h(
      "div",
      { class: "stack", style: { "--gap": "var(--space-2)" } },
      h("strong", {}, error.title),
      error.detail && h("p", {}, error.detail),
      error.remedy && h("p", {}, error.remedy),
      error.errors.length > 0 && issuesTable(error.errors),
      h("p", { class: "small muted" }, facts.join(" \u00b7 ")),
    ),
  );
}

/** Where an input is wrong: line, column, value, reason, remedy. */
export function issuesTable(issues, { caption = t("issues.caption"), limit = 50 } = {}) {
  const columns = [
    {
      key: "line",
      label: t("issues.line"),
      align: "end",
      phone: true,
      cell: (row) => row.line ?? t("format.none"),
      sort: (row) => row.line,
    },
    {
      key: "column",
      label: t("issues.column"),
      phone: true,
      cell: (row) => (row.column ? data(row.column) : t("format.none")),
    },
    {
      key: "value",
      label: t("issues.value"),
      cell: (row) => (row.value ? data(row.value, { class: "mono" }) : t("format.none")),
    },
    { key: "reason", label: t("issues.reason"), phone: true, cell: (row) => row.reason ?? row.code, wrap: true },
    { key: "remedy", label: t("issues.remedy"), cell: (row) => row.remedy ?? t("format.none"), wrap: true },
  ];
  return dataTable({ caption, columns, rows: issues, limit });
}

/** A message across a page or card. `kind`: info, warn, danger, done. `actions`: buttons. */
export function banner({ kind = "info", title = null, text, actions = [] }) {
  const words = h("div", { class: "banner-text" }, title && h("strong", {}, title), h("p", {}, text));
  const name = { info: "info", warn: "warn", danger: "warn", done: "check" }[kind];
  return h(
    "div",
    { class: `banner ${kind}` },
    icon(name),
    words,
    actions.length > 0 && h("div", { class: "row" }, actions),
  );
}

/** The text of a code in the page's own catalogue, else the code itself. */
export const codeText = (stem, code, values) => (hasText(`${stem}.${code}`) ? t(`${stem}.${code}`, values) : code);
