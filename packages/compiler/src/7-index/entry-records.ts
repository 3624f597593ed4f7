import { byCodeUnit, compareVersions, highestVersion, TIERS } from "@chub/registry";
import type { EntryRecord, FileRecord, Tier, Variant, VerificationSummary } from "@chub/registry";
import type { AuthorEntryFacts } from "../3-validate/author-registry.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { OwnersFile } from "../3-validate/generated/owners.ts";
import type { FileSummary } from "./file-summary.ts";
import type { PublishedFile } from "./published-file.ts";

/** What the records are made of. */
export interface EntrySources {
  readonly entries: readonly (EntryFacts | AuthorEntryFacts)[];
  /** Files of the content tree that are published, sorted by path. */
  readonly files: readonly PublishedFile[];
  /** By path, for every Markdown file. */
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly owners: OwnersFile | null;
}

/** The entries of an artifact, sorted by id, each id once. */
export function entryRecords(sources: EntrySources): EntryRecord[] {
  const groups = new Map<string, EntryFacts[]>();
  for (const facts of [...sources.entries].sort((a, b) => byCodeUnit(a.path, b.path))) {
    const key = `${facts.id} ${facts.type}`;
    groups.set(key, [...(groups.get(key) ?? []), facts]);
  }
  const records = [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, group]) => entryRecord(group as [EntryFacts, ...EntryFacts[]], sources));
  // An id of a document and a skill is an error of the lint phase; where that is switched off, the document has it.
  return records.filter(({ id }, index) => records[index - 1]?.id !== id);
}

/** One entry from its files, the one that is served when nothing is asked for first. */
function entryRecord(
  group: readonly [EntryFacts, ...EntryFacts[]],
  sources: EntrySources,
): EntryRecord {
  const variants =
    group[0].type === "skill" ? [variant(group[0], null, sources)] : docVariants(group, sources);
  const served = new Set(variants.flatMap(({ recommended, path }) => (recommended ? path : [])));
  const first = group.find(({ folder }) => served.has(folder)) ?? group[0];
  const ordered = [first, ...group.filter((facts) => facts !== first)];
  const deprecated = group.every(({ status }) => status === "deprecated");
  const replacedBy = deprecated
    ? ordered.find((facts) => facts.replacedBy !== undefined)?.replacedBy
    : undefined;
  return {
    type: first.type,
    id: first.id,
    name: first.name,
    description: first.description,
    tier: lowest(group.map((facts) => grantedTier(facts, sources.owners))),
    tags: unique(ordered.flatMap(({ tags }) => tags)),
    aliases: unique(ordered.flatMap(({ aliases }) => aliases)),
    upstream: unique(ordered.flatMap(({ upstream }) => upstream)),
    status: deprecated ? "deprecated" : "current",
    ...(replacedBy !== undefined && { replacedBy }),
    variants,
  };
}

/** The lower of what the author claims, community by default, and what owners.yaml grants to the namespace. */
function grantedTier({ author, claimedTier }: EntryFacts, owners: OwnersFile | null): Tier {
  const grant = owners?.namespaces[author]?.tier ?? owners?.default ?? "community";
  return lowest([claimedTier ?? "community", grant]);
}

function lowest(tiers: readonly Tier[]): Tier {
  return TIERS[Math.max(...tiers.map((tier) => TIERS.indexOf(tier)))]!;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

interface Key {
  readonly language: string;
  readonly version: string;
}

function docVariants(group: readonly EntryFacts[], sources: EntrySources): Variant[] {
  const variants = new Map<string, Variant>();
  for (const facts of group) {
    for (const language of facts.languages) {
      for (const version of facts.versions) {
        // Two texts for one language and version are an error of the lint phase; the first is kept where it goes on.
        const key = `${language} ${version}`;
        if (!variants.has(key)) variants.set(key, variant(facts, { language, version }, sources));
      }
    }
  }
  const sorted = [...variants.values()].sort(
    (a, b) => byCodeUnit(a.language!, b.language!) || compareVersions(b.version!, a.version!),
  );
  const recommended = new Map([...recommendedVersions(sorted), ...authorsChoice(group)]);
  return sorted.map((one) => ({
    ...one,
    recommended: recommended.get(one.language!) === one.version,
  }));
}

/** Per language the highest stable version; a pre-release only when there is nothing else. */
function recommendedVersions(sorted: readonly Variant[]): ReadonlyMap<string, string> {
  const byLanguage = new Map<string, string[]>();
  for (const { language, version } of sorted)
    byLanguage.set(language!, [...(byLanguage.get(language!) ?? []), version!]);
  return new Map(
    [...byLanguage].map(([language, versions]) => [language, highestVersion(versions)!]),
  );
}

/** Versions that an author's own registry names as the ones to serve, by language. */
function authorsChoice(
  group: readonly (EntryFacts | AuthorEntryFacts)[],
): readonly (readonly [string, string])[] {
  const chosen = group.filter((facts) => "recommended" in facts && facts.recommended);
  return chosen.flatMap(({ languages, versions }) =>
    languages.flatMap((language) => versions.map((version) => [language, version] as const)),
  );
}

function variant(facts: EntryFacts, key: Key | null, sources: EntrySources): Variant {
  const files = filesBelow(sources.files, facts.folder);
  const summaries = files.flatMap(({ path }) => sources.summaries.get(path) ?? []);
  const tokens = sources.summaries.get(facts.path)?.tokens;
  return {
    language: key?.language ?? null,
    version: key?.version ?? null,
    recommended: true,
    path: facts.folder,
    entryFile: facts.type === "doc" ? "DOC.md" : "SKILL.md",
    files: files.map((file) => fileRecord(file, facts.folder, sources.summaries)),
    ...(facts.updatedOn !== undefined && { lastUpdated: facts.updatedOn }),
    ...(facts.revision !== undefined && { revision: facts.revision }),
    ...(tokens !== undefined && { tokens }),
    packages: facts.packages,
    verified: verificationSummary(summaries),
  };
}

function fileRecord(
  { path, sha256, size }: PublishedFile,
  folder: string,
  summaries: EntrySources["summaries"],
): FileRecord {
  const astSha256 = summaries.get(path)?.ast.sha256;
  return {
    path: path.slice(folder.length + 1),
    size,
    sha256,
    ...(astSha256 !== undefined && { astSha256 }),
  };
}

/** The files are sorted, so those of a folder stand together. */
function filesBelow<T extends { readonly path: string }>(
  files: readonly T[],
  folder: string,
): readonly T[] {
  const from = firstAtLeast(files, `${folder}/`);
  const to = firstAtLeast(files, `${folder}0`); // "0" follows "/" in code-unit order
  return files.slice(from, to);
}

function firstAtLeast(files: readonly { readonly path: string }[], path: string): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byCodeUnit(files[middle]!.path, path) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function verificationSummary(summaries: readonly FileSummary[]): VerificationSummary {
  const sum = (pick: (count: FileSummary["verified"]) => number): number =>
    summaries.reduce((total, { verified }) => total + pick(verified), 0);
  return {
    blocks: sum(({ passed, failed, skipped }) => passed + failed + skipped),
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
    packages: unique(summaries.flatMap(({ verified }) => verified.packages)).sort(byCodeUnit),
    tools: unique(summaries.flatMap(({ verified }) => verified.tools)).sort(byCodeUnit),
  };
}
