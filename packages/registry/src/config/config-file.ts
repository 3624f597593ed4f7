import { ChubError } from "../chub-error.ts";
import type { ReaderConfig } from "../contract/generated/config.ts";
import type { SchemaError } from "../contract/schema-validator.ts";
import { editDistance } from "../search/edit-distance.ts";
import { keepParse, keptParse, type ParsedCache, type ParsedYaml } from "./kept-parse.ts";

/** A configuration file whose shape is checked. */
export interface ConfigFile {
  /** Absolute path. */
  readonly path: string;
  readonly config: ReaderConfig;
  /** `path:line:column` of the value at a JSON pointer, for later findings. */
  readonly place: (pointer: string) => string;
}

/**
 * Reads the text of a config.yaml, and keeps what it says in the cache: the YAML library is then needed once for each
 * version of a file, and not by every process.
 *
 * Errors: ChubError CONFIG, all findings in one, each with file, line and column.
 */
export async function parseConfigFile(
  path: string,
  text: string,
  cache: ParsedCache,
): Promise<ConfigFile> {
  if (text.length > MAX_CHARACTERS)
    throw invalid([`${path}: it has ${text.length} characters, more than ${MAX_CHARACTERS}`]);
  const kept = keptParse(cache, path, text);
  const parsed = kept ?? (await parseYaml(path, text));
  const place = (pointer: string): string => `${path}:${placeOf(parsed, pointer)}`;
  const { configValidator } = await import("../contract/generated/config-validator.ts");
  const config = parsed.value;
  if (!configValidator(config))
    throw invalid((configValidator.errors ?? []).map((error) => explain(error, place)));
  if (kept === null) keepParse(cache, path, { text, ...parsed });
  return { path, config: config as ReaderConfig, place };
}

async function parseYaml(path: string, text: string): Promise<ParsedYaml> {
  const { readYaml } = await import("./read-yaml.ts");
  const { value, places, errors } = readYaml(text);
  if (errors.length > 0)
    throw invalid(errors.map(({ place, message }) => `${path}:${place}: ${message}`));
  return { value: value ?? {}, places };
}

/** Line and column of the deepest value on the way to a JSON pointer. */
function placeOf({ places }: ParsedYaml, pointer: string): string {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const place = places[at];
    if (place !== undefined) return place;
  }
  return places[""] ?? "1:1";
}

function explain(error: SchemaError, place: (pointer: string) => string): string {
  const { instancePath, keyword, params } = error;
  if (keyword === "additionalProperties") {
    const key = String(params["additionalProperty"]);
    const near = nearest(key, instancePath === "" ? CONFIG_KEYS : SOURCE_KEYS);
    return `${place(`${instancePath}/${key}`)}: Unexpected key "${key}"${near === null ? "" : `, did you mean "${near}"?`}`;
  }
  const name = instancePath === "" ? "The file" : instancePath.slice(1).replaceAll("/", ".");
  const allowed = Array.isArray(params["allowedValues"])
    ? ` (${params["allowedValues"].join(", ")})`
    : "";
  return `${place(instancePath)}: ${name} ${error.message ?? keyword}${allowed}`;
}

function nearest(key: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, edits: editDistance(key.toLowerCase(), name, 3) }))
    .filter(({ name, edits }) => edits <= Math.min(3, Math.floor(name.length / 2)))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.name ?? null;
}

/** A configuration that cannot be used, with everything that is wrong with it. */
export function invalid(findings: readonly string[]): ChubError {
  return new ChubError("CONFIG", findings.join("\n"), {
    hint: "Correct the file; schemas/config.schema.json describes every key.",
  });
}

const MAX_CHARACTERS = 64 * 1024;
const CONFIG_KEYS = [
  "sources",
  "cdn_url",
  "output_dir",
  "refresh_interval",
  "output_format",
  "source",
  "allow",
  "deny",
  "shadow",
  "languages",
  "trusted_projects",
  "telemetry",
  "telemetry_url",
  "feedback",
  "feedback_url",
  "help_url",
  "help_timeout_ms",
  "token",
];
const SOURCE_KEYS = [
  "name",
  "path",
  "url",
  "npm",
  "token_env",
  "headers",
  "channel",
  "version",
  "keys",
  "tier",
];
