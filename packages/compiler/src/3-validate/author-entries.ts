import { artifactPathProblem, canonicalLanguage, TIERS } from "@chub/registry";
import type { AuthorEntryFacts } from "./author-entry-facts.ts";
import { commaList } from "./comma-list.ts";

export interface AuthorProblem {
  /** Keys and indexes from the root. */
  readonly at: readonly (string | number)[];
  readonly message: string;
}

export interface AuthorFolder {
  readonly author: string;
  /** Every published path, relative to the content root. */
  readonly paths: ReadonlySet<string>;
}

/** The entries that an author's registry lists, and what is wrong with the others. */
export function readAuthorEntries(
  root: unknown,
  folder: AuthorFolder,
): { facts: readonly AuthorEntryFacts[]; problems: readonly AuthorProblem[] } {
  const reader: Reader = { ...folder, facts: [], problems: [] };
  const registry = mappingAt(reader, root, []);
  if (registry !== null) {
    for (const [index, doc] of listAt(reader, registry, { key: "docs", at: [] }))
      readDoc(reader, doc, ["docs", index]);
    for (const [index, skill] of listAt(reader, registry, { key: "skills", at: [] }))
      readSkill(reader, skill, ["skills", index]);
  }
  return reader;
}

type Path = readonly (string | number)[];
type Mapping = Readonly<Record<string, unknown>>;
type Shared = Pick<
  AuthorEntryFacts,
  "author" | "name" | "id" | "description" | "tags" | "claimedTier"
>;

interface Reader extends AuthorFolder {
  readonly facts: AuthorEntryFacts[];
  readonly problems: AuthorProblem[];
}

function readDoc(reader: Reader, value: unknown, at: Path): void {
  const doc = mappingAt(reader, value, at);
  const shared = doc === null ? null : sharedFacts(reader, doc, at);
  if (doc === null || shared === null) return;
  for (const [index, item] of listAt(reader, doc, { key: "languages", at })) {
    const here = [...at, "languages", index];
    const language = mappingAt(reader, item, here);
    const name = language === null ? null : textAt(reader, language, { key: "language", at: here });
    if (language === null || name === null) continue;
    for (const [position, version] of listAt(reader, language, { key: "versions", at: here })) {
      readVersion(
        reader,
        {
          shared,
          language: canonicalLanguage(name) ?? name.toLowerCase(),
          recommended: language["recommendedVersion"],
        },
        {
          value: version,
          at: [...here, "versions", position],
        },
      );
    }
  }
}

function readVersion(
  reader: Reader,
  { shared, language, recommended }: { shared: Shared; language: string; recommended: unknown },
  { value, at }: { value: unknown; at: Path },
): void {
  const variant = mappingAt(reader, value, at);
  const version = variant === null ? null : textAt(reader, variant, { key: "version", at });
  const place = variant === null ? null : entryPlace(reader, variant, { at, entryFile: "DOC.md" });
  if (variant === null || version === null || place === null) return;
  reader.facts.push({
    ...shared,
    ...place,
    ...REST,
    ...dayOf(variant),
    type: "doc",
    languages: [language],
    versions: [version],
    recommended: recommended === version,
  });
}

function readSkill(reader: Reader, value: unknown, at: Path): void {
  const skill = mappingAt(reader, value, at);
  const shared = skill === null ? null : sharedFacts(reader, skill, at);
  const place = skill === null ? null : entryPlace(reader, skill, { at, entryFile: "SKILL.md" });
  if (skill === null || shared === null || place === null) return;
  reader.facts.push({
    ...shared,
    ...place,
    ...REST,
    ...dayOf(skill),
    type: "skill",
    languages: [],
    versions: [],
    recommended: false,
  });
}

function sharedFacts(reader: Reader, entry: Mapping, at: Path): Shared | null {
  const name = textAt(reader, entry, { key: "name", at });
  if (name === null) return null;
  if (!NAME.test(name) || !NAME.test(reader.author))
    return problem(
      reader,
      [...at, "name"],
      `Unexpected name "${name.slice(0, 60)}", expected lower-case letters, digits, dots, underscores and hyphens`,
    );
  const id = entry["id"];
  const own = `${reader.author}/${name}`;
  if (id !== undefined && id !== own && id !== name) {
    return problem(
      reader,
      [...at, "id"],
      `Unexpected id "${(typeof id === "string" ? id : typeof id).slice(0, 60)}", expected \`${own}\`: the namespace is the folder`,
    );
  }
  const tier = TIERS.find((known) => known === entry["source"]);
  return {
    author: reader.author,
    name,
    id: own,
    description: typeof entry["description"] === "string" ? entry["description"] : "",
    tags: commaList(entry["tags"]),
    ...(tier !== undefined && { claimedTier: tier }),
  };
}

/** Folder of an entry, which must hold the entry file and every file that the registry lists. */
function entryPlace(
  reader: Reader,
  entry: Mapping,
  { at, entryFile }: { at: Path; entryFile: string },
): Pick<AuthorEntryFacts, "path" | "folder"> | null {
  const written = textAt(reader, entry, { key: "path", at });
  if (written === null) return null;
  const unsafe = artifactPathProblem(written);
  if (unsafe !== null) return problem(reader, [...at, "path"], `Unexpected path: ${unsafe}`);
  const folder = `${reader.author}/${written}`;
  const path = `${folder}/${entryFile}`;
  if (!reader.paths.has(path))
    return problem(
      reader,
      [...at, "path"],
      `Unexpected path, expected a folder with ${entryFile}: ${path} does not exist`,
    );
  for (const [index, file] of listAt(reader, entry, { key: "files", at })) {
    const unlisted =
      typeof file !== "string" ||
      artifactPathProblem(file) !== null ||
      !reader.paths.has(`${folder}/${file}`);
    if (unlisted)
      return problem(
        reader,
        [...at, "files", index],
        `Unexpected file ${JSON.stringify(file)?.slice(0, 80)}, expected a file of ${folder}`,
      );
  }
  return { path, folder };
}

function dayOf(entry: Mapping): Pick<AuthorEntryFacts, "updatedOn"> | object {
  const day = entry["lastUpdated"];
  return typeof day === "string" && DAY.test(day) ? { updatedOn: day } : {};
}

// ---- reading, with a problem for what is not there

function mappingAt(reader: Reader, value: unknown, at: Path): Mapping | null {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Mapping;
  return problem(reader, at, "Unexpected value, expected an object");
}

function textAt(
  reader: Reader,
  entry: Mapping,
  { key, at }: { key: string; at: Path },
): string | null {
  const value = entry[key];
  if (typeof value === "string" && value !== "") return value;
  return value === undefined
    ? problem(reader, at, `Missing key \`${key}\``)
    : problem(reader, [...at, key], `Unexpected value of \`${key}\`, expected a text`);
}

function listAt(
  reader: Reader,
  entry: Mapping,
  { key, at }: { key: string; at: Path },
): Iterable<[number, unknown]> {
  const value = entry[key];
  if (Array.isArray(value)) return value.entries();
  if (value !== undefined)
    problem(reader, [...at, key], `Unexpected value of \`${key}\`, expected a list`);
  return [];
}

function problem(reader: Reader, at: Path, message: string): null {
  reader.problems.push({ at, message });
  return null;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const REST = { packages: [], upstream: [], aliases: [], status: "current" } as const;
