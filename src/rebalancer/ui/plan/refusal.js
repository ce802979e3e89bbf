// When no plan can be made: why, what would allow it, and the page where that is done.
import { buttonLink } from "../components/button.js";
import { issuesTable } from "../components/states.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { link } from "../router.js";

const RULES = ["plan.fix.rules", "targets", { tab: "rules" }];
const SOURCES = ["plan.fix.prices", "holdings", {}];

/** Where each refusal is dealt with: `[text key, page, query]`, the first being the plainest way. */
export const FIXES = {
  currency_mismatch: [SOURCES, RULES],
  group_not_in_targets: [["plan.fix.weights", "targets", {}]],
  holdings_missing: [["plan.fix.import", "import", {}]],
  negative_over_limit: [["plan.fix.holdings", "holdings", {}], RULES],
  targets_invalid: [["plan.fix.file", "targets", { tab: "text" }]],
  targets_missing: [["plan.fix.targets", "targets", {}]],
  total_not_positive: [["plan.fix.holdings", "holdings", {}]],
  unclassified_over_limit: [["plan.fix.unknown", "unknown", {}], RULES],
  unpriced_holdings: [["plan.fix.unpriced", "holdings", { status: "unpriced" }], SOURCES, RULES],
};

/** The refusal as a card. */
export function refusalCard(error) {
  const fixes = (FIXES[error.code] ?? []).map(([key, page, query], index) => buttonLink(t(key), link(page, query), { kind: index === 0 ? "primary" : "plain" }));
  return h(
    "section",
    { class: "card refusal", role: "alert" },
    h("div", { class: "refusal-head" }, icon("warn", 24), h("div", {}, h("h2", {}, error.title), h("p", {}, error.detail))),
    error.remedy && h("p", {}, error.remedy),
    error.errors.length > 0 && issuesTable(error.errors),
    fixes.length > 0 && h("div", { class: "row" }, fixes),
    h("p", { class: "small muted" }, [t("error.code", { code: error.code }), error.traceId && t("error.trace", { id: error.traceId })].filter(Boolean).join(" \u00b7 ")),
  );
}
