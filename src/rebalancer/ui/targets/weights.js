// Weights per group: a percent field and a slider for the same number, a lock for "normalise", and a switch to leave a group alone.
import { rowMark } from "../actions/row_keys.js";
import { button } from "../components/button.js";
import { checkbox, input } from "../components/field.js";
import { toast } from "../components/toast.js";
import { compared, difference, isDecimal } from "../decimal.js";
import { h } from "../dom.js";
import { percent } from "../format.js";
import { icon } from "../icons.js";
import { groupName, t } from "../i18n.js";
import { readNumber, shownNumber, withErrors } from "./cells.js";
import { CASH, GROUPS } from "../groups.js";
import { normalise, sumOf } from "./draft.js";

/** The list of groups. `held`: weight held per group, as fractions. */
export function weightsTab(context, editor, held) {
  const head = h("div", { class: "weight-head", "aria-hidden": "true" }, ["targets.group", "targets.held", "targets.target", "", ""].map((key) => h("span", {}, key && t(key))));
  const rows = GROUPS.map((group) => weightRow(editor, group, held.get(group) ?? null));
  return h("div", { class: "stack" }, h("p", { class: "muted" }, t("targets.weights_text")), h("div", {}, head, h("ul", { class: "weights" }, rows)), sumBar(context, editor));
}

function weightRow(editor, group, held) {
  const row = editor.draft.groups[group];
  const name = groupName(group);
  const id = `weight-${GROUPS.indexOf(group)}`;
  const set = (text, from) => {
    row.percent = text;
    if (from !== field) field.value = shownNumber(text);
    if (from !== slider) slider.value = isDecimal(text) ? text : "0";
    editor.formChanged();
  };
  const field = input(shownNumber(row.percent), (text) => set(readNumber(text), field), { id, inputmode: "decimal", class: "control small num private-weight", "aria-label": t("targets.target_of", { group: name }), disabled: row.hold });
  const slider = h("input", { type: "range", min: "0", max: "100", step: "0.5", value: isDecimal(row.percent) ? row.percent : "0", "aria-label": t("targets.slider_of", { group: name }), disabled: row.hold });
  slider.addEventListener("input", () => set(slider.value, slider));
  const holding = (on) => {
    row.hold = on;
    row.percent = on ? "" : "0";
    for (const control of [field, slider]) control.disabled = on;
    set(row.percent, null);
  };
  const hold = group === CASH ? h("span", { class: "hold-none" }) : checkbox(t("targets.hold"), row.hold, holding, { "aria-label": t("targets.hold_of", { group: name }), id: `${id}-hold` });
  const errors = withErrors(editor, `targets.${group}`, field);
  return h(
    "li",
    { class: "weight", ...rowMark },
    h("div", { class: "weight-name" }, h("strong", {}, name), notNamed(editor, row, held)),
    h("span", { class: "weight-held num" }, h("span", { class: "sr-only held-label" }, `${t("targets.held")} `), percent(held ?? "0")),
    h("div", { class: "weight-value" }, slider, h("div", { class: "with-unit" }, field, h("span", { "aria-hidden": "true" }, "%")), errors),
    lockButton(editor, group, name),
    hold,
  );
}

/** A group that is held but not named stops every plan: say so before the plan does. */
function notNamed(editor, row, held) {
  const note = h("span", { class: "small warn-text" }, t("targets.not_named"));
  editor.watch(() => (note.hidden = !(Number(held) > 0 && !row.hold && row.percent.trim() === "")));
  return note;
}

function lockButton(editor, group, name) {
  const lock = h("button", { type: "button", class: "icon-button small lock", "aria-label": t("targets.lock_of", { group: name }), title: t("targets.lock_title") }, icon("lock", 16));
  const paint = () => lock.setAttribute("aria-pressed", String(editor.locked.has(group)));
  lock.addEventListener("click", () => {
    if (!editor.locked.delete(group)) editor.locked.add(group);
    paint();
  });
  paint();
  return lock;
}

/** The live sum: how much is given, what is missing or too much, and the way to make it come out. */
export function sumBar(context, editor) {
  const words = h("p", { role: "status" });
  const bar = h("div", { class: "sum-fill" });
  const act = button(t("targets.normalise"), { small: true, run: () => apply(context, editor) });
  const box = h("div", { class: "sum-bar" }, h("div", { class: "row spread" }, words, act), h("div", { class: "sum-track", "aria-hidden": "true" }, bar), h("p", { class: "small muted" }, t("targets.normalise_text")));
  editor.watch(() => {
    const given = sumOf(editor.draft);
    const off = given === null ? null : compared(given, "100");
    box.dataset.state = off === 0 ? "exact" : "off";
    bar.style.inlineSize = `${Math.min(100, Number(given ?? 0))}%`;
    words.textContent = sumWords(given, off);
    act.disabled = off === 0 || off === null;
  });
  return box;
}

/** "Sum 98 %: 2 % missing." */
export function sumWords(given, off) {
  if (given === null) return t("targets.sum_unknown");
  const sum = shownNumber(given);
  if (off === 0) return t("targets.sum_exact");
  return t(off < 0 ? "targets.sum_missing" : "targets.sum_over", { sum, off: shownNumber(difference(off < 0 ? "100" : given, off < 0 ? given : "100")) });
}

function apply(context, editor) {
  const before = structuredClone(editor.draft.groups);
  if (!normalise(editor.draft, editor.locked)) return toast(t("targets.normalise_impossible"), { kind: "warn" });
  editor.formChanged();
  context.rerender();
  const undo = () => {
    editor.draft.groups = before;
    editor.formChanged();
    context.rerender();
  };
  return toast(t("targets.normalised"), { action: { label: t("action.undo"), run: undo } });
}
