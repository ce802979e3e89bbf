// Welcome: what this is, and the two ways to begin.
import { offerFile } from "../actions/offered_file.js";
import { buttonLink } from "../components/button.js";
import { card, stat, stats } from "../components/card.js";
import { dropZone } from "../components/drop.js";
import { h } from "../dom.js";
import { count, money } from "../format.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { link } from "../router.js";
import { languageChoice, themeChoice } from "./settings.js";

export const page = {
  title: "nav.welcome",
  styles: ["pages/welcome.css", "pages/import.css"],
  load: (context) => context.api.get(context.path("overview"), { signal: context.signal }),
  render(context, overview) {
    const filled = overview.counts.rows > 0;
    return h(
      "div",
      { class: "page welcome" },
      h(
        "header",
        { class: "welcome-head" },
        h("h1", {}, t("welcome.title")),
        h("p", { class: "muted" }, t("welcome.text")),
      ),
      h("div", { class: "welcome-cards" }, filled && start(context, overview), fileCard(filled)),
      steps(),
      h("section", { class: "welcome-look", "aria-label": t("settings.look") }, languageChoice(), themeChoice()),
    );
  },
};

/** In the demo: explore it. With own holdings already here: go on. */
function start(context, overview) {
  const kind = context.portfolio.demo ? "demo" : "own";
  return card(
    t(`welcome.${kind}.title`),
    h(
      "div",
      { class: "stack" },
      h("p", {}, t(`welcome.${kind}.text`)),
      stats(
        stat(t("overview.total_value"), money(overview.total_value, overview.currency)),
        stat(t("import.assets"), count(overview.counts.assets)),
        stat(t("import.locations"), count(overview.by_location.length)),
      ),
      h(
        "div",
        { class: "row" },
        buttonLink(t(`welcome.${kind}.action`), link("overview"), { kind: "primary", iconName: "arrow" }),
      ),
    ),
  );
}

function fileCard(filled) {
  return card(
    t("welcome.file.title"),
    h(
      "div",
      { class: "stack" },
      dropZone({ text: t("welcome.file.drop"), onFile: offerFile, compact: true, kind: filled ? "plain" : "primary" }),
      h("p", { class: "small muted" }, t("import.formats")),
    ),
  );
}

function steps() {
  const names = ["see", "decide", "plan"];
  const icons = { see: "holdings", decide: "targets", plan: "plan" };
  const items = names.map((name) =>
    h(
      "li",
      {},
      h("span", { class: "empty-icon" }, icon(icons[name], 22)),
      h("div", {}, h("h2", {}, t(`welcome.step.${name}`)), h("p", { class: "muted" }, t(`welcome.step.${name}.text`))),
    ),
  );
  return h("ol", { class: "welcome-steps" }, items);
}
