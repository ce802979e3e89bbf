// Elements without innerHTML: every text is a text node, so nothing a file or a venue says can become markup.

/**
 * Build an element.
 *
 * Props: `class`, `dataset: {}`, `style: {name: value}` (set through the CSSOM, custom properties too), `on: {event: handler}`,
 * `false`/`null`/`undefined` leave an attribute out, `true` sets it empty; everything else is an attribute.
 * Children: nodes, strings, numbers, arrays of these; `null`, `undefined` and `false` are skipped.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(element, name, value);
  append(element, children);
  return element;
}

function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") {
    for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
  } else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
  else if (name === "value" || name === "checked" || name === "indeterminate") element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Append children as `h` does. */
export function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Replace everything inside an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

/** Text that comes from a file, a venue or the registry (symbols, names, places): never translated, direction isolated. */
export const data = (text, props = {}) => h("bdi", { translate: "no", ...props }, text ?? "");

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element; attributes only. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

let serial = 0;
/** An id that is unique on this page, for label/for and aria-describedby. */
export const uid = (stem = "id") => `${stem}-${(serial += 1)}`;
