// What stays as it is, and why: one entry per reason with its count, each opening to its holdings; searchable over all of them.
import { card } from "../components/card.js";
import { searchInput } from "../components/field.js";
import { banner } from "../components/states.js";
import { dataTable } from "../components/table.js";
import { data, fill, h } from "../dom.js";
import { count } from "../format.js";
import { icon } from "../icons.js";
import { groupName, t } from "../i18n.js";
import { sentence } from "../server_texts.js";
import { numberWriter } from "./numbers.js";

const OF_GROUPS = ["weight_after", "short", "left"]; // numbers that only an entry about a whole group has

const FACTS = ["value", "minimum", "quantity", "net", "keep", "until", "cost", "cap", "drift", "band"]; // the numbers of an entry, as columns

const aboutGroup = (entry) => entry.asset === null && OF_GROUPS.some((name) => name in entry.numbers);

/** Groups that the plan leaves outside their band, and money it could not place: said before everything else. */
export function openEnds(plan) {
  const write = numberWriter(plan.currency);
  const entries = plan.untouched.filter(aboutGroup);
  if (entries.length === 0) return null;
  const items = entries.map((entry) => {
    const { weight_after: after, weight_target: target } = entry.numbers;
    const facts = after !== undefined && t("plan.stays_at", { after: write("weight_after", after), target: write("weight_target", target) });
    return h("li", {}, h("strong", {}, groupName(entry.group)), facts && ` ${facts}`, " ", sentence(`reason.${entry.reason}`, entry.numbers, write));
  });
  return banner({ kind: "warn", title: t("plan.open_ends", { n: entries.length }), text: h("ul", { class: "open-ends" }, items) });
}

/** The card. */
export function untouchedCard(context, plan) {
  const entries = plan.untouched.filter((entry) => !aboutGroup(entry));
  if (entries.length === 0) return null;
  const state = (context.state.untouched ??= { search: "", open: new Set(), tables: {} });
  const list = h("div", { class: "reasons" });
  const search = searchInput(t("plan.search_untouched"), state.search, (text) => ((state.search = text), paint()));
  search.querySelector("input").id = "untouched-search";
  function paint() {
    const wanted = state.search.trim().toLocaleLowerCase();
    const found = wanted === "" ? entries : entries.filter((entry) => matches(entry, wanted));
    const groups = [...byReason(found)].sort((a, b) => b[1].length - a[1].length);
    fill(list, groups.length > 0 ? groups.map(([reason, rows]) => reasonGroup(plan, state, reason, rows, wanted !== "")) : h("p", { class: "muted" }, t("plan.no_match")));
  }
  paint();
  return card(t("plan.untouched", { n: entries.length }), h("div", { class: "stack" }, search, list), { note: t("plan.untouched_text") });
}

const matches = (entry, wanted) => [entry.symbol, entry.asset, entry.location, groupName(entry.group)].some((text) => text?.toLocaleLowerCase().includes(wanted));

function byReason(entries) {
  const found = new Map();
  for (const entry of entries) {
    if (!found.has(entry.reason)) found.set(entry.reason, []);
    found.get(entry.reason).push(entry);
  }
  return found;
}

function reasonGroup(plan, state, reason, rows, searching) {
  const box = h("details", { class: "reason", open: searching || state.open.has(reason) });
  const body = h("div", { class: "reason-body" });
  const summary = h("summary", { dataset: { row: "" } }, icon("chevron", 16), h("span", {}, titleOf(reason)), h("span", { class: "reason-count" }, count(rows.length)));
  const show = () => body.firstChild || body.append(...contents(plan, state, reason, rows));
  box.addEventListener("toggle", () => {
    if (box.open) show();
    if (searching) return;
    if (box.open) state.open.add(reason);
    else state.open.delete(reason);
  });
  if (box.open) show();
  box.append(summary, body);
  return box;
}

function contents(plan, state, reason, rows) {
  const write = numberWriter(plan.currency);
  const known = FACTS.filter((name) => rows.some((entry) => name in entry.numbers));
  const columns = [
    { key: "symbol", label: t("plan.asset"), phone: true, cell: (entry) => data(entry.symbol), sort: (entry) => entry.symbol },
    { key: "location", label: t("plan.place"), phone: true, cell: (entry) => (entry.location === null ? t("plan.anywhere") : data(entry.location)), sort: (entry) => entry.location },
    { key: "group", label: t("plan.group"), cell: (entry) => groupName(entry.group), sort: (entry) => groupName(entry.group) },
    ...known.map((name, index) => factColumn(name, write, index === 0)),
  ];
  const table = dataTable({ caption: titleOf(reason), columns, rows, limit: 25, state: (state.tables[reason] ??= {}) });
  return [h("p", { class: "muted" }, sentence(`reason.${reason}`, rows[0].numbers, write)), table];
}

const titleOf = (reason) => sentence(`reason.${reason}.title`);

/** One number of the entries as a column; the first stays on a phone. */
function factColumn(name, write, phone) {
  const has = (entry) => name in entry.numbers;
  const order = (entry) => (name === "until" ? entry.numbers[name] : Number(entry.numbers[name]));
  return { key: name, label: t(`plan.number.${name}`), align: "end", phone, cell: (entry) => (has(entry) ? write(name, entry.numbers[name]) : t("format.none")), sort: (entry) => (has(entry) ? order(entry) : null) };
}
