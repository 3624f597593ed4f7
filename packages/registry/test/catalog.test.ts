import { rmSync, writeFileSync, appendFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  directorySource,
  isChubError,
  openCatalog,
  type Catalog,
  type GetRequest,
  type OpenedCatalog,
} from "../src/index.ts";
import {
  fixtureArtifact,
  sha256,
  structureOf,
  writeTree,
  type FixtureEntry,
} from "./fixture-artifact.ts";

const DOC = `---
name: api
---
# Stripe API

Intro — öffentlich.

## Webhooks

Read the raw body. 支付

### Verify

Call \`stripe.webhooks.constructEvent(body)\`.

Then answer 200.

## Errors

### Verify

Look at \`error.code\`.
`;
const REFERENCE = "# Deep dive\n\n## Retries\n\nUse retry(3).\n";

const ENTRIES: readonly FixtureEntry[] = [
  {
    id: "stripe/api",
    tier: "official",
    aliases: ["payments"],
    tags: ["Money", "api"],
    texts: [
      {
        language: "javascript",
        version: "19.1.0",
        packages: ["pkg:npm/stripe@19.1.0"],
        files: { "DOC.md": DOC, "references/deep.md": REFERENCE, "examples/a.js": "go();\n" },
      },
      {
        language: "javascript",
        version: "18.0.0",
        recommended: false,
        packages: ["pkg:npm/stripe@18.0.0"],
        files: { "DOC.md": "# Old\n" },
      },
    ],
  },
  {
    id: "stripe/billing",
    texts: [
      { language: "python", version: "1.0.0", files: { "DOC.md": "# Billing\n\nInvoices.\n" } },
    ],
  },
  {
    id: "openai/chat",
    texts: [
      { language: "javascript", version: "6.0.0", files: { "DOC.md": "# Chat js\n" } },
      { language: "python", version: "2.0.0", files: { "DOC.md": "# Chat py\n" } },
    ],
  },
  { id: "play/login", type: "skill", texts: [{ files: { "SKILL.md": "# Log in\n" } }] },
];
const REDIRECTS = [
  { from: "stripe/old", to: "stripe/older", reason: "renamed" },
  { from: "stripe/older", to: "stripe/api" },
  { from: "stripe/gone", reason: "product ended" },
  { from: "loop/a", to: "loop/b" },
  { from: "loop/b", to: "loop/a" },
];

let root = "";
let catalog: OpenedCatalog;
beforeAll(async () => {
  root = writeTree(fixtureArtifact(ENTRIES, REDIRECTS));
  catalog = await open(root);
});
afterAll(async () => {
  await catalog.close();
  rmSync(root, { recursive: true });
});

async function open(directory: string, name = "main"): Promise<OpenedCatalog> {
  return openCatalog({
    sources: [{ source: directorySource({ name, kind: "path", directory }), tier: "official" }],
  });
}

const brief = async (request: GetRequest, from: Catalog = catalog): Promise<unknown> => {
  const answer = await from.get(request);
  if (answer.outcome !== "found") return answer;
  return answer.parts.map(({ file, section, content, startLine, endLine, cut }) => ({
    file,
    section,
    content,
    lines: [startLine, endLine],
    cut,
  }));
};

async function codeOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return "no error";
  } catch (error) {
    if (isChubError(error)) return error.code;
    throw error;
  }
}

describe("get", () => {
  it("gives the bytes of the entry file", async () => {
    const answer = await catalog.get({ address: "stripe/api" });
    expect(answer).toEqual({
      outcome: "found",
      address: { id: "stripe/api" },
      entry: {
        address: "stripe/api",
        source: "main",
        record: expect.objectContaining({ id: "stripe/api", tier: "official" }),
      },
      variant: expect.objectContaining({ version: "19.1.0", language: "javascript" }),
      match: { kind: "default", served: "19.1.0" },
      parts: [
        {
          file: "DOC.md",
          content: DOC,
          sha256: sha256(DOC),
          tokens: Buffer.byteLength(DOC),
          startLine: 1,
          endLine: 22,
          cut: false,
        },
      ],
      tokens: Buffer.byteLength(DOC),
      omitted: [],
      additionalFiles: ["examples/a.js", "references/deep.md"],
    });
  });

  it("B2: gives every file, and files by name", async () => {
    const full = await brief({ address: "stripe/api", full: true });
    expect(full).toEqual([
      { file: "DOC.md", content: DOC, lines: [1, 22], cut: false },
      { file: "examples/a.js", content: "go();\n", lines: [1, 1], cut: false },
      { file: "references/deep.md", content: REFERENCE, lines: [1, 5], cut: false },
    ]);
    expect(await brief({ address: "stripe/api", files: ["examples/a.js"] })).toEqual([
      { file: "examples/a.js", content: "go();\n", lines: [1, 1], cut: false },
    ]);
    expect(await brief({ address: "stripe/api", files: ["../../secret"] })).toEqual({
      outcome: "unknown-file",
      id: "stripe/api",
      requested: "../../secret",
      available: ["DOC.md", "examples/a.js", "references/deep.md"],
    });
  });

  it("gives sections by slug, heading path, unique heading and file", async () => {
    const webhooks = DOC.slice(DOC.indexOf("## Webhooks"), DOC.indexOf("## Errors"));
    const verify = DOC.slice(DOC.indexOf("### Verify"), DOC.indexOf("## Errors"));
    const retries = "## Retries\n\nUse retry(3).\n";
    const part = (section: string, content: string, lines: number[], file = "DOC.md"): unknown => ({
      file,
      section,
      content,
      lines,
      cut: false,
    });
    expect(await brief({ address: "stripe/api#webhooks" })).toEqual([
      part("webhooks", webhooks, [8, 17]),
    ]);
    expect(await brief({ address: "stripe/api", sections: ["Webhooks > Verify"] })).toEqual([
      part("verify", verify, [12, 17]),
    ]);
    expect(
      await brief({ address: "stripe/api", sections: ["errors", "webhooks", "verify"] }),
    ).toEqual([
      part("webhooks", webhooks, [8, 17]),
      part("errors", DOC.slice(DOC.indexOf("## Errors")), [18, 22]),
    ]);
    expect(await brief({ address: "stripe/api#references/deep.md#retries" })).toEqual([
      part("retries", retries, [3, 5], "references/deep.md"),
    ]);
    expect(await brief({ address: "stripe/api#references/deep.md" })).toEqual([
      { file: "references/deep.md", content: REFERENCE, lines: [1, 5], cut: false },
    ]);
    expect(await brief({ address: "stripe/api#nope" })).toEqual({
      outcome: "unknown-section",
      id: "stripe/api",
      requested: "nope",
      available: ["stripe-api", "webhooks", "verify", "errors", "verify-1"],
    });
    expect(await brief({ address: "stripe/api#references/none.md#x" })).toMatchObject({
      outcome: "unknown-file",
      requested: "references/none.md",
    });
  });

  it("gives the sections whose code uses a symbol", async () => {
    const verify = DOC.slice(DOC.indexOf("### Verify"), DOC.indexOf("## Errors"));
    expect(await brief({ address: "stripe/api", symbol: "constructEvent" })).toEqual([
      { file: "DOC.md", section: "verify", content: verify, lines: [12, 17], cut: false },
    ]);
    expect(await brief({ address: "stripe/api", symbol: "retry()" })).toMatchObject([
      { file: "references/deep.md", section: "retries" },
    ]);
    expect(await brief({ address: "stripe/api", symbol: "nothing" })).toEqual({
      outcome: "unknown-symbol",
      id: "stripe/api",
      requested: "nothing",
      available: ["stripe.webhooks.constructEvent", "retry"],
    });
  });

  it("keeps a budget with whole sections, and names what it left out", async () => {
    const answer = await catalog.get({ address: "stripe/api", maxTokens: 120 });
    if (answer.outcome !== "found") throw new Error(answer.outcome);
    expect(answer.parts.map(({ section, cut }) => [section, cut])).toEqual([
      ["", false],
      ["stripe-api", false],
      ["webhooks", false],
      ["errors", false],
    ]);
    expect(answer.tokens).toBeLessThanOrEqual(120);
    expect(answer.omitted.map(({ address }) => address)).toEqual([
      "stripe/api#verify",
      "stripe/api#verify-1",
    ]);
    const rest = await brief({ address: answer.omitted[1]?.address ?? "" });
    expect(rest).toMatchObject([{ section: "verify-1" }]);
  });

  it("takes the sections that answer the query", async () => {
    const answer = await catalog.get({
      address: "stripe/api",
      maxTokens: 100,
      query: "error code",
    });
    expect(answer).toMatchObject({ parts: [{ section: "errors" }, { section: "verify-1" }] });
  });

  it("cuts a section that is larger than the budget between its blocks", async () => {
    const answer = await catalog.get({ address: "stripe/api#verify", maxTokens: 60 });
    expect(answer).toMatchObject({
      parts: [
        {
          section: "verify",
          content: "### Verify\n\nCall `stripe.webhooks.constructEvent(body)`.\n\n",
          cut: true,
          startLine: 12,
          endLine: 15,
        },
      ],
      omitted: [{ address: "stripe/api#verify" }],
    });
  });

  it("keeps any budget, and every part is a slice of its file", async () => {
    const request = fc.record({
      maxTokens: fc.nat(400),
      full: fc.boolean(),
      query: fc.option(fc.constantFrom("verify webhook", "retries", "支付", "nothing of it"), {
        nil: undefined,
      }),
      sections: fc.subarray(["webhooks", "errors", "references/deep.md#retries", "verify-1"]),
    });
    const files: Record<string, string> = {
      "DOC.md": DOC,
      "references/deep.md": REFERENCE,
      "examples/a.js": "go();\n",
    };
    await fc.assert(
      fc.asyncProperty(request, async ({ query, ...rest }) => {
        const answer = await catalog.get({
          address: "stripe/api",
          ...rest,
          ...(query === undefined ? {} : { query }),
        });
        if (answer.outcome !== "found") throw new Error(answer.outcome);
        const bytes = answer.parts.reduce((sum, part) => sum + Buffer.byteLength(part.content), 0);
        expect(bytes).toBeLessThanOrEqual(rest.maxTokens);
        expect(answer.tokens ?? 0).toBeLessThanOrEqual(rest.maxTokens);
        for (const part of answer.parts) {
          const lines = (files[part.file] ?? "")
            .split("\n")
            .slice(part.startLine - 1, part.endLine);
          expect(part.content.split("\n").slice(0, lines.length)).toEqual(lines);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("resolve", () => {
  it("finds one entry by alias, short name, author and redirect, and says so", async () => {
    expect(await catalog.resolve({ address: "payments" })).toMatchObject({
      outcome: "found",
      entry: { address: "stripe/api" },
      followed: { from: "payments", kind: "alias" },
    });
    expect(await catalog.resolve({ address: "billing" })).toMatchObject({
      entry: { address: "stripe/billing" },
      followed: { kind: "short-name" },
    });
    expect(await catalog.resolve({ address: "play" })).toMatchObject({
      entry: { address: "play/login" },
    });
    expect(await catalog.resolve({ address: "stripe" })).toEqual({
      outcome: "choose-entry",
      id: "stripe",
      choices: ["stripe/api", "stripe/billing"],
    });
    expect(await catalog.resolve({ address: "stripe/old" })).toMatchObject({
      entry: { address: "stripe/api" },
      followed: { from: "stripe/old", kind: "redirect", reason: "renamed" },
    });
    expect(await catalog.resolve({ address: "stripe/gone" })).toEqual({
      outcome: "retired",
      id: "stripe/gone",
      reason: "product ended",
    });
    expect(await catalog.resolve({ address: "loop/a" })).toMatchObject({ outcome: "unknown-id" });
    expect(await catalog.resolve({ address: "STRIPE/api@18" })).toMatchObject({
      outcome: "found",
      match: { kind: "range", requested: "18", served: "18.0.0" },
    });
  });

  it("suggests names near to one that is not there", async () => {
    expect(await catalog.resolve({ address: "stripe/bilings" })).toEqual({
      outcome: "unknown-id",
      id: "stripe/bilings",
      suggestions: expect.arrayContaining(["stripe/billing"]),
    });
  });

  it("is total", async () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "stripe/api",
        "constructor",
        "__proto__",
        "stripe/api@^1#x",
        ":",
        "main:",
        "#",
        "@",
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (address, version) => {
        const answer = await catalog.get({ address, version });
        expect(typeof answer.outcome).toBe("string");
      }),
      { numRuns: 150 },
    );
  });
});

describe("outline and list", () => {
  it("gives every section of the entry file and the references", async () => {
    const answer = await catalog.outline({ address: "stripe/api@18.0.0" });
    expect(answer).toMatchObject({
      outcome: "found",
      items: [
        {
          address: "stripe/api@18.0.0#old",
          file: "DOC.md",
          slug: "old",
          heading: "Old",
          depth: 1,
          startLine: 1,
          endLine: 1,
          tokens: 6,
          bodyTokens: 6,
        },
      ],
    });
    const whole = await catalog.outline({ address: "stripe/api" });
    expect(whole.outcome === "found" ? whole.items.map(({ address }) => address) : whole).toEqual([
      "stripe/api#",
      "stripe/api#stripe-api",
      "stripe/api#webhooks",
      "stripe/api#verify",
      "stripe/api#errors",
      "stripe/api#verify-1",
      "stripe/api#references/deep.md#deep-dive",
      "stripe/api#references/deep.md#retries",
    ]);
  });

  it("lists with filters, true totals and pages", async () => {
    const ids = async (request: Parameters<Catalog["list"]>[0]): Promise<unknown> => {
      const { total, entries } = await catalog.list(request);
      return [total, ...entries.map(({ address }) => address)];
    };
    expect(await ids({})).toEqual([4, "openai/chat", "play/login", "stripe/api", "stripe/billing"]);
    expect(await ids({ limit: 1, offset: 2 })).toEqual([4, "stripe/api"]);
    expect(await ids({ language: "py" })).toEqual([2, "openai/chat", "stripe/billing"]);
    expect(await ids({ type: "skill" })).toEqual([1, "play/login"]);
    expect(await ids({ tags: ["MONEY"], author: "Stripe", tiers: ["official"] })).toEqual([
      1,
      "stripe/api",
    ]);
    expect(await codeOf(catalog.list({ limit: -1 }))).toBe("USAGE");
    expect(await codeOf(catalog.search({ query: "x", limit: Number.NaN }))).toBe("USAGE");
  });

  it("searches with sections, snippets and an exact id", async () => {
    const answer = await catalog.search({ query: "stripe/billing" });
    expect(answer.exact).toMatchObject({ address: "stripe/billing" });
    const body = await catalog.search({ query: "constructEvent" });
    expect(body).toMatchObject({
      total: 1,
      hits: [
        {
          address: "stripe/api",
          sections: [
            {
              address: "stripe/api#verify",
              startLine: 12,
              snippet: expect.stringContaining("constructEvent"),
            },
          ],
        },
      ],
    });
  });
});

describe("integrity", () => {
  it("A6: refuses a document with one changed byte, and a structure of other bytes", async () => {
    const copy = writeTree(fixtureArtifact(ENTRIES));
    const damaged = await open(copy);
    writeFileSync(join(copy, "stripe/billing/1.0.0/python/DOC.md"), "# Billing\n\nInvoices?\n");
    expect(await codeOf(damaged.get({ address: "stripe/billing" }))).toBe("INTEGRITY");
    appendFileSync(join(copy, "ast/openai/chat/2.0.0/python/DOC.md.json"), " ");
    expect(
      await codeOf(damaged.get({ address: "openai/chat", language: "python", maxTokens: 1 })),
    ).toBe("INTEGRITY");
    rmSync(join(copy, "openai/chat/6.0.0/javascript/DOC.md"));
    expect(await codeOf(damaged.get({ address: "openai/chat", language: "js" }))).toBe("NO_DATA");
    await damaged.close();
    rmSync(copy, { recursive: true });
  });

  it("says that there is no data instead of no results", async () => {
    const empty = writeTree(new Map([["readme.txt", "nothing"]]));
    const none = await open(empty);
    expect(none.sources()).toMatchObject([
      { name: "main", entries: 0, problem: { code: "NO_DATA" } },
    ]);
    expect(await codeOf(none.search({ query: "x" }))).toBe("NO_DATA");
    expect(await codeOf(none.list({}))).toBe("NO_DATA");
    expect(await codeOf(none.get({ address: "a/b" }))).toBe("NO_DATA");
    rmSync(empty, { recursive: true });
  });
});

describe("several sources", () => {
  it("A2: an id that two sources hold is a choice; each is reachable; shadowing only when configured", async () => {
    const corp = writeTree(
      fixtureArtifact([
        {
          id: "stripe/api",
          texts: [{ language: "python", version: "1.0.0", files: { "DOC.md": "# Corp\n" } }],
        },
      ]),
    );
    const sources = [
      {
        source: directorySource({ name: "corp", kind: "path", directory: corp }),
        tier: "maintainer" as const,
      },
      {
        source: directorySource({ name: "public", kind: "path", directory: root }),
        tier: "official" as const,
      },
    ];
    const both = await openCatalog({ sources });
    expect(await both.get({ address: "stripe/api" })).toEqual({
      outcome: "choose-entry",
      id: "stripe/api",
      choices: ["corp:stripe/api", "public:stripe/api"],
    });
    expect(await brief({ address: "corp:stripe/api" }, both)).toMatchObject([
      { content: "# Corp\n" },
    ]);
    expect(await brief({ address: "public:stripe/api@18.0.0" }, both)).toMatchObject([
      { content: "# Old\n" },
    ]);
    const list = await both.list({ author: "stripe" });
    expect(list.entries.map(({ address }) => address)).toEqual([
      "corp:stripe/api",
      "public:stripe/api",
      "stripe/billing",
    ]);
    const shadowing = await openCatalog({ sources, shadow: true });
    expect(await brief({ address: "stripe/api" }, shadowing)).toMatchObject([
      { content: "# Corp\n" },
    ]);
    await both.close();
    await shadowing.close();
    rmSync(corp, { recursive: true });
  });

  it("applies the trust policy to search, list and get alike, and caps tiers by the source", async () => {
    const source = {
      source: directorySource({ name: "main", kind: "path", directory: root }),
      tier: "official" as const,
    };
    const strict = await openCatalog({
      sources: [source],
      policy: { tiers: ["official"], allow: [], deny: [] },
    });
    expect((await strict.list({})).entries.map(({ address }) => address)).toEqual(["stripe/api"]);
    expect((await strict.search({ query: "chat" })).total).toBe(0);
    expect(await codeOf(strict.get({ address: "openai/chat" }))).toBe("POLICY");
    expect(await strict.get({ address: "chat" })).toMatchObject({ outcome: "unknown-id" });
    const capped = await openCatalog({
      sources: [{ ...source, tier: "community" }],
      policy: { tiers: ["official"], allow: [], deny: [] },
    });
    expect((await capped.list({})).total).toBe(0);
    expect(await codeOf(capped.get({ address: "stripe/api" }))).toBe("POLICY");
    const denied = await openCatalog({
      sources: [source],
      policy: { allow: [], deny: ["stripe"] },
    });
    expect((await denied.list({})).entries.map(({ address }) => address)).toEqual([
      "openai/chat",
      "play/login",
    ]);
    expect((await denied.search({ query: "stripe" })).total).toBe(0);
    expect(await codeOf(denied.get({ address: "stripe/api" }))).toBe("POLICY");
    await Promise.all([strict.close(), capped.close(), denied.close()]);
  });
});

it("the fixtures' structure is that of the document", () => {
  expect(structureOf("x", DOC).sections.map(({ slug, path }) => [slug, path.join(" > ")])).toEqual([
    ["", ""],
    ["stripe-api", "Stripe API"],
    ["webhooks", "Stripe API > Webhooks"],
    ["verify", "Stripe API > Webhooks > Verify"],
    ["errors", "Stripe API > Errors"],
    ["verify-1", "Stripe API > Errors > Verify"],
  ]);
});
