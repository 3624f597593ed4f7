import { ChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { isEntryId } from "../contract/entry-id.ts";
import { TIERS } from "../contract/contract.ts";
import type { RegistryRedirect, VerificationSummary } from "../contract/generated/registry.ts";
import type { EntryRecord, FileRecord, Variant } from "./entry-record.ts";

/** JSON of a record as nested lists: the names of fields would be a third of the bytes. */
export function encodeRecord(entry: EntryRecord): Uint8Array {
  return encodeJson([
    entry.id,
    TYPES.indexOf(entry.type),
    entry.name,
    entry.description,
    TIERS.indexOf(entry.tier),
    entry.tags,
    entry.aliases,
    entry.upstream,
    STATUSES.indexOf(entry.status),
    entry.replacedBy ?? null,
    entry.variants.map((variant) => [
      variant.language,
      variant.version,
      variant.recommended ? 1 : 0,
      variant.path,
      ENTRY_FILES.indexOf(variant.entryFile),
      variant.files.map(({ path, size, sha256, astSha256 }) => [
        path,
        size ?? null,
        sha256 ?? null,
        astSha256 ?? null,
      ]),
      variant.lastUpdated ?? null,
      variant.revision ?? null,
      variant.tokens ?? null,
      variant.packages,
      variant.verified === undefined ? null : encodeVerified(variant.verified),
    ]),
  ]);
}

/** JSON of a redirect as a list. */
export function encodeRedirect({ from, to, reason }: RegistryRedirect): Uint8Array {
  return encodeJson([from, to ?? null, reason ?? null]);
}

/** What `encodeRecord` was given. Errors: ChubError INTEGRITY for anything else, and for a path outside the grammar. */
export function decodeRecord(bytes: Uint8Array): EntryRecord {
  const row = list(parseJson(bytes));
  return {
    type: choice(row[1], TYPES),
    id: entryId(row[0]),
    name: text(row[2]),
    description: text(row[3]),
    tier: choice(row[4], TIERS),
    tags: list(row[5]).map(text),
    aliases: list(row[6]).map(text),
    upstream: list(row[7]).map(text),
    status: choice(row[8], STATUSES),
    ...optional("replacedBy", row[9], text),
    variants: list(row[10]).map(decodeVariant),
  };
}

/** What `encodeRedirect` was given. Errors: ChubError INTEGRITY. */
export function decodeRedirect(bytes: Uint8Array): RegistryRedirect {
  const row = list(parseJson(bytes));
  return {
    from: text(row[0]),
    ...optional("to", row[1], text),
    ...optional("reason", row[2], text),
  };
}

function decodeVariant(value: unknown): Variant {
  const row = list(value);
  const path = artifactPath(row[3]);
  return {
    language: row[0] === null ? null : text(row[0]),
    version: row[1] === null ? null : text(row[1]),
    recommended: choice(row[2], [false, true]),
    path,
    entryFile: choice(row[4], ENTRY_FILES),
    files: list(row[5]).map((file) => decodeFile(file, path)),
    ...optional("lastUpdated", row[6], text),
    ...optional("revision", row[7], count),
    ...optional("tokens", row[8], count),
    packages: list(row[9]).map(text),
    ...optional("verified", row[10], decodeVerified),
  };
}

function decodeFile(value: unknown, folder: string): FileRecord {
  const row = list(value);
  const path = text(row[0]);
  artifactPath(`${folder}/${path}`);
  return {
    path,
    ...optional("size", row[1], count),
    ...optional("sha256", row[2], digest),
    ...optional("astSha256", row[3], digest),
  };
}

function encodeVerified({
  blocks,
  passed,
  failed,
  skipped,
  packages,
  tools,
}: VerificationSummary): unknown[] {
  return [blocks, passed, failed, skipped, packages, tools];
}

function decodeVerified(value: unknown): VerificationSummary {
  const row = list(value);
  return {
    blocks: count(row[0]),
    passed: count(row[1]),
    failed: count(row[2]),
    skipped: count(row[3]),
    packages: list(row[4]).map(text),
    tools: list(row[5]).map(text),
  };
}

function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw malformed("text that is no JSON", cause);
  }
}

function optional<K extends string, T>(
  key: K,
  value: unknown,
  decode: (value: unknown) => T,
): { [P in K]?: T } {
  return (value === null || value === undefined ? {} : { [key]: decode(value) }) as {
    [P in K]?: T;
  };
}

function text(value: unknown): string {
  if (typeof value !== "string") throw malformed(`${typeof value} instead of a string`);
  return value;
}

function count(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw malformed("no count where one must be");
  return value as number;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(`${typeof value} instead of a list`);
  return value;
}

function choice<T>(value: unknown, choices: readonly T[]): T {
  const index = count(value);
  if (index >= choices.length) throw malformed(`choice ${index} of ${choices.length}`);
  return choices[index] as T;
}

function digest(value: unknown): string {
  const hex = text(value);
  if (!/^[0-9a-f]{64}$/.test(hex)) throw malformed("no sha256 where one must be");
  return hex;
}

function entryId(value: unknown): string {
  const id = text(value);
  if (!isEntryId(id)) throw malformed(`the id ${JSON.stringify(id.slice(0, 100))}`);
  return id;
}

function artifactPath(value: unknown): string {
  const path = text(value);
  const problem = artifactPathProblem(path);
  if (problem !== null)
    throw malformed(`the path ${JSON.stringify(path.slice(0, 100))}: ${problem}`);
  return path;
}

function malformed(what: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Unexpected record in the catalog: ${what}`, {
    hint: "Build the artifact again, or fetch it again with `chub update`.",
    ...(cause === undefined ? {} : { cause }),
  });
}

const TYPES = ["doc", "skill"] as const;
const STATUSES = ["current", "deprecated"] as const;
const ENTRY_FILES = ["DOC.md", "SKILL.md"] as const;
