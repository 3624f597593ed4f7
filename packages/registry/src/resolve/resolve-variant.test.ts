import fc from "fast-check";
import { expect, it } from "vitest";
import type { EntryRecord, Variant } from "../catalog/entry-record.ts";
import { chooseEntry } from "./choose-entry.ts";
import { formatAddress, parseAddress } from "./parse-address.ts";
import { resolveVariant, type VariantRequest } from "./resolve-variant.ts";
import { versionsFulfilling } from "./version-range.ts";

function variant(
  language: string | null,
  version: string | null,
  more: Partial<Variant> = {},
): Variant {
  return {
    language,
    version,
    recommended: false,
    path: "a/b",
    entryFile: "DOC.md",
    files: [],
    packages: [],
    ...more,
  };
}

function record(...variants: Variant[]): EntryRecord {
  return {
    type: "doc",
    id: "a/b",
    name: "b",
    description: "",
    tier: "community",
    tags: [],
    aliases: [],
    upstream: [],
    status: "current",
    variants,
  };
}

const ask = (entry: EntryRecord, request: Partial<VariantRequest>): unknown => {
  const answer = resolveVariant(entry, { preferredLanguages: [], ...request });
  return answer.outcome === "chosen"
    ? [answer.variant.language, answer.variant.version, answer.match.kind]
    : answer;
};

it("B1: takes the only language, and lists several", () => {
  const one = record(variant("javascript", "1.0.0", { recommended: true }));
  expect(ask(one, {})).toEqual(["javascript", "1.0.0", "default"]);
  const two = record(variant("javascript", "1.0.0"), variant("python", "1.0.0"));
  expect(ask(two, {})).toEqual({
    outcome: "choose-language",
    id: "a/b",
    available: ["javascript", "python"],
  });
  expect(ask(two, { preferredLanguages: ["rust", "py"] })).toEqual(["python", "1.0.0", "default"]);
});

it("B11: knows the aliases of languages", () => {
  const entry = record(variant("javascript", "1.0.0"), variant("csharp", "1.0.0"));
  expect(ask(entry, { language: "node" })).toEqual(["javascript", "1.0.0", "default"]);
  expect(ask(entry, { language: "C#" })).toEqual(["csharp", "1.0.0", "default"]);
  expect(ask(entry, { language: "pwsh" })).toEqual({
    outcome: "unknown-language",
    id: "a/b",
    requested: "pwsh",
    available: ["csharp", "javascript"],
  });
});

it("B7: without a recommendation serves the highest stable version", () => {
  const entry = record(
    variant("js", "2.0.0"),
    variant("js", "2.0.0-beta.1"),
    variant("js", "1.10.0"),
  );
  expect(ask(entry, {})).toEqual(["js", "2.0.0", "default"]);
  expect(ask(record(variant("js", "2.0.0-beta.1")), {})).toEqual(["js", "2.0.0-beta.1", "default"]);
});

it("B8: takes ranges and says how the version was found", () => {
  const entry = record(variant("js", "2.0.0"), variant("js", "1.10.0"), variant("js", "1.9.3"));
  expect(ask(entry, { version: "^1" })).toEqual(["js", "1.10.0", "range"]);
  expect(ask(entry, { version: "1" })).toEqual(["js", "1.10.0", "range"]);
  expect(ask(entry, { version: "1.9" })).toEqual(["js", "1.9.3", "range"]);
  expect(ask(entry, { version: "v1.9.3" })).toEqual(["js", "1.9.3", "exact"]);
  expect(ask(entry, { version: "latest" })).toEqual(["js", "2.0.0", "range"]);
  expect(ask(entry, { version: "^3" })).toEqual({
    outcome: "unknown-version",
    id: "a/b",
    requested: "^3",
    available: ["2.0.0", "1.10.0", "1.9.3"],
  });
});

it("takes the specifiers of other ecosystems", () => {
  const versions = ["13.0", "13.1", "14.0rc1", "2.31.5", "2.32.0"];
  expect(versionsFulfilling("~=13.0", versions)).toEqual(["13.1", "13.0"]);
  expect(versionsFulfilling(">=2.0,<3", versions)).toEqual(["2.32.0", "2.31.5"]);
  expect(versionsFulfilling("==13.*", versions)).toEqual(["13.1", "13.0"]);
  expect(versionsFulfilling("~> 2.31.0", versions)).toEqual(["2.31.5"]);
  expect(versionsFulfilling(">=13", versions)).toEqual(["13.1", "13.0", "14.0rc1"]);
  expect(versionsFulfilling("nonsense", versions)).toEqual([]);
});

it("serves the project's version, or the nearest and says so", () => {
  const entry = record(
    variant("js", "20.1.0", { packages: ["pkg:npm/stripe@20.1.0"], recommended: true }),
    variant("js", "19.1.0", { packages: ["pkg:npm/stripe@19.1.0"] }),
    variant("js", "18.0.0", { packages: ["pkg:npm/stripe"] }),
  );
  const project = (version: string): Partial<VariantRequest> => ({
    project: new Map([["pkg:npm/stripe", version]]),
  });
  expect(ask(entry, project("19.1.0"))).toEqual(["js", "19.1.0", "exact"]);
  expect(ask(entry, project("19.3.2"))).toEqual(["js", "19.1.0", "nearest"]);
  expect(ask(entry, project("18.0.0"))).toEqual(["js", "18.0.0", "exact"]);
  expect(ask(entry, project("21.0.0"))).toEqual(["js", "20.1.0", "nearest"]);
  expect(ask(entry, { project: new Map([["pkg:npm/other", "1.0.0"]]) })).toEqual([
    "js",
    "20.1.0",
    "default",
  ]);
  expect(ask(entry, { ...project("19.1.0"), version: "18" })).toEqual(["js", "18.0.0", "range"]);
});

it("serves a skill whatever the language", () => {
  const skill = record(variant(null, null, { entryFile: "SKILL.md" }));
  expect(ask(skill, { language: "python" })).toEqual([null, null, "default"]);
  expect(ask(skill, { version: "1" })).toEqual({
    outcome: "unknown-version",
    id: "a/b",
    requested: "1",
    available: [],
  });
});

it("A2: an id in several sources is a choice unless the configuration says otherwise", () => {
  const candidates = [
    { source: "corp", record: record() },
    { source: "default", record: record() },
  ];
  expect(chooseEntry("a/b", candidates, false)).toEqual({
    outcome: "choose-entry",
    id: "a/b",
    choices: ["corp:a/b", "default:a/b"],
  });
  expect(chooseEntry("a/b", candidates, true)).toEqual({
    outcome: "chosen",
    candidate: candidates[0],
  });
});

it("reads addresses", () => {
  const sources = ["corp"];
  expect(parseAddress("corp:stripe/api@^19#webhooks", sources)).toEqual({
    source: "corp",
    id: "stripe/api",
    version: "^19",
    section: "webhooks",
  });
  expect(parseAddress("@slack/web-api@7", sources)).toEqual({ id: "@slack/web-api", version: "7" });
  expect(parseAddress("other:a/b", sources)).toEqual({ id: "other:a/b" });
  expect(parseAddress("a/b#references/x.md#slug", sources)).toEqual({
    id: "a/b",
    section: "references/x.md#slug",
  });
  expect(parseAddress("a/b#", sources)).toEqual({ id: "a/b", section: "" });
  expect(formatAddress({ source: "corp", id: "a/b", version: "1", section: "s" })).toBe(
    "corp:a/b@1#s",
  );
});

it("is total: every input gives an outcome", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("1", "^1", "js", "python", "2.0.0", "latest", "constructor", "__proto__"),
  );
  const some = fc.option(text, { nil: null });
  const variants = fc.array(
    fc.record({
      language: some,
      version: some,
      recommended: fc.boolean(),
      packages: fc.array(fc.oneof(text, fc.constant("pkg:npm/a@1.0.0"))),
    }),
    { maxLength: 6 },
  );
  const outcomes = new Set(["chosen", "choose-language", "unknown-language", "unknown-version"]);
  fc.assert(
    fc.property(variants, some, some, text, (rows, language, version, installed) => {
      const entry = record(
        ...rows.map(({ language: lang, version: ver, ...rest }) => variant(lang, ver, rest)),
      );
      const answer = resolveVariant(entry, {
        ...(language === null ? {} : { language }),
        ...(version === null ? {} : { version }),
        project: new Map([["pkg:npm/a", installed]]),
        preferredLanguages: [],
      });
      expect(outcomes).toContain(answer.outcome);
      expect(answer.outcome === "chosen" ? entry.variants.includes(answer.variant) : true).toBe(
        true,
      );
    }),
  );
  fc.assert(
    fc.property(fc.string(), (address) => {
      expect(typeof parseAddress(address, ["s"]).id).toBe("string");
    }),
  );
});
