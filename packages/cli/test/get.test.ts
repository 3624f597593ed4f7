import type { Catalog, GetAnswer, GetRequest, Miss, OutlineItem } from "@chub/registry";
import { expect, it } from "vitest";
import { run } from "../src/run.ts";
import { foundStripe, plainPorts, STRIPE } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

const DOCUMENT = "# Stripe\n\nText\n";
const WEBHOOKS: OutlineItem = {
  address: "stripe/api#webhooks",
  file: "DOC.md",
  slug: "webhooks",
  heading: "Webhooks",
  depth: 2,
  startLine: 3,
  endLine: 9,
  tokens: 40,
  bodyTokens: 30,
};

it("prints exactly the document, and what it is on stderr", async () => {
  const { reply } = await get(["stripe/api", "--lang", "js"], foundStripe({ tokens: 900 }));
  expect(replyText(reply.out)).toBe(DOCUMENT);
  expect(replyText(reply.err)).toBe(
    "stripe/api: version 19.1.0 (recommended), javascript, maintainer, source default, updated 2026-03-01, 900 tokens\n",
  );
});

it("adds other files as a part of its own, behind a line no document can foresee", async () => {
  const { reply } = await get(
    ["stripe/api"],
    foundStripe({ additionalFiles: ["references/a b.md", "x.md"] }),
  );
  expect(replyText(reply.out)).toBe(
    `${DOCUMENT}\n\n---\n[chub 0123456789abcdef: not part of the document]\n` +
      "Additional files available (use --file to fetch):\n  references/a b.md\n  x.md\n" +
      "Example: chub get stripe/api --lang javascript --file 'references/a b.md'\n",
  );
  expect(replyText(reply.err)).toContain(
    "The document ends before the line with 0123456789abcdef\n",
  );
});

it("adds nothing to a section that the address names", async () => {
  const parts = [
    {
      file: "DOC.md",
      section: "webhooks",
      content: "## Webhooks\n",
      startLine: 3,
      endLine: 3,
      cut: false,
    },
  ];
  const { reply } = await get(
    ["stripe/api#webhooks"],
    foundStripe({ parts, additionalFiles: ["x.md"] }),
  );
  expect(replyText(reply.out)).toBe("## Webhooks\n");
});

it.each([
  ["-o", "-"],
  ["--max-tokens", "9"],
  ["--section", "webhooks"],
  ["--file", "DOC.md"],
  ["--symbol", "Stripe"],
])("prints nothing but the document with %s %s", async (...options) => {
  const { reply } = await get(
    ["stripe/api", ...options],
    foundStripe({ additionalFiles: ["x.md"] }),
  );
  expect(replyText(reply.out)).toBe(DOCUMENT);
});

it("answers JSON with content and the keys of Context Hub", async () => {
  const { reply } = await get(
    ["stripe/api", "--json"],
    foundStripe({ additionalFiles: ["x.md"], tokens: 900 }),
  );
  expect(schemaProblems("cli-get", reply.json)).toEqual([]);
  expect(reply.json).toEqual({
    id: "stripe/api",
    type: "doc",
    content: DOCUMENT,
    path: "stripe/docs/api/javascript/DOC.md",
    additionalFiles: ["x.md"],
    address: "stripe/api",
    origin: "default",
    tier: "maintainer",
    language: "javascript",
    version: "19.1.0",
    match: { kind: "default", served: "19.1.0" },
    lastUpdated: "2026-03-01",
    file: "DOC.md",
    startLine: 1,
    endLine: 3,
    tokens: 900,
  });
});

it("asks the registry for all of the options, and shares the budget between addresses", async () => {
  const requests: GetRequest[] = [];
  const argv = [
    "a/b",
    "c/d@2",
    "--lang",
    "node",
    "--version",
    "^1",
    "--section",
    "A > B",
    "--section",
    "c",
    "--max-tokens",
    "101",
    "--query",
    "q",
  ];
  await get(argv, foundStripe(), requests);
  const shared = {
    language: "javascript",
    version: "^1",
    sections: ["A > B", "c"],
    maxTokens: 50,
    query: "q",
  };
  expect(requests).toEqual([
    { address: "a/b", ...shared },
    { address: "c/d@2", ...shared },
  ]);
});

it("reads several texts: separated on stdout, an array of contents in JSON", async () => {
  const { reply } = await get(["stripe/api", "stripe/api"], foundStripe());
  expect(replyText(reply.out)).toBe(`${DOCUMENT}\n\n---\n\n${DOCUMENT}`);
  expect(schemaProblems("cli-get", reply.json)).toEqual([]);
  expect((reply.json as { content: string }[]).map(({ content }) => content)).toEqual([
    DOCUMENT,
    DOCUMENT,
  ]);
});

it("reads all files: headed on stdout, parts with their contents in JSON", async () => {
  const { reply } = await get(["stripe/api", "--full"], twoFiles());
  expect(replyText(reply.out)).toBe(
    `# FILE: DOC.md\n\n${DOCUMENT}\n\n---\n\n# FILE: references/x.md\n\nX\n`,
  );
  expect(schemaProblems("cli-get", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject([
    {
      path: "stripe/docs/api/javascript",
      parts: [
        { file: "DOC.md", content: DOCUMENT },
        { file: "references/x.md", content: "X\n" },
      ],
    },
  ]);
});

it("says on stderr what a budget left out, so that stdout keeps to it", async () => {
  const omitted = Array.from({ length: 12 }, (_, index) => ({
    ...WEBHOOKS,
    address: `stripe/api#s${index}`,
  }));
  const { reply } = await get(["stripe/api", "--max-tokens", "5"], foundStripe({ omitted }));
  expect(replyText(reply.out)).toBe(DOCUMENT);
  const lines = replyText(reply.err).split("\n");
  expect(lines.slice(1, 3)).toEqual([
    "Left out to stay within --max-tokens: 12 sections, 360 tokens",
    "  chub get stripe/api#s0 --lang javascript  Webhooks, 40 tokens",
  ]);
  expect(lines.at(-2)).toBe("  and 2 more, see --outline");
  expect(schemaProblems("cli-get", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject({ omitted });
});

it("writes files with nothing but the documents in them", async () => {
  const found = foundStripe({ additionalFiles: ["x.md"] });
  expect(await written(["stripe/api", "-o", "out.md"], found)).toEqual({ "out.md": DOCUMENT });
  expect(await written(["stripe/api", "-o", "out/"], found)).toEqual({
    "out/stripe/api.md": DOCUMENT,
  });
  expect(await written(["stripe/api", "-o", "folder"], found)).toEqual({
    "folder/stripe/api.md": DOCUMENT,
  });
  expect(await written(["stripe/api", "stripe/api", "-o", "out.md"], found)).toEqual({
    "out.md": `${DOCUMENT}\n\n---\n\n${DOCUMENT}`,
  });
  expect(await written(["stripe/api", "--full", "-o", "out"], twoFiles())).toEqual({
    "out/DOC.md": DOCUMENT,
    "out/references/x.md": "X\n",
  });
});

it("says in JSON what was written", async () => {
  const { reply } = await get(["stripe/api", "-o", "out.md", "--json"], foundStripe());
  expect(schemaProblems("cli-get", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject([
    { id: "stripe/api", type: "doc", path: "out.md", written: ["out.md"] },
  ]);
});

it("refuses to write two texts to one file", async () => {
  const { reply } = await get(["stripe/api", "stripe/api", "-o", "out/"], foundStripe());
  expect(reply.exitCode).toBe(2);
  expect(reply.json).toMatchObject({
    code: "USAGE",
    error: "Two of the texts would be written to the same file",
  });
});

it("says how the text was found when it is not simply the one asked for", async () => {
  const deprecated = {
    ...STRIPE,
    record: { ...STRIPE.record, status: "deprecated" as const, replacedBy: "stripe/payments" },
  };
  const { reply } = await get(
    ["stripe/old"],
    foundStripe({
      entry: deprecated,
      match: { kind: "nearest", requested: "18.2.0", served: "19.1.0" },
      followed: { from: "stripe/old", kind: "redirect", reason: "renamed" },
    }),
  );
  expect(replyText(reply.err).split("\n").slice(0, 4)).toEqual([
    "stripe/api: version 19.1.0 (nearest to 18.2.0), javascript, maintainer, source default, updated 2026-03-01",
    "stripe/old is moved to stripe/api (renamed)",
    "Your project has 18.2.0: this is the nearest there is, details may differ",
    "stripe/api is deprecated, use stripe/payments",
  ]);
  expect(schemaProblems("cli-get", reply.json)).toEqual([]);
});

it.each<[Miss, number, string]>([
  [
    { outcome: "unknown-id", id: "stripe/apii", suggestions: ["stripe/api"] },
    3,
    'No document or skill "stripe/apii". Did you mean stripe/api? Or try `chub search apii`',
  ],
  [
    { outcome: "unknown-id", id: "x y", suggestions: [] },
    3,
    "No document or skill \"x y\". Try `chub search 'x y'`",
  ],
  [
    { outcome: "retired", id: "a/b", reason: "shut down" },
    3,
    '"a/b" is retired: shut down. `chub search` finds what there is instead',
  ],
  [
    { outcome: "choose-entry", id: "a/b", choices: ["x:a/b", "y:a/b"] },
    2,
    'Multiple entries match "asked": x:a/b, y:a/b. Say which, as in `chub get x:a/b`',
  ],
  [
    { outcome: "choose-language", id: "a/b", available: ["javascript", "python"] },
    2,
    'Multiple languages available for "a/b": javascript, python. Specify --lang, as in `chub get asked --lang javascript`',
  ],
  [
    { outcome: "unknown-language", id: "a/b", requested: "ruby", available: ["python"] },
    3,
    '"a/b" is not written for "ruby". Available languages: python',
  ],
  [
    { outcome: "unknown-version", id: "a/b", requested: "9", available: ["2.0.0", "1.0.0"] },
    3,
    'Version "9" not found for "a/b". Available versions: 2.0.0, 1.0.0',
  ],
  [
    { outcome: "unknown-file", id: "a/b", requested: "z.md", available: [] },
    3,
    'File "z.md" not found in "a/b". Available: (none)',
  ],
  [
    {
      outcome: "unknown-section",
      id: "a/b",
      requested: "z",
      available: Array.from({ length: 14 }, (_, n) => `s${n}`),
    },
    3,
    'No section "z" in "a/b". Available: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11 and 2 more. See `chub get asked --outline`',
  ],
  [
    { outcome: "unknown-symbol", id: "a/b", requested: "foo", available: ["bar"] },
    3,
    'No code in "a/b" uses "foo". Available: bar',
  ],
])("words the miss %j", async (miss, exitCode, text) => {
  const { reply } = await get(["asked"], miss);
  expect({ exitCode: reply.exitCode, out: reply.out, err: replyText(reply.err) }).toEqual({
    exitCode,
    out: [],
    err: `Error ${exitCode === 3 ? "NOT_FOUND" : "USAGE"}: ${text}\n`,
  });
  expect(schemaProblems("cli-error", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject({ ...miss, address: "asked", exitCode });
});

it("prints no text at all when one of several is missing, and names every missing one", async () => {
  const answers: GetAnswer[] = [foundStripe(), missing("a/b"), missing("c/d")];
  const { reply } = await run(
    ["get", "stripe/api", "a/b", "c/d"],
    plainPorts({ get: async () => answers.shift() ?? foundStripe() }),
  );
  expect({ exitCode: reply.exitCode, out: reply.out }).toEqual({ exitCode: 3, out: [] });
  expect(
    replyText(reply.err)
      .split("\n")
      .map((text) => text.slice(0, 44)),
  ).toEqual([
    'Error NOT_FOUND: No document or skill "a/b".',
    'Error NOT_FOUND: No document or skill "c/d".',
    "",
  ]);
  expect(schemaProblems("cli-error", reply.json)).toEqual([]);
});

it("shows an outline", async () => {
  const { parts: _, omitted: __, additionalFiles: ___, ...text } = foundStripe();
  const items = [
    WEBHOOKS,
    { ...WEBHOOKS, depth: 3, heading: "Verify", address: "stripe/api#verify" },
  ];
  const outline: Catalog["outline"] = async () => ({ ...text, items });
  const { reply } = await run(["get", "stripe/api", "--outline"], plainPorts({ outline }));
  expect(replyText(reply.out)).toBe(
    "stripe/api\n  Webhooks  stripe/api#webhooks  40 tokens\n    Verify  stripe/api#verify  40 tokens\n",
  );
  expect(schemaProblems("cli-get", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject({ id: "stripe/api", outline: items });
});

function get(argv: readonly string[], answer: GetAnswer, requests: GetRequest[] = []) {
  return run(
    ["get", ...argv],
    plainPorts({
      get: async (request) => {
        requests.push(request);
        return answer;
      },
    }),
  );
}

async function written(
  argv: readonly string[],
  answer: GetAnswer,
): Promise<Record<string, string>> {
  const ports = plainPorts({ get: async () => answer });
  const { reply } = await run(["get", ...argv], ports);
  expect({ exitCode: reply.exitCode, out: reply.out }).toEqual({ exitCode: 0, out: [] });
  return Object.fromEntries(ports.written);
}

function twoFiles() {
  const [part] = foundStripe().parts;
  if (part === undefined) throw new Error("the text has no parts");
  return foundStripe({ parts: [part, { ...part, file: "references/x.md", content: "X\n" }] });
}

function missing(id: string): Miss {
  return { outcome: "unknown-id", id, suggestions: [] };
}
