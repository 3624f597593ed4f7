import { createRequire } from "node:module";
import { join } from "node:path";
import { cruise, type ICruiseOptions } from "dependency-cruiser";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const config = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs"));

async function violations(
  folder: string,
  forbidden: unknown[],
): Promise<{ sources: string[]; broken: string[] }> {
  const options = {
    ...config.options,
    baseDir: root,
    ruleSet: { forbidden },
    validate: true,
  } as ICruiseOptions;
  const { output } = await cruise([folder], options);
  if (typeof output === "string") throw new Error("expected a report object");
  return {
    sources: output.modules
      .map(({ source }) => source)
      .filter((path) => /\/src\/.*\.ts$/.test(path)),
    broken: output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  };
}

it("keeps to the import rules in .dependency-cruiser.cjs", async () => {
  const { sources, broken } = await violations("packages", config.forbidden);
  expect(sources.length).toBeGreaterThan(40); // 0 when the TypeScript in use is too new for the tool
  expect(broken).toEqual([]);
}, 60_000);

it("reports a broken rule", async () => {
  const noContract = [
    {
      name: "planted",
      severity: "error",
      from: { path: "registry/src/catalog" },
      to: { path: "registry/src/contract" },
    },
  ];
  const { broken } = await violations("packages/registry", noContract);
  expect(broken.length).toBeGreaterThan(0);
}, 60_000);
