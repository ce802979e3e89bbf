// Modal dialogs on the native <dialog>: focus is kept inside, Esc closes, focus returns to where it was.
import { newKey } from "../api.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { button, iconButton, runOnce } from "./button.js";
import { problemBox } from "./states.js";

/**
 * Ask something. Resolves to what `confirm.run` returned, or null when it was closed.
 *
 * `body`: nodes, or a function that makes them and is given `ready(boolean)`, which switches the confirm button (off at first). `confirm`: `{label, kind, run(key)}`; `run` may be asynchronous; an error it throws is shown in the dialog, which stays open.
 * `key` is one idempotency key per dialog: hand it to the API so that a repeated confirmation cannot act twice.
 * Enter alone never confirms; Ctrl+Enter does. The focus starts on Cancel unless a node of the body has `autofocus`.
 */
export function openDialog({ title, body, confirm = null, cancel = t("action.cancel"), wide = false }) {
  return new Promise((resolve) => {
    const key = newKey();
    let result = null;
    const problem = h("div", { role: "alert" });
    const heading = h("h2", { id: "dialog-title" }, title);
    const close = iconButton("close", t("action.close"), () => dialog.close());
    const dialog = h("dialog", { class: wide ? "dialog wide" : "dialog", "aria-labelledby": "dialog-title" });
    const act = confirm && button(confirm.label, { kind: confirm.kind ?? "primary" });
    const attempt = async () => {
      problem.replaceChildren();
      try {
        result = (await confirm.run(key)) ?? true;
        dialog.close();
      } catch (error) {
        problem.replaceChildren(problemBox(error));
      }
    };
    const ready = (is) => act && (act.disabled = !is);
    if (typeof body === "function") ready(false);
    const content = h("div", { class: "dialog-body" }, typeof body === "function" ? body(ready) : body, problem);
    act?.addEventListener("click", () => runOnce(act, attempt));
    const leave = button(cancel, { run: () => dialog.close() });
    if (!content.querySelector("[autofocus]")) leave.setAttribute("autofocus", "");
    dialog.append(
      h("header", { class: "dialog-head" }, heading, close),
      content,
      h("footer", { class: "row end" }, leave, act),
    );
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      if (event.ctrlKey && act) (event.preventDefault(), act.click());
      else if (event.target instanceof HTMLInputElement) event.preventDefault();
    });
    dialog.addEventListener("close", () => (dialog.remove(), resolve(result)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Ask for a yes; resolves to true or false. */
export async function confirmDialog({ title, text, label, kind = "primary" }) {
  return (await openDialog({ title, body: h("p", {}, text), confirm: { label, kind, run: () => true } })) === true;
}
