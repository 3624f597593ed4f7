import { byCodeUnit } from "@chub/registry";
import type { Identifier } from "@chub/registry";
import type { InlineCode } from "mdast";
import type { Placed } from "./code-blocks.ts";
import type { ExtractedCode } from "./file-facts.ts";
import { PATTERNS } from "./identifier-patterns.ts";
import { installedPackages } from "./install-commands.ts";

/** Names used in code blocks and inline code, sorted by name, then kind, each with the sections that use it. */
export function describeIdentifiers(
  code: readonly ExtractedCode[],
  inlineCode: readonly Placed<InlineCode>[],
): Identifier[] {
  const uses = new Uses();
  for (const block of code) readBlock(block, uses);
  for (const { node, section } of inlineCode) readInline(node.value, section, uses);
  return uses.sorted();
}

function readBlock({ value, language, section }: ExtractedCode, uses: Uses): void {
  for (const { kind, pattern, languages, needs } of PATTERNS) {
    if ((languages !== null && !languages.has(language ?? "")) || !value.includes(needs)) continue;
    for (const match of value.matchAll(pattern)) uses.add(kind, match.slice(1), section);
  }
  if (language === null || SHELLS.has(language))
    uses.add("package", installedPackages(value), section);
}

/** Prose names calls (`stripe.charges.create()`), flags, variables and install commands in inline code. */
function readInline(value: string, section: number, uses: Uses): void {
  for (const { kind, pattern, inline, needs } of PATTERNS) {
    if (!inline || !value.includes(needs)) continue;
    for (const match of value.matchAll(pattern)) uses.add(kind, match.slice(1), section);
  }
  if (value.includes(" ")) uses.add("package", installedPackages(value), section);
}

class Uses {
  readonly #uses = new Map<
    string,
    { name: string; kind: Identifier["kind"]; sections: Set<number> }
  >();

  add(kind: Identifier["kind"], names: readonly (string | undefined)[], section: number): void {
    for (const name of names) {
      if (name === undefined || name.length > LONGEST || NOISE.has(name)) continue;
      const key = `${name}\n${kind}`;
      const use = this.#uses.get(key) ?? { name, kind, sections: new Set<number>() };
      use.sections.add(section);
      this.#uses.set(key, use);
    }
  }

  sorted(): Identifier[] {
    return [...this.#uses.values()]
      .sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.kind, b.kind))
      .map(({ name, kind, sections }) => ({
        name,
        kind,
        sections: [...sections].sort((a, b) => a - b),
      }));
  }
}

const LONGEST = 100; // characters; longer matches are data, not names
const SHELLS = new Set(["bash", "powershell", "dockerfile", "yaml", "text"]);
/** Words before a parenthesis that are no calls, in any of the languages. */
const NOISE = new Set(
  "if for while switch catch function return await async typeof new def class and or not in is lambda print elif else except with match case func fn super constructor assert sizeof void int string bool float len str range list dict set isinstance require import".split(
    " ",
  ),
);
