// Saving: the bar that appears with the first change, and the dialog that shows what would change.
import { button } from "../components/button.js";
import { openDialog } from "../components/dialog.js";
import { field, input } from "../components/field.js";
import { toast } from "../components/toast.js";
import { compared } from "../decimal.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { differencesOf, differencesTable } from "./differences.js";
import { sumOf } from "./draft.js";
import { sumWords } from "./weights.js";

/** The bar at the foot of the window. */
export function saveBar(context, editor) {
  const words = h("p", { role: "status" });
  const discard = button(t("targets.discard"), { kind: "quiet", run: () => (editor.reset(editor.saved), context.rerender()) });
  const save = button(t("targets.save_as", { n: editor.version + 1 }), { kind: "primary", id: "targets-save", run: () => void openSave(context, editor) });
  const bar = h("div", { class: "save-bar" }, words, h("div", { class: "row end" }, discard, save));
  editor.watch(() => {
    bar.hidden = !editor.dirty;
    save.disabled = !editor.savable;
    words.textContent = stateWords(editor);
    words.className = editor.errors.length > 0 || editor.failure ? "warn-text" : "muted";
  });
  return bar;
}

function stateWords(editor) {
  if (editor.checking) return t("targets.checking");
  if (editor.failure) return editor.failure.title;
  const given = sumOf(editor.draft);
  const off = given === null ? null : compared(given, "100");
  if (editor.errors.length > 0 && editor.errors.every((issue) => issue.code === "targets_sum")) return sumWords(given, off);
  if (editor.errors.length > 0) return t("targets.errors", { n: editor.errors.length });
  return t("targets.unsaved");
}

async function openSave(context, editor) {
  const { document } = await context.api.post(context.path("targets", "check"), { toml: editor.toml }, { signal: context.signal });
  const rows = differencesOf(editor.saved?.document ?? null, document, (asset) => editor.nameOf(asset).symbol);
  const note = input("", null, { maxlength: "500", id: "targets-note", autofocus: true });
  const saved = await openDialog({
    title: t("targets.save_as", { n: editor.version + 1 }),
    body: [field(t("targets.note"), note, { hint: t("targets.note_hint") }), differencesTable(rows)],
    confirm: { label: t("action.save"), run: (key) => context.api.post(context.path("targets"), { toml: editor.toml, note: note.value.trim(), based_on: editor.version }, { key }) },
    wide: true,
  });
  if (!saved) return;
  editor.reset(saved);
  toast(t("targets.saved", { n: saved.version }));
  await context.refresh();
}
