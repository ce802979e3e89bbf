// Files to start from, in neutral words: what each says, never what anybody should want.
import { button } from "../components/button.js";
import { openDialog } from "../components/dialog.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { toast } from "../components/toast.js";
import { heldWeights } from "./draft.js";

/** The presets as cards, with the portfolio's own weights first. */
export function presetCards(context, editor, presets, overview, done = () => {}) {
  const held = overview.by_group.length > 0 && preset(t("targets.preset_held"), t("targets.preset_held_text"), () => useHeld(context, editor, overview, done));
  const ready = presets.map((item) => preset(item.title, item.description, () => use(context, editor, item, done)));
  return h("ul", { class: "columns presets" }, held, ready);
}

function preset(title, text, run) {
  return h("li", { class: "preset" }, h("h3", {}, title), h("p", { class: "small muted" }, text), button(t("targets.preset_use"), { small: true, "aria-label": t("targets.preset_use_one", { title }), run }));
}

async function use(context, editor, item, done) {
  done();
  await replaced(context, editor, () => editor.take(item.toml));
}

async function useHeld(context, editor, overview, done) {
  done();
  const weights = heldWeights(overview.by_group);
  await replaced(context, editor, () => {
    for (const [group, row] of Object.entries(editor.draft.groups)) Object.assign(row, { percent: weights.get(group) ?? "0", hold: false });
    editor.formChanged();
    context.rerender();
  });
}

/** Replace what is in the editor, with a way back. */
async function replaced(context, editor, act) {
  const before = editor.toml;
  await act();
  toast(t("targets.preset_used"), { action: { label: t("action.undo"), run: () => editor.take(before) } });
}

/** The same in a dialog, once there are targets. */
export function openPresets(context, editor, presets, overview) {
  const close = () => document.querySelector("dialog[open]")?.close();
  return openDialog({ title: t("targets.presets"), body: [h("p", { class: "muted" }, t("targets.presets_text")), presetCards(context, editor, presets, overview, close)], cancel: t("action.close"), wide: true });
}
