import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isChubError } from "../src/chub-error.ts";
import { buildSearchIndex } from "../src/search/build-search-index.ts";
import { bestSections, findSections } from "../src/search/find-sections.ts";
import { HEADER, indexChecksum } from "../src/search/index-layout.ts";
import { openSearchIndex } from "../src/search/search-index.ts";
import { searchIndexes } from "../src/search/search-indexes.ts";
import { byteChecksum } from "../src/search/section-layout.ts";
import { memoryFile } from "../src/sources/memory-file.ts";
import { catalogs, searchDocument, searchSection } from "./search-documents.ts";

const documents = ["aws/s3", "google/storage", "redis/cache", "redis/package"].map((id) =>
  searchDocument(id, {
    aliases: ["short name"],
    files: [
      {
        variant: 0,
        file: "DOC.md",
        title: id,
        installs: [],
        imports: [],
        sections: ["Install", "Upload a file", "Verify webhooks"].map((heading, i) =>
          searchSection(heading, `${heading} of ${id}`, {
            path: [id, heading],
            startLine: i * 10 + 3,
            endLine: i * 10 + 9,
          }),
        ),
      },
    ],
  }),
);
const { search, sections } = buildSearchIndex(documents);
const QUERIES = ["upload file", "redsi", "k8s webhook", "redis/cache", "nothing-like-it"];

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isChubError(error)) return error.code;
    throw error;
  }
  return "none";
}

async function codeOfAsync(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (isChubError(error)) return error.code;
    throw error;
  }
  return "none";
}

describe("search.bin", () => {
  it("is refused at every length but its own", () => {
    const codes = Array.from({ length: search.length }, (_, length) =>
      codeOf(() => openSearchIndex(search.slice(0, length))),
    );
    expect(new Set(codes)).toEqual(new Set(["INTEGRITY"]));
    expect(codeOf(() => openSearchIndex(Uint8Array.from([...search, 0, 0, 0, 0])))).toBe(
      "INTEGRITY",
    );
  });

  it("is refused with any bit flipped", () => {
    for (let bit = 0; bit < search.length * 8; bit++) {
      const flipped = search.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(["INTEGRITY", "FORMAT_TOO_NEW"]).toContain(codeOf(() => openSearchIndex(flipped)));
    }
  });

  it("is refused by its format number, with words for it", () => {
    const newer = search.slice();
    newer[HEADER.format * 4] = 9;
    expect(() => openSearchIndex(newer)).toThrow("Unexpected search index format 9");
  });

  it("never reads out of bounds or without end, even when a forger fixes the checksum", () => {
    const change = fc.record({ at: fc.nat(search.length - 1), value: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...QUERIES),
        (changes, query) => {
          const forged = search.slice();
          for (const { at, value } of changes) forged[at] = value;
          reseal(forged);
          const code = codeOf(() =>
            searchIndexes([{ source: "a", index: openSearchIndex(forged) }], query, {
              explain: true,
              limit: 50,
            }),
          );
          expect(["none", "INTEGRITY", "FORMAT_TOO_NEW"]).toContain(code);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("opens where it lies in a larger buffer, aligned or not", () => {
    for (const shift of [0, 1, 2, 3, 4]) {
      const larger = new Uint8Array(search.length + 8);
      larger.set(search, shift);
      const index = openSearchIndex(larger.subarray(shift, shift + search.length));
      expect(searchIndexes([{ source: "a", index }], "upload").total).toBe(4);
    }
  });
});

describe("sections.bin", () => {
  it("gives back every section as it was", async () => {
    await fc.assert(
      fc.asyncProperty(catalogs, async (given) => {
        const file = memoryFile(buildSearchIndex(given).sections);
        const ordinals = [...given.keys()];
        const found = await findSections(file, {
          query: "redis webhook verify token queue",
          ordinals,
          limit: 100,
        });
        for (const [ordinal, list] of found) {
          const own = given[ordinal]?.files[0]?.sections ?? [];
          for (const { score, variant, file: path, ...section } of list) {
            const {
              slug,
              path: headings,
              startLine,
              endLine,
              tokens,
            } = own.find(({ slug: other }) => other === section.slug)!;
            expect(section).toEqual({ slug, path: headings, startLine, endLine, tokens });
            expect([variant, path, score > 0]).toEqual([0, "DOC.md", true]);
          }
        }
      }),
    );
  });

  it("finds the section that holds the words, and only variants that are accepted", async () => {
    const file = memoryFile(sections);
    const request = { query: "verify webhooks", ordinals: [2, 0] };
    const found = await findSections(file, request);
    expect(
      [...found].map(([ordinal, [best]]) => [ordinal, best?.slug, best?.startLine, best?.endLine]),
    ).toEqual([
      [2, "verify webhooks", 23, 29],
      [0, "verify webhooks", 23, 29],
    ]);
    expect(await findSections(file, { ...request, accepts: () => false })).toEqual(
      new Map([
        [2, []],
        [0, []],
      ]),
    );
  });

  it("a truncated file is refused, not read past its end", async () => {
    for (let length = 0; length < sections.length; length++) {
      const file = memoryFile(sections.slice(0, length));
      expect(
        await codeOfAsync(() => findSections(file, { query: "upload", ordinals: [0, 1, 2, 3] })),
      ).toBe("INTEGRITY");
    }
  });

  it("a flipped bit is refused, or changes nothing that is read", async () => {
    const request = { query: "upload", ordinals: [0, 1, 2, 3] };
    const intact = await findSections(memoryFile(sections), request);
    const outcomes = new Set<unknown>();
    for (let bit = 0; bit < sections.length * 8; bit++) {
      const flipped = sections.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      outcomes.add(
        await codeOfAsync(async () => {
          expect(await findSections(memoryFile(flipped), request)).toEqual(intact);
        }),
      );
    }
    expect(outcomes).toEqual(new Set(["INTEGRITY", "FORMAT_TOO_NEW", "none"]));
  });

  it("a forged record is decoded or refused, and never grows beyond its size", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const hashes = Array.from({ length: 1024 }, (_, i) => i);
    const request = { query: "", ordinals: [0], ordinal: 0 };
    fc.assert(
      fc.property(bytes, (body) => {
        const record = Uint8Array.from([...new Uint8Array(4), ...body]);
        new DataView(record.buffer).setUint32(0, byteChecksum(body), true);
        expect(["none", "INTEGRITY"]).toContain(
          codeOf(() => bestSections(record, hashes, request)),
        );
      }),
      { numRuns: 3000 },
    );
  });
});

function reseal(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(HEADER.checksum * 4, indexChecksum(bytes), true);
}
