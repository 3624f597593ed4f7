import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildSearchIndex } from "../src/search/build-search-index.ts";
import { documentTerms } from "../src/search/document-terms.ts";
import { documentWords } from "../src/search/document-words.ts";
import { visitPostings } from "../src/search/posting-table.ts";
import { createTermMemory } from "../src/search/term-memory.ts";
import { openSearchIndex, type SearchIndex } from "../src/search/search-index.ts";
import { searchIndexes } from "../src/search/search-indexes.ts";
import type { SearchDocument, SearchOptions } from "../src/search/search-types.ts";
import { compactName } from "../src/search/tokenize.ts";
import { catalogs, queries, searchDocument, searchSection } from "./search-documents.ts";

const open = (documents: readonly SearchDocument[]): SearchIndex =>
  openSearchIndex(buildSearchIndex(documents).search);

function ids(
  documents: readonly SearchDocument[],
  query: string,
  options: SearchOptions = {},
): string[] {
  const { hits } = searchIndexes([{ source: "a", index: open(documents) }], query, options);
  return hits.map(({ ordinal }) => documents[ordinal]?.id ?? "");
}

describe("the encoded index", () => {
  it("answers like a scan of all documents", () => {
    fc.assert(
      fc.property(catalogs, queries, fc.boolean(), (documents, query, explain) => {
        const encoded = searchIndexes([{ source: "a", index: open(documents) }], query, {
          explain,
        });
        const scanned = searchIndexes([{ source: "a", index: scan(documents) }], query, {
          explain,
        });
        expect(encoded).toEqual(scanned);
      }),
    );
  });

  it("is the same bytes for the same documents", () => {
    fc.assert(
      fc.property(catalogs, (documents) => {
        expect(buildSearchIndex(documents)).toEqual(buildSearchIndex(structuredClone(documents)));
      }),
    );
  });
});

describe("several sources", () => {
  it("rank as one index over all of their documents", () => {
    fc.assert(
      fc.property(catalogs, queries, fc.infiniteStream(fc.boolean()), (documents, query, sides) => {
        const split = documents.map((document) => ({
          document,
          left: sides.next().value as boolean,
        }));
        const left = split.filter((one) => one.left).map(({ document }) => document);
        const right = split.filter((one) => !one.left).map(({ document }) => document);
        const merged = searchIndexes(
          [
            { source: "left", index: open(left) },
            { source: "right", index: open(right) },
          ],
          query,
          { limit: 100 },
        );
        const one = searchIndexes([{ source: "a", index: open(documents) }], query, { limit: 100 });
        const named = merged.hits.map(({ source, ordinal, score }) => ({
          id: (source === "left" ? left : right)[ordinal]?.id,
          score,
        }));
        expect(named).toEqual(
          one.hits.map(({ ordinal, score }) => ({ id: documents[ordinal]?.id, score })),
        );
        expect(merged.total).toBe(one.total);
        expect(merged.suggestions).toEqual(one.suggestions);
      }),
    );
  });

  it("give an id that both hold twice, the first source first", () => {
    const index = open([searchDocument("redis/cache", { text: "keys" })]);
    const { hits, exact } = searchIndexes(
      [
        { source: "company", index },
        { source: "public", index },
      ],
      "redis/cache",
    );
    expect(hits.map(({ source }) => source)).toEqual(["company", "public"]);
    expect(exact).toEqual([
      { source: "company", ordinal: 0 },
      { source: "public", ordinal: 0 },
    ]);
  });
});

describe("paging and totals", () => {
  it("pages are slices of one list, and the total counts all of it", () => {
    fc.assert(
      fc.property(catalogs, queries, fc.integer({ min: 1, max: 7 }), (documents, query, limit) => {
        const index = [{ source: "a", index: open(documents) }];
        const all = searchIndexes(index, query, { limit: 1000 });
        expect(all.total).toBe(all.hits.length);
        const paged = [];
        for (let offset = 0; offset < all.total; offset += limit) {
          const page = searchIndexes(index, query, { offset, limit });
          expect(page.total).toBe(all.total);
          paged.push(...page.hits);
        }
        expect(paged).toEqual(all.hits);
      }),
    );
  });

  it("filters leave exactly the documents that have the properties, in the same order", () => {
    const filters = fc.record(
      {
        tags: fc.constantFrom(["redis"], ["Webhook"], ["redis", "queue"]),
        language: fc.constantFrom("python", "js"),
        type: fc.constantFrom("doc" as const, "skill" as const),
        tiers: fc.constantFrom(["official"] as const, ["official", "community"] as const),
        author: fc.constantFrom("aws", "Google"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(catalogs, queries, filters, (documents, query, wanted) => {
        const index = [{ source: "a", index: open(documents) }];
        const all = searchIndexes(index, query, { limit: 1000 });
        const filtered = searchIndexes(index, query, { limit: 1000, filters: wanted });
        const passes = all.hits.filter(({ ordinal }) =>
          has(documents[ordinal] as SearchDocument, wanted),
        );
        expect(filtered.hits).toEqual(passes);
        expect(filtered.total).toBe(passes.length);
      }),
    );
  });

  it("a tier cap of the source counts for the filter", () => {
    const index = open([searchDocument("a/b", { tier: "official", text: "keys" })]);
    const totals = (["official", "maintainer", "community"] as const).map(
      (tier) =>
        searchIndexes([{ source: "a", index, tierCap: "maintainer" }], "keys", {
          filters: { tiers: [tier] },
        }).total,
    );
    expect(totals).toEqual([0, 1, 0]);
  });

  it("a policy hides entries from hits, totals, exact ids and suggestions", () => {
    const index = [{ source: "a", index: open([searchDocument("evil/redis", { text: "keys" })]) }];
    const accepts = (_: string, id: string): boolean => !id.startsWith("evil/");
    expect(
      ["keys", "evil/redis", "evilredsi"].map((query) => searchIndexes(index, query, { accepts })),
    ).toEqual([0, 1, 2].map(() => ({ total: 0, hits: [], exact: [], suggestions: [] })));
  });
});

it("the parts of an explanation add up to the score", () => {
  fc.assert(
    fc.property(catalogs, queries, (documents, query) => {
      const { hits } = searchIndexes([{ source: "a", index: open(documents) }], query, {
        explain: true,
      });
      for (const { score, explanation } of hits) {
        expect(explanation?.total).toBeCloseTo(score, 9);
        expect(explanation?.parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 9);
      }
    }),
  );
});

describe("what is found", () => {
  const documents = [
    searchDocument("google/storage", { description: "Objects and buckets", text: "upload a blob" }),
    searchDocument("kubernetes/package", { languages: ["python"], text: "pods" }),
    searchDocument("opencv-python/package", {
      files: [
        {
          variant: 0,
          file: "DOC.md",
          title: "OpenCV",
          installs: ["opencv-python"],
          imports: ["cv2", "os"],
          sections: [
            searchSection("Read", "", { code: "import cv2\nimport os\ncv2.imread(path)" }),
          ],
        },
      ],
    }),
    searchDocument("prefect/redis", { text: "redis redis redis" }),
    searchDocument("redis/package", { packages: ["redis"], text: "keys" }),
    searchDocument("stripe/api", { text: "", files: stripeFiles() }),
    searchDocument("tencent/cos", { description: "对象存储", text: "上传文件到存储桶" }),
  ];

  it("identifiers that stand in the code only", () => {
    expect(ids(documents, "constructEvent")).toEqual(["stripe/api"]);
    expect(ids(documents, "stripe.webhooks.construct_event")[0]).toBe("stripe/api");
  });

  it("names by their import, their short form and with typing errors", () => {
    expect(
      ["cv2", "k8s", "kubernets", "opencv", "reddis/package"].map(
        (query) => ids(documents, query)[0],
      ),
    ).toEqual([
      "opencv-python/package",
      "kubernetes/package",
      "kubernetes/package",
      "opencv-python/package",
      "redis/package",
    ]);
  });

  it("the library before its integrations", () => {
    expect(ids(documents, "redis")).toEqual(["redis/package", "prefect/redis"]);
  });

  it("Chinese text by a Chinese query", () => {
    expect(ids(documents, "存储桶 上传")).toEqual(["tencent/cos"]);
  });

  it("only documents with all words of a quoted phrase", () => {
    expect(ids(documents, '"verify webhook" package')).toEqual(["stripe/api"]);
  });

  it("nothing, with the nearest names, when there is nothing", () => {
    const answer = searchIndexes([{ source: "a", index: open(documents) }], "kubrnets/pakcga");
    expect(answer).toEqual({ total: 0, hits: [], exact: [], suggestions: ["kubernetes/package"] });
    expect(ids(documents, "zzzzzzzz")).toEqual([]);
    expect(ids(documents, "")).toEqual([]);
    expect(ids([], "redis")).toEqual([]);
  });
});

function stripeFiles(): SearchDocument["files"] {
  const sections = [
    searchSection("Verify a webhook", "Check the header.", {
      code: "stripe.webhooks.constructEvent(body)",
    }),
  ];
  return [
    {
      variant: 0,
      file: "DOC.md",
      title: "Stripe",
      installs: ["stripe"],
      imports: ["stripe"],
      sections,
    },
  ];
}

function has(document: SearchDocument, filters: NonNullable<SearchOptions["filters"]>): boolean {
  const { tags = [], language, type, tiers, author } = filters;
  const own = document.tags.map((tag) => tag.toLowerCase());
  return (
    tags.every((tag) => own.includes(tag.toLowerCase())) &&
    (language === undefined ||
      document.languages.includes(language === "js" ? "javascript" : language)) &&
    (type === undefined || document.type === type) &&
    (tiers === undefined || (tiers as readonly string[]).includes(document.tier)) &&
    (author === undefined || document.id.startsWith(`${author.toLowerCase()}/`))
  );
}

/** An index that looks at every document for every question. */
function scan(documents: readonly SearchDocument[]): SearchIndex {
  const all = documents.map((document) => {
    const memory = createTermMemory();
    return documentTerms(document, documentWords(document, memory.pool), memory);
  });
  const strengthIn = (ordinal: number, hash: number): number | undefined => {
    const strengths: number[] = [];
    visitPostings(all[ordinal]!, (own, strength) => own === hash && strengths.push(strength));
    return strengths[0];
  };
  const names = all.flatMap((terms, ordinal) =>
    terms.names.map(({ name, weight }) => ({ ordinal, name, weight, compact: compactName(name) })),
  );
  return {
    documents: documents.length,
    documentsWith: (hash) =>
      documents.filter((_, ordinal) => strengthIn(ordinal, hash) !== undefined).length,
    visit(hash, visitor) {
      for (const ordinal of documents.keys()) {
        const strength = strengthIn(ordinal, hash);
        const { idTerms } = all[ordinal]!;
        if (strength !== undefined)
          visitor(ordinal, strength, idTerms.has(hash) ? idTerms.size : 0);
      }
    },
    id: (ordinal) => documents[ordinal]!.id,
    names: () => names,
    nameWords: () =>
      new Set(
        names.flatMap(({ name }) => name.split(/[^\p{L}\p{N}]+/u)).filter((word) => word !== ""),
      ),
  };
}
