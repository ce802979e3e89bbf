// Before and after against the targets: per group a bar for what is held, one for what the plan leads to, a tick for the target and
// a grey field for the band. A third bar shows the stage in between where the plan has one.
import { chartFigure, commonOptions, faded, legendItem } from "../components/chart.js";
import { h } from "../dom.js";
import { percent } from "../format.js";
import { groupName, t } from "../i18n.js";

/** Draws bands under and target ticks over the bars of each group. */
const targetMarks = (groups, theme) => ({
  id: "targetMarks",
  beforeDatasetsDraw: ({ ctx, scales }) => each(groups, scales, ({ target, band, y, half, x }) => {
    ctx.fillStyle = faded(theme.muted, 0.24);
    const left = x(Math.max(0, target - band));
    ctx.fillRect(left, y - half, Math.max(1, x(target + band) - left), 2 * half);
  }),
  afterDatasetsDraw: ({ ctx, scales }) => each(groups, scales, ({ target, y, half, x }) => {
    ctx.fillStyle = theme.text;
    ctx.fillRect(x(target) - 1, y - half, 2, 2 * half);
  }),
});

function each(groups, scales, draw) {
  groups.forEach((group, index) => {
    const half = scales.y.height / groups.length / 2 - 4;
    draw({ target: Number(group.weight_target), band: Number(group.band), y: scales.y.getPixelForValue(index), half, x: (weight) => scales.x.getPixelForValue(weight) });
  });
}

/** Whether the weights differ between the stages. */
const hasMiddle = (groups) => groups.some((group) => group.weight_now !== group.weight_after);

const stagesOf = (groups) => [
  ["weight_held", "plan.before"],
  ...(hasMiddle(groups) ? [["weight_now", "plan.in_between"]] : []),
  ["weight_after", "plan.after"],
];

function config(groups) {
  return (theme) => {
    const options = commonOptions(theme);
    options.indexAxis = "y";
    options.scales = {
      x: { min: 0, grid: { color: theme.line }, border: { display: false }, ticks: { color: theme.muted, font: theme.font, maxTicksLimit: 6, callback: (value) => percent(String(value), 0) } },
      y: { grid: { display: false }, border: { display: false }, ticks: { color: theme.text, font: { ...theme.font, size: 13 }, autoSkip: false, callback(_, index) { return fitted(groupName(groups[index].group), this.chart.width); } } },
    };
    options.plugins.tooltip.callbacks = { label: (item) => words(groups[item.dataIndex], stagesOf(groups)[item.datasetIndex]) };
    const colours = { weight_held: faded(theme.series[0], 0.5), weight_now: theme.series[2], weight_after: theme.series[0] };
    const datasets = stagesOf(groups).map(([name, label]) => ({
      label: t(label),
      data: groups.map((group) => Number(group[name])),
      backgroundColor: colours[name],
      borderRadius: 2,
      minBarLength: 2,
      categoryPercentage: 0.62,
      barPercentage: 0.9,
    }));
    return { type: "bar", data: { labels: groups.map((group) => groupName(group.group)), datasets }, options, plugins: [targetMarks(groups, theme)] };
  };
}

/** A name that leaves room for the bars on a phone. */
const fitted = (name, width) => (width < 420 && name.length > 16 ? `${name.slice(0, 15)}\u2026` : name);

const words = (group, [name, label]) => t("plan.bar_words", { stage: t(label), weight: percent(group[name]), target: percent(group.weight_target) });

const state = (group) => {
  if (group.on_hold) return t("drift.state.hold");
  const off = Number(group.weight_after) - Number(group.weight_target);
  if (Math.abs(off) <= Number(group.band)) return t("drift.state.inside");
  return t(off > 0 ? "drift.state.over" : "drift.state.under");
};

/** The chart with its table. */
export function outcomeChart(plan, chartState) {
  const groups = [...plan.groups].sort((a, b) => Number(b.weight_target) - Number(a.weight_target) || a.group.localeCompare(b.group));
  const inside = groups.filter((group) => Math.abs(Number(group.weight_after) - Number(group.weight_target)) <= Number(group.band) || group.on_hold).length;
  const weight = (name, label, phone = true) => ({ key: name, label: t(label), align: "end", phone, cell: (group) => percent(group[name]), sort: (group) => Number(group[name]) });
  const columns = [
    { key: "group", label: t("plan.group"), phone: true, cell: (group) => groupName(group.group), sort: (group) => groupName(group.group) },
    weight("weight_held", "plan.before"),
    ...(hasMiddle(groups) ? [weight("weight_now", "plan.in_between", false)] : []),
    weight("weight_after", "plan.after"),
    weight("weight_target", "plan.target"),
    { key: "band", label: t("plan.band"), align: "end", cell: (group) => `\u00b1\u00a0${percent(group.band)}` },
    { key: "state", label: t("plan.state_after"), cell: state },
  ];
  const legend = () =>
    h("div", { class: "legend" }, legendItem("bar before", t("plan.before")), hasMiddle(groups) && legendItem("bar between", t("plan.in_between")), legendItem("bar", t("plan.after")), legendItem("tick", t("plan.target")), legendItem("band", t("plan.band")));
  return chartFigure({
    title: t("plan.outcome"),
    summary: t("plan.outcome_summary", { n: inside, groups: groups.length }),
    config: config(groups),
    table: { columns, rows: groups },
    height: (hasMiddle(groups) ? 3.25 : 2.75) * groups.length + 2,
    legend,
    state: chartState,
  });
}
