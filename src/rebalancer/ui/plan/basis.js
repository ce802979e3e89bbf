// What the plan rests on: what it takes for granted, which inputs it was made from, and the plan as a file.
import { button } from "../components/button.js";
import { card } from "../components/card.js";
import { codeText } from "../components/states.js";
import { toastError } from "../components/toast.js";
import { data, h } from "../dom.js";
import { amountsShown, instant } from "../format.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { sentence } from "../server_texts.js";
import { numberWriter } from "./numbers.js";

/** Every assumption as a sentence. */
export function assumptionsCard(plan) {
  if (plan.assumptions.length === 0) return null;
  const write = numberWriter(plan.currency);
  const items = plan.assumptions.map(({ code, numbers }) => h("li", {}, icon("info", 18), h("p", {}, sentence(`assumption.${code}`, numbers, write))));
  return card(t("plan.assumptions"), h("ul", { class: "assumptions" }, items), { note: t("plan.assumptions_text") });
}

/** Hashes and exports. Files hold amounts, so the privacy eye switches them off too. */
export function basisCard(context, plan) {
  const inputs = Object.entries(plan.inputs).map(([name, hash]) => hashRow(codeText("plan.input", name), hash));
  const list = h("dl", { class: "hashes" }, hashRow(t("plan.id"), plan.plan_id), inputs);
  const shown = amountsShown();
  const save = (format) => button(t(`plan.export_${format}`), { iconName: "download", disabled: !shown, run: () => download(context, plan, format) });
  const exports = h("div", { class: "row" }, save("csv"), save("json"));
  return card(t("plan.basis"), h("div", { class: "stack" }, h("p", { class: "muted" }, t("plan.basis_text", { instant: instant(plan.as_of) })), list, exports, !shown && h("p", { class: "small muted" }, t("plan.export_hidden"))));
}

function hashRow(name, hash) {
  const shown = hash === null ? h("span", { class: "muted" }, t("plan.no_input")) : data(hash.slice(0, 16), { class: "mono", title: hash });
  return h("div", {}, h("dt", {}, name), h("dd", {}, shown));
}

async function download(context, plan, format) {
  try {
    await context.api.download(context.path("plans", plan.plan_id, "export"), `plan-${plan.plan_id.slice(0, 12)}.${format}`, { params: { format } });
  } catch (error) {
    if (!error.code) throw error;
    toastError(error);
  }
}
