import type { ListRequest, SearchAnswer, SearchHit, SearchRequest } from "@chub/registry";
import { expect, it } from "vitest";
import { run } from "../src/run.ts";
import { plainPorts, STRIPE } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

const HIT: SearchHit = {
  ...STRIPE,
  score: 12.5,
  sections: [
    {
      address: "stripe/api#verify",
      language: "python",
      version: "19.1.0",
      file: "DOC.md",
      slug: "verify",
      path: ["Webhooks", "Verify"],
      startLine: 3,
      endLine: 9,
      tokens: 40,
      snippet: "the raw body",
    },
  ],
  explanation: {
    total: 12.5,
    parts: [
      { label: "name", value: 8 },
      { label: "body", value: 4.5 },
    ],
  },
};
const SECTION = HIT.sections[0];
const ANSWER: SearchAnswer = {
  query: "verify webhook",
  total: 30,
  offset: 0,
  hits: [HIT],
  suggestions: [],
};

it("shows the best section of a hit and the command that fetches it", async () => {
  const { reply } = await search(["verify", "webhook"]);
  expect(replyText(reply.out)).toBe(
    [
      '30 results for "verify webhook" (1-1):',
      "",
      "  stripe/api  [doc]  js, py  [maintainer]",
      "      Accept payments.",
      "      Webhooks > Verify  40 tokens",
      "      the raw body",
      "      chub get stripe/api#verify --lang python",
      "      score 12.500 = name 8.000 + body 4.500",
      "",
    ].join("\n"),
  );
  expect(replyText(reply.after ?? [])).toBe("More: add --offset 1\n");
});

it("answers JSON with the true total and the keys of Context Hub", async () => {
  const { reply } = await search(["verify", "webhook", "--json"]);
  expect(schemaProblems("cli-search", reply.json)).toEqual([]);
  expect(reply.json).toEqual({
    results: [
      {
        id: "stripe/api",
        name: "api",
        type: "doc",
        description: "Accept payments.",
        source: "maintainer",
        tags: ["payments"],
        address: "stripe/api",
        origin: "default",
        languages: ["javascript", "python"].map((language) => ({
          language,
          recommendedVersion: "19.1.0",
          versions: [
            {
              version: "19.1.0",
              path: `stripe/docs/api/${language}`,
              files: ["DOC.md"],
              size: 2048,
              lastUpdated: "2026-03-01",
              ...(language === "javascript" ? { tokens: 900 } : {}),
            },
          ],
        })),
        score: 12.5,
        sections: [{ ...SECTION, command: "chub get stripe/api#verify --lang python" }],
        command: "chub get stripe/api#verify --lang python",
        explanation: HIT.explanation,
      },
    ],
    total: 30,
    offset: 0,
    query: "verify webhook",
  });
});

it("names the version of a section that is not in the recommended one, and quotes what needs it", async () => {
  const section = {
    ...HIT.sections[0]!,
    version: "18.0.0",
    address: "stripe/api#references/a b.md#c",
  };
  const { reply } = await search(["x"], { ...ANSWER, hits: [{ ...HIT, sections: [section] }] });
  expect(reply.json).toMatchObject({
    results: [
      { command: "chub get 'stripe/api#references/a b.md#c' --lang python --version 18.0.0" },
    ],
  });
});

it("falls back to the entry when a source has no sections", async () => {
  const { reply } = await search(["x"], { ...ANSWER, hits: [{ ...HIT, sections: [] }] });
  expect(reply.json).toMatchObject({
    results: [{ command: "chub get stripe/api --lang javascript" }],
  });
});

it("asks the registry for every filter", async () => {
  const requests: SearchRequest[] = [];
  const argv = [
    "  two   words ",
    "--tags",
    "a,b",
    "--lang",
    "py",
    "--type",
    "doc",
    "--source",
    "corp",
    "--author",
    "stripe",
    "--tier",
    "official",
    "--limit",
    "5",
    "--offset",
    "10",
    "--explain",
  ];
  await search(argv, ANSWER, requests);
  expect(requests).toEqual([
    {
      query: "two words",
      tags: ["a", "b"],
      language: "python",
      type: "doc",
      source: "corp",
      author: "stripe",
      tiers: ["official"],
      limit: 5,
      offset: 10,
      explain: true,
    },
  ]);
});

it("shows all about an exact id, with its sections when the language is clear", async () => {
  const outcome = {
    outcome: "choose-language",
    id: "stripe/api",
    available: ["javascript", "python"],
  } as const;
  const ports = plainPorts({
    search: async () => ({ ...ANSWER, exact: STRIPE, total: 1 }),
    outline: async () => outcome,
  });
  const { reply } = await run(["search", "stripe/api"], ports);
  expect(replyText(reply.out)).toBe(
    [
      "stripe/api  api",
      "  Accept payments.",
      "  Trust: maintainer, from source default",
      "  Tags: payments",
      "",
      "  javascript  recommended: 19.1.0",
      "    19.1.0  900 tokens, 2.0 KB, updated: 2026-03-01",
      "  python  recommended: 19.1.0",
      "    19.1.0  2.0 KB, updated: 2026-03-01",
      "",
      "  Read it: chub get stripe/api --lang javascript",
      "",
    ].join("\n"),
  );
  expect(schemaProblems("cli-search", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject({ total: 1, exact: { id: "stripe/api" } });
});

it("is honest about nothing", async () => {
  const { reply } = await search(["zzz"], {
    query: "zzz",
    total: 0,
    offset: 0,
    hits: [],
    suggestions: ["stripe/api"],
  });
  expect({ exitCode: reply.exitCode, out: replyText(reply.out) }).toEqual({
    exitCode: 0,
    out: 'No results for "zzz".\nNearest names: stripe/api\n',
  });
  expect(reply.json).toEqual({
    results: [],
    total: 0,
    offset: 0,
    query: "zzz",
    suggestions: ["stripe/api"],
  });
  expect(schemaProblems("cli-search", reply.json)).toEqual([]);
});

it("lists without a query, as list does", async () => {
  const requests: ListRequest[] = [];
  const ports = plainPorts({
    list: async (request) => {
      requests.push(request);
      return { total: 41, offset: 20, entries: [STRIPE] };
    },
  });
  const { reply } = await run(["search", "--offset", "20"], ports);
  const { reply: listed } = await run(["list", "--offset", "20"], ports);
  expect(listed).toEqual(reply);
  expect(requests).toEqual([{ limit: 20, offset: 20 }, { offset: 20 }]);
  expect(replyText(reply.out)).toBe(
    "41 entries (21-21):\n\n  stripe/api  [doc]  js, py  [maintainer]\n      Accept payments.\n",
  );
  expect(replyText(reply.after ?? [])).toBe("More: add --offset 21\n");
  expect(schemaProblems("cli-list", reply.json)).toEqual([]);
});

function search(argv: readonly string[], answer = ANSWER, requests: SearchRequest[] = []) {
  return run(
    ["search", ...argv],
    plainPorts({
      search: async (request) => {
        requests.push(request);
        return answer;
      },
    }),
  );
}
