import { ChubError } from "../chub-error.ts";

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Most bytes of the decoded body. */
  readonly maxBytes: number;
  /** Validator of the copy at hand: the server may answer that it is still current. */
  readonly etag?: string;
  /** Ends the request: it rejects with the reason. */
  readonly signal?: AbortSignal;
}

export type HttpAnswer =
  | {
      readonly kind: "body";
      readonly bytes: Uint8Array;
      readonly etag?: string;
      readonly isHtml: boolean;
    }
  | { readonly kind: "too-large" }
  | { readonly kind: "not-modified" }
  | { readonly kind: "not-found" };

/** Times of one request with its retries and redirects, in milliseconds. */
export interface HttpLimits {
  /** To the last byte of the body. */
  readonly totalMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  /** Before each further attempt after a server error. */
  readonly retryPausesMs: readonly number[];
}

const HTTP_LIMITS: HttpLimits = { totalMs: 10_000, idleMs: 5_000, retryPausesMs: [200, 800] };

/**
 * Fetches one file. Follows at most three redirects and none to another origin; counts the decoded bytes;
 * one deadline covers everything. Server errors and rate limits are tried three times, unless the server
 * asks to wait for longer than the deadline.
 *
 * Errors: ChubError NO_DATA when there is no usable answer, INTEGRITY when a redirect leaves the origin,
 * the reason of the request's signal.
 */
export async function httpFetch(
  request: HttpRequest,
  limits: HttpLimits = HTTP_LIMITS,
): Promise<HttpAnswer> {
  const { signal } = request;
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(limits.totalMs);
  const deadline = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  for (let attempt = 0; ; attempt += 1) {
    const answer = await once(request, { deadline, limits });
    if (!("failure" in answer)) return answer;
    signal?.throwIfAborted();
    const pause = limits.retryPausesMs[attempt];
    if (pause === undefined || deadline.aborted) throw answer.failure;
    await wait(Math.max(pause, answer.waitMs), deadline);
    signal?.throwIfAborted();
  }
}

interface Patience {
  readonly deadline: AbortSignal;
  readonly limits: HttpLimits;
}

/** A failure that another attempt may not have. */
interface Retry {
  readonly failure: ChubError;
  /** Least time before the next attempt. */
  readonly waitMs: number;
}

/** An answer, or what happened when another attempt may help. */
async function once(request: HttpRequest, patience: Patience): Promise<HttpAnswer | Retry> {
  try {
    const response = await follow(request, patience.deadline);
    const { status } = response;
    if (status === 200) return await readBody(response, request, patience);
    await response.body?.cancel();
    const without = answerWithoutBody(status, request);
    if (without !== null) return without;
    const waitMs = status === 429 || status >= 500 ? askedPauseMs(response) : Infinity;
    if (waitMs >= patience.limits.totalMs) throw refusal(request.url, status);
    return { failure: refusal(request.url, status), waitMs };
  } catch (error) {
    if (error instanceof ChubError) throw error;
    request.signal?.throwIfAborted();
    if (patience.deadline.aborted)
      throw unreachable(
        request.url,
        `no complete answer within ${patience.limits.totalMs / 1000} s`,
        error,
      );
    const why = describe(error);
    if (why.startsWith(TLS)) throw unreachable(request.url, why, error);
    return { failure: unreachable(request.url, why, error), waitMs: 0 };
  }
}

function answerWithoutBody(status: number, { etag }: HttpRequest): HttpAnswer | null {
  if (status === 304 && etag !== undefined) return { kind: "not-modified" };
  return status === 404 || status === 410 ? { kind: "not-found" } : null;
}

/** Seconds or a date; 0 when the server says nothing or nothing sensible. Source: RFC 9110, section 10.2.3. */
function askedPauseMs(response: Response): number {
  const text = response.headers.get("retry-after") ?? "0";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  const sent = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(date) || Number.isNaN(sent) ? 0 : Math.max(0, date - sent);
}

async function follow(request: HttpRequest, deadline: AbortSignal): Promise<Response> {
  let url = new URL(request.url);
  const headers = {
    ...request.headers,
    ...(request.etag === undefined ? {} : { "if-none-match": request.etag }),
  };
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await fetch(url.href, { headers, redirect: "manual", signal: deadline });
    const location = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (next === null || next.origin !== url.origin) {
      throw new ChubError(
        "INTEGRITY",
        `Refused a redirect of ${shown(request.url)} to another server`,
        {
          hint: "Configure the address that the source has now.",
        },
      );
    }
    url = next;
  }
  throw unreachable(request.url, `more than ${MAX_REDIRECTS} redirects`);
}

async function readBody(
  response: Response,
  { maxBytes }: HttpRequest,
  { deadline, limits }: Patience,
): Promise<HttpAnswer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await withinIdle(reader.read(), limits.idleMs, deadline);
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      return { kind: "too-large" };
    }
    pieces.push(value);
  }
  const etag = response.headers.get("etag");
  const isHtml = /^text\/html\b/i.test(response.headers.get("content-type") ?? "");
  return {
    kind: "body",
    bytes: new Uint8Array(Buffer.concat(pieces)),
    isHtml,
    ...(etag === null ? {} : { etag }),
  };
}

async function withinIdle<T>(read: Promise<T>, idleMs: number, deadline: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let passed: () => void = () => undefined;
  const idle = new Promise<never>((_, reject) => {
    passed = () => reject(new Error("the deadline passed"));
    timer = setTimeout(() => reject(new Error(`no byte for ${idleMs / 1000} s`)), idleMs);
    deadline.addEventListener("abort", passed, { once: true });
  });
  try {
    return await Promise.race([read, idle]);
  } finally {
    clearTimeout(timer);
    deadline.removeEventListener("abort", passed);
  }
}

function wait(pauseMs: number, deadline: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, pauseMs);
    deadline.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
  });
}

function refusal(url: string, status: number): ChubError {
  const hints: Readonly<Record<number, string>> = {
    401: "Set the source's token_env or headers in config.yaml.",
    403: "Set the source's token_env or headers in config.yaml.",
    429: "The server asks for fewer requests; try again later.",
  };
  return new ChubError("NO_DATA", `Cannot fetch ${shown(url)}: the server answered ${status}`, {
    hint: hints[status] ?? "Check the url of the source in config.yaml.",
  });
}

function unreachable(url: string, why: string, cause?: unknown): ChubError {
  return new ChubError("NO_DATA", `Cannot fetch ${shown(url)}: ${why}`, {
    hint: "Check the network and the url of the source in config.yaml.",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A URL as messages show it: a query could hold a token. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** `fetch failed` says nothing; the cause has a code such as ECONNREFUSED. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  if ("code" in cause && TLS_CODES.test(String(cause.code)))
    return `${TLS} is not accepted (${String(cause.code)})`;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}

const TLS = "its TLS certificate";
const TLS_CODES = /CERT|SELF_SIGNED|ISSUER|^ERR_TLS/;
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
