// Form fields: a label, the control, a hint and an error, tied together for assistive technology.
import { h, uid } from "../dom.js";
import { icon } from "../icons.js";

/** A labelled control. `control`: an input, select or textarea; gets an id and aria-describedby. */
export function field(label, control, { hint = null, error = null, labelHidden = false } = {}) {
  control.id ||= uid("field");
  const notes = [
    hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint),
    error && h("p", { class: "field-error", id: `${control.id}-error` }, error),
  ];
  const described = notes.filter(Boolean).map((note) => note.id);
  if (described.length) control.setAttribute("aria-describedby", described.join(" "));
  if (error) control.setAttribute("aria-invalid", "true");
  return h(
    "div",
    { class: "field" },
    h("label", { for: control.id, class: labelHidden ? "sr-only" : "" }, label),
    control,
    notes,
  );
}

/** A select. `options`: `[value, text]` pairs, or `{label, options: [...]}` groups. */
export function select(options, value, onChange, props = {}) {
  const option = ([key, text]) => h("option", { value: key, ...(key === value ? { selected: true } : {}) }, text);
  const items = options.map((item) =>
    Array.isArray(item) ? option(item) : h("optgroup", { label: item.label }, item.options.map(option)),
  );
  const control = h("select", { class: "control", ...props }, items);
  control.addEventListener("change", () => onChange?.(control.value, control));
  return control;
}

/** A text input. */
export function input(value, onInput, props = {}) {
  const control = h("input", { class: "control", type: "text", value: value ?? "", autocomplete: "off", ...props });
  control.addEventListener("input", () => onInput?.(control.value, control));
  return control;
}

/** A search input with a lens; `data-search` is where the "/" key goes. */
export function searchInput(label, value, onInput) {
  const control = input(value, onInput, {
    type: "search",
    "aria-label": label,
    placeholder: label,
    "data-search": true,
  });
  return h("div", { class: "search" }, icon("search", 18), control);
}

/** One choice out of a few, as a row of radio buttons. `options`: `[value, text]` pairs. */
export function segmented(legend, options, value, onChange, { legendHidden = false, name = uid("choice") } = {}) {
  const choices = options.map(([key, text]) => {
    const radio = h("input", { type: "radio", name, value: key, id: `${name}-${key}`, checked: key === value });
    radio.addEventListener("change", () => onChange(key));
    return h("label", { for: `${name}-${key}` }, radio, h("span", {}, text));
  });
  return h(
    "fieldset",
    { class: "segmented" },
    h("legend", { class: legendHidden ? "sr-only" : "" }, legend),
    h("div", {}, choices),
  );
}

/** A checkbox with words. */
export function checkbox(label, checked, onChange, props = {}) {
  const box = h("input", { type: "checkbox", checked, ...props });
  box.addEventListener("change", () => onChange(box.checked, box));
  return h("label", { class: "check" }, box, h("span", {}, label));
}
