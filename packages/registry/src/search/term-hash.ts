/**
 * 32-bit hash under which a term stands in the index; evenly spread, so that its first bits choose a shard.
 *
 * Source: FNV-1a over UTF-16 code units, then the finaliser of MurmurHash3.
 */
export function termHash(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** What a term that no text can contain stands for: a property of an entry, looked up like a word. */
export type Facet = "author" | "id" | "language" | "name" | "tag" | "tier" | "type";

/** The term of a property. The tokenizer never gives a term with "=". */
export function facetTerm(facet: Facet, value: string): string {
  return `=${facet}:${value}`;
}
