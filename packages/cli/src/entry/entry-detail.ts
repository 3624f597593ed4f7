import type { EntrySummary, OutlineItem, Variant } from "@chub/registry";
import { fittingLine, line, toned } from "../reply.ts";
import type { Line } from "../reply.ts";
import { shellQuote } from "../shell-quote.ts";
import { sizeJson } from "./entry-json.ts";
import { languageGroups } from "./language-groups.ts";

/** All there is to know of an entry before reading it. */
export function entryDetail(entry: EntrySummary, outline: readonly OutlineItem[]): Line[] {
  const { record } = entry;
  return [
    line(toned("bold", entry.address), `  ${record.name}`),
    line(`  ${record.description.trim()}`),
    line(`  Trust: ${record.tier}, from source ${entry.source}`),
    ...optional("Tags", record.tags),
    ...optional("Also known as", record.aliases),
    ...optional("Upstream", record.upstream),
    ...(record.status === "deprecated"
      ? [line("  ", toned("yellow", `Deprecated. Use ${record.replacedBy ?? "another entry"}.`))]
      : []),
    line(),
    ...(record.type === "doc"
      ? languageLines(record.variants)
      : record.variants.flatMap(skillLines)),
    ...(outline.length > 0
      ? [line(), line(toned("bold", "  Sections")), ...outlineLines(outline)]
      : []),
    line(),
    line(`  Read it: ${readCommand(entry)}`),
  ];
}

/** One line a section: address, indented by depth, and tokens with sub-sections. */
export function outlineLines(items: readonly OutlineItem[]): Line[] {
  const top = Math.min(...items.map(({ depth }) => depth));
  return items.map((item) =>
    fittingLine(
      `  ${"  ".repeat(item.depth - top)}`,
      item.heading === "" ? "(before the first heading)" : item.heading,
      toned("dim", `  ${item.address}  ${item.tokens} tokens`),
    ),
  );
}

function readCommand({ address, record }: EntrySummary): string {
  const languages = languageGroups(record.variants);
  const choice = languages.length > 1 ? ` --lang ${shellQuote(languages[0]?.language ?? "")}` : "";
  return `chub get ${shellQuote(address)}${choice}`;
}

function optional(label: string, values: readonly string[]): Line[] {
  return values.length === 0 ? [] : [line(`  ${label}: ${values.join(", ")}`)];
}

function languageLines(variants: readonly Variant[]): Line[] {
  return languageGroups(variants).flatMap((group) => [
    line("  ", toned("bold", group.language), `  recommended: ${group.recommendedVersion}`),
    ...group.variants.map((variant) => line(`    ${variant.version}  ${facts(variant)}`)),
  ]);
}

function skillLines(variant: Variant): Line[] {
  return [
    line(`  Path: ${variant.path}  ${facts(variant)}`),
    line(`  Files: ${variant.files.map(({ path }) => path).join(", ")}`),
  ];
}

function facts(variant: Variant): string {
  const { size } = sizeJson(variant.files);
  const others = variant.files.length - 1;
  return [
    variant.tokens === undefined ? [] : `${variant.tokens} tokens`,
    size === undefined ? [] : `${(size / 1024).toFixed(1)} KB`,
    others > 0 ? `${others} more ${others === 1 ? "file" : "files"}` : [],
    variant.lastUpdated === undefined ? [] : `updated: ${variant.lastUpdated}`,
    variant.packages,
    verification(variant),
  ]
    .flat()
    .join(", ");
}

function verification({ verified }: Variant): string[] {
  if (verified === undefined || verified.blocks === 0) return [];
  const { blocks, passed, failed, packages } = verified;
  const against = packages.length === 0 ? "" : ` against ${packages.join(", ")}`;
  return [
    `${passed} of ${blocks} code blocks checked${against}${failed > 0 ? `, ${failed} failed` : ""}`,
  ];
}
