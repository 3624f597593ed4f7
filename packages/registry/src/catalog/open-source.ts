import { ChubError } from "../chub-error.ts";
import { ARTIFACT_FILES, type Tier } from "../contract/contract.ts";
import type { RandomAccessFile, Source } from "../sources/source.ts";
import { memoryFile } from "../sources/memory-file.ts";
import { sha256Of } from "../sources/read-verified.ts";
import { openCatalogFile, type CatalogFile } from "./catalog-file.ts";
import { decodeContextHubRegistry } from "./context-hub-registry.ts";
import { keepTable, keptTable, type DerivedCache, type DerivedTable } from "./derived-files.ts";
import { encodeCatalog } from "./encode-catalog.ts";

/** A source whose entries can be looked up. */
export interface OpenSource {
  readonly source: Source;
  readonly layout: "chub" | "context-hub";
  readonly entries: CatalogFile;
  /** Highest tier an entry of it can have. */
  readonly tierCap: Tier;
  /** Entries that must not be read, by id, each with the reason. */
  readonly refused: ReadonlyMap<string, string>;
  /** Root digest of the artifact. */
  readonly digest?: string;
  /** sha256 of registry.json, in Context Hub's layout. */
  readonly registrySha256?: string;
}

/**
 * Opens the entries of a source: reads the header of `index/catalog.bin`, or the whole registry.json of
 * a directory that Context Hub built.
 *
 * Errors: ChubError NO_DATA when there is neither, INTEGRITY, FORMAT_TOO_NEW, and those of the source.
 */
export async function openSource(
  source: Source,
  tierCap: Tier,
  cache: DerivedCache | null,
): Promise<OpenSource> {
  const file = await source.open(ARTIFACT_FILES.catalog);
  if (file === null) return openContextHub(source, tierCap, cache);
  const digest = await rootDigest(source);
  return {
    source,
    layout: "chub",
    entries: await openCatalogFile(file),
    tierCap,
    refused: new Map(),
    ...(digest === null ? {} : { digest }),
  };
}

async function openContextHub(
  source: Source,
  tierCap: Tier,
  cache: DerivedCache | null,
): Promise<OpenSource> {
  const file = await source.open(ARTIFACT_FILES.registry);
  if (file === null) throw nothingThere(source);
  const registry = await wholeFile(file, source);
  const registrySha256 = sha256Of(registry);
  const kept = keptTable(cache, registrySha256);
  const { bytes, refused } = kept ?? encodeTable(parseRegistry(registry, source));
  if (kept === null) keepTable(cache, registrySha256, { bytes, refused });
  const entries = await openCatalogFile(memoryFile(bytes));
  return { source, layout: "context-hub", entries, tierCap, refused, registrySha256 };
}

function encodeTable(json: unknown): DerivedTable {
  const { entries, refused } = decodeContextHubRegistry(json);
  return { bytes: encodeCatalog(entries, []), refused };
}

async function wholeFile(file: RandomAccessFile, source: Source): Promise<Uint8Array> {
  try {
    if (file.size > MAX_REGISTRY_BYTES)
      throw malformed(source, `it has ${file.size} bytes, more than ${MAX_REGISTRY_BYTES}`);
    return await file.read(0, file.size);
  } finally {
    await file.close();
  }
}

function parseRegistry(bytes: Uint8Array, source: Source): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw malformed(source, "it is not JSON in UTF-8", cause);
  }
}

/**
 * The artifact's digest from the first bytes of its manifest: it stands before the list of files, which
 * can have megabytes. Null when there is no manifest.
 */
async function rootDigest(source: Source): Promise<string | null> {
  const file = await source.open(ARTIFACT_FILES.manifest);
  if (file === null) return null;
  try {
    const head = new TextDecoder().decode(await file.read(0, Math.min(file.size, 256)));
    return /^[^[]*?"digest"\s*:\s*"([0-9a-f]{64})"/.exec(head)?.[1] ?? null;
  } finally {
    await file.close();
  }
}

function nothingThere({ name, location }: Source): ChubError {
  return new ChubError(
    "NO_DATA",
    `Source ${name} has no documents: there is no artifact in ${location}`,
    {
      hint: "Build one with `chub build <content> -o <directory>`, or correct the source in config.yaml.",
    },
  );
}

function malformed({ name }: Source, why: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Unexpected registry.json of source ${name}: ${why}`, {
    hint: "Build the source again, or correct its location in config.yaml.",
    ...(cause === undefined ? {} : { cause }),
  });
}

const MAX_REGISTRY_BYTES = 64 * 1024 * 1024;
