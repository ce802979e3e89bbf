// Build a plan from the stored portfolio and go to it; used wherever a "Build plan" button stands.
import { button } from "../components/button.js";
import { toastError } from "../components/toast.js";
import { newKey } from "../api.js";
import { t } from "../i18n.js";
import { link, navigate } from "../router.js";
import { offerRefusal } from "./refused_plan.js";

/** Ask the server for a plan and show it; a refusal is shown on the plan page, with the pages that help. */
export async function buildPlan(context) {
  try {
    const plan = await context.api.post(context.path("plans"), {}, { key: newKey() });
    navigate(link("plan", {}, plan.plan_id));
  } catch (error) {
    if (!error.code) throw error;
    if (error.code === "network") return toastError(error);
    offerRefusal(error);
    navigate(link("plan"));
  }
  return undefined;
}

/** The button for it. */
export const buildPlanButton = (context, props = {}) =>
  button(t("action.build_plan"), { kind: "primary", iconName: "plan", run: () => buildPlan(context), ...props });
