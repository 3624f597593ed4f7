import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildContent } from "../src/index.ts";

/** Context Hub's published client, from the workspace's dev dependencies. */
const client = dirname(
  createRequire(join(import.meta.dirname, "../../../package.json")).resolve(
    "@aisuite/chub/package.json",
  ),
);
const contentRoot = join(import.meta.dirname, "golden/shapes/content");
const home = mkdtempSync(join(tmpdir(), "chub-compat-"));
const artifact = join(home, "artifact");

function chub(...args: string[]): string {
  const env = { ...process.env, CHUB_DIR: home, CHUB_TELEMETRY: "0", CHUB_FEEDBACK: "0" };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(client, "bin/chub"), ...args],
    { encoding: "utf8", env },
  );
  if (status !== 0)
    throw new Error(`chub ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  await buildContent({ contentRoot, outputPath: artifact });
  writeFileSync(
    join(home, "config.yaml"),
    `sources:\n  - name: local\n    path: ${JSON.stringify(artifact)}\ntelemetry: false\nfeedback: false\n`,
  );
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const source = (path: string): string => readFileSync(join(contentRoot, path), "utf8");

describe("@aisuite/chub, pointed at our artifact", () => {
  it("searches by word, by tag and by id", () => {
    const found = (query: string): { id?: string; results?: { id: string }[] } =>
      JSON.parse(chub("search", query, "--json")) as { id?: string; results?: { id: string }[] };
    const ids = (query: string): string[] | undefined => found(query).results?.map(({ id }) => id);
    expect(ids("refund")).toEqual(["acme/api"]);
    expect(ids("terminal")).toEqual(["acme/cli"]);
    expect(ids("webhooks payments")).toEqual(["acme/api"]);
    expect(found("acme/deploy").id).toBe("acme/deploy");
    expect(ids("unicode")).toEqual(["nihon/text"]);
  });

  it("gets documents of every language and version", () => {
    const content = (...args: string[]): string =>
      (JSON.parse(chub("get", ...args, "--json")) as { content: string }).content;
    expect(content("acme/api", "--lang", "js")).toBe(source("acme/docs/api/javascript/DOC.md"));
    expect(content("acme/api", "--lang", "py")).toBe(source("acme/docs/api/python/DOC.md"));
    expect(content("acme/api", "--lang", "js", "--version", "1.9.0")).toBe(
      source("acme/docs/api/1.x/javascript/DOC.md"),
    );
    expect(content("nihon/text", "--lang", "py")).toBe(source("nihon/docs/text/DOC.md"));
    expect(content("legacy/guide", "--lang", "go")).toBe(source("legacy/guide/go/DOC.md"));
    expect(content("solo/tidy")).toBe(source("solo/skills/SKILL.md"));
  });

  it("gets all files of an entry, and single ones", () => {
    const full = chub("get", "acme/deploy", "--full");
    for (const path of ["SKILL.md", "references/checklist.md", "scripts/deploy.sh"]) {
      expect(full).toContain(`# FILE: ${path}`);
      expect(full).toContain(source(`acme/skills/deploy/${path}`).trimEnd());
    }
    expect(chub("get", "acme/api", "--lang", "js", "--file", "references/currencies.md")).toContain(
      source("acme/docs/api/javascript/references/currencies.md").trimEnd(),
    );
  });
});

describe("search-index.json", () => {
  it("is what the client's own builder makes of our registry", async () => {
    const { buildIndex } = (await import(pathToFileURL(join(client, "src/lib/bm25.js")).href)) as {
      buildIndex: (entries: unknown[]) => unknown;
    };
    const registry = JSON.parse(readFileSync(join(artifact, "registry.json"), "utf8")) as {
      docs: unknown[];
      skills: unknown[];
    };
    const index: unknown = JSON.parse(readFileSync(join(artifact, "search-index.json"), "utf8"));
    expect(index).toEqual(
      JSON.parse(JSON.stringify(buildIndex([...registry.docs, ...registry.skills]))),
    );
  });
});
