import fc from "fast-check";
import { expect, it } from "vitest";
import { isChubError } from "../chub-error.ts";
import { memoryFile } from "../sources/memory-file.ts";
import { openCatalogFile } from "./catalog-file.ts";
import { HEADER, fnv1a } from "./catalog-format.ts";
import { encodeCatalog } from "./encode-catalog.ts";
import type { EntryRecord } from "./entry-record.ts";

const digest = "ab".repeat(32);

function entry(id: string, more: Partial<EntryRecord> = {}): EntryRecord {
  return {
    type: "doc",
    id,
    name: id.split("/")[1] ?? id,
    description: `What ${id} is`,
    tier: "community",
    tags: ["x"],
    aliases: [],
    upstream: [],
    status: "current",
    variants: [
      {
        language: "python",
        version: "1.0.0",
        recommended: true,
        path: `${id}/python`,
        entryFile: "DOC.md",
        files: [
          { path: "DOC.md", size: 10, sha256: digest, astSha256: digest },
          { path: "references/a.md" },
        ],
        packages: ["pkg:npm/%40slack/web-api@7.0.0"],
      },
    ],
    ...more,
  };
}

const entries = [
  entry("stripe/api", {
    aliases: ["Stripe-API", "payments"],
    tier: "official",
    upstream: ["https://stripe.example"],
    status: "deprecated",
    replacedBy: "stripe/payments",
    variants: [
      {
        language: null,
        version: null,
        recommended: false,
        path: "stripe/skills/api",
        entryFile: "SKILL.md",
        files: [],
        lastUpdated: "2026-01-01",
        revision: 3,
        tokens: 12,
        packages: [],
        verified: {
          blocks: 3,
          passed: 1,
          failed: 1,
          skipped: 1,
          packages: ["pkg:npm/a@1"],
          tools: ["t@1"],
        },
      },
    ],
    type: "skill",
  }),
  entry("acme/api"),
  entry("acme/zebra"),
  entry("uni/code", { description: "código 支付" }),
];
const redirects = [
  { from: "old/api", to: "stripe/api", reason: "renamed" },
  { from: "gone/entry" },
];

it("gives back every record, in order of id, whatever the order it was given", async () => {
  const bytes = encodeCatalog(entries, redirects);
  expect(encodeCatalog([...entries].reverse(), [...redirects].reverse())).toEqual(bytes);
  const file = await openCatalogFile(memoryFile(bytes));
  expect(file.size).toBe(4);
  expect(await file.records(0, 4)).toEqual([entries[1], entries[2], entries[0], entries[3]]);
  expect(await file.record(2)).toEqual(entries[0]);
  expect(await file.redirect(0)).toEqual({ from: "gone/entry" });
  expect(await file.redirect(1)).toEqual(redirects[0]);
});

it("finds ids, short names, aliases, packages, authors and redirects", async () => {
  const file = await openCatalogFile(memoryFile(encodeCatalog(entries, redirects)));
  expect(await file.find("Stripe/API")).toEqual([{ kind: "id", ordinal: 2 }]);
  expect(await file.find("api")).toEqual([
    { kind: "short-name", ordinal: 0 },
    { kind: "short-name", ordinal: 2 },
  ]);
  expect(await file.find("payments")).toEqual([{ kind: "alias", ordinal: 2 }]);
  expect(await file.find("@slack/web-api")).toEqual([
    { kind: "package", ordinal: 0 },
    { kind: "package", ordinal: 1 },
    { kind: "package", ordinal: 3 },
  ]);
  expect(await file.find("acme")).toEqual([{ kind: "author", ordinal: 0 }]);
  expect(await file.find("old/api")).toEqual([{ kind: "redirect", ordinal: 1 }]);
  expect(await file.find("constructor")).toEqual([]);
  expect(await file.find("")).toEqual([]);
});

it("holds any set of entries", async () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);
  const ids = fc.uniqueArray(
    fc.tuple(name, name).map(([a, b]) => `${a}/${b}`),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(ids, async (generated) => {
      const file = await openCatalogFile(
        memoryFile(
          encodeCatalog(
            generated.map((id) => entry(id, { variants: [] })),
            [],
          ),
        ),
      );
      const found = await Promise.all(generated.map(async (id) => (await file.find(id))[0]));
      const sorted = [...generated].sort();
      expect(found).toEqual(generated.map((id) => ({ kind: "id", ordinal: sorted.indexOf(id) })));
    }),
    { numRuns: 40 },
  );
});

it("finds every changed byte and every cut before it believes what it reads", async () => {
  const bytes = encodeCatalog(entries, redirects);
  const all = await answers(bytes);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, change) => {
        const damaged = Uint8Array.from(bytes, (byte, index) =>
          index === at ? byte ^ change : byte,
        );
        expect(await outcome(() => answers(damaged))).toBe("INTEGRITY");
      },
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
      expect(await outcome(() => answers(bytes.subarray(0, length)))).toBe("INTEGRITY");
    }),
  );
  expect(await answers(bytes)).toEqual(all);
});

it("stays within bounds when a hostile file has valid checksums", async () => {
  const bytes = encodeCatalog(entries, redirects);
  const end = new DataView(bytes.buffer).getUint32(HEADER.end, true);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(end - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      async (changes) => {
        const hostile = Uint8Array.from(bytes);
        for (const [at, byte] of changes) hostile[at] = byte;
        sign(hostile, end);
        expect(["ok", "INTEGRITY", "FORMAT_TOO_NEW"]).toContain(
          await outcome(() => answers(hostile)),
        );
      },
    ),
    { numRuns: 500 },
  );
});

it("refuses a newer format", async () => {
  const bytes = encodeCatalog(entries, redirects);
  const view = new DataView(bytes.buffer);
  view.setUint32(HEADER.format, 2, true);
  sign(bytes, view.getUint32(HEADER.end, true));
  expect(await outcome(() => answers(bytes))).toBe("FORMAT_TOO_NEW");
});

it("refuses a record whose path leaves the artifact", async () => {
  const evil = entry("evil/doc");
  const [variant] = evil.variants;
  const bytes = encodeCatalog([{ ...evil, variants: [{ ...variant!, path: "../../etc" }] }], []);
  const file = await openCatalogFile(memoryFile(bytes));
  expect(await outcome(() => file.record(0))).toBe("INTEGRITY");
});

it("reads a few kilobytes for one entry of many", async () => {
  const many = Array.from({ length: 20_000 }, (_, index) =>
    entry(`author${index % 900}/package${index}`),
  );
  const bytes = encodeCatalog(many, []);
  const inner = memoryFile(bytes);
  let read = 0;
  const file = await openCatalogFile({
    ...inner,
    read: (position, length) => {
      read += length;
      return inner.read(position, length);
    },
  });
  const [hit] = await file.find("author7/package907");
  expect(await file.record(hit?.ordinal ?? -1)).toEqual(many[907]);
  expect(read).toBeLessThan(48 * 1024);
});

async function answers(bytes: Uint8Array): Promise<unknown> {
  const file = await openCatalogFile(memoryFile(bytes));
  const names = ["stripe/api", "api", "payments", "acme", "old/api", "nothing"];
  return {
    records: await file.records(0, file.size),
    names: await Promise.all(names.map((name) => file.find(name))),
    redirects: await Promise.all([file.redirect(0), file.redirect(1)]),
    pages: await touchEverything(file),
  };
}

/** Each free slot lies in a page that some name reads; with one page for all tables any name does. */
async function touchEverything(file: { find(name: string): Promise<unknown> }): Promise<unknown> {
  return Promise.all(Array.from({ length: 64 }, (_, index) => file.find(`n${index}`)));
}

async function outcome(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return "ok";
  } catch (error) {
    if (isChubError(error)) return error.code;
    throw error;
  }
}

function sign(bytes: Uint8Array, end: number): void {
  const view = new DataView(bytes.buffer);
  view.setUint32(HEADER.checksum, fnv1a(bytes.subarray(0, HEADER.checksum)), true);
  for (let at = 0; at < end; at += 4096) {
    const sum = fnv1a(bytes.subarray(at, Math.min(end, at + 4096)));
    const place = end + (at / 4096) * 4;
    if (place + 4 <= bytes.length) view.setUint32(place, sum, true);
  }
}
