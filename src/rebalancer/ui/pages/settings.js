// Settings: how the page looks and speaks on this device, and what this program is.
import { card } from "../components/card.js";
import { field, segmented, select } from "../components/field.js";
import { groupedHelp } from "../help.js";
import { button } from "../components/button.js";
import { h } from "../dom.js";
import { points } from "../format.js";
import { t } from "../i18n.js";
import { CHOICES, pref, setPref } from "../prefs.js";

export const page = {
  title: "nav.settings",
  styles: ["pages/settings.css"],
  load: (context) => context.api.get("/openapi.json", { signal: context.signal }),
  render(context, about) {
    return h(
      "div",
      { class: "page narrow" },
      h(
        "header",
        { class: "page-head" },
        h("div", {}, h("h1", {}, t("nav.settings")), h("p", { class: "muted" }, t("settings.text"))),
      ),
      card(
        t("settings.look"),
        h(
          "div",
          { class: "stack", style: { "--gap": "var(--space-5)" } },
          themeChoice(),
          languageChoice(),
          schemeChoice(),
        ),
      ),
      card(
        t("settings.privacy"),
        h(
          "div",
          { class: "stack" },
          choice("privacy", { legendHidden: true }),
          h("p", { class: "hint" }, t("settings.privacy.text")),
        ),
      ),
      card(
        t("settings.keyboard"),
        h(
          "div",
          { class: "stack" },
          choice("shortcuts"),
          h("p", { class: "hint" }, t("settings.shortcuts.text")),
          h("div", { class: "row" }, button(t("shell.help"), { iconName: "help", run: () => void groupedHelp() })),
        ),
      ),
      aboutCard(about),
    );
  },
};

/** A row of radio buttons for one preference; texts are `settings.<name>` and `settings.<name>.<value>`. */
function choice(name, props = {}) {
  const options = CHOICES[name].map((value) => [value, t(`settings.${name}.${value}`)]);
  return segmented(t(`settings.${name}`), options, pref(name), (value) => setPref(name, value), {
    name: `pref-${name}`,
    ...props,
  });
}

export const themeChoice = () => choice("theme");

/** Languages carry their own names, whatever the language of the page. */
export function languageChoice() {
  const names = { auto: t("settings.language.auto"), en: "English", fr: "Fran\u00e7ais" };
  const options = CHOICES.language.map((value) => [
    value,
    value === "auto" ? names.auto : h("span", { translate: "no", lang: value }, names[value]),
  ]);
  return segmented(t("settings.language"), options, pref("language"), (value) => setPref("language", value), {
    name: "pref-language",
  });
}

function schemeChoice() {
  const options = CHOICES.scheme.map((value) => [value, t(`settings.scheme.${value}`)]);
  const control = select(options, pref("scheme"), (value) => setPref("scheme", value), { id: "pref-scheme" });
  const sample = h(
    "p",
    { class: "scheme-sample", "aria-hidden": "true" },
    h("span", { class: "gain" }, "\u25b2 ", points("0.021")),
    h("span", { class: "loss" }, "\u25bc ", points("-0.013")),
  );
  return h("div", { class: "scheme" }, field(t("settings.scheme"), control), sample);
}

function aboutCard(about) {
  const rows = [
    ["settings.about.version", h("span", { translate: "no" }, about.info.version)],
    ["settings.about.licence", h("span", { translate: "no" }, "Apache-2.0")],
    ["settings.about.api", h("a", { href: "/docs" }, t("settings.about.api_link"))],
  ];
  const facts = h(
    "dl",
    { class: "facts" },
    rows.map(([key, value]) => h("div", {}, h("dt", {}, t(key)), h("dd", {}, value))),
  );
  return card(
    t("settings.about"),
    h("div", { class: "stack" }, h("p", {}, t("settings.about.text")), h("p", {}, t("settings.about.real")), facts),
  );
}
