// The HTTP API. Answers are parsed JSON; whatever goes wrong is a typed error with the server's own words.
import { t } from "./i18n.js";
import { language } from "./prefs.js";

const PREFIX = "/api/v1";

/** A problem document (RFC 9457). `errors` lists file, line, column, value, reason and remedy. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.code = problem.code ?? `http_${status}`;
    this.title = problem.title ?? t("error.http.title", { status: String(status) });
    this.detail = problem.detail ?? "";
    this.remedy = problem.remedy ?? "";
    this.numbers = problem.numbers ?? {};
    this.errors = problem.errors ?? [];
    this.traceId = problem.trace_id ?? null;
  }
}

/** The server cannot be reached. */
export class NetworkError extends Error {
  constructor() {
    super(t("error.network.detail"));
    this.code = "network";
    this.title = t("error.network.title");
    this.detail = t("error.network.detail");
    this.remedy = "";
    this.errors = [];
    this.numbers = {};
    this.traceId = null;
  }
}

/** A fresh idempotency key. Make one per dialog or form and hand it to every try, so that a second click cannot do it twice. */
export const newKey = () => crypto.randomUUID();

/** Path under a portfolio with every segment encoded: `at(pid, "places", "Ledger Wallets")`. */
export const at = (...segments) => `/portfolios/${segments.map(encodeURIComponent).join("/")}`;

async function request(method, path, { body, form, params, key, match, signal } = {}) {
  const options = { method, headers: headersOf(method, body, key, match), body: form ?? json(body), signal };
  let answer;
  try {
    answer = await fetch(PREFIX + path + queryOf(params), options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new NetworkError();
  }
  if (!answer.ok) throw new ApiError(answer.status, await problemOf(answer));
  return answer;
}

const json = (body) => (body === undefined ? undefined : JSON.stringify(body));

function headersOf(method, body, key, match) {
  const headers = { Accept: "application/json", "Accept-Language": language() };
  if (method === "POST") headers["Idempotency-Key"] = key ?? newKey();
  if (match) headers["If-Match"] = match;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return headers;
}

function queryOf(params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}

async function problemOf(answer) {
  try {
    return await answer.json();
  } catch {
    return {}; // Not a problem document: a proxy or a crash answered.
  }
}

const parsed = async (answer) => (answer.status === 204 ? null : answer.json());

export const api = {
  get: async (path, options) => parsed(await request("GET", path, options)),
  /** The answer with its ETag, for If-Match later: `{data, etag}`. */
  getTagged: async (path, options) => {
    const answer = await request("GET", path, options);
    return { data: await parsed(answer), etag: answer.headers.get("ETag") };
  },
  post: async (path, body, options) => parsed(await request("POST", path, { body, ...options })),
  put: async (path, body, options) => parsed(await request("PUT", path, { body, ...options })),
  delete: async (path, options) => parsed(await request("DELETE", path, options)),
  /** Multipart: `upload(path, {file, account: "x"}, {key})`. */
  upload: async (path, fields, options) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
    return parsed(await request("POST", path, { form, ...options }));
  },
  /** Fetch a file and hand it to the browser to save. */
  download: async (path, filename, options) => {
    const answer = await request("GET", path, options);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = filename;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  },
};
