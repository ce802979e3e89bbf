// What stands around every page: rail, top bar with mode, privacy and theme, and the bar at the bottom of a phone.
import { iconButton } from "./components/button.js";
import { toastRegion } from "./components/toast.js";
import { h } from "./dom.js";
import { groupedHelp } from "./help.js";
import { icon, shape } from "./icons.js";
import { t } from "./i18n.js";
import { cyclePref, pref } from "./prefs.js";
import { link } from "./router.js";

const RAIL = ["overview", "holdings", "targets", "plan", "places", "import"];
const BOTTOM = ["overview", "holdings", "plan", "more"];
const UNDER_MORE = new Set(["targets", "places", "import", "settings"]);

/** Build the shell; `main` is where pages go. `mode` is `demo` or `files`. */
export function buildShell(main, mode) {
  const skip = h("a", { class: "skip", href: "#main" }, t("shell.skip"));
  skip.addEventListener("click", (event) => (event.preventDefault(), main.focus()));
  return [skip, h("div", { class: "shell" }, rail(), topbar(mode), main, bottomBar()), toastRegion()];
}

const brand = () =>
  h(
    "a",
    { class: "brand", href: link("overview"), "aria-label": t("app.name") },
    h("img", { src: "icon.svg", alt: "" }),
    h("span", { translate: "no" }, t("app.name")),
  );

const entry = (page) => h("a", { href: link(page), dataset: { page } }, icon(page), h("span", {}, t(`nav.${page}`)));

function rail() {
  const items = RAIL.map((page) => h("li", {}, entry(page)));
  return h(
    "nav",
    { class: "rail", "aria-label": t("shell.nav") },
    brand(),
    h("ul", {}, items, h("li", { class: "apart" }, entry("settings"))),
  );
}

function bottomBar() {
  return h("nav", { class: "bottombar", "aria-label": t("shell.nav") }, BOTTOM.map(entry));
}

function topbar(mode) {
  return h(
    "header",
    { class: "topbar" },
    brand(),
    h(
      "span",
      { class: "mode", dataset: { mode }, title: t(`mode.${mode}.text`) },
      shape(mode),
      h("span", {}, t(`mode.${mode}`)),
    ),
    h("span", { class: "spring" }),
    privacyButton(),
    iconButton("theme", t("shell.theme", { theme: t(`settings.theme.${pref("theme")}`) }), () => cyclePref("theme"), {
      id: "theme-button",
    }),
    iconButton("help", t("shell.help"), groupedHelp, { class: "icon-button wide-only" }),
  );
}

function privacyButton() {
  const state = pref("privacy");
  const name = { amounts: "eye", percentages: "eye-percent", hidden: "eye-off" }[state];
  return iconButton(name, t("shell.privacy", { state: t(`settings.privacy.${state}`) }), () => cyclePref("privacy"), {
    id: "privacy-button",
  });
}

/** Mark the page that is shown in both bars. */
export function markCurrent(page) {
  for (const anchor of document.querySelectorAll(".rail li a, .bottombar a")) {
    const own = anchor.dataset.page;
    const here = own === page || (own === "more" && UNDER_MORE.has(page)) || (own === "overview" && page === "unknown");
    if (here) anchor.setAttribute("aria-current", own === page ? "page" : "true");
    else anchor.removeAttribute("aria-current");
  }
}
