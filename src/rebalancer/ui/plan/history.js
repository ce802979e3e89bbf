// Every plan that was made, newest first.
import { button } from "../components/button.js";
import { badge, card } from "../components/card.js";
import { dataTable } from "../components/table.js";
import { toastError } from "../components/toast.js";
import { h } from "../dom.js";
import { count, instant, money } from "../format.js";
import { t } from "../i18n.js";
import { link } from "../router.js";

/** The table. `plans`: `{items, next_cursor}`; `shownId`: the plan on the page. */
export function historyCard(context, plans, shownId) {
  if (plans.items.length === 0) return null;
  const columns = [
    { key: "made", label: t("plan.made_at"), phone: true, cell: (row) => h("a", { href: link("plan", {}, row.plan_id), "aria-current": row.plan_id === shownId ? "page" : null }, instant(row.as_of, "short")) },
    { key: "orders", label: t("plan.orders"), align: "end", phone: true, cell: (row) => count(row.actions) },
    { key: "moves", label: t("plan.stage.moves"), align: "end", cell: (row) => count(row.moves) },
    { key: "traded", label: t("plan.traded"), align: "end", phone: true, cell: (row) => money(row.traded, row.currency) },
    { key: "cost", label: t("plan.cost"), align: "end", cell: (row) => money(row.cost, row.currency) },
    { key: "targets", label: t("plan.targets_version"), align: "end", cell: (row) => count(row.targets_version) },
    { key: "state", label: t("plan.state"), cell: state },
  ];
  const table = dataTable({ caption: t("plan.history"), columns, rows: plans.items, rowKey: (row) => row.plan_id, limit: 10, state: (context.state.history ??= {}) });
  const more = plans.next_cursor && button(t("plan.more"), { small: true, run: () => older(context, plans) });
  return card(t("plan.history"), h("div", { class: "stack" }, table, more && h("div", {}, more)), { note: t("plan.history_text") });
}

function state(row) {
  const valid = Date.parse(row.expires_at) > Date.now();
  if (row.actions + row.moves === 0) return badge(t("plan.nothing_short"));
  return badge(t(valid ? "plan.valid" : "plan.expired"), valid ? "accent" : "plain");
}

async function older(context, plans) {
  try {
    const next = await context.api.get(context.path("plans"), { params: { cursor: plans.next_cursor }, signal: context.signal });
    plans.items.push(...next.items);
    plans.next_cursor = next.next_cursor;
    context.rerender();
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!error.code) throw error;
    toastError(error);
  }
}
