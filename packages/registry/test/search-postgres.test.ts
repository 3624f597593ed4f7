import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSearchIndex } from "../src/search/build-search-index.ts";
import { createPostgresBackend } from "../src/search/postgres-backend.ts";
import { POSTGRES_SCHEMA } from "../src/search/postgres-schema.ts";
import { deleteDocument, putDocument } from "../src/search/postgres-writer.ts";
import { openSearchIndex } from "../src/search/search-index.ts";
import type { RankedAnswer, SearchDocument, SearchOptions } from "../src/search/search-types.ts";
import { createStaticBackend } from "../src/search/static-backend.ts";
import { memoryFile } from "../src/sources/memory-file.ts";
import { catalogs, queries, searchDocument, searchSection } from "./search-documents.ts";

// The real PostgreSQL, compiled to WebAssembly.
let client: PGlite;

beforeAll(async () => {
  client = await PGlite.create();
  for (const statement of POSTGRES_SCHEMA) await client.query(statement);
});

afterAll(async () => {
  await client.close();
});

function staticBackend(documents: readonly SearchDocument[]) {
  const { search, sections } = buildSearchIndex(documents);
  return createStaticBackend([
    { source: "a", index: openSearchIndex(search), openSections: async () => memoryFile(sections) },
  ]);
}

async function fill(documents: readonly SearchDocument[]): Promise<void> {
  await client.query("DELETE FROM chub_entry");
  for (const [ordinal, document] of documents.entries()) {
    await putDocument(client, { source: "a", ordinal }, document);
  }
}

/** Scores to nine digits: the database adds in any order. */
function rounded({ hits, ...answer }: RankedAnswer): unknown {
  return {
    ...answer,
    hits: hits.map((hit) => ({ ...hit, score: hit.score.toFixed(9), explanation: undefined })),
  };
}

describe("the PostgreSQL backend", () => {
  it("answers like the static index, filters and pages included", async () => {
    const options = fc.record<SearchOptions>(
      {
        filters: fc.constantFrom(
          {},
          { language: "python" },
          { author: "aws", tags: ["redis"] },
          { tiers: ["official"] as const },
        ),
        limit: fc.constantFrom(2, 50),
        offset: fc.constantFrom(0, 1, 40),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        catalogs,
        fc.array(fc.tuple(queries, options), { minLength: 3, maxLength: 3 }),
        async (documents, asked) => {
          fc.pre(asked.every(([query]) => !/redsi|reids|verfy/.test(query)));
          await fill(documents);
          const postgres = createPostgresBackend(client);
          const files = staticBackend(documents);
          for (const [query, given] of asked) {
            expect(rounded(await postgres.search(query, given))).toEqual(
              rounded(await files.search(query, given)),
            );
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  const documents = [
    searchDocument("aws/s3", { text: "upload an object" }),
    searchDocument("kubernetes/package", { text: "pods and jobs" }),
    searchDocument("stripe/api", {
      files: [
        {
          variant: 0,
          file: "DOC.md",
          title: "Stripe",
          installs: [],
          imports: [],
          sections: [
            searchSection("Install", "npm install stripe", { path: ["Stripe", "Install"] }),
            searchSection("Verify a webhook", "Check the signature", {
              path: ["Stripe", "Verify a webhook"],
              startLine: 9,
              endLine: 20,
            }),
          ],
        },
      ],
    }),
  ];

  it("explains scores, finds sections, misspelt names and exact ids", async () => {
    await fill(documents);
    const postgres = createPostgresBackend(client);
    const files = staticBackend(documents);
    for (const query of ["webhook signature", "kuberntes", "stripe/api", "nothing at all"]) {
      const answer = await postgres.search(query, { explain: true });
      const expected = await files.search(query, { explain: true });
      expect(rounded(answer)).toEqual(rounded(expected));
      expect(answer.hits.map(({ explanation }) => explanation)).toEqual(
        expected.hits.map(({ explanation }) => explanation),
      );
    }
    const request = { query: "webhook signature", ordinals: [2, 0] };
    expect(await postgres.sections("a", request)).toEqual(await files.sections("a", request));
  });

  it("applies a policy to hits, totals and pages", async () => {
    await fill(documents);
    const options: SearchOptions = { accepts: (_, id) => id !== "aws/s3", limit: 1 };
    const query = "upload pods stripe";
    expect(rounded(await createPostgresBackend(client).search(query, options))).toEqual(
      rounded(await staticBackend(documents).search(query, options)),
    );
  });

  it("shows what was written and removed, at once", async () => {
    await fill(documents);
    const postgres = createPostgresBackend(client);
    const totals = async (): Promise<readonly number[]> =>
      Promise.all(["pods", "queue"].map(async (query) => (await postgres.search(query)).total));
    expect(await totals()).toEqual([1, 0]);
    await putDocument(
      client,
      { source: "a", ordinal: 1 },
      searchDocument("kubernetes/package", { text: "a queue" }),
    );
    expect(await totals()).toEqual([0, 1]);
    await deleteDocument(client, { source: "a", ordinal: 1 });
    expect(await totals()).toEqual([0, 0]);
  });
});
