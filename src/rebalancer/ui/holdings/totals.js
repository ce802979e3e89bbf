// The two totals, and every step that leads from one to the other.
import { card } from "../components/card.js";
import { compared, difference, negated, sum } from "../decimal.js";
import { h } from "../dom.js";
import { money } from "../format.js";
import { t } from "../i18n.js";
import { link } from "../router.js";

/** What lies between the imported total and the planning base: `[key, amount, query]`, without the steps that are zero. */
export function stepsBetween({ total_value: total, planning_value: planning }, { unclassified, ignored }) {
  const rest = difference(planning, sum([total, negated(unclassified), negated(ignored)]));
  const steps = [
    ["unclassified", negated(unclassified), { status: "unclassified" }],
    ["ignored", negated(ignored), { status: "ignored" }],
    ["negative", rest, null],
  ];
  return steps.filter(([, amount]) => compared(amount, "0") !== 0);
}

/** The card with both totals. */
export function totalsCard(totals, statusValues) {
  const write = (value, sign = false) => money(value, totals.currency, { sign });
  const line = (name, words, value, query = null) => h("div", { class: `sum ${name}` }, h("dt", {}, query ? h("a", { href: link("holdings", query) }, words) : words), h("dd", { class: "num" }, value));
  const steps = stepsBetween(totals, statusValues).map(([key, amount, query]) => line("step", t(`holdings.step.${key}`), write(amount, true), query));
  const list = h("dl", { class: "sums" }, line("whole", t("holdings.total_value"), write(totals.total_value)), steps, line("whole", t("holdings.planning_value"), write(totals.planning_value)));
  const notes = h("p", { class: "small muted" }, t(steps.length > 0 ? "holdings.totals_text" : "holdings.totals_same"), totals.partial && ` ${t("holdings.partial")}`);
  return card(t("holdings.totals"), h("div", { class: "stack" }, list, notes));
}
