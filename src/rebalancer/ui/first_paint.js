// Runs before the first paint, so that a dark page never flashes white. The same key and shape as prefs.js.
try {
  const stored = JSON.parse(localStorage.getItem("rebalancer:ui:v1") ?? "{}");
  if (["light", "dark"].includes(stored.theme)) document.documentElement.dataset.theme = stored.theme;
  if (["en", "fr"].includes(stored.language)) document.documentElement.lang = stored.language;
} catch {
  // Unreadable preferences: the page starts with its defaults.
}
