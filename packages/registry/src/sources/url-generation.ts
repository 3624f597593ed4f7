import { decodeContextHubRegistry, type DecodedRegistry } from "../catalog/context-hub-registry.ts";
import { ChubError } from "../chub-error.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import type { HttpAnswer } from "./http-fetch.ts";
import { decodeManifest } from "./manifest.ts";
import { parseRegistryJson } from "./registry-json.ts";
import { fetchFile, tooLarge } from "./url-files.ts";
import { hostGeneration, type HostGeneration } from "./host-generation.ts";
import type { UrlSourceOptions } from "./url-options.ts";
import { decodeUrlState, encodeUrlState, type UrlState } from "./url-state.ts";

/** The generation the cache remembers, or null. */
export function cachedGeneration(options: UrlSourceOptions): HostGeneration | null {
  const { cache, name } = options;
  const state = decodeUrlState(cache.readState(stateName(options)), options.now());
  const rootBytes = state === null ? null : cache.read(state.root.sha256);
  if (state === null || rootBytes === null) return null;
  const manifest = state.layout === "chub" ? decodeManifest(rootBytes, name) : null;
  return hostGeneration({ state, rootBytes, manifest });
}

/** A disk that could not keep what a generation begins with keeps the one before. */
export function rememberGeneration(
  options: UrlSourceOptions,
  { state, manifest }: HostGeneration,
): void {
  const { cache } = options;
  const has = (sha256: string | undefined): boolean =>
    sha256 === undefined || cache.read(sha256) !== null;
  const before = decodeUrlState(cache.readState(stateName(options)), options.now());
  const replaces = before !== null && before.root.sha256 !== state.root.sha256;
  const entries = replaces ? manifest?.files.get(ARTIFACT_FILES.catalog)?.sha256 : undefined;
  if (has(state.root.sha256) && has(entries))
    cache.writeState(stateName(options), encodeUrlState(state));
}

/** Asks the host. Errors: ChubError NO_DATA, INTEGRITY, FORMAT_TOO_NEW; nothing is kept then. */
export async function fetchGeneration(
  options: UrlSourceOptions,
  known: HostGeneration | null,
): Promise<HostGeneration> {
  if (options.pointer !== undefined) {
    const { fetchPointedGeneration } = await import("./url-pointer.ts");
    return fetchPointedGeneration(options, options.pointer, known);
  }
  for (const layout of ["chub", "context-hub"] as const) {
    const path = layout === "chub" ? ARTIFACT_FILES.manifest : ARTIFACT_FILES.registry;
    const etag = known?.state.layout === layout ? known.state.root.etag : undefined;
    const answer = await fetchFile(options, { path, maxBytes: MAX_ROOT_BYTES, etag });
    if (answer.kind === "not-found") continue;
    const checkedAtMs = options.now();
    if (answer.kind === "body") return decodeRoot(options, { layout, answer, checkedAtMs, known });
    if (answer.kind === "too-large") throw tooLarge(options, path);
    if (known !== null) return hostGeneration({ ...known, state: { ...known.state, checkedAtMs } });
  }
  throw new ChubError(
    "NO_DATA",
    `Source ${options.name} has no documents: there is neither manifest.json nor registry.json at ${options.url}`,
    {
      hint: "Check the url of the source in config.yaml.",
    },
  );
}

interface FetchedRoot {
  readonly layout: UrlState["layout"];
  readonly answer: Extract<HttpAnswer, { kind: "body" }>;
  readonly checkedAtMs: number;
  readonly known: HostGeneration | null;
}

/** Decodes before anything is kept, so that a bad answer never replaces a good generation. */
function decodeRoot(
  options: UrlSourceOptions,
  { layout, answer, checkedAtMs, known }: FetchedRoot,
): HostGeneration {
  const { bytes, etag } = answer;
  const manifest = layout === "chub" ? decodeManifest(bytes, options.name) : null;
  if (layout === "context-hub")
    requireNoWorse(
      options,
      decodeContextHubRegistry(parseRegistryJson(bytes, options.name)),
      known,
    );
  const root = { sha256: options.cache.write(bytes), ...(etag === undefined ? {} : { etag }) };
  const files = known?.state.files ?? new Map();
  return hostGeneration({
    state: { layout, root, checkedAtMs, files },
    rootBytes: bytes,
    manifest,
  });
}

/** A registry with bad entries is better than none, and worse than the last one without. */
function requireNoWorse(
  { name }: UrlSourceOptions,
  { refused }: DecodedRegistry,
  known: HostGeneration | null,
): void {
  const [first] = refused;
  if (first === undefined || known?.state.layout !== "context-hub") return;
  const before = decodeContextHubRegistry(parseRegistryJson(known.rootBytes, name));
  if (before.refused.size > 0) return;
  throw new ChubError(
    "INTEGRITY",
    `Refused the new registry.json of source ${name}: entry ${JSON.stringify(first[0].slice(0, 200))}: ${first[1]}`,
    { hint: "Nothing of it was kept. Tell whoever builds this source." },
  );
}

/** Another channel, version or set of keys is another state: what they say is checked from the start. */
function stateName({ name, url, pointer }: UrlSourceOptions): string {
  if (pointer === undefined) return `${name} ${url}`;
  const { place, keys } = pointer;
  return [name, url, JSON.stringify(place), ...keys].join(" ");
}

const MAX_ROOT_BYTES = 64 * 1024 * 1024;
