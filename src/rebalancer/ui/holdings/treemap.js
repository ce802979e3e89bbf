// Where the value lies, as areas: groups, and in each the assets. Shares only, so nothing but percentages can be read off it.
import { Chart } from "chart.js";
import { TreemapController, TreemapElement } from "chartjs-chart-treemap";
import { chartFigure, commonOptions, faded } from "../components/chart.js";
import { data } from "../dom.js";
import { money, percent } from "../format.js";
import { groupName, t } from "../i18n.js";

Chart.register(TreemapController, TreemapElement);

const SHARE_MIN = 0.002; // smaller assets are drawn as one area per group

/** Positive values per asset of every group, largest first, as shares of their sum. */
function sharesOf(taxonomy) {
  const held = taxonomy.groups.flatMap(({ group, members }) =>
    members.filter((member) => Number(member.value) > 0).map((member) => ({ group, symbol: member.asset.symbol, value: member.value })),
  );
  const whole = held.reduce((sum, row) => sum + Number(row.value), 0);
  return held.map((row) => ({ ...row, share: Number(row.value) / whole })).sort((a, b) => b.share - a.share);
}

function areas(rows) {
  const large = rows.filter((row) => row.share >= SHARE_MIN);
  const small = new Map();
  for (const row of rows.filter((row) => row.share < SHARE_MIN)) small.set(row.group, (small.get(row.group) ?? 0) + row.share);
  const rest = [...small].map(([group, share]) => ({ group, symbol: t("holdings.smaller"), share }));
  return [...large, ...rest].map(({ group, symbol, share }) => ({ bucket: group, symbol, share }));
}

function config(rows) {
  const order = [...new Set(rows.map((row) => row.group))];
  return (theme) => {
    const options = commonOptions(theme);
    options.animation = false; // It is drawn again with every change of a filter.
    const colour = (group) => theme.series[order.indexOf(group) % theme.series.length];
    options.plugins.tooltip.callbacks = { title: (items) => title(items[0].raw), label: (item) => percent(String(item.raw.v)) };
    const dataset = {
      tree: areas(rows),
      key: "share",
      groups: ["bucket", "symbol"],
      spacing: 1,
      borderWidth: 1,
      borderRadius: 4,
      borderColor: theme.surface,
      backgroundColor: ({ type, raw }) => (type === "data" && raw ? faded(colour(groupOf(raw)), raw.l === 0 ? 0.14 : 0.3) : "transparent"),
      hoverBackgroundColor: ({ type, raw }) => (type === "data" && raw ? faded(colour(groupOf(raw)), 0.45) : "transparent"),
      captions: { display: true, align: "left", color: theme.text, hoverColor: theme.text, font: { ...theme.font, weight: 600 }, padding: 4, formatter: ({ raw }) => groupName(raw.g) },
      labels: { display: true, align: "left", position: "top", overflow: "hidden", color: theme.text, hoverColor: theme.text, font: theme.font, padding: 4, formatter: ({ raw }) => [raw.g, percent(String(raw.v))] },
    };
    return { type: "treemap", data: { datasets: [dataset] }, options };
  };
}

/** The group of an area: the chart keeps the rows it was made of, and takes the names `group` and `label` for itself. */
const groupOf = (raw) => raw._data.children[0].bucket;
const title = (raw) => (raw.l === 0 ? groupName(raw.g) : `${raw.g} \u00b7 ${groupName(groupOf(raw))}`);

/** The treemap with its table; null where nothing has value. */
export function valueTreemap(taxonomy, state) {
  const rows = sharesOf(taxonomy);
  if (rows.length === 0) return null;
  const columns = [
    { key: "symbol", label: t("holdings.asset"), phone: true, cell: (row) => data(row.symbol), sort: (row) => row.symbol },
    { key: "group", label: t("holdings.group"), phone: true, cell: (row) => groupName(row.group), sort: (row) => groupName(row.group) },
    { key: "value", label: t("holdings.value"), align: "end", phone: true, cell: (row) => money(row.value, taxonomy.currency), sort: (row) => Number(row.value) },
    { key: "share", label: t("holdings.share"), align: "end", phone: true, cell: (row) => percent(String(row.share)), sort: (row) => row.share },
  ];
  const [largest] = rows;
  return chartFigure({
    title: t("holdings.treemap"),
    summary: t("holdings.treemap_summary", { n: rows.length, largest: largest.symbol, share: percent(String(largest.share)) }),
    config: config(rows),
    table: { columns, rows, limit: 20 },
    height: 22,
    state,
  });
}
