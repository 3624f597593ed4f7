import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isChubError } from "../src/chub-error.ts";
import { buildSearchIndex } from "../src/search/build-search-index.ts";
import { buildShardedIndex, type ShardedIndexFiles } from "../src/search/build-sharded-index.ts";
import { openSearchIndex } from "../src/search/search-index.ts";
import type { SearchDocument, SearchOptions } from "../src/search/search-types.ts";
import { isShardedIndex } from "../src/search/shard-layout.ts";
import { openShardedIndex } from "../src/search/sharded-index.ts";
import { createStaticBackend, type StaticSource } from "../src/search/static-backend.ts";
import { catalogs, queries, searchDocument } from "./search-documents.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const sections = async (): Promise<null> => null;

function sharded(files: ShardedIndexFiles, read: string[] = []): StaticSource {
  const index = openShardedIndex(files.search, {
    read: async (path) => {
      read.push(path);
      return files.objects.get(path) ?? null;
    },
    sha256,
  });
  return { source: "a", index, openSections: sections };
}

async function search(source: StaticSource, query: string, options?: SearchOptions) {
  return createStaticBackend([source]).search(query, options);
}

const many = Array.from({ length: 300 }, (_, i) =>
  searchDocument(`author-${String(i % 7)}/entry-${String(i).padStart(4, "0")}`, {
    description: `Entry number${i} of a catalog`,
    text: `unique${i}id about topic${i % 11}x`,
  }),
).sort((a: SearchDocument, b: SearchDocument) => (a.id < b.id ? -1 : 1));

describe("a sharded index", () => {
  it("answers like the whole index, corrected words included, names near to the whole query apart", async () => {
    await fc.assert(
      fc.asyncProperty(catalogs, queries, fc.boolean(), async (documents, query, explain) => {
        const whole: StaticSource = {
          source: "a",
          index: openSearchIndex(buildSearchIndex(documents).search),
          openSections: sections,
        };
        const explained = await search(whole, query, { explain: true });
        const parts = explained.hits.flatMap(({ explanation }) => explanation?.parts ?? []);
        // A large index leaves whole ids out of its names: near ones are found by the whole index only.
        fc.pre(explained.total > 0 && !parts.some(({ label }) => label.startsWith("name near")));
        const expected = await search(whole, query, { explain });
        const answer = await search(sharded(buildShardedIndex(documents, sha256)), query, {
          explain,
        });
        expect(answer).toEqual(expected);
      }),
    );
  });

  it("finds misspelt names, filters and counts", async () => {
    const source = sharded(buildShardedIndex(many, sha256));
    const first = async (query: string): Promise<string | undefined> => {
      const { hits } = await search(source, query);
      return hits[0] === undefined ? undefined : many[hits[0].ordinal]?.id;
    };
    expect(
      await Promise.all(["entry-0123", "entri-0123", "entyr-0209", "unique77id"].map(first)),
    ).toEqual([
      "author-4/entry-0123",
      "author-4/entry-0123",
      "author-6/entry-0209",
      "author-0/entry-0077",
    ]);
    const { total } = await search(source, "topic3x", { filters: { author: "author-2" } });
    expect(total).toBe(
      many.filter(({ id }) => id.startsWith("author-2/") && Number(id.slice(-4)) % 11 === 3).length,
    );
  });

  it("reads only the parts that a query needs, and each once", async () => {
    const files = buildShardedIndex(many, sha256);
    const read: string[] = [];
    const source = sharded(files, read);
    await search(source, "unique77id");
    expect(read.length).toBeLessThan(files.objects.size / 3);
    const first = read.length;
    await search(source, "unique77id");
    expect(read.length).toBe(first);
  });

  it("is the same bytes for the same documents, each object named after its digest", () => {
    const files = buildShardedIndex(many, sha256);
    expect(buildShardedIndex(many, sha256)).toEqual(files);
    for (const [path, bytes] of files.objects) {
      expect(path).toBe(
        `index/shards/${sha256(bytes).slice(0, 2)}/${sha256(bytes).slice(0, 32)}.bin`,
      );
    }
    expect([isShardedIndex(files.search), isShardedIndex(buildSearchIndex(many).search)]).toEqual([
      true,
      false,
    ]);
  });

  it("refuses objects that are missing or not the ones the root names, and asks again later", async () => {
    const files = buildShardedIndex(many, sha256);
    for (const wrong of [null, new Uint8Array(10)]) {
      let broken = true;
      const index = openShardedIndex(files.search, {
        read: async (path) => (broken ? wrong : (files.objects.get(path) ?? null)),
        sha256,
      });
      const source: StaticSource = { source: "a", index, openSections: sections };
      await expect(search(source, "unique77id")).rejects.toMatchObject({ code: "INTEGRITY" });
      broken = false;
      expect((await search(source, "unique77id")).total).toBe(1);
    }
  });

  it("refuses a damaged root", () => {
    const { search: root } = buildShardedIndex(many, sha256);
    const codes = new Set<string>();
    const open = (bytes: Uint8Array): void => {
      try {
        openShardedIndex(bytes, { read: async () => null, sha256 });
        codes.add("none");
      } catch (error) {
        codes.add(isChubError(error) ? error.code : String(error));
      }
    };
    for (let length = 0; length < root.length; length++) open(root.slice(0, length));
    for (let bit = 0; bit < root.length * 8; bit++) {
      const flipped = root.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      open(flipped);
    }
    expect(codes).toEqual(new Set(["INTEGRITY", "FORMAT_TOO_NEW"]));
  });
});
