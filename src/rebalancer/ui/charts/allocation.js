// Allocation against targets: one bar per group for what is held, a tick for the target, a grey field for the band.
import { axisLabel, chartFigure, commonOptions, faded, legendItem } from "../components/chart.js";
import { h } from "../dom.js";
import { percent, points } from "../format.js";
import { groupName, t } from "../i18n.js";

const number = (text) => Number(text ?? 0);

/** Draws bands and target ticks over and under the bars. */
const targetMarks = (rows, theme) => ({
  id: "targetMarks",
  beforeDatasetsDraw: ({ ctx, scales }) =>
    each(rows, scales, ({ row, y, half, x }) => {
      if (row.weight_target === null) return;
      ctx.fillStyle = faded(theme.muted, 0.28);
      const left = x(Math.max(0, number(row.weight_target) - number(row.band)));
      ctx.fillRect(left, y - half, x(number(row.weight_target) + number(row.band)) - left, 2 * half);
    }),
  afterDatasetsDraw: ({ ctx, scales }) =>
    each(rows, scales, ({ row, y, half, x }) => {
      if (row.weight_target === null) return;
      ctx.fillStyle = theme.text;
      ctx.fillRect(x(number(row.weight_target)) - 1.5, y - half, 3, 2 * half);
    }),
});

function each(rows, scales, draw) {
  rows.forEach((row, index) => {
    const y = scales.y.getPixelForValue(index);
    const half = Math.min(12, scales.y.height / rows.length / 2 - 3);
    draw({ row, y, half, x: (weight) => scales.x.getPixelForValue(weight) });
  });
}

function config(rows) {
  return (theme) => {
    const options = commonOptions(theme);
    options.indexAxis = "y";
    options.scales = {
      x: {
        min: 0,
        suggestedMax: Math.max(...rows.map((row) => number(row.weight_target) + number(row.band))),
        grid: { color: theme.line },
        border: { display: false },
        ticks: {
          color: theme.muted,
          font: theme.font,
          maxTicksLimit: 6,
          callback: (value) => percent(String(value), 0),
        },
      },
      y: {
        grid: { display: false },
        border: { display: false },
        ticks: { color: theme.text, font: { ...theme.font, size: 12 }, autoSkip: false },
      },
    };
    options.plugins.tooltip.callbacks = { label: (item) => words(rows[item.dataIndex]) };
    return {
      type: "bar",
      data: {
        labels: rows.map((row) => axisLabel(groupName(row.group))),
        datasets: [
          {
            data: rows.map((row) => number(row.weight_held)),
            backgroundColor: theme.series[0],
            barThickness: 10,
            borderRadius: 3,
            minBarLength: 2,
          },
        ],
      },
      options,
      plugins: [targetMarks(rows, theme)],
    };
  };
}

function words(row) {
  if (row.weight_target === null) return t("overview.held_of", { held: percent(row.weight_held) });
  return t("overview.held_against", {
    held: percent(row.weight_held),
    target: percent(row.weight_target),
    drift: points(row.drift),
  });
}

/** rows: `{group, weight_held, weight_target, band, drift}`; `weight_target` null where there are no targets. */
export function allocationChart(rows, state) {
  const outside = rows.filter((row) => row.outside).length;
  const targeted = rows.some((row) => row.weight_target !== null);
  const columns = [
    { key: "group", label: t("overview.group"), phone: true, cell: (row) => groupName(row.group) },
    { key: "held", label: t("overview.held"), align: "end", phone: true, cell: (row) => percent(row.weight_held) },
    {
      key: "target",
      label: t("overview.target"),
      align: "end",
      phone: true,
      cell: (row) => percent(row.weight_target),
    },
    { key: "drift", label: t("overview.drift"), align: "end", phone: true, cell: (row) => points(row.drift) },
  ];
  return chartFigure({
    title: t(targeted ? "overview.allocation" : "overview.allocation_only"),
    summary: t(targeted ? "overview.allocation_summary" : "overview.allocation_only_summary", {
      n: outside,
      groups: rows.length,
      largest: groupName(rows[0]?.group ?? ""),
    }),
    config: config(rows),
    table: { columns: targeted ? columns : columns.slice(0, 2), rows },
    height: 2.25 * rows.length + 2,
    legend: () =>
      h(
        "div",
        { class: "legend" },
        legendItem("bar", t("overview.held")),
        targeted && [legendItem("tick", t("overview.target")), legendItem("band", t("overview.band"))],
      ),
    state,
  });
}
