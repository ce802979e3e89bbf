// Places: what each location is, who can trade there, and what was only guessed from its name.
import { button } from "../components/button.js";
import { card } from "../components/card.js";
import { openDialog } from "../components/dialog.js";
import { field, input, searchInput, select } from "../components/field.js";
import { emptyState } from "../components/states.js";
import { dataTable } from "../components/table.js";
import { toast, toastError } from "../components/toast.js";
import { buttonLink } from "../components/button.js";
import { data, h } from "../dom.js";
import { count, money } from "../format.js";
import { t } from "../i18n.js";
import { link } from "../router.js";

const KINDS = ["spot", "earn", "derivatives", "wallet", "cold", "defi", "unknown"];
const EXECUTORS = ["hand", "none"];

export const page = {
  title: "nav.places",
  styles: ["pages/places.css"],
  async load(context) {
    const options = { signal: context.signal };
    const [places, overview] = await Promise.all([
      context.api.get(context.path("places"), options),
      context.api.get(context.path("overview"), options),
    ]);
    const rows = places.items.sort((a, b) => Number(b.value) - Number(a.value));
    const venues = [...new Set(rows.flatMap((row) => [row.venue, row.guess.venue]).filter(Boolean))].sort();
    return { rows, currency: overview.currency, venues };
  },
  render(context, found) {
    const head = h(
      "header",
      { class: "page-head" },
      h("div", {}, h("h1", {}, t("nav.places")), h("p", { class: "muted" }, t("places.text"))),
    );
    if (found.rows.length === 0) return h("div", { class: "page" }, head, nothing());
    return h("div", { class: "page" }, head, list(context, found));
  },
};

const nothing = () =>
  emptyState({
    title: t("places.empty.title"),
    text: t("places.empty.text"),
    iconName: "places",
    actions: [buttonLink(t("action.import"), link("import"), { kind: "primary", iconName: "import" })],
  });

function list(context, { rows, currency, venues }) {
  const { state } = context;
  const wanted = (state.search ?? "").toLocaleLowerCase();
  const shown = rows.filter((row) => row.location.toLocaleLowerCase().includes(wanted));
  const guessed = rows.filter((row) => row.guessed).length;
  const search = searchInput(t("places.search"), state.search, (value) => ((state.search = value), context.rerender()));
  search.querySelector("input").id = "places-search";
  const columns = [
    {
      key: "location",
      label: t("places.location"),
      phone: true,
      cell: (row) =>
        h(
          "span",
          { class: "place-name" },
          data(row.location),
          row.guessed && h("span", { class: "small muted" }, t("places.guessed")),
        ),
      sort: (row) => row.location,
    },
    {
      key: "kind",
      label: t("places.kind"),
      phone: true,
      cell: (row) => t(`kind.${row.kind}`),
      sort: (row) => t(`kind.${row.kind}`),
    },
    {
      key: "venue",
      label: t("places.venue"),
      cell: (row) => (row.venue === null ? t("format.none") : data(row.venue)),
      sort: (row) => row.venue,
    },
    {
      key: "availability",
      label: t("places.availability"),
      cell: (row) => t(`availability.${row.availability}`),
      sort: (row) => t(`availability.${row.availability}`),
    },
    {
      key: "executor",
      label: t("places.executor"),
      cell: (row) => t(`executor.${row.executor}`),
      sort: (row) => t(`executor.${row.executor}`),
    },
    { key: "rows", label: t("places.rows"), align: "end", cell: (row) => count(row.rows), sort: (row) => row.rows },
    {
      key: "value",
      label: t("places.value"),
      align: "end",
      cell: (row) => money(row.value, currency),
      sort: (row) => Number(row.value ?? 0),
    },
    {
      key: "edit",
      label: h("span", { class: "sr-only" }, t("action.edit")),
      align: "end",
      phone: true,
      cell: (row) => editButton(context, row, venues),
    },
  ];
  const table = dataTable({
    caption: t("nav.places"),
    columns,
    rows: shown,
    state: (state.table ??= {}),
    rowKey: (row) => row.location,
    empty: h("p", { class: "muted" }, t("places.no_match")),
  });
  return card(
    null,
    h(
      "div",
      { class: "stack" },
      h(
        "div",
        { class: "row spread places-tools" },
        search,
        h("p", { class: "muted small" }, t("places.guessed_count", { n: guessed })),
      ),
      table,
    ),
  );
}

function editButton(context, row, venues) {
  return button(t("action.edit"), {
    kind: "quiet",
    small: true,
    "aria-label": t("places.edit_one", { location: row.location }),
    run: () => void edit(context, row, venues),
  });
}

async function edit(context, row, venues) {
  const chosen = { kind: row.kind, venue: row.venue ?? "", executor: row.executor };
  const known = h(
    "datalist",
    { id: "venue-list" },
    venues.map((venue) => h("option", { value: venue })),
  );
  const kind = select(
    KINDS.map((name) => [name, t(`kind.${name}`)]),
    chosen.kind,
    (value) => (chosen.kind = value),
    { autofocus: true },
  );
  const venue = input(chosen.venue, (value) => (chosen.venue = value), { list: "venue-list" });
  const executor = select(
    EXECUTORS.map((name) => [name, t(`executor.${name}`)]),
    chosen.executor,
    (value) => (chosen.executor = value),
  );
  const body = h(
    "div",
    { class: "stack" },
    row.guessed && h("p", { class: "muted" }, t("places.guessed_text")),
    field(t("places.kind"), kind, { hint: t("places.kind_hint") }),
    field(t("places.venue"), venue, { hint: t("places.venue_hint") }),
    known,
    field(t("places.executor"), executor),
  );
  const reset = !row.guessed && button(t("places.reset"), { kind: "quiet", run: () => forget(context, row) });
  const saved = await openDialog({
    title: h("span", {}, data(row.location)),
    body: [body, reset && h("div", {}, reset)],
    confirm: { label: t("action.save"), run: () => save(context, row, chosen) },
  });
  if (saved) toast(t("places.saved"));
}

/** A venue's id is its name in small letters with hyphens: "Kraken Futures" is kraken-futures. */
const venueId = (name) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");

async function save(context, row, { kind, venue, executor }) {
  await context.api.put(context.path("places", row.location), { kind, venue: venueId(venue), executor });
  await context.refresh();
}

async function forget(context, row) {
  try {
    await context.api.delete(context.path("places", row.location));
    document.querySelector("dialog[open]")?.close();
    await context.refresh();
    toast(t("places.reset_done"));
  } catch (error) {
    toastError(error);
  }
}
