import type { Catalog, Miss, ResolvedText, ResolveRequest } from "../catalog/catalog.ts";
import { ChubError } from "../chub-error.ts";
import { lockText, requestFor, type Lock, type LockedText } from "./lock.ts";

/** What a check of one locked text found. */
export interface LockFinding {
  readonly text: LockedText;
  /** changed: other bytes than those that were locked; missing: no source has it. */
  readonly outcome: "same" | "changed" | "missing";
}

/** Whether the sources still have what is locked, byte for byte; in the order of the lock. Errors: those of the catalog. */
export async function checkLock(
  catalog: Catalog,
  { texts }: Lock,
): Promise<readonly LockFinding[]> {
  const findings: LockFinding[] = [];
  for (const text of texts) {
    const found = await catalog.resolve(requestFor(text));
    const isSame =
      found.outcome === "found" && (await lockText(catalog, found)).digest === text.digest;
    findings.push({
      text,
      outcome: found.outcome === "found" ? (isSame ? "same" : "changed") : "missing",
    });
  }
  return findings;
}

/**
 * A catalog that reads nothing but what is locked. A request without a version gets the locked one.
 *
 * Search and list still show everything. Errors, besides those of the catalog: ChubError POLICY for a
 * text that is not locked, INTEGRITY for one that has other bytes than when it was locked.
 */
export function frozenCatalog(catalog: Catalog, lock: Lock): Catalog {
  const pinned = async <R extends ResolveRequest>(request: R): Promise<R | Miss> => {
    const found = await pin(catalog, lock, request);
    if (found.outcome !== "found") return found;
    const { entry, variant, address } = found;
    const section = address.section === undefined ? "" : `#${address.section}`;
    const place = requestFor({
      id: entry.record.id,
      source: entry.source,
      language: variant.language,
      version: variant.version,
    });
    return { ...request, ...place, address: `${place.address}${section}` };
  };
  return {
    search: (request) => catalog.search(request),
    list: (request) => catalog.list(request),
    sources: () => catalog.sources(),
    resolve: (request) => pin(catalog, lock, request),
    async get(request) {
      const exact = await pinned(request);
      return "outcome" in exact ? exact : catalog.get(exact);
    },
    async outline(request) {
      const exact = await pinned(request);
      return "outcome" in exact ? exact : catalog.outline(exact);
    },
  };
}

async function pin(
  catalog: Catalog,
  lock: Lock,
  request: ResolveRequest,
): Promise<ResolvedText | Miss> {
  const first = await catalog.resolve(request);
  if (first.outcome !== "found") return first;
  const asked = request.version ?? first.address.version;
  const locked = lock.texts.filter(
    ({ id, source, language }) =>
      id === first.entry.record.id &&
      source === first.entry.source &&
      language === first.variant.language,
  );
  const [text] = locked.filter(
    ({ version }) => asked === undefined || version === first.variant.version,
  );
  if (text === undefined) {
    throw new ChubError(
      "POLICY",
      `${first.entry.address} is not in chub.lock in this version, and only what is locked may be read`,
      {
        hint: "Add it with `chub lock`, or read without `--frozen`.",
      },
    );
  }
  const found = await catalog.resolve({ ...request, ...requestFor(text) });
  if (found.outcome !== "found") return found;
  if ((await lockText(catalog, found)).digest !== text.digest) {
    throw new ChubError("INTEGRITY", `${first.entry.address} has other bytes than chub.lock says`, {
      hint: "Look at what changed, then lock it again with `chub lock`.",
    });
  }
  return { ...found, address: first.address };
}
