// What the numbers rest on: accounts with their snapshots, the prices file, the markets file.
import { newKey } from "../api.js";
import { button, buttonLink } from "../components/button.js";
import { card } from "../components/card.js";
import { confirmDialog } from "../components/dialog.js";
import { dropZone } from "../components/drop.js";
import { problemBox } from "../components/states.js";
import { toast, toastError } from "../components/toast.js";
import { data, h } from "../dom.js";
import { age, instant } from "../format.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { link } from "../router.js";

const secondsSince = (at) => Math.max(0, (Date.now() - Date.parse(at)) / 1000);

/** Load everything of the page again, the parts that filters do not change included. */
async function reload(context) {
  context.state.fixed = null;
  context.state.list = null;
  await context.refresh();
}

/** The section at the foot of the page. `found`: `{accounts, prices, markets}`. */
export function sourcesSection(context, found) {
  return h(
    "section",
    { class: "stack", id: "sources", "aria-labelledby": "sources-title" },
    h("div", {}, h("h2", { id: "sources-title" }, t("holdings.sources")), h("p", { class: "muted" }, t("holdings.sources_text"))),
    h("div", { class: "columns sources-columns" }, accountsCard(context, found.accounts), fileCard(context, "prices", found.prices), fileCard(context, "markets", found.markets)),
  );
}

function accountsCard(context, accounts) {
  const items = accounts.map((account) => h("li", {}, icon("file", 18), accountWords(account), button(t("holdings.remove"), { kind: "quiet", small: true, "aria-label": t("holdings.remove_account", { account: account.name }), run: () => removeAccount(context, account) })));
  const add = buttonLink(t("holdings.import_newer"), link("import"), { small: true, iconName: "import" });
  return card(t("holdings.accounts"), h("div", { class: "stack" }, h("ul", { class: "file-list" }, items), h("div", {}, add)), { level: 3 });
}

function accountWords({ name, snapshot }) {
  if (!snapshot) return h("div", {}, h("p", {}, data(name)), h("p", { class: "small muted" }, t("holdings.account_empty")));
  const at = snapshot.as_of ?? snapshot.imported_at;
  const facts = t("holdings.account_facts", { n: snapshot.rows, instant: instant(at, "short"), age: age(secondsSince(at)) });
  return h("div", {}, h("p", {}, data(name)), h("p", { class: "small muted" }, data(snapshot.file), " \u00b7 ", facts));
}

async function removeAccount(context, account) {
  const yes = await confirmDialog({ title: t("holdings.remove_title", { account: account.name }), text: t("holdings.remove_text"), label: t("holdings.remove"), kind: "danger" });
  if (!yes) return;
  try {
    await context.api.delete(context.path("accounts", account.name));
    toast(t("holdings.removed", { account: account.name }));
    await reload(context);
  } catch (error) {
    if (!error.code) throw error;
    toastError(error);
  }
}

function fileCard(context, kind, stored) {
  const { state } = context;
  const problem = (state.problems ??= {})[kind];
  const busy = state.sending === kind;
  const known = stored.file && currentFile(context, kind, stored.file);
  const text = t(stored.file ? `holdings.${kind}.replace` : `holdings.${kind}.add`);
  const zone = dropZone({ text, accept: kind === "prices" ? ".csv,.json" : ".json", compact: true, busy, onFile: (file) => send(context, kind, file) });
  return card(t(`holdings.${kind}`), h("div", { class: "stack" }, known, problem && h("div", { role: "alert" }, problemBox(problem)), zone), { level: 3, note: t(`holdings.${kind}.text`) });
}

function currentFile(context, kind, file) {
  const facts = t(`holdings.${kind}.facts`, { n: file.entries, age: age(secondsSince(file.imported_at)) });
  const clear = button(t("holdings.remove"), { kind: "quiet", small: true, "aria-label": t(`holdings.${kind}.remove`), run: () => clearFile(context, kind) });
  return h("ul", { class: "file-list" }, h("li", {}, icon("file", 18), h("div", {}, h("p", {}, data(file.file)), h("p", { class: "small muted" }, facts)), clear));
}

async function send(context, kind, file) {
  const { state } = context;
  state.sending = kind;
  state.problems[kind] = null;
  context.rerender();
  try {
    const stored = await context.api.upload(context.path(kind), { file }, { key: newKey() });
    toast(t(`holdings.${kind}.stored`, { n: stored.file.entries }));
    state.sending = null;
    await reload(context);
  } catch (error) {
    if (!error.code) throw error;
    state.problems[kind] = error;
    state.sending = null;
    context.rerender();
  }
}

async function clearFile(context, kind) {
  const yes = await confirmDialog({ title: t(`holdings.${kind}.remove`), text: t(`holdings.${kind}.remove_text`), label: t("holdings.remove"), kind: "danger" });
  if (!yes) return;
  try {
    await context.api.delete(context.path(kind));
    await reload(context);
  } catch (error) {
    if (!error.code) throw error;
    toastError(error);
  }
}
