import { hash } from "node:crypto";
import { ARTIFACT_FILES, buildSearchFiles, byCodeUnit, encodeCatalog } from "@chub/registry";
import type { EntryRecord, RegistryRedirect } from "@chub/registry";
import type { Artifact, ArtifactPart, PartStore } from "./artifact.ts";
import { jsonBytes, storedPart } from "./artifact.ts";
import { contextHubIndex } from "./context-hub-index.ts";
import type { FileSummary } from "./file-summary.ts";
import type { PublishedFile } from "./published-file.ts";
import { llmsText } from "./llms-text.ts";
import { manifestOf } from "./manifest.ts";
import { registryFile } from "./registry-file.ts";
import { searchDocuments } from "./search-documents.ts";

/** What an artifact is assembled from. */
export interface ArtifactInputs {
  readonly entries: readonly EntryRecord[];
  readonly redirects: readonly RegistryRedirect[];
  /** The published content tree. */
  readonly files: readonly PublishedFile[];
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly baseUrl?: string;
  readonly store: PartStore;
}

/** The whole artifact: content, structured documents, indexes, and the manifest over all of them. */
export function buildArtifact(inputs: ArtifactInputs): Artifact {
  const parts: ArtifactPart[] = [
    ...inputs.files,
    ...[...inputs.summaries.values()].map(({ ast }) => ast),
    ...indexParts(inputs),
  ];
  const manifest = manifestOf(parts);
  parts.push(storedPart(inputs.store, ARTIFACT_FILES.manifest, jsonBytes(manifest)));
  return { parts: parts.sort((a, b) => byCodeUnit(a.path, b.path)), digest: manifest.digest };
}

function indexParts({
  entries,
  redirects,
  summaries,
  store,
  baseUrl,
}: ArtifactInputs): ArtifactPart[] {
  const registry = registryFile(entries, { redirects, ...(baseUrl !== undefined && { baseUrl }) });
  const sha256 = (bytes: Uint8Array): string => hash("sha256", bytes, "hex");
  const files: readonly (readonly [string, Uint8Array])[] = [
    [ARTIFACT_FILES.registry, jsonBytes(registry)],
    [ARTIFACT_FILES.contextHubIndex, jsonBytes(contextHubIndex(entries))],
    [ARTIFACT_FILES.catalog, encodeCatalog(entries, redirects)],
    ...buildSearchFiles(searchDocuments(entries, summaries), sha256),
    [ARTIFACT_FILES.llms, Buffer.from(llmsText(entries, baseUrl), "utf8")],
  ];
  return files.map(([path, bytes]) => storedPart(store, path, bytes));
}
