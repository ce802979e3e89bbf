// Where the value lies: the largest places as bars, the rest together.
import { axisLabel, chartFigure, commonOptions } from "../components/chart.js";
import { data } from "../dom.js";
import { money, percent } from "../format.js";
import { t } from "../i18n.js";

const SHOWN = 10;

function shares(places) {
  const sum = places.reduce((total, place) => total + Math.max(0, Number(place.value ?? 0)), 0);
  return places.map((place) => ({ ...place, share: sum > 0 ? Math.max(0, Number(place.value ?? 0)) / sum : 0 }));
}

function bars(rows) {
  const rest = rows.slice(SHOWN);
  const shown = rows
    .slice(0, SHOWN)
    .map((row) => ({ name: row.location ?? t("overview.no_location"), share: row.share }));
  if (rest.length > 0)
    shown.push({
      name: t("overview.other_places", { n: rest.length }),
      share: rest.reduce((sum, row) => sum + row.share, 0),
      rest: true,
    });
  return shown;
}

function config(rows) {
  return (theme) => {
    const shown = bars(rows);
    const options = commonOptions(theme);
    options.indexAxis = "y";
    options.layout = { padding: { left: 4, right: 48 } };
    options.scales = {
      x: { min: 0, display: false },
      y: {
        grid: { display: false },
        border: { display: false },
        ticks: { color: theme.text, font: { ...theme.font, size: 12 }, autoSkip: false },
      },
    };
    options.plugins.tooltip.callbacks = { label: (item) => percent(String(shown[item.dataIndex].share)) };
    const colours = shown.map((row) => (row.rest ? theme.border : theme.series[2]));
    return {
      type: "bar",
      data: {
        labels: shown.map((row) => axisLabel(row.name, 16)),
        datasets: [
          {
            data: shown.map((row) => row.share),
            backgroundColor: colours,
            barThickness: 10,
            borderRadius: 3,
            minBarLength: 2,
          },
        ],
      },
      options,
      plugins: [valueLabels(shown, theme)],
    };
  };
}

/** Writes each share at the end of its bar, so that no axis is needed. */
const valueLabels = (shown, theme) => ({
  id: "valueLabels",
  afterDatasetsDraw: ({ ctx, scales }) => {
    ctx.fillStyle = theme.muted;
    ctx.font = `12px ${theme.font.family}`;
    ctx.textBaseline = "middle";
    shown.forEach((row, index) =>
      ctx.fillText(
        percent(String(row.share)),
        scales.x.getPixelForValue(row.share) + 8,
        scales.y.getPixelForValue(index),
      ),
    );
  },
});

/** places: `{location, value}`, largest first. Shares are of the positive values, so a negative place has none. */
export function locationsChart(places, currency, state) {
  const rows = shares(places);
  const columns = [
    {
      key: "location",
      label: t("overview.location"),
      phone: true,
      cell: (row) => (row.location === null ? t("overview.no_location") : data(row.location)),
    },
    {
      key: "value",
      label: t("overview.value"),
      align: "end",
      phone: true,
      cell: (row) => money(row.value, currency),
      sort: (row) => Number(row.value ?? 0),
    },
    { key: "share", label: t("overview.share"), align: "end", phone: true, cell: (row) => percent(String(row.share)) },
  ];
  const largest = rows[0];
  return chartFigure({
    title: t("overview.by_location"),
    summary: t("overview.by_location_summary", {
      n: rows.length,
      largest: largest?.location ?? t("overview.no_location"),
      share: percent(String(largest?.share ?? 0)),
    }),
    config: config(rows),
    table: { columns, rows, limit: 12 },
    height: 2.25 * Math.min(rows.length, SHOWN + 1) + 2,
    state,
  });
}
