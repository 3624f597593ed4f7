import { ChubError } from "../chub-error.ts";
import type { ReaderConfig } from "../contract/generated/config.ts";
import type { SchemaError } from "../contract/schema-validator.ts";
import { editDistance } from "../search/edit-distance.ts";

/** A configuration file whose shape is checked. */
export interface ConfigFile {
  /** Absolute path. */
  readonly path: string;
  readonly config: ReaderConfig;
  /** `path:line:column` of the value at a JSON pointer, for later findings. */
  readonly place: (pointer: string) => string;
}

/**
 * Reads the text of a config.yaml. The YAML library and the validator are loaded here: without a
 * configuration file nobody pays for them.
 *
 * Errors: ChubError CONFIG, all findings in one, each with file, line and column.
 */
export async function parseConfigFile(path: string, text: string): Promise<ConfigFile> {
  if (text.length > MAX_CHARACTERS)
    throw invalid([`${path}: it has ${text.length} characters, more than ${MAX_CHARACTERS}`]);
  const { LineCounter, parseDocument } = await import("yaml");
  const { configValidator } = await import("../contract/generated/config-validator.ts");
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw invalid(
      document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message.split("\n")[0] ?? ""}`),
    );
  }
  const place = (pointer: string): string => {
    const keys = pointer
      .split("/")
      .slice(1)
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    return at(offsetOf(document.contents, keys));
  };
  const config: unknown = document.toJS({ maxAliasCount: 0 }) ?? {};
  if (!configValidator(config))
    throw invalid((configValidator.errors ?? []).map((error) => explain(error, place)));
  return { path, config: config as ReaderConfig, place };
}

/** Offset of the deepest node on the way that exists; keys of a map stand for their values. */
function offsetOf(root: unknown, keys: readonly string[]): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const key of keys) {
    const items = (node as { items?: readonly unknown[] } | null)?.items ?? [];
    const pair = items.find((item) => String((item as Pair | null)?.key?.value) === key) as
      | Pair
      | undefined;
    const next = pair === undefined ? items[Number(key)] : pair.value;
    offset = startOf(pair?.key) ?? startOf(next) ?? offset;
    node = next;
  }
  return offset;
}

interface Pair {
  readonly key?: { readonly value?: unknown };
  readonly value?: unknown;
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
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
const SOURCE_KEYS = ["name", "path", "url", "npm", "token_env", "headers", "tier"];
