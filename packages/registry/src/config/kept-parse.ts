import type { ObjectCache } from "../cache/object-cache.ts";

/** Where parsed files are kept. */
export type ParsedCache = Pick<ObjectCache, "readState" | "writeState">;

/** What a YAML text says. */
export interface ParsedYaml {
  readonly value: unknown;
  /** `line:column` of every value, by JSON pointer. */
  readonly places: Readonly<Record<string, string>>;
}

/** What this very text of a file was parsed to, or null. It is to be validated like a new one. */
export function keptParse(cache: ParsedCache, path: string, text: string): ParsedYaml | null {
  const state = cache.readState(stateName(path));
  if (typeof state !== "object" || state === null) return null;
  const { format, text: keptText, value, places } = state as Readonly<Record<string, unknown>>;
  if (format !== FORMAT || keptText !== text || !isPlaces(places)) return null;
  return { value, places };
}

/** Keeps what a text was parsed to. Errors: none; a cache that cannot be written keeps nothing. */
export function keepParse(
  cache: ParsedCache,
  path: string,
  { text, value, places }: ParsedYaml & { readonly text: string },
): void {
  cache.writeState(stateName(path), { format: FORMAT, text, value, places });
}

function isPlaces(places: unknown): places is ParsedYaml["places"] {
  return (
    typeof places === "object" &&
    places !== null &&
    Object.values(places).every((place) => typeof place === "string")
  );
}

function stateName(path: string): string {
  return `parsed ${path}`;
}

/** Changes whenever the same text is parsed to something else. */
const FORMAT = 1;
