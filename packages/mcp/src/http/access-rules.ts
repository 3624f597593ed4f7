import { ChubError } from "@chub/registry";
import { quoted } from "../one-line.ts";
import type { AccessRules } from "./check-request.ts";

export interface AccessSettings {
  /** Address to listen on. */
  readonly host: string;
  /** Port that is listened on. */
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly token: string | undefined;
}

/** Who may ask: on a loopback address its own names, everywhere else what the user lists. */
export function accessRules({
  host,
  port,
  allowedHosts,
  allowedOrigins,
  token,
}: AccessSettings): AccessRules {
  const own = isLoopback(host) ? LOOPBACK_NAMES.map((name) => `${name}:${port}`) : [];
  return {
    hosts: [...own, ...allowedHosts].map((name) => name.toLowerCase()),
    origins: [...own.map((name) => `http://${name}`), ...allowedOrigins].map((origin) =>
      origin.toLowerCase(),
    ),
    ...(token === undefined ? {} : { token }),
  };
}

/**
 * Errors: ChubError USAGE when the server would be open to the network without a list of hosts and a
 * token, or when a value can never match a header.
 */
export function checkAccess({
  host,
  allowedHosts,
  allowedOrigins,
  token,
}: Omit<AccessSettings, "port">): void {
  if (!isLoopback(host) && (allowedHosts.length === 0 || token === undefined)) {
    throw new ChubError("USAGE", `Listening on ${quoted(host)} opens the server to the network`, {
      hint: "Name the hosts it answers to with --allow-host and set a token in CHUB_MCP_TOKEN, or listen on 127.0.0.1",
    });
  }
  const wrongHost = allowedHosts.find(
    (name) => !/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/u.test(name),
  );
  if (wrongHost !== undefined) {
    throw new ChubError("USAGE", `Unexpected --allow-host ${quoted(wrongHost)}`, {
      hint: "Write it as the Host header has it: docs.example.com or docs.example.com:8080",
    });
  }
  const wrongOrigin = allowedOrigins.find(
    (origin) =>
      !URL.canParse(origin) ||
      (new URL(origin).origin !== origin.toLowerCase() &&
        !/^[a-z-]+-extension:\/\/[^/]+$/u.test(origin)),
  );
  if (wrongOrigin !== undefined) {
    throw new ChubError("USAGE", `Unexpected --allow-origin ${quoted(wrongOrigin)}`, {
      hint: "Write it as the Origin header has it: https://app.example.com",
    });
  }
  if (token !== undefined && !/^[\x21-\x7E]{16,512}$/u.test(token)) {
    throw new ChubError("USAGE", "The token in CHUB_MCP_TOKEN is too weak", {
      hint: "Use 16 to 512 printable characters without spaces",
    });
  }
}

/** Whether an address is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];
