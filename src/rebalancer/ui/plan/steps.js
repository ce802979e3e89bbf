// The checklist: moves first, then what can be traded now, then what follows the moves. Each step can be ticked off and says why it is there.
import { rowMark } from "../actions/row_keys.js";
import { card } from "../components/card.js";
import { codeText } from "../components/states.js";
import { toastError } from "../components/toast.js";
import { data, h, uid } from "../dom.js";
import { instant, money, price, quantity } from "../format.js";
import { icon, shape } from "../icons.js";
import { groupName, t } from "../i18n.js";
import { sentence } from "../server_texts.js";
import { isExpired } from "./head.js";
import { numberWriter } from "./numbers.js";

/** Everything there is to do, in stages. */
export function stepsSection(context, plan) {
  const stages = [
    ["moves", plan.moves.map((move) => moveStep(plan, move))],
    ["now", plan.actions.filter((action) => action.stage === "now").map((action) => actionStep(plan, action))],
    ["after", plan.actions.filter((action) => action.stage === "after").map((action) => actionStep(plan, action))],
  ].filter(([, steps]) => steps.length > 0);
  if (stages.length === 0) return null;
  const begun = plan.steps.some((step) => step.done);
  const folded = isExpired(plan) && !begun;
  const progress = progressLine(plan);
  const lists = stages.map(([stage, steps]) => stageCard(context, plan, stage, steps, { folded, progress }));
  const body = h("div", { class: "stack" }, lists);
  const head = h("div", { class: "row spread" }, h("h2", { id: "steps-title" }, t("plan.steps")), !folded && progress.element);
  return h("section", { class: "stack", "aria-labelledby": "steps-title" }, head, folded ? h("details", { class: "folded" }, h("summary", {}, t("plan.show_expired")), body) : body);
}

function progressLine(plan) {
  const element = h("p", { class: "small muted", role: "status" });
  const paint = () => (element.textContent = t("plan.progress", { n: plan.steps.filter((step) => step.done).length, all: plan.steps.length }));
  paint();
  return { element, paint };
}

function stageCard(context, plan, stage, steps, options) {
  const items = steps.map((step) => stepItem(context, plan, step, options));
  const value = steps.length > 1 && t("plan.stage_count", { n: steps.length });
  return card(t(`plan.stage.${stage}`), h("ol", { class: "steps" }, items), { level: 3, note: t(`plan.stage.${stage}_text`), actions: value && h("span", { class: "small muted" }, value) });
}

// --- what a step says ---------------------------------------------------------------------------------------------------

function actionStep(plan, action) {
  const place = action.location === null ? h("span", { class: "muted" }, t("plan.anywhere")) : data(action.location);
  return {
    id: `action-${action.n}`,
    kind: action.action,
    verb: t(`plan.${action.action}`),
    symbol: action.symbol,
    quantity: action.est_quantity,
    value: action.value,
    place,
    placeText: action.location ?? t("plan.anywhere"),
    reason: sentence(`reason.${action.reason}`, { group: action.group, ...action.numbers }, numberWriter(plan.currency)),
    hint: sentence(`hint.${action.exec_hint}`),
    facts: actionFacts(plan, action),
  };
}

function actionFacts(plan, action) {
  const source = action.price_source && codeText("plan.source", action.price_source);
  return [
    [t("plan.group"), groupName(action.group)],
    [t("plan.price_used"), [price(action.price_used, plan.currency), source && h("span", { class: "muted" }, ` (${source})`)]],
    [t("plan.fee"), money(action.fee, plan.currency)],
    action.currency !== "USD" && action.usd !== null && [t("plan.in_dollars"), money(action.usd, "USD")],
    action.market !== null && [t("plan.market"), data(action.market)],
    action.alias !== null && [t("plan.stands_for"), data(action.alias)],
    [t("plan.executor"), t(`executor.${action.executor}`)],
  ].filter(Boolean);
}

function moveStep(plan, move) {
  const name = (location) => (location === null ? t("plan.outside") : location);
  const target = move.to === null && move.from !== null ? t("plan.any_exchange") : name(move.to);
  const same = move.from === move.to;
  return {
    id: `move-${move.n}`,
    kind: "move",
    verb: t(`plan.move.${move.why}`),
    symbol: move.symbol,
    quantity: move.quantity,
    value: move.value,
    place: same ? data(name(move.from)) : h("span", { class: "route" }, data(name(move.from)), icon("arrow", 14), h("span", { class: "sr-only" }, t("plan.to_place")), data(target)),
    placeText: same ? name(move.from) : `${name(move.from)} \u2192 ${target}`,
    reason: sentence(`why.${move.why}`),
    hint: null,
    facts: [[t("plan.fee"), move.fee === null ? sentence(`reason.${move.fee_reason}`) : money(move.fee, plan.currency)]],
  };
}

// --- a step as a row ----------------------------------------------------------------------------------------------------

function stepItem(context, plan, step, { folded, progress }) {
  const { open } = (context.state.steps ??= { open: new Set() });
  const details = h("div", { class: "step-why", id: uid("why"), hidden: !open.has(step.id) }, h("p", {}, step.reason), step.hint && h("p", { class: "muted" }, step.hint), facts(step.facts));
  const why = h("button", { type: "button", class: "button quiet small why", "aria-expanded": String(open.has(step.id)), "aria-controls": details.id }, h("span", {}, t("plan.why")), h("span", { class: "sr-only" }, ` ${step.verb} ${step.symbol}`), icon("chevron", 14));
  why.addEventListener("click", () => {
    details.hidden = !details.hidden;
    why.setAttribute("aria-expanded", String(!details.hidden));
    if (details.hidden) open.delete(step.id);
    else open.add(step.id);
  });
  const item = h("li", { class: `step ${step.kind}`, ...rowMark });
  const tick = folded ? h("span", { class: "step-tick" }) : tickBox(context, plan, step, item, progress);
  const verb = h("span", { class: "verb" }, shape({ buy: "over", sell: "under", move: "files" }[step.kind], 9), step.verb);
  const what = h("span", { class: "step-what" }, verb, h("span", { class: "step-asset" }, h("strong", {}, data(step.symbol)), h("span", { class: "muted small step-quantity" }, quantity(step.quantity))));
  item.append(tick, what, h("span", { class: "step-place" }, step.place), h("span", { class: "step-value num" }, money(step.value, plan.currency)), why, details);
  return item;
}

const facts = (pairs) => h("dl", { class: "facts" }, pairs.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));

function tickBox(context, plan, step, item, progress) {
  const known = plan.steps.find((entry) => entry.id === step.id);
  const box = h("input", { type: "checkbox", id: `tick-${step.id}`, checked: known.done, "aria-label": t("plan.tick", { verb: step.verb, asset: step.symbol, place: step.placeText }) });
  const paint = () => {
    item.classList.toggle("done", known.done);
    box.checked = known.done;
    box.title = known.done && known.done_at ? t("plan.done_at", { instant: instant(known.done_at, "short") }) : "";
    progress.paint();
  };
  box.addEventListener("change", async () => {
    box.disabled = true;
    try {
      Object.assign(known, await context.api.put(context.path("plans", plan.plan_id, "steps", step.id), { done: box.checked }));
    } catch (error) {
      if (!error.code) throw error;
      toastError(error);
    }
    box.disabled = false;
    paint();
    box.focus();
  });
  item.classList.toggle("done", known.done);
  return h("span", { class: "step-tick" }, box);
}

