// Start, and the life of a page: load its module, texts and style; load its data; render; render again when a preference changes.
import { api, at } from "./api.js";
import { errorState, loadingState } from "./components/states.js";
import { confirmDialog } from "./components/dialog.js";
import { h } from "./dom.js";
import { groupedHelp } from "./help.js";
import { loadTexts, t } from "./i18n.js";
import { bind, listen } from "./keyboard.js";
import { applyPrefs, cyclePref, onPref } from "./prefs.js";
import { link, navigate, parse } from "./router.js";
import { buildShell, markCurrent } from "./shell.js";

const PAGES = {
  welcome: () => import("./pages/welcome.js"),
  overview: () => import("./pages/overview.js"),
  holdings: () => import("./pages/holdings.js"),
  targets: () => import("./pages/targets.js"),
  plan: () => import("./pages/plan.js"),
  places: () => import("./pages/places.js"),
  unknown: () => import("./pages/unknown.js"),
  import: () => import("./pages/import.js"),
  settings: () => import("./pages/settings.js"),
  more: () => import("./pages/more.js"),
};
const GO = {
  o: "overview",
  h: "holdings",
  t: "targets",
  p: "plan",
  l: "places",
  i: "import",
  u: "unknown",
  s: "settings",
};

const main = h("main", { class: "main", id: "main", tabindex: "-1" });
let portfolio = null;
let visit = null; // the page that is shown: {hash, page, module, context, data, controller, releases, guard}

const styles = new Map();
function loadStyle(file) {
  if (!styles.has(file)) {
    const loaded = new Promise((resolve) => {
      const sheet = h("link", { rel: "stylesheet", href: file, on: { load: resolve, error: resolve } });
      document.head.append(sheet);
    });
    styles.set(file, loaded);
  }
  return styles.get(file);
}

/** What a page gets: see README.md. */
function contextOf(route, controller, releases) {
  return {
    ...route,
    portfolio,
    api,
    state: {},
    signal: controller.signal,
    /** Path under this portfolio. */
    path: (...segments) => at(portfolio.id, ...segments),
    /** Load the data again and render. */
    refresh: () => load(visit),
    /** Render again from the same data and state. */
    rerender: () => paint(visit),
    /** Change the filters in the address; the page loads again. */
    setQuery: (changes) => {
      const query = Object.fromEntries(parse().query);
      navigate(link(route.page, { ...query, ...changes }, ...route.parts), { replace: true });
    },
    /** A key that works while this page is shown. */
    shortcut: (keys, run, label) => releases.push(bind(keys, run, label, "page")),
    /** Call when the page is left. */
    onLeave: (run) => releases.push(run),
    /** `isDirty()` true: leaving asks first. */
    guard: (isDirty) => (visit.guard = isDirty),
  };
}

async function show() {
  const route = parse();
  const known = Object.hasOwn(PAGES, route.page);
  if (!known) return navigate(link("overview"), { replace: true });
  if (visit && samePlace(visit.context, route)) return filterChanged(route);
  if (visit?.guard?.() && !(await mayLeave())) return undefined;
  leave();
  const controller = new AbortController();
  const releases = [];
  const mine = { hash: location.hash, page: route.page, controller, releases, data: null, guard: null };
  visit = mine;
  visit.context = contextOf(route, controller, releases);
  markCurrent(route.page);
  main.replaceChildren(loadingState());
  window.scrollTo(0, 0);
  try {
    mine.module = await PAGES[route.page]();
    await Promise.all([loadTexts(mine.module.page.catalogue), ...(mine.module.page.styles ?? []).map(loadStyle)]);
  } catch (error) {
    return visit === mine ? failed(error, show) : undefined;
  }
  if (visit !== mine) return undefined;
  title(mine);
  return load(mine, { arriving: true });
}

const samePlace = (a, b) => a.page === b.page && a.parts.join("/") === b.parts.join("/");

function filterChanged(route) {
  visit.hash = location.hash;
  visit.context.query = route.query;
  return load(visit);
}

async function mayLeave() {
  const wanted = location.hash;
  history.replaceState(null, "", visit.hash);
  const yes = await confirmDialog({
    title: t("guard.title"),
    text: t("guard.text"),
    label: t("guard.leave"),
    kind: "danger",
  });
  if (yes) history.replaceState(null, "", wanted);
  return yes;
}

function leave() {
  visit?.controller.abort();
  visit?.releases.reverse().forEach((release) => release()); // last bound, first released: each puts back what it replaced
  visit = null;
}

async function load(mine, { arriving = false } = {}) {
  main.setAttribute("aria-busy", "true");
  try {
    const data = mine.module.page.load ? await mine.module.page.load(mine.context) : null;
    if (visit !== mine) return;
    mine.data = data;
    paint(mine);
  } catch (error) {
    if (visit !== mine || error.name === "AbortError") return;
    failed(error, () => load(mine, { arriving }));
  } finally {
    if (visit === mine) main.removeAttribute("aria-busy");
  }
  if (arriving && visit === mine && started) focusHeading();
}

let started = false;
function focusHeading() {
  const heading = main.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  (heading ?? main).focus({ preventScroll: true });
}

function paint(mine) {
  if (visit !== mine) return;
  const focused = document.activeElement?.id;
  const selection = focused && main.contains(document.activeElement) ? document.activeElement.selectionStart : null;
  main.replaceChildren(mine.module.page.render(mine.context, mine.data));
  const again = focused && main.querySelector(`#${CSS.escape(focused)}`);
  if (again) {
    again.focus({ preventScroll: true });
    if (selection !== null && selection !== undefined) again.setSelectionRange?.(selection, selection);
  }
}

function failed(error, retry) {
  if (!error.code) console.error(error);
  const shown = error.code
    ? error
    : { code: "page_failed", title: t("error.page.title"), detail: t("error.page.detail"), errors: [] };
  const heading = visit && h("h1", {}, t(`nav.${visit.page}`));
  main.replaceChildren(h("div", { class: "page" }, heading, errorState(shown, retry)));
}

function title(mine) {
  document.title = `${t(mine.module.page.title)} \u00b7 ${t("app.name")}`;
}

function shell() {
  const focused = document.activeElement?.id;
  document.body.replaceChildren(...buildShell(main, portfolio?.demo ? "demo" : "files"));
  if (visit) markCurrent(visit.page);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function prefChanged(name) {
  if (name === "language") await loadTexts();
  if (["language", "theme", "privacy"].includes(name)) shell();
  if (visit?.module && ["language", "privacy"].includes(name)) {
    title(visit);
    if (name === "language" && visit.module.page.load)
      await load(visit); // the server's own words change too
    else paint(visit);
  }
}

function search() {
  const box = main.querySelector("[data-search]");
  if (box) box.focus();
  else navigate(link("holdings", { find: "1" }));
}

function bindKeys() {
  for (const [letter, page] of Object.entries(GO)) bind(`g ${letter}`, () => navigate(link(page)), `nav.${page}`, "go");
  bind("/", search, "keys.search", "page");
  bind("p", () => cyclePref("privacy"), "keys.privacy", "look");
  bind("Shift+L", () => cyclePref("theme"), "keys.theme", "look");
  bind("?", groupedHelp, "keys.help", "look");
  listen();
}

/** The oldest portfolio; a new installation gets its first one here. */
async function findPortfolio() {
  const { items } = await api.get("/portfolios");
  portfolio = items[0] ?? (await api.post("/portfolios", { name: t("portfolio.first") }));
  shell();
}

/** Nothing was imported yet: the first thing to see is the welcome. */
async function isEmpty() {
  const { items } = await api.get(at(portfolio.id, "accounts"));
  return items.length === 0;
}

async function start() {
  applyPrefs();
  await loadTexts();
  bindKeys();
  try {
    await findPortfolio();
  } catch (error) {
    shell();
    failed(error, () => location.reload());
    return;
  }
  onPref(prefChanged);
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeunload", (event) => visit?.guard?.() && event.preventDefault());
  if (!parse().page) navigate(link((await isEmpty()) ? "welcome" : "overview"), { replace: true });
  else await show();
  started = true;
}

start();
