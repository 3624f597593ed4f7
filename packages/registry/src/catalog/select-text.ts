import { ChubError } from "../chub-error.ts";
import { findSection, sectionsUsing } from "../sections/find-section.ts";
import {
  ownText,
  wholeFile,
  wholeSection,
  type LoadedFile,
  type Stretch,
} from "../sections/text-parts.ts";
import type { GetRequest, Miss } from "./catalog.ts";
import { loadFile, structuredFiles, type OpenText } from "./open-text.ts";

export interface TextRequest {
  /** Id, for misses. */
  readonly id: string;
  readonly text: OpenText;
  readonly sections: readonly string[];
  readonly symbol: string | undefined;
  readonly files: readonly string[];
  readonly full: boolean;
  /** Whether the files must be read with their structure, because they may have to be cut. */
  readonly structured: boolean;
}

/** The request of a `get`, with the section of the address among the sections. */
export function textRequest(
  request: GetRequest,
  resolved: { id: string; text: OpenText; section: string | undefined },
): TextRequest {
  const { id, text, section } = resolved;
  return {
    id,
    text,
    sections: [...(section === undefined ? [] : [section]), ...(request.sections ?? [])],
    symbol: request.symbol,
    files: request.files ?? [],
    full: request.full ?? false,
    structured: request.maxTokens !== undefined,
  };
}

/** The stretches of text that a request means, in document order, or why there are none. */
export async function selectText(request: TextRequest): Promise<readonly Stretch[] | Miss> {
  if (request.symbol !== undefined) return selectSymbol(request, request.symbol);
  if (request.sections.length > 0) return selectSections(request);
  return selectFiles(request);
}

async function selectFiles(request: TextRequest): Promise<readonly Stretch[] | Miss> {
  const { variant } = request.text;
  const all = variant.files.map(({ path }) => path);
  const wanted = request.full
    ? entryFirst(all, variant.entryFile)
    : request.files.length > 0
      ? request.files
      : [variant.entryFile];
  const stretches: Stretch[] = [];
  for (const path of new Set(wanted)) {
    const file = await loadFile(request.text, path, request.structured ? "structure" : "bytes");
    if (file === null)
      return { outcome: "unknown-file", id: request.id, requested: path, available: all };
    stretches.push(wholeFile(file));
  }
  return stretches;
}

async function selectSections(request: TextRequest): Promise<readonly Stretch[] | Miss> {
  const stretches: Stretch[] = [];
  const loaded = new Map<string, LoadedFile>();
  for (const requested of request.sections) {
    const { path, section } = placeOf(request, requested);
    const file = loaded.get(path) ?? (await loadFile(request.text, path, "structure"));
    if (file === null)
      return {
        outcome: "unknown-file",
        id: request.id,
        requested: path,
        available: request.text.variant.files.map((known) => known.path),
      };
    loaded.set(path, file);
    if (section === null) {
      stretches.push(wholeFile(file));
      continue;
    }
    const found = findSection(structureOf(file, request), section);
    if (found === null) return unknownSection(request, { requested, file });
    stretches.push(wholeSection(file, found));
  }
  return inDocumentOrder(stretches, request);
}

/** `references/x.md#slug` names a file; so does the path alone. Everything else is a section of the file in question. */
function placeOf(
  request: TextRequest,
  requested: string,
): { path: string; section: string | null } {
  const { variant } = request.text;
  const isFile = (path: string): boolean =>
    path.includes("/") || variant.files.some((file) => file.path === path);
  const hash = requested.indexOf("#");
  const [file, slug] =
    hash === -1 ? [requested, null] : [requested.slice(0, hash), requested.slice(hash + 1)];
  if (isMarkdown(file) && isFile(file)) return { path: file, section: slug };
  return { path: request.files[0] ?? variant.entryFile, section: requested };
}

async function selectSymbol(
  request: TextRequest,
  symbol: string,
): Promise<readonly Stretch[] | Miss> {
  const files = request.files.length > 0 ? request.files : structuredFiles(request.text.variant);
  if (files.length === 0) throw noStructure(request);
  const stretches: Stretch[] = [];
  const names = new Set<string>();
  for (const path of files) {
    const file = await loadFile(request.text, path, "structure");
    if (file === null)
      return {
        outcome: "unknown-file",
        id: request.id,
        requested: path,
        available: request.text.variant.files.map((known) => known.path),
      };
    const structure = structureOf(file, request);
    for (const { name } of structure.identifiers) names.add(name);
    stretches.push(...sectionsUsing(structure, symbol).map((section) => ownText(file, section)));
  }
  if (stretches.length > 0) return stretches;
  return {
    outcome: "unknown-symbol",
    id: request.id,
    requested: symbol,
    available: [...names].slice(0, MAX_AVAILABLE),
  };
}

function structureOf(file: LoadedFile, request: TextRequest): NonNullable<LoadedFile["structure"]> {
  if (file.structure === null) throw noStructure(request);
  return file.structure;
}

function noStructure({ id, text }: TextRequest): ChubError {
  return new ChubError(
    "REQUEST_FAILED",
    `${id} has no sections: source ${text.open.source.name} carries no document structure`,
    {
      hint: "Ask for the whole document, or build the source with `chub build`.",
    },
  );
}

function unknownSection(
  request: TextRequest,
  { requested, file }: { requested: string; file: LoadedFile },
): Miss {
  const slugs = (file.structure?.sections ?? []).flatMap(({ slug }) => (slug === "" ? [] : [slug]));
  return { outcome: "unknown-section", id: request.id, requested, available: slugs };
}

/** Sorted by file and place, without those that stand inside another. */
function inDocumentOrder(stretches: readonly Stretch[], request: TextRequest): readonly Stretch[] {
  const files = entryFirst(
    request.text.variant.files.map(({ path }) => path),
    request.text.variant.entryFile,
  );
  const sorted = [...stretches].sort(
    (a, b) =>
      files.indexOf(a.file.path) - files.indexOf(b.file.path) || a.start - b.start || b.end - a.end,
  );
  return sorted.filter(
    (stretch, index) =>
      !sorted
        .slice(0, index)
        .some((other) => other.file === stretch.file && other.end >= stretch.end),
  );
}

function entryFirst(paths: readonly string[], entryFile: string): readonly string[] {
  return [entryFile, ...paths.filter((path) => path !== entryFile)];
}

function isMarkdown(path: string): boolean {
  return path.toLowerCase().endsWith(".md");
}

const MAX_AVAILABLE = 100;
