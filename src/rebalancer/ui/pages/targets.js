// Targets: what the person wants per group, what each group buys, the rules, the file itself, and every version of it.
import { rowKeys } from "../actions/row_keys.js";
import { button } from "../components/button.js";
import { banner } from "../components/states.js";
import { data, h } from "../dom.js";
import { instant } from "../format.js";
import { t } from "../i18n.js";
import { Editor } from "../targets/editor.js";
import { openPresets, presetCards } from "../targets/presets.js";
import { primaryTab } from "../targets/primary.js";
import { rulesTab } from "../targets/rules.js";
import { saveBar } from "../targets/save.js";
import { textTab } from "../targets/text.js";
import { versionsTab } from "../targets/versions.js";
import { weightsTab } from "../targets/weights.js";

const TABS = ["weights", "primary", "rules", "text", "versions"];
const OF_COLUMN = { targets: "weights", base_currency: "rules", primary: "primary", rules: "rules" };

export const page = {
  title: "nav.targets",
  catalogue: "targets",
  styles: ["pages/targets.css"],
  async load(context) {
    const get = (path) => context.api.get(path, { signal: context.signal });
    const [saved, versions, presets, overview] = await Promise.all([currentTargets(context), get(context.path("targets", "versions")), get("/targets/presets"), get(context.path("overview"))]);
    const { state } = context;
    state.editor ??= new Editor(context, saved);
    if (!state.editor.dirty && state.editor.version !== (saved?.version ?? 0)) state.editor.reset(saved);
    await state.editor.learnNames();
    return { saved, versions: versions.items, presets: presets.items, overview };
  },
  render(context, found) {
    const { editor } = context.state;
    editor.renderAnew();
    context.guard(() => editor.dirty);
    rowKeys(context);
    const started = editor.version > 0 || editor.dirty;
    const body = started ? editing(context, editor, found) : starting(context, editor, found);
    return h("div", { class: "page targets-page" }, head(context, editor, found), body);
  },
};

/** The version that counts; null when none was saved yet. */
async function currentTargets(context) {
  try {
    return await context.api.get(context.path("targets"), { signal: context.signal });
  } catch (error) {
    if (error.code === "targets_missing") return null;
    throw error;
  }
}

function head(context, editor, found) {
  const { saved } = editor;
  const line = saved ? h("p", { class: "muted" }, t("targets.version_line", { n: saved.version, instant: instant(saved.saved_at) }), saved.note && [" \u00b7 ", data(saved.note)]) : h("p", { class: "muted" }, t("targets.none_yet"));
  const presets = (editor.version > 0 || editor.dirty) && button(t("targets.presets"), { run: () => void openPresets(context, editor, found.presets, found.overview) });
  return h("header", { class: "page-head" }, h("div", {}, h("h1", {}, t("nav.targets")), line), presets);
}

function starting(context, editor, found) {
  return h("section", { class: "stack" }, h("div", {}, h("h2", {}, t("targets.start_title")), h("p", { class: "muted" }, t("targets.start_text"))), presetCards(context, editor, found.presets, found.overview));
}

function editing(context, editor, found) {
  const tab = TABS.includes(context.query.get("tab")) ? context.query.get("tab") : "weights";
  const held = new Map(found.overview.by_group.map((row) => [row.group, row.weight]));
  const places = found.overview.by_location.map((row) => row.location).filter(Boolean);
  const shown = {
    weights: () => h("section", { class: "card" }, weightsTab(context, editor, held)),
    primary: () => primaryTab(context, editor),
    rules: () => rulesTab(context, editor, places),
    text: () => h("section", { class: "card" }, textTab(editor)),
    versions: () => versionsTab(context, editor, found.versions),
  };
  return [tabs(context, editor, tab), tab !== "text" && unreadable(editor), h("div", { class: "stack", role: "region", "aria-label": t(`targets.tab.${tab}`) }, shown[tab]()), saveBar(context, editor)];
}

/** Links, not buttons: each part of the page has its own address. */
function tabs(context, editor, current) {
  const items = TABS.map((tab) => {
    const count = h("span", { class: "tab-count" });
    editor.watch(() => {
      const wrong = editor.errors.filter((issue) => OF_COLUMN[issue.column?.split(".")[0]] === tab).length;
      count.hidden = wrong === 0;
      count.textContent = String(wrong);
      count.setAttribute("aria-label", t("targets.errors", { n: wrong }));
    });
    const anchor = h("a", { href: `#/targets${tab === "weights" ? "" : `?tab=${tab}`}`, id: `tab-${tab}`, "aria-current": tab === current ? "page" : null }, h("span", {}, t(`targets.tab.${tab}`)), count);
    return h("li", {}, anchor);
  });
  return h("nav", { class: "tabs", "aria-label": t("targets.tabs") }, h("ul", {}, items));
}

function unreadable(editor) {
  const box = banner({ kind: "warn", text: t("targets.unreadable") });
  editor.watch(() => (box.hidden = editor.readable));
  return box;
}
