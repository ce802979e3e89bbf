// More: on a phone, the pages that the bar at the bottom has no room for.
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { link } from "../router.js";

const PAGES = ["targets", "places", "unknown", "import", "settings"];

export const page = {
  title: "nav.more",
  styles: ["pages/more.css"],
  render() {
    const items = PAGES.map((name) =>
      h("li", {}, h("a", { href: link(name) }, icon(name), h("span", {}, t(`nav.${name}`)), icon("chevron", 16))),
    );
    return h("div", { class: "page narrow" }, h("h1", {}, t("nav.more")), h("ul", { class: "more card" }, items));
  },
};
