// A place to drop a file on, with a button that does the same (nothing needs dragging).
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { button } from "./button.js";

/** `onFile(file)` is called with the one file that was chosen or dropped. `accept`: endings, for the file dialog. */
export function dropZone({
  text,
  onFile,
  accept = ".csv,.json,.txt",
  busy = false,
  compact = false,
  kind = "primary",
}) {
  const chooser = h("input", { type: "file", accept, hidden: true, on: { change: () => take(chooser.files) } });
  const take = (files) => {
    const [file] = files;
    chooser.value = "";
    if (file) onFile(file);
  };
  const zone = h(
    "div",
    { class: compact ? "drop compact" : "drop", "aria-busy": String(busy) },
    h("div", { class: "empty-icon" }, icon("upload", 26)),
    h("p", {}, text),
    button(t("drop.choose"), { kind, iconName: "file", disabled: busy, run: () => chooser.click() }),
    chooser,
  );
  const mark = (on) => zone.classList.toggle("over", on);
  zone.addEventListener("dragover", (event) => (event.preventDefault(), mark(true)));
  zone.addEventListener("dragleave", (event) => zone.contains(event.relatedTarget) || mark(false));
  zone.addEventListener(
    "drop",
    (event) => (event.preventDefault(), mark(false), !busy && take(event.dataTransfer.files)),
  );
  return zone;
}
