import type { Catalog } from "@chub/registry";
import type { ReadResourceResult } from "@modelcontextprotocol/server";
import { outlineRows } from "../answers/outline.ts";
import { provenanceOf } from "../answers/provenance.ts";
import { MAX_OMITTED, MAX_RESOURCE_BYTES } from "../limits.ts";
import { boundedGet, foundOrThrow } from "../tools/get.ts";
import { parseDocumentUri, REGISTRY_URI } from "./document-uri.ts";
import { registryPage } from "./registry-page.ts";

/** The resource behind a URI. Errors: `FailureError`, `ChubError`. */
export async function readResource(
  uri: string,
  catalog: Catalog,
  signal: AbortSignal,
): Promise<ReadResourceResult> {
  const registry = registryOffset(uri);
  if (registry !== null) {
    const text = await registryPage(catalog, { offset: registry, maxBytes: MAX_RESOURCE_BYTES });
    return { contents: [{ uri, mimeType: "application/json", text }] };
  }
  return readDocument(uri, catalog, signal);
}

/** A part a file or section, each exactly as it is; where it comes from stands beside it, in `_meta`. */
async function readDocument(
  uri: string,
  catalog: Catalog,
  signal: AbortSignal,
): Promise<ReadResourceResult> {
  const found = foundOrThrow(await boundedGet(catalog, { ...parseDocumentUri(uri), signal }));
  const meta = {
    [`${META_PREFIX}provenance`]: provenanceOf(found, catalog.sources()),
    ...(found.omitted.length === 0
      ? {}
      : {
          [`${META_PREFIX}omitted`]: outlineRows(found.omitted.slice(0, MAX_OMITTED)),
          [`${META_PREFIX}omittedCount`]: found.omitted.length,
        }),
    ...(found.additionalFiles.length === 0
      ? {}
      : { [`${META_PREFIX}additionalFiles`]: found.additionalFiles }),
  };
  const contents = found.parts.map(({ file, content }) => ({
    uri,
    mimeType: file.endsWith(".md") ? "text/markdown" : "text/plain",
    text: content,
    _meta: meta,
  }));
  return { contents };
}

/** Offset of `chub://registry` or `chub://registry?offset=N`; null for every other URI. */
function registryOffset(uri: string): number | null {
  if (uri === REGISTRY_URI) return 0;
  const offset = /^chub:\/\/registry\?offset=(\d{1,9})$/u.exec(uri)?.[1];
  return offset === undefined ? null : Number(offset);
}

/** Source: the rule for keys of `_meta`, a prefix of reversed domain labels. */
const META_PREFIX = "io.github.chub-dev/";
