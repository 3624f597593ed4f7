import { ChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { ARTIFACT_FORMAT, TIERS, type Tier } from "../contract/contract.ts";
import { isEntryId } from "../contract/entry-id.ts";
import { canonicalLanguage } from "../contract/languages.ts";
import type { EntryRecord, Variant } from "./entry-record.ts";

/** A registry.json as records. */
export interface DecodedRegistry {
  readonly entries: readonly EntryRecord[];
  /** Entries that must not be read, by the id they claim, each with the reason. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Entries of a Context Hub registry.json: `docs` and `skills`, or the older `entries`.
 *
 * One bad entry does not cost the others: it is refused, and so is every id that two entries claim.
 * Dotfiles in `files` are dropped. Errors: ChubError INTEGRITY when it is no registry, FORMAT_TOO_NEW.
 */
export function decodeContextHubRegistry(json: unknown): DecodedRegistry {
  if (!isObject(json)) throw notARegistry("it is not an object");
  requireKnownFormat(json);
  const rows = [
    ...typedRows(json, "docs", "doc"),
    ...typedRows(json, "skills", "skill"),
    ...oldRows(json),
  ];
  if (rows.length === 0 && !["docs", "skills", "entries"].some((key) => Array.isArray(json[key]))) {
    throw notARegistry("it has neither docs nor skills");
  }
  if (rows.length > MAX_ENTRIES)
    throw notARegistry(`it has ${rows.length} entries, more than ${MAX_ENTRIES}`);
  const entries = new Map<string, EntryRecord>();
  const refused = new Map<string, string>();
  rows.forEach(({ row, type, place }) => {
    const decoded = decodeEntry(row, type);
    const id = typeof decoded === "string" ? claimedId(row, place) : decoded.id;
    if (typeof decoded === "string") refused.set(id, `${place}: ${decoded}`);
    else if (entries.has(id)) refused.set(id, `${place}: two entries have this id`);
    else entries.set(id, decoded);
  });
  return { entries: [...entries.values()].filter(({ id }) => !refused.has(id)), refused };
}

interface Row {
  readonly row: unknown;
  readonly type: "doc" | "skill";
  readonly place: string;
}

function typedRows(
  json: Readonly<Record<string, unknown>>,
  key: string,
  type: Row["type"],
): readonly Row[] {
  const rows = json[key];
  if (rows === undefined) return [];
  if (!Array.isArray(rows)) throw notARegistry(`/${key} is not a list`);
  return rows.map((row: unknown, index) => ({ row, type, place: `/${key}/${index}` }));
}

/** The older form says in the first version of an entry whether it is a skill. */
function oldRows(json: Readonly<Record<string, unknown>>): readonly Row[] {
  return typedRows(json, "entries", "doc").map((row) => {
    const [language] = listOf(isObject(row.row) ? row.row["languages"] : null);
    const [version] = listOf(isObject(language) ? language["versions"] : null);
    const provides = listOf(isObject(version) ? version["provides"] : null);
    return {
      ...row,
      type: provides.includes("skill") && !provides.includes("doc") ? "skill" : "doc",
    };
  });
}

/** A record, or the reason why there is none. */
function decodeEntry(row: unknown, type: Row["type"]): EntryRecord | string {
  if (!isObject(row)) return "it is not an object";
  const { id = row["name"], description = "" } = row;
  if (typeof id !== "string" || !isEntryId(id))
    return "its id is not author/name in lower-case ASCII";
  if (typeof description !== "string") return "its description is not a text";
  if (CONTROL.test(description)) return "its description holds control characters";
  const variants =
    type === "skill" && row["languages"] === undefined
      ? skillVariants(row)
      : docVariants(row, type);
  if (typeof variants === "string") return variants;
  if (variants.length === 0) return "it has no text";
  return {
    type,
    id,
    name: id.slice(id.indexOf("/") + 1),
    description: description.slice(0, MAX_DESCRIPTION),
    tier: TIERS.includes(row["source"] as Tier) ? (row["source"] as Tier) : "community",
    tags: listOf(row["tags"]).filter(isName),
    aliases: [],
    upstream: [],
    status: "current",
    variants,
  };
}

function skillVariants(row: Readonly<Record<string, unknown>>): readonly Variant[] | string {
  const text = decodeText(row, "SKILL.md");
  return typeof text === "string"
    ? text
    : [{ ...text, language: null, version: null, recommended: true }];
}

function docVariants(
  row: Readonly<Record<string, unknown>>,
  type: Row["type"],
): readonly Variant[] | string {
  const variants: Variant[] = [];
  if (!Array.isArray(row["languages"])) return "its languages are not a list";
  for (const language of row["languages"] as unknown[]) {
    if (!isObject(language) || !isName(language["language"])) return "a language has no name";
    if (!Array.isArray(language["versions"])) return "its versions are not a list";
    const name = canonicalLanguage(language["language"]) ?? language["language"].toLowerCase();
    for (const version of language["versions"] as unknown[]) {
      if (!isObject(version) || !isName(version["version"])) return "a version has no name";
      const text = decodeText(version, type === "doc" ? "DOC.md" : "SKILL.md");
      if (typeof text === "string") return text;
      const recommended = version["version"] === language["recommendedVersion"];
      variants.push({ ...text, language: name, version: version["version"], recommended });
    }
  }
  return variants;
}

type Text = Omit<Variant, "language" | "version" | "recommended">;

/** Where a text is and which files it has; a path outside the grammar refuses the whole entry. */
function decodeText(
  row: Readonly<Record<string, unknown>>,
  entryFile: Text["entryFile"],
): Text | string {
  const { path, files = [], lastUpdated, size = 0 } = row;
  if (!isText(path)) return "a text has no path";
  if (!Number.isSafeInteger(size) || (size as number) < 0)
    return "its size is not a number of bytes";
  const problem = artifactPathProblem(path);
  if (problem !== null)
    return `the path ${JSON.stringify(path.slice(0, 100))} is not allowed: ${problem}`;
  const listed = listOf(files)
    .filter(isText)
    .filter((file) => !isHarmlessDotfile(file));
  if (listed.length > MAX_FILES) return `a text has ${listed.length} files, more than ${MAX_FILES}`;
  for (const file of listed) {
    const trouble = artifactPathProblem(`${path}/${file}`);
    if (trouble !== null)
      return `the file ${JSON.stringify(file.slice(0, 100))} is not allowed: ${trouble}`;
  }
  const names = listed.includes(entryFile) ? listed : [entryFile, ...listed];
  return {
    path,
    entryFile,
    files: [...new Set(names)].sort().map((name) => ({ path: name })),
    ...(isText(lastUpdated) && /^\d{4}-\d{2}-\d{2}/.test(lastUpdated)
      ? { lastUpdated: lastUpdated.slice(0, 10) }
      : {}),
    packages: [],
  };
}

/** Whether a file is left out only because a part of its name begins with a dot. */
function isHarmlessDotfile(file: string): boolean {
  const visible = file.replaceAll(/(^|\/)\.(?=[A-Za-z0-9_])/g, "$1");
  return visible !== file && artifactPathProblem(visible) === null;
}

function requireKnownFormat(json: Readonly<Record<string, unknown>>): void {
  const format = Number(json["format"] ?? 0);
  const version = typeof json["version"] === "string" ? Number.parseInt(json["version"], 10) : 1;
  if (format > ARTIFACT_FORMAT || version > CONTEXT_HUB_VERSION) {
    throw new ChubError(
      "FORMAT_TOO_NEW",
      `registry.json has format ${Math.max(format, version)}, this reader knows up to ${ARTIFACT_FORMAT}`,
      {
        hint: "Install a newer chub.",
      },
    );
  }
}

function claimedId(row: unknown, place: string): string {
  if (isObject(row) && typeof row["id"] === "string") return row["id"];
  return isObject(row) && typeof row["name"] === "string" ? row["name"] : place;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** A text that is shown on one line. */
function isName(value: unknown): value is string {
  return isText(value) && !/\p{Cc}/u.test(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function notARegistry(why: string): ChubError {
  return new ChubError("INTEGRITY", `Unexpected registry.json: ${why}`, {
    hint: "Point the source at a directory or host that `chub build` or Context Hub's build wrote.",
  });
}

/** Control characters that a terminal would obey. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
/** Characters; the longest real one has 1,123. A longer one only stuffs words for the search. */
const MAX_DESCRIPTION = 1_200;
const MAX_ENTRIES = 100_000;
const MAX_FILES = 64;
/** `version` of registry.json is 1.0.0 in every release of Context Hub. */
const CONTEXT_HUB_VERSION = 1;
