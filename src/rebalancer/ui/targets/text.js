// The targets file itself. The form and this text are two views of one thing: a change of either shows in the other.
import { button } from "../components/button.js";
import { issuesTable, problemBox } from "../components/states.js";
import { toast } from "../components/toast.js";
import { fill, h } from "../dom.js";
import { t } from "../i18n.js";

/** The text with the server's opinion of it. */
export function textTab(editor) {
  const area = h("textarea", { id: "targets-toml", class: "control mono toml private-amount", rows: "24", spellcheck: "false", autocapitalize: "off", autocomplete: "off", value: editor.toml, "aria-describedby": "toml-hint" });
  area.addEventListener("input", () => editor.textChanged(area.value));
  const state = h("p", { class: "small", role: "status" });
  const issues = h("div", {});
  editor.watch(() => {
    if (area !== document.activeElement && area.value !== editor.toml) area.value = editor.toml;
    state.textContent = t(editor.checking ? "targets.text_checking" : editor.errors.length > 0 || editor.failure ? "targets.text_wrong" : "targets.text_good");
    fill(issues, editor.failure && problemBox(editor.failure), editor.errors.length > 0 && issuesTable(editor.errors));
  });
  const copy = button(t("targets.copy"), { small: true, run: () => copied(area.value) });
  return h("div", { class: "stack" }, h("label", { for: area.id, class: "label-strong" }, t("targets.text_label")), h("p", { class: "hint", id: "toml-hint" }, t("targets.text_hint")), area, h("div", { class: "row spread" }, state, copy), issues);
}

async function copied(text) {
  await navigator.clipboard.writeText(text);
  toast(t("targets.copied"));
}
