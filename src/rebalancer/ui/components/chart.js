// Charts: a canvas with a summary in words, and the same numbers as a table beside it.
// Colours come from the tokens each time a chart is drawn; options are built fresh each time (Chart.js writes into them).
import { h } from "../dom.js";
import { weightsShown } from "../format.js";
import { t } from "../i18n.js";
import { onPref } from "../prefs.js";
import { button } from "./button.js";
import { dataTable } from "./table.js";

let library = null;
const live = new Set();

async function chartLibrary() {
  library ??= import("chart.js").then((module) => {
    module.Chart.register(...module.registerables);
    return module.Chart;
  });
  return library;
}

/** The tokens as plain colours, read now. */
export function chartTheme() {
  const probe = h("span", { hidden: true });
  document.body.append(probe);
  const colour = (token) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const names = [
    "bg",
    "surface",
    "raised",
    "text",
    "muted",
    "border",
    "line",
    "accent",
    "warn",
    "danger",
    "gain",
    "loss",
  ];
  const theme = Object.fromEntries(names.map((name) => [name, colour(name)]));
  theme.series = [1, 2, 3, 4, 5, 6].map((n) => colour(`series-${n}`));
  probe.remove();
  theme.font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
  theme.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return theme;
}

/** The same colour with another opacity. */
export const faded = (colour, alpha) =>
  colour.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*$/, `rgba($1,$2,$3,${alpha})`);

class ChartCanvas extends HTMLElement {
  connectedCallback() {
    live.add(this);
    this.draw();
  }

  disconnectedCallback() {
    live.delete(this);
    this.chart?.destroy();
    this.chart = null;
  }

  async draw() {
    const Chart = await chartLibrary();
    if (!this.isConnected) return;
    this.chart?.destroy();
    const canvas = h("canvas", { role: "img", "aria-label": this.summary });
    this.replaceChildren(canvas);
    this.chart = new Chart(canvas, this.config(chartTheme()));
    this.dataset.drawn = "true";
  }
}
customElements.define("rb-chart", ChartCanvas);

const redrawAll = () => live.forEach((element) => element.draw());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", redrawAll);
onPref((name) => ["theme", "scheme"].includes(name) && redrawAll());

/** Options that every chart here shares; called anew for every chart. */
export function commonOptions(theme) {
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: theme.still ? false : { duration: 300 },
    color: theme.muted,
    font: theme.font,
    plugins: {
      legend: { display: false },
      tooltip: {
        backgroundColor: theme.text,
        titleColor: theme.bg,
        bodyColor: theme.bg,
        titleFont: { ...theme.font, weight: 600 },
        bodyFont: { ...theme.font },
        padding: 10,
        cornerRadius: 8,
        displayColors: false,
      },
    },
  };
}

/**
 * A chart with its heading, summary and table view.
 *
 * title: heading. summary: one sentence saying what the chart shows (accessible name of the canvas).
 * config(theme): a fresh Chart.js configuration. height: in rem. legend: nodes under the heading.
 * table: `{columns, rows}` as for `dataTable`. state: keeps whether the table is shown.
 */
export function chartFigure({ title, summary, config, table, height = 18, legend = null, state = {}, note = null }) {
  const view = h("div", { class: "chart-view" });
  const toggle = button("", {
    kind: "quiet",
    small: true,
    iconName: "table",
    run: () => ((state.table = !state.table), paint()),
  });
  const head = h(
    "header",
    { class: "card-head" },
    h("div", {}, h("h2", {}, title), note && h("p", { class: "small muted" }, note)),
    toggle,
  );
  function paint() {
    const asTable = Boolean(state.table) || !weightsShown();
    toggle.hidden = !weightsShown();
    toggle.lastChild.textContent = asTable ? t("chart.as_chart") : t("chart.as_table");
    if (asTable) view.replaceChildren(dataTable({ caption: title, ...table }));
    else view.replaceChildren(...[legend && legend(), canvas()].filter(Boolean));
  }
  function canvas() {
    const element = document.createElement("rb-chart");
    Object.assign(element, { config, summary });
    element.style.blockSize = `${height}rem`;
    return element;
  }
  paint();
  return h("figure", { class: "card chart" }, head, view);
}

/** A label of an axis in at most two lines, since Chart.js gives an axis no more than half of a narrow chart. */
export function axisLabel(name, width = 17) {
  if (name.length <= width) return name;
  const cut = name.lastIndexOf(" ", width);
  const first = cut > 0 ? name.slice(0, cut) : name.slice(0, width);
  const rest = name.slice(first.length).trim();
  return [first, rest.length > width ? `${rest.slice(0, width - 1)}\u2026` : rest];
}

/** One entry of a legend: a mark drawn by CSS (`bar`, `tick`, `band`) and its words. */
export const legendItem = (kind, words) =>
  h("span", { class: "legend-item" }, h("span", { class: `legend-mark ${kind}`, "aria-hidden": "true" }), words);
