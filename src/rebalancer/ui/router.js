// Addresses: #/page/part/part?name=value. The address holds the screen and its filters, so a page can be linked and reloaded.

/** Read an address: `{page, parts, query}`. */
export function parse(hash = location.hash) {
  const [path, search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [page = "", ...parts] = path.split("/").map(decodeURIComponent);
  return { page, parts, query: new URLSearchParams(search) };
}

/** Write an address: `link("holdings", {group: "BTC"})` or `link("plan", {}, planId)`. */
export function link(page, query = {}, ...parts) {
  const wanted = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)]));
  return `#/${[page, ...parts].map(encodeURIComponent).join("/")}${search.size ? `?${search}` : ""}`;
}

/** Go to an address made by `link`. */
export function navigate(hash, { replace = false } = {}) {
  if (!replace) {
    location.hash = hash;
  } else if (hash !== location.hash) {
    history.replaceState(null, "", hash);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
