// Plan: what the person's rules ask for, why, what it costs, what it takes for granted, and a checklist to do it by.
import { takeRefusal } from "../actions/refused_plan.js";
import { rowKeys } from "../actions/row_keys.js";
import { newKey } from "../api.js";
import { button, buttonLink } from "../components/button.js";
import { emptyState } from "../components/states.js";
import { toastError } from "../components/toast.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { assumptionsCard, basisCard } from "../plan/basis.js";
import { ageLine, isExpired, notices, nothingToDo, summaryCard } from "../plan/head.js";
import { historyCard } from "../plan/history.js";
import { outcomeChart } from "../plan/outcome.js";
import { refusalCard } from "../plan/refusal.js";
import { stepsSection } from "../plan/steps.js";
import { openEnds, untouchedCard } from "../plan/untouched.js";
import { link, navigate } from "../router.js";
import { loadServerTexts } from "../server_texts.js";

export const page = {
  title: "nav.plan",
  catalogue: "plan",
  styles: ["pages/plan.css"],
  async load(context) {
    const options = { signal: context.signal };
    context.state.refused ??= takeRefusal();
    const [plans] = await Promise.all([context.api.get(context.path("plans"), options), loadServerTexts(context.api)]);
    const id = context.parts[0] ?? plans.items[0]?.plan_id;
    const plan = id ? await context.api.get(context.path("plans", id), options) : null;
    return { plans, plan };
  },
  render(context, { plans, plan }) {
    rowKeys(context);
    once(context, () => {
      context.shortcut("b", () => build(context), "keys.build");
      context.onLeave(() => clearInterval(context.state.clock));
    });
    const { refused } = context.state;
    return h("div", { class: "page" }, head(context, plan, refused), refused && refusalCard(refused), plan ? shown(context, plan, plans) : !refused && nothing(context));
  },
};

/** Run something the first time the page is drawn in this visit. */
function once(context, run) {
  if (context.state.begun) return;
  context.state.begun = true;
  run();
}

function head(context, plan, refused) {
  const words = plan ? ageLine(context, plan) : h("p", { class: "muted" }, t("plan.text"));
  const label = t(plan && !refused ? "plan.rebuild" : "action.build_plan");
  const act = button(label, { kind: plan && !isExpired(plan) ? "plain" : "primary", iconName: "plan", id: "build-plan", run: () => build(context) });
  return h("header", { class: "page-head" }, h("div", {}, h("h1", {}, t("plan.title")), words), (plan || refused) && act);
}

function nothing(context) {
  const act = button(t("action.build_plan"), { kind: "primary", iconName: "plan", id: "build-plan", run: () => build(context) });
  return emptyState({ title: t("plan.empty_title"), text: t("plan.empty_text"), iconName: "plan", actions: [act] });
}

function shown(context, plan, plans) {
  const { state } = context;
  const newestId = plans.items[0]?.plan_id;
  const newest = newestId && newestId !== plan.plan_id && buttonLink(t("plan.newer"), link("plan", {}, newestId), { small: true });
  return [
    notices(plan, newest),
    plan.nothing_to_do && nothingToDo(plan),
    summaryCard(context, plan),
    openEnds(plan),
    outcomeChart(plan, (state.outcome ??= {})),
    stepsSection(context, plan),
    untouchedCard(context, plan),
    h("div", { class: "columns plan-columns" }, assumptionsCard(plan), basisCard(context, plan)),
    historyCard(context, plans, plan.plan_id),
  ];
}

/** Ask for a plan; a refusal stays on the page until it is dealt with. */
async function build(context) {
  const { state } = context;
  if (state.building) return;
  state.building = true;
  state.refused = null;
  try {
    const plan = await context.api.post(context.path("plans"), {}, { key: newKey(), signal: context.signal });
    navigate(link("plan", {}, plan.plan_id));
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!error.code) throw error;
    if (error.code === "network") toastError(error);
    else state.refused = error;
    context.rerender();
    window.scrollTo(0, 0);
  } finally {
    state.building = false;
  }
}
