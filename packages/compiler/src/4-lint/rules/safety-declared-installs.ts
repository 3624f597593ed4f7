import { parsePackageUrl } from "@chub/registry";
import { editDistance } from "../../diagnostics/did-you-mean.ts";
import { defineRule } from "../rule.ts";

export const safetyDeclaredInstalls = defineRule({
  id: "safety/declared-installs",
  code: "CHUB5114",
  severity: "warning",
  suppressible: false,
  kinds: ["doc"],
  summary:
    "No install command names a package that is nearly one that the document declares in `packages`.",
  why: "A package that differs from a known one by a letter is a known attack.",
  help: "Correct the name, or declare the package.",
  check({ facts, codeBlocks }, report) {
    const declared = (facts?.packages ?? []).flatMap(
      (url) => parsePackageUrl(url)?.name.toLowerCase() ?? [],
    );
    if (declared.length === 0) return;
    for (const code of codeBlocks) {
      for (const name of packagesIn(code.value)) {
        const meant = declared.includes(name)
          ? undefined
          : declared.find((known) => isNearly(known, name));
        if (meant !== undefined) {
          report({ at: code, message: `Unexpected installation of ${name}, expected ${meant}` });
        }
      }
    }
  },
});

/** Short names are near to each other by chance. */
function isNearly(known: string, name: string): boolean {
  return known.length >= SHORTEST_NAME && editDistance(known, name) <= 1;
}

function packagesIn(code: string): readonly string[] {
  return Array.from(code.matchAll(INSTALL), ([, list = ""]) => list.split(/\s+/))
    .flat()
    .filter((word) => /^@?[A-Za-z0-9]/.test(word))
    .map((word) => word.replace(/(?<=.)@.*$|[[=<>~!;].*$/g, "").toLowerCase());
}

const SHORTEST_NAME = 5;
const INSTALL =
  /\b(?:npm (?:i|install|add)|pnpm add|yarn add|bun add|pip3? install|uv add|uv pip install|poetry add)((?:[ \t]+[^\s#&|;]+)+)/g;
