import type { Catalog, EntrySummary } from "@chub/registry";
import { languagesOf } from "../answers/entry-row.ts";
import { REGISTRY_URI } from "./document-uri.ts";

/**
 * Entries of the registry as JSON of at most `maxBytes`, at least one; `next` is the URI of what follows.
 *
 * **Shape:** sorted by id; keys as Context Hub's server gives them, with source, tier and address.
 */
export async function registryPage(
  catalog: Catalog,
  { offset, maxBytes }: { offset: number; maxBytes: number },
): Promise<string> {
  const rows: string[] = [];
  let bytes = FRAME_BYTES;
  let total = 0;
  for (let from = offset, isFull = false; !isFull; from += ROWS_A_QUESTION) {
    const answer = await catalog.list({ offset: from, limit: ROWS_A_QUESTION });
    ({ total } = answer);
    isFull = from + answer.entries.length >= total;
    for (const entry of answer.entries) {
      const row = JSON.stringify(registryRow(entry));
      bytes += Buffer.byteLength(row) + 1;
      if (bytes > maxBytes && rows.length > 0) {
        isFull = true;
        break;
      }
      rows.push(row);
    }
  }
  const end = offset + rows.length;
  const next =
    end < total && rows.length > 0
      ? `,"next":${JSON.stringify(`${REGISTRY_URI}?offset=${end}`)}`
      : "";
  return `{"entries":[${rows.join(",")}],"total":${total},"offset":${offset}${next}}`;
}

function registryRow({ address, source, record }: EntrySummary) {
  const { id, name, type, description, tags, tier, variants } = record;
  return {
    id,
    address,
    name,
    type,
    description,
    tags,
    tier,
    source,
    ...(type === "doc"
      ? { languages: languagesOf(record).map((language) => languageRow(language, variants)) }
      : {}),
  };
}

function languageRow(language: string, variants: EntrySummary["record"]["variants"]) {
  const versions = variants.filter((variant) => variant.language === language);
  return {
    language,
    versions: versions.map(({ version }) => version),
    recommended: versions.find(({ recommended }) => recommended)?.version ?? null,
  };
}

const ROWS_A_QUESTION = 1000;
const FRAME_BYTES = 200;
