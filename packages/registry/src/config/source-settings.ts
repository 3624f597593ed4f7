import type { ReaderConfig, SourceConfig } from "../contract/generated/config.ts";
import { pointerKeyBytes } from "../pointer/pointer.ts";
import { invalid, type ConfigFile } from "./config-file.ts";
import { DEFAULT_PACKAGE, DEFAULT_TIER_CAP, type SourceSettings } from "./configuration.ts";

/** Makes a path of a configuration file absolute. */
export type ResolvePath = (path: string) => string;

/**
 * The sources a file configures, in its order; none when it says nothing about them.
 *
 * Errors: ChubError CONFIG with the place of every source that is not exactly one of path, url, npm, has
 * a name that another has, or a URL that is not https (or http on this machine) or holds credentials.
 */
export function sourceSettings(
  { config, place }: ConfigFile,
  resolvePath: ResolvePath,
): readonly SourceSettings[] {
  const sources = config.sources ?? [];
  const findings: string[] = [];
  const settings = sources.flatMap((source, index) => {
    const pointer = `/sources/${index}`;
    const repeated = sources.findIndex(({ name }) => name === source.name) < index;
    const checked = repeated
      ? `another source is called "${source.name}"`
      : settingsOf(source, resolvePath);
    if (typeof checked !== "string") return [checked];
    findings.push(`${place(pointer)}: ${checked}`);
    return [];
  });
  if (findings.length > 0) throw invalid(findings);
  if (config.sources !== undefined || config.cdn_url === undefined) return settings;
  const single = settingsOf({ name: "default", url: config.cdn_url }, resolvePath);
  if (typeof single === "string") throw invalid([`${place("/cdn_url")}: ${single}`]);
  return [single];
}

/** Whether a file configures sources at all. */
export function hasSources(config: ReaderConfig): boolean {
  return config.sources !== undefined || config.cdn_url !== undefined;
}

/** Why a URL may not be a source, or null when it may. */
export function sourceUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return "its url is not a URL";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    return "its url holds credentials; use token_env or headers";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)))
    return null;
  return `its url begins with ${url.protocol}, only https, and http on this machine, is read`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function settingsOf(source: SourceConfig, resolvePath: ResolvePath): SourceSettings | string {
  const { name, path, url, npm, tier } = source;
  if ([path, url, npm].filter((place) => place !== undefined).length !== 1)
    return `source "${name}" needs exactly one of path, url and npm`;
  const ofUrl = URL_KEYS.filter((key) => source[key] !== undefined);
  if (url === undefined && ofUrl.length > 0)
    return `source "${name}" has ${ofUrl.join(" and ")}, but no url`;
  if (path !== undefined)
    return { name, kind: "path", directory: resolvePath(path), tier: tier ?? DEFAULT_TIER_CAP };
  if (npm !== undefined) return npmSettings(source, npm);
  const problem = sourceUrlProblem(url ?? "");
  if (problem !== null) return `source "${name}": ${problem}`;
  const pointer = pointerOf(source);
  if (typeof pointer === "string") return pointer;
  return {
    name,
    kind: "url",
    url: (url ?? "").replace(/\/+$/, ""),
    ...(source.token_env === undefined ? {} : { tokenVariable: source.token_env }),
    headers: source.headers ?? {},
    ...(pointer === null ? {} : { pointer }),
    tier: tier ?? DEFAULT_TIER_CAP,
  };
}

type Pointer = NonNullable<Extract<SourceSettings, { kind: "url" }>["pointer"]>;

/** Keys without a channel or version would protect nothing: a plain manifest is not signed. */
function pointerOf({ name, channel, version, keys }: SourceConfig): Pointer | string | null {
  if (channel !== undefined && version !== undefined)
    return `source "${name}" has a channel and a version, expected one of them`;
  const wrong = keys?.find((key) => pointerKeyBytes(key) === null);
  if (wrong !== undefined || keys?.length === 0)
    return `source "${name}": keys are ed25519:<32 bytes in base64>, at least one`;
  if (channel !== undefined) return { place: { channel }, keys: keys ?? [] };
  if (version !== undefined) return { place: { version }, keys: keys ?? [] };
  return keys === undefined ? null : `source "${name}" has keys, but no channel or version`;
}

function npmSettings({ name, tier }: SourceConfig, npm: string): SourceSettings | string {
  const match = NPM_SPEC.exec(npm.trim());
  if (match === null)
    return `source "${name}": "${npm}" is not a package name with an optional version`;
  const [, packageName = "", range = ""] = match;
  // The installed copy of the default package answers at once and offline.
  if (packageName === DEFAULT_PACKAGE && range === "")
    return { name, kind: "embedded", tier: tier ?? "official" };
  return {
    name,
    kind: "npm",
    packageName,
    range,
    tier: tier ?? (packageName === DEFAULT_PACKAGE ? "official" : DEFAULT_TIER_CAP),
  };
}

const URL_KEYS = ["token_env", "headers", "channel", "version", "keys"] as const;
const NPM_SPEC = /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:@(.+))?$/;
