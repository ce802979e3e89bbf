// The top of a plan: its age and what is left of its half hour, what it would do and cost, and the certificate.
import { button } from "../components/button.js";
import { stat, stats } from "../components/card.js";
import { banner } from "../components/states.js";
import { h } from "../dom.js";
import { age, count, instant, money, points, rate } from "../format.js";
import { icon } from "../icons.js";
import { groupName, t } from "../i18n.js";
import { openCertificate } from "./certificate.js";

const secondsTo = (at) => (Date.parse(at) - Date.now()) / 1000;

/** Whether the plan's time is over, by the server's word or by the clock since. */
export const isExpired = (plan) => plan.expired || secondsTo(plan.expires_at) <= 0;

/** The line under the heading: when it was made, and a countdown that ends in "expired". */
export function ageLine(context, plan) {
  const line = h("p", { class: "plan-age" });
  const left = h("strong", { role: "timer", "aria-live": "off" });
  const paint = () => {
    if (isExpired(plan)) {
      clearInterval(context.state.clock);
      context.rerender();
      return;
    }
    left.textContent = t("plan.expires_in", { left: clock(secondsTo(plan.expires_at)) });
  };
  clearInterval(context.state.clock);
  const made = t("plan.made", { instant: instant(plan.as_of), age: age(-secondsTo(plan.as_of)) });
  if (isExpired(plan)) return h("p", { class: "plan-age" }, made);
  line.append(h("span", {}, made), h("span", { class: "countdown" }, icon("info", 16), left));
  paint();
  context.state.clock = setInterval(paint, 1000);
  return line;
}

/** 1601 seconds as "26:41". */
function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** How far all groups together are from their targets: the part of the whole that is in the wrong group. */
export function offTarget(groups, name) {
  const counted = groups.filter((group) => !group.on_hold);
  return counted.reduce((sum, group) => sum + Math.abs(Number(group[name]) - Number(group.weight_target)), 0) / 2;
}

/** The card of figures, with the certificate's badge. */
export function summaryCard(context, plan) {
  const { cost, currency } = plan;
  const before = points(String(offTarget(plan.groups, "weight_held")), { sign: false });
  const after = points(String(offTarget(plan.groups, "weight_after")), { sign: false });
  const moved = h("span", { class: "from-to" }, h("span", {}, before), icon("arrow", 16), h("span", { class: "sr-only" }, t("plan.then")), h("span", {}, after));
  const figures = stats(
    stat(t("plan.value"), money(plan.total_value, currency), { note: plan.planning_value !== plan.total_value && t("plan.planning_value", { value: money(plan.planning_value, currency) }) }),
    stat(t("plan.orders"), count(cost.orders), { note: plan.moves.length > 0 && t("plan.moves_count", { n: plan.moves.length }) }),
    stat(t("plan.traded"), money(cost.traded, currency)),
    stat(t("plan.cost"), money(cost.total, currency), { note: Number(cost.traded) > 0 && t("plan.cost_share", { share: rate(cost.share_of_traded) }) }),
    stat(t("plan.off_target"), moved, { note: t("plan.off_target_note") }),
  );
  return h("section", { class: "card plan-summary", "aria-label": t("plan.summary") }, figures, certificateBadge(context, plan));
}

function certificateBadge(context, plan) {
  const { verdict, checks } = plan.certificate;
  const passed = verdict === "pass";
  const words = passed ? t("plan.certified", { n: checks.length }) : t("plan.not_certified", { n: checks.filter((check) => check.verdict !== "pass").length });
  return button(words, { iconName: passed ? "check" : "warn", kind: passed ? "plain" : "danger", id: "certificate", "aria-haspopup": "dialog", run: () => void openCertificate(context, plan) });
}

/** "Nothing to do", with the numbers that say why. */
export function nothingToDo(plan) {
  const { worst_group: group, worst_drift: drift, band } = plan.nothing_to_do;
  const text = t("plan.nothing_text", { group: groupName(group), drift: points(drift), band: points(band, { sign: false }) });
  return h("section", { class: "card nothing" }, h("div", { class: "empty-icon" }, icon("check", 28)), h("div", {}, h("h2", {}, t("plan.nothing_title")), h("p", {}, text)));
}

/** What must be known before anything is done with the plan. */
export function notices(plan, newest) {
  return [
    isExpired(plan) && banner({ kind: "warn", title: t("plan.expired_title"), text: t("plan.expired_text") }),
    newest && banner({ text: t("plan.newer_text"), actions: [newest] }),
    !plan.approvable && banner({ kind: "warn", text: t("plan.not_approvable") }),
  ];
}
