// Line icons on a 20 x 20 grid, drawn in the colour of the text around them.
import { svg } from "./dom.js";

const PATHS = {
  arrow: "M4 10h12M11 5l5 5-5 5",
  check: "M4 10.5l4 4 8-9",
  chevron: "M7 4l6 6-6 6",
  close: "M5 5l10 10M15 5L5 15",
  download: "M10 3v9M6 8.5l4 4 4-4M4 16.5h12",
  edit: "M4 16l.8-3.2L13 4.6l2.4 2.4-8.2 8.2L4 16z",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.2a2.2 2.2 0 100-4.4 2.2 2.2 0 000 4.4z",
  "eye-off":
    "M3 3l14 14M8 5.3A8.6 8.6 0 0110 5c5 0 8 5 8 5a14 14 0 01-2.6 3M5.2 6.8A13.5 13.5 0 002 10s3 5 8 5a8 8 0 003-.6",
  "eye-percent": "M5 15L15 5M6 8.2a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM14 15.2a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4z",
  file: "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15",
  help: "M7.6 7.6a2.5 2.5 0 114 2c-1 .7-1.5 1.1-1.5 2.2M10 14.8v.2M10 18a8 8 0 100-16 8 8 0 000 16z",
  holdings: "M4 5h12M4 10h12M4 15h12M2 5h.01M2 10h.01M2 15h.01",
  import: "M10 12V3M6 6.5l4-4 4 4M3.5 12v4.5h13V12",
  info: "M10 9v5M10 6v.2M10 18a8 8 0 100-16 8 8 0 000 16z",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 016 0V9",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  overview: "M3 11.5L10 4l7 7.5M5 9.7V16.5h10V9.7",
  places: "M10 18s6-5.3 6-10a6 6 0 10-12 0c0 4.7 6 10 6 10zM10 10a2 2 0 100-4 2 2 0 000 4z",
  plan: "M4 6.5h11M12 3.5l3 3-3 3M16 13.5H5M8 10.5l-3 3 3 3",
  plus: "M10 4v12M4 10h12",
  search: "M9 15A6 6 0 109 3a6 6 0 000 12zM13.5 13.5L17 17",
  settings: "M3 6h7M14 6h3M3 14h3M10 14h7M12 8a2 2 0 100-4 2 2 0 000 4zM8 16a2 2 0 100-4 2 2 0 000 4z",
  table: "M3 4h14v12H3zM3 8h14M8 8v8",
  targets: "M10 17a7 7 0 100-14 7 7 0 000 14zM10 13a3 3 0 100-6 3 3 0 000 6zM10 10h.01",
  theme: "M10 17a7 7 0 100-14 7 7 0 000 14zM10 3v14M10 6.5h5M10 10h7M10 13.5h5",
  unknown: "M7.6 7.6a2.5 2.5 0 114 2c-1 .7-1.5 1.1-1.5 2.2M10 14.8v.2",
  upload: "M10 13V4M6 7.5l4-4 4 4M4 16.5h12",
  warn: "M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.1",
};

/** A decorative icon (hidden from assistive technology): the words beside it, or the button's label, say what it means. */
export function icon(name, size = 20) {
  const path = svg("path", {
    d: PATHS[name],
    fill: "none",
    stroke: "currentColor",
    "stroke-width": ["more", "holdings", "targets"].includes(name) ? "1.9" : "1.6",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    path,
  );
}

const SHAPES = {
  demo: "M6 1l5 5-5 5-5-5z", // diamond
  files: "M2 2h8v8H2z", // square
  over: "M6 2l5 8H1z", // triangle up
  under: "M6 10L1 2h10z", // triangle down
  inside: "M6 10.5a4.5 4.5 0 100-9 4.5 4.5 0 000 9z", // disc
  hold: "M2 2h3v8H2zM7 2h3v8H7z", // pause
};

/** A small filled shape that carries a state together with its word, never colour alone. */
export function shape(name, size = 10) {
  const path = svg("path", { d: SHAPES[name], fill: "currentColor" });
  return svg(
    "svg",
    { viewBox: "0 0 12 12", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    path,
  );
}
