import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encodeCatalog } from "../src/catalog/encode-catalog.ts";
import type { EntryRecord, Variant } from "../src/catalog/entry-record.ts";
import { ARTIFACT_FILES, astPathOf } from "../src/contract/contract.ts";
import type { DocumentAst, Section } from "../src/contract/generated/ast.ts";
import type { RegistryRedirect } from "../src/contract/generated/registry.ts";
import { buildSearchIndex } from "../src/search/build-search-index.ts";
import type { SearchDocument, SearchFile } from "../src/search/search-types.ts";

/** One text of an entry, as a test writes it down. */
interface FixtureText {
  readonly language?: string;
  readonly version?: string;
  readonly recommended?: boolean;
  readonly packages?: readonly string[];
  /** Path relative to the text's folder, then content. The entry file is DOC.md or SKILL.md. */
  readonly files: Readonly<Record<string, string>>;
}

export interface FixtureEntry extends Partial<Omit<EntryRecord, "variants">> {
  readonly id: string;
  readonly texts: readonly FixtureText[];
}

/** Files of an artifact of format 1 for some entries, by path. Token counts are bytes: always enough. */
export function fixtureArtifact(
  entries: readonly FixtureEntry[],
  redirects: readonly RegistryRedirect[] = [],
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  const records = sorted.map((entry) => recordOf(entry, files));
  const documents = sorted.map((entry, index) => searchDocumentOf(entry, records[index]!));
  const index = buildSearchIndex(documents);
  files.set(ARTIFACT_FILES.catalog, encodeCatalog(records, redirects));
  files.set(ARTIFACT_FILES.search, index.search);
  files.set(ARTIFACT_FILES.sections, index.sections);
  return withManifest(files);
}

/** The same files with a manifest.json that lists them. */
export function withManifest(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => ({ path, size: bytes.length, sha256: sha256(bytes) }));
  const digest = sha256(listed.map(({ path, sha256: sum }) => `${sum}  ${path}\n`).join(""));
  const manifest = { format: 1, generator: "fixture", digest, files: listed };
  return new Map(files).set(ARTIFACT_FILES.manifest, Buffer.from(JSON.stringify(manifest)));
}

/** Writes files into a new temporary folder and gives its path. */
export function writeTree(files: ReadonlyMap<string, Uint8Array | string>): string {
  const root = mkdtempSync(join(tmpdir(), "chub-test-"));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function recordOf({ texts, ...entry }: FixtureEntry, files: Map<string, Uint8Array>): EntryRecord {
  const type = entry.type ?? "doc";
  return {
    type,
    name: entry.id.split("/")[1] ?? entry.id,
    description: `About ${entry.id}`,
    tier: "community",
    tags: [],
    aliases: [],
    upstream: [],
    status: "current",
    ...entry,
    variants: texts.map((text) => variantOf(entry.id, text, files)),
  };
}

function variantOf(id: string, text: FixtureText, files: Map<string, Uint8Array>): Variant {
  const path = [id, text.version?.replaceAll(/[^a-z0-9.]/g, ""), text.language]
    .filter(Boolean)
    .join("/");
  const paths = Object.keys(text.files).sort();
  return {
    language: text.language ?? null,
    version: text.version ?? null,
    recommended: text.recommended ?? true,
    path,
    entryFile: "SKILL.md" in text.files ? "SKILL.md" : "DOC.md",
    files: paths.map((file) => {
      const bytes = Buffer.from(text.files[file] ?? "");
      files.set(`${path}/${file}`, bytes);
      if (!file.endsWith(".md")) return { path: file, size: bytes.length, sha256: sha256(bytes) };
      const ast = Buffer.from(JSON.stringify(structureOf(`${path}/${file}`, bytes.toString())));
      files.set(astPathOf(`${path}/${file}`), ast);
      return { path: file, size: bytes.length, sha256: sha256(bytes), astSha256: sha256(ast) };
    }),
    tokens: Buffer.byteLength(text.files["DOC.md"] ?? text.files["SKILL.md"] ?? ""),
    packages: text.packages ?? [],
  };
}

function searchDocumentOf({ texts }: FixtureEntry, record: EntryRecord): SearchDocument {
  const { id, type, name, description, tier, tags, aliases } = record;
  const languages = [...new Set(record.variants.flatMap(({ language }) => language ?? []))].sort();
  const files = texts.flatMap((text, variant) =>
    Object.entries(text.files).map(([file, content]): SearchFile => {
      const { sections } = structureOf(file, content);
      return {
        variant,
        file,
        title: sections[1]?.heading ?? "",
        installs: [],
        imports: [],
        sections: sections.map((section) => ({
          slug: section.slug,
          heading: section.heading,
          path: section.path,
          startLine: section.range.start.line,
          endLine: Math.max(section.range.start.line, section.range.end.line - 1),
          tokens: section.tokens,
          text: Buffer.from(content)
            .subarray(section.range.start.offset, section.bodyEnd)
            .toString(),
          code: "",
        })),
      };
    }),
  );
  return { id, type, name, description, tier, tags, aliases, languages, packages: [], files };
}

/** Cuts at ATX headings; a call `name(` anywhere in a section is an identifier. Enough of Markdown for the fixtures. */
export function structureOf(path: string, text: string): DocumentAst {
  const starts = [...text.matchAll(/^(#{1,6}) (.*)$/gm)].map(({ index, 1: marks, 2: heading }) => ({
    index,
    depth: (marks ?? "").length,
    heading: (heading ?? "").trim(),
  }));
  const cuts = [{ index: 0, depth: 0, heading: "" }, ...starts];
  const point = (at: number): Section["range"]["start"] => ({
    line: text.slice(0, at).split("\n").length,
    column: 1,
    offset: Buffer.byteLength(text.slice(0, at)),
  });
  const used = new Map<string, number>();
  const sections = cuts.map(({ index, depth, heading }, position): Section => {
    const bodyEnd = cuts[position + 1]?.index ?? text.length;
    const next =
      position === 0 ? 1 : cuts.findIndex((other, at) => at > position && other.depth <= depth);
    const end = next === -1 ? text.length : (cuts[next]?.index ?? text.length);
    const base = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
    const repeated = used.get(base) ?? 0;
    used.set(base, repeated + 1);
    const blocks = [...text.slice(index, bodyEnd).matchAll(/\n\n(?=[^\n])/g)].map((match) =>
      Buffer.byteLength(text.slice(0, index + match.index + 2)),
    );
    return {
      index: position,
      slug: repeated === 0 ? base : `${base}-${repeated}`,
      heading,
      depth,
      path: pathTo(cuts.slice(0, position + 1)),
      parent: null,
      children: [],
      range: { start: point(index), end: point(end) },
      bodyEnd: Buffer.byteLength(text.slice(0, bodyEnd)),
      tokens: Buffer.byteLength(text.slice(index, end)),
      bodyTokens: Buffer.byteLength(text.slice(index, bodyEnd)),
      blocks,
    };
  });
  const calls = sections.flatMap(({ index, range, bodyEnd }) =>
    [
      ...Buffer.from(text)
        .subarray(range.start.offset, bodyEnd)
        .toString()
        .matchAll(/([\w.]+)\(/g),
    ].map((match) => ({ name: match[1] ?? "", index })),
  );
  const names = [...new Set(calls.map(({ name }) => name))].sort();
  return {
    format: 1,
    path,
    kind: "doc",
    source: {
      sha256: sha256(text),
      size: Buffer.byteLength(text),
      lines: text.split("\n").length,
      eol: "lf",
    },
    frontmatter: null,
    title: sections[1]?.heading ?? null,
    tokens: Buffer.byteLength(text),
    sections,
    code: [],
    links: [],
    identifiers: names.map((name) => ({
      name,
      kind: "call",
      sections: [...new Set(calls.filter((call) => call.name === name).map(({ index }) => index))],
    })),
  };
}

function pathTo(cuts: readonly { depth: number; heading: string }[]): string[] {
  const path: string[] = [];
  let depth = Infinity;
  for (const cut of [...cuts].reverse()) {
    if (cut.depth === 0 || cut.depth >= depth) continue;
    path.unshift(cut.heading);
    depth = cut.depth;
  }
  return path;
}
