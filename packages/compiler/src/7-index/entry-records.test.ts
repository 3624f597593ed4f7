import { describe, expect, it } from "vitest";
import type { AuthorEntryFacts } from "../3-validate/author-registry.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { OwnersFile } from "../3-validate/generated/owners.ts";
import { entryRecords } from "./entry-records.ts";
import { llmsText } from "./llms-text.ts";
import { registryFile } from "./registry-file.ts";

function facts(folder: string, more: Partial<AuthorEntryFacts> = {}): EntryFacts {
  const [author = ""] = folder.split("/");
  return {
    type: "doc",
    path: `${folder}/DOC.md`,
    folder,
    author,
    name: "api",
    id: `${author}/api`,
    description: folder,
    languages: ["javascript"],
    versions: ["1.0.0"],
    tags: [],
    packages: [],
    upstream: [],
    aliases: [],
    status: "current",
    ...more,
  };
}

function records(entries: readonly EntryFacts[], owners: OwnersFile | null = null) {
  const paths = entries.map(({ path }) => path).sort();
  const files = paths.map((path) => ({
    path,
    sha256: path.length.toString(16).padStart(64, "0"),
    size: path.length,
    bytes: () => Buffer.from(path),
  }));
  return entryRecords({ entries, files, summaries: new Map(), owners });
}

describe("entryRecords", () => {
  it("groups texts by id, sorts languages and versions, and recommends the highest stable version", () => {
    const [entry, ...others] = records([
      facts("acme/docs/api/python", { languages: ["python"], versions: ["2.0rc1", "2.0b2"] }),
      facts("acme/docs/api/js", {
        versions: ["9.2.0", "10.0.0-beta.1"],
        tags: ["b", "a"],
        aliases: ["acme-js"],
      }),
      facts("acme/docs/api/js-old", { versions: ["8.0.0"], tags: ["a", "c"] }),
    ]);
    expect(others).toEqual([]);
    expect(
      entry?.variants.map(({ language, version, recommended, path }) => [
        language,
        version,
        recommended,
        path,
      ]),
    ).toEqual([
      ["javascript", "10.0.0-beta.1", false, "acme/docs/api/js"],
      ["javascript", "9.2.0", true, "acme/docs/api/js"],
      ["javascript", "8.0.0", false, "acme/docs/api/js-old"],
      ["python", "2.0rc1", true, "acme/docs/api/python"],
      ["python", "2.0b2", false, "acme/docs/api/python"],
    ]);
    expect(entry).toMatchObject({
      description: "acme/docs/api/js",
      tags: ["b", "a", "c"],
      aliases: ["acme-js"],
    });
  });

  it("serves what an author's own registry names", () => {
    const [entry] = records([
      facts("acme/a", { versions: ["1.1"], recommended: false }),
      facts("acme/b", { versions: ["1.0"], recommended: true }),
    ]);
    expect(entry?.variants.map(({ version, recommended }) => [version, recommended])).toEqual([
      ["1.1", false],
      ["1.0", true],
    ]);
  });

  it("grants the lower of claim and owners.yaml, and community without a claim", () => {
    const owners: OwnersFile = {
      default: "maintainer",
      namespaces: { acme: { tier: "official" }, low: { tier: "community" } },
    };
    const tiers = records(
      [
        facts("acme/claims", { id: "acme/claims", claimedTier: "official" }),
        facts("acme/silent", { id: "acme/silent" }),
        facts("acme/mixed1", { id: "acme/mixed", claimedTier: "official" }),
        facts("acme/mixed2", { id: "acme/mixed", claimedTier: "maintainer", versions: ["2"] }),
        facts("low/claims", { id: "low/claims", claimedTier: "official" }),
        facts("other/claims", { id: "other/claims", claimedTier: "official" }),
      ],
      owners,
    ).map(({ id, tier }) => [id, tier]);
    expect(tiers).toEqual([
      ["acme/claims", "official"],
      ["acme/mixed", "maintainer"],
      ["acme/silent", "community"],
      ["low/claims", "community"],
      ["other/claims", "maintainer"],
    ]);
    expect(records([facts("acme/claims", { claimedTier: "official" })])[0]?.tier).toBe("community");
  });

  it("calls an entry deprecated when all its texts are", () => {
    const old = { status: "deprecated", replacedBy: "acme/new" } as const;
    const [one] = records([facts("acme/a", old), facts("acme/b", { versions: ["2"] })]);
    const [all] = records([
      facts("acme/a", old),
      facts("acme/b", { versions: ["2"], status: "deprecated" }),
    ]);
    expect([one?.status, one?.replacedBy, all?.status, all?.replacedBy]).toEqual([
      "current",
      undefined,
      "deprecated",
      "acme/new",
    ]);
  });

  it("takes exactly the files below a folder", () => {
    const inner = facts("acme/api/python", { languages: ["python"] });
    const [entry] = records([
      facts("acme/api"),
      inner,
      facts("acme/api-2", { id: "acme/api-2" }),
      facts("acme/api.x", { id: "acme/api.x" }),
    ]);
    expect(
      entry?.variants.map(({ path, files }) => [path, files.map((file) => file.path)]),
    ).toEqual([
      ["acme/api", ["DOC.md", "python/DOC.md"]],
      ["acme/api/python", ["DOC.md"]],
    ]);
  });

  it("keeps the document where a skill has the same id", () => {
    const skill = facts("acme/skills/api", { type: "skill", path: "acme/skills/api/SKILL.md" });
    expect(records([skill, facts("acme/docs/api")]).map(({ id, type }) => [id, type])).toEqual([
      ["acme/api", "doc"],
    ]);
  });

  it("gives a skill one text without language and version", () => {
    const skill = facts("acme/skills/tidy", {
      type: "skill",
      path: "acme/skills/tidy/SKILL.md",
      id: "acme/tidy",
      name: "tidy",
      languages: [],
      versions: [],
    });
    const [entry] = records([skill]);
    expect(entry?.variants).toMatchObject([
      { language: null, version: null, recommended: true, entryFile: "SKILL.md" },
    ]);
    expect(registryFile([entry!], { redirects: [] })).toMatchObject({
      docs: [],
      skills: [{ id: "acme/tidy", path: "acme/skills/tidy", files: ["SKILL.md"] }],
    });
  });
});

it("writes llms.txt with one line an entry", () => {
  const entries = records([
    facts("acme/a", { description: "Two\nlines." }),
    facts("zeta/b", { languages: ["go", "bash"], status: "deprecated" }),
  ]);
  expect(llmsText(entries, "https://docs.example.com/")).toBe(
    [
      "# chub",
      "",
      "> Documentation for coding agents: one entry a line, by author.",
      "",
      "## acme",
      "",
      "- [acme/api](https://docs.example.com/acme/a/DOC.md): Two lines. (javascript)",
      "",
      "## zeta",
      "",
      "- [zeta/api](https://docs.example.com/zeta/b/DOC.md): zeta/b (bash, go; deprecated)",
      "",
    ].join("\n"),
  );
});
