import { ChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { TIERS, type Tier } from "../contract/contract.ts";
import type { RegistryRedirect, VerificationSummary } from "../contract/generated/registry.ts";
import type { EntryRecord, FileRecord, Variant } from "./entry-record.ts";

/** JSON of a record as nested lists: names of fields would be a third of the bytes. */
export function encodeRecord(entry: EntryRecord): Uint8Array {
  return encodeJson([
    entry.type === "doc" ? 0 : 1,
    entry.id,
    entry.name,
    entry.description,
    TIERS.indexOf(entry.tier),
    entry.tags,
    entry.aliases,
    entry.upstream,
    entry.status === "current" ? 0 : 1,
    entry.replacedBy ?? null,
    entry.variants.map(encodeVariant),
  ]);
}

/** JSON of a redirect as a list. */
export function encodeRedirect({ from, to, reason }: RegistryRedirect): Uint8Array {
  return encodeJson([from, to ?? null, reason ?? null]);
}

/** What `encodeRecord` was given. Errors: ChubError INTEGRITY for anything else, and for a path outside the grammar. */
export function decodeRecord(bytes: Uint8Array): EntryRecord {
  const row = new Row(parseJson(bytes), 11);
  const id = row.text();
  const replacedByAt = row.peek(9);
  return {
    type: row.choice(0, ["doc", "skill"]),
    id,
    name: row.text(2),
    description: row.text(3),
    tier: row.choice<Tier>(4, TIERS),
    tags: row.texts(5),
    aliases: row.texts(6),
    upstream: row.texts(7),
    status: row.choice(8, ["current", "deprecated"]),
    ...(replacedByAt === null ? {} : { replacedBy: row.text(9) }),
    variants: row.list(10).map(decodeVariant),
  };
}

/** What `encodeRedirect` was given. Errors: ChubError INTEGRITY. */
export function decodeRedirect(bytes: Uint8Array): RegistryRedirect {
  const row = new Row(parseJson(bytes), 3);
  return {
    from: row.text(0),
    ...(row.peek(1) === null ? {} : { to: row.text(1) }),
    ...(row.peek(2) === null ? {} : { reason: row.text(2) }),
  };
}
