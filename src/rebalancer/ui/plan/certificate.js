// The certificate: every check of the independent checker, in plain words, and the way to run it again.
import { button } from "../components/button.js";
import { openDialog } from "../components/dialog.js";
import { problemBox } from "../components/states.js";
import { data, fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { sentence } from "../server_texts.js";

/** Open the list of checks. */
export function openCertificate(context, plan) {
  const list = h("div", { class: "stack" });
  const show = (certificate, again) => fill(list, verdictLine(certificate, again), h("ul", { class: "checks" }, certificate.checks.map(checkItem)));
  show(plan.certificate, false);
  const again = button(t("plan.check_again"), { small: true, id: "check-again", run: () => runAgain(context, plan, list, show) });
  return openDialog({ title: t("plan.certificate"), body: [h("p", { class: "muted" }, t("plan.certificate_text")), list, h("div", {}, again)], cancel: t("action.close"), wide: true });
}

async function runAgain(context, plan, list, show) {
  try {
    show(await context.api.post(context.path("plans", plan.plan_id, "checks"), undefined), true);
  } catch (error) {
    fill(list, problemBox(error));
  }
}

function verdictLine({ verdict, checks }, again) {
  const failed = checks.filter((check) => check.verdict !== "pass").length;
  const words = verdict === "pass" ? t(again ? "plan.certified_again" : "plan.certified", { n: checks.length }) : t("plan.not_certified", { n: failed });
  return h("p", { class: `verdict ${verdict}`, role: "status" }, icon(verdict === "pass" ? "check" : "warn"), h("strong", {}, words));
}

function checkItem({ check, verdict, numbers }) {
  const passed = verdict === "pass";
  const found = Object.entries(numbers).map(([name, value]) => `${name}: ${value}`).join(", ");
  return h(
    "li",
    { class: verdict },
    icon(passed ? "check" : "warn", 18),
    h("div", {}, h("p", {}, !passed && h("strong", {}, t("plan.check_failed"), " "), h("span", { class: "sr-only" }, passed ? `${t("plan.check_passed")} ` : ""), sentence(`check.${check}`)), found && h("p", { class: "small mono" }, data(found))),
  );
}
