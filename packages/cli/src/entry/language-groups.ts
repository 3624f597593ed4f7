import type { Variant } from "@chub/registry";

export interface LanguageGroup {
  readonly language: string;
  readonly recommendedVersion: string;
  /** Highest version first. */
  readonly variants: readonly Variant[];
}

/** The variants of a document by language, in the order of the record. */
export function languageGroups(variants: readonly Variant[]): readonly LanguageGroup[] {
  const groups = new Map<string, Variant[]>();
  for (const variant of variants) {
    if (variant.language === null) continue;
    groups.set(variant.language, [...(groups.get(variant.language) ?? []), variant]);
  }
  return [...groups].map(([language, members]) => {
    const recommended = members.find((variant) => variant.recommended) ?? members[0];
    return { language, recommendedVersion: recommended?.version ?? "", variants: members };
  });
}
