import type { SearchHit, SectionHit } from "@chub/registry";
import { languageGroups } from "./entry/language-groups.ts";
import { shellQuote } from "./shell-quote.ts";

/** The command that reads a section of a hit. */
export function sectionCommand(hit: SearchHit, section: SectionHit): string {
  const command = `chub get ${shellQuote(section.address)}`;
  const groups = languageGroups(hit.record.variants);
  const group = groups.find(({ language }) => language === section.language);
  const language = groups.length > 1 && group !== undefined ? ` --lang ${shellQuote(group.language)}` : "";
  const isDefault = group === undefined || section.version === group.recommendedVersion || section.address.includes("@");
  const version = isDefault || section.version === null ? "" : ` --version ${shellQuote(section.version)}`;
  return `${command}${language}${version}`;
}

/** The command that reads a hit as a whole. */
export function entryCommand(hit: SearchHit): string {
  const groups = languageGroups(hit.record.variants);
  const [first] = groups;
  const language = groups.length > 1 && first !== undefined ? ` --lang ${shellQuote(first.language)}` : "";
  return `chub get ${shellQuote(hit.address)}${language}`;
}
