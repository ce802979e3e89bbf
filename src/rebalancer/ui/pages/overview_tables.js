// The groups of the overview as a table, and the files that its numbers rest on.
import { buttonLink } from "../components/button.js";
import { card, driftMark } from "../components/card.js";
import { dataTable } from "../components/table.js";
import { data, h } from "../dom.js";
import { age, money, percent, points } from "../format.js";
import { icon } from "../icons.js";
import { groupName, t } from "../i18n.js";
import { link } from "../router.js";

/** Value, weight, target, band and drift per group. */
export function groupsCard(rows, overview, state) {
  const number = (name) => (row) => (row[name] === null ? null : Number(row[name]));
  const columns = [
    {
      key: "group",
      label: t("overview.group"),
      phone: true,
      cell: (row) =>
        h("a", { href: link("holdings", { group: row.group }), class: "plain-link" }, groupName(row.group)),
      sort: (row) => groupName(row.group),
    },
    {
      key: "value",
      label: t("overview.value"),
      align: "end",
      cell: (row) => money(row.value, overview.currency),
      sort: number("value"),
    },
    {
      key: "held",
      label: t("overview.held"),
      align: "end",
      phone: true,
      cell: (row) => percent(row.weight_held),
      sort: number("weight_held"),
    },
    {
      key: "target",
      label: t("overview.target"),
      align: "end",
      phone: true,
      cell: (row) => percent(row.weight_target),
      sort: number("weight_target"),
    },
    {
      key: "band",
      label: t("overview.band"),
      align: "end",
      cell: (row) => (row.band === null ? t("format.none") : `\u00b1\u00a0${points(row.band, { sign: false })}`),
      sort: number("band"),
    },
    {
      key: "drift",
      label: t("overview.drift"),
      align: "end",
      phone: true,
      cell: (row) => (row.drift === null ? t("format.none") : driftMark(row)),
      sort: (row) => (row.drift === null ? null : Math.abs(Number(row.drift))),
    },
  ];
  const shown = overview.drift.length > 0 ? columns : columns.slice(0, 3);
  return card(
    t("overview.groups"),
    dataTable({ caption: t("overview.groups"), columns: shown, rows, state, rowKey: (row) => row.group }),
  );
}

/** Every account with its format and age. */
export function sourcesCard(overview) {
  const items = overview.sources.map((source) =>
    h(
      "li",
      {},
      icon("file", 18),
      h(
        "div",
        {},
        h("p", {}, data(source.account)),
        h(
          "p",
          { class: "small muted" },
          t("overview.source", { format: t(`source.${source.source}`), age: age(source.age_s) }),
        ),
      ),
    ),
  );
  return card(t("overview.sources"), h("ul", { class: "sources" }, items), {
    actions: buttonLink(t("overview.import_newer"), link("import"), { kind: "quiet", small: true, iconName: "import" }),
  });
}
