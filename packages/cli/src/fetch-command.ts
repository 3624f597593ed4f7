import type { FoundText, SearchHit, SectionHit, Variant } from "@chub/registry";
import { languageGroups } from "./entry/language-groups.ts";
import { shellQuote } from "./shell-quote.ts";

/** The command that reads a section of a hit. */
export function sectionCommand(hit: SearchHit, section: SectionHit): string {
  return getCommand(section.address, hit.record.variants, section);
}

/** The command that reads a hit as a whole. */
export function entryCommand(hit: SearchHit): string {
  const [first] = languageGroups(hit.record.variants);
  return getCommand(hit.address, hit.record.variants, {
    language: first?.language ?? null,
    version: null,
  });
}

/** The command that reads a part of the text that was found. */
export function partCommand(
  { entry, variant }: Pick<FoundText, "entry" | "variant">,
  address: string,
): string {
  return getCommand(address, entry.record.variants, variant);
}

/** Names the language when there is a choice, and the version when it is not the one served by default. */
function getCommand(
  address: string,
  variants: readonly Variant[],
  wanted: Pick<Variant, "language" | "version">,
): string {
  const groups = languageGroups(variants);
  const group = groups.find(({ language }) => language === wanted.language);
  const parts = [`chub get ${shellQuote(address)}`];
  if (group !== undefined && groups.length > 1) parts.push(`--lang ${shellQuote(group.language)}`);
  const isServed = wanted.version === null || wanted.version === group?.recommendedVersion;
  if (!isServed && !address.includes("@"))
    parts.push(`--version ${shellQuote(wanted.version ?? "")}`);
  return parts.join(" ");
}
