// The overlay of the "?" key: every key that works here.
import { openDialog } from "./components/dialog.js";
import { h } from "./dom.js";
import { allBindings } from "./keyboard.js";
import { t } from "./i18n.js";
import { pref } from "./prefs.js";

const GROUPS = ["page", "go", "look"];

const keycaps = (keys) =>
  keys.split(/[ +]/).flatMap((key, index) => [index > 0 && " ", h("kbd", { class: "key" }, key)]);

function section(group, bindings) {
  const own = bindings.filter((binding) => binding.group === group);
  if (group === "page") own.push({ keys: "Esc", label: "keys.escape" }, { keys: "Ctrl+Enter", label: "keys.confirm" });
  const rows = own.map(({ keys, label }) => h("div", {}, h("dt", {}, keycaps(keys)), h("dd", {}, t(label))));
  return h(
    "section",
    { class: "stack", style: { "--gap": "var(--space-2)" } },
    h("h3", {}, t(`keys.group.${group}`)),
    h("dl", { class: "keys" }, rows),
  );
}

/** Open the help. */
export function groupedHelp() {
  const bindings = allBindings();
  const off = pref("shortcuts") === "off" && h("p", { class: "muted" }, t("keys.off"));
  const body = h(
    "div",
    { class: "columns", style: { "--min": "13rem" } },
    GROUPS.map((group) => section(group, bindings)),
  );
  openDialog({ title: t("keys.title"), body: [off, body], cancel: t("action.close"), wide: true });
}
