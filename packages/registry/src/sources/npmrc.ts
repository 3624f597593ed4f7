import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../config/configuration.ts";

/** Options of npm-registry-fetch: registries by scope, tokens by registry, proxies. */
export type NpmOptions = Readonly<Record<string, string | boolean>>;

/**
 * What the user's own .npmrc says, with `${NAME}` replaced, and `npm_config_registry`.
 *
 * The file of a project does not count: it could send a scope, and with it all documents of a source, to
 * another registry. Errors: none; without a file npm's defaults hold.
 */
export function npmOptions({
  variables,
  homeDirectory,
}: Pick<Environment, "variables" | "homeDirectory">): NpmOptions {
  const path =
    variables["NPM_CONFIG_USERCONFIG"] ??
    variables["npm_config_userconfig"] ??
    join(homeDirectory, ".npmrc");
  const registry = variables["npm_config_registry"] ?? variables["NPM_CONFIG_REGISTRY"];
  const options = parseNpmrc(readIfThere(path), variables);
  return registry === undefined ? options : { ...options, registry };
}

/** Lines of `key = value`; names as npm-registry-fetch has them. Source: https://docs.npmjs.com/cli/configuring-npm/npmrc */
export function parseNpmrc(text: string, variables: Environment["variables"]): NpmOptions {
  const pairs = text.split(/\r?\n/).flatMap((line): [string, string | boolean][] => {
    const match = /^\s*([^#;\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (match === null) return [];
    const [, key = "", raw = ""] = match;
    const value = raw
      .replace(/^(["'])(.*)\1$/, "$2")
      .replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => variables[name] ?? whole);
    return [
      [CAMEL_CASE.get(key) ?? key, value === "true" ? true : value === "false" ? false : value],
    ];
  });
  return Object.fromEntries(pairs);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return "";
  }
}

const CAMEL_CASE = new Map([
  ["https-proxy", "httpsProxy"],
  ["noproxy", "noProxy"],
  ["strict-ssl", "strictSSL"],
]);
