import type { Catalog } from "@chub/registry";
import { expect, it } from "vitest";
import { run } from "../src/run.ts";
import { plainPorts, STRIPE } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

const PACKAGES = [
  {
    key: "pkg:npm/left-pad",
    type: "npm",
    name: "left-pad",
    version: "1.0.0",
    exact: true,
    file: "/p/package-lock.json",
  },
  {
    key: "pkg:npm/stripe",
    type: "npm",
    name: "stripe",
    version: "18.2.0",
    exact: false,
    file: "/p/package.json",
  },
];

it("shows which dependencies have a document, and how far it is from theirs", async () => {
  const { reply } = await scan();
  expect(replyText(reply.out)).toBe(
    "1 of 2 dependencies have a document.\n\n" +
      "  npm/stripe  18.2.0  19.1.0 (another major)  chub get stripe/api --lang javascript --match-project\n",
  );
  expect(schemaProblems("cli-scan", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject({
    total: 2,
    documented: 1,
    results: [
      {
        package: "pkg:npm/stripe",
        exact: false,
        texts: [{ address: "stripe/api", distance: "major" }],
      },
    ],
    undocumented: ["pkg:npm/left-pad"],
  });
});

it("names the others when asked", async () => {
  const { reply } = await scan("--all");
  expect(replyText(reply.out)).toContain("  npm/left-pad: no document\n");
});

it("says that there is no project, and what could not be read", async () => {
  const { reply } = await run(
    ["scan"],
    plainPorts({ list: async () => ({ total: 0, offset: 0, entries: [] }) }),
  );
  expect(replyText(reply.out)).toBe("No lockfile or manifest here or in a folder above.\n");
  expect(schemaProblems("cli-scan", reply.json)).toEqual([]);
});

function scan(...options: string[]) {
  const variants = STRIPE.record.variants.map((variant) =>
    variant.language === "javascript"
      ? { ...variant, packages: ["pkg:npm/stripe@19.1.0"] }
      : variant,
  );
  const entry = { ...STRIPE, record: { ...STRIPE.record, variants } };
  const catalog: Partial<Catalog> = {
    list: async () => ({ total: 1, offset: 0, entries: [entry] }),
  };
  const versions = new Map(PACKAGES.map(({ key, version }) => [key, version]));
  const projectVersions = async () => ({
    versions,
    packages: PACKAGES,
    files: ["/p/package.json"],
    problems: [],
  });
  return run(["scan", ...options], plainPorts(catalog, { projectVersions }));
}
