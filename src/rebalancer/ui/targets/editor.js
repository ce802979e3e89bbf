// The editor behind the page: draft and text kept in step, the server's opinion of them, and the parts of the page that show it.
import { tomlOf } from "./toml.js";
import { assetsIn, draftOf, emptyDraft } from "./draft.js";

const PAUSE_MS = 350;

/** One editing session; lives in `context.state`. */
export class Editor {
  /** `saved`: the current version, or null where there is none. */
  constructor(context, saved) {
    this.context = context;
    this.locked = new Set();
    this.names = new Map(); // asset id -> {symbol, name}
    this.watchers = [];
    this.reset(saved);
  }

  /** Start again from a saved version. */
  reset(saved) {
    this.saved = saved;
    this.draft = saved ? draftOf(saved.document) : emptyDraft();
    this.toml = saved ? saved.toml : tomlOf(this.draft);
    this.start = this.toml;
    this.startDraft = JSON.stringify(this.draft);
    this.errors = [];
    this.failure = null;
    this.readable = true; // the form shows what the text says
    this.checking = false;
  }

  get version() {
    return this.saved?.version ?? 0;
  }

  get dirty() {
    return this.toml !== this.start;
  }

  /** Something may be saved: it differs, and the server has nothing against it. */
  get savable() {
    return this.dirty && !this.checking && this.errors.length === 0 && this.failure === null;
  }

  /** A part of the page that shows the state: called now and after every change, until the next render. */
  watch(paint) {
    this.watchers.push(paint);
    paint();
  }

  /** Forget the watchers of the former render. */
  renderAnew() {
    this.watchers = [];
  }

  notify() {
    for (const paint of this.watchers) paint();
  }

  /** The form has changed: write the text anew, then ask the server. */
  formChanged() {
    const back = JSON.stringify(this.draft) === this.startDraft;
    this.toml = back ? this.start : tomlOf(this.draft);
    this.later();
  }

  /** The text has changed: ask the server what it says, and fill the form with it. */
  textChanged(text) {
    this.toml = text;
    this.later({ fill: true });
  }

  /** Take over a whole file (a preset, an older version). */
  async take(toml) {
    this.toml = toml;
    await this.check({ fill: true });
    this.context.rerender();
  }

  later(options) {
    clearTimeout(this.timer);
    this.checking = true;
    this.notify();
    this.timer = setTimeout(() => this.check(options), PAUSE_MS);
  }

  async check({ fill = false } = {}) {
    const text = this.toml;
    this.checking = true;
    try {
      const { document } = await this.context.api.post(this.context.path("targets", "check"), { toml: text }, { signal: this.context.signal });
      if (text !== this.toml) return; // Somebody typed on; a later answer will come.
      Object.assign(this, { errors: [], failure: null, readable: true, checking: false });
      if (fill) await this.fill(document);
    } catch (error) {
      if (error.name === "AbortError" || text !== this.toml) return;
      if (!error.code) throw error;
      Object.assign(this, { errors: error.errors, failure: error.errors.length > 0 ? null : error, checking: false, readable: this.readable && !fill });
    }
    this.notify();
  }

  async fill(document) {
    this.draft = draftOf(document);
    await this.learnNames();
  }

  /** Load symbol and name of every asset that the draft names. */
  async learnNames() {
    const missing = assetsIn(this.draft).filter((asset) => !this.names.has(asset));
    await Promise.all(missing.map((asset) => this.learnName(asset)));
  }

  async learnName(asset) {
    try {
      const found = await this.context.api.get(`/assets/${encodeURIComponent(asset)}`, { signal: this.context.signal });
      this.names.set(asset, found);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      this.names.set(asset, { id: asset, symbol: asset, name: "" }); // An asset of the person's own: its id is all there is.
    }
  }

  nameOf(asset) {
    return this.names.get(asset) ?? { id: asset, symbol: asset, name: "" };
  }

  /** The mistakes at a place of the file, such as `targets.BTC`. */
  errorsAt(column) {
    return this.errors.filter((issue) => issue.column === column);
  }
}
