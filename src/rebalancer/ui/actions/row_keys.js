// j and k walk through the rows of a page (elements with data-row); Enter opens the details of the row that has the focus.

const rows = () => [...document.querySelectorAll("#main [data-row]")].filter((row) => row.offsetParent !== null);

function step(by) {
  const all = rows();
  const current = all.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, current < 0 ? (by > 0 ? 0 : all.length - 1) : current + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function open() {
  const row = document.activeElement;
  if (!row?.matches("[data-row]")) return;
  [...row.querySelectorAll("[aria-expanded]")].find((button) => button.offsetParent !== null)?.click();
}

/** Bind j, k and Enter while the page is shown. Enter on a control keeps the control's own meaning. */
export function rowKeys(context) {
  context.shortcut("j", () => step(1), "keys.row_next");
  context.shortcut("k", () => step(-1), "keys.row_back");
  const onEnter = (event) => {
    if (event.key === "Enter" && !event.ctrlKey && event.target.matches?.("[data-row]")) {
      event.preventDefault();
      open();
    }
  };
  if (context.state.rowKeys) return;
  context.state.rowKeys = true;
  document.addEventListener("keydown", onEnter);
  context.onLeave(() => document.removeEventListener("keydown", onEnter));
}

/** What makes an element a row that j and k reach. */
export const rowMark = { tabindex: "-1", dataset: { row: "" } };
