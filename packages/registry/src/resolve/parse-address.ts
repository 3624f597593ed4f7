import type { ParsedAddress } from "../catalog/catalog.ts";

/**
 * The parts of `[source:]name[@version][#section]`; every text has some.
 *
 * A scope's leading `@` belongs to the name (`@slack/web-api@7`); only a configured source name counts as one.
 */
export function parseAddress(address: string, sourceNames: readonly string[]): ParsedAddress {
  const trimmed = address.trim();
  const hash = trimmed.indexOf("#");
  const head = hash === -1 ? trimmed : trimmed.slice(0, hash);
  const colon = head.indexOf(":");
  const hasSource = colon > 0 && sourceNames.includes(head.slice(0, colon));
  const named = hasSource ? head.slice(colon + 1) : head;
  const at = named.indexOf("@", 1);
  const version = at === -1 ? "" : named.slice(at + 1).trim();
  return {
    ...(hasSource ? { source: head.slice(0, colon) } : {}),
    id: (at === -1 ? named : named.slice(0, at)).trim(),
    ...(version === "" ? {} : { version }),
    ...(hash === -1 ? {} : { section: trimmed.slice(hash + 1).trim() }),
  };
}

/** The address that means an entry, a version of it or a section; the inverse of `parseAddress`. */
export function formatAddress({ source, id, version, section }: ParsedAddress): string {
  return [
    source === undefined ? "" : `${source}:`,
    id,
    version === undefined ? "" : `@${version}`,
    section === undefined ? "" : `#${section}`,
  ].join("");
}
