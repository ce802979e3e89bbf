// Controls that know their place in the targets file: the server's words about that place stand under them.
import { checkbox, input, select } from "../components/field.js";
import { h, uid } from "../dom.js";
import { locale } from "../prefs.js";

const separator = () => new Intl.NumberFormat(locale()).formatToParts(1.5).find((part) => part.type === "decimal").value;

/** A decimal text as the reader writes it, and back. */
export const shownNumber = (text) => text.replace(".", separator());
export const readNumber = (text) => text.trim().replace(",", ".").replace(/[\s\u00a0\u202f%]/g, "");

/** Show the mistakes at `column` under a control. */
export function withErrors(editor, column, control) {
  const note = h("p", { class: "field-error", id: uid("error"), hidden: true });
  const before = control.getAttribute("aria-describedby");
  editor.watch(() => {
    const found = editor.errorsAt(column);
    note.hidden = found.length === 0;
    note.textContent = found.map((issue) => issue.reason).join(" ");
    if (found.length > 0) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    const described = [before, found.length > 0 && note.id].filter(Boolean).join(" ");
    if (described) control.setAttribute("aria-describedby", described);
    else control.removeAttribute("aria-describedby");
  });
  return note;
}

/** A labelled control of the rules with its hint and its errors. */
export function cell(editor, column, label, control, { hint = null, unit = null } = {}) {
  control.id ||= `cell-${column.replace(/[^\w-]/g, "-")}`;
  const note = hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  const box = unit ? h("div", { class: "with-unit" }, control, h("span", { "aria-hidden": "true" }, unit)) : control;
  const errors = withErrors(editor, column, control);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), box, note, errors);
}

/** A number field for `holder[name]`. */
export function numberInput(editor, holder, name, props = {}) {
  return input(shownNumber(holder[name]), (text) => ((holder[name] = readNumber(text)), editor.formChanged()), { inputmode: "decimal", class: "control num", ...props });
}

/** A choice for `holder[name]`. */
export function choiceInput(editor, holder, name, options) {
  return select(options, holder[name], (value) => ((holder[name] = value), editor.formChanged()));
}

/** A switch for `holder[name]`. */
export function switchInput(editor, holder, name, label, hint) {
  const box = checkbox(label, holder[name], (checked) => ((holder[name] = checked), editor.formChanged()));
  const note = h("p", { class: "hint", id: uid("hint") }, hint);
  box.querySelector("input").setAttribute("aria-describedby", note.id);
  return h("div", { class: "switch" }, box, note);
}

export const PERCENT = "%";
