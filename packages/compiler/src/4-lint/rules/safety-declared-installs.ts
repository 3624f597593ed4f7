import { parsePackageUrl } from "@chub/registry";
import { defineRule } from "../rule.ts";

export const safetyDeclaredInstalls = defineRule({
  id: "safety/declared-installs",
  code: "CHUB5114",
  severity: "info",
  suppressible: false,
  kinds: ["doc"],
  summary: "Some install command of a document installs a package that its `packages` declares.",
  why: "A package that differs from the declared one by a letter is a known attack.",
  help: "Correct the name, or declare the package.",
  check({ facts, codeBlocks }, report) {
    const declared = new Set(
      (facts?.packages ?? []).flatMap((url) => parsePackageUrl(url)?.name.toLowerCase() ?? []),
    );
    if (declared.size === 0) return;
    const installs = codeBlocks.flatMap((code) =>
      packagesIn(code.value).map((name) => ({ code, name })),
    );
    if (installs.length === 0 || installs.some(({ name }) => declared.has(name))) return;
    const [first] = installs;
    if (first !== undefined)
      report({
        at: first.code,
        message: `Unexpected installation of ${first.name}, expected one of ${[...declared].join(", ")}`,
      });
  },
});

function packagesIn(code: string): readonly string[] {
  return [...code.matchAll(INSTALL)].flatMap(([, list = ""]) =>
    list
      .split(/\s+/)
      .filter((word) => /^@?[A-Za-z0-9]/.test(word))
      .map((word) => word.replace(/(?<=.)@.*$|[[=<>~!;].*$/g, "").toLowerCase()),
  );
}

const INSTALL =
  /\b(?:npm (?:i|install|add)|pnpm add|yarn add|bun add|pip3? install|uv add|uv pip install|poetry add)((?:[ \t]+[^\s#&|;]+)+)/g;
