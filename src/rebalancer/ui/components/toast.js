// Short messages at the edge of the page, read politely by screen readers.
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { iconButton } from "./button.js";

let region = null;

/** The live region; the shell puts it on the page once. */
export function toastRegion() {
  region ??= h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  return region;
}

/** Say something for a while (10 s, longer while focused or hovered). `kind`: done, warn, error. `action`: `{label, run}`, for undo. */
export function toast(text, { kind = "done", action = null, seconds = 10 } = {}) {
  const names = { done: "check", warn: "warn", error: "warn" };
  const box = h("div", { class: `toast ${kind}` }, icon(names[kind], 18), h("p", {}, text));
  const close = () => box.remove();
  if (action) {
    const act = h("button", { type: "button", class: "button quiet small" }, action.label);
    act.addEventListener("click", () => (close(), action.run()));
    box.append(act);
  }
  box.append(iconButton("close", t("action.dismiss"), close));
  const tick = () => (box.matches(":hover, :focus-within") ? setTimeout(tick, 2000) : close());
  setTimeout(tick, seconds * 1000);
  toastRegion().append(box);
}

/** Say an error of the API in the server's own words. */
export const toastError = (error) =>
  toast([error.title, error.detail, error.remedy].filter(Boolean).join(" "), { kind: "error", seconds: 20 });
