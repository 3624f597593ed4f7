import { createHash, timingSafeEqual } from "node:crypto";

/** Who may ask. */
export interface AccessRules {
  /** Exact values of the `Host` header, with port where the port is not the default one. */
  readonly hosts: readonly string[];
  /** Exact values of the `Origin` header. */
  readonly origins: readonly string[];
  /** Token that requests must bear; absent: none is needed. */
  readonly token?: string;
}

export interface RequestHead {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
}

/** Why a request is refused, or null when it may pass. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/**
 * Checks the head of a request before anything of its body is read.
 *
 * Values are compared whole, never by their beginning; `Origin: null`, which sandboxed pages send, is
 * foreign. Source: the MCP specification, Streamable HTTP, security warning: 403 for an invalid Origin.
 */
export function refusalOf(
  { host, origin, authorization }: RequestHead,
  rules: AccessRules,
): Refusal | null {
  if (host === undefined || !rules.hosts.includes(host.toLowerCase()))
    return { status: 403, message: "The Host header is not one this server answers to" };
  if (origin !== undefined && !rules.origins.includes(origin.toLowerCase()))
    return { status: 403, message: "The Origin is not allowed" };
  if (rules.token !== undefined && !bears(authorization, rules.token))
    return { status: 401, message: "A bearer token is needed" };
  return null;
}

/** Compares digests, so that the time says nothing about where a wrong token begins to differ. */
function bears(authorization: string | undefined, token: string): boolean {
  const given = /^bearer +(\S+)$/iu.exec(authorization ?? "")?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
