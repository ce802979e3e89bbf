// Overview: what there is, how far from the targets, and what to do next.
import { buildPlanButton, buildPlan } from "../actions/build_plan.js";
import { allocationChart } from "../charts/allocation.js";
import { locationsChart } from "../charts/locations.js";
import { buttonLink } from "../components/button.js";
import { badge, driftMark } from "../components/card.js";
import { banner, emptyState, problemBox } from "../components/states.js";
import { h } from "../dom.js";
import { age, count, instant, list, money, percent, points } from "../format.js";
import { icon, shape } from "../icons.js";
import { groupName, t } from "../i18n.js";
import { link } from "../router.js";
import { groupsCard, sourcesCard } from "./overview_tables.js";

const CASH = "Stablecoins";
const NAMED = 4;
const OLD_S = 24 * 3600;
const SHARE_MAX = 0.005; // above this part of the value, unknown coins stop a plan

export const page = {
  title: "nav.overview",
  styles: ["pages/overview.css"],
  async load(context) {
    const options = { signal: context.signal };
    const overview = await context.api.get(context.path("overview"), options);
    return overview.drift_refused ? { ...overview, refusal: await refusalOf(context, options) } : overview;
  },
  render(context, overview) {
    if (overview.counts.rows === 0) return nothing();
    context.shortcut("b", () => buildPlan(context), "keys.build");
    const rows = groupRows(overview);
    const state = context.state;
    return h(
      "div",
      { class: "page" },
      head(context, overview),
      summary(overview),
      notices(overview),
      h(
        "div",
        { class: "overview-charts" },
        allocationChart(rows, (state.allocation ??= {})),
        locationsChart(overview.by_location, overview.currency, (state.locations ??= {})),
      ),
      groupsCard(rows, overview, (state.groups ??= {})),
      sourcesCard(overview),
    );
  },
};

/** Why drift cannot be measured, in the server's words. */
async function refusalOf(context, options) {
  try {
    await context.api.get(context.path("drift"), options);
  } catch (error) {
    if (error.status) return error;
    throw error;
  }
  return null; // Decided meanwhile.
}

function nothing() {
  const actions = [buttonLink(t("overview.start"), link("welcome"), { kind: "primary" })];
  const text = emptyState({
    title: t("overview.empty.title"),
    text: t("overview.empty.text"),
    actions,
    iconName: "import",
  });
  return h("div", { class: "page" }, h("h1", {}, t("nav.overview")), text);
}

const NO_TARGET = { weight_target: null, band: null, drift: null, outside: false, on_hold: false };
const shareOf = (share) => share && { value: share.value, weight_held: share.weight };

/** One row per group with its weight and, where there are targets, its drift; largest target or weight first. */
function groupRows(overview) {
  const drifts = new Map(overview.drift.map((drift) => [drift.group, drift]));
  const values = new Map(overview.by_group.map((group) => [group.group, group]));
  const names = [...new Set([...drifts.keys(), ...values.keys()])];
  const rows = names.map((group) => ({
    ...NO_TARGET,
    value: "0",
    weight_held: "0",
    ...shareOf(values.get(group)),
    ...drifts.get(group),
    group,
  }));
  return rows.sort(
    (a, b) =>
      Number(b.weight_target ?? b.weight_held) - Number(a.weight_target ?? a.weight_held) ||
      a.group.localeCompare(b.group),
  );
}

function head(context, overview) {
  const old = overview.sources.some((source) => source.age_s > OLD_S);
  const line = h("p", { class: old ? "overview-age old" : "overview-age" }, old && icon("warn", 16), ageText(overview));
  const act =
    overview.drift.length > 0
      ? buildPlanButton(context)
      : buttonLink(overview.refusal ? t("overview.change_targets") : t("overview.set_targets"), link("targets"), {
          kind: "primary",
          iconName: "targets",
        });
  return h("header", { class: "page-head" }, h("div", {}, h("h1", {}, t("nav.overview")), line), act);
}

/** The instant the numbers hold for; where the files state none, when the oldest of them was imported. */
function ageText(overview) {
  if (overview.as_of !== null)
    return t("overview.as_of", { instant: instant(overview.as_of), age: age(overview.age_s) });
  const oldest = overview.sources.reduce((a, b) => (a.age_s > b.age_s ? a : b));
  return t("overview.imported", { instant: instant(oldest.imported_at), age: age(oldest.age_s) });
}

function notices(overview) {
  const { unclassified } = overview.counts;
  const blocking = Math.abs(Number(overview.unclassified_share)) > SHARE_MAX;
  const decide = buttonLink(t("overview.decide"), link("unknown"), { small: true });
  return [
    overview.refusal && h("div", { role: "alert" }, problemBox(overview.refusal)),
    unclassified > 0 &&
      banner({
        kind: blocking ? "warn" : "info",
        title: t("overview.unknown.title", { n: unclassified }),
        text: t(blocking ? "overview.unknown.blocking" : "overview.unknown.text", {
          n: unclassified,
          share: percent(overview.unclassified_share, 2),
        }),
        actions: [decide],
      }),
  ];
}

/** What the total leaves out or contains that one would not expect. */
function oddities({ counts, currency, planning_value: planning, total_value: total }) {
  return [
    total !== planning && t("overview.planning_value", { value: money(planning, currency) }),
    counts.unpriced > 0 && t("overview.unpriced", { n: counts.unpriced }),
    counts.negative > 0 && t("overview.negative", { n: counts.negative }),
  ].filter(Boolean);
}

function summary(overview) {
  const value = h(
    "div",
    { class: "overview-value" },
    h("p", { class: "label" }, t("overview.total_value"), overview.partial && badge(t("overview.partial"), "warn")),
    h("p", { class: "overview-total" }, money(overview.total_value, overview.currency)),
    oddities(overview).map((words) => h("p", { class: "small muted" }, words)),
  );
  return h(
    "section",
    { class: "card overview-summary", "aria-label": t("overview.summary") },
    value,
    worst(overview),
    strip(overview),
  );
}

function worst({ worst_drift: drift, refusal }) {
  const none = refusal ? t("overview.not_measured") : t("overview.no_targets");
  if (!drift)
    return h(
      "div",
      { class: "overview-worst" },
      h("p", { class: "label" }, t("overview.worst")),
      h("p", { class: "muted" }, none),
    );
  const side = drift.outside ? "outside" : "inside";
  return h(
    "div",
    { class: "overview-worst" },
    h("p", { class: "label" }, t("overview.worst")),
    h("p", { class: "overview-big" }, driftMark(drift), h("span", { class: "overview-group" }, groupName(drift.group))),
    h("p", { class: "small muted" }, t(`overview.worst.${side}`, { band: points(drift.band, { sign: false }) })),
  );
}

function strip(overview) {
  if (overview.drift.length === 0) return null;
  const cash = overview.drift.find((drift) => drift.group === CASH);
  const onHold = overview.drift.filter((drift) => drift.on_hold).length;
  const inside = overview.drift.length - overview.outside_count - onHold;
  const item = (name, value, words) =>
    h(
      "li",
      { class: name },
      h(
        "span",
        { class: "strip-mark" },
        shape({ inside: "inside", outside: "over", cash: "files", hold: "hold" }[name]),
      ),
      h("strong", {}, value),
      h("span", {}, words),
    );
  return h(
    "ul",
    { class: "health", "aria-label": t("overview.health") },
    item("inside", count(inside), t("overview.on_target", { n: inside })),
    overview.outside_count > 0 &&
      item(
        "outside",
        count(overview.outside_count),
        `${t("overview.outside", { n: overview.outside_count })} ${outsideNames(overview)}`,
      ),
    onHold > 0 && item("hold", count(onHold), t("overview.on_hold", { n: onHold })),
    cash && item("cash", percent(cash.weight_held), t("overview.cash", { target: percent(cash.weight_target) })),
  );
}

/** The groups outside, farthest past the edge first; a long list is cut. */
function outsideNames({ drift }) {
  const past = (row) => Math.abs(Number(row.drift)) - Number(row.band);
  const names = drift
    .filter((row) => row.outside)
    .sort((a, b) => past(b) - past(a))
    .map((row) => groupName(row.group));
  const shown =
    names.length > NAMED
      ? [...names.slice(0, NAMED - 1), t("overview.others", { n: names.length - NAMED + 1 })]
      : names;
  return `(${list(shown)})`;
}
