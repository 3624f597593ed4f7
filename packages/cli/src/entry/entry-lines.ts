import { shortLanguage } from "@chub/registry";
import type { EntrySummary } from "@chub/registry";
import { fittingLine, line, toned } from "../reply.ts";
import type { Line } from "../reply.ts";
import { languageGroups } from "./language-groups.ts";

/** An entry as lists show it: address, kind, languages, trust; then its description. */
export function entryLines(entry: EntrySummary, isOneOfSeveralSources: boolean): Line[] {
  const { record } = entry;
  const languages = languageGroups(record.variants).map(({ language }) => shortLanguage(language));
  const parts = [
    toned("bold", entry.address),
    "  ",
    record.type === "skill" ? toned("magenta", "[skill]") : toned("blue", "[doc]"),
    ...(languages.length > 0 ? ["  ", toned("dim", languages.join(", "))] : []),
    "  ",
    toned("dim", `[${record.tier}]`),
    ...(isOneOfSeveralSources ? ["  ", toned("cyan", `(${entry.source})`)] : []),
    ...(record.status === "deprecated"
      ? ["  ", toned("yellow", deprecation(record.replacedBy))]
      : []),
  ];
  const description = record.description.trim();
  return [
    line("  ", ...parts),
    ...(description === "" ? [] : [fittingLine("      ", toned("dim", description))]),
  ];
}

function deprecation(replacedBy: string | undefined): string {
  return replacedBy === undefined ? "deprecated" : `deprecated, use ${replacedBy}`;
}
