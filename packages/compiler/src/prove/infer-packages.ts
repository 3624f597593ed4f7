import { type NpmInstall, npmInstalls, npmPackages } from "../6-verify/wanted-packages.ts";
import type { WantedPackage } from "../6-verify/types/environment.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { CodeFile } from "./code-files.ts";

/**
 * The npm packages that an entry documents.
 *
 * What the front matter says in `packages`. Without that: the packages of its install commands that name an exact
 * version, and the first that the entry is named after and that has the version of the front matter.
 */
export async function packagesOf(
  entry: CodeFile,
  exists: (wanted: WantedPackage) => Promise<boolean>,
): Promise<readonly WantedPackage[]> {
  const facts = entry.facts;
  if (facts === null) return [];
  if (facts.packages.length > 0) return npmPackages(facts.packages);
  const installs = npmInstalls(entry.code.map(({ value }) => value));
  const exact = installs.filter(
    (install): install is Required<NpmInstall> => install.version !== undefined,
  );
  const version = facts.versions[0];
  if (version === undefined || !/^\d+\.\d+\.\d+/.test(version)) return exact;
  const named = installs.filter(({ name }) => isAbout(facts, name));
  for (const { name } of named.slice(0, MOST_GUESSES)) {
    if (exact.some((other) => other.name === name)) return exact;
    if (await exists({ name, version })) return [{ name, version }, ...exact];
  }
  return exact;
}

/** Whether an entry is named after a package: `redis/key-value` after `redis`, `hubspot/crm` after `@hubspot/api-client`. */
function isAbout({ id }: Pick<EntryFacts, "id">, name: string): boolean {
  const words = new Set(wordsOf(id));
  return wordsOf(name).some((word) => words.has(word));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? [];
}

/** The package that a document is about stands among the first that it installs. */
const MOST_GUESSES = 4;
