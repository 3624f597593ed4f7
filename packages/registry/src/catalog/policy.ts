import { TIERS, type Tier } from "../contract/contract.ts";
import { authorOf } from "./entry-names.ts";
import type { EntryRecord } from "./entry-record.ts";

/** What may be read at all; the same for search, list and get. */
export interface TrustPolicy {
  /** Tiers that may be read; all when absent. */
  readonly tiers?: readonly Tier[];
  /** Namespaces that may be read; all when empty. */
  readonly allow: readonly string[];
  /** Namespaces that are never read. */
  readonly deny: readonly string[];
}

/** Whether the policy lets an entry be read; its tier must be capped by its source before. */
export function permits(
  policy: TrustPolicy,
  { id, tier }: Pick<EntryRecord, "id" | "tier">,
): boolean {
  return (policy.tiers?.includes(tier) ?? true) && permitsAuthor(policy, authorOf(id));
}

/** Whether anything may be read, so that records need not be looked at. */
export function permitsEverything({ tiers, allow, deny }: TrustPolicy): boolean {
  return (
    (tiers === undefined || TIERS.every((tier) => tiers.includes(tier))) &&
    allow.length === 0 &&
    deny.length === 0
  );
}

/** The record with at most the trust its source can give. */
export function capTier(record: EntryRecord, cap: Tier): EntryRecord {
  return TIERS.indexOf(record.tier) >= TIERS.indexOf(cap) ? record : { ...record, tier: cap };
}

function permitsAuthor({ allow, deny }: TrustPolicy, author: string): boolean {
  const is = (name: string): boolean => name.toLowerCase() === author;
  return !deny.some(is) && (allow.length === 0 || allow.some(is));
}
