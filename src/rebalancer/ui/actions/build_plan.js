// Build a plan from the stored portfolio and go to it; used wherever a "Build plan" button stands.
import { button } from "../components/button.js";
import { openDialog } from "../components/dialog.js";
import { problemBox } from "../components/states.js";
import { newKey } from "../api.js";
import { t } from "../i18n.js";
import { link, navigate } from "../router.js";

/** Ask the server for a plan; a refusal is shown with its reasons and what to do about them. */
export async function buildPlan(context) {
  try {
    const plan = await context.api.post(context.path("plans"), {}, { key: newKey() });
    const here = context.page === "plan" && context.parts[0] === plan.plan_id;
    if (here) await context.refresh();
    else navigate(link("plan", {}, plan.plan_id));
  } catch (error) {
    if (!error.code) throw error;
    await openDialog({ title: t("plan.refused"), body: problemBox(error), cancel: t("action.close"), wide: true });
  }
}

/** The button for it. */
export const buildPlanButton = (context, props = {}) =>
  button(t("action.build_plan"), { kind: "primary", iconName: "plan", run: () => buildPlan(context), ...props });
